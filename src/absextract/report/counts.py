"""What a file of records holds, in numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from ..boards.board_rows import NameKey
from ..records import Severity, Usage
from ..sources.record_lines import SavedRecord
from .merged_names import MergedNames
from .papers import NAMED, code_url, is_of_paper

__all__ = ["Counts"]


@dataclass(slots=True)
class Counts:
    """Counts over the records of a file.

    Attributes:
        statuses: papers by status.
        findings: findings by code, those of each severity apart.
        errors: failed papers by error code.
        models: papers by what filled the schema.
        schemas: papers by the name of the schema.
        spellings: for each kind of name and each thing, in how many papers each spelling stands.
        labels: the usual names of what is known, by kind and thing.
        copies: records of papers that stood before, which count in nothing else.
        tokens: tokens of each paper whose provider counted them.
    """

    papers: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    findings: dict[str, Counter[str]] = field(default_factory=lambda: {each: Counter() for each in get_args(Severity)})
    errors: Counter[str] = field(default_factory=Counter)
    models: Counter[str] = field(default_factory=Counter)
    schemas: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, defaultdict[str, Counter[str]]] = field(
        default_factory=lambda: {kind: defaultdict(Counter) for kind in NAMED}
    )
    labels: dict[str, defaultdict[str, Counter[str]]] = field(
        default_factory=lambda: {kind: defaultdict(Counter) for kind in NAMED}
    )
    copies: int = 0
    supported: int = 0
    dropped: int = 0
    of_papers: int = 0
    results: int = 0
    with_results: int = 0
    with_code: int = 0
    usage: Usage = field(default_factory=Usage)
    tokens: list[int] = field(default_factory=list)

    def add(self, record: SavedRecord, results: int, names: Mapping[str, Sequence[NameKey]]) -> None:
        """Counts one record with so many results and these names."""
        self.papers += 1
        self.statuses[record.status] += 1
        self.models[record.extractor.model or "unknown"] += 1
        self.schemas[record.schema_name or "unknown"] += 1
        self.supported += len({place.path for place in record.grounding})
        for finding in record.findings:
            self.findings[finding.severity][finding.code] += 1
            self.dropped += finding.action == "dropped"
        if record.error:
            self.errors[record.error.code] += 1
        if record.extractor.usage:
            self.usage += record.extractor.usage
            self.tokens.append(record.extractor.usage.total_tokens)
        if is_of_paper(record):
            self._add_paper(record, results, names)

    def merged(self) -> dict[str, MergedNames]:
        """The names of each kind, merged."""
        return {kind: MergedNames(groups, self.labels[kind]) for kind, groups in self.spellings.items()}

    def _add_paper(self, record: SavedRecord, results: int, names: Mapping[str, Sequence[NameKey]]) -> None:
        self.of_papers += 1
        self.results += results
        self.with_results += results > 0
        self.with_code += code_url(record) is not None
        for kind, keys in names.items():
            for each in keys:
                self.spellings[kind][each.key][each.name] += 1
                if each.label:
                    self.labels[kind][each.key][each.label] += 1
