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
        "Atom, or the metadata dump (a paper a line)", "arXiv's interface, Kaggle", "`title`", "`summary`, `abstract`",
        "`id`", "`categories`, `comment`, `journal_ref`, …; all of the dump",
    ),
    "bibtex": Facts(
        "entries with an abstract", "Zotero, JabRef, ACL Anthology, DBLP, publishers", "`title`", "`abstract`",
        "the entry's key", "all other fields, `entry_type`",
    ),
    "csv": Facts(
        "a header and rows, separated by commas, semicolons, bars or tabs", "Scopus, Embase, Dimensions, Excel",
        *_COLUMN, _ALL, has_columns=True,
    ),
    "json": Facts(
        "a document: arrays of papers, papers under their ids, one paper",
        "Crossref, DataCite, Semantic Scholar, INSPIRE, OpenReview, …", *_KEY, _KEYS, has_columns=True,
    ),
    "jsonl": Facts(
        "a JSON object a line", "datasets, services, own programs", *_KEY, _KEYS, has_columns=True,
    ),
    "nbib": Facts(
        "PubMed's text", "PubMed: Save, Send to citation manager; ERIC", "`TI`, `BTI`, `TT`", "`AB`, `OAB`", "`PMID`",
        "all other tags; `journal`, `keywords`, `mesh`, …",
    ),
    "numbered": Facts(
        "text with numbers: `<1>`, `Record #1 of 9`, `RECORD 1`", "Ovid, Cochrane Library, Embase", "`Title`, `TI`",
        "`Abstract`, `AB`", "`UI`, `PMID`, `AN`, `ID`", "all other headings",
    ),
    "openalex": Facts(
        "works: pages of results, or one a line", "OpenAlex", "`display_name`, `title`", "`abstract_inverted_index`",
        "`id`", _KEYS, has_columns=True,
    ),
    "parquet": Facts(
        "a table (needs `absextract[parquet]`)", "Hugging Face, databases", *_COLUMN, _ALL, has_columns=True,
    ),
    "proquest": Facts(
        "documents between lines of underscores", "ProQuest", "`Title`", "`Abstract`, `Abstract (summary)`",
        "`ProQuest document ID`", "all other labels",
    ),
    "pubmed": Facts(
        "XML of articles and books, with the labels of their parts", "PubMed's efetch and yearly baseline",
        "`ArticleTitle`, `VernacularTitle`", "`AbstractText`", "`PMID`",
        "`pmid`, `journal`, `mesh`, `keywords`, …",
    ),
    "pubtator": Facts("texts with annotations", "PubTator", "`|t|`", "`|a|`", "the number", "`annotations`"),
    "refer": Facts("EndNote's `.enw`", "EndNote, Google Scholar", "`%T`, `%!`", "`%X`", "`%M`", "all other fields"),
    "refworks": Facts("RefWorks' tagged format", "RefWorks", "`T1`, `OT`, `T2`", "`AB`", "`ID`", "all other tags"),
    "ris": Facts(
        "references", "Zotero, EndNote, Mendeley, publishers, Ovid, JSTOR, APA, Cochrane, IEEE",
        "`TI`, `T1`, `CT`, `BT`", "`AB`, `N2`", "`ID`", "all other tags, under rispy's names",
    ),
    "text": Facts(
        "a title, a blank line, an abstract; papers separated by a line of dashes", "the clipboard", "the first line",
        "what follows", "", "none",
    ),
    "trending": Facts(
        "title and abstract lines in turn under a page header", "pages of trending papers", "its line", "its line", "",
        "none",
    ),
    "tsv": Facts(
        "a header and rows, separated by tabs", "Web of Science, spreadsheets", *_COLUMN, _ALL, has_columns=True,
    ),
    "wos": Facts(
        "plain text, `.ciw` too", "Web of Science", "`TI`", "`AB`", "`UT`", "all other tags, under rispy's names",
    ),
    "xlsx": Facts(
        "a workbook: the first sheet with a column for an abstract", "Excel, Web of Science", *_COLUMN, _ALL,
        has_columns=True,
    ),
    "xml": Facts(
        "other XML, [see below](#xml)", "OAI-PMH, PMC, EndNote, Zotero, GROBID, Crossref, …", "by its kind",
        "by its kind", "by its kind", "`keywords` and what else its kind has",
    ),
}  # fmt: skip
"""By the name of the format."""
