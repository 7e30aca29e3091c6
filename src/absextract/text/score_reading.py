"""What a score says as a number: value, unit, deviation, and the bound that its evidence makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ..patterns import regex
from .comparisons import Bound, bound_of
from .kelvin import is_kelvin
from .quantities import LONGEST_SCORE, Quantity, parse_quantity, read_quantities

__all__ = ["ScoreReading", "read_score"]

_DIGITS = regex(r"\d(?:[\d.,'’\s]{0,40}\d)?")
_MORE_DIGITS = regex(r"(?<=\d)(?:[.,·∙⋅•'’]|\{?\\[,;:! ]\}?)\d")
_LONGEST_EVIDENCE = 2000


@dataclass(frozen=True, slots=True)
class ScoreReading:
    """A score as a number.

    Attributes:
        value: the number; the lower end of a range.
        upper: the other end of a range.
        unit: canonical unit.
        deviation: what follows ±.
        bound: how the text hedges it; None where it is the number itself.
    """

    value: float | None = None
    upper: float | None = None
    unit: str | None = None
    deviation: float | None = None
    bound: Bound | None = None


@lru_cache(maxsize=4096)
def read_score(score: str, evidence: str = "") -> ScoreReading:
    """Reads a score, and in its evidence what was left out of it: the deviation, the hedge before it.

    Never raises; what is no number has no part.

    Args:
        score: as it was copied.
        evidence: the clause that holds it.
    """
    clause = evidence[:_LONGEST_EVIDENCE]
    quantity = _between(score, clause) or parse_quantity(score) or _as_written(score, clause)
    if quantity is None:
        return ScoreReading()
    there = next((found for found in _measured(clause) if _is_same(quantity, found)), None)
    if quantity.unsure or (there is not None and there.unsure):
        quantity = there = _as_written(score, clause) or replace(quantity, unsure=True)
    elif _MORE_DIGITS.match(score, quantity.end):  # "1,2,3" is no 1
        return ScoreReading()
    deviation = quantity.deviation_as_float
    bound = bound_of(score[:LONGEST_SCORE], quantity.start, quantity.end)
    if there is not None:
        deviation = there.deviation_as_float if deviation is None else deviation
        bound = bound or bound_of(clause, there.start, there.end)
    meant = _as_kelvin(quantity, score, clause, there)
    return meant or ScoreReading(quantity.value_as_float, quantity.upper_as_float, quantity.unit, deviation, bound)


def _as_kelvin(quantity: Quantity, score: str, clause: str, there: Quantity | None) -> ScoreReading | None:
    """What "32K" says where it is no plain 32,000: kelvin, or nothing where neither is told."""
    if not score[: quantity.end].endswith("K") or quantity.unit is not None:
        return None
    place = (clause, there.start, there.end) if there else (score, quantity.start, quantity.end)
    match is_kelvin(*place):
        case True:
            upper = None if quantity.upper_as_float is None else quantity.upper_as_float / 1000
            alone = upper is not None and score.count("K") == 1  # of "40-50K" the end alone is scaled
            value = quantity.value_as_float if alone else (quantity.value_as_float or 0) / 1000
            return ScoreReading(value, upper, "K")
        case False:
            return None
        case _:
            return ScoreReading()


def _measured(text: str) -> Iterator[Quantity]:
    """The numbers of a text, the ends of a range after the range, without those that belong to names."""
    for quantity in read_quantities(text):
        if not quantity.in_name:
            yield quantity
            yield from quantity.parts


def _between(score: str, clause: str) -> Quantity | None:
    """The range of which a score leaves the "between" out: "4.1 and 9.6"."""
    place = clause.find(score) if " and " in score else -1
    found = next((q for q in read_quantities(clause) if q.start == place), None) if place >= 0 else None
    if found is None or found.upper is None or found.end < place + len(score):
        return None
    whole = found.end == place + len(score)  # else the unit stands behind the score
    return replace(found, start=0, end=len(score), unit=found.unit if whole else None)


def _as_written(score: str, clause: str) -> Quantity | None:
    """What the clause makes of the very letters of a score: its language says what a comma means."""
    place, digits = clause.find(score), _DIGITS.search(score)
    if place < 0 or digits is None:
        return None
    start, end = place + digits.start(), place + digits.end()
    return next((found for found in _measured(clause) if found.start <= start and end <= found.end), None)


def _is_same(score: Quantity, found: Quantity) -> bool:
    return (score.value, score.upper) == (found.value, found.upper) and score.unit in (None, found.unit)
