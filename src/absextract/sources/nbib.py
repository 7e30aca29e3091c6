"""PubMed's own text format, MEDLINE or `.nbib`: what its buttons "Save" and "Send to citation manager" give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from ..records import Abstract, BadInput
from .common_names import add_common_names
from .metadata_names import NAMES
from .tag_lines import Dialect, by_tag, fields_of, references, without_notices
from .tagged_papers import papers_of, single_or_list, taken

__all__ = ["read_nbib"]

_FIELD = re.compile(r"(?P<tag>[A-Z]{4}|[A-Z]{3} |[A-Z]{2}  )-(?: (?P<value>.*)|$)")
_DIALECT = Dialect(_FIELD.match, frozenset({"PMID"}))
_TITLES, _ABSTRACTS, _AUTHORS = ("TI", "BTI", "TT"), ("AB", "OAB"), ("FAU", "AU", "CN")
_NAMES = {
    "JT": "journal", "DP": "date", "OT": "keywords", "MH": "mesh", "PT": "publication_types",
    "CI": "copyright", "LA": "language",
}  # fmt: skip
_LISTS = ("OT", "MH", "PT")


def read_nbib(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads articles; wrapped lines are joined."""
    return papers_of(references(stream, _DIALECT), path, _row)


def _row(lines: Sequence[str]) -> dict[str, Any]:
    values = by_tag(fields_of(lines, _FIELD.match))
    abstract, notices = without_notices(taken(values, _ABSTRACTS))
    row: dict[str, Any] = {
        "id": " ".join(values.pop("PMID", ())[:1]),
        "title": " ".join(taken(values, _TITLES)[:1]),
        "abstract": abstract,
        "authors": taken(values, _AUTHORS),
    } | notices
    for tag, given in values.items():
        row[_NAMES.get(tag, tag)] = given if tag in _LISTS else single_or_list(given)
    add_common_names(row, NAMES["nbib"])
    return row
