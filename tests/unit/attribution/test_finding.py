"""Which names and phrases of a text may belong to a number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from absextract.attribution.finding import (
    COMPARED,
    CONDITION,
    DESCRIBED,
    KNOWN,
    NAME,
    NUMBERED,
    PART,
    Mention,
    find_mentions,
    key_of,
)
from absextract.attribution.scene import Scene
from strategies import TEXTS


def mentions(abstract: str, title: str = "", **known: list[str]) -> list[Mention]:
    """All of a text of which every sentence holds an outcome."""
    scene = Scene(title, abstract)
    return find_mentions(scene, set(range(len(scene.sentences))), known)


def found_by(source: str, abstract: str, title: str = "") -> set[str]:
    return {mention.text for mention in mentions(abstract, title) if source in mention.sources}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We use PASCAL VOC 2012 here.", {"PASCAL VOC", "PASCAL VOC 2012"}),
        ("We ask Llama 3 about it.", {"Llama", "Llama 3"}),
        ("It is run on Human3.6M and on iNaturalist.", {"Human3.6M", "iNaturalist"}),
        ("We take GPT-4o, C++ and Qwen2.5-Omni.", {"GPT-4o", "C++", "Qwen2.5-Omni"}),
        ("We fly Otter's wing.", {"Otter"}),
    ],
)
def test_names_are_found_with_their_versions(text: str, names: set[str]) -> None:
    assert found_by(NAME, text) == names


@pytest.mark.parametrize("text", ["We gain Otter 3% here.", "We fly Otter 2x faster.", "It is Otter 5 points behind."])
def test_a_number_that_measures_is_no_version(text: str) -> None:
    assert found_by(NUMBERED, text) == set()


def test_words_that_only_open_a_sentence_are_no_names() -> None:
    assert found_by(NAME, "However, Otter wins. Our Heron loses. The Egret Net flies.") == {
        "Otter",
        "Heron",
        "Egret Net",
    }


def test_a_shaped_word_in_a_name_is_a_name_of_its_own() -> None:
    assert "ImageNet" in found_by(PART, "We use Large ImageNet here.")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("It reaches 76% in the zero-shot setting.", "zero-shot setting"),
        ("The zero-shot lift is 76%.", "zero-shot"),
        pytest.param(
            "On the lake with 10 labels per class it reaches 76%.",
            "10 labels per class",
            marks=pytest.mark.xfail(strict=True, reason="a condition goes on over the clause behind it"),
        ),
        ("It reaches 76% with 10 labels per class.", "10 labels per class"),
        ("It keeps 76% at 4-bit precision.", "4-bit precision"),
        ("It reaches 76% under heavy wind, as hoped.", "heavy wind"),
        ("It reaches 76% without pre-training.", "without pre-training"),
    ],
)
def test_conditions_are_found_without_the_word_that_opens_them(text: str, condition: str) -> None:
    assert condition in found_by(CONDITION, text)


@pytest.mark.parametrize(
    ("text", "rival"),
    [
        ("It gains 3.1 points over the best glider.", "best glider"),
        ("It outperforms Heron by 3.1 points.", "Heron"),
        ("It is 3.1 points better compared to a plain kite.", "plain kite"),
        ("It is 3.1 points better than Qwen2.5 pilots.", "Qwen2.5 pilots"),
        ("It beats earlier kites on RiverQA.", "earlier kites"),
    ],
)
def test_what_a_number_is_compared_with_is_found(text: str, rival: str) -> None:
    assert rival in found_by(COMPARED, text)


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("It is best on the large river Dataset.", "the large river Dataset"),
        ("On ITS OWN RIVER BENCHMARK it fails.", "ITS OWN RIVER BENCHMARK"),
        ("It İs best on two river corpora.", "two river corpora"),
    ],
)
def test_described_datasets_are_found_in_any_case(text: str, described: str) -> None:
    assert described in found_by(DESCRIBED, text)


def test_noun_phrases_of_sentences_without_outcomes_are_left_out_unless_they_end_as_metrics_do() -> None:
    scene = Scene("", "We study tangled kite lines by word error rate. It reaches 3.1%.")
    texts = {mention.text for mention in find_mentions(scene, {1}, {})}
    assert "word error rate" in texts
    assert "tangled kite lines" not in texts
    assert "tangled kite lines" in {mention.text for mention in find_mentions(scene, {0, 1}, {})}


def test_known_names_are_found_as_whole_words_and_told_by_their_role() -> None:
    found = mentions("The lift of lifts and lift-off is the lift 2.", metrics=["lift", "lift 2", ""])
    known = [mention for mention in found if KNOWN in mention.sources]
    assert [(mention.text, mention.start) for mention in known] == [
        ("lift", 4),
        ("lift", 22),
        ("lift", 38),
        ("lift 2", 38),
    ]
    assert all("known metrics" in mention.sources for mention in known)


def test_a_mention_is_listed_once_with_all_the_ways_it_was_found() -> None:
    found = [mention for mention in mentions("It outperforms Heron.", methods=["Heron"]) if mention.text == "Heron"]
    (heron,) = found
    assert heron.sources >= {NAME, COMPARED, KNOWN, "known methods"}


def test_parts_of_the_title_are_found() -> None:
    texts = {mention.text for mention in mentions("", title="Otter: Reading Rivers with Patient Nets")}
    assert texts >= {
        "Otter",
        "Otter: Reading Rivers with Patient Nets",
        "Reading Rivers with Patient Nets",
        "Reading Rivers",
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Otter model", "Otter"),
        ("Our Otter", "otter"),
        ("RiverScenes dataset", "riverscenes"),
        ("F1-score", "F1 score"),
        ("an accuracy score", "accuracy"),
    ],
)
def test_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Otter-S", "Otter-B"), ("AP", "AP50"), ("top-1", "top-5"), ("R@1", "R@5"), ("C++", "C")]
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_a_name_of_head_nouns_alone_keeps_them() -> None:
    assert key_of("Our method") == "method"


@given(title=TEXTS, abstract=TEXTS)
def test_every_mention_stands_in_the_text_and_in_order(title: str, abstract: str) -> None:
    scene = Scene(title, abstract)
    found = find_mentions(scene, set(range(len(scene.sentences))), {"metrics": ["accuracy", "%"], "methods": ["GPT-4"]})
    assert [(m.start, m.end) for m in found] == sorted({(m.start, m.end) for m in found})
    for mention in found:
        assert scene.text[mention.start : mention.end] == mention.text
        assert mention.text
        assert mention.key == key_of(mention.text)
        assert mention.sentence == scene.sentence_of(mention.start)
        assert mention.sources


@given(title=TEXTS, abstract=TEXTS)
def test_no_name_is_cut_out_of_a_word(title: str, abstract: str) -> None:
    for mention in mentions(abstract, title):
        if NAME in mention.sources:
            text = Scene(title, abstract).text
            assert not re.match(r"\w\w", text[mention.start - 1 : mention.start + 1])


def test_names_known_for_one_reading_are_not_known_to_the_next() -> None:
    text = "We fly Otter over a wide river at 90% accuracy."
    first = mentions(text, methods=["Otter", "wide river at"])
    first[0].odds["method"] = 3.0
    again = mentions(text)
    assert any(KNOWN in mention.sources for mention in first)
    assert not any(KNOWN in mention.sources or mention.odds for mention in again)
    assert "wide river at" not in {mention.text for mention in again}


def test_a_title_of_line_feeds_names_nothing() -> None:
    assert [
        mention.text for mention in find_mentions(Scene("\r\r", "We reach 10.1."), {1}, {}) if mention.end < 3
    ] == []
