"""A link is one of the text's URLs, whole."""

from __future__ import annotations

import pytest

from absextract.validation.links import check_link
from absextract.validation.source_text import SourceText
from absextract.validation.verdicts import Problem, Support

TEXT = "Code is at https://github.com/ann/kite-v2. Data: www.kite.org/data_1."


@pytest.mark.parametrize(
    ("url", "match"),
    [
        ("https://github.com/ann/kite-v2", "exact"),
        ("http://github.com/ann/kite-v2", "normalized"),
        ("https://github.com/ann/kite-v2/", "normalized"),
        ("github.com/ann/kite-v2.git", "normalized"),
        ("https://www.GitHub.com/ann/kite-v2", "normalized"),
        ("https://kite.org/data_1", "normalized"),
        (r"www.kite.org/data\_1", "normalized"),
    ],
)
def test_supported(url: str, match: str) -> None:
    verdict = check_link(url, SourceText("", TEXT), None)
    assert isinstance(verdict, Support)
    assert verdict.match == match


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/bob/kite-v2", "https://github.com/ann/kite", "https://github.com/ann/kite-v3",
        "https://github.com/ann/kite-v2/tree/main", "https://github.com/ann", "https://gitlab.com/ann/kite-v2",
        "https://github.com", "github", "", "https://github.com/ann/kite-v2?x=1", "https://kite.org", "http://[::1",
        "https://ann@github.com/ann/kite-v2", "https://github.io/ann/kite-v2",
    ],
)  # fmt: skip
def test_not_supported(url: str) -> None:
    verdict = check_link(url, SourceText("", TEXT), None)
    assert isinstance(verdict, Problem)
    assert verdict.code == "url_not_in_source"


BROKEN = (
    "Code: https://github.com/ ann/kite_ net. Data: www.kites. org/winds. Page: https://ann.github. io/kite-\nnet, "
    "of KiteMind.ai"
)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/ann/kite_net", "https://github.com/ ann/kite_ net", "github.com/ann/kite_net.git",
        "https://github.com/ann/kite_net.", "www.kites.org/winds", "www.kites. org/winds", "https://kites.org/winds/",
        "https://ann.github.io/kite-net", "https://ann.github. io/kite-\nnet", "https://ann.github.io/kitenet",
        "KiteMind.ai",
    ],
)  # fmt: skip
def test_a_broken_url_is_supported_mended_and_as_it_stands(url: str) -> None:
    source = SourceText("", BROKEN)
    for code in (False, True):
        assert isinstance(check_link(url, source, None, code=code and "github.com" in url), Support)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/", "https://github.com", "https://github.com/ann", "https://github.com/ann/kite_",
        "github.com/ann/kite",
        "https://github.com/ann/kite_net/x", "https://github.com/ann/kite_net.Data", "www.kites", "https://www.kites.",
        "org/winds", "https://ann.github", "https://github.io/kite-net", "https://ann.github.io/kite-", "https://ann.github.io",
        "ann/kite_net", "https://mind.ai",
    ],
)  # fmt: skip
def test_half_a_broken_url_is_not_supported(url: str) -> None:
    assert isinstance(check_link(url, SourceText("", BROKEN), None), Problem)


def test_a_name_that_is_a_host_as_well_may_be_claimed_and_need_not() -> None:
    source = SourceText("", "Reviews of Kites.com are used. Code: https://github.com/ann/kite")
    assert isinstance(check_link("https://kites.com", source, None, code=True), Support)
    assert [found.url for _, found in source.urls] == ["https://github.com/ann/kite"]


def test_text_without_urls_says_so() -> None:
    verdict = check_link("https://a.com", SourceText("", "No link here."), None)
    assert verdict == Problem("url_not_in_source", "the text holds no URL")


TWO = "The {thing} are at https://kite.example.org/x and the {other} at https://crow.example.org/y."


@pytest.mark.parametrize(
    ("thing", "other", "supported"),
    [
        ("videos", "code", False),
        ("questions", "training scripts", False),
        ("code", "videos", True),
        ("code and data", "implementation of Crow", True),
        ("files", "data", True),
    ],
)
def test_code_is_where_the_text_has_it(thing: str, other: str, supported: bool) -> None:
    source = SourceText("", TWO.format(thing=thing, other=other))
    verdict = check_link("https://kite.example.org/x", source, None, code=True)
    assert isinstance(verdict, Support) is supported
    assert isinstance(check_link("https://kite.example.org/x", source, None), Support)
    if isinstance(verdict, Problem):
        assert (verdict.code, "https://crow.example.org/y" in verdict.message) == ("binding_conflict", True)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Code: https://kite.example.org/x and https://crow.example.org/y.", "https://crow.example.org/y"),
        ("See https://github.com/ann/kite. Code for the figures: https://crow.example.org/y.", "https://github.com/ann/kite"),
        ("Code: https://kite.example.org/x. Again: kite.example.org/x", "kite.example.org/x"),
        ("https://kite.example.org/x (code), https://crow.example.org/y (data)", "kite.example.org/x"),
        ("See https://kite.example.org/x for our code (data from https://crow.example.org/y).", "kite.example.org/x"),
        ("https://kite.example.org/x hosts our code; https://crow.example.org/y hosts the data.", "kite.example.org/x"),
        ("Our page kite.example.org/x has code, and the demo is https://crow.example.org/y", "kite.example.org/x"),
        ("All is at https://kite.example.org/x, with the code of https://crow.example.org/y.", "kite.example.org/x"),
        ("Code and models: https://kite.example.org/x / https://crow.example.org/y", "crow.example.org/y"),
    ],
)  # fmt: skip
def test_what_may_well_be_code_is_not_blamed(text: str, url: str) -> None:
    assert isinstance(check_link(url, SourceText("", text), None, code=True), Support)


@pytest.mark.parametrize(
    "text",
    [
        "https://kite.example.org/x (code), https://crow.example.org/y (data)",
        "https://kite.example.org/x hosts our code; https://crow.example.org/y hosts the data.",
        "Demo at https://crow.example.org/y, see our repo https://github.com/ann/kite",
        "Data https://crow.example.org/y, and https://github.com/ann/kite",
    ],
)
def test_what_is_plainly_something_else_is_no_code(text: str) -> None:
    verdict = check_link("crow.example.org/y", SourceText("", text), None, code=True)
    assert isinstance(verdict, Problem)


def test_a_link_in_markdown() -> None:
    source = SourceText("", "[https://kite.example.org/x](https://kite.example.org/x) has it")
    assert isinstance(check_link("https://kite.example.org/x", source, None), Support)
