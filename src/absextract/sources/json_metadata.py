"""Year, date, DOI, authors and the like under the same names, whichever service a paper in JSON comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..patterns import regex
from ..text.identifiers import arxiv_id_in, doi_in
from .common_names import add_common_names, year_of
from .metadata_names import NAMES

__all__ = ["own_id", "own_id_at", "usual_metadata"]

Level = Mapping[str, Any]

_DATE = regex(r"\d{4}(-\d{2}(-\d{2})?)?(?=$|T| )")
_MOST = 10_000

_STEPS = [
    (name, first, rest)
    for name, places in NAMES["json"].items()
    for place in places
    for first, *rest in [place.split(".")]
]
_FIRST_STEPS = frozenset(first for _, first, _ in _STEPS)
_AROUND_PERSON = ("person_or_org", "author")
_PARTS_OF_NAMES = (
    ("given", "firstName", "first", "givenName", "first_name"),
    ("family", "lastName", "last", "familyName", "last_name"),
)
_IDS = ("id", "paperId", "paper_id", "corpusid", "corpusId", "_id", "key")
_IDS_ELSE = ("bibcode", "control_number", "DOI", "doi", "arxivId", "pmid", "PMID", "recid")


def usual_metadata(levels: Sequence[Level]) -> dict[str, Any]:
    """What some objects, the paper first and what holds it behind, tell of these, under the usual names."""
    found: dict[str, Any] = {}
    for level in levels:
        if _FIRST_STEPS.isdisjoint(level):
            continue
        for name, first, rest in _STEPS:
            if first in level and name not in found:
                for value in _at(level[first], rest):
                    if (told := _READ[name](value)) is not None:
                        found[name] = told
                        break
    if "arxiv_id" not in found and len(levels) > 1 and (number := _arxiv(levels[0].get("id"))):
        found["arxiv_id"] = number  # of a list of preprints
    if found:
        add_common_names(found, {})
    return found


def own_id(levels: Sequence[Level]) -> str | int | None:
    """The paper's own identifier in some objects, the paper first and what holds it behind."""
    return _own_id(levels)[1]


def own_id_at(levels: Sequence[Level]) -> str:
    """The name that `own_id` stands under; empty where there is none."""
    return _own_id(levels)[0]


def _own_id(levels: Sequence[Level]) -> tuple[str, str | int | None]:
    for names in (_IDS, _IDS_ELSE):
        for level in levels:
            for name in names:
                given = level.get(name)
                if (isinstance(given, str) and given.strip()) or type(given) is int:
                    return name, given
    return "", None


def _at(value: Any, place: Sequence[str]) -> Iterator[Any]:
    if not place:
        yield value
    elif isinstance(value, list):
        for item in value[:_MOST]:
            yield from _at(item, place)
    elif isinstance(value, dict) and place[0] in value:
        yield from _at(value[place[0]], place[1:])


def _first(value: Any) -> Any:
    """A value without the list or object around it."""
    while isinstance(value, list | dict) and value:
        value = value[0] if isinstance(value, list) else value.get("value", value.get("$"))
    return value


def _date(value: Any) -> str | None:
    if isinstance(value, dict) and isinstance(parts := value.get("date-parts"), list):
        numbers = parts[0] if parts and isinstance(parts[0], list) else parts
        if numbers and all(str(number).isdecimal() for number in numbers[:3]):
            return "-".join(f"{int(number):0{2 if place else 4}}" for place, number in enumerate(numbers[:3]))
        return None
    found = _DATE.match(str(_first(value) or ""))
    return found[0] if found else None


def _year(value: Any) -> str | None:
    return year_of(_first(value)) or None


def _doi(value: Any) -> str | None:
    return doi_in(str(_first(value) or "")) or None


def _arxiv(value: Any) -> str | None:
    for item in value if isinstance(value, list) else [value]:
        given = _first(item)
        if isinstance(given, str) and (found := arxiv_id_in(given, bare=True) or arxiv_id_in(given)):
            return found
    return None


def _text(value: Any) -> str | None:
    given = _first(value)
    return given if isinstance(given, str) and given.strip() else None


def _url(value: Any) -> str | None:
    given = _text(value)
    return given if given and given.startswith(("https://", "http://")) else None


def _authors(value: Any) -> list[str] | None:
    if isinstance(value, dict) and "value" in value:
        value = value["value"]
    if isinstance(value, str):
        value = _parted(value.strip())
    names = [_name(item) for item in value[:_MOST]] if isinstance(value, list) else []
    return [name for name in names if name] or None


def _parted(text: str) -> list[str]:
    """The names in one text."""
    if ";" in text:
        return re.split(r"\s*;\s*", text)
    names = re.split(r",\s+", text.rstrip("."))
    return names if all(" " in name for name in names) else [text]  # `Ner, A.` is one


def _name(person: Any) -> str:
    if isinstance(person, dict):
        person = next((person[key] for key in _AROUND_PERSON if isinstance(person.get(key), dict)), person)
        for key in ("name", "full_name", "fullname", "fullName", "literal", "display_name", "creator", "$"):
            if isinstance(person.get(key), str):
                return str(person[key])
        parts = (
            next((person[key] for key in keys if isinstance(person.get(key), str)), "") for keys in _PARTS_OF_NAMES
        )
        return " ".join(part for part in parts if part)
    return person if isinstance(person, str) else ""


_READ: dict[str, Callable[[Any], Any]] = {
    "date": _date,
    "year": _year,
    "doi": _doi,
    "arxiv_id": _arxiv,
    "venue": _text,
    "url": _url,
    "authors": _authors,
}
