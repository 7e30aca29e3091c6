"""The figures of evaluations: per field, micro and macro, with bootstrap intervals."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import chain
from typing import Any

from .scoring import FIELDS, Counts, Evaluation, PaperOutcome

__all__ = ["MACRO", "MICRO", "difference", "differences", "figures"]

MICRO, MACRO = "micro", "macro_f1"
_SAMPLES = 1000
_SEED = 0
_TAILS = (0.025, 0.975)

_Row = Sequence[int]  # tp, fp and fn of each field in turn


def figures(evaluation: Evaluation) -> dict[str, Any]:
    """All figures of a run, as JSON; lenient ones, with those of exact matching under `exact`.

    Micro counts the items of all eight fields together; macro is the mean of their F1. An interval is that of the
    F1 in 1,000 samples of as many papers, drawn with replacement from a fixed seed (percentile bootstrap, 95%).
    """
    rows = [_row(paper, exact=False) for paper in evaluation.papers]
    intervals = _intervals([_f1s(sums) for sums in _samples(rows)])
    return {
        "papers": len(evaluation.papers),
        "absent": evaluation.absent,
        **_table(_sums(rows), intervals),
        "exact": _table(_sums([_row(paper, exact=True) for paper in evaluation.papers]), {}),
    }


def difference(first: Evaluation, second: Evaluation) -> dict[str, dict[str, Any]]:
    """How much better the F1 of a second run is than that of a first, on the same gold, with intervals (paired)."""
    rows = [[*_row(a, exact=False), *_row(b, exact=False)] for a, b in zip(first.papers, second.papers, strict=True)]
    intervals = _intervals([_gain(sums) for sums in _samples(rows)])
    return {name: {"f1": gain, "interval": intervals[name]} for name, gain in _gain(_sums(rows)).items()}


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


def _row(paper: PaperOutcome, *, exact: bool) -> list[int]:
    outcomes = paper.exact if exact else paper.lenient
    counts = [outcomes[field].counts for field in FIELDS]
    return list(chain.from_iterable((each.tp, each.fp, each.fn) for each in counts))


def _sums(rows: Sequence[_Row]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _samples(rows: Sequence[_Row]) -> list[list[int]]:
    draw = random.Random(_SEED)
    return [_sums(draw.choices(rows, k=len(rows))) for _ in range(_SAMPLES)]


def _counts(sums: _Row) -> dict[str, Counts]:
    return {field: Counts(*sums[3 * i : 3 * i + 3]) for i, field in enumerate(FIELDS)}


def _f1s(sums: _Row) -> dict[str, float]:
    counts = _counts(sums)
    f1s = {field: each.f1 for field, each in counts.items()}
    return f1s | {MICRO: sum(counts.values(), Counts()).f1, MACRO: sum(f1s.values()) / len(f1s)}


def _gain(sums: _Row) -> dict[str, float]:
    half = len(sums) // 2
    first, second = _f1s(sums[:half]), _f1s(sums[half:])
    return {name: second[name] - first[name] for name in first}


def _intervals(samples: Sequence[dict[str, float]]) -> dict[str, list[float]]:
    found = {}
    for name in samples[0]:
        values = sorted(sample[name] for sample in samples)
        found[name] = [values[round(tail * (len(values) - 1))] for tail in _TAILS]
    return found


def _table(sums: _Row, intervals: dict[str, list[float]]) -> dict[str, Any]:
    counts = _counts(sums)
    rows = counts | {MICRO: sum(counts.values(), Counts())}
    table: dict[str, Any] = {
        name: {"p": each.precision, "r": each.recall, "f1": each.f1, "tp": each.tp, "fp": each.fp, "fn": each.fn}
        | ({"f1_interval": intervals[name]} if intervals else {})
        for name, each in rows.items()
    }
    table[MACRO] = _f1s(sums)[MACRO]
    return table | ({f"{MACRO}_interval": intervals[MACRO]} if intervals else {})
