from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.extractors.builtin import fill_paper
from absextract.schema.paper import PaperExtraction
from absextract.text.scripts import begins_word, ends_word
from absextract.text.urls import find_urls

PIECES = [
    *(
        "We propose ",
        "We introduce ",
        "KiteNet",
        " (GWS)",
        ", a framework",
        " benchmark",
        " dataset",
        "on the ",
        "accuracy of ",
    ),
    *(
        "81.2%",
        "3\\%",
        "10-20%",
        "2x faster",
        " by ",
        " from ",
        " to ",
        "F1",
        "pass@1",
        "MNIST",
        ", ",
        " and ",
        ". ",
        "(",
        "$",
    ),
    *(
        "https://github.com/a/b",
        "http//github. com/ a/b_ c",
        "code at ",
        "outperforms ",
        "twice as fast",
        "12.3 points",
        "image classification",
        "â€™",
        "\n",
        "-",
    ),
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


def strings(filled: PaperExtraction) -> Iterator[str]:
    yield from (*filled.tasks, *filled.methods, *filled.datasets, *filled.metrics)
    for result in filled.results:
        yield from (
            text for text in (result.metric, result.dataset, result.method, result.baseline) if text is not None
        )
        yield from (result.score, result.evidence)


@given(title=TEXTS, abstract=TEXTS)
def test_never_raises_and_everything_is_verbatim(title: str, abstract: str) -> None:
    filled = fill_paper(title, abstract)
    for text in strings(filled):
        assert text
        assert text in title or text in abstract
    urls = {found.url for text in (title, abstract) for found in find_urls(text)}  # mended, so that they open
    assert {link.url for link in filled.links} <= urls
    for result in filled.results:
        assert result.score in result.evidence
        assert result.evidence in abstract


@given(title=TEXTS, abstract=TEXTS)
def test_names_begin_and_end_at_words(title: str, abstract: str) -> None:
    filled = fill_paper(title, abstract)
    metrics = [result.metric for result in filled.results if result.metric]
    for text in (*filled.tasks, *filled.methods, *filled.datasets, *filled.metrics, *metrics):
        # in scripts without blanks a word ends where the library says so
        assert any(_stands_apart(each, at, at + len(text)) for each in (title, abstract) for at in _places(each, text))


def _places(text: str, name: str) -> list[int]:
    return [found.start() for found in re.finditer(f"(?={re.escape(name)})", text)]


def _stands_apart(text: str, start: int, end: int) -> bool:
    outside = f"{text[:start][-1:]} {text[end:][:1]}"
    return not re.search(r"\w", outside) or (begins_word(text, start) and ends_word(text, end))


@given(title=TEXTS, abstract=TEXTS)
def test_each_thing_is_listed_once(title: str, abstract: str) -> None:
    filled = fill_paper(title, abstract)
    for names in (filled.tasks, filled.methods, filled.datasets, filled.metrics):
        assert len({name.lower() for name in names}) == len(names)


@given(title=TEXTS, abstract=TEXTS)
def test_the_same_text_gives_the_same_answer(title: str, abstract: str) -> None:
    assert fill_paper(title, abstract) == fill_paper(title, abstract)


@pytest.mark.parametrize(
    "piece", ["1", "(", "$", " ", "a.b.c", "A ", "We propose ", "(ABC) ", "12.3% on MNIST, ", "\\"]
)
def test_a_monotonous_text_of_any_length_is_filled(piece: str) -> None:
    fill_paper(piece * 50_000, piece * 50_000)


def test_an_empty_text_gives_an_empty_answer() -> None:
    assert fill_paper("", "") == PaperExtraction()


@pytest.mark.parametrize(
    "abstract",
    [
        "Background: Migraine is common. Methods: A total of 120 adults aged 18 to 65 took 20 mg daily for 12 weeks. "
        "Conclusions: The drug was well tolerated.",
        "The cluster lies at a redshift of z = 0.35. Its mass exceeds that of 300 galaxies within 2 Mpc.",
        "This essay reads three letters of 1791 and asks what friendship meant to their author.",
    ],
)
def test_papers_of_other_fields_give_no_results_datasets_or_metrics(abstract: str) -> None:
    filled = fill_paper("A quiet title", abstract)
    assert (filled.results, filled.datasets, filled.metrics) == ([], [], [])
