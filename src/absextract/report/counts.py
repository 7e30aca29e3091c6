"""How many papers a file of records holds, and what they name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..boards.board_rows import NameKey
from ..sources.record_lines import SavedRecord
from .merged_names import MergedNames
from .papers import NAMED, is_of_paper

__all__ = ["Counts"]


@dataclass(slots=True)
class Counts:
    """Counts over the records of a file.

    Attributes:
        papers: records of any schema, each paper once.
        of_papers: those of them that are of `PaperExtraction`.
        copies: records of papers that stood before, which count in nothing else.
        spellings: for each kind of name and each thing, in how many papers each spelling stands.
        labels: the usual names of what is known, by kind and thing.
    """

    papers: int = 0
    of_papers: int = 0
    copies: int = 0
    spellings: dict[str, defaultdict[str, Counter[str]]] = field(
        default_factory=lambda: {kind: defaultdict(Counter) for kind in NAMED}
    )
    labels: dict[str, defaultdict[str, Counter[str]]] = field(
        default_factory=lambda: {kind: defaultdict(Counter) for kind in NAMED}
    )

    def add(self, record: SavedRecord, names: Mapping[str, Sequence[NameKey]]) -> None:
        """Counts one record with these names."""
        self.papers += 1
        if is_of_paper(record):
            self.of_papers += 1
            for kind, keys in names.items():
                for each in keys:
                    self.spellings[kind][each.key][each.name] += 1
                    if each.label:
                        self.labels[kind][each.key][each.label] += 1

    def merged(self) -> dict[str, MergedNames]:
        """The names of each kind, merged."""
        return {kind: MergedNames(groups, self.labels[kind]) for kind, groups in self.spellings.items()}
