"""Year, date, DOI, arXiv identifier, venue, link and authors under one name each, whatever a format calls them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

__all__ = ["add_common_names", "arxiv_id_in", "doi_in", "year_in"]

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]{1,300}")
_ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|10\.48550/arxiv\.|\barxiv:\s?)"
    r"((?:\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[a-z]{2})?/\d{7})(?:v\d{1,3})?)",
    re.IGNORECASE,
)


def add_common_names(row: dict[str, Any], sources: Mapping[str, Sequence[str]]) -> None:
    """Fills in what the row holds under other names only.

    Args:
        row: a record; what it has under a common name already stays as it is.
        sources: for each common name those it may stand under, the likelier first.
    """
    for name, others in sources.items():
        convert = _COMMON.get(name, _first)
        if not row.get(name):
            row[name] = next((value for other in others if row.get(other) and (value := convert(row[other]))), "")
    if not row.get("year") and (year := year_in(row.get("date"))):
        row["year"] = year
    if not row.get("arxiv_id") and (found := arxiv_id_in([row.get("doi"), row.get("url")])):
        row["arxiv_id"] = found
    for name in (*sources, "year"):
        if name in row and not row[name]:
            del row[name]


def year_in(value: Any) -> str:
    """The first year in a value; empty where there is none."""
    found = _YEAR.search(str(_first(value)))
    return found[0] if found else ""


def doi_in(value: Any) -> str:
    """The first DOI in a value; empty where there is none."""
    found = _DOI.search(" ".join(map(str, _listed(value))))
    return found[0].rstrip(".,;)") if found else ""


def arxiv_id_in(values: Iterable[Any]) -> str:
    """The first arXiv identifier in links and the like; empty where there is none."""
    found = next(filter(None, (_ARXIV.search(str(_first(value))) for value in values if value)), None)
    return found[1] if found else ""


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _first(value: Any) -> Any:
    return next(iter(_listed(value)), "")


_COMMON: dict[str, Callable[[Any], Any]] = {"authors": _listed, "doi": doi_in, "year": year_in}
