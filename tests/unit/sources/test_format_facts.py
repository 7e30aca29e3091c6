"""What is said of the formats is true: each place that is named for title, abstract and id is read as that."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from absextract.records import Abstract
from absextract.sources.format_facts import FACTS
from absextract.sources.read import FORMATS, read_abstracts

# A paper of each format in which places can be named; TITLE, ABSTRACT and ID are the names of the places.
PAPERS = {
    "arxiv": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><ID>k</ID><TITLE>Kites</TITLE>'
    "<ABSTRACT>We fly.</ABSTRACT></entry></feed>",
    "bibtex": "@article{k,\n TITLE = {Kites},\n ABSTRACT = {We fly.}\n}\n",
    "nbib": "ID    - k\nTITLE    - Kites\nABSTRACT    - We fly.\n",
    "numbered": "<1>\nOwn Number\n  7\nID\n  k\nTITLE\n  Kites\nABSTRACT\n  We fly.\n",
    "openalex": '{"ID": "k", "TITLE": "Kites", "ABSTRACT": {"We": [0], "fly.": [1]}}\n',
    "proquest": f"{'_' * 60}\nDocument 1 of 1\n\nTITLE: Kites\n\nABSTRACT: We fly.\n\nID: k\n\n{'_' * 60}\n",
    "pubmed": "<PubmedArticleSet><PubmedArticle><MedlineCitation><ID>k</ID><Article><TITLE>Kites</TITLE><Abstract>"
    "<ABSTRACT>We fly.</ABSTRACT></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    "refer": "%0 Journal Article\nTITLE Kites\nABSTRACT We fly.\nID k\n",
    "refworks": "RT Journal Article\nTITLE Kites\nABSTRACT We fly.\nID k\nER \n",
    "ris": "TY  - JOUR\nTITLE  - Kites\nABSTRACT  - We fly.\nID  - k\nER  - \n",
    "wos": "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTITLE Kites\nABSTRACT We fly.\nID k\nER\n\nEF\n",
}
NAME = re.compile(r"`([^`]+)`")


def places() -> Iterator[tuple[str, str, str, str]]:
    """Each format with each of the places, one at a time, the others being the first that is named."""
    for name in PAPERS:
        parts = [NAME.findall(getattr(FACTS[name], part)) or [""] for part in ("title", "abstract", "id")]
        for number, part in enumerate(parts):
            for place in part:
                chosen = [each[0] for each in parts]
                chosen[number] = place
                yield name, chosen[0], chosen[1], chosen[2]


def test_all_formats_are_known() -> None:
    assert list(FACTS) == list(FORMATS)


@pytest.mark.parametrize(("name", "title", "abstract", "given"), sorted(set(places())))
def test_what_is_said_to_be_read_is_read(tmp_path: Path, name: str, title: str, abstract: str, given: str) -> None:
    text = PAPERS[name]
    if name == "nbib":
        text = re.sub(r"^(TITLE|ABSTRACT|ID) +-", lambda tag: f"{tag[1]}-", text, flags=re.MULTILINE)
        title, abstract, given = (f"{tag:<4}" for tag in (title, abstract, given))
    for word, place in (("TITLE", title), ("ABSTRACT", abstract), ("ID", given)):
        text = re.sub(rf"(?<![A-Z]){word}(?![A-Z])", place or "k", text)
    path = tmp_path / "papers"
    path.write_text(text, encoding="utf-8")
    (paper,) = read_abstracts(path, format=name)
    assert (paper.title, paper.abstract, paper.id) == ("Kites", "We fly.", "k")


@pytest.mark.parametrize("name", [name for name, facts in FACTS.items() if facts.has_columns and name != "openalex"])
def test_columns_are_found_by_their_usual_names(tmp_path: Path, name: str) -> None:
    assert [NAME.findall(getattr(FACTS[name], part))[0] for part in ("title", "abstract", "id")] == [
        "title", "abstract", "id",
    ]  # fmt: skip
    if name in ("parquet", "xlsx"):
        return  # what their columns are called is written in no other way than in tables of text
    path = tmp_path / "papers"
    row = {"id": "k", "title": "Kites", "abstract": "We fly."}
    delimiter = "\t" if name == "tsv" else ","
    table = "\n".join(delimiter.join(cells) for cells in (row.keys(), row.values()))
    path.write_text(json.dumps(row) if name.startswith("json") else table, encoding="utf-8")
    assert list(read_abstracts(path, format=name)) == [Abstract(**row, source={"path": str(path), "index": 0})]


def test_pubtator_text_and_pages_have_no_names_for_their_places(tmp_path: Path) -> None:
    for name, text in {"pubtator": "7|t|Kites\n7|a|We fly.\n", "text": "Kites\n\nWe fly.\n"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        (paper,) = read_abstracts(tmp_path / name, format=name)
        assert (paper.title, paper.abstract) == ("Kites", "We fly.")
