"""What looks like a name, number, link or quote of the text is none: what is written is the text's own."""

from __future__ import annotations

from typing import Any

import pytest

from absextract import validate

TEXT = (
    "We use Foo (a method) for continual learning. It reaches 91.3% accuracy on SQuAD 2.0 and F1 on C++; see R&D "
    "methods and O'Neil. Code (the whole): https://github.com/a/b."
)


def tasks_of(value: str) -> tuple[list[str], list[tuple[str, str]]]:
    record: Any = validate({"tasks": [value]}, TEXT)
    return record.extraction.tasks, [(TEXT[g.start : g.end], g.match) for g in record.grounding]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("SQuAD\u2060 2.0", "SQuAD 2.0"), ("SQu\u200bAD 2.0", "SQuAD 2.0"), ("\ufeffFoo", "Foo"), ("F\u00adoo", "Foo"),
        ("Ｆ１", "F1"), ("Ｆｏｏ", "Foo"), ("𝐅𝐨𝐨", "Foo"), ("Foo\u0301", "Foo"),
        ("continual\u3000learning", "continual learning"), ("continual\tlearning", "continual learning"),
        ("SQuAD\r\n2.0", "SQuAD 2.0"), ("\nFoo", "Foo"),
        ("\u200b", None),
    ],
)  # fmt: skip
def test_a_name_in_disguise_is_written_as_the_text_has_it(value: str, written: str | None) -> None:
    tasks, support = tasks_of(value)
    assert tasks == ([written] if written else [])
    assert support == ([(written, "normalized")] if written else [])


@pytest.mark.parametrize(
    "value",
    [
        "https://github.com/ a/b", "https: //github.com/a/b", "https://github.com/a/b.", "https://github.com/a/b)",
        "https://github.com/\u200ba/b", "http\ns://github.com/a/b", "https://github.com/a/b",
    ],
)  # fmt: skip
def test_a_url_is_kept_so_that_it_can_be_opened(value: str) -> None:
    record: Any = validate({"code_url": value}, TEXT)
    assert record.extraction.code_url == "https://github.com/a/b"
    (place,) = record.grounding
    expected = "exact" if value == "https://github.com/a/b" else "normalized"
    assert (TEXT[place.start : place.end], place.match) == ("https://github.com/a/b", expected)


@pytest.mark.parametrize("value", ["foo", "continual-learning", "c++", "O’Neil", "SQuAD\u00a02.0", "R & D method"])
def test_other_ordinary_spellings_stay_as_they_were_said(value: str) -> None:
    assert tasks_of(value)[0] == [value]


@pytest.mark.parametrize(
    "value",
    [
        " use==&", "use==&", ").}", " ).}", "Foo).}", "{Foo", "Foo 😀", "continual 😀 learning", "F\x00oo", "Foo\x00",
        "methods\x00", "continual\x00learning", "\u202econtinual learning", "continual\u202e learning",
        "continual learning\U000e0041", "continual; learning", "continual==learning", "methods!", "methods).",
        "Fоо", "--", "()", "continual .,: learning", "continual\x1flearning", "continual | learning",
    ],
)  # fmt: skip
def test_signs_that_the_text_does_not_have_are_refused(value: str) -> None:
    assert tasks_of(value) == ([], [])


@pytest.mark.parametrize(
    "value",
    ["٩١.٣%", "91٫3%", "\x0091.3%", "91.3\x1c%", "91.3\t%", "91.3%).}", "((91.3%", "91.3%]", "९१.३%"],
)  # fmt: skip
def test_a_score_is_written_without_what_is_none_of_it(value: str) -> None:
    result = {"score": value, "kind": "value", "evidence": "It reaches 91.3% accuracy"}
    record: Any = validate({"results": [result]}, TEXT)
    assert [kept.score for kept in record.extraction.results] in (["91.3%"], [])


@pytest.mark.parametrize("value", ["(91.3%)", "~91.3%", "91.3 %", "91.3\\%"])
def test_a_score_in_other_clothes_stays_as_it_was_said(value: str) -> None:
    result = {"score": value, "kind": "value", "evidence": "It reaches 91.3% accuracy"}
    record: Any = validate({"results": [result]}, TEXT)
    assert [kept.score for kept in record.extraction.results] == [value]


def test_a_score_a_quote_and_a_link_in_disguise_too() -> None:
    result = {"score": "９１.3%", "kind": "value", "evidence": "It reaches 91.3% ａccuracy on SQuAD\u2060 2.0"}
    record: Any = validate(
        {"results": [result], "links": [{"url": "https://github.com/a/b\u200b", "kind": "code"}]}, TEXT
    )
    [kept] = record.extraction.results
    assert (kept.score, kept.evidence) == ("91.3%", "It reaches 91.3% accuracy on SQuAD 2.0")
    assert [link.url for link in record.extraction.links] == ["https://github.com/a/b"]
    assert {place.match for place in record.grounding} == {"normalized"}
