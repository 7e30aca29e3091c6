from __future__ import annotations

import pytest

from absextract.extractors.builtin import fill_paper
from absextract.schema.paper import PaperExtraction
from absextract.validation.validator import review


def fill(abstract: str) -> PaperExtraction:
    return fill_paper("A title", abstract)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Our code is available at https://github.com/acme/kite.", "code"),
        ("The implementation can be found at https://kite.example.org/code.", "code"),
        ("Project page: https://acme.github.io/kite/.", "project"),
        ("Code and videos are on our project page https://acme.github.io/kite.", "code"),
        ("We publish the dataset at https://huggingface.co/datasets/acme/kite.", "data"),
        ("The weights are at https://huggingface.co/acme/kite-7b.", "model"),
        ("A demo is shown at https://youtu.be/abcdef.", "demo"),
        ("Code and a demo: https://huggingface.co/spaces/acme/kite.", "code"),
        ("We open-source our framework at https://kites.example.org.", "code"),
        ("Our experiments can be repeated with https://git.example.edu/acme/kite.", "code"),
        ("We keep a list of the surveyed papers at https://github.com/acme/awesome-kites.", "other"),
        ("We curate the relevant literature at https://github.com/acme/kites.", "other"),
        ("Surveyed papers are listed at https://github.com/acme/kites.", "other"),
        ("We curate works of art and release our model at https://github.com/acme/kites.", "code"),
        ("All materials of this survey are released at https://github.com/acme/awesome-kites.", "code"),
    ],
)
def test_the_words_about_a_url_and_its_host_give_its_kind(sentence: str, kind: str) -> None:
    assert [link.kind for link in fill(f"We study kites. {sentence}").links] == [kind]


def test_urls_of_the_title_are_links_too_and_come_first() -> None:
    kite, crow = "https://github.com/acme/kite", "https://github.com/acme/crow"
    links = fill_paper(f"Kite: code at {kite}", f"Our code is at {crow}, also at {kite}.").links
    assert [(link.url, link.kind) for link in links] == [(kite, "code"), (crow, "code")]


def test_two_urls_of_one_sentence_have_each_their_own_kind() -> None:
    links = fill("Project page: https://acme.github.io/kite, code: https://github.com/acme/kite.").links
    assert [(link.url, link.kind) for link in links] == [
        ("https://acme.github.io/kite", "project"),
        ("https://github.com/acme/kite", "code"),
    ]


def test_a_project_page_that_holds_the_code_is_the_code_url() -> None:
    filled = fill("We fly kites. Code and data: https://kites.example.org/fly.")
    assert filled.code_url == "https://kites.example.org/fly"


def test_a_list_of_papers_is_no_code() -> None:
    assert fill("We maintain a list of papers at https://github.com/acme/kite-survey.").code_url is None


def test_a_url_given_twice_is_listed_once() -> None:
    links = fill("Code: https://github.com/acme/kite. Again: https://github.com/acme/kite.").links
    assert [link.url for link in links] == ["https://github.com/acme/kite"]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Our code is at github.com/acme/kite (https://github.com/acme/kite).", ["https://github.com/acme/kite"]),
        (
            "See https://github.com/acme/kite/ and http://www.github.com/acme/kite.git.",
            ["https://github.com/acme/kite/"],
        ),
        ("Code: https://github.com/ acme/kite. Again: https://github.com/acme/kite.", ["https://github.com/acme/kite"]),
    ],
)
def test_one_resource_in_two_spellings_is_one_link(text: str, urls: list[str]) -> None:
    filled = fill(text)
    assert ([link.url for link in filled.links], filled.code_url) == (urls, urls[0])


def test_a_broken_url_comes_out_openable_and_is_grounded_as_it_stands() -> None:
    text = "We fly kites. Code: https://acme-lab. github.io/kite_\nnet, https: //github.com/ acme/kite-net, 见https://kites.org/x。"
    filled = review(fill(text), "A title", text)
    assert filled.findings == ()
    links = [link.url for link in filled.extraction.links]
    assert links == ["https://acme-lab.github.io/kite_net", "https://github.com/acme/kite-net", "https://kites.org/x"]
    assert filled.extraction.code_url == "https://github.com/acme/kite-net"
    written = [
        (text[place.start : place.end], place.match) for place in filled.grounding if place.path.endswith("/url")
    ]
    assert written == [
        ("https://acme-lab. github.io/kite_\nnet", "normalized"),
        ("https: //github.com/ acme/kite-net", "normalized"),
        ("https://kites.org/x", "exact"),
    ]


@pytest.mark.parametrize("front", ["https://github.com", "https://github.com/", "www.gitlab.com/"])
def test_the_front_page_of_a_host_for_code_is_no_code(front: str) -> None:
    filled = fill(f"We fly kites. The code is released at {front}")
    assert ([link.url for link in filled.links], filled.code_url) == ([front], None)


def test_without_a_url_there_is_no_link_and_no_code() -> None:
    filled = fill("The code will be released soon.")
    assert (filled.links, filled.code_url) == ([], None)


@pytest.mark.parametrize(
    ("sentences", "code_url"),
    [
        (
            "We build on nanoKite (https://github.com/others/nanokite). Code: https://github.com/acme/kite.",
            "https://github.com/acme/kite",
        ),
        ("We evaluate it with wind-harness (https://github.com/others/harness).", None),
        (
            "Project Page: https://acme.github.io/kite/ Code: https://github.com/acme/kite",
            "https://github.com/acme/kite",
        ),
        (
            "Models and code are released at https://huggingface.co/acme and https://github.com/acme/kite.",
            "https://github.com/acme/kite",
        ),
        (
            "Our data is at https://github.com/acme/gusts, and code at https://github.com/acme/kite.",
            "https://github.com/acme/kite",
        ),
        (
            "A notebook is at https://colab.research.google.com/drive/1kite.",
            "https://colab.research.google.com/drive/1kite",
        ),
        ("The dataset is at https://github.com/acme/gusts.", "https://github.com/acme/gusts"),
        (
            r"Code is public\footnote{https://anonymous.4open.science/r/kite-1}.",
            "https://anonymous.4open.science/r/kite-1",
        ),
    ],
)
def test_the_code_url_is_the_authors_own(sentences: str, code_url: str | None) -> None:
    assert fill(f"We study kites. {sentences}").code_url == code_url
