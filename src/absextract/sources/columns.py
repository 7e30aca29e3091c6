"""From named columns to an abstract: title, abstract and id by their usual names, the rest is metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from ..records import Abstract, BadInput, Source

__all__ = ["has_abstract_column", "to_abstract"]

_TITLE = ("title", "display_name")
_ABSTRACT = ("abstract", "summary")


def has_abstract_column(names: Iterable[Any]) -> bool:
    """Whether one of the names, in any case, is one for an abstract."""
    return not {str(name).strip().lower() for name in names}.isdisjoint(_ABSTRACT)


def to_abstract(row: Mapping[str, Any], source: Source, line: int) -> Abstract | BadInput:
    """The abstract in a row; null or missing title or abstract is empty, both empty is a bad row."""
    by_name = {str(name).strip().lower(): name for name in reversed(list(row))}
    title_key = next((by_name[name] for name in _TITLE if name in by_name), None)
    abstract_key = next((by_name[name] for name in _ABSTRACT if name in by_name), None)
    title, abstract = (row.get(key) if key is not None else None for key in (title_key, abstract_key))
    if _is_blank(title) and _is_blank(abstract):
        empty = abstract_key is not None
        return BadInput(source=source, line=line, message="neither a title nor an abstract", empty=empty)
    id_key = by_name.get("id")
    given = row.get(id_key) if id_key is not None else None
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


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"][:2])) or "cannot be used"  # deeper places may be long and strange
    return f"{where}: {first['msg']}"
