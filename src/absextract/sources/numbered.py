"""Numbered text of databases: `<1>` of Ovid, `Record #1 of 9` of the Cochrane Library, `RECORD 1` of Embase.

Behind the number stand `TI  - …` or `TI: …`, or headings with their text indented below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from ..patterns import regex
from ..records import Abstract, BadInput
from .columns import AT, Columns
from .common_names import add_common_names
from .metadata_names import NAMES
from .tag_lines import Dialect, Matcher, by_tag, fields_of, references, without_notices
from .tagged_papers import papers_of, single_or_list, taken

__all__ = ["NUMBER_LINE", "read_numbered"]

NUMBER_LINE = r"(?:<\d{1,7}>|(?i:record)[ \t]{1,3}#?\d{1,7}(?:[ \t]{1,3}of[ \t]{1,3}\d{1,7})?\.?)[ \t]*$"
_BEGIN = regex(rf"[ \t]{{0,8}}(?={NUMBER_LINE})(?P<tag>[<Rr])(?P<value>.*)")
_DIALECT = Dialect(_BEGIN.match, frozenset("<Rr"))
_STYLES = (
    regex(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}-[ \t]?(?P<value>.*)"),
    regex(r"(?P<tag>[A-Z]{2}[A-Z0-9]?):[ \t]?(?P<value>.*)"),
    regex(r"(?P<tag>[A-Z][\w /&(),'-]{1,60}?):?[ \t]*(?P<value>$)"),
)
_TITLES = ("title", "ti", "t1", "original title", "vernacular title")
_ABSTRACTS = ("abstract", "ab", "n2", "abstract (english)")
_IDS = ("unique identifier", "ui", "pmid", "accession number", "an", "id", "medline pmid", "embase accession id")


def read_numbered(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads records; wrapped lines are joined."""
    return papers_of(references(stream, _DIALECT), path, _row, columns)


def _row(lines: Sequence[str]) -> dict[str, Any]:
    values = by_tag(fields_of(lines[1:], _style(lines[1:])))
    named = {tag.lower(): tag for tag in reversed(values)}
    abstract_tag, abstracts = _taken(values, named, _ABSTRACTS)
    id_tag, ids = _taken(values, named, _IDS)
    title_tag, titles = _taken(values, named, _TITLES)
    abstract, notices = without_notices(abstracts)
    row: dict[str, Any] = {"id": " ".join(ids[:1]), "title": " ".join(titles[:1]), "abstract": abstract} | notices
    row |= {f"{AT}id": id_tag, f"{AT}title": title_tag, f"{AT}abstract": abstract_tag}
    row |= {tag: single_or_list(given) for tag, given in values.items()}
    add_common_names(
        row, {name: [named[other] for other in others if other in named] for name, others in NAMES["numbered"].items()}
    )
    return row


def _style(lines: Sequence[str]) -> Matcher:
    """How the fields of a record begin: as its first line does."""
    first = next((line for line in lines if line.strip()), "")
    return next((style.match for style in _STYLES if style.match(first)), _STYLES[-1].match)


def _taken(values: dict[str, list[str]], named: Mapping[str, str], names: Sequence[str]) -> tuple[str, list[str]]:
    """The first of the names, in any case, that has values, and these, taken out."""
    return taken(values, [named[name] for name in names if name in named] or [names[0].capitalize()])
