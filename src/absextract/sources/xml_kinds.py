"""The kinds of papers in XML: where in each its parts are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .mended_rows import (
    mended_arxiv,
    mended_atom,
    mended_bioc,
    mended_elsevier,
    mended_mods,
    mended_pubmed,
    mended_rss,
    told_error,
    with_subtitle,
)
from .xml_rows import Paths, Row

if TYPE_CHECKING:
    from lxml import etree

__all__ = [
    "ANTHOLOGY",
    "ARTICLE",
    "ARXIV",
    "ATOM",
    "BIOC",
    "CROSSREF_BOOK",
    "CROSSREF_CONFERENCE",
    "CROSSREF_JOURNAL",
    "CROSSREF_OTHER",
    "DATACITE",
    "DUBLIN_CORE",
    "ELSEVIER",
    "ENDNOTE",
    "ERROR",
    "EUROPE_PMC",
    "MODS",
    "PUBMED",
    "RSS",
    "SOLR",
    "TEI",
    "Kind",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of element that holds papers.

    Attributes:
        paths: where the parts of a paper are.
        papers: where the papers are in the element.
        mended: what becomes of a row: a better one, the words that tell why it is none, or None for no paper.
    """

    paths: Paths
    papers: str = "."
    mended: Callable[[etree._Element, Row], Row | str | None] = lambda _, row: row


