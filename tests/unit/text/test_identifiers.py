"""Years, DOIs and arXiv identifiers are told in whatever dress they come."""

from __future__ import annotations

import pytest

from absextract.text.identifiers import arxiv_id_in, doi_in, year_in


@pytest.mark.parametrize(
    ("text", "year"),
    [("2026", "2026"), ("May 2026", "2026"), ("2026-05-01", "2026"), ("1.5.1998", "1998"), ("12026", ""), ("26", ""),
     ("", ""), ("2150", ""), ("20261", "")],
)  # fmt: skip
def test_years(text: str, year: str) -> None:
    assert year_in(text) == year


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1234/kites", "10.1234/kites"),
        (" https://doi.org/10.1234/kites ", "10.1234/kites"),
        ("http://dx.doi.org/10.1234/Kites", "10.1234/Kites"),
        ("DOI: 10.1234/kites", "10.1234/kites"),
        ("doi:10.1234.5/kites(2)a", "10.1234.5/kites(2)a"),
        ("10.1002/(SICI)1234(199905)1:2<3::AID-K4>3.0.CO;2-#", "10.1002/(SICI)1234(199905)1:2<3::AID-K4>3.0.CO;2-#"),
        ("10.1234/kites.", "10.1234/kites"),
    ],
)
def test_a_doi_is_told_without_its_host(text: str, doi: str) -> None:
    assert doi_in(text) == doi_in(text, whole=True) == doi


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1234/kites [doi]", "10.1234/kites"),
        ("Kites 3 (2026), (10.1234/kites).", "10.1234/kites"),
        ("https://publisher.example/doi/10.1234/kites", "10.1234/kites"),
        ("version 10.2", ""),
        ("", ""),
    ],
)
def test_a_doi_is_found_in_a_text(text: str, doi: str) -> None:
    assert doi_in(text) == doi
    assert doi_in(text, whole=True) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://arxiv.org/abs/2601.01234v2", "2601.01234"),
        ("http://arxiv.org/pdf/math.AG/0601001", "math.AG/0601001"),
        ("oai:arXiv.org:cs/0601001", "cs/0601001"),
        ("arXiv:2601.01234", "2601.01234"),
        ("10.48550/arXiv.2601.01234", "2601.01234"),
        ("2601.01234", ""),
        ("https://example.org/2601.01234", ""),
        ("10.1234/2601.01234", ""),
    ],
)
def test_an_arxiv_id_says_that_it_is_one(text: str, found: str) -> None:
    assert arxiv_id_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("2601.01234", "2601.01234"), ("2601.01234v3", "2601.01234"), ("arXiv:hep-th/9901001", "hep-th/9901001"),
     ("math.AG/0601001v1", "math.AG/0601001"), ("10.1234/kites", ""), ("12345", ""), ("2601.01234 and more", "")],
)  # fmt: skip
def test_a_bare_arxiv_id_is_all_of_the_text(text: str, found: str) -> None:
    assert arxiv_id_in(text, bare=True) == found


@pytest.mark.parametrize("text", ["10." * 100_000, "10.1234/" * 50_000, "arxiv:" * 50_000, "a-" * 200_000 + "/1"])
def test_hostile_texts_take_no_time(text: str) -> None:
    year_in(text), doi_in(text), arxiv_id_in(text), arxiv_id_in(text, bare=True)
