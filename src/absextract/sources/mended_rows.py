"""What paths alone cannot say of papers in XML: parts put together, prefixes of feeds, answers that are errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..patterns import regex
from .markup import shown
from .xml_rows import Row, all_of, found, row_of, seen_in

if TYPE_CHECKING:
    from lxml import etree

__all__ = [
    "mended_arxiv",
    "mended_atom",
    "mended_bioc",
    "mended_elsevier",
    "mended_marc",
    "mended_mods",
    "mended_pubmed",
    "mended_rss",
    "told_error",
    "with_subtitle",
]

_NO_LABEL = ("", "UNLABELLED")
_ENGLISH_FIRST = (" and @Language='eng'", "")
_NO_TITLE = regex(r"\[?not available\]?\.?", re.IGNORECASE)
_ANNOUNCED = regex(r"\s*arXiv:(\S+)\s+Announce Type:\s*\S+\s+Abstract:\s*", re.IGNORECASE)
_AFTER_TITLE = regex(r"\.?\s*\(arXiv:(\S+?)(?:\s+\[[^\]]*\])?(?:\s+(?:UPDATED|CROSS LISTED))*\)\s*$")
_HEADED = regex(r"Abstract\s+(?=[A-Z])")
_BETWEEN_NAMES = regex(r",?\s+and\s+|,\s+")


def told_error(element: etree._Element, row: Row) -> str:  # noqa: ARG001  # as all of them
    """An answer that is an error and no paper."""
    said = ": ".join(filter(None, (element.get("code"), seen_in(element))))
    return f"the server answered with an error: {said or 'it does not say which'}"


def mended_atom(entry: etree._Element, row: Row) -> Row | str:
    """An entry with its links by name; arXiv tells of errors in entries too."""
    if (errors := found(entry, "error")) and not row["title"]:
        return told_error(errors[0], row)
    by_core = row.get("authors") in (None, ["arXiv api core"])
    if "/api/errors" in row.get("id", "") or (row["title"] == "Error" and by_core):
        return f"arXiv answered with an error: {row.get('summary') or 'it does not say which'}"
    links = {
        link.get("title") or link.get("rel") or "link": link.get("href")
        for link in found(entry, "link")
        if link.get("href")
    }
    return row | {"links": links} if links else row


def mended_rss(item: etree._Element, row: Row) -> Row:  # noqa: ARG001  # as all of them
    """An item without what arXiv's feeds write before abstracts and behind titles."""
    announced = _ANNOUNCED.match(row["abstract"])
    if announced:
        row["abstract"] = row["abstract"][announced.end() :]
    if behind := _AFTER_TITLE.search(row["title"]):
        row["title"] = row["title"][: behind.start()]
    if named := announced or behind:
        row["arxiv_id"] = re.sub(r"v\d+$", "", named[1])
        row["authors"] = [
            name for text in row.get("authors", ()) for name in _BETWEEN_NAMES.split(shown(text, targets=False)) if name
        ]
    return row


def mended_arxiv(paper: etree._Element, row: Row) -> Row:
    """ArXiv's own metadata, in which categories stand in one line, and authors may too."""
    row["categories"] = [category for text in row.get("categories", ()) for category in text.split()]
    if not found(paper, "authors/author"):
        row["authors"] = [name for text in row.get("authors", ()) for name in _BETWEEN_NAMES.split(text) if name]
    return row


def with_subtitle(article: etree._Element, row: Row) -> Row:
    """An article of JATS or Crossref with its subtitle."""
    if subtitle := all_of(article, ("front/article-meta/title-group/subtitle", "titles/subtitle")):
        row["title"] = f"{row['title'].rstrip(': ')}: {subtitle[0]}"
    return row


def mended_elsevier(article: etree._Element, row: Row) -> Row:  # noqa: ARG001  # as all of them
    """An answer of Elsevier without the heading that runs into its abstract."""
    row["abstract"] = _HEADED.sub("", row["abstract"])
    return row


def mended_marc(record: etree._Element, row: Row) -> Row:
    """A record of MARC with its subtitle, and without the signs that part its title from what follows."""
    title = row["title"].rstrip(" /:=;,")
    if subtitle := all_of(record, ("datafield[@tag='245'][1]/subfield[@code='b']",)):
        title = f"{title}: {subtitle[0].rstrip(' /:=;,')}"
    return row | {"title": title}


def mended_mods(paper: etree._Element, row: Row) -> Row:
    """A record of MODS whose titles are put together."""
    for name, way in (("title", "titleInfo[not(@type)][1]"), ("venue", "relatedItem[@type='host'][1]/titleInfo[1]")):
        if parts := found(paper, way):
            whole = row_of(parts[0], {"title": ("title",), "article": ("nonSort",), "subtitle": ("subTitle",)})
            title = f"{whole.get('article', '')} {whole['title']}".strip()
            row[name] = f"{title}: {whole['subtitle']}" if "subtitle" in whole else title
    return row


def mended_pubmed(article: etree._Element, row: Row) -> Row:
    """An article of PubMed; what stands in another language counts where there is nothing else."""
    if _NO_TITLE.fullmatch(row["title"]) or not row["title"]:
        row["title"] = (all_of(article, (".//VernacularTitle",)) or [row["title"]])[0]
    other = ".//OtherAbstract"
    ways = (".//Abstract", *(f"{other}[not(@Type='plain-language-summary'){each}]" for each in _ENGLISH_FIRST), other)
    abstracts = (_labelled(abstract) for way in ways for abstract in found(article, way)[:1])
    row["abstract"] = next(filter(None, abstracts), "")
    if dates := found(article, ".//PubDate"):
        row["date"] = " ".join(text for part in dates[0] if (text := seen_in(part)))
    if "journal" in row:
        row["venue"] = row["journal"]
    return row


def _labelled(abstract: etree._Element) -> str:
    parts = []
    for part in found(abstract, "AbstractText"):
        label, text = part.get("Label") or "", seen_in(part)
        if text:
            parts.append(text if label.upper() in _NO_LABEL else f"{label}: {text}")
    return " ".join(parts) if parts or len(abstract) else seen_in(abstract)


def mended_bioc(document: etree._Element, row: Row) -> Row | str:
    """A document of BioC, whose passages say themselves what they are."""
    parts: list[str] = []
    heading = ""
    for passage in found(document, "passage"):
        infons = {infon.get("key"): (infon.text or "").strip() for infon in found(passage, "infon")}
        kind = infons.get("type", "").lower()
        if infons.get("section_type", "").upper() == "ABSTRACT" or kind.startswith("abstract"):
            text = " ".join(all_of(passage, ("text", "sentence/text")))
            if "title" in kind:
                heading = f"{text.rstrip(': ')}: " if text.lower() != "abstract" else ""
            elif text:
                parts.append(heading + text)
                heading = ""
    row["abstract"] = "\n".join(parts)
    names = [name.text or "" for name in found(document, "passage[1]/infon[starts-with(@key, 'name_')]")]
    if people := [dict(part.split(":", 1) for part in name.split(";") if ":" in part) for name in names]:
        row["authors"] = [f"{one.get('given-names', '')} {one.get('surname', '')}".strip() for one in people]
    if not row["title"] and not parts:
        return "no passage of the document says that it is a title or an abstract"
    return row
