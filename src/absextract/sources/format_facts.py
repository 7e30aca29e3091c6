"""What each format is, where people get it, and what of it becomes title, abstract, id and metadata."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FACTS", "Facts"]


class Facts(NamedTuple):
    """What is to be known of a format.

    Attributes:
        what: what it is.
        origin: where people get it.
        title: where the title stands, the likelier place first.
        abstract: the same of the abstract.
        id: the same of the id; empty where there is none, and one is made of title and abstract.
        metadata: what becomes metadata, beside the common names.
        has_columns: title, abstract and id stand in columns, whose names are found by themselves or given.
    """

    what: str
    origin: str
    title: str
    abstract: str
    id: str
    metadata: str
    has_columns: bool = False


_COLUMN = ("column `title`", "column `abstract`", "column `id`")
_KEY = ("key `title`", "key `abstract`", "key `id`, else bibcode or DOI")
_ALL = "all other columns"
_KEYS = "all other keys, as they stand"

FACTS: dict[str, Facts] = {
    "arxiv": Facts(
        "Atom, or the metadata dump", "arXiv's interface; Kaggle", "`title`", "`summary`, `abstract`", "`id`",
        "`categories`, `comment`, `journal_ref`, …",
    ),
    "bibtex": Facts(
        "BibTeX entries", "Zotero, JabRef, ACL Anthology, DBLP, publishers", "`title`", "`abstract`", "the entry's key",
        "all other fields, `entry_type`",
    ),
    "csv": Facts("a table with a header", "Scopus, Embase, Dimensions, Excel", *_COLUMN, _ALL, has_columns=True),
    "json": Facts("a document", "Crossref, DataCite, Semantic Scholar, …", *_KEY, _KEYS, has_columns=True),
    "jsonl": Facts("an object a line", "data sets, own programs", *_KEY, _KEYS, has_columns=True),
    "nbib": Facts(
        "PubMed's text", "PubMed: Save, Send to citation manager", "`TI`, `BTI`, `TT`", "`AB`, `OAB`", "`PMID`",
        "all other tags; `mesh`, `keywords`",
    ),
    "numbered": Facts(
        "numbered text", "Ovid, Cochrane Library, Embase", "`Title`, `TI`", "`Abstract`, `AB`", "the accession number",
        "all other headings",
    ),
    "openalex": Facts(
        "works, a page or one a line", "OpenAlex", "`display_name`, `title`", "`abstract_inverted_index`", "`id`",
        _KEYS, has_columns=True,
    ),
    "parquet": Facts("a table", "data sets on Hugging Face, data bases", *_COLUMN, _ALL, has_columns=True),
    "proquest": Facts(
        "documents between rulers", "ProQuest", "`Title`, the heading", "`Abstract`", "`ProQuest document ID`",
        "all other labels",
    ),
    "pubmed": Facts(
        "XML of articles and books", "PubMed's efetch and baseline", "`ArticleTitle`", "`AbstractText`", "`PMID`",
        "`mesh`, `keywords`, `publication_types`, …",
    ),
    "pubtator": Facts("texts with annotations", "PubTator", "`|t|`", "`|a|`", "the number", "`annotations`"),
    "refer": Facts("EndNote's `.enw`", "EndNote, Google Scholar", "`%T`", "`%X`", "`%M`", "all other fields"),
    "refworks": Facts("RefWorks' tagged format", "RefWorks", "`T1`, `OT`, `T2`", "`AB`", "`ID`", "all other tags"),
    "ris": Facts(
        "references", "Zotero, EndNote, publishers, Ovid, JSTOR, IEEE", "`TI`, `T1`, `CT`, `BT`", "`AB`, `N2`", "`ID`",
        "all other tags, under names",
    ),
    "text": Facts("a title, a blank line, an abstract", "the clipboard", "the first line", "what follows", "", "none"),
    "trending": Facts("title and abstract lines in turn", "trending papers", "its line", "its line", "", "none"),
    "tsv": Facts("a table parted by tabs", "Web of Science, spreadsheets", *_COLUMN, _ALL, has_columns=True),
    "wos": Facts("plain text, `.ciw`", "Web of Science", "`TI`", "`AB`", "`UT`", "all other tags, under names"),
    "xlsx": Facts("a workbook", "Excel, Web of Science", *_COLUMN, _ALL, has_columns=True),
    "xml": Facts(
        "other XML", "OAI-PMH, PMC, EndNote, Zotero, GROBID, Crossref, …", "by its kind", "by its kind", "by its kind",
        "`keywords` and what else its kind has",
    ),
}  # fmt: skip
"""By the name of the format."""
