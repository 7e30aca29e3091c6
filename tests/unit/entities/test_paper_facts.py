"""When, where and as what a paper came out, by the metadata that each reader gives; and which records are one paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from absextract import Abstract, read_abstracts
from absextract.entities.paper_facts import KnownPapers, PaperFacts, facts_of

ABSTRACT = "Heron waits for fish. It reaches an accuracy of 91.3% on PondBench, and it never moves."
ATOM = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>
<id>http://arxiv.org/abs/3105.01234v2</id><published>2031-05-17T10:00:00Z</published><updated>2031-06-01T10:00:00Z</updated>
<title>Heron</title><summary>{ABSTRACT}</summary><arxiv:doi>10.1000/heron.1</arxiv:doi>
<arxiv:journal_ref>Journal of Ponds</arxiv:journal_ref></entry></feed>"""
OPENALEX = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1000/heron.1",
    "display_name": "Heron",
    "publication_year": 2031,
    "publication_date": "2031-05-17",
    "primary_location": {
        "landing_page_url": "https://doi.org/10.1000/heron.1",
        "source": {"display_name": "Journal of Ponds"},
    },
    "abstract_inverted_index": {word: [place] for place, word in enumerate(ABSTRACT.split())},
}
PUBMED = f"""<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2031</Year><Month>May</Month><Day>17</Day></PubDate></JournalIssue>
<Title>Journal of Ponds</Title></Journal><ArticleTitle>Heron</ArticleTitle>
<ELocationID EIdType="doi">10.1000/heron.1</ELocationID><Abstract><AbstractText>{ABSTRACT}</AbstractText></Abstract>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
BIBTEX = f"""@article{{heron, title = {{Heron}}, year = {{2031}},
  journal = {{Journal of Ponds}}, doi = {{10.1000/heron.1}},
  eprint = {{3105.01234}}, archiveprefix = {{arXiv}},
  abstract = {{{ABSTRACT}}}}}"""
RIS = (
    "TY  - JOUR\nTI  - Heron\nJO  - Journal of Ponds\nPY  - 2031\nDA  - 2031/05/17\nDO  - 10.1000/heron.1\n"
    f"AB  - {ABSTRACT}\nER  - \n"
)
CSV = (
    f'title,abstract,year,doi,journal,url\nHeron,"{ABSTRACT}",2031,10.1000/heron.1,Journal of Ponds,https://a.example\n'
)
S2 = {
    "paperId": "a1", "title": "Heron", "abstract": ABSTRACT, "year": 2031, "publicationDate": "2031-05-17",
    "venue": "Journal of Ponds", "externalIds": {"DOI": "10.1000/heron.1", "ArXiv": "3105.01234"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "date", "arxiv"),
    [
        ("a.xml", ATOM, "2031-05-17", "3105.01234"),
        ("o.json", json.dumps({"results": [OPENALEX]}), "2031-05-17", ""),
        ("p.xml", PUBMED, "2031-05-17", ""),
        ("b.bib", BIBTEX, "2031", "3105.01234"),
        ("r.ris", RIS, "2031-05-17", ""),
        ("c.csv", CSV, "2031", ""),
        ("s.jsonl", json.dumps(S2), "2031-05-17", "3105.01234"),
    ],
)
def test_each_format_tells_when_where_and_as_what(tmp_path: Path, name: str, text: str, date: str, arxiv: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    [paper] = read_abstracts(tmp_path / name)
    facts = facts_of(paper.metadata, paper.id)
    assert (facts.year, facts.date, facts.arxiv_id) == ("2031", date, arxiv)
    assert (facts.doi, facts.venue) == ("10.1000/heron.1", "Journal of Ponds")
    assert facts.url.startswith(("https://", "http://"))


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({}, PaperFacts()),
        (
            {"arxiv_id": "3105.01234v3"},
            PaperFacts("2031", "2031-05", "3105.01234", url="https://arxiv.org/abs/3105.01234"),
        ),
        ({"url": "javascript:x", "doi": "10.1000/a"}, PaperFacts(doi="10.1000/a", url="https://doi.org/10.1000/a")),
        ({"date": ["2031-05-17"], "year": 2030}, PaperFacts("2030", "2031-05-17")),
        ({"date": "2031 Sept. 3"}, PaperFacts("2031", "2031-09-03")),
        ({"date": "2031 May"}, PaperFacts("2031", "2031-05")),
        ({"date": None, "venue": {"a": 1}, "year": True}, PaperFacts()),
    ],
)
def test_what_is_missing_is_empty_or_told_by_the_arxiv_id(metadata: Any, expected: PaperFacts) -> None:
    assert facts_of(metadata) == expected


def test_a_paper_met_before_is_known_by_doi_arxiv_id_or_text() -> None:
    known = KnownPapers()
    one = Abstract(title="Heron", abstract=ABSTRACT, metadata={"doi": "10.1000/H"})
    again = Abstract(title="HERON.", abstract=ABSTRACT.upper(), metadata={})
    other = Abstract(title="Heron", abstract="Another text.", metadata={"doi": "10.1000/h2"})
    empty = Abstract(title="Editorial", abstract="")
    seen = [
        known.is_new(each.title, each.abstract, each.metadata, each.id) for each in (one, again, other, empty, empty)
    ]
    assert (seen, known.copies) == ([True, False, True, True, True], 1)
