"""The kinds of XML that hold papers, by their roots, and the rows of the papers in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from . import xml_catalogue_kinds as catalogues
from . import xml_kinds as kinds
from .xml_kind import Kind
from .xml_rows import Row, found, plain_names, row_of, with_common_names

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["VOCABULARIES", "Vocabulary", "rows_in"]


class Vocabulary(NamedTuple):
    """What the root of a file says of it.

    Attributes:
        format: the name of the format.
        kinds: by the names of the elements that hold papers, what they hold.
    """

    format: str
    kinds: Mapping[str, Kind]


_RECORD = "record"  # in OAI-PMH and SRU it is around the paper, in EndNote it is the paper
_IN_METADATA: dict[str, Kind] = {
    "arXiv": kinds.ARXIV,
    "arXivRaw": kinds.ARXIV,
    "dc": catalogues.DUBLIN_CORE,
    "article": kinds.ARTICLE,
    "mods": catalogues.MODS,
    "resource": catalogues.DATACITE,
    "TEI": catalogues.TEI,
    _RECORD: catalogues.MARC,
}
_ENTRIES = {"entry": kinds.ATOM}
_ITEMS = {"item": kinds.RSS}
_OF_ZOTERO = ("Article", "Document", "Book", "BookSection", "Report", "Thesis")
_RECORDS = {_RECORD: catalogues.ENDNOTE, "error": kinds.ERROR}
_PUBMED = {"PubmedArticle": kinds.PUBMED, "PubmedBookArticle": kinds.PUBMED}
_CROSSREF = {
    "journal": catalogues.CROSSREF_JOURNAL,
    "conference": catalogues.CROSSREF_CONFERENCE,
    "book": catalogues.CROSSREF_BOOK,
    "posted_content": catalogues.CROSSREF_OTHER,
    "dissertation": catalogues.CROSSREF_OTHER,
    "report-paper": catalogues.CROSSREF_OTHER,
    "error": kinds.ERROR,
}
VOCABULARIES: dict[str, Vocabulary] = {
    "feed": Vocabulary("arxiv", _ENTRIES),
    "search-results": Vocabulary("xml", _ENTRIES),
    "rss": Vocabulary("xml", _ITEMS),
    "RDF": Vocabulary("xml", _ITEMS | dict.fromkeys(_OF_ZOTERO, kinds.RSS)),
    **dict.fromkeys(
        ("OAI-PMH", "searchRetrieveResponse", "EndNote", "ListRecords", "GetRecord", "xml", "records", _RECORD),
        Vocabulary("xml", _RECORDS),
    ),
    **dict.fromkeys(("PubmedArticleSet", "PubmedBookArticleSet", *_PUBMED), Vocabulary("pubmed", _PUBMED)),
    **dict.fromkeys(("MedlineCitationSet", "MedlineCitation"), Vocabulary("pubmed", {"MedlineCitation": kinds.PUBMED})),
    "ArticleSet": Vocabulary("pubmed", {"Article": kinds.PUBMED}),
    **dict.fromkeys(
        ("article", "articles", "articleset", "pmc-articleset"), Vocabulary("xml", {"article": kinds.ARTICLE})
    ),
    **dict.fromkeys(("TEI", "teiCorpus"), Vocabulary("xml", {"TEI": catalogues.TEI})),
    **dict.fromkeys(("mods", "modsCollection"), Vocabulary("xml", {"mods": catalogues.MODS})),
    **dict.fromkeys(
        ("crossref_result", "query_result", "doi_records", "doi_record", "crossref", "doi_batch"),
        Vocabulary("xml", _CROSSREF),
    ),
    "resource": Vocabulary("xml", {"resource": catalogues.DATACITE}),
    "dc": Vocabulary("xml", {"dc": catalogues.DUBLIN_CORE}),
    **{name: Vocabulary("xml", {name: kinds.ARXIV}) for name in ("arXiv", "arXivRaw")},
    "collection": Vocabulary("xml", {"document": kinds.BIOC, "volume": catalogues.ANTHOLOGY, _RECORD: catalogues.MARC}),
    **{
        name: Vocabulary("xml", {name: kinds.ELSEVIER})
        for name in ("full-text-retrieval-response", "abstracts-retrieval-response")
    },
    "responseWrapper": Vocabulary("xml", {"result": kinds.EUROPE_PMC}),
    "response": Vocabulary("xml", {"doc": kinds.SOLR}),
}
"""By the name of the root, without its namespace."""


def rows_in(element: etree._Element, vocabulary: Vocabulary) -> Iterator[Row | str]:
    """The papers in an element as named columns; where it holds none that can be read, why."""
    plain_names(element)
    kind = vocabulary.kinds[element.tag]
    if element.tag == _RECORD and found(element, "header|metadata|recordData"):
        if found(element, "header[@status='deleted']"):
            return
        inside = (each for each in found(element, "(metadata|recordData)//*") if each.tag in _IN_METADATA)
        inner = next((each for each in inside if each.tag != _RECORD or _is_marc(each)), None)
        if inner is None:
            names = ", ".join(f"<{each.tag}>" for each in found(element, "(metadata|recordData)/*")) or "nothing"
            read = ", ".join("MARC" if name == _RECORD else name for name in _IN_METADATA)
            yield f"its metadata is none of those that are read ({read}) but {names}"
            return
        element, kind = inner, _IN_METADATA[inner.tag]
    elif element.tag == _RECORD and _is_marc(element):
        kind = catalogues.MARC
    for paper in found(element, kind.papers):
        row = kind.mended(paper, row_of(paper, kind.paths))
        if row is not None:
            yield row if isinstance(row, str) else with_common_names(row)


def _is_marc(element: etree._Element) -> bool:
    return bool(found(element, "datafield[@tag='245' or @tag='520']"))
