"""RefWorks' tagged format: a tag and a blank, references from `RT` to `ER` or a blank line."""

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

__all__ = ["REFWORKS_TAGS", "read_refworks"]

REFWORKS_TAGS = (
    "RT|SR|ID|A[1-6DUV]|T[1-3]|J[FO]|YR|F[DL]|VO|IS|[SO]P|K1|AB|N[1-3O]|ED|P[BP]|SN|AN|LA|CL|SF|OT|L[1-4K]|DO|CN|"
    "D[BS]|IP|RD|ST|U[1-9L]|SL|LL|CR|W[TPV]|OL|PMID|PMCID|C[LY]|GO|ER"
)
# prose may begin with two capitals, too, so that only known tags count, and `ER` stands alone
_FIELD = regex(rf"(?P<tag>ER(?=\s*$)|(?!ER)(?:{REFWORKS_TAGS})(?= |$))(?: (?P<value>.*)|\s*$)")
_DIALECT = Dialect(_FIELD.match, frozenset({"RT"}), "ER")
_TITLES = ("T1", "OT", "T2")
_NAMES = {
    "RT": "type_of_reference", "ID": "id", "A1": "authors", "K1": "keywords", "YR": "year", "FD": "date",
    "JF": "journal", "DO": "doi", "UL": "url", "LA": "language", "SN": "issn", "PB": "publisher",
}  # fmt: skip
_LISTS = ("A1", "K1")


def read_refworks(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads references; lines without a tag go on with the one before."""
    return papers_of(references(stream, _DIALECT), path, _row, columns)


def _row(lines: Sequence[str]) -> dict[str, Any]:
    values = by_tag(fields_of(lines, _FIELD.match))
    title_tag, titles = taken(values, _TITLES)
    abstract, notices = without_notices(values.pop("AB", []))
    row: dict[str, Any] = {"title": " ".join(titles[:1]), "abstract": abstract} | notices
    row |= {f"{AT}title": title_tag, f"{AT}abstract": "AB", f"{AT}id": "ID"}
    for tag, given in values.items():
        row[_NAMES.get(tag, tag)] = given if tag in _LISTS else single_or_list(given)
    add_common_names(row, NAMES["refworks"])
    return row
