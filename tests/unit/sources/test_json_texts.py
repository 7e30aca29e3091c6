"""Titles and abstracts that stand in lists and objects, and metadata under its usual names."""

from __future__ import annotations

from typing import Any

import pytest

from absextract.sources.json_metadata import own_id, usual_metadata
from absextract.sources.json_texts import abstract_in, title_in


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("Kites", "Kites"),
        (["Kites", "Drachen"], "Kites"),
        (["", "Kites"], "Kites"),
        ([{"title": "Drachen", "titleType": "TranslatedTitle"}, {"title": "Kites"}], "Kites"),
        ([{"title": "Kites", "titleType": "Subtitle"}], "Kites"),
        ([{"title": "Drachen", "lang": "de"}, {"title": "Kites", "lang": "en"}], "Kites"),
        ({"value": "Kites"}, "Kites"),
        ({"de": "Drachen", "en-GB": "Kites"}, "Kites"),
        ({"de": "Drachen", "fr": "Cerfs-volants"}, "Drachen"),
        ({"#text": "Kites", "@type": "main"}, "Kites"),
        ([], None),
        ({}, None),
        (3, None),
        ({"total": 2}, None),
        (None, None),
    ],
)
def test_a_title_is_found(value: Any, title: str | None) -> None:
    assert title_in(value) == title


@pytest.mark.parametrize(
    ("value", "abstract"),
    [
        ("We fly.", "We fly."),
        (["We fly."], "We fly."),
        (["We fly.", " We land.\n"], "We fly. We land."),
        ([{"text": "We fly.", "section": "Abstract"}, {"text": "We land."}], "We fly.\n\nWe land."),
        ([{"label": "AIM", "text": "We fly."}, {"label": "END", "text": "We land."}], "AIM: We fly. END: We land."),
        ({"h1": "Abstract", "p": "We fly."}, "We fly."),
        ({"p": ["We fly.", "We land."]}, "We fly. We land."),
        ({"en": "We fly.", "zh": "我们飞。"}, "We fly."),
        ([{"language": "zh", "text": "我们飞。"}, {"language": "eng", "text": "We fly."}], "We fly."),
        (
            [
                {"descriptionType": "Methods", "description": "With wind."},
                {"descriptionType": "Abstract", "description": "We fly."},
            ],
            "We fly.",
        ),
        ([], ""),
        ([3], None),
        ({"total": 2}, None),
        ({"We": [0], "fly": [1]}, None),
        (5, None),
    ],
)
def test_an_abstract_is_found(value: Any, abstract: str | None) -> None:
    assert abstract_in(value) == abstract


def test_of_several_abstracts_the_first_is_taken() -> None:
    assert abstract_in([{"value": "We fly."}, {"value": "We fly, too."}], several=True) == "We fly."


def test_bottomless_values_hold_no_text() -> None:
    value: Any = "We fly."
    for _ in range(500):
        value = [value]
    assert abstract_in(value) is None


WHOLE = {"date": "2026-01-02", "year": "2026", "authors": ["A. Kite"], "venue": "Flying", "url": "https://e.org/k"}


