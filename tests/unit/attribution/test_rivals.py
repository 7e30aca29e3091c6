"""Whose an outcome is, by the words around it."""

from __future__ import annotations

import pytest
from hypothesis import given

from absextract.attribution.rival_cues import rival_cues
from absextract.attribution.rivals import is_own, rival_odds
from absextract.attribution.scene import Scene
from staged import named, outcomes_of, staged
from strategies import TEXTS


@pytest.mark.parametrize(("odds", "own"), [(-3.0, True), (3.0, False), (0.0, None), (0.79, None), (-0.79, None)])
def test_it_is_told_where_it_is_sure(odds: float, *, own: bool | None) -> None:
    assert is_own(odds) is own


@pytest.mark.parametrize(
    "abstract",
    [
        "We present Otter. Otter reaches 91.3% accuracy, against 88.9% for Heron.",
        "We present Otter. Otter has an F1 of 91.3%, compared with 88.9% for the best baseline.",
        "Our reader reaches 91.3% accuracy, while the previous state of the art is at 88.9%.",
        "Our reader is at 91.3% accuracy vs. 88.9% of GPT-4.",
    ],
)
def test_a_rivals_number_is_told_from_the_papers_own(abstract: str) -> None:
    scene = Scene("Otter: Reading Rivers", abstract)
    own, rival = rival_odds(scene, outcomes_of(scene), (0, 1))
    assert (is_own(own), is_own(rival)) == (True, False)


def test_brackets_are_told_with_the_words_before_them() -> None:
    stage = staged("Otter beats the upper bound (23.3) of all (and more) by 1.2.")
    assert {"bracket=True", "br=upper", "br=bound"} <= set(rival_cues(stage, 0))
    assert "bracket=False" in rival_cues(stage, 1)


def test_the_method_before_a_number_is_told() -> None:
    stage = staged("We fly Otter; Heron has 23.3.", method=["Otter", "Heron"], own={"Otter": 3.0, "Heron": -3.0})
    assert stage.own_rank(named(stage, "Heron")) == 1
    assert {"near rank=1", "near left=;"} <= set(rival_cues(stage, 0))


def test_no_outcomes_have_no_odds() -> None:
    assert rival_odds(Scene("", "Nothing."), [], ()) == []


@given(title=TEXTS, abstract=TEXTS)
def test_each_number_of_any_text_has_odds(title: str, abstract: str) -> None:
    scene = Scene(title, abstract)
    outcomes = outcomes_of(scene)
    assert len(rival_odds(scene, outcomes, range(len(outcomes)))) == len(outcomes)


def test_what_compares_is_told_with_what_stands_behind_it() -> None:
    stage = staged("It beats detectors such as Heron (43.1 AP) and Bittern, which reaches 45.6 AP.")
    first, second = set(rival_cues(stage, 0)), set(rival_cues(stage, 1))
    assert {"lw=beats|True|value", "lw=beats|0", "lc=beats|0|0|value"} <= first
    assert {"lw=reaches|False|value", "lw2=beats reaches", "lc=beats|1|1|value", "lg=reaches "} <= second


def test_the_words_that_open_clause_and_sentence_are_told() -> None:
    stage = staged("Our reader is at 91.3 F1, while the previous best model stays at 88.9 F1.")
    first, second = set(rival_cues(stage, 0)), set(rival_cues(stage, 1))
    assert {"op=our", "op2=our reader", "so=our"} <= first
    assert {"op=the", "op=previous", "op2=the previous", "so=our"} <= second
    assert "w2=best model" in second
    assert "w2=best model" not in first
