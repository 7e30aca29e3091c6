"""URLs that a blank or the end of a line breaks are found whole, and no ordinary word is taken for a part of one."""

from __future__ import annotations

import pytest

from absextract.text.urls import canonical_url, canonical_urls, find_urls
from work import calls_of

WHOLE = "https://github.com/wren-lab/kite_net-v1.2"


@pytest.mark.parametrize("break_", [" ", "  ", "\n", " \r\n", "\u00a0", "\n    "])
@pytest.mark.parametrize("place", [place for place, sign in enumerate(WHOLE, 1) if sign in "/._-:"])
@pytest.mark.parametrize("behind", ["", ".", " for more.", ", and the data", ") has it"])
def test_a_break_anywhere_between_its_parts(place: int, break_: str, behind: str) -> None:
    written = WHOLE[:place] + break_ + WHOLE[place:]
    text = f"Code is at {written}{behind}"
    if written.endswith(f"1.{break_}2") and behind == " for more.":
        return  # this may be the end of a sentence and a number
    (found,) = find_urls(text)
    assert (found.url, text[found.start : found.end]) == (WHOLE, written)
    assert canonical_url(written) == canonical_url(WHOLE)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https: //github. com/ wren/ kite_ net", "https://github.com/wren/kite_net"),
        ("https : // github.com/wren/kite", "https://github.com/wren/kite"),
        ("https://github.com / wren / kite", "https://github.com/wren/kite"),
        ("https\u200b:\u200b//github.com/wren/kite", "https://github.com/wren/kite"),
        ("https:/ /github.com/wren/kite", "https://github.com/wren/kite"),
        ("https:/github.com/wren/kite", "https://github.com/wren/kite"),
        ("http//github.com/wren/kite", "http://github.com/wren/kite"),
        ("https//github.com/wren/kite", "https://github.com/wren/kite"),
        ("http s://github.com/wren/kite", "https://github.com/wren/kite"),
        ("https://github.com /wren/kite", "https://github.com/wren/kite"),
        ("https://github.com/wren\n/kite", "https://github.com/wren/kite"),
        ("https://github .com/wren/kite", "https://github.com/wren/kite"),
        ("https://git-\nhub.com/wren/kite", "https://github.com/wren/kite"),
        ("https://github.com/wren-\nlab/kite", "https://github.com/wren-lab/kite"),
        ("https://github.com/wren/\u200bkite", "https://github.com/wren/kite"),
        ("https://github.com/wren/ki\u00ad\nte", "https://github.com/wren/kite"),
        ("https://github.com/wren -lab/kite", "https://github.com/wren-lab/kite"),
        ("https://github.com/wren _lab/kite", "https://github.com/wren_lab/kite"),
        ("github. com/wren/kite", "github.com/wren/kite"),
        ("github .com/wren/kite", "github.com/wren/kite"),
        ("www. kites.org/x", "www.kites.org/x"),
        ("www.kites. org/x", "www.kites.org/x"),
        ("wren-lab. github.io/kite", "wren-lab.github.io/kite"),
        ("https://wren-lab. github.io", "https://wren-lab.github.io"),
        ("https://wren-lab.github. io/kite", "https://wren-lab.github.io/kite"),
        ("https://wren- lab.github.io/kite", "https://wren-lab.github.io/kite"),
        ("https://gitlab. kites.fr/wren/kite", "https://gitlab.kites.fr/wren/kite"),
        ("http://www.kites.ac. uk/x", "http://www.kites.ac.uk/x"),
        ("https://huggingface.co/datasets/ wren/gusts", "https://huggingface.co/datasets/wren/gusts"),
        ("https://huggingface. co/wren/kite", "https://huggingface.co/wren/kite"),
        ("https://doi.org/ 10.5281/zenodo.42", "https://doi.org/10.5281/zenodo.42"),
        ("https://sites.google. com/view/kite", "https://sites.google.com/view/kite"),
        ("https://sites.google.com/view/ kite", "https://sites.google.com/view/kite"),
        ("https://anonymous.4open.science/r/ kite-1A", "https://anonymous.4open.science/r/kite-1A"),
        ("https://github.com/wren/kite/ tree/main/string_1", "https://github.com/wren/kite/tree/main/string_1"),
        ("https://github.com/wren/kite/tree/ main/strings", "https://github.com/wren/kite/tree/main/strings"),
        ("https://kites.org/winds/ gusts/1.html", "https://kites.org/winds/gusts/1.html"),
        ("https://kites.org/winds. html", "https://kites.org/winds.html"),
        ("https://kites.org/x?id= k1", "https://kites.org/x?id=k1"),
        ("https://kites.org/ ~wren/x", "https://kites.org/~wren/x"),
        ("https://github.com/wren/ KiteNet", "https://github.com/wren/KiteNet"),
        ("https://github.com/wren/ Kite-Nets-in-Wind", "https://github.com/wren/Kite-Nets-in-Wind"),
    ],
)
def test_found_whole_and_mended(written: str, url: str) -> None:
    for text in (f"See {written}.", f"({written})", rf"\url{{{written}}} is"):
        (found,) = find_urls(text)
        assert (found.url, text[found.start : found.end]) == (url, written)


