"""URLs as they stand in running text, and when two are the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from absextract.text.urls import canonical_url, find_urls
from strategies import TEXTS


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Code: https://github.com/ann/kite.", ["https://github.com/ann/kite"]),
        ("(https://a.com/x)", ["https://a.com/x"]),
        ("(https://a.com/x(y)).", ["https://a.com/x(y)"]),
        ("https://a.com/" + ")" * 9, ["https://a.com/"]),
        (r"\url{https://a.com/b_c}", ["https://a.com/b_c"]),
        (r"\href{https://a.com}{here}", ["https://a.com"]),
        (r"https://a.com/b\_c", [r"https://a.com/b\_c"]),
        ("[code](https://a.com/x).", ["https://a.com/x"]),
        ("<https://a.com/x>", ["https://a.com/x"]),
        ("`https://a.com/x`", ["https://a.com/x"]),
        ("“https://a.com/x”", ["https://a.com/x"]),
        ("https://a.com/x’s page", ["https://a.com/x"]),
        ("https://a.com/x,https://b.com/y;https://c.com", ["https://a.com/x", "https://b.com/y", "https://c.com"]),
        ("https: //github.com/a/b is", ["https: //github.com/a/b"]),
        ("see github.com/a/b.", ["github.com/a/b"]),
        ("www.kite-lab.org, then", ["www.kite-lab.org"]),
        ("at kite.github.io.", ["kite.github.io"]),
        ("HTTPS://A.COM/X", ["HTTPS://A.COM/X"]),
        ("https://a.com/x?y=1&z=2#f.", ["https://a.com/x?y=1&z=2#f"]),
        ("https://a.com/b\nnext", ["https://a.com/b"]),
        ("https://a.com/b/\nkite.", ["https://a.com/b/\nkite"]),
        ("https://a.com/b/\nkite/x is", ["https://a.com/b/\nkite/x"]),
        ("https://a.com/long- \r\n name_2, and", ["https://a.com/long- \r\n name_2"]),
        ("https://a.com/b/\nNext comes", ["https://a.com/b/"]),
        ("https://a.com/b/ kite.", ["https://a.com/b/"]),
        (r"at a.org/$\sim$ann/p.", [r"a.org/$\sim$ann/p"]),
        (r"at https://a.org/\~{}ann.", [r"https://a.org/\~{}ann"]),
        ("https://a.com and https://b.com", ["https://a.com", "https://b.com"]),
        ("mail ann@kite.org/x", []),
        ("e.g.it is", []),
        ("sentence ends.In summary", []),
        ("https://", []),
        ("node.js/vue.js", []),
    ],
)
def test_finds_urls(text: str, urls: list[str]) -> None:
    assert [found.url for found in find_urls(text)] == urls


@pytest.mark.parametrize(
    "other",
    [
        "http://github.com/ann/kite", "github.com/ann/kite", "https://www.github.com/ann/kite", "https://GitHub.com/ann/kite",
        "https://github.com/ann/kite/", "https://github.com/ann/kite.git", "https://github.com:443/ann/kite",
        "https://github.com/ann/%6Bite", "https: //github.com/ann/kite",
    ],
)  # fmt: skip
def test_same_resource(other: str) -> None:
    assert canonical_url(other) == canonical_url("https://github.com/ann/kite")


@pytest.mark.parametrize(
    "other",
    [
        "https://github.com/ann/kite-v2", "https://github.com/ann/kit", "https://github.com/ann", "https://github.com/bob/kite",
        "https://gitlab.com/ann/kite", "https://github.com/ann/kite/tree/main", "https://github.com/ann/Kite",
        "https://github.com/ann/kite?x=1", "https://github.com/ann/kite#readme", "https://github.com:8443/ann/kite",
        "https://ann@github.com/ann/kite", "https://github.com.evil.io/ann/kite", "https://github.com/ann/kite%23readme",
        "ftp://github.com/ann/kite", "",
    ],
)  # fmt: skip
def test_another_resource(other: str) -> None:
    assert canonical_url(other) != canonical_url("https://github.com/ann/kite")


@pytest.mark.parametrize(
    "written",
    [
        r"https://a.org/$\sim$ann/p",
        r"https://a.org/\~ann/p",
        r"a.org/\textasciitilde{}ann/p",
        "https://a.org/~ann/\n p",
    ],
)
def test_the_same_with_a_latex_tilde_or_a_line_break(written: str) -> None:
    assert canonical_url(written) == canonical_url("https://a.org/~ann/p")


def test_escaped_hash_is_no_fragment() -> None:
    assert canonical_url("https://a.com/x%23y") != canonical_url("https://a.com/x#y")


@pytest.mark.parametrize("url", ["http://[::1", "https://a.com:port/x", "https://a.com/\ud800", "\\_", "https://[x]/y"])
def test_canonical_form_of_broken_urls(url: str) -> None:
    assert isinstance(canonical_url(url), str)


@given(TEXTS)
def test_never_raises_and_spans_are_ordered_and_in_bounds(text: str) -> None:
    found = find_urls(text)
    assert all(text[u.start : u.end] == u.url for u in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for url in found:
        assert isinstance(canonical_url(url.url), str)