@pytest.mark.parametrize(
    ("level", "metadata"),
    [
        ({"DOI": "10.1/a"}, {"doi": "10.1/a"}),
        ({"doi": ["10.1/a", "10.1/b"]}, {"doi": "10.1/a"}),
        ({"doi": "https://doi.org/10.1000/k.1"}, {"doi": "10.1000/k.1"}),
        ({"externalIds": {"DOI": "10.1/a", "ArXiv": "2601.00001"}}, {"doi": "10.1/a", "arxiv_id": "2601.00001"}),
        ({"arxiv_eprints": [{"value": "hep-th/9901001"}]}, {"arxiv_id": "hep-th/9901001"}),
        ({"identifier": ["2026K", "arXiv:2601.00001v2"]}, {"arxiv_id": "2601.00001"}),
        ({"issued": {"date-parts": [[2026, 1, 2]]}}, {"date": "2026-01-02", "year": "2026"}),
        ({"issued": {"date-parts": [["2026"]]}}, {"date": "2026", "year": "2026"}),
        ({"issued": {"date-parts": [[None]]}}, {}),
        ({"publishedAt": "2026-01-02T10:00:00Z"}, {"date": "2026-01-02", "year": "2026"}),
        ({"pubYear": "2026"}, {"year": "2026"}),
        ({"date": "2026-01-02"}, {"date": "2026-01-02", "year": "2026"}),
        ({"doi": "10.48550/arXiv.2601.00001"}, {"doi": "10.48550/arXiv.2601.00001", "arxiv_id": "2601.00001"}),
        (
            {"url": "https://arxiv.org/abs/2601.00001v2"},
            {"url": "https://arxiv.org/abs/2601.00001v2", "arxiv_id": "2601.00001"},
        ),
        ({"container-title": ["Flying"]}, {"venue": "Flying"}),
        ({"journalInfo": {"journal": {"title": "Flying"}}}, {"venue": "Flying"}),
        ({"venue": {"value": "Flying 2026"}}, {"venue": "Flying 2026"}),
        (
            {"author": [{"given": "A.", "family": "Kite"}, {"literal": "The Sails"}]},
            {"authors": ["A. Kite", "The Sails"]},
        ),
        ({"creators": [{"firstName": "A.", "lastName": "Kite"}]}, {"authors": ["A. Kite"]}),
        ({"authorString": "Kite A, Sail B."}, {"authors": ["Kite A", "Sail B"]}),
        ({"authors": "Kite, A.; Sail, B."}, {"authors": ["Kite, A.", "Sail, B."]}),
        ({"author": "Kite, A."}, {"authors": ["Kite, A."]}),
        ({"URL": "https://example.org/k"}, {"url": "https://example.org/k"}),
        ({"URL": "javascript:alert(1)"}, {}),
        (  # OpenAlex
            {
                "publication_year": 2026,
                "publication_date": "2026-01-02",
                "authorships": [{"author_position": "first", "author": {"id": "A1", "display_name": "A. Kite"}}],
                "primary_location": {"landing_page_url": "https://e.org/k", "source": {"display_name": "Flying"}},
                "locations": [
                    {"landing_page_url": "https://e.org/k"},
                    {"landing_page_url": "http://arxiv.org/abs/2601.00001"},
                ],
            },
            WHOLE | {"arxiv_id": "2601.00001"},
        ),
        (  # Zenodo as it is now
            {
                "publication_date": "2026-01-02",
                "creators": [{"person_or_org": {"name": "A. Kite", "type": "personal"}}],
                "journal": {"title": "Flying", "volume": "1"},
                "pids": {"doi": {"identifier": "10.1/a", "provider": "x"}},
                "links": {"self": "https://e.org/api", "self_html": "https://e.org/k"},
            },
            WHOLE | {"doi": "10.1/a"},
        ),
        (  # OpenAIRE, twice
            {
                "publicationDate": "2026-01-02",
                "authors": [{"fullName": "A. Kite", "rank": 1}],
                "container": {"name": "Flying"},
                "pids": [{"scheme": "handle", "value": "1/2"}, {"scheme": "doi", "value": "10.1/a"}],
                "url": "https://e.org/k",
            },
            WHOLE | {"doi": "10.1/a"},
        ),
        (
            {
                "dateofacceptance": {"$": "2026-01-02"},
                "creator": [{"@rank": "1", "$": "A. Kite"}],
                "journal": {"@issn": "x", "$": "Flying"},
                "pid": [{"@classid": "handle", "$": "1/2"}, {"@classid": "doi", "$": "10.1/a"}],
                "url": "https://e.org/k",
            },
            WHOLE | {"doi": "10.1/a"},
        ),
        (  # HAL
            {
                "producedDate_s": "2026-01-02",
                "authFullName_s": ["A. Kite"],
                "journalTitle_s": "Flying",
                "doiId_s": "10.1/a",
                "arxivId_s": "2601.00001",
                "uri_s": "https://e.org/k",
            },
            WHOLE | {"doi": "10.1/a", "arxiv_id": "2601.00001"},
        ),
        (  # IEEE
            {
                "publication_date": "2026-01-02",
                "authors": {"authors": [{"full_name": "A. Kite", "author_order": 1}]},
                "publication_title": "Flying",
                "html_url": "https://e.org/k",
            },
            WHOLE,
        ),
        (  # Scopus
            {
                "prism:coverDate": "2026-01-02",
                "dc:creator": "Kite A.",
                "prism:publicationName": "Flying",
                "prism:doi": "10.1/a",
                "prism:url": "https://e.org/k",
            },
            WHOLE | {"doi": "10.1/a", "authors": ["Kite A"]},
        ),
        (  # Lens
            {
                "year_published": 2026,
                "date_published": "2026-01-02T00:00:00",
                "authors": [{"first_name": "A.", "last_name": "Kite", "initials": "A"}],
                "source": {"title": "Flying"},
                "external_ids": [{"type": "pmid", "value": "1"}, {"type": "doi", "value": "10.1/a"}],
                "url": "https://e.org/k",
            },
            WHOLE | {"doi": "10.1/a"},
        ),
        (  # CORE
            {
                "yearPublished": 2026,
                "publishedDate": "2026-01-02T00:00:00",
                "authors": [{"name": "A. Kite"}],
                "journals": [{"title": "Flying", "identifiers": []}],
                "downloadUrl": "https://e.org/k",
            },
            WHOLE,
        ),
        ({"DOI": None, "issued": [], "author": {}, "venue": 5, "pubYear": {}}, {}),
    ],
)
def test_metadata_has_its_usual_names(level: dict[str, Any], metadata: dict[str, Any]) -> None:
    assert usual_metadata([level]) == metadata


def test_an_id_is_no_list_and_the_papers_own_goes_first() -> None:
    assert own_id([{"id": [1], "doi": "10.1/a"}, {"id": "outer"}]) == "outer"
    assert own_id([{"id": " ", "bibcode": "2026K"}]) == "2026K"
    assert own_id([{}]) is None
