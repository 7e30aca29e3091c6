"""From an element of XML to named columns, by a table of paths; one way for all vocabularies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from .columns import AT
from .common_names import add_common_names
from .layout import unwrap
from .shown import Shown

if TYPE_CHECKING:
    from lxml import etree

__all__ = [
    "Paths",
    "Row",
    "all_of",
    "found",
    "local_name",
    "plain_names",
    "row_of",
    "seen_in",
    "with_common_names",
]

Row = dict[str, Any]
Paths = Mapping[str, tuple[str, ...]]
"""For a column the XPaths of what may fill it, without namespaces; the first that finds text does."""

_TOLD = ("title", "abstract", "id")
_LISTS = frozenset({"authors", "categories", "keywords", "mesh", "publication_types", "identifiers", "dates"})
_DATES = frozenset({"date", "created", "updated"})
_DATE_PARTS = ("year", "month", "day")
_GIVEN = (
    "given-names",
    "ForeName",
    "FirstName|.//MiddleName",
    "given_name",
    "givenName",
    "forenames",
    "forename",
    "given-name",
    "first",
    "Initials",
)
_LAST = ("surname", "LastName", "familyName", "keyname", "last")


def row_of(element: etree._Element, paths: Paths) -> Row:
    """The columns of an element; those without text are left out, but for title and abstract."""
    row: Row = {}
    for name, ways in paths.items():
        way, values = _first_of(element, ways, _READINGS.get(name, _seen_without_targets))
        if name in _TOLD and way:
            row[f"{AT}{name}"] = way
        if values or name in ("title", "abstract"):
            row[name] = values if name in _LISTS else (values or [""])[0]
    return row


def with_common_names(row: Row) -> Row:
    """The columns with year, DOI and arXiv id as all formats name them, where they can be told from what is there."""
    add_common_names(row, {})
    return {name: value for name, value in row.items() if value or name in ("title", "abstract")}


def all_of(
    element: etree._Element, ways: tuple[str, ...], reading: Callable[[etree._Element], str] | None = None
) -> list[str]:
    """What the first of some paths finds that finds any text."""
    return _first_of(element, ways, reading or seen_in)[1]


def _first_of(
    element: etree._Element, ways: tuple[str, ...], reading: Callable[[etree._Element], str]
) -> tuple[str, list[str]]:
    """The first of some paths that finds any text, and what it finds."""
    for way in ways:
        if values := [value for each in found(element, way) if (value := _read(each, reading))]:
            return way, values
    return "", []


def found(element: etree._Element, path: str) -> list[Any]:
    """What a path finds: elements, or texts of attributes."""
    result = _compiled(path)(element)
    return result if isinstance(result, list) else [result]


def seen_in(element: etree._Element, *, targets: bool = True) -> str:
    """What a reader sees of an element, in one line but for its paragraphs, and where its links lead."""
    seen = Shown(targets=targets)
    _walk(element, seen)
    text = seen.whole()
    return text if seen.has_blocks else unwrap(text.replace("\r\n", "\n").replace("\r", "\n"))


def _seen_without_targets(element: etree._Element) -> str:
    return seen_in(element, targets=False)


def plain_names(element: etree._Element) -> None:
    """Takes the namespaces and prefixes off all names in an element."""
    for each in element.iter():
        if isinstance(each.tag, str):
            each.tag = local_name(each.tag)
            for name in list(each.attrib):
                if (plain := local_name(name)) != name:
                    each.attrib[plain] = each.attrib.pop(name)


def local_name(name: str) -> str:
    """A name without its namespace, and without a prefix that was never declared."""
    return name.rpartition("}")[2].rpartition(":")[2]


@cache
def _compiled(path: str) -> etree.XPath:
    from lxml import etree  # not needed for most runs

    return etree.XPath(path)


def _read(found_one: Any, reading: Callable[[etree._Element], str]) -> str:
    return found_one.strip() if isinstance(found_one, str) else reading(found_one)


def _walk(element: etree._Element, seen: Shown) -> None:
    """Tells of all in an element, but not of itself. libxml2 lets nothing nest deeper than 256."""
    seen.text(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            name = child.tag.lower()
            attributes = {str(key): str(value) for key, value in child.attrib.items()}
            seen.start(name, attributes)
            _walk(child, seen)
            seen.end(name, attributes)
            if name == "s" and not child.tail and child.getnext() is not None:  # a sentence
                seen.text(" ")
        else:  # an entity that an outside file declares
            seen.text(unescape(child.text or ""))
        seen.text(child.tail or "")


def _name(person: etree._Element) -> str:
    """The name of a person or a group, the given name first where it stands apart."""
    given = " ".join(all_of(person, tuple(f".//{name}" for name in _GIVEN)))
    last = " ".join(all_of(person, tuple(f".//{name}" for name in _LAST))[:1])
    if last:
        return f"{given} {last}".strip()
    ways = ("CollectiveName", ".//collab", ".//creatorName", ".//string-name", "namePart[not(@type='date')]", "name")
    return " ".join(all_of(person, ways)) or (
        "" if found(person, "*[not(self::style)]") else _seen_without_targets(person)
    )


def _date(date: etree._Element) -> str:
    """A date as it stands, or its parts."""
    parts = [text for name in _DATE_PARTS for text in all_of(date, (name, name.capitalize()))[:1]]
    if parts and all(part.isdigit() for part in parts):
        return "-".join(part.zfill(2) for part in parts)
    return " ".join(parts) or " ".join(seen_in(date).split())


_READINGS: dict[str, Callable[[etree._Element], str]] = {
    "authors": _name,
    "abstract": seen_in,
    **dict.fromkeys(_DATES, _date),
}
