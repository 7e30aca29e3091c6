"""The names of one kind in a file: all spellings of one thing together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

__all__ = ["MergedNames"]


class MergedNames:
    """The names of one kind in a file, merged.

    Args:
        groups: for each thing, by its key, the spellings and how often they occur.
        labels: the usual names of those that are known.

    Attributes:
        names: for each thing its usual name, if it is known, and its spellings, the most frequent first; the most used
            thing first.
        ids: for each its identifier in the vocabulary; empty where it has none.
    """

    def __init__(self, groups: Mapping[str, Counter[str]], labels: Mapping[str, Counter[str]]) -> None:
        by_use = sorted(groups, key=lambda key: -groups[key].total())
        self.names: list[list[str]] = [
            list(dict.fromkeys(name for name, _ in [*labels[key].most_common(1), *groups[key].most_common()]))
            for key in by_use
        ]
        self.ids: list[str] = ["" if key.startswith("~") else key for key in by_use]
        self._index = {key: index for index, key in enumerate(by_use)}

    def index(self, key: str) -> int:
        """The place of a thing in `names`; -1 where it is none of them."""
        return self._index.get(key, -1)