def test_letters_before_the_scheme_that_were_lost() -> None:
    assert [found.url for found in find_urls("available at://github.com/wren/kite.")] == ["github.com/wren/kite"]


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/wren/kite", "https://github.com/wren/kite/", "https://github.com/wren/", "https://github.com/",
        "https://wren-lab.github.io/", "https://kites.org", "https://kites.org/winds/", "https://kites.org/winds",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "behind",
    [
        " for code", " We show that", " and/or elsewhere", ". We show", " . It is", ".\nOur", "\nWe show",
        "\n\nnext/part",
        " - a kite", " including data", " (the data", " which is", " Experiments on gusts show", " Recently, gusts",
        " Keywords: kites", " Multi-Task Learning (MTL) is", " 2 pages",
        " 34th", " 1 .", " $x$ is", " publicly available",
        " https://b.com", " b.org/x", " and https://b.com/y", " arXiv:1234.56789", " upon acceptance.", ", then",
        ". kNN is", " – a kite", " Kites and gusts",
    ],
)  # fmt: skip
def test_an_ordinary_next_word_is_not_swallowed(url: str, behind: str) -> None:
    assert find_urls(f"It is at {url}{behind}")[0].url == url


@pytest.mark.parametrize(
    "text",
    [
        "https://kites.org/ State-of-the-art results", "https://kites.org/ input/output pairs",
        "https://kites.org/ 24/7 help", "https://kites.org/ kite.", "https://kites.org/. com is",
        "https://github.com/wren/kite/ code/data are",
    ],
)  # fmt: skip
def test_what_only_looks_a_little_like_a_path(text: str) -> None:
    assert find_urls(text)[0].end == text.index(" ") - text.startswith("https://kites.org/. ")


def test_a_hyphen_at_the_end_of_a_line_may_be_part_of_the_url_or_not() -> None:
    assert canonical_urls("https://a.com/kite-\nnet") == {"a.com/kite-net", "a.com/kitenet"}
    assert canonical_urls("https://a.com/kite-net") == {"a.com/kite-net"}


@pytest.mark.parametrize(
    "piece",
    [
        "http://", "https://a.com/ ", "https://github.com/a/ b/ ", "https://a.com/x- ", "https://a.org/x_ y_ ",
        "a.b.org ", "www . ", "x. com/a ", "x. github.io ", "https://git- ", "- ", "a.- ", ": / ", "github. com ",
        "https://a.b/\u00ad ",
    ],
)  # fmt: skip
def test_hostile_texts_take_linear_time(piece: str) -> None:
    text = "https://" + piece * (100_000 // len(piece))
    assert calls_of(lambda: find_urls(text)) < 40 * len(text)
    assert calls_of(lambda: canonical_urls(text)) < 40 * len(text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Code: https://git hub.com/tide-lab/mussel.", "https://github.com/tide-lab/mussel"),
        ("See https://tide-lab. github. io/mussel/ now.", "https://tide-lab.github.io/mussel/"),
        ("See https://tide.example.org/a– our page.", "https://tide.example.org/a"),
        ("See https://github.com/tide\u200e-lab/mus\u202asel.", "https://github.com/tide-lab/mussel"),
    ],
)
def test_a_url_broken_within_the_name_of_its_host_or_by_marks_is_mended(text: str, url: str) -> None:
    assert [found.url for found in find_urls(text)] == [url]


def test_an_ordinary_word_behind_a_code_host_names_nothing() -> None:
    assert [found.url for found in find_urls("Shared through https://gitlab.com/ repositories.")] == [
        "https://gitlab.com/"
    ]


@pytest.mark.parametrize(
    "whole",
    [
        "https://github.com/wren/kite",
        "https://wren-lab.github.io/kite",
        "https://huggingface.co/wren/kite",
        "https://kites.org/a",
    ],
)
@pytest.mark.parametrize("break_", [" ", "\n"])
def test_a_break_within_the_host_of_an_address(whole: str, break_: str) -> None:
    host_end = whole.find("/", len("https://"))
    for place in range(len("https://") + 1, host_end):
        if whole == "https://kites.org/a" and place >= whole.index("."):
            continue  # "https://kites.or" may be whole
        written = whole[:place] + break_ + whole[place:]
        assert [url.url for url in find_urls(f"Code is at {written}.")] == [whole]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Code is available1github.com/wren/kite.", "github.com/wren/kite"),
        ("Code is here 2www.kites.org/a", "www.kites.org/a"),
        ("Code is here1https://github.com/wren/kite", "https://github.com/wren/kite"),
    ],
)
def test_the_digit_of_a_footnote_is_no_part_of_a_url(text: str, url: str) -> None:
    assert [found.url for found in find_urls(text)] == [url]


@pytest.mark.parametrize(
    ("behind", "whole"), [("kite _net", "kite_net"), ("kite _net, as said", "kite_net"), ("kite _for free_.", "kite")]
)
def test_a_word_with_a_low_line_before_it(behind: str, whole: str) -> None:
    (found,) = find_urls(f"Code: https://github.com/wren/{behind}")
    assert found.url == f"https://github.com/wren/{whole}"
