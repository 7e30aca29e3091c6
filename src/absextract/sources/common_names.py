"""Year, date, DOI, arXiv identifier, venue, link and authors under one name each, whatever a format calls them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

__all__ = ["COMMON", "add_common_names", "year_in"]

COMMON = ("authors", "year", "date", "doi", "arxiv_id", "venue", "url")
"""The names of metadata that all formats have under them."""

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_DOI = re.compile(r"\b10\.\d{3,9}/[^\s\"<>]{1,500}")
_WHOLE_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi[:\s]\s*)?(10\.\d{3,9}/\S+)", re.IGNORECASE)
_ARXIV_ID = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|arxiv\.org:|^arxiv:\s?|10\.48550/arxiv\.)"
    r"(\d{4}\.\d{4,5}|[a-z.-]{1,30}/\d{7})(?!\d)",
    re.IGNORECASE,
)


def add_common_names(row: dict[str, Any], sources: Mapping[str, Sequence[str]]) -> None:
    """Gives a record year, DOI and arXiv identifier where they can be told, and what it has under other names only.

    Args:
        row: a record; what it has under a common name already stays, a DOI without the host before it.
        sources: for each common name others it may stand under, the likelier first.
    """
    for name, others in sources.items():
        convert = _COMMON.get(name, _first)
        if not row.get(name):
            row[name] = next((value for other in others if row.get(other) and (value := convert(row[other]))), "")
    if doi := _WHOLE_DOI.fullmatch(str(row.get("doi", ""))):
        row["doi"] = doi[1]
    if not row.get("year"):
        row["year"] = year_in(row.get("date"))
    told = (_ARXIV_ID.search(str(row.get(name, ""))) for name in ("arxiv_id", "id", "url", "doi"))
    if named := next(filter(None, told), None):
        row["arxiv_id"] = named[1]
    for name in {*sources, "year"}:
        if not row[name]:
            del row[name]


def year_in(value: Any) -> str:
    """The first year in a value; empty where there is none."""
    found = _YEAR.search(str(_first(value)))
    return found[0] if found else ""


def _doi_in(value: Any) -> str:
    found = _DOI.search(" ".join(map(str, _listed(value))))
    return found[0].rstrip(".,;)") if found else ""


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _first(value: Any) -> Any:
    return next(iter(_listed(value)), "")


_COMMON: dict[str, Callable[[Any], Any]] = {"authors": _listed, "doi": _doi_in, "year": year_in}
