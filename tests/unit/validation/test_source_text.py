"""Comparison form and offsets: every interval refers to the text as it was read."""

from __future__ import annotations

import pytest
from hypothesis import given

from absextract.validation.source_text import SourceText, at_boundaries, normalize
from strategies import TEXTS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIFAR-10", "CIFAR 10"),
        ("CIFAR-10", "cifar10"),
        ("state-of-the-art", "state of the\nart"),
        ("self–attention", "self-attention"),
        ("Bayes' rule", "Bayes’ rule"),
        ("“zero” shot", '"zero" shot'),
        (r"\textbf{Kite}Net", "KiteNet"),
        (r"$\mathcal{L}_1$", "L1"),
        (r"Po\'olya", "Poolya"),
        ("Café", "Cafe\u0301"),
        ("Café", "Cafe"),
        ("ﬁne tuning", "fine-tuning"),
        ("Straße", "STRASSE"),
        (r"A\&B", "A&B"),
        ("graph x2013 based", "graph–based"),
        ("naïve\u00a0Bayes", "naive Bayes"),
    ],
)
def test_same_comparison_form(one: str, other: str) -> None:
    assert normalize(one).text == normalize(other).text


@pytest.mark.parametrize(("one", "other"), [("1-2", "12"), ("1.5", "15"), ("1 0", "10"), ("C", "C++"), ("a/b", "ab")])
def test_different_comparison_form(one: str, other: str) -> None:
    assert normalize(one).text != normalize(other).text


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("ALBERT", "BERT", False), ("BERTs", "BERT", False), ("BERT-base", "BERT", True), ("GPT-4o", "GPT-4", False),
        ("CIFAR-100", "CIFAR-10", False), ("CIFAR-10.1", "CIFAR-10", False), ("on CIFAR-10.", "CIFAR-10", True),
        ("33.14", "3.14", False), ("3.14", "14", False), ("1,200", "200", False), ("x (Kite)", "Kite", True),
    ],
)  # fmt: skip
def test_boundaries(text: str, part: str, whole: bool) -> None:
    start = text.index(part)
    assert at_boundaries(text, start, start + len(part)) is whole


def test_finds_an_occurrence_that_overlaps_a_false_one() -> None:
    source = SourceText("", "ba a a")
    assert [(s.start, s.end) for s in source.exact("a a")] == [(3, 6)]


def test_similar_gives_original_offsets() -> None:
    source = SourceText("", r"the \textbf{Kite}-Net v2 model")
    (span,) = source.similar("KITE NET V2")
    assert source.slice(span).startswith("Kite")
    assert source.slice(span).endswith("v2")


def test_empty_value_stands_nowhere() -> None:
    source = SourceText("a title", "an abstract")
    assert list(source.exact("")) == list(source.similar("")) == list(source.similar("--")) == []


@given(TEXTS)
def test_normal_form_maps_back_in_order(text: str) -> None:
    normal = normalize(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    assert normal.starts == sorted(normal.starts)
    assert all(0 <= start <= end <= len(text) for start, end in zip(normal.starts, normal.ends, strict=True))


@given(TEXTS, TEXTS)
def test_every_span_lies_in_its_field(title: str, abstract: str) -> None:
    source = SourceText(title, abstract)
    spans = [span for span, _ in (*source.quantities, *source.urls)]
    assert all(0 <= span.start < span.end <= len(source.text(span.field)) for span in spans)
