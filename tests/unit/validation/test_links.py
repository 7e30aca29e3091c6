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


def test_text_without_urls_says_so() -> None:
    verdict = check_link("https://a.com", SourceText("", "No link here."), None)
    assert verdict == Problem("url_not_in_source", "the text holds no URL")
