"""Names are matched in comparison form, phrases also inflected, quotes word for word."""

from __future__ import annotations

import pytest

from absextract.validation.mentions import check_mention, check_quote, nearest
from absextract.validation.source_text import SourceText
from absextract.validation.verdicts import Problem, Span, Support


def mention(value: str, text: str) -> tuple[str, str] | None:
    verdict = check_mention(value, SourceText("", text), None)
    if isinstance(verdict, Problem):
        assert verdict.code == "mention_not_in_source"
        return None
    return text[verdict.span.start : verdict.span.end], verdict.match


@pytest.mark.parametrize(
    ("value", "written", "match"),
    [
        ("CIFAR-10", "CIFAR-10", "exact"), ("CIFAR 10", "CIFAR-10", "normalized"),
        ("cifar10", "CIFAR-10", "normalized"),
        ("fine tuning", "fine-tuning", "normalized"), ("Link Prediction", "link prediction", "normalized"),
        ("KiteNet", r"\textbf{Kite}Net", "normalized"), ("Poincare", "Poincaré", "normalized"),
        ("graph based search", "graph x2013 based search", "normalized"), ("BERT", "BERT's", "exact"),
        ("language models", "language model", "fuzzy"),
        ("image classification", "classification of images, and more", "fuzzy"),
        ("word sense detection", "detection of word senses with trees", "fuzzy"),
        ("deep parsing", "a layer forDeep Parsing", "fuzzy"), ("Deep-Parsing", "trees fordeep parsing", "fuzzy"),
        ("model pruning", "pruning models", "fuzzy"), ("GPT-4", "GPT‑4", "normalized"), ("L1", r"$L_1$", "normalized"),
    ],
)  # fmt: skip
def test_supported(value: str, written: str, match: str) -> None:
    found = mention(value, f"We study {written} in depth.")
    assert found is not None
    assert found[1] == match


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("CIFAR-10", "CIFAR-100"), ("CIFAR-100", "CIFAR-10"), ("CIFAR-10", "CIFAR-10.1"), ("BERT", "ALBERT"),
        ("BERT", "RoBERTa"), ("GPT-4", "GPT-4o"), ("GPT-4o", "GPT-4"), ("GPT-3.5", "GPT-3"), ("GPT-3", "GPT-3.5"),
        ("GPT 3", "GPT 3.5"),
        ("SQuAD 1.1", "SQuAD 2.0"), ("SQuAD 1.1", "SQuAD 11"), ("Llama-2", "Llama-3"), ("John Smith", "John Smithson"),
        ("ResNet-50", "ResNet-5 0"), ("KiteNets", "KiteNet"), ("WMT 2014", "WMT 2015"),
        ("large Kite2 model", "large Kite3 model"),
        ("", "anything"), ("   ", "anything"), ("--", "anything - else"),
        ("image classification", "image. Classification"),
        ("ML", "HTML"), ("a-b", "a1b"), ("object detector", "object of a detector"),
        ("continual paradigm", "a paradigm for continual learning"), ("text models", "models for text classification"),
        ("in-context hope", "the hope for in-context-learning"),
    ],
)  # fmt: skip
def test_not_supported(value: str, written: str) -> None:
    assert mention(value, f"We study {written} in depth.") is None


def test_title_supports_too() -> None:
    verdict = check_mention("Kite tagging", SourceText("Kite tagging at scale", "We tag birds."), None)
    assert verdict == Support(Span("title", 0, 12), "exact")


def test_the_place_nearest_to_the_anchor() -> None:
    text = "Alpha is old. We use Beta. Kite has 5% on Alpha."
    anchor = Span("abstract", text.index("5%"), text.index("5%") + 2)
    verdict = check_mention("Alpha", SourceText("Alpha", text), anchor)
    assert isinstance(verdict, Support)
    assert verdict.span.start == text.rindex("Alpha")


def test_a_place_of_its_own_comes_before_one_in_a_longer_name() -> None:
    text = "On WIND, Re-WIND and WIND-2, Kite gains 75.0%. A WIND-like gust gains less."
    source = SourceText("", text)
    number = Span("abstract", text.index("75.0"), text.index("75.0") + 5)
    found = check_mention("WIND", source, number)
    assert isinstance(found, Support)
    assert found.span.start == text.index("WIND-like")
    only = SourceText("", "On Re-WIND, Kite gains 75.0%.")
    assert isinstance(check_mention("WIND", only, None), Support)


def test_nearest_of_none() -> None:
    assert nearest([], None) is None


QUOTED = "The kite tagger attains an accuracy of 93.7\\% on Alpha – a gain of 2.1 points."


@pytest.mark.parametrize(
    ("quote", "match"),
    [
        ("attains an accuracy of 93.7\\% on Alpha", "exact"),
        ("attains an accuracy of 93.7% on Alpha", "normalized"),
        ("Attains an  accuracy of 93.7\\% on alpha - a gain", "normalized"),
    ],
)
def test_quote(quote: str, match: str) -> None:
    verdict = check_quote(quote, SourceText("", QUOTED), None)
    assert isinstance(verdict, Support)
    assert verdict.match == match


@pytest.mark.parametrize(
    "quote",
    [
        "attains an accuracy of 93.2\\% on Alpha", "attains an accuracy of 39.7\\% on Alpha",
        "reaches 93.7\\% on Alpha",
        "accuracy of 93", "accuracy of 3.7", "an accuracy of 93.7\\% on Alphabet", "a gain of 2.1 points on Alpha", "",
        "attains an accuracy … on Alpha", "3.7\\% on Alpha", "a gain of 2",
    ],
)  # fmt: skip
def test_no_quote(quote: str) -> None:
    verdict = check_quote(quote, SourceText("", QUOTED), None)
    assert isinstance(verdict, Problem)
    assert verdict.code == "evidence_not_in_source"


@pytest.mark.parametrize(
    ("value", "text"),
    [("police", "policy"), ("story", "store"), ("party", "part"), ("plane", "plan"), ("foundation", "found")],
)
def test_words_that_only_look_alike_are_two(value: str, text: str) -> None:
    assert isinstance(check_mention(value, SourceText("", f"The {text} of it."), None), Problem)
