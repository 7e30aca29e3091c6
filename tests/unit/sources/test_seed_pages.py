"""The real pages, where they lie beside the checkout, are read completely and unchanged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from absextract.records import Abstract
from absextract.sources.input_files import expand
from absextract.sources.read import read_abstracts


@pytest.fixture
def pages(shared: Path) -> list[str]:
    folder = shared / "seeds"
    if not folder.is_dir():
        pytest.skip("no pages of real papers beside the checkout")
    return expand([str(folder)])


def test_every_page_gives_its_papers(pages: list[str]) -> None:
    assert [sum(1 for _ in read_abstracts(page)) for page in pages] == [195, 267, 84, 178, 247]


def test_the_papers_of_all_pages_are_907(pages: list[str]) -> None:
    papers = [paper for page in pages for paper in read_abstracts(page)]
    assert len(papers) == 971
    assert len({paper.id for paper in papers}) == len({(paper.title, paper.abstract) for paper in papers}) == 907


def test_annotated_papers_are_among_them_character_for_character(pages: list[str], shared: Path) -> None:
    papers = {paper.id: paper for page in pages for paper in read_abstracts(page)}
    lines = (shared / "answers" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 787
    for line in map(json.loads, lines):
        paper = papers[line["id"]]
        assert (paper.title, paper.abstract) == (line["title"], line["abstract"])
        assert line["id"] == Abstract(title=line["title"], abstract=line["abstract"]).id
