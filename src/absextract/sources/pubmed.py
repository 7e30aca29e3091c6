"""PubMed XML, as efetch and the yearly baseline give it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from ..records import Abstract, BadInput
from .layout import unwrap
from .xml_elements import papers, text_of

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read_pubmed"]

_NO_LABEL = ("", "UNLABELLED")


def read_pubmed(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads articles; the parts of a structured abstract follow each other as `LABEL: text`.

    Markup goes and its text stays, but for a number's exponent: `10<sup>6</sup>` becomes `10^6`, not `106`.
    """
    tags = ("PubmedArticle", "PubmedBookArticle")
    yield from papers(stream, path, tags, root="PubmedArticleSet", row_of=_row)


def _row(article: etree._Element) -> dict[str, Any]:
    _show_exponents(article)
    title = article.find(".//ArticleTitle")
    abstract = article.find(".//Abstract")
    row = {
        "id": _text(article.find(".//PMID")),
        "title": _text(title if title is not None else article.find(".//BookTitle")),
        "abstract": "" if abstract is None else _abstract(abstract),
        "authors": [name for author in article.iterfind(".//AuthorList/Author") if (name := _name(author))],
        "journal": _text(article.find(".//Journal/Title")),
        "date": _date(article),
        "doi": _text(article.find("PubmedData/ArticleIdList/ArticleId[@IdType='doi']")),
        "keywords": [_text(word) for word in article.iterfind(".//KeywordList/Keyword")],
        "mesh": [_text(name) for name in article.iterfind(".//MeshHeading/DescriptorName")],
        "publication_types": [_text(kind) for kind in article.iterfind(".//PublicationType")],
    }
    return {key: value for key, value in row.items() if value or key in ("title", "abstract")}


def _abstract(abstract: etree._Element) -> str:
    parts = []
    for part in abstract.iterfind("AbstractText"):
        label = part.get("Label") or ""
        text = _text(part)
        if text:
            parts.append(text if label.upper() in _NO_LABEL else f"{label}: {text}")
    return " ".join(parts)


def _show_exponents(article: etree._Element) -> None:
    for raised in article.iter("sup"):
        before = raised.getprevious()
        parent = raised.getparent()
        ahead = before.tail if before is not None else parent.text if parent is not None else None
        if raised.text and ahead and ahead[-1].isdigit():
            raised.text = f"^{raised.text}"


def _name(author: etree._Element) -> str:
    given, last = _text(author.find("ForeName")), _text(author.find("LastName"))
    return f"{given} {last}".strip() or _text(author.find("CollectiveName"))


def _date(article: etree._Element) -> str:
    date = article.find(".//PubDate")
    return "" if date is None else " ".join(_text(part) for part in date)


def _text(element: etree._Element | None) -> str:
    return unwrap(text_of(element))
