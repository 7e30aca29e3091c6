"""ProQuest's text export: documents between lines of underscores, with labels such as `Abstract:`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from ..patterns import regex
from ..records import Abstract, BadInput
from .bounds import Gathered
from .columns import AT, Columns
from .common_names import add_common_names, parted_names
from .metadata_names import NAMES
from .tag_lines import Reference, by_tag, fields_of, text_lines
from .tagged_papers import papers_of, single_or_list, taken

__all__ = ["PROQUEST_NUMBER", "PROQUEST_RULER", "read_proquest"]

PROQUEST_RULER = r"_{20,}[ \t]*$"
PROQUEST_NUMBER = r"(?i:document)[ \t]{1,3}\d{1,7}[ \t]{1,3}(?i:of)[ \t]{1,3}\d{1,7}[ \t]*$"
_LABELS = (
    r"Title|Alternate title|Author|Abstract|Abstract \((?:summary|English|Translated)\)|Links|Subject|"
    r"Subject classification|Location|People|Company / organization|Classification|Identifier / keyword|MeSH|"
    r"Publication title|Publication year|Publication date|Publication subject|Source|Volume|Issue|Pages|"
    r"First page|Number of pages|Year|Section|Degree date|School code|University/institution|University location|"
    r"Department|Degree|Advisor|Committee member|Source type|Publisher|Place of publication|"
    r"Country of publication|Language|Language of publication|Document type|Document feature|ISSN|e-?ISSN|ISBN|"
    r"DOI|ProQuest document ID|Dissertation/thesis number|Document URL|Copyright|Last updated|Database|"
    r"Accession number|PMID|Full text|Correspondence author|Affiliation|Author e-mail address|Substance|Grant|"
    r"Conference|Conference title|Publication info|Publication history|Milestone dates|Online publication date|"
    r"Keywords|Peer reviewed|Number of references|Credit|Note|Notes|Tables"
)
_FIELD = regex(rf"(?P<tag>{_LABELS})[ \t]?:(?:[ \t](?P<value>.*)|$)")
_NUMBER, _RULER = regex(PROQUEST_NUMBER), regex(PROQUEST_RULER)
_ABSTRACTS = ("Abstract", "Abstract (summary)", "Abstract (English)", "Abstract (Translated)")


def read_proquest(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads documents; the report's head, its table of contents and its end are none."""
    return papers_of(_documents(stream), path, _row, columns)


def _documents(stream: BinaryIO) -> Iterator[Reference]:
    gathered, is_document = Gathered(), False
    for number, line, is_cut in text_lines(stream):
        is_number = _NUMBER.match(line) is not None
        if is_number or _RULER.match(line):
            if is_document and gathered:
                yield Reference.of(gathered)
            gathered, is_document = Gathered(), is_number
        elif gathered or line.strip():
            is_document = is_document or line.startswith(("Abstract:", "Title: ", "ProQuest document ID:"))
            gathered.add(number, line, is_cut=is_cut)
    if is_document and gathered:
        yield Reference.of(gathered)


def _row(lines: Sequence[str]) -> dict[str, Any]:
    fields = fields_of(lines, _FIELD.match)
    heading: list[str] = []
    for line in lines:
        if _FIELD.match(line) or (heading and not line.strip()):
            break
        heading.append(line.strip())
    values = by_tag(fields)
    titles = values.pop("Title", [])
    abstract_tag, abstracts = taken(values, _ABSTRACTS)
    row: dict[str, Any] = {
        "id": " ".join(values.pop("ProQuest document ID", [])[:1]),
        "title": " ".join(titles[:1]) or " ".join(filter(None, heading)),
        "abstract": "\n".join(abstracts),
        f"{AT}id": "ProQuest document ID",
        f"{AT}title": "Title" if titles else "the heading",
        f"{AT}abstract": abstract_tag,
    }
    for (
        tag,
        given,
    ) in values.items():  # what stands in a paragraph of its own, such as "ProQuest document link", is none
        row[tag] = single_or_list(given if tag == "Full text" else [text.partition("\n\n")[0] for text in given])
    add_common_names(row, NAMES["proquest"])
    if len(row.get("authors", ())) == 1:
        row["authors"] = parted_names(row["authors"][0])
    return row
