"""URLs as they stand in running text, and when two are the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from absextract.text.urls import canonical_url, find_urls, plain_url, possible_urls
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
        (r"https://a.com/b\_c", ["https://a.com/b_c"]),
        ("[code](https://a.com/x).", ["https://a.com/x"]),
        ("<https://a.com/x>", ["https://a.com/x"]),
        ("`https://a.com/x`", ["https://a.com/x"]),
        ("“https://a.com/x”", ["https://a.com/x"]),
        ("https://a.com/x’s page", ["https://a.com/x"]),
        ("https://a.com/x,https://b.com/y;https://c.com", ["https://a.com/x", "https://b.com/y", "https://c.com"]),
        ("https: //github.com/a/b is", ["https://github.com/a/b"]),
        ("see github.com/a/b.", ["github.com/a/b"]),
        ("see GitHub.Com/a/b.", ["GitHub.Com/a/b"]),
        ("at huggingface. co/ann/kite, and", ["huggingface.co/ann/kite"]),
        ("www.kite-lab.org, then", ["www.kite-lab.org"]),
        ("at kite.github.io.", ["kite.github.io"]),
        ("HTTPS://A.COM/X", ["HTTPS://A.COM/X"]),
        ("https://a.com/x?y=1&z=2#f.", ["https://a.com/x?y=1&z=2#f"]),
        ("https://a.com/b\nnext", ["https://a.com/b"]),
        ("https://a.com/b/\nkite.", ["https://a.com/b/kite"]),
        ("https://a.com/b/\nkite/x is", ["https://a.com/b/kite/x"]),
        ("https://a.com/long- \r\n name_2, and", ["https://a.com/long-name_2"]),
        ("https://a.com/b/\nNext comes", ["https://a.com/b/"]),
        ("https://a.com/b/ kite.", ["https://a.com/b/"]),
        (r"at a.org/$\sim$ann/p.", ["a.org/~ann/p"]),
        (r"at https://a.org/\~{}ann.", ["https://a.org/~ann"]),
        ("https://a.com and https://b.com", ["https://a.com", "https://b.com"]),
        ("mail ann@kite.org/x", []),
        ("e.g.it is", []),
        ("sentence ends.In summary", []),
        ("https://", []),
        ("node.js/vue.js", []),
        ("HTTP:/.0 and HTTP/2 // x", []),
        ("https://a.com/v1.0/x.", ["https://a.com/v1.0/x"]),
        ("https://a.com/kite.js.", ["https://a.com/kite.js"]),
        ("https://a.com/kite...", ["https://a.com/kite"]),
        ("https://a.com/kite.We show", ["https://a.com/kite"]),
        ("https://a.com/x.https://b.com", ["https://a.com/x", "https://b.com"]),
        ("GitHub.com/ann/kite is", ["GitHub.com/ann/kite"]),
        ("data.kite-lab.ac.uk/x holds", ["data.kite-lab.ac.uk/x"]),
        ("weights: Hub.Kite-Lab.com.", ["Hub.Kite-Lab.com"]),
        ("The page is at KiteBench.org.", ["KiteBench.org"]),
        ("available at KiteBench.com.", ["KiteBench.com"]),
        ("mail ann@hub.kites.com, bob@KiteBench.org", []),
        ("torch.nn.functional, U.S., i.e. it", []),
        ("via ftp://a.com/x", []),
    ],
)
def test_finds_urls(text: str, urls: list[str]) -> None:
    assert [found.url for found in find_urls(text)] == urls


@pytest.mark.parametrize("sign", "。，；：、）」》】』！？…—〉〕～・「（←→✓")
def test_full_width_signs_end_a_url(sign: str) -> None:
    assert [found.url for found in find_urls(f"代码：https://a.com/kite{sign}其他")] == ["https://a.com/kite"]
    assert plain_url(f"https://a.com/kite{sign}") in ("https://a.com/kite", f"https://a.com/kite{sign}")


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("代码在github.com/ann/kite上公开", ["github.com/ann/kite"]),
        ("コードはhttps://a.com/kiteで公開", ["https://a.com/kite"]),
        ("코드는 https://a.com/kite에서 볼 수 있다", ["https://a.com/kite"]),
        ("โค้ดอยู่ที่https://a.com/kiteและ", ["https://a.com/kite"]),
        ("见《https://a.com/x》、www.b.org/y，以及kite.org。", ["https://a.com/x", "www.b.org/y", "kite.org"]),
        ("代码：https：//github.com/ ann/kite；数据", ["https://github.com/ann/kite"]),
    ],
)
def test_scripts_without_blanks_between_words(text: str, urls: list[str]) -> None:
    assert [found.url for found in find_urls(text)] == urls


@pytest.mark.parametrize(
    "text", ["reviews from Kites.com are", "We introduce KiteMind.ai as", "work at Kites.com, a firm"]
)
def test_a_host_that_may_be_a_mere_name(text: str) -> None:
    assert find_urls(text) == ()
    assert [text[u.start : u.end] == u.url for u in possible_urls(text)] == [True]


def test_a_name_in_capitals_is_no_host() -> None:
    assert (find_urls("We ask KiteMind.AI as"), possible_urls("We ask KiteMind.AI as")) == ((), ())


@pytest.mark.parametrize(
    "other",
    [
        "http://github.com/ann/kite", "github.com/ann/kite", "https://www.github.com/ann/kite", "https://GitHub.com/ann/kite",
        "https://github.com/ann/kite/", "https://github.com/ann/kite.git", "https://github.com:443/ann/kite",
        "https://github.com/ann/%6Bite", "https: //github.com/ann/kite", "https://github.com/ ann/kite",
        "http//github.com/ann/kite", "https://github.com/ann/kite.", "https://github.com/ann/kite)",
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
    assert all(plain_url(text[u.start : u.end]) == u.url for u in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for url in found:
        assert isinstance(canonical_url(url.url), str)
