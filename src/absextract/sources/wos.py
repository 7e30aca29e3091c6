"""Web of Science's plain text, `.ciw` too: a tag in the first two columns, lines that go on behind three blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from ..patterns import regex
from ..records import Abstract, BadInput
from .columns import AT, Columns
from .common_names import add_common_names
from .metadata_names import NAMES
from .tag_lines import Dialect, fields_of, references, without_notices
from .tagged_papers import papers_of, single_or_list

__all__ = ["read_wos"]

_FIELD = regex(r"(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*)|\s*$)")
_DIALECT = Dialect(_FIELD.match, frozenset({"PT"}), "ER", frozenset({"FN", "VR", "EF"}))
_LISTS = ("AU", "AF", "BA", "BF", "BE", "CA", "GP", "CR", "C1", "RP", "OI", "RI")
"""Tags of which each line is a value of its own."""


def read_wos(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads records; wrapped lines are joined, and names stand one a line."""
    return papers_of(references(stream, _DIALECT), path, _row, columns)


def _row(lines: Sequence[str]) -> dict[str, Any]:
    from rispy.config import WOK_TAG_KEY_MAPPING  # not needed for most runs

    values: dict[str, list[str]] = {}
    for field in fields_of(lines, _FIELD.match):
        texts = field.lines if field.tag in _LISTS else [field.text]
        values.setdefault(field.tag, []).extend(text for line in texts if (text := line.strip()))
    abstract, notices = without_notices(values.pop("AB", []))
    row: dict[str, Any] = {"abstract": abstract} | notices
    row |= {f"{AT}title": "TI", f"{AT}abstract": "AB", f"{AT}id": "UT"}
    if full := values.pop("AF", None):  # the same people as in AU
        row["authors"] = full
    row["title"], *others = values.pop("TI", None) or [""]
    if others:
        row["other_titles"] = others
    for tag, given in values.items():
        if given and tag != "ER":
            name = "id" if tag == "UT" else WOK_TAG_KEY_MAPPING.get(tag, tag)
            name = tag if name in row else name
            row[name] = given if tag in _LISTS else given[0] if name == "id" else single_or_list(given)
    if day := row.get("publication_date"):
        row["date"] = f"{row.get('publication_year', '')} {day}".strip()
    add_common_names(row, NAMES["wos"])
    return row
