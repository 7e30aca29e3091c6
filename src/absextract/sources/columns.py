"""From named columns to an abstract: title, abstract and id by their usual names, the rest is metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from ..records import Abstract, BadInput, Source
from .inverted_index import as_text, is_inverted_index

__all__ = ["has_abstract_column", "has_title_column", "to_abstract"]

# as `_plain` writes them, the likelier first
_TITLE = ("title", "displayname", "papertitle", "articletitle", "documenttitle", "primarytitle", "ti")
_ABSTRACT = (
    "abstract",
    "summary",
    "paperabstract",
    "articleabstract",
    "abstracttext",
    "abstractnote",
    "abstractinvertedindex",
    "ab",
)
_ID = ("id", "paperid", "corpusid")
_SEPARATORS = re.compile(r"[\s_-]+")


def has_abstract_column(names: Iterable[Any]) -> bool:
    """Whether one of the names, in any case, is one for an abstract."""
    return not {_plain(name) for name in names}.isdisjoint(_ABSTRACT)


def has_title_column(names: Iterable[Any]) -> bool:
    """Whether one of the names, in any case, is one for a title."""
    return not {_plain(name) for name in names}.isdisjoint(_TITLE)


def to_abstract(row: Mapping[str, Any], source: Source, line: int | None = None) -> Abstract | BadInput:
    """The abstract in a row; null or missing title or abstract is empty, both empty is a bad row."""
    by_name = {_plain(name): name for name in reversed(list(row))}
    title_key, abstract_key, id_key = (_pick(row, by_name, names) for names in (_TITLE, _ABSTRACT, _ID))
    title, abstract, given = (row.get(key) if key is not None else None for key in (title_key, abstract_key, id_key))
    if is_inverted_index(abstract_key):
        abstract = as_text(abstract)
    if _is_blank(title) and _is_blank(abstract):
        empty = abstract_key is not None
        return BadInput(source=source, line=line, message="neither a title nor an abstract", empty=empty)
    used = {title_key, abstract_key} | ({id_key} if given not in (None, "") else set())
    try:
        return Abstract(
            id="" if given is None else str(given),
            title="" if title is None else title,
            abstract="" if abstract is None else abstract,
            source=source,
            metadata={str(key): value for key, value in row.items() if key not in used},
        )
    except ValidationError as error:
        return BadInput(source=source, line=line, message=_reason(error))


def _plain(name: Any) -> str:
    """`Paper Title`, `paper_title` and `paperTitle` are one."""
    return _SEPARATORS.sub("", str(name).strip().lower())


def _pick(row: Mapping[str, Any], by_name: Mapping[str, str], names: Iterable[str]) -> str | None:
    """The first column of these names that is filled, else the first there is."""
    there = [by_name[name] for name in names if name in by_name]
    return next((key for key in there if not _is_blank(row[key])), next(iter(there), None))


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"][:2])) or "cannot be used"  # deeper places may be long and strange
    return f"{where}: {first['msg']}"
