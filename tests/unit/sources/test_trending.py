"""Pages of trending papers, in both their shapes."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources.trending import read_trending

GLUED = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"
SPACED = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nMar 14\n\n"


def read(page: str | bytes) -> list[Abstract | BadInput]:
    return list(read_trending(io.BytesIO(page.encode() if isinstance(page, str) else page), "page.txt"))


def pairs(page: str | bytes) -> list[tuple[str, str]]:
    papers = read(page)
    assert all(isinstance(paper, Abstract) for paper in papers)
    return [(paper.title, paper.abstract) for paper in papers if isinstance(paper, Abstract)]


def test_the_first_title_may_be_glued_to_subscribe() -> None:
    assert pairs(f"{GLUED}Kites\nOn kites.\nSails\nOn sails.\n") == [("Kites", "On kites."), ("Sails", "On sails.")]


def test_a_byline_and_a_date_may_stand_in_front_of_the_first_title() -> None:
    assert pairs(f"{SPACED}Kites\n\nOn kites.\n\nSails\n\nOn sails.\n\n") == [
        ("Kites", "On kites."),
        ("Sails", "On sails."),
    ]


@pytest.mark.parametrize("byline", ["byAK and the research community", "by AK and the research community"])
@pytest.mark.parametrize("date", ["Mar 14", "May 1, 2024", "Sept. 3", "December 31, 1999"])
def test_every_writing_of_byline_and_date_is_passed_over(byline: str, date: str) -> None:
    page = f"Get trending papers in your email inbox!\n\nSubscribe\n\n{byline}\n\n{date}\n\nKites\n\nOn kites.\n"
    assert pairs(page) == [("Kites", "On kites.")]


def test_a_title_that_begins_with_a_month_name_stays() -> None:
    page = f"{SPACED}May the Kite Fly: 14 Lessons\n\nOn kites.\n\nMarch of the Sails\n\nOn sails.\n"
    assert [title for title, _ in pairs(page)] == ["May the Kite Fly: 14 Lessons", "March of the Sails"]


@pytest.mark.parametrize("header", [GLUED, SPACED])
def test_a_title_that_reads_like_a_date_stays_once_the_header_is_over(header: str) -> None:
    assert pairs(f"{header}Kites\nOn kites.\nMay 5\nOn a day.\n") == [("Kites", "On kites."), ("May 5", "On a day.")]


@pytest.mark.parametrize("header", [GLUED, SPACED])
def test_windows_line_ends_are_no_part_of_the_text(header: str) -> None:
    page = f"{header}Kites\nOn kites.\n".replace("\n", "\r\n")
    assert pairs(page) == [("Kites", "On kites.")]


@pytest.mark.parametrize("header", [GLUED, SPACED])
def test_a_byte_order_mark_is_passed_over(header: str) -> None:
    assert pairs(b"\xef\xbb\xbf" + f"{header}Kites\nOn kites.\n".encode()) == [("Kites", "On kites.")]


def test_a_byte_order_mark_in_front_of_subscribe_does_not_hide_it() -> None:
    assert pairs("\ufeffSubscribeKites\nOn kites.\n") == [("Kites", "On kites.")]


def test_the_last_abstract_may_lack_its_line_end() -> None:
    assert pairs(f"{GLUED}Kites\nOn kites.") == [("Kites", "On kites.")]


def test_blank_lines_stand_anywhere() -> None:
    assert pairs(f"\n  \n{GLUED}Kites\n\n\t\n\nOn kites.\n\n\n \n") == [("Kites", "On kites.")]


def test_texts_stay_character_for_character() -> None:
    title, abstract = "  Kites\u00a0& Sails ", "\tOn  kites;\u2028 76\\% and \x0b“sails” e\u0301. "
    assert pairs(f"{GLUED}{title}\n{abstract}\n") == [(title, abstract)]


def test_a_title_without_an_abstract_is_a_bad_input() -> None:
    papers = read(f"{GLUED}Kites\nOn kites.\nSails\n")
    assert isinstance(papers[0], Abstract)
    assert isinstance(papers[1], BadInput)
    assert (papers[1].line, papers[1].source.index) == (5, 1)


def test_a_wrong_byte_costs_its_paper_and_no_other() -> None:
    page = f"{GLUED}Kites\nOn kites.\nSails\nOn ".encode() + b"s\xff\xfels.\nMasts\nOn masts.\n"
    first, second, third = read(page)
    assert isinstance(first, Abstract)
    assert isinstance(second, BadInput)
    assert isinstance(third, Abstract)
    assert (second.line, second.source.index, third.source.index) == (6, 1, 2)
    second.message.encode("ascii")


def test_a_wrong_byte_in_a_title_is_found_on_the_line_of_the_title() -> None:
    (paper,) = read(GLUED.encode() + b"K\xefte\nOn kites.\n")
    assert isinstance(paper, BadInput)
    assert paper.line == 3


def test_ids_and_places_are_filled_in() -> None:
    first, second = read(f"{GLUED}Kites\nOn kites.\nSails\nOn sails.\n")
    assert isinstance(first, Abstract)
    assert isinstance(second, Abstract)
    assert first.id == Abstract(title="Kites", abstract="On kites.").id
    assert (second.source.path, second.source.index, second.metadata) == ("page.txt", 1, {})


def test_a_page_without_papers_holds_none() -> None:
    assert read(SPACED) == []


@pytest.mark.parametrize("text", ["", "Kites\nOn kites.\n", '{"title": "Kites", "abstract": "On kites."}\n'])
def test_a_text_without_the_header_is_no_page(text: str) -> None:
    with pytest.raises(InputError, match=r"page\.txt: no page of trending papers"):
        read(text)


line = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1).filter(str.strip)
papers_of_a_page = st.lists(st.tuples(line, line), max_size=5)


@given(papers_of_a_page)
def test_what_is_written_on_a_page_is_read_from_it(papers: list[tuple[str, str]]) -> None:
    body = "\n".join(text for paper in papers for text in paper)
    assert pairs(f"{GLUED}{body}\n") == papers


@given(st.binary())
def test_no_bytes_raise_anything_but_an_input_error(body: bytes) -> None:
    for paper in read(GLUED.encode() + body):
        assert paper.source.path == "page.txt"
