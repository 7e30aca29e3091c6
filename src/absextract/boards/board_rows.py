"""One result as a row of a board: what it is of, what it counts, whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..display.told_score import readable, told_score
from ..entities.folding import fold, split_in, without_qualifiers
from ..entities.linked_results import LinkedResult, NameLinks, linked_results
from ..entities.linker import Linker
from ..entities.linking import names_to_link
from ..entities.metric_grammar import setting_in
from ..entities.vocabulary import Metric

__all__ = ["BoardRow", "NameKey", "keys_of_names", "rows_of_record"]

SHARE = "share"
"""The scale of a board whose levels all stand on the scale from 0 to 1, however they are written."""


@dataclass(frozen=True, slots=True)
class NameKey:
    """What holds the spellings of one thing together.

    Attributes:
        key: the identifier in the vocabulary, else the folded name behind `~`.
        name: the name as it stands in the record.
        label: the usual name of what is known; empty where it is not.
    """

    key: str
    name: str
    label: str = ""

    @property
    def id(self) -> str:
        """The identifier; empty where the name is not known."""
        return "" if self.key.startswith("~") else self.key


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A result.

    Attributes:
        paper: the number of its paper.
        linked: the result and what its dataset and metric are.
        dataset: key of the dataset; None where none is named.
        metric: key of the metric; None where none is named and the dataset has no default.
        scale: `share`, else the unit, else nothing.
        value: what it is ranked by; None where there is no number.
    """

    paper: int
    linked: LinkedResult
    dataset: NameKey | None
    metric: NameKey | None
    scale: str
    value: float | None

    @property
    def kind(self) -> str:
        """`value` for a level, `change` for a change."""
        return "change" if self.linked.result.get("kind") == "change" else "value"

    @property
    def own(self) -> bool | None:
        """Whether it is the paper's own; None where that is not known."""
        own = self.linked.result.get("own")
        return own if isinstance(own, bool) else None

    @property
    def score(self) -> str:
        """The score as a person reads it: without signs of TeX, with hedge and deviation."""
        computed = self.linked.computed
        bound = computed["bound"] if isinstance(computed["bound"], str) else None
        return told_score(readable(self.linked.result["score"]), bound, number_of(computed["deviation"]))

    @property
    def setting(self) -> str:
        """Under which setting it was reached, as far as the result or the names of its dataset and metric say so."""
        said = self.part("setting") or ""
        named = (split_in(self.part("dataset") or ""), setting_in(self.part("metric") or ""))
        return ", ".join(filter(None, [said, *(each for each in named if fold(each) not in fold(said))]))

    def part(self, name: str) -> str | None:
        """A part of the result that is a text."""
        value = self.linked.result.get(name)
        return value if isinstance(value, str) and value else None


def rows_of_record(paper: int, row: Mapping[str, Any], linker: Linker, links: NameLinks) -> Iterator[BoardRow]:
    """The results of a record as JSON."""
    for linked in linked_results(row, linker, links):
        dataset = _text(linked.result.get("dataset"))
        metric = _text(linked.result.get("metric"))
        unit = linked.computed["unit"]
        scale = SHARE if linked.share is not None else unit if isinstance(unit, str) else ""
        value = number_of(linked.computed["value"]) if linked.share is None else linked.share
        yield BoardRow(
            paper,
            linked,
            dataset_key(dataset, linked.dataset_id, linked.dataset_label) if dataset else None,
            _metric_key(metric, linked),
            scale,
            value,
        )


def keys_of_names(row: Mapping[str, Any], linker: Linker, links: NameLinks) -> dict[str, list[NameKey]]:
    """The names of datasets and metrics of a record, in their order, each with what holds its spellings together."""
    found: dict[str, dict[NameKey, None]] = {"datasets": {}, "metrics": {}}
    for path, name, is_metric in names_to_link(row.get("extraction") or {}):
        if is_metric:
            metric, how = linker.measure(name)
            found["metrics"][_spelled_metric(metric, name, known=how != "unknown")] = None
        else:
            found["datasets"][dataset_key(name, links.ids.get(path, ""), links.labels.get(path, ""))] = None
    return {kind: list(keys) for kind, keys in found.items()}


def dataset_key(name: str, identifier: str, label: str) -> NameKey:
    """What holds the spellings of a dataset together."""
    return NameKey(identifier or f"~{fold(without_qualifiers(name)) or name}", name, label)


def number_of(value: Any) -> float | None:
    """A number that can be compared; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if abs(number) <= 1.7976931348623157e308 else None


def _metric_key(name: str | None, linked: LinkedResult) -> NameKey | None:
    if linked.metric is None:
        return None
    return _spelled_metric(linked.metric, name or linked.metric.label, known=name is None or linked.metric_known)


def _spelled_metric(metric: Metric, name: str, *, known: bool) -> NameKey:
    """What holds the spellings of a metric together."""
    return NameKey(metric.id, name, metric.label) if known else NameKey(f"~{fold(name) or name}", name)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
