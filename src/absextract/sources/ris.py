"""RIS, which reference managers, publishers and databases export, each with liberties of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from ..patterns import regex
from ..records import Abstract, BadInput
from .columns import AT, Columns
from .common_names import add_common_names, year_of
from .metadata_names import NAMES
from .tag_lines import Dialect, Field, fields_of, references, without_notices
from .tagged_papers import papers_of, single_or_list

__all__ = ["read_ris", "ris_line"]

_NUMBER = r"[ \t]*(?:\d{1,6}\.[ \t]*(?=TY))?"
_STRICT = regex(_NUMBER + r"(?P<tag>[A-Z][A-Z0-9])  -[ \t]?(?P<value>.*)")
# that could be prose, so the rest of the line must bear it out: "ER - positive" ends no reference
_ONE_BLANK = regex(
    _NUMBER + r"(?P<tag>TY(?= ?-[ \t]*[A-Z]{3,8}\s*$)|ER(?= ?-\s*$)|(?!TY|ER)[A-Z][A-Z0-9](?= -(?:\s|$)))"
    r" ?-[ \t]?(?P<value>.*)"
)
_TITLES = {"title": "TI", "primary_title": "T1", "CT": "CT", "BT": "BT"}


def ris_line(line: str) -> re.Match[str] | None:
    """Whether a line begins a field; there may be one blank too few before the dash."""
    return _STRICT.match(line) or _ONE_BLANK.match(line)


_DIALECT = Dialect(ris_line, frozenset({"TY"}), "ER")


def read_ris(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads references, one at a time; lines that go on are joined by a blank, repeated abstracts by a line break."""
    return papers_of(references(stream, _DIALECT), path, _row, columns)


def _row(lines: Sequence[str]) -> dict[str, Any]:
    row = _by_name(_fields(lines))
    abstracts = row.get("abstract") or row.pop("notes_abstract", None)
    row[f"{AT}abstract"] = "N2" if abstracts and not row.get("abstract") else "AB"
    if abstracts:
        row["abstract"], notices = without_notices(abstracts if isinstance(abstracts, list) else [abstracts])
        row |= notices
    title = next((name for name in _TITLES if row.get(name)), "title")
    given = row.pop(title, "")
    row |= {f"{AT}title": _TITLES[title], f"{AT}id": "ID"}
    row["title"], *others = given if isinstance(given, list) else [given]
    if others:
        row["other_titles"] = others
    add_common_names(row, NAMES["ris"])
    if year := year_of(given := row.get("year")):
        row |= {"year": year} if year == given else {"year": year, "date": row.get("date") or given}
    return row


def _fields(lines: Sequence[str]) -> list[Field]:
    strict = fields_of(lines, _STRICT.match)
    loose = fields_of(lines, ris_line)
    return strict if 2 * len(strict) > len(loose) else loose


def _by_name(fields: Sequence[Field]) -> dict[str, Any]:
    """The values under the names that rispy gives them; those of unknown tags are lists under their tags."""
    from rispy.config import DELIMITED_TAG_MAPPING, LIST_TYPE_TAGS, TAG_KEY_MAPPING  # not needed for most runs

    lists: dict[str, Any] = {}
    row: dict[str, Any] = {}
    for tag, texts in fields:
        if tag == "ER":
            continue
        known, is_list = TAG_KEY_MAPPING.get(tag), tag in LIST_TYPE_TAGS
        delimiter = DELIMITED_TAG_MAPPING.get(tag)
        values = texts if is_list else [Field(tag, texts).text]
        if delimiter:
            values = [part for text in values for part in text.split(delimiter)]
        held = lists.setdefault(known or tag, [])
        held += [text for value in values if (text := value.strip())]
        row[known or tag] = held if is_list or not known else single_or_list(held) if held else ""
    return row
