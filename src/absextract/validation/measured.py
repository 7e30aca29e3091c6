"""Numbers in another spelling than the text's: units spelled out, converted, exponents that lost their raising."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice, product

from ..patterns import regex
from ..text.comparisons import comparison_before
from ..text.hedges import HEDGES
from ..text.measures import Meaning, Measure, Measures, read_measures, same_value
from ..text.unit_forms import UnitForm
from .mentions import nearest
from .source_text import FIELDS, MOST_PLACES, SourceText, at_boundaries, comparison_form, normalize
from .verdicts import Problem, Span, Support

__all__ = ["find_measure", "is_half", "is_whole"]

_HEDGE = regex(
    r"(?:[\s~$<>≤≥⩽⩾≈∼±(){}=]|\\(?:sim|approx|leq?|geq?|text|,)|"
    rf"\b(?:an?|between|from|{HEDGES}|(?:greater|higher|larger|fewer|lower|smaller) than|above|below"
    r"|under|within|exactly|(?:no|not) (?:more|less|fewer|greater|higher|lower) than|ca\.?|circa"
    r"|approx\.?|some|in excess of)(?!\w))*"
)
_AND = regex(r"\sand\s")
_JOINTS = (
    (regex(r"\s*(?:[-–—−~]{1,3}|\bto\b|\bthrough\b)\s*"), "-"),
    (regex(r"\s*(?:[×x*]|\bby\b|\\times)\s*"), "x"),
    (regex(r"\s*,?\s*(?:\band\b|&)\s*|\s*[,;]\s*"), ","),
    (regex(r"\s*,?\s*\bor\b\s*"), "or"),
)
_ENDS_RANGE = regex(r"(?:\w\S*\s?(?:[-–—‒−~]|\b(?:to|through)(?:\s\w+)?)|\bbetween\b.*\band)[\s$~≈]?$")
_PAIR = regex(r"%\s?/\s?\d")
_BEGINS_RANGE = regex(r"\s?(?:[-–—‒−]{1,3}|\b(?:to|through)(?:\s\w+)?)[\s$~≈]{0,2}\d|.{0,3}\band\s[$~≈]?\d")
_NEAR = 24
_SHARING = frozenset({"x", ",", "or"})
_LISTING = frozenset({",", "or"})
_ESSENTIAL = frozenset({("%", 1), ("x", 1), ("$", 1)})
_ESSENTIAL_FORMS = frozenset(frozenset({each}) for each in _ESSENTIAL)
_FEWEST_LISTED = 3
_LIST_BEFORE = regex(r"\b(?:of|with|at|by|to|for|either|received|were|was|are)\s$")
_OPPOSITE = {"<": ">", ">": "<"}
_FURTHEST = 80
_LONGEST_MEASURE = 200
_EACH_MEASURE = 40  # to compare two takes as long as comparing so many characters


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a value says: its numbers, and the words before, between and behind them."""

    text: str
    measures: tuple[Measure, ...]
    any_unit: bool
    completed: bool = False  # by a "between" that may stand in the text before it

    @property
    def before(self) -> str:
        return self.text[: self.measures[0].start]

    @property
    def behind(self) -> str:
        return self.text[self.measures[-1].end :]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a claim is borne out, and whether it took a conversion."""

    span: Span
    converted: bool


def find_measure(
    value: str, source: SourceText, within: Span | None, *, any_unit: bool = False
) -> Support | Problem | None:
    """Looks for numbers with their units, whichever way both are spelled.

    Args:
        value: one number or several, with units and the words between them.
        source: the text to search.
        within: the passage that must hold it, if any.
        any_unit: whether the value says nothing of its unit.

    Returns:
        The passage; what speaks against it, where the number is there; None where it is not, or the value is no number.
    """
    for deep in (False, True):
        claims = list(_claims(value, any_unit, deep))
        places = list(islice((place for claim in claims for place in _places(claim, source, deep)), MOST_PLACES))
        if places:
            return _judged(claims[0], places, source, within)
        if not any(_names_unit(claim) and _has_number(claim, source) for claim in claims):
            return None
    return None


def is_half(span: Span, source: SourceText) -> bool:
    """Whether a number is one end of a range that cannot be read on its own: "1 h–3 days"."""
    text = source.text(span.field)
    beside = _ENDS_RANGE.search(text[max(0, span.start - _NEAR) : span.start]) or _BEGINS_RANGE.match(text, span.end)
    return beside is not None and _cuts_measure(span, source)


def is_whole(value: str, span: Span, source: SourceText) -> bool:
    """Whether a passage that reads like a value cuts no number, and has its units: "5 mg" is not "5 Mg"."""
    return not _cuts_measure(span, source) and _same_units(value, source.slice(span))


def _cuts_measure(span: Span, source: SourceText) -> bool:
    """Whether a passage ends inside a range, or between a unit and what it is divided by."""
    measures, text = source.measures(span.field).inline, source.text(span.field)
    last = bisect_left(measures, span.end, key=lambda m: m.start)
    first = bisect_left(measures, span.start - _LONGEST_MEASURE, 0, last, key=lambda m: m.start)
    near = (m for m in measures[first:last] if span.start < m.end)
    return any(_is_cut(m, span, text) for m in near if not _is_of_pairs(m, text))


def _is_of_pairs(measure: Measure, text: str) -> bool:
    """Whether what reads like a range goes from one pair to another: "65%/47% to 77%/66%"."""
    return _PAIR.search(text, measure.start, measure.end) is not None


@lru_cache(maxsize=1024)
def _same_units(value: str, passage: str) -> bool:
    ours, theirs = (read_measures(text).inline for text in (value, passage))
    return len(ours) == len(theirs) and all(
        a.meanings[0].form == b.meanings[0].form
        or (b.meanings[0].form is None or (a.meanings[0].form is None and _unit_letters(passage, b) in value))
        for a, b in zip(ours, theirs, strict=True)
    )


def _unit_letters(text: str, measure: Measure) -> str:
    return text[measure.number_end : measure.meanings[0].end].strip()


def _is_cut(measure: Measure, span: Span, text: str) -> bool:
    if any(
        end.start >= span.start and span.end >= end.number_end and not _overlaps_other(measure, end, span)
        for end in measure.ends
    ):
        return False
    if span.start > measure.start + text.startswith("+", measure.start):
        return True
    stops = {measure.number_end, *(meaning.end for meaning in measure.meanings)}
    return span.end < measure.end and span.end not in stops


def _overlaps_other(measure: Measure, end: Measure, span: Span) -> bool:
    return any(other.start < span.end and span.start < other.number_end for other in measure.ends if other is not end)


def _claims(value: str, any_unit: bool, deep: bool) -> Iterator[_Claim]:
    read = read_measures(value, deep=deep)
    if read.inline:
        yield _Claim(value, read.inline, any_unit)
    if len(read.inline) == 2 and _AND.search(value):  # the text may say "between" before it
        between = read_measures(f"between {value}", deep=deep).inline
        if len(between) == 1:
            yield _Claim(f"between {value}", between, any_unit, completed=True)
    for raised in read.raised:
        if len(read.inline) == 2:
            yield _Claim(value, (raised,), any_unit)


def _names_unit(claim: _Claim) -> bool:
    """Whether words stand behind a number that may be a rare unit."""
    return re.match(r"[\s-]?[A-Za-z]{4,}", claim.behind) is not None


def _has_number(claim: _Claim, source: SourceText) -> bool:
    wanted = claim.measures[-1].meanings[0].value
    return bool(source.readings.get(wanted))


def _places(claim: _Claim, source: SourceText, deep: bool) -> Iterator[_Place]:
    size = len(claim.measures)
    for field in FIELDS:
        text, read = source.text(field), source.measures(field, deep=deep)
        for found in _runs(text, read, size):
            if not source.spend(_EACH_MEASURE * size):
                return
            if (ends := _agreement(claim, found, text)) is not None:
                end, converted = ends
                yield _Place(Span(field, found[0].start, end), converted)


def _runs(text: str, read: Measures, size: int) -> Iterator[Sequence[Measure]]:
    if size > 1:
        yield from (read.inline[i : i + size] for i in range(len(read.inline) - size + 1))
    else:
        ends = chain.from_iterable(measure.ends for measure in read.inline)
        yield from ((measure,) for measure in chain(read.inline, read.raised, ends, _listed(text, read.inline)))


def _listed(text: str, measures: Sequence[Measure]) -> Iterator[Measure]:
    """The numbers of lists whose last alone has a unit, with that unit: the five of "5, 10 and 20 mg"."""
    begin = 0
    for i in range(1, len(measures) + 1):
        last = measures[i - 1]
        if i < len(measures) and not last.meanings[0].form and _joint(text[last.end : measures[i].start]) in _LISTING:
            continue
        run, begin = measures[begin:i], i
        form = last.meanings[0].form
        if form is None or len(run) < 2 or not _shares(text, run, form):
            continue
        for each in run[:-1]:
            yield replace(each, meanings=tuple(replace(m, form=form) for m in each.meanings if m.form is None))


def _shares(text: str, run: Sequence[Measure], form: UnitForm) -> bool:
    """Whether numbers side by side are a list with one unit: not "n = 12, 20 mg", nor "at pH 7.4 and 150 mM"."""
    before = text[max(0, run[0].start - _NEAR) : run[0].start]
    if len(run) >= _FEWEST_LISTED:
        return not before.rstrip().endswith(("=", ":"))
    return form[1] not in _ESSENTIAL_FORMS and _LIST_BEFORE.search(before) is not None


def _agreement(claim: _Claim, found: Sequence[Measure], text: str) -> tuple[int, bool] | None:
    """Where the passage ends, and whether a unit was converted; None where they do not agree."""
    wanted_ones, found_ones = _with_shared_units(claim.text, claim.measures), _with_shared_units(text, found)
    pairs = [_pair(wanted, there, claim.any_unit) for wanted, there in zip(wanted_ones, found_ones, strict=True)]
    if None in pairs:
        return None
    meant = [pair for pair in pairs if pair]
    for (a, b), wanted, there in zip(meant, claim.measures[1:], found[1:], strict=False):
        if _joint(claim.text[a.end : wanted.start]) != _joint(text[b.end : there.start]):
            return None
    behind, end = claim.text[meant[-1][0].end :], meant[-1][1].end
    if claim.completed and not _AND.search(text[found[0].start : end]):
        return None
    if not _says_before(claim.before, text, found[0].start):
        return None
    said_until = _end_of_words(behind, text, end)
    if said_until is None or (said_until > end and _ends_in_unit(said_until, found[-1])):
        return None
    return end, any(a.form and b.form and a.form != b.form for a, b in meant)


def _with_shared_units(text: str, measures: Sequence[Measure]) -> list[Measure]:
    """Each with the unit that stands at the last of a list alone: "5 × 10 cm" is 5 cm × 10 cm."""
    shared = list(measures)
    for i in range(len(shared) - 2, -1, -1):
        form, first = shared[i + 1].meanings[0].form, shared[i].meanings[0]
        joint = _joint(text[first.end : shared[i + 1].start])
        if first.form is None and form is not None and joint in _SHARING:
            shared[i] = replace(shared[i], meanings=(replace(first, form=form),))
    return shared


def _pair(wanted: Measure, there: Measure, any_unit: bool) -> tuple[Meaning, Meaning] | None:
    """Meanings of two numbers that are the same."""
    for a, b in product(wanted.meanings, there.meanings):
        if any_unit or a.form is None:
            plain = b.form is None or (b is there.meanings[-1] and not there.in_name and not there.in_words)
            fits = plain and (any_unit or b.form is None or b.form[1].isdisjoint(_ESSENTIAL))
            if fits and (a.value, a.upper) == (b.value, b.upper) and a.deviation in (None, b.deviation):
                return a, b
        elif b.form is not None and a.form[1] == b.form[1] and _same_numbers(a, b):
            return a, b
    return None


def _same_numbers(a: Meaning, b: Meaning) -> bool:
    assert a.form is not None
    assert b.form is not None
    pairs = [(a.value, b.value)]
    for x, y in ((a.upper, b.upper), (a.deviation, b.deviation if a.deviation is not None else None)):
        if (x is None) != (y is None):
            return False
        if x is not None and y is not None:
            pairs.append((x, y))
    return all(same_value(x, a.form[0], y, b.form[0]) for x, y in pairs)


def _joint(between: str) -> str:
    for pattern, sign in _JOINTS:
        if pattern.fullmatch(between):
            return sign
    return comparison_form(between)


def _says_before(words: str, text: str, at: int) -> bool:
    """Whether the text has the same words before the number, apart from those that hedge it."""
    if _HEDGE.fullmatch(words):
        return True
    start = max(0, at - len(words) - _FURTHEST)
    wanted, there = comparison_form(words.rstrip("$({")), normalize(text[start:at])
    if not there.text.endswith(wanted):
        return False
    return at_boundaries(text, start + there.starts[-len(wanted)], at) if wanted else True


def _end_of_words(words: str, text: str, at: int) -> int | None:
    """Where the words that the value has behind its unit end in the text; None where it goes on otherwise."""
    wanted = comparison_form(words.strip(" .,;)}$"))
    if not wanted:
        return at
    there = normalize(text[at : at + len(words) + _FURTHEST])
    end = at + there.ends[len(wanted) - 1] if there.text.startswith(wanted) else at
    return end if end > at and at_boundaries(text, at, end) else None


def _ends_in_unit(at: int, measure: Measure) -> bool:
    """Whether a place is within a unit, as behind the cells of "cells/mL"."""
    return at < measure.end and all(meaning.end != at for meaning in measure.meanings)


def _judged(claim: _Claim, places: list[_Place], source: SourceText, within: Span | None) -> Support | Problem:
    """The best of the places, or why none will do."""
    says = _OPPOSITE.get(comparison_before(claim.text, claim.measures[0].start) or "")
    agreeing = [p for p in places if not says or comparison_before(source.text(p.span.field), p.span.start) != says]
    if not agreeing:
        return Problem("comparison_mismatch", f"the text says {says}, not {claim.before.strip()}")
    inside = [p for p in agreeing if within is None or within.holds(p.span)]
    if not inside:
        return Problem("number_not_in_evidence", "the text has this number, but not in the evidence given for it")
    same_unit = [p for p in inside if not p.converted]
    span = nearest([p.span for p in same_unit or inside], within) or (same_unit or inside)[0].span
    written = source.slice(span)
    if not same_unit:
        told = Problem("unit_converted", f"the text says {written}, which is the same")
        return Support(span, "normalized", told)
    return Support(span, "exact" if written == claim.text else "normalized")
