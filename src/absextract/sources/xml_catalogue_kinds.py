"""The kinds of papers in XML of libraries, registries and reference managers: where in each its parts are."""

from __future__ import annotations

from .mended_rows import mended_marc, mended_mods, with_subtitle
from .xml_kind import Kind
from .xml_rows import Paths

__all__ = [
    "ANTHOLOGY",
    "CROSSREF_BOOK",
    "CROSSREF_CONFERENCE",
    "CROSSREF_JOURNAL",
    "CROSSREF_OTHER",
    "DATACITE",
    "DUBLIN_CORE",
    "ENDNOTE",
    "MARC",
    "MODS",
    "TEI",
]

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
_IS_DOI = "[starts-with(., '10.') and contains(., '/')]"
MARC = Kind(
    {
        "id": ("controlfield[@tag='001']", "ancestor::record/header/identifier"),
        "title": ("datafield[@tag='245']/subfield[@code='a']",),
        "abstract": ("datafield[@tag='520']/subfield[@code='a']",),
        "authors": ("datafield[@tag='100' or (@tag='700' and not(subfield[@code='4' or @code='e'][.!='aut' and "
                    ".!='author']))]/subfield[@code='a']",),
        "keywords": ("datafield[@tag='650' or @tag='653']/subfield[@code='a']",),
        "date": ("datafield[@tag='260' or @tag='264' or @tag='269']/subfield[@code='c']",
                 "datafield[@tag='773']/subfield[@code='y']"),
        "doi": ("datafield[@tag='024'][subfield[@code='2']='doi' or subfield[@code='2']='DOI']/subfield[@code='a']",
                f"datafield[@tag='024']/subfield[@code='a']{_IS_DOI}"),
        "arxiv_id": ("datafield[@tag='037'][subfield[@code='9']='arXiv']/subfield[@code='a']",),
        "venue": ("datafield[@tag='773']/subfield[@code='t' or @code='p']",),
        "url": ("datafield[@tag='856']/subfield[@code='u']",),
    },
    mended=mended_marc,
)  # fmt: skip
