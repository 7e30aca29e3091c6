"""RIS as input."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.records import Abstract, BadInput
from absextract.sources.ris import read_ris
from absextract.sources.tagged_kinds import tagged_format


def ris(text: str | bytes) -> list[Abstract | BadInput]:
    return list(read_ris(io.BytesIO(text.encode() if isinstance(text, str) else text), "papers.ris"))


def only(text: str) -> Abstract:
    (paper,) = ris(text)
    assert isinstance(paper, Abstract)
    return paper


def test_tags_in_either_spelling_and_lines_that_go_on() -> None:
    first, second = ris(
        "TY  - JOUR\nTI  - Kites\n  and sails\nAU  - Kite, A.\nAB  - On kites.\nZZ  - odd\nER  - \n\n"
        "TY  - CONF\nT1  - Masts\nN2  - On masts.\nER  -\n"
    )
    assert isinstance(first, Abstract)
    assert isinstance(second, Abstract)
    assert (first.title, first.abstract) == ("Kites and sails", "On kites.")
    assert first.metadata == {"type_of_reference": "JOUR", "authors": ["Kite, A."], "ZZ": ["odd"]}
    assert (second.title, second.abstract) == ("Masts", "On masts.")


PROVIDER = 'Provider: An Archive https://archive.example.org\nDatabase: Kites\nContent: text/plain; charset="UTF-8"\n\n'
SEARCH = "Database: Kites <1950 to 2026>\nSearch Strategy:\n----------\n1     kites (12)\n----------\n\n"
ONE, TWO = "{}TY  - JOUR\nTI  - A\nAB  - On A.\nER  - \n", "{}TY  - JOUR\nT1  - B\nN2  - On B.\nER  - \n\n"
VARIANTS = {
    "preambles": ONE.format(PROVIDER) + TWO.format(f"\n{PROVIDER}"),
    "numbers": ONE.format("1. ") + TWO.format("2. "),
    "numbers on lines of their own": ONE.format("1.\n") + TWO.format("\n2.\n"),
    "numbers in brackets": ONE.format("<1>\n") + TWO.format("\n<2>\n"),
    "a search": SEARCH + ONE.format("1. \n") + TWO.format("2. \n"),
    "counts": ONE.format("Record #1 of 2\n") + TWO.format("\nRecord #2 of 2\n"),
    "a stray carriage return": ONE.format("") + TWO.format("\r\n\r"),
    "carriage returns alone": (ONE.format("") + TWO.format("\n")).replace("\n", "\r"),
    "one blank": (ONE.format("") + TWO.format("\n")).replace("  -", " -"),
    "one blank and none at the end": (ONE.format("") + TWO.format("\n"))
    .replace("  - ", " - ")
    .replace("ER - ", "ER -"),
    "the type at the end": "DB  - K\nTI  - A\nAB  - On A.\nTY  - JOUR\nER  - \n\n"
    "T1  - B\nN2  - On B.\nTY  - JOUR\nER  - \n",
    "no ends": ONE.format("").replace("ER  - \n", "\n") + TWO.format("").replace("ER  - \n", ""),
    "indented": "  TY  - JOUR\n  TI  - A\n  AB  - On A.\n  ER  - \n  TY  - JOUR\n  TI  - B\n  AB  - On B.\n  ER  - \n",
    "other titles": "TY  - UNPB\nCT  - A\nAB  - On A.\nER  - \nTY  - BOOK\nBT  - B\nAB  - On B.\nER  - \n",
    "something behind": f"{ONE.format('')}{TWO.format('')}\n--\nExported by a tool\nDB  - Kites\n",
}


@pytest.mark.parametrize("name", VARIANTS)
def test_references_as_databases_export_them(name: str) -> None:
    papers = [(item.title, item.abstract) if isinstance(item, Abstract) else item for item in ris(VARIANTS[name])]
    assert papers == [("A", "On A."), ("B", "On B.")]
    assert tagged_format(VARIANTS[name]) == "ris"


def test_prose_that_looks_like_a_tag_is_prose() -> None:
    paper = only(
        "TY  - JOUR\nTI  - A\nAB  - Cells that are\nER - positive, and those of\nAB - negative type.\nER  - \n"
    )
    assert paper.abstract == "Cells that are ER - positive, and those of AB - negative type."


def test_an_abstract_in_two_fields_is_whole_and_a_notice_is_metadata() -> None:
    paper = only(
        "TY  - JOUR\nTI  - A\nAB  - Background: a.\nAB  - Results: b.\nAB  - Copyright 2026 The Kite Society.\n"
        "TI  - Another\nVL  - 1\nVL  - 2\nER  - \n"
    )
    assert (paper.title, paper.abstract) == ("A", "Background: a.\nResults: b.")
    assert paper.metadata["copyright"] == "Copyright 2026 The Kite Society."
    assert paper.metadata["other_titles"] == ["Another"]
    assert paper.metadata["volume"] == ["1", "2"]


def test_paragraphs_stay_and_keywords_stand_one_a_line() -> None:
    paper = only("TY  - JOUR\nTI  - A\nAB  - One\nand\n\ntwo.\nKW  - x\ny\nER  - \n")
    assert (paper.abstract, paper.metadata["keywords"]) == ("One and\n\ntwo.", ["x", "y"])


def test_a_second_abstract_stays_beside_the_first() -> None:
    assert only("TY  - JOUR\nTI  - A\nAB  - a\nN2  - b\nER  - \n").metadata["notes_abstract"] == "b"


def test_what_all_formats_have_has_its_name() -> None:
    paper = only(
        "TY  - JOUR\nT1  - A\nA1  - Kite, A.\nA1  - Sail, B.\nPY  - 2026/02/01/\nJF  - Kites\n"
        "DO  - 10.48550/arXiv.2601.01234\nUR  - https://a.org/b; https://c.org\nER  - \n"
    )
    names = ("authors", "year", "date", "venue", "doi", "arxiv_id", "url")
    assert [paper.metadata[name] for name in names] == [
        ["Kite, A.", "Sail, B."], "2026", "2026/02/01/", "Kites", "10.48550/arXiv.2601.01234", "2601.01234",
        "https://a.org/b",
    ]  # fmt: skip


def test_a_bad_reference_says_where_it_begins() -> None:
    good, bad, wrong = ris(b"TY  - JOUR\nTI  - A\nER  - \n\nTY  - JOUR\nER  - \nTY  - JOUR\nTI  - \xe9\nER  - \n")
    assert isinstance(good, Abstract)
    assert isinstance(bad, BadInput)
    assert isinstance(wrong, BadInput)
    assert (bad.line, bad.message) == (5, "neither a title nor an abstract")
    assert wrong.line == 8
    assert wrong.message.startswith("not UTF-8 text (byte 0xe9); convert it first, e.g. iconv")


@given(st.text())
def test_no_text_raises(text: str) -> None:
    ris(text.encode("utf-8", "surrogatepass"))
    ris(f"TY  - JOUR\nTI  - {text}".encode("utf-8", "surrogatepass"))
