"""Year, date, DOI, arXiv identifier, venue, link and authors under one name each, whatever a format calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..text.identifiers import arxiv_id_in, doi_in, year_in

__all__ = ["add_common_names", "parted_names", "year_of"]


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
    if doi := doi_in(str(row.get("doi", "")), whole=True):
        row["doi"] = doi
    if not row.get("year"):
        row["year"] = year_of(row.get("date"))
    told = (arxiv_id_in(str(row.get(name, ""))) for name in ("arxiv_id", "id", "url", "doi"))
    if named := next(filter(None, told), None):
        row["arxiv_id"] = named
    for name in {*sources, "year"}:
        if not row[name]:
            del row[name]


def year_of(value: Any) -> str:
    """The first year in a value; empty where there is none."""
    return year_in(str(_first(value)))


def parted_names(text: str) -> list[str]:
    """The names in a text that semicolons part, or bars where there are none."""
    return [name for part in text.split(";" if ";" in text else "|") if (name := part.strip())]


def _doi_of(value: Any) -> str:
    return next(filter(None, (doi_in(str(each)) for each in _listed(value))), "")


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _first(value: Any) -> Any:
    return next(iter(_listed(value)), "")


def _url_of(value: Any) -> str:
    texts = [str(each) for each in _listed(value)]
    marked = (text for text in texts if text.startswith(("http://", "https://")))
    return next(marked, next((text for text in texts if text and not any(map(str.isspace, text))), ""))


_COMMON: dict[str, Callable[[Any], Any]] = {"authors": _listed, "doi": _doi_of, "url": _url_of, "year": year_of}
