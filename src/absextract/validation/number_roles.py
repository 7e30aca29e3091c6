"""Numbers of which the schema says what they are: a year, a count, one end of a range."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..patterns import regex
from ..schema.marks import NumberRole
from ..text.measures import Meaning, read_measures, same_value
from ..text.quantities import Quantity, read_quantities
from ..text.unit_forms import UnitForm, read_unit
from .mentions import nearest
from .source_text import FIELDS, SourceText
from .verdicts import Problem, Span, Support

__all__ = ["check_role"]

_YEAR = regex(r"(?:1[0-9]|20|21)\d\d")
_GLUED_YEAR = regex(rf"(?<=[A-Za-z])({_YEAR.pattern})(?![A-Za-z0-9])|(?<![\w.,/])({_YEAR.pattern})[a-f](?![A-Za-z0-9])")
_COUNT_BEFORE = regex(r"(?<![A-Za-z])[A-Za-z]\s?=\s?$")  # "k = 5"
_COUNT_BEHIND = regex(r"-[A-Za-z]")  # "a 24-item scale"
_THINGS = regex(
    r"\s(?:[a-z-]+\s)?(?:[a-z]{3,}(?<!s)s|people|men|women|children|fish|patients|sheep)\b(?!\s(?:of|on|in)\s(?:the\s)?(?:year|season))"
)
_BEFORE_COUNT = regex(r"\b(?:[Ww]e\s(?:have\s)?[a-z]+ed|totals?\sof|included|enrolled|more\sthan|nearly)\s$")
_GLUED = regex(r"[\w@#^'’/_.,-]$")
_ABSENT = "number_not_in_source"
_ELSEWHERE = Problem("number_not_in_evidence", "the text has this number, but not in the evidence given for it")


def check_role(value: str, role: NumberRole, source: SourceText, within: Span | None) -> Support | Problem | None:
    """The verdict on a number in its role; None where the number is to be judged as any other."""
    match role:
        case "year":
            return _check_year(value.strip(), source, within)
        case "count":
            return _check_count(value, source, within)
        case _:
            return _check_end(value, role, source, within)


def _check_year(value: str, source: SourceText, within: Span | None) -> Support | Problem | None:
    years = value.removesuffix(".0")
    if not _YEAR.fullmatch(years):
        return None if len(_YEAR.findall(value)) > 1 else Problem(_ABSENT, "it is no year")
    links = [span for span, _ in source.urls]
    places = source.once("exact", years, lambda: source.exact(years))
    named = [] if places else source.judged(("years in names",), lambda: _years_in_names(source)).get(years, [])
    places = places or named
    found = [s for s in places if not any(link.holds(s) for link in links)]
    plain = [span for span in found if named or not _counts_or_measures(source.text(span.field), span)]
    if found and not plain:
        return Problem("unit_mismatch", "the text has this number with a unit, or counts with it, so it is no year")
    return _judged(plain, value, source, within) or Problem(_ABSENT, "the text holds no such year")


def _years_in_names(source: SourceText) -> dict[str, list[Span]]:
    """Where years stick to a name, or to the letter of a citation: "COCO2017", "2018a"."""
    found: dict[str, list[Span]] = {}
    for field in FIELDS:
        for match in _GLUED_YEAR.finditer(source.text(field)):
            group = match.lastindex or 0
            found.setdefault(match[group], []).append(Span(field, *match.span(group)))
    return found


def _counts_or_measures(text: str, span: Span) -> bool:
    """Whether a number that might be a year has a unit, or things behind it: "2017 fish", not "the 2017 surveys"."""
    if read_unit(text, span.end):
        return True
    return _THINGS.match(text, span.end) is not None and _BEFORE_COUNT.search(text[: span.start]) is not None


def _check_count(value: str, source: SourceText, within: Span | None) -> Support | Problem | None:
    read = read_measures(value)
    meaning = read.inline[0].meanings[-1] if len(read.inline) == 1 else None
    if meaning is None or meaning.upper is not None:
        return None
    number = meaning.value
    if number != number.to_integral_value() or number < 0:
        return Problem(_ABSENT, "it is no count: counts are whole")
    if meaning.form is not None:
        return Problem("unit_mismatch", "it has a unit, so it is no count")
    if value[read.inline[0].end :].strip(" ."):
        return None  # "142 patients"
    counted = list(_counted(number, source))
    if not counted and any(not quantity.in_name for _, quantity in source.readings.get(number, ())):
        return Problem("unit_mismatch", "the text counts nothing with this number")
    return _judged(counted, value, source, within)


def _check_end(value: str, role: NumberRole, source: SourceText, within: Span | None) -> Support | Problem | None:
    verdict = _judged(list(_ends(value, role, source)), value, source, within)
    other: NumberRole = "upper" if role == "lower" else "lower"
    if verdict is None and any(_ends(value, other, source)):
        return Problem(_ABSENT, f"the text has it as the {other} end of a range")
    return verdict


def _counted(number: Decimal, source: SourceText) -> Iterator[Span]:
    """Where a number counts things: it has no unit, and digits of a name are not meant."""
    for field in FIELDS:
        text = source.text(field)
        for measure in source.measures(field).inline:
            for meaning in measure.meanings:
                whole = meaning.form is None or meaning.form[1] == _part_of(meaning.form)
                if whole and meaning.upper is None and meaning.value == number:
                    yield Span(field, measure.start, measure.end)
        for quantity in read_quantities(text):
            if quantity.in_name and quantity.value == number and _counts(text, quantity):
                yield Span(field, quantity.start, quantity.end)


def _counts(text: str, quantity: Quantity) -> bool:
    """Whether digits that measure nothing count all the same: "k = 5", "a 24-item scale"."""
    before = text[max(0, quantity.start - 6) : quantity.start]
    is_adjective = _COUNT_BEHIND.match(text, quantity.end) and not _GLUED.search(before)
    return bool(is_adjective or _COUNT_BEFORE.search(before))


def _part_of(form: UnitForm) -> frozenset[tuple[str, int]] | None:
    """The form's dimensions where it stands for "of nine", else None."""
    names = [name for name, _ in form[1]]
    return form[1] if len(names) == 1 and names[0].startswith("word:/") else None


def _ends(value: str, role: NumberRole, source: SourceText) -> Iterator[Span]:
    """Ranges of which the value is the asked end, with their unit or without."""
    read = read_measures(value).inline
    if len(read) != 1 or read[0].meanings[0].upper is not None:
        return
    wanted = read[0].meanings[0]
    for field in FIELDS:
        for measure in source.measures(field).inline:
            if any(_is_end(wanted, meaning, role) for meaning in measure.meanings):
                yield Span(field, measure.start, measure.end)


def _is_end(wanted: Meaning, range_: Meaning, role: NumberRole) -> bool:
    end = range_.upper if role == "upper" else range_.value
    if range_.upper is None or end is None:
        return False
    if wanted.form is None or range_.form is None:
        return wanted.form is None and wanted.value == end
    return wanted.form[1] == range_.form[1] and same_value(wanted.value, wanted.form[0], end, range_.form[0])


def _judged(found: list[Span], value: str, source: SourceText, within: Span | None) -> Support | Problem | None:
    inside = [span for span in found if within is None or within.overlaps(span)]
    if span := nearest(inside, within):
        return Support(span, "exact" if source.slice(span) == value else "normalized")
    return _ELSEWHERE if found else None
