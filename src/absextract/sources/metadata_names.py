"""What most papers have under one name in all formats, and the names that formats have for it.

XML has its own, as paths, in `xml_kinds` and `xml_catalogue_kinds`.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMMON", "NAMES"]

COMMON = ("authors", "year", "date", "doi", "arxiv_id", "venue", "url")
"""The common names."""

NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    # of tables, as `column_names.plain` writes them
    "tables": {
        "authors": ("authors", "author", "authornames", "authorfullnames", "authorlist", "author(s)", "author/s",
                    "creators", "creator", "authorships.author.displayname", "au"),
        "year": ("year", "publicationyear", "pubyear", "yearofpublication", "publishedyear", "fiscalyear", "py"),
        "date": ("date", "publicationdate", "datepublished", "dateofpublication", "pubdate", "coverdate", "issued",
                 "publishtime", "onlinedate"),
        "doi": ("doi", "doilink", "digitalobjectidentifier", "di"),
        "arxiv_id": ("arxivid", "arxiv"),
        "venue": ("venue", "sourcetitle", "journal", "journaltitle", "journalname", "journalbook", "publicationtitle",
                  "containertitle", "booktitle", "conferencename", "pubtitle", "proceeding",
                  "primarylocation.source.displayname", "so"),
        "url": ("url", "link", "articleurl", "urlabs", "paperurl", "dimensionsurl", "documenturl", "externalurl",
                "fulltextlink", "embaselink", "pdflink", "primarylocation.landingpageurl", "urls"),
    },
    # `a.b` is what `a` has under `b`, for each of a list
    "json": {
        "date": ("issued", "published", "published-print", "published-online", "publishedAt", "publicationDate", "date",
                 "pubdate", "earliest_date", "firstPublicationDate", "preprint_date", "publication_date",
                 "dateofacceptance", "publishedDate", "date_published", "published_date", "prism:coverDate",
                 "producedDate_s", "publicationDate_s"),
        "year": ("pubYear", "publicationYear", "publication_year", "year", "publication_info.year", "yearPublished",
                 "year_published", "publicationdateyear", "producedDateY_i", "publicationDateY_i"),
        "doi": ("DOI", "doi", "externalIds.DOI", "externalids.DOI", "dois.value", "bibjson.identifier.id", "prism:doi",
                "pids.value", "pids.doi.identifier", "pid", "pid.$", "external_ids.value", "doiId_s",
                "identifier"),
        "arxiv_id": ("arxivId", "arxiv", "externalIds.ArXiv", "externalids.ArXiv", "arxiv_eprints.value", "eprint",
                     "identifier", "arxiv_id", "arxivId_s", "locations.landing_page_url"),
        "venue": ("venue", "container-title", "container.title", "container.name", "publicationTitle", "journal_title",
                  "journalTitle", "journal.name", "journal.title", "journal", "publication_info.journal_title",
                  "journalInfo.journal.title", "pub", "publicationName", "publication_title", "booktitle",
                  "proceedingsTitle", "conferenceName", "primary_location.source.display_name", "source.title",
                  "journals.title", "prism:publicationName", "journalTitle_s", "conferenceTitle_s"),
        "url": ("URL", "url", "html_url", "link", "landing_page_url", "primary_location.landing_page_url",
                "links.self_html", "links.html", "url_public_html", "uri_s", "downloadUrl", "prism:url", "site"),
        "authors": ("author", "authors.authors", "authors", "creators", "creator", "authorString", "author_display",
                    "authorships", "authFullName_s", "dc:creator"),
    },
    # of the others those that are not the common ones
    "bibtex": {
        "date": (), "year": ("date",), "venue": ("journal", "journaltitle", "booktitle"), "doi": ("url",), "url": (),
    },
    "nbib": {"doi": ("LID", "AID", "SO"), "venue": ("journal", "TA"), "authors": (), "url": ("LID",)},
    "numbered": {
        "authors": ("author", "authors", "author names", "au", "fau"),
        "date": ("date of publication", "publication date", "dp"),
        "year": ("year of publication", "publication year", "yr", "py", "source", "so"),
        "venue": ("journal name", "journal", "source title", "jn", "source", "so"),
        "doi": ("digital object identifier", "doi", "do", "source", "so"),
        "url": ("full text link", "link to the ovid full text or citation", "url", "us"),
    },
    "proquest": {
        "authors": ("Author",),
        "date": ("Publication date", "Degree date"),
        "year": ("Publication year", "Year", "date"),
        "venue": ("Publication title", "University/institution"),
        "doi": ("DOI",),
        "url": ("Document URL",),
    },
    "refer": {
        "authors": (), "venue": ("journal", "book_title"), "doi": ("%R", "url"), "year": (), "date": (), "url": (),
    },
    "refworks": {
        "authors": ("A2",), "venue": ("journal", "JO", "T2"), "url": ("LK",), "doi": (), "year": (), "date": (),
    },
    "ris": {
        "authors": ("first_authors",),
        "year": ("publication_year", "date"),
        "venue": ("journal_name", "alternate_title3", "secondary_title", "alternate_title1", "alternate_title2"),
        "url": ("urls",),
        "doi": (),
    },
    "wos": {
        "authors": ("group_authors", "book_authors"),
        "year": ("publication_year", "early_access_year"),
        "date": ("early_access_date",),
        "venue": ("publication_name", "conference_title"),
        "doi": ("book_doi",),
    },
}  # fmt: skip
"""By format, for each common name those that it may stand under, the likelier first."""
