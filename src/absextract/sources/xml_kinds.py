"""The kinds of papers in XML that archives, publishers and services give: where in each its parts are."""

from __future__ import annotations

from .mended_rows import (
    mended_arxiv,
    mended_atom,
    mended_bioc,
    mended_elsevier,
    mended_pubmed,
    mended_rss,
    told_error,
    with_subtitle,
)
from .xml_kind import Kind

__all__ = [
    "ARTICLE",
    "ARXIV",
    "ATOM",
    "BIOC",
    "ELSEVIER",
    "ERROR",
    "EUROPE_PMC",
    "PUBMED",
    "RSS",
    "SOLR",
]

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
