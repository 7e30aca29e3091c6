"""The results of a record, each with what its dataset and metric are: what tables and boards are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..schema.saved_paper import computed_of
from .linker import Linker
from .linking import entities_of
from .metric_grammar import read_metric, share_of
from .vocabulary import Metric

__all__ = ["LinkedResult", "NameLinks", "linked_results"]

_JOINED = "|"


@dataclass(frozen=True, slots=True)
class NameLinks:
    """What the names of one record are, by their paths.

    Attributes:
        ids: identifiers; those of a list of names stand together with `|` between them.
        labels: the usual names, joined alike.
    """

    ids: dict[str, str]
    labels: dict[str, str]

    @classmethod
    def of(cls, row: Mapping[str, Any], linker: Linker) -> NameLinks:
        """By the record's own entities where it was linked, else by the linker."""
        given = row.get("entities")
        if isinstance(given, list | tuple):
            entities = [each if isinstance(each, Mapping) else each.model_dump() for each in given]
        else:
            entities = [each.model_dump() for each in entities_of(row, linker) or ()]
        ids: dict[str, str] = {}
        labels: dict[str, str] = {}
        for entity in entities:
            path, name = entity.get("path"), entity.get("id")
            if isinstance(path, str) and isinstance(name, str):
                ids[path] = f"{ids[path]}{_JOINED}{name}" if path in ids else name
                label = str(entity.get("label") or name)
                labels[path] = f"{labels[path]} + {label}" if path in labels else label
        return cls(ids, labels)


@dataclass(frozen=True, slots=True)
class LinkedResult:
    """One result.

    Attributes:
        number: its place in the list of results.
        result: its parts as they stand in the record.
        computed: value, unit and the like.
        dataset_id: what the dataset is; empty where that is not known.
        dataset_label: its usual name; empty where there is no identifier.
        metric: the measure: the named one or, where none is named, the default one of the dataset; None if neither.
        metric_known: whether the vocabulary or the grammar knows it.
        by_default: whether the metric is the dataset's default.
        share: a level on the scale from 0 to 1, where it is on one.
    """

    number: int
    result: Mapping[str, Any]
    computed: Mapping[str, Any]
    dataset_id: str
    dataset_label: str
    metric: Metric | None
    metric_known: bool
    by_default: bool
    share: float | None

    @property
    def direction(self) -> str:
        """Which way is better: `higher`, `lower` or `unknown`; empty without a metric."""
        return self.metric.direction if self.metric else ""


def linked_results(row: Mapping[str, Any], linker: Linker, links: NameLinks | None = None) -> Iterator[LinkedResult]:
    """The results of a record as JSON that have a score.

    Args:
        row: the record, of `PaperExtraction`.
        linker: says what names are, where the record does not.
        links: what its names are, where that was found out before.
    """
    links = links or NameLinks.of(row, linker)
    results = (row.get("extraction") or {}).get("results")
    for number, result in enumerate(results if isinstance(results, list) else ()):
        if isinstance(result, dict) and isinstance(result.get("score"), str):
            yield _linked(number, result, linker, links)


def _linked(number: int, result: dict[str, Any], linker: Linker, links: NameLinks) -> LinkedResult:
    dataset = links.ids.get(f"/results/{number}/dataset", "")
    computed = computed_of(result)
    metric, known, by_default = _metric(result, links.ids.get(f"/results/{number}/metric", ""), dataset, linker)
    share = None
    if metric and result.get("kind") == "value" and isinstance(computed["value"], int | float):
        share = share_of(float(computed["value"]), computed["unit"], metric, result["score"])
    label = links.labels.get(f"/results/{number}/dataset", "")
    return LinkedResult(number, result, computed, dataset, label, metric, known, by_default, share)


def _metric(result: Mapping[str, Any], given: str, dataset: str, linker: Linker) -> tuple[Metric | None, bool, bool]:
    """The metric of a result, whether it is known, and whether it is the dataset's default."""
    name = result.get("metric")
    if isinstance(name, str) and name.strip():
        metric, how = linker.measure(name)
        return metric, bool(given) or how != "unknown", False
    if result.get("kind") != "value":
        return None, False, False
    entry = linker.vocabulary.by_id.get(dataset)
    if entry and entry.metric:
        return (
            read_metric(entry.metric.replace("-", " ") if "@" not in entry.metric else entry.metric).metric,
            True,
            True,
        )
    return None, False, False
