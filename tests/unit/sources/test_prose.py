"""Plain text is papers, or is refused with what it looks like."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources.plain_text import read_text
from absextract.sources.prose import LONGEST_ABSTRACT, doubt_about
from absextract.sources.read import read_abstracts
from command_line import absextract

KITES = "Kites rise higher than sails. Our KiteNet reaches 91.3% on SkyBench, and costs less than the one before."
SAILS = "Sails pull more than kites. Our SailNet reaches 88.1 BLEU on SeaBench, which is more than anybody had."
PAPERS = {
    "one": f"Kites for all\n\n{KITES}\n",
    "two": f"Kites for all\n\n{KITES}\n---\nSails for all\n\n{SAILS}\n",
    "paragraphs": f"Kites for all\n\n{KITES}\n\n{SAILS}\n\n{KITES}\n",
    "sections": f"Kites\n\nBackground\n\n{KITES}\n\nMain results and discussion\n\n{SAILS}\n\nConclusions\n\n{KITES}\n",
    "labels": f"Kites\n\nBACKGROUND: Kites.\nAIM: To fly.\nMETHODS: {KITES}\nRESULTS: {SAILS}\nCONCLUSION: Yes.\n",
    "authors": f"Kites\n\nA. Kite and B. Sail\n\nInstitute of Kites, Windhoek\n\n{KITES}\n",
    "a tail": f"Kites\n\n{KITES}\n\nKeywords: kites, sails\nDOI: 10.1000/kites\n",
    "a link": f"Kites\n\n{KITES}\n\nSee https://kites.example.org/all\n\n{SAILS} {SAILS}\n",
    "a list": f"Kites\n\n{KITES}\n\n1. We fly.\n2. We sail.\n3. We row.\n",
    "brackets around the title": f"[Kites for all].\n\n{KITES}\n",
    "brackets in the title": f"[Retracted] Kites for all\n\n{KITES}\n",
    "a number in the title": f"1. Kites\n\n{KITES}\n\n{SAILS}\n",
    "a tail of PubMed": f"Kites\n\n{KITES}\n\nPMID: 39000001\n",
    "a heading": f"# Kites\n\n{KITES}\n",
    "capitals": f"KITES\n\n{KITES.upper()}\nIN ALL\nOF THE\nWE SEE\n",
    "long": f"Kites\n\n{KITES * 100}\n",
}
REFUSED = {
    "underscores": (f"{'_' * 30}\n\nReport\n{'_' * 30}\n\n{KITES}\n", 1, "looks like an export"),
    "equals signs": (f"Kites\n\n{KITES}\n{'=' * 20}\nSails\n\n{SAILS}\n{'=' * 20}\n", 4, "looks like an export"),
    "headings": (f"# Kites\n\n{KITES}\n\n## Sails\n\n{SAILS}\n", 1, "looks like an export"),
    "numbers": (f"Export\n\nPaper 1 of 2\n{KITES}\n\nPaper 2 of 2\n{SAILS}\n", 3, "looks like an export"),
    "labels": (f"Title: Kites\n\nAuthors: A. Kite\nAbstract: {KITES}\n", 1, "looks like an export"),
    "a label again": (f"All\n\nAbstract: {KITES}\n\nAbstract: {SAILS}\n", 3, "looks like an export"),
    "a search result": (
        f"1. Kites J. 2026.\n\nKites.\n\nAuthor information: W.\n\n{KITES}\n\nDOI: 1\nPMID: 2\n",
        5,
        "save it there in the format",
    ),
    "references in numbers": (
        "1: Kite A. Kites. J Kites. 2026. PMID: 1.\n\n2: Sail B. Sails. J Sails. 2026. PMID: 2.\n",
        1,
        "save it there in the format",
    ),
    "references": ("[1] Kite A. Kites. 2026.\n\n[2] Sail B. Sails. 2026.\n", 1, "looks like a list"),
    "a list of links": ("# Papers\n\n- [Kites](https://a.org)\n- [Sails](https://b.org)\n", 1, "looks like a list"),
    "a program": ('"""Kites."""\n\nimport os\n\nprint(1)\n', 1, "looks like a program"),
    "identifiers": ("39000001\n39000002\n10.1000/kites\n", 1, "a list of identifiers"),
    "YAML": ("- id: k\n  title: Kites\n  abstract: We fly.\n", 1, "looks like YAML"),
    "tags": (f"TI Kites\nAU Kite, A.\nPY 2026\nAB {KITES}\n", 1, "looks like an export"),
    "tags and colons": (f"Export\n\nTI: Kites\nAU: Kite\nAB: {KITES}\nTI: Sails\n", 3, "looks like an export"),
    "tags between dashes": (
        f"--te\n\n--AU-- Kite, A.\n--YP-- 2026\n--TI-- Kites\n--AB-- {KITES}\n------\n",
        3,
        "looks like",
    ),
    "a document of LaTeX": (
        f"\\documentclass{{article}}\n\n\\begin{{document}}\n{KITES}\n\\end{{document}}\n",
        1,
        "LaTeX",
    ),
    "a further title": (
        f"Kites\n\n{KITES}\n\nSails for all\n\n{SAILS}\n",
        5,
        "looks like the title of a further paper",
    ),
    "far too long": (f"Kites\n\n{KITES * 400}\n", 1, "more than an abstract"),
    "longer than what is looked at": (f"Kites\n\n{KITES * 2000}\n", 1, "more than an abstract"),
    "behind good ones": (
        f"Kites\n\n{KITES}\n---\nKites\n\n{KITES}\n\nSails for all\n\n{SAILS}\n",
        9,
        "title of a further",
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_title_and_an_abstract_are_a_paper(tmp_path: Path, name: str) -> None:
    path = tmp_path / "papers.txt"
    path.write_text(PAPERS[name], encoding="utf-8")
    assert doubt_about(PAPERS[name]) is None
    assert len(list(read_abstracts(path))) == (2 if name == "two" else 1)


@pytest.mark.parametrize("name", REFUSED)
def test_what_looks_like_something_else_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    text, line, reason = REFUSED[name]
    path = tmp_path / "papers.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason) as caught:
        list(read_abstracts(path))
    assert caught.value.line == line


def test_a_rehearsal_refuses_it_too(tmp_path: Path) -> None:
    path = tmp_path / "papers.txt"
    path.write_text(REFUSED["far too long"][0], encoding="utf-8")
    done = absextract("extract", path, "-o", tmp_path / "out.jsonl", "--dry-run", "--model", "openai/gpt-5-mini")
    assert done.returncode == 2
    assert "papers.txt:1: 41," in done.stderr
    assert "Traceback" not in done.stderr


def test_a_text_longer_than_any_abstract_costs_itself() -> None:
    text = f"A\n\na\n---\n{'b ' * LONGEST_ABSTRACT}\n---\nC\n\nc\n"
    first, bad, last = read_text(io.BytesIO(text.encode()), "papers.txt")
    assert isinstance(first, Abstract)
    assert isinstance(bad, BadInput)
    assert isinstance(last, Abstract)
    assert (bad.line, first.title, last.title) == (5, "A", "C")
    assert "more than an abstract" in bad.message
