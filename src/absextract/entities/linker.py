"""What the names of a record are: one entry of the vocabulary, several to choose from, or nothing known.

A name is looked up as it is folded, then without what only says what sort of thing it is, then in its parts. What is
short or common needs a word in the text; what the text itself defines is what the text says. Two things are never
joined because both are like a third, nor because their names are alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from .cues import PaperText
from .folding import fold, without_qualifiers, without_task
from .metric_grammar import read_metric
from .name_parsing import joined_id, lists_in, version_of
from .own_vocabulary import NO_RULES, OwnVocabulary
from .vocabulary import Entry, Metric, Vocabulary, shipped_vocabulary

__all__ = ["How", "Linked", "Linker"]

How = Literal["exact", "alias", "acronym", "parsed", "model", "user"]

_SURE: dict[How, float] = {"user": 1.0, "exact": 0.99, "alias": 0.98, "acronym": 0.96, "parsed": 0.95}
_ONE_SOURCE, _BY_CUE = 0.97, 0.95  # what is left of that where one source alone knows a name, or the text had to help
_SHORT, _SHORTEST = 4, 3


@dataclass(frozen=True, slots=True)
class Linked:
    """What a name links to.

    Attributes:
        id: the identifier, or None where it could be several things, or only with more said than is.
        label: the usual name; empty where there is no id.
        how: what led there.
        confidence: how likely it is right.
        candidates: the identifiers to choose from where there is no id.
        why: the reason in words.
    """

    id: str | None
    label: str
    how: How
    confidence: float
    candidates: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Match:
    """Entries that a name leads to, before the text is asked."""

    entries: tuple[Entry, ...]
    how: How
    used: str
    why: str


class Linker:
    """Links names to the vocabulary.

    Args:
        own: the user's own vocabulary, which takes precedence.
        vocabulary: the vocabulary; the shipped one where none is given.
    """

    def __init__(self, own: OwnVocabulary = NO_RULES, vocabulary: Vocabulary | None = None) -> None:
        self._own = own
        self.vocabulary: Vocabulary = vocabulary or shipped_vocabulary()
        self._matches = lru_cache(maxsize=16_384)(self._match)

    def dataset(self, name: str, text: PaperText | None = None, arxiv: str = "") -> list[Linked]:
        """What a name of a dataset is.

        Args:
            name: as it stands in the text.
            text: the paper's, which says what a short name means.
            arxiv: the paper's own arXiv identifier.

        Returns:
            One link; one for each part of a list of names ("CIFAR-10 and CIFAR-100"); none where nothing is known.
        """
        if linked := self._one(name, text, arxiv):
            return [linked]
        if fold(name) in self._own.forbidden:
            return []
        for parts in lists_in(name):
            links = [(part, self._one(part, text, arxiv, listed=True)) for part in parts]
            if all(link and link.id for _, link in links):
                return [
                    replace(link, why=f'names it among others: "{part}" {link.why}') for part, link in links if link
                ]
        return []

    def metric(self, name: str) -> Linked | None:
        """What a name of a metric is; None where nothing is known of it."""
        metric, how = self.measure(name)
        if how == "unknown":
            return None
        assert how in _SURE
        return Linked(metric.id, metric.label, how, _SURE[how], why=_OF_METRIC[how])

    def measure(self, name: str) -> tuple[Metric, str]:
        """The measure that a name means, whether it is known or not, and what led there."""
        key = fold(name)
        if own := self._own.metrics.get(key):
            return own, "user"
        read = read_metric(name)
        return read.metric, "unknown" if key in self._own.forbidden else read.how

    def _one(self, name: str, text: PaperText | None, arxiv: str, *, listed: bool = False) -> Linked | None:
        key, bare = fold(name), fold(without_qualifiers(name))
        for each in (key, bare):
            if each in self._own.forbidden:
                return None
            if own := self._own.entries.get(each):
                return Linked(own.id, own.label, "user", _SURE["user"], why="your vocabulary says so")
        match = self._matches(name) or self._defined(name, text)
        if match is None:
            return None
        said = bare != key or listed  # "the Adult dataset" says itself what it is, and so does its neighbour in a list
        return _judged(match, name, text, arxiv, said=said)

    def _match(self, name: str) -> _Match | None:
        """Entries by the name alone."""
        if found := self._looked_up(name):
            return found
        bare = without_qualifiers(name)
        if bare != name and (found := self._looked_up(bare)):
            return _Match(
                found.entries,
                "parsed" if found.how == "exact" else found.how,
                bare,
                f'is "{bare}" without what sort of thing it is',
            )
        if bare.endswith(")") and "(" in bare:
            return self._with_parentheses(bare)
        return self._versioned(bare) or self._with_task(bare)

    def _looked_up(self, name: str) -> _Match | None:
        key = fold(name)
        entries = self.vocabulary.names.get(key, ())
        if not entries:
            return None
        is_label = len(entries) == 1 and fold(entries[0].label) == key
        why = "is its usual name" if is_label else "is one of its names"
        return _Match(entries, "exact" if is_label else "alias", name, why)

    def _with_parentheses(self, name: str) -> _Match | None:
        """`Long Form (LF)`: both must be of one entry, where both are known."""
        outside, _, inside = name[:-1].rpartition("(")
        one, other = self._looked_up(without_qualifiers(outside)), self._looked_up(inside)
        if one and other:
            shared = tuple(entry for entry in one.entries if entry in other.entries)
            return _Match(shared, "acronym", outside.strip(), "is its name and acronym") if shared else None
        if one:
            return _Match(one.entries, "parsed", outside.strip(), f'is "{outside.strip()}"')
        return None

    def _versioned(self, name: str) -> _Match | None:
        version = version_of(name)
        if version is None:
            return None
        base = self._looked_up(version.base) or self._looked_up(without_qualifiers(version.base))
        if base is None or len(base.entries) != 1 or (_has_year(base.entries[0]) and version.tail.isdigit()):
            return None
        entry = base.entries[0]
        known = self.vocabulary.by_id.get(joined_id(entry.id, version))
        part = known or Entry(
            joined_id(entry.id, version), entry.kind, f"{entry.label} {version.label}", parent=entry.id,
            arxiv=entry.arxiv, metric=entry.metric, needs_cue=entry.needs_cue, sources=entry.sources,
        )  # fmt: skip
        return _Match((part,), "parsed", version.base, f"is {version.label} of {entry.label}")

    def _with_task(self, name: str) -> _Match | None:
        """`CIFAR-10 image classification`; not `Emotion classification`, whose first word needs a cue."""
        shorter = without_task(name)
        found = self._looked_up(shorter) if shorter != name else None
        if found is None or any(entry.needs_cue for entry in found.entries):
            return None
        return replace(found, how="parsed", why=f'is "{shorter}" with what is done on it')

    def _defined(self, name: str, text: PaperText | None) -> _Match | None:
        """An acronym that the text defines, by what it stands for."""
        form = text.long_form(name) if text else ""
        found = self._matches(form) if form else None
        return _Match(found.entries, "acronym", form, f'is short for "{form}" in the text') if found else None


_OF_METRIC = {
    "user": "your vocabulary says so",
    "exact": "is its usual name",
    "alias": "is one of its names",
    "parsed": "is it by its grammar",
}


def _has_year(entry: Entry) -> bool:
    return entry.label[-2:].isdigit()


def _judged(match: _Match, name: str, text: PaperText | None, arxiv: str, *, said: bool) -> Linked:
    """The entry that is meant, by what the text says; candidates where it does not say enough."""
    entries, how, why = match.entries, match.how, match.why
    sure = _SURE[how]
    form = text.long_form(name) if text and how != "acronym" else ""
    if form:
        entries = _by_form(entries, form)
        if not entries:
            return _open(match.entries, how, f'in the text it stands for "{form}"')
    if len(entries) > 1:
        chosen = _by_text(entries, match.used, text, arxiv)
        if chosen is None:
            return _open(entries, how, "could be any of these")
        entries, sure, why = (chosen,), sure * _BY_CUE, f"{why}; the text says which"
    entry = entries[0]
    if text and not (arxiv and arxiv == entry.arxiv) and text.brings_in(name):
        return _open(
            entries, how, "the paper brings in something of this name itself, and is not known to be the one that did"
        )
    if entry.sources == 1 and len(fold(match.used)) <= _SHORTEST and not (form or _is_told(entry, match.used, text)):
        return _open(
            entries, how, "one source alone has so short a name, and the text does not say what it is short for"
        )
    if _wants_cue(entry, match.used) and not (said or form):
        if not (text and (text.has_cue(name) or any(map(text.holds, entry.aliases)))):
            return _open(entries, how, "so short or common a name needs a word in the text that it is a dataset")
        sure *= _BY_CUE
    if entry.sources == 1:
        sure *= _ONE_SOURCE
    return Linked(entry.id, entry.label, how, round(sure, 3), why=why)


def _open(entries: Sequence[Entry], how: How, why: str) -> Linked:
    return Linked(None, "", how, 0.5, tuple(entry.id for entry in entries), why)


def _wants_cue(entry: Entry, used: str) -> bool:
    """Whether a name is one of those that need a cue: the common one of an entry, not its long ones."""
    return entry.needs_cue and (fold(used) == fold(entry.label) or len(fold(used)) <= _SHORT)


def _is_told(entry: Entry, used: str, text: PaperText | None) -> bool:
    """Whether the text has another name of an entry too."""
    names = (entry.label, *entry.aliases)
    return text is not None and any(fold(name) != fold(used) and text.holds(name) for name in names)


def _by_form(entries: Sequence[Entry], form: str) -> tuple[Entry, ...]:
    """The entries that a long form does not rule out: those that have it, else those of rarer names that have none."""
    key = fold(without_qualifiers(form))
    having = tuple(entry for entry in entries if any(_is_form(key, name) for name in (entry.label, *entry.aliases)))
    if having:
        return having
    return tuple(
        entry
        for entry in entries
        if not (entry.needs_cue or len(fold(entry.label)) <= _SHORT or any(" " in name for name in entry.aliases))
    )


def _is_form(key: str, name: str) -> bool:
    known = fold(without_qualifiers(name))
    return known == key or (len(known) >= 8 and (key.startswith(known) or known.startswith(key)))


def _by_text(entries: Sequence[Entry], used: str, text: PaperText | None, arxiv: str) -> Entry | None:
    """The one of several that the text knows by another name too, else the one that has the name for its own."""
    if text:
        others = [entry for entry in entries if (arxiv and entry.arxiv == arxiv) or _is_told(entry, used, text)]
        if others:
            return others[0] if len(others) == 1 else None
    labelled = [entry for entry in entries if fold(entry.label) == fold(used)]
    rest = [entry for entry in entries if entry not in labelled]
    return labelled[0] if len(labelled) == 1 and all(entry.sources == 1 for entry in rest) else None
