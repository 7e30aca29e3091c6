"""One name in several spellings: simple rules that the page tells its reader."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

__all__ = ["RULES", "MergedNames", "folded"]

RULES = (
    "Names are one when they differ only in case, hyphens, underscores, spaces or TeX signs (CIFAR-10 = cifar 10), "
    "or when one is the acronym of the other (NQ = Natural Questions), unless it is the acronym of several."
)

_TEX = re.compile(r"\\(?:text\w*|math\w+)\b|[\\${}^]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-_]+(?=\d)")
_IGNORED = re.compile(r"[\s\-_]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_WORD = re.compile(r"\w+")
_OWN_ACRONYM = re.compile(r"^(.+?)\s*\((\w[\w-]*)\)$")
_SMALL_WORDS = frozenset(("a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "with"))
_SHORTEST_ACRONYM = 2


def folded(name: str) -> str:
    """What is left of a name without case, hyphens, underscores, spaces and TeX signs."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", _TEX.sub("", name)))
    return _IGNORED.sub("", _BETWEEN_DIGITS.sub("\N{MIDDLE DOT}", plain)).casefold() or name


class MergedNames:
    """The names of one kind in a file, merged.

    Args:
        spellings: every name with how often it occurs.

    Attributes:
        names: for each merged name its spellings, the most frequent first, the most used name first.
    """

    def __init__(self, spellings: Mapping[str, int]) -> None:
        groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name, count in spellings.items():
            groups[folded(_without_own_acronym(name))][name] += count
        for acronym, full in _acronyms(groups).items():
            groups[full].update(groups.pop(acronym))
        by_use = sorted(groups.values(), key=Counter.total, reverse=True)
        self.names: list[list[str]] = [[name for name, _ in group.most_common()] for group in by_use]
        self._index = {name: index for index, group in enumerate(self.names) for name in group}

    def index(self, name: str) -> int:
        """The place in `names` of the name that a spelling stands for."""
        return self._index[name]


def _without_own_acronym(name: str) -> str:
    """`Natural Questions (NQ)` as `Natural Questions`."""
    own = _OWN_ACRONYM.match(name)
    return own[1] if own and own[2].casefold() in _initials(own[1]) else name


def _acronyms(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """For each group of an acronym, the one group that spells it out."""
    full_forms: defaultdict[str, set[str]] = defaultdict(set)
    for key, spellings in groups.items():
        for initials in {each for name in spellings for each in _initials(_without_own_acronym(name))}:
            full_forms[initials].add(key)
    found = {}
    for key, spellings in groups.items():
        others = full_forms[key] - {key}
        if len(others) == 1 and any(map(_is_acronym, spellings)):
            found[key] = others.pop()
    return {key: full for key, full in found.items() if full not in found}


def _is_acronym(name: str) -> bool:
    return len(name) >= _SHORTEST_ACRONYM and name.isalpha() and sum(map(str.isupper, name)) >= _SHORTEST_ACRONYM


def _initials(name: str) -> set[str]:
    """First letters of the words, with and without the small ones."""
    words = [word.casefold() for word in _WORD.findall(_DASHES.sub("-", name).replace("_", " "))]
    if len(words) < _SHORTEST_ACRONYM:
        return set()
    shapes = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL_WORDS)}
    return {shape for shape in shapes if len(shape) >= _SHORTEST_ACRONYM}
