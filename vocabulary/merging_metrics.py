"""The metrics of all sources: our own table, and from the sources what its grammar would not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from absextract.entities.folding import fold, slug
from absextract.entities.metric_grammar import read_metric
from found import FoundMetric

__all__ = ["metric_rows", "own_metric_rows"]

_FIELDS = ("id", "label", "aliases", "family", "direction", "low", "high", "unit")
_NO_LABEL = re.compile(
    r"[#:;/\t\"]|\d{2}|^(?:all|avg|average|correct|general|hard|easy|score|total|overall)$", re.IGNORECASE
)


def own_metric_rows(ours: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of our own metrics, in their order."""
    rows = [{**row, "id": slug(row["label"])} for row in ours]
    return [{name: row[name] for name in _FIELDS} for row in rows]


def metric_rows(rows: list[dict[str, str]], found: Mapping[str, list[FoundMetric]]) -> list[dict[str, str]]:
    """Our own rows and behind them, by identifier, what the grammar does not know with these alone."""
    known = {fold(name) for row in rows for name in (row["label"], *row["aliases"].split("|"))}
    directions: dict[str, set[bool]] = {}
    sources: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for source, metrics in found.items():
        for metric in metrics:
            directions.setdefault(fold(metric.label), set()).add(metric.higher_is_better)
            sources.setdefault(fold(metric.label), set()).add(source)
            labels[fold(metric.label)] = max(metric.label, labels.get(fold(metric.label), ""))
    more = []
    for key, label in sorted(labels.items()):
        # what one package alone has is a name of its own, and wrong now and then: "Davies-Bouldin, higher is better"
        if len(sources[key]) > 1 and key not in known and len(directions[key]) == 1 and not _NO_LABEL.search(label):
            direction = "higher" if directions[key] == {True} else "lower"
            if read_metric(label).metric.direction != direction:
                more.append({**dict.fromkeys(_FIELDS, ""), "id": slug(label), "label": label, "direction": direction})
    return [*rows, *sorted(more, key=lambda row: row["id"])]