ATOM = Kind(
    {
        "id": ("id", "identifier", "link/@href"),
        "title": ("title",),
        "summary": ("summary", "abstract", "description", "content"),
        "authors": ("author/name", "author", "creator"),
        "categories": ("category/@term", "subject"),
        "published": ("published", "issued", "coverDate"),
        "updated": ("updated",),
        "doi": ("doi", "DOI"),
        "journal_ref": ("journal_ref",),
        "comment": ("comment",),
        "venue": ("journal_ref", "publicationName"),
        "date": ("published", "issued", "coverDate", "updated", "date"),
        "url": ("link[@rel='alternate']/@href", "link[not(@rel)]/@href", "url"),
    },
    mended=mended_atom,
)
RSS = Kind(
    {
        "id": ("guid", "@about", "identifier", "link"),
        "title": ("title[1]",),
        "abstract": ("abstract", "description[1]", "encoded"),
        "authors": ("creator", "author", "authors//Person"),
        "categories": ("category", "subject"),
        "date": ("publicationDate", "pubDate", "date", "coverDate"),
        "doi": ("DOI", "doi", "identifier[starts-with(., 'doi:') or starts-with(., '10.') or starts-with(., 'DOI ')]"),
        "venue": ("publicationName", "journal_reference", "isPartOf//title"),
        "url": ("link", "url"),
        "announce_type": ("announce_type",),
        "publisher": ("publisher",),
    },
    mended=mended_rss,
)
PUBMED = Kind(
    {
        "id": (".//PMID",),
        "title": (".//ArticleTitle", ".//BookTitle"),
        "authors": (".//AuthorList/Author",),
        "journal": (".//Journal/Title", ".//Journal/JournalTitle"),
        "doi": (
            "PubmedData/ArticleIdList/ArticleId[@IdType='doi']",
            "PubmedBookData/ArticleIdList/ArticleId[@IdType='doi']",
            ".//ELocationID[@EIdType='doi']",
            "ArticleIdList/ArticleId[@IdType='doi']",
        ),
        "keywords": (".//KeywordList/Keyword",),
        "mesh": (".//MeshHeading/DescriptorName",),
        "publication_types": (".//PublicationType",),
    },
    mended=mended_pubmed,
)
ARTICLE = Kind(
    {  # JATS, and behind it Elsevier's own
        "id": (
            "front/article-meta/article-id[@pub-id-type='pmcid' or @pub-id-type='pmc']",
            "front/article-meta/article-id[@pub-id-type='doi']",
            "front/article-meta/article-id[@pub-id-type='pmid']",
            "front/article-meta/article-id",
            "item-info/doi|item-info/pii",
        ),
        "title": (
            "front/article-meta/title-group/article-title",
            "front/article-meta/title-group/trans-title-group/trans-title",
            "head/title",
        ),
        "abstract": (
            "front/article-meta/abstract[not(@abstract-type)]",
            "front/article-meta/abstract[@abstract-type='summary' or @abstract-type='section' or "
            "@abstract-type='full']",
            "front/article-meta/trans-abstract[not(@abstract-type)]",
            "front/article-meta/abstract[not(contains('graphical toc teaser key-points author-highlights', "
            "@abstract-type))]",
            "head/abstract[not(@class) or @class='author']",
        ),
        "authors": (
            "front/article-meta/contrib-group/contrib[not(@contrib-type) or @contrib-type='author']"
            "/*[self::name or self::collab or self::string-name]"
            "|front/article-meta/contrib-group/contrib/name-alternatives/*[1]",
            "head/author-group/author",
        ),
        "journal": (
            "front/journal-meta/journal-title-group/journal-title",
            "front/journal-meta/journal-title",
            "item-info/jid",
        ),
        "date": (
            "front/article-meta/pub-date[@pub-type='epub' or @date-type='pub']",
            "front/article-meta/pub-date",
        ),
        "doi": ("front/article-meta/article-id[@pub-id-type='doi']", "item-info/doi"),
        "arxiv_id": ("front/article-meta/article-id[@pub-id-type='arxiv']",),
        "pmid": ("front/article-meta/article-id[@pub-id-type='pmid']",),
        "url": ("front/article-meta/self-uri/@href",),
        "keywords": ("front/article-meta/kwd-group/kwd", "head/keywords/keyword"),
        "article_type": ("@article-type",),
        "venue": (
            "front/journal-meta/journal-title-group/journal-title",
            "front/journal-meta/journal-title",
            "item-info/jid",
        ),
    },
    mended=with_subtitle,
)
ARXIV = Kind(
    {
        "id": ("id",),
        "title": ("title",),
        "abstract": ("abstract",),
        "authors": ("authors/author", "authors"),
        "categories": ("categories",),
        "date": ("created", "version[1]/date"),
        "updated": ("updated", "version[last()]/date"),
        "comments": ("comments",),
        "journal_ref": ("journal-ref",),
        "venue": ("journal-ref",),
        "doi": ("doi",),
        "arxiv_id": ("id",),
        "license": ("license",),
        "report_no": ("report-no",),
        "msc_class": ("msc-class",),
        "acm_class": ("acm-class",),
    },
    mended=mended_arxiv,
)
DUBLIN_CORE = Kind(
    {
        "id": ("ancestor::record/header/identifier", "identifier"),
        "title": ("title",),
        "abstract": (
            "abstract",
            "description[not(starts-with(normalize-space(.), 'Comment:'))][1]",
        ),
        "authors": ("creator",),
        "categories": ("subject",),
        "date": ("date", "issued"),
        "doi": (
            "identifier[starts-with(., 'doi:') or starts-with(., '10.') or contains(., 'doi.org/10.')]",
            "relation[starts-with(., 'doi:') or contains(., 'doi.org/10.')]",
        ),
        "venue": ("source", "publisher"),
        "url": ("identifier[starts-with(., 'http')]",),
        "identifiers": ("identifier",),
        "dates": ("date",),
        "language": ("language",),
    }
)
DATACITE = Kind(
    {
        "id": ("identifier",),
        "title": ("titles/title[not(@titleType)]", "titles/title"),
        "abstract": ("descriptions/description[@descriptionType='Abstract']",),
        "authors": ("creators/creator",),
        "categories": ("subjects/subject",),
        "year": ("publicationYear",),
        "date": ("dates/date[@dateType='Issued']", "dates/date[@dateType='Available']", "dates/date"),
        "doi": ("identifier[@identifierType='DOI']",),
        "arxiv_id": ("alternateIdentifiers/alternateIdentifier[@alternateIdentifierType='arXiv']",),
        "venue": ("container/title", "publisher"),
        "url": ("alternateIdentifiers/alternateIdentifier[@alternateIdentifierType='URL']",),
        "resource_type": ("resourceType",),
    }
)
MODS = Kind(
    {
        "id": ("@ID", "identifier[@type='citekey']", "recordInfo/recordIdentifier", "identifier"),
        "title": ("titleInfo[not(@type)]", "titleInfo"),
        "abstract": ("abstract",),
        "authors": (
            "name[role/roleTerm[.='author' or .='aut' or .='creator' or .='cre' or .='Author']]",
            "name[not(role)]",
        ),
        "keywords": ("subject/topic",),
        "date": ("originInfo/dateIssued", "relatedItem[@type='host']/originInfo/dateIssued", "part/date"),
        "doi": ("identifier[@type='doi']",),
        "venue": ("relatedItem[@type='host']/titleInfo", "originInfo/publisher"),
        "url": ("location/url", "identifier[@type='uri']"),
        "genre": ("genre",),
    },
    mended=mended_mods,
)
_FILE, _PROFILE = "(teiHeader/fileDesc|self::biblFull)", "(teiHeader|self::biblFull)/profileDesc"
_PRINTED = f"{_FILE}/sourceDesc/biblStruct"
_LISTED = "text/body/listBibl/biblFull"
TEI = Kind(
    {
        "id": ("@id", f"{_PRINTED}/idno[@type='DOI']", f"{_PRINTED}/idno", "publicationStmt/idno"),
        "title": (
            f"{_FILE}/titleStmt/title[@type='main']",
            f"{_FILE}/titleStmt/title",
            f"{_PRINTED}/analytic/title",
        ),
        "abstract": (f"{_PROFILE}/abstract[not(@lang) or @lang='en']", f"{_PROFILE}/abstract"),
        "authors": (f"{_PRINTED}/analytic/author/persName", f"{_FILE}/titleStmt/author/persName"),
        "keywords": (f"{_PROFILE}/textClass/keywords//term",),
        "date": (
            f"{_FILE}/publicationStmt/date/@when",
            f"{_PRINTED}/monogr/imprint/date/@when",
            f"{_FILE}/publicationStmt/date",
            f"{_PRINTED}/monogr/imprint/date",
        ),
        "doi": (f"{_PRINTED}//idno[@type='DOI' or @type='doi']",),
        "arxiv_id": (f"{_PRINTED}//idno[@type='arXiv' or @type='arxiv']",),
        "venue": (f"{_PRINTED}/monogr/title",),
        "url": (f"{_PRINTED}//ptr/@target", "publicationStmt/idno[@type='halUri']"),
    },
    papers=f"{_LISTED}|self::TEI[not({_LISTED})]",
)
ENDNOTE = Kind(
    {
        "id": ("rec-number",),
        "title": ("titles/title",),
        "abstract": ("abstract",),
        "authors": ("contributors/authors/author",),
        "keywords": ("keywords/keyword",),
        "year": ("dates/year",),
        "date": ("dates/pub-dates/date",),
        "doi": ("electronic-resource-num",),
        "venue": ("periodical/full-title", "titles/secondary-title", "titles/tertiary-title"),
        "url": ("urls/*[not(self::pdf-urls)]/url[contains(., 'http')]",),
        "volume": ("volume",),
        "number": ("number",),
        "pages": ("pages",),
        "type": ("ref-type/@name",),
        "accession_number": ("accession-num",),
        "language": ("language",),
    }
)
_CROSSREF_PATHS: Paths = {
    "id": ("doi_data/doi", "publisher_item/identifier"),
    "title": ("titles/title",),
    "abstract": ("abstract[not(@abstract-type)]", "abstract", "jats/abstract"),
    "authors": ("contributors/person_name[not(@contributor_role) or @contributor_role='author']",
                "person_name[not(@contributor_role) or @contributor_role='author']", "contributors/organization"),
    "date": ("publication_date[@media_type='online']", "publication_date", "posted_date", "approval_date",
             "ancestor::journal/journal_issue/publication_date", "ancestor::book/*/publication_date",
             "ancestor::conference/*/publication_date"),
    "doi": ("doi_data/doi",),
    "venue": ("ancestor::journal/journal_metadata/full_title", "ancestor::conference/*/proceedings_title",
              "self::content_item/ancestor::book/*/titles/title", "group_title", "institution/institution_name"),
    "url": ("doi_data/resource",),
}  # fmt: skip
CROSSREF_JOURNAL = Kind(_CROSSREF_PATHS, ".//journal_article", with_subtitle)
CROSSREF_CONFERENCE = Kind(_CROSSREF_PATHS, ".//conference_paper", with_subtitle)
CROSSREF_BOOK = Kind(_CROSSREF_PATHS, ".//content_item|self::book[not(.//content_item)]/*[.//titles][1]", with_subtitle)
CROSSREF_OTHER = Kind(_CROSSREF_PATHS, "self::*[titles]|*[titles]", with_subtitle)
BIOC = Kind(
    {
        "id": ("id",),
        "title": (
            "passage[infon[@key='section_type']='TITLE']/text",
            "passage[infon[@key='type' or @key='section']='title']/text",
            "passage[infon[@key='type']='title']/sentence/text",
            "passage[infon[@key='type']='front']/text",
        ),
        "authors": ("passage/infon[@key='authors']",),
        "year": ("passage/infon[@key='year']", "infon[@key='year']"),
        "doi": ("passage/infon[contains(@key, 'doi')]",),
        "pmid": ("passage/infon[contains(@key, 'pmid')]",),
        "journal": ("passage/infon[@key='journal']", "infon[@key='journal']"),
        "venue": ("passage/infon[@key='journal']", "infon[@key='journal']"),
    },
    mended=mended_bioc,
)
ANTHOLOGY = Kind(
    {
        "id": ("url", "@id"),
        "title": ("title",),
        "abstract": ("abstract",),
        "authors": ("author",),
        "doi": ("doi",),
        "year": ("../meta/year",),
        "venue": ("../meta/booktitle",),
        "url": ("url",),
    },
    papers="paper",
)
ELSEVIER = Kind(
    {
        "id": ("coredata/pii", "coredata/eid", "coredata/identifier"),
        "title": ("coredata/title", ".//head/title", ".//head/citation-title/titletext"),
        "abstract": (
            "coredata/description[not(*)]",
            "coredata/description/abstract",
            ".//head/abstract[not(@class) or @class='author']",
            ".//head/abstracts/abstract",
        ),
        "authors": ("coredata/creator[not(*)]", "authors/author", "coredata/creator/author"),
        "keywords": ("coredata/subject", "authkeywords/author-keyword"),
        "date": ("coredata/coverDate",),
        "doi": ("coredata/doi",),
        "venue": ("coredata/publicationName",),
        "url": ("coredata/url", "coredata/link[@rel='scidir']/@href"),
    },
    mended=mended_elsevier,
)
EUROPE_PMC = Kind(
    {
        "id": ("id",),
        "title": ("title",),
        "abstract": ("abstractText",),
        "authors": ("authorList/author/fullName", "authorString"),
        "year": ("pubYear", "journalInfo/yearOfPublication"),
        "date": ("firstPublicationDate",),
        "doi": ("doi",),
        "pmid": ("pmid",),
        "venue": ("journalInfo/journal/title", "journalTitle"),
    }
)
SOLR = Kind(
    {
        "id": ("*[@name='id']",),
        "title": ("*[@name='title_display' or @name='title' or @name='title_s']",),
        "abstract": ("*[@name='abstract' or @name='abstract_s' or @name='description']",),
        "authors": (
            "arr[@name='author_display' or @name='author' or @name='authFullName_s']/str",
            "str[@name='author']",
        ),
        "date": ("*[@name='publication_date' or @name='pubdate' or @name='producedDate_s']",),
        "year": ("*[@name='year' or @name='producedDateY_i']",),
        "doi": ("*[@name='doi' or @name='doiId_s']",),
        "venue": ("*[@name='journal' or @name='pub' or @name='journalTitle_s']",),
        "url": ("*[@name='url' or @name='uri_s']",),
    }
)
ERROR = Kind({}, mended=told_error)
