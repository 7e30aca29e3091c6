"""The figures of evaluations: per field, micro and macro, and of what belongs to each number, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from .bindings import binding_figures, binding_gain
from .bootstrap import Figures, Row, intervals, sums
from .scoring import FIELDS, Evaluation, PaperOutcome
from .shares import Counts

__all__ = ["MACRO", "MICRO", "difference", "differences", "figures"]

MICRO, MACRO = "micro", "macro_f1"


def figures(evaluation: Evaluation) -> dict[str, Any]:
    """All figures of a run, as JSON; lenient ones, with those of exact matching under `exact`.

    Micro counts the items of all fields together; macro is the mean of their F1. A field that the gold does not tell
    is None and counts in neither. `bindings` tells what belongs to each number. An interval is that of the figure in
    1,000 samples of as many papers, drawn with replacement from a fixed seed (percentile bootstrap, 95%).
    """
    fields = evaluation.fields
    rows = [_row(paper, fields, exact=False) for paper in evaluation.papers]
    exact = sums([_row(paper, fields, exact=True) for paper in evaluation.papers])
    return {
        "papers": len(evaluation.papers),
        "absent": evaluation.absent,
        **_table(sums(rows), fields, intervals(rows, lambda total: _f1s(total, fields))),
        "exact": _table(exact, fields, {}),
        "bindings": binding_figures(paper.bindings for paper in evaluation.papers),
    }


def difference(first: Evaluation, second: Evaluation) -> dict[str, dict[str, Any]]:
    """How much better the F1 of a second run is than that of a first, on the same gold, with intervals (paired)."""
    fields = first.fields
    rows = [
        [*_row(a, fields, exact=False), *_row(b, fields, exact=False)]
        for a, b in zip(first.papers, second.papers, strict=True)
    ]
    ends = intervals(rows, lambda total: _gain(total, fields))
    gains = {name: {"f1": gain, "interval": ends[name]} for name, gain in _gain(sums(rows), fields).items()}
    bindings = binding_gain((paper.bindings for paper in first.papers), (paper.bindings for paper in second.papers))
    return gains | {"bindings": bindings}


def differences(evaluation: Evaluation) -> list[dict[str, Any]]:
    """What each paper lacks and has too much, by leniently matched field."""
    return [
        {
            "id": paper.id,
            "title": paper.title,
            "field": field,
            "missed": [item if isinstance(item, str) else item.model_dump() for item in outcome.missed],
            "extra": list(outcome.extra),
        }
        for paper in evaluation.papers
        for field, outcome in paper.lenient.items()
        if outcome.missed or outcome.extra
    ]


def _row(paper: PaperOutcome, fields: Sequence[str], *, exact: bool) -> list[int]:
    """True positives, false positives and false negatives of each field in turn."""
    counts = [paper.counts(field, exact=exact) for field in fields]
    return list(chain.from_iterable((each.tp, each.fp, each.fn) for each in counts))


def _counts(total: Row, fields: Sequence[str]) -> dict[str, Counts]:
    return {field: Counts(*total[3 * i : 3 * i + 3]) for i, field in enumerate(fields)}


def _f1s(total: Row, fields: Sequence[str]) -> Figures:
    counts = _counts(total, fields)
    f1s = {field: each.f1 for field, each in counts.items()}
    return f1s | {MICRO: sum(counts.values(), Counts()).f1, MACRO: sum(f1s.values()) / len(f1s)}


def _gain(total: Row, fields: Sequence[str]) -> Figures:
    half = len(total) // 2
    first, second = _f1s(total[:half], fields), _f1s(total[half:], fields)
    return {name: second[name] - first[name] for name in first}


def _table(total: Row, fields: Sequence[str], ends: dict[str, list[float]]) -> dict[str, Any]:
    counts = _counts(total, fields)
    rows = counts | {MICRO: sum(counts.values(), Counts())}
    table: dict[str, Any] = dict.fromkeys(FIELDS) | {
        name: {"p": each.precision, "r": each.recall, "f1": each.f1, "tp": each.tp, "fp": each.fp, "fn": each.fn}
        | ({"f1_interval": ends[name]} if ends else {})
        for name, each in rows.items()
    }
    table[MACRO] = _f1s(total, fields)[MACRO]
    return table | ({f"{MACRO}_interval": ends[MACRO]} if ends else {})
