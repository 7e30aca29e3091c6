"""PubMed's own text format, MEDLINE or `.nbib`: what "Save" and "Send to citation manager" give, ERIC's too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from ..patterns import regex
from ..records import Abstract, BadInput
from .columns import AT, Columns
from .common_names import add_common_names
from .metadata_names import NAMES
from .tag_lines import Dialect, by_tag, fields_of, references, without_notices
from .tagged_papers import papers_of, single_or_list, taken

__all__ = ["read_nbib"]

_OF_ERIC = "OWN - ERIC"  # with which its records begin, while PubMed's have their PMID first
_FIELD = regex(
    rf"(?P<tag>{_OF_ERIC}(?=\s*$)|(?:[A-Z]{{4}} ?|[A-Z]{{3}} |[A-Z]{{2}}  )(?=-(?: |$)))-?(?:\s(?P<value>.*)|\s*$)"
)
_DIALECT = Dialect(_FIELD.match, frozenset({"PMID", _OF_ERIC}))
_IDS = ("PMID", "OID")
_TITLES, _ABSTRACTS, _AUTHORS = ("TI", "BTI", "TT"), ("AB", "OAB"), ("FAU", "AU", "CN")
_NAMES = {
    "JT": "journal", "DP": "date", "OT": "keywords", "MH": "mesh", "PT": "publication_types",
    "CI": "copyright", "LA": "language",
}  # fmt: skip
_LISTS = ("OT", "MH", "PT")


def read_nbib(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads articles; wrapped lines are joined."""
    return papers_of(references(stream, _DIALECT), path, _row, columns)


def _row(lines: Sequence[str]) -> dict[str, Any]:
    values = by_tag(fields_of(lines, _FIELD.match))
    id_tag, ids = taken(values, _IDS)
    title_tag, titles = taken(values, _TITLES)
    abstract_tag, abstracts = taken(values, _ABSTRACTS)
    abstract, notices = without_notices(abstracts)
    row: dict[str, Any] = {
        "id": " ".join(ids[:1]),
        "title": " ".join(titles[:1]),
        "abstract": abstract,
        "authors": taken(values, _AUTHORS)[1],
        f"{AT}id": id_tag,
        f"{AT}title": title_tag,
        f"{AT}abstract": abstract_tag,
    } | notices
    for tag, given in values.items():
        row[_NAMES.get(tag, tag)] = given if tag in _LISTS else single_or_list(given)
    add_common_names(row, NAMES["nbib"])
    return row
