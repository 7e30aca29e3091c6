"""Numbers: the same value with the same unit must be measured in the text, in whatever spelling."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import islice, permutations

from ..patterns import regex
from ..schema.marks import NumberRole
from ..text.comparisons import comparison_before
from ..text.hedges import HEDGES
from ..text.kelvin import is_kelvin
from ..text.measures import is_in_words
from ..text.quantities import LONGEST_SCORE, Quantity, read_quantities
from ..text.unit_forms import form_of, goes_on, read_unit
from .binding import belongs
from .measured import find_measure, is_half, is_whole
from .mentions import nearest
from .number_roles import check_role
from .range_ends import end_of_range
from .source_text import SourceText
from .verdicts import Problem, Span, Support, as_text

__all__ = ["check_contradiction", "check_number"]

_AROUND = regex(
    r"(?:[\s~$<>≤≥≈±(){}]|\\(?:sim|approx|leq?|geq?|textbf|text|,)|"
    rf"\b(?:an?|between|from|{HEDGES})\b)*"
)
_INSIDE_NUMBER = regex(r"(?<=\d)[.,·]?\d|(?<=\d[.,·])\d")
_ABSENT = ("number_not_in_source", "the text holds no such number")
_ELSEWHERE = ("number_not_in_evidence", "the text has this number, but not in the evidence given for it")
_COUNTED = regex(r"(\d{1,4})[ -]([a-z]{3,20}?)s?")
_PERCENT_BEHIND = regex(r"[\s-]?(?:%|per ?cent\b)")
_MAX_PLACES = 20
_MAX_READINGS = 200
_MAX_NAMED = 5
# Units without which a bare number says something else: 76 is not 76%.
_ESSENTIAL = frozenset({"%", "x", "$"})


def check_number(
    value: str | float | Decimal,
    source: SourceText,
    within: Span | None,
    companions: Sequence[str] = (),
    role: NumberRole | None = None,
) -> Support | Problem:
    r"""Looks for the number a text such as `76\%` stands for.

    Args:
        value: the number as the extraction has it; where that is no text it cannot say its unit, so any will do.
        source: the text to search.
        within: the passage that must hold it, if any.
        companions: names that stand beside the number; of several places the one that fits them best is taken.
        role: what the number is, where the mark says so.
    """
    text = as_text(value)
    if len(text) > LONGEST_SCORE:
        return Problem(_ABSENT[0], "it is too long to be a number")
    if role is not None and (verdict := check_role(text, role, source, within)):
        return verdict
    verdict = _check(value, text, source, within, companions)
    if isinstance(verdict, Support) and verdict.told is None and role not in ("lower", "upper"):
        return replace(verdict, told=end_of_range(verdict.span, source))
    return verdict


def _check(
    value: str | float | Decimal, text: str, source: SourceText, within: Span | None, companions: Sequence[str]
) -> Support | Problem:
    wanted = _whole_quantity(text)
    if wanted is None:
        return source.judged(("words", text, within), lambda: _check_words(text, source, within))
    any_unit = not isinstance(value, str)
    readings = source.readings.get(wanted.value, [])
    same: list[tuple[Span, Quantity]] = []
    fitting: list[Span] = []
    for candidates in (_inside(readings, within) if within else [], readings[:_MAX_READINGS]):
        same = [(span, q) for span, q in candidates if _same_range(wanted, q)]
        fitting = [
            s
            for s, q in same
            if not q.in_name
            and (any_unit or _is_meant(wanted, q, s, source))
            and (not q.unsure or (_written_alike(text, source.slice(s)) and not _is_second_half(q, s, source)))
        ]
        if fitting:
            break
    if not fitting:
        unsure = any(q.unsure for _, q in same)
        case = ("measure", text, within, any_unit)
        found = source.judged(case, lambda: find_measure(text, source, within, any_unit=any_unit))
        measured = None if unsure else found
        return measured or _not_found(wanted, same, source) or _derived(wanted, source) or Problem(*_ABSENT)
    opposite = {"<": ">", ">": "<"}.get(comparison_before(text, wanted.start) or "")
    bound = [s for s in fitting if not opposite or comparison_before(source.text(s.field), s.start) != opposite]
    if not bound:
        return Problem("comparison_mismatch", f"the text says {opposite}, not {text[: wanted.start].strip()}")
    inside = [span for span in bound if within is None or _digits_inside(within, span, source)]
    if not inside:
        return Problem(*_ELSEWHERE)
    return _spelled_as(text, source, _best_place(inside, source, within, companions))


def check_contradiction(problem: Problem, source: SourceText, within: Span | None) -> Problem | None:
    """Says what numbers the evidence holds for one that is not there."""
    if within is None or problem.code not in (_ABSENT[0], _ELSEWHERE[0]):
        return None
    begun = _inside(source.judged(("numbers",), lambda: _numbers(source)), within)[: _MAX_NAMED + 1]
    there = [source.slice(span) for span, _ in begun if within.holds(span)][:_MAX_NAMED]
    if not there:
        return None
    return Problem("number_contradicted", f"the evidence given for it says {', '.join(there)}")


def _numbers(source: SourceText) -> list[tuple[Span, Quantity]]:
    return [(span, q) for span, q in source.quantities if not q.in_name]


def _best_place(spans: list[Span], source: SourceText, within: Span | None, companions: Sequence[str]) -> Span:
    """Of the places of a number, the one to which the text gives most of its companions, then the nearest to them."""
    if len(spans) == 1 or not companions:
        return nearest(spans, within) or spans[0]

    def strangers(span: Span) -> tuple[int, int]:
        names = [name for text in companions if (name := nearest(source.exact(text, span), span))]
        return sum(not belongs(span, name, source) for name in names), sum(map(span.distance, names))

    return min(spans[:_MAX_PLACES], key=strangers)


def _whole_quantity(value: str) -> Quantity | None:
    """The quantity a text consists of, or None where it says more than a number."""
    found = [q for q in read_quantities(value) if not q.in_name]
    if len(found) != 1:
        return None
    rest = value[: found[0].start], value[found[0].end :]
    return found[0] if all(_AROUND.fullmatch(part) for part in rest) else None


@lru_cache(maxsize=1024)
def _values(text: str) -> list[Decimal]:
    return [quantity.value for quantity in read_quantities(text)]


def _inside(readings: list[tuple[Span, Quantity]], within: Span) -> list[tuple[Span, Quantity]]:
    """Those that begin in a passage."""
    ends = ((within.field, within.start), (within.field, within.end))
    first, last = (bisect_left(readings, end, key=lambda r: (r[0].field, r[0].start)) for end in ends)
    return readings[first:last]


def _same_range(wanted: Quantity, found: Quantity) -> bool:
    return wanted.upper == found.upper and wanted.deviation in (None, found.deviation)


def _is_meant(wanted: Quantity, found: Quantity, span: Span, source: SourceText) -> bool:
    """Whether a number of the text is the one wanted, by its unit, which may go on behind what was read of it."""
    written = source.slice(span)
    if not _units_agree(wanted, found, written) or (found.upper is None and is_half(span, source)):
        return False
    if found.spelled and is_in_words(source.text(span.field), span.start, span.end):
        return False
    if wanted.unit is None:
        return not (written.endswith("K") and is_kelvin(source.text(span.field), span.start, span.end))
    text, end = source.text(span.field), _end_of_unit(found, span, source)
    if found.unit == "mol" and _PERCENT_BEHIND.match(text, end):
        return False
    if found.unit in _ESSENTIAL or not goes_on(text, end):
        return True
    form = form_of(wanted.unit)
    return any(unit.form == form for unit in read_unit(text, end, base=form))


def _end_of_unit(found: Quantity, span: Span, source: SourceText) -> int:
    """Where a number ends with its unit, which may stand at the next of its list or range."""
    if not found.unit_shared:
        return span.end
    return next(
        (s.end for s, q in source.quantities if s.field == span.field and s.end >= span.end and not q.unit_shared),
        span.end,
    )


def _units_agree(wanted: Quantity, found: Quantity, written: str) -> bool:
    if wanted.unit is None:
        return found.unit not in _ESSENTIAL or found.unit_shared
    return wanted.unit == found.unit or (wanted.unit == "%" and found.unit == "points" and "%" in written)


def _written_alike(value: str, passage: str) -> bool:
    """Whether a number that can be read in two ways is copied, or can only be less than one ("0,123")."""
    signs, others = (re.sub(r"[^\d.,]", "", text).strip(".,") for text in (value, passage))
    return signs == others or others.startswith("0,")


def _is_second_half(found: Quantity, span: Span, source: SourceText) -> bool:
    """Whether a number with its unit may be the end of a longer one: the five of "1,5 mg"."""
    before = source.text(span.field)[max(0, span.start - 2) : span.start]
    return found.unit is not None and re.fullmatch(r"\d[, ]", before) is not None


def _derived(wanted: Quantity, source: SourceText) -> Problem | None:
    """Tells a number that was computed from two of the text from one that was made up."""
    if wanted.upper is not None:
        return None
    places = max(0, -int(wanted.value.as_tuple().exponent))
    for a, b, difference, ratio in source.judged(("pairs",), lambda: _pairs(source)):
        is_ratio = wanted.unit == "x" and round(ratio, places) == float(wanted.value)
        if is_ratio or wanted.value == difference:
            numbers = f"{source.slice(a)} and {source.slice(b)}"
            return Problem("number_derived", f"computed from {numbers}; the text does not say it")
    return None


def _pairs(source: SourceText) -> list[tuple[Span, Span, Decimal, float]]:
    """Two numbers of the text that another may be computed from, with their difference and ratio."""
    plain = ((span, q) for span, q in source.quantities if not (q.in_name or q.spelled or q.upper))
    pairs = permutations(islice(plain, _MAX_PLACES), 2)
    return [
        (a_span, b_span, a.value - b.value, float(a.value) / divisor)
        for (a_span, a), (b_span, b) in pairs
        if a.unit == b.unit and (divisor := float(b.value))
    ]


def _not_found(wanted: Quantity, same: list[tuple[Span, Quantity]], source: SourceText) -> Problem | None:
    measured = [(span, q) for span, q in same if not q.in_name]
    if any(q.unsure for _, q in measured):
        return Problem(
            _ABSENT[0], "the text has these digits with a comma or point that can mean two things; copy them"
        )
    if any(is_half(span, source) for span, _ in measured):
        return Problem(_ABSENT[0], "the text has it as one end of a range")
    if longer := [span for span, q in measured if q.unit == wanted.unit is not None]:
        text = source.text(longer[0].field)
        end = read_unit(text, longer[0].end, base=form_of(str(wanted.unit)))[0].end
        return Problem("unit_mismatch", f"the text says {text[longer[0].start : end]}")
    if measured:
        units = " or ".join(sorted({q.unit or "no unit" for _, q in measured}))
        return Problem("unit_mismatch", f"the text has this number with {units}")
    if same:
        return Problem("number_is_name", "these digits are part of a name, a version, a year or a URL")
    return None


def _digits_inside(within: Span, span: Span, source: SourceText) -> bool:
    """A quote may end between a number and its unit ("12.3" of "12.3 points"), never inside the number."""
    if within.field != span.field or not within.start <= span.start < within.end:
        return False
    written = source.slice(span)
    digits_end = max((i for i, char in enumerate(written, start=1) if char.isdigit()), default=len(written))
    return span.start + digits_end <= within.end


def _spelled_as(value: str, source: SourceText, span: Span) -> Support:
    """The support, drawn to the letters of the value where these are the source's own."""
    text = source.text(span.field)
    at = text.find(value, max(0, span.start - len(value)), span.end + len(value))
    while at >= 0:
        if at < span.end and at + len(value) > span.start and not _cuts_number(text, at, at + len(value)):
            return Support(Span(span.field, at, at + len(value)), "exact")
        at = text.find(value, at + 1, span.end + len(value))
    return Support(span, "exact" if source.slice(span) == value else "normalized")


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether an interval begins or ends between the digits of one number ("5" of "5.0")."""
    return any(_INSIDE_NUMBER.match(text, at) for at in (start, end))


def _as_adjective(value: str, source: SourceText, within: Span | None) -> Support | Problem | None:
    """The "24 items" of "a 24-item scale"."""
    counted = _COUNTED.fullmatch(value)
    if counted is None:
        return None
    written = "-".join(counted.groups())
    places = source.once("exact", written, lambda: source.exact(written))
    if span := nearest([span for span in places if within is None or within.holds(span)], within):
        return Support(span, "normalized")
    return Problem(*_ELSEWHERE) if places else None


def _check_words(value: str, source: SourceText, within: Span | None) -> Support | Problem:
    """A score that is more than one number ("four out of the eleven tasks") must stand there as it is."""
    if not any(map(str.isalnum, value)):
        return Problem("number_not_in_source", "there is no number")
    said = _values(value)
    verdict: Support | Problem | None = None
    for find, match in ((source.exact, "exact"), (source.similar, "normalized")):
        places = source.once(find.__name__, value, lambda: find(value))  # noqa: B023  # it is called at once
        found = [span for span in places if _values(source.slice(span)) == said]  # a sign is no hyphen
        whole = [span for span in found if is_whole(value, span, source)]
        inside = [span for span in whole if within is None or within.holds(span)]
        if span := nearest(inside, within):
            return Support(span, "exact" if source.slice(span) == value else match)  # type: ignore[arg-type]  # a literal of Support.match
        verdict = verdict or find_measure(value, source, within)
        if isinstance(verdict, Support):
            return verdict
        if whole:
            return Problem(*_ELSEWHERE)
    return (
        _as_adjective(value, source, within) or verdict or Problem("number_not_in_source", "the text does not say so")
    )
