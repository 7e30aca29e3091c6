"""The names of all sources become entries: one a folded label, our own first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from absextract.entities.folding import fold, slug
from found import FoundName

__all__ = ["name_rows"]

_OURS = 2  # what an entry of our own counts: we have looked
_SHORT = 3
_LONGEST = 45
_NO_LABEL = re.compile(
    r"[(){}\[\]:;#|/\t\"]|\b(?:quickstart|template|task-name|custom|dummy|debug|demo|my)\b", re.IGNORECASE
)
_A_TASK = re.compile(
    r"(?:^|[\s_-])(?:summari[sz]ation|classification|answering|reasoning|translation|generation|detection|recognition"
    r"|extraction|retrieval|dialog(?:ue)?|evaluation|eval|prediction|psychology|estimation|captioning|qa|math|code|text"
    r"|language|knowledge|safety|arithmetic|environment|dataset|data|copyright|bias|subset|small|large|lite|mini|full)$",
    re.IGNORECASE,
)
_HUB = "hf:"
_NOUN = re.compile(r"[-_](?:dataset|benchmark|bench)$", re.IGNORECASE)
_VERSION = re.compile(r"(?<=\w)v(?=\d)")  # `activitynetv1.3` is `activitynet1.3`
_DISTINCT = re.compile(r"\d|[a-z][A-Z]|[A-Z]{2}|[A-Z].*[\s-][A-Z]")


@dataclass
class _Group:
    """One thing, as the sources tell of it."""

    row: dict[str, str]
    labels: Counter[str] = field(default_factory=Counter)
    aliases: dict[str, str] = field(default_factory=dict)
    arxiv: Counter[str] = field(default_factory=Counter)
    same_as: dict[str, None] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    sources: set[str] = field(default_factory=set)

    @property
    def is_ours(self) -> bool:
        return bool(self.row)

    def add(self, found: FoundName, source: str) -> None:
        self.labels[found.label] += 1
        self.kinds[found.kind] += 1
        self.sources.add(source)
        self.same_as.update(dict.fromkeys(found.same_as))
        for alias in found.aliases:
            self.aliases.setdefault(fold(alias), alias)
        if found.arxiv:
            self.arxiv[found.arxiv] += 1
        self.row.setdefault("parent", found.parent) if not self.is_ours else None

    @property
    def label(self) -> str:
        """The likeliest spelling: our own, else the most frequent, else the one with most capitals."""
        if self.is_ours and self.row.get("label"):
            return self.row["label"]
        return max(
            self.labels,
            key=lambda text: (bool(_DISTINCT.search(text)), self.labels[text], sum(map(str.isupper, text)), text),
        )


def name_rows(
    ours: Iterable[dict[str, str]], found: Mapping[str, list[FoundName]], words: frozenset[str]
) -> list[dict[str, str]]:
    """The rows of the shipped table, by identifier."""
    groups: dict[str, _Group] = {}
    by_name: dict[str, _Group] = {}
    for row in ours:
        group = groups[fold(row["label"])] = _Group(row)
        for name in (row["label"], *row["aliases"].split("|")):
            by_name.setdefault(fold(name), group)
    by_bare_name = {_VERSION.sub("", name): group for name, group in by_name.items()}  # `VQA2` is our `VQA v2`
    for source, names in sorted(found.items()):
        for each in names:
            if _is_name(each.label):
                key = fold(each.label)
                known = by_name.get(key) or by_name.get(_VERSION.sub("", key)) or by_bare_name.get(key)
                group = known or groups.setdefault(key, _Group({}))
                group.add(each, source)
    rows = [_row(key, group, groups, by_name, words) for key, group in groups.items() if _is_kept(group)]
    _drop_shared_aliases(rows)
    return sorted(rows, key=lambda row: row["id"])


def _is_name(label: str) -> bool:
    return (
        1 < len(label) <= _LONGEST and not _NO_LABEL.search(label) and not _A_TASK.search(label) and label[0].isalnum()
    )


def _is_kept(group: _Group) -> bool:
    """A phrase that one source alone holds, without a capital or digit, is no name that anybody would know again."""
    return group.is_ours or len(group.sources) > 1 or " " not in group.label or bool(_DISTINCT.search(group.label))


def _row(
    key: str, group: _Group, groups: Mapping[str, _Group], by_name: Mapping[str, _Group], words: frozenset[str]
) -> dict[str, str]:
    own, label = group.row, group.label
    aliases = {fold(alias): alias for alias in own.get("aliases", "").split("|") if alias}
    for folded, alias in sorted(group.aliases.items()):
        if folded not in groups and folded not in by_name and _is_name(alias):
            aliases.setdefault(folded, alias)
    sources = (_OURS if own.get("label") else 0) + len(group.sources)
    return {
        "id": slug(label),
        "kind": own.get("kind") or group.kinds.most_common(1)[0][0],
        "label": label,
        "aliases": "|".join(alias for folded, alias in aliases.items() if folded != key),
        "parent": own.get("parent", ""),
        "arxiv": own.get("arxiv") or _agreed(group.arxiv),
        "same_as": "|".join(
            dict.fromkeys([*filter(None, [own.get("same_as", "")]), *_same(group, {key, *aliases})[:2]])
        ),
        "metric": own.get("metric", ""),
        "cue": own.get("cue") or ("cue" if sources == 1 and _is_common(label, words) else ""),
        "not": own.get("not", ""),
        "sources": str(sources),
    }


def _same(group: _Group, names: set[str]) -> list[str]:
    """What others call it. A repository of the hub must have its name: packages read parts and other releases, too."""

    def is_of_that_name(same: str) -> bool:
        name = same.rpartition("/")[2]
        return not same.startswith(_HUB) or bool({fold(name), fold(_NOUN.sub("", name))} & names)

    return sorted(filter(is_of_that_name, group.same_as))


def _is_common(label: str, words: frozenset[str]) -> bool:
    """Whether a name is too short, or too much like any word, to mean a dataset by itself."""
    folded = fold(label)
    return (
        len(folded) <= _SHORT
        or folded in words
        or all(word.casefold() in words for word in re.split(r"[\s_-]+", label))
    )


def _agreed(arxiv: Counter[str]) -> str:
    """The identifier that most sources give, where most give one."""
    ranked = arxiv.most_common(2)
    return ranked[0][0] if len(ranked) == 1 or (ranked and ranked[0][1] > ranked[1][1]) else ""


def _drop_shared_aliases(rows: list[dict[str, str]]) -> None:
    """An alias that sources give two things, neither of them ours, tells nothing."""
    uses = Counter(fold(alias) for row in rows for alias in row["aliases"].split("|") if alias)
    for row in rows:
        if int(row["sources"]) < _OURS or not row["metric"]:
            kept = [alias for alias in row["aliases"].split("|") if alias and (uses[fold(alias)] == 1 or row["cue"])]
            row["aliases"] = "|".join(kept)
