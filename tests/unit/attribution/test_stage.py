"""The outcomes of a text among the names that may belong to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.attribution.stage import ROLES, type_of
from staged import named, staged

LIST = "F1 is 93.7, 28.4 and 51.0 on RiverQA, LakeQA and PondQA."


@pytest.mark.parametrize(
    ("abstract", "runs"),
    [
        (LIST, [(0, 2)] * 3),
        ("It gains 3.1/4.2/5.3 points.", [(0, 2)] * 3),
        ("It scores 3.1 on RiverQA and 4.2 on LakeQA.", [(0, 0), (1, 1)]),
        ("It goes 3.1 (±0.2) and 4.2 here.", [(0, 0), (1, 1)]),
        ("It has 93.1% (RiverQA), 84.2% (LakeQA) here.", [(0, 1)] * 2),
        ("It scores 3.1. 4.2 is the rival.", [(0, 0), (1, 1)]),
        ("It scores 3.1, 4.2, while Heron has 5.3 and 6.4.", [(0, 1)] * 2 + [(2, 3)] * 2),
    ],
)
def test_numbers_that_are_joined_form_a_run(abstract: str, runs: list[tuple[int, int]]) -> None:
    stage = staged(abstract)
    assert [stage.run(i) for i in range(len(stage.outcomes))][: len(runs)] == runs


def test_an_outcome_knows_how_it_goes_on_from_the_one_before() -> None:
    stage = staged("It scores 3.1 and 4.2. There it has 5.3 on the lake of all the lakes that there are is 6.4.")
    assert [stage.joint(i) for i in range(4)] == ["first", "and", "sentence", "far"]


def test_the_outcomes_of_a_sentence_are_peers() -> None:
    stage = staged("It has 3.1 and 4.2. There it has 5.3.", title="Otter")
    assert [list(stage.peers(i)) for i in range(3)] == [[0, 1], [0, 1], [2]]


def test_of_mentions_that_overlap_the_likeliest_leads() -> None:
    stage = staged("It has a mean F1 of 3.1.", metric={"F1": 1.0, "mean F1": 2.0, "mean": 0.5})
    assert [mention.text for mention in stage.likely["metric"]] == ["mean F1"]
    assert [mention.text for mention in stage.likely_beside("metric", 0)] == ["mean F1"]
    assert stage.keys["metric"] == {"mean f1"}


@pytest.mark.parametrize(
    ("abstract", "metric", "whole"),
    [
        ("It has a macro F1 of 3.1.", ["F1", "macro F1"], "macro F1"),
        ("It has a macro F1 of 3.1.", ["F1"], "F1"),
        ("It has an AP 50 of 3.1 here.", ["AP", "AP 50"], "AP 50"),
        ("It has an F1 macro of 3.1.", ["F1", "F1 macro"], "F1"),
    ],
)
def test_a_metric_is_given_whole(abstract: str, metric: list[str], whole: str) -> None:
    stage = staged(abstract, metric=metric)
    assert stage.whole(named(stage, metric[0]), "metric").text == whole


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("our model", True),
        ("The proposed method", True),
        ("this system", True),
        ("our work", False),
        ("the method", False),
        ("Otter", False),
        ("its model", False),
    ],
)
def test_what_speaks_of_the_papers_own_without_a_name(text: str, *, ours: bool) -> None:
    stage = staged(f"Here, {text} has 3.1.")
    assert named(stage, text).is_ours == ours


@pytest.mark.xfail(strict=True, reason='"show our model" is taken for one phrase')
def test_our_model_is_found_behind_a_verb() -> None:
    stage = staged("We show our model reaches 3.1.")
    assert named(stage, "our model").is_ours


def test_our_model_is_what_the_paper_puts_forward() -> None:
    stage = staged(
        "We present Otter. Our model has 3.1, Heron 2.9.", own={"Otter": 2.0, "Heron": -1.0}, method=["Otter"]
    )
    assert stage.paper == "otter"
    assert stage.thing(named(stage, "Our model")) == "otter"
    assert [stage.own_rank(named(stage, name)) for name in ("Otter", "Our model", "Heron")] == [0, 0, 1]
    assert stage.thing(named(stage, "Heron")) == "heron"
    assert stage.names_own == {0}


def test_where_nothing_is_put_forward_our_model_is_itself() -> None:
    stage = staged("Our model has 3.1, Heron 2.9.")
    assert stage.paper is None
    assert stage.thing(named(stage, "Our model")) == "model"


def test_candidates_are_all_of_the_sentence_and_one_mention_of_each_name_elsewhere() -> None:
    """The nearest one before the outcome where there is one, else the first behind it."""
    stage = staged(
        "RiverQA is old. RiverQA is hard. It has 3.1 on LakeQA. PondQA is new. PondQA is wet.",
        dataset=["RiverQA", "LakeQA", "PondQA"],
    )
    found = [mention for mention in stage.candidates("dataset", 0) if mention.odds["dataset"] > 0]
    assert [(mention.text, mention.sentence) for mention in found] == [("LakeQA", 2), ("RiverQA", 1), ("PondQA", 3)]


def test_baselines_and_settings_stand_in_the_sentence_itself() -> None:
    stage = staged("We fly Heron in zero-shot flight. It has 3.1.", method=["Heron"], setting=["zero-shot"])
    assert stage.candidates("baseline", 0) == []
    assert stage.candidates("setting", 0) == []
    assert "Heron" in {mention.text for mention in stage.candidates("method", 0)}


def test_a_name_that_holds_the_number_is_no_candidate() -> None:
    stage = staged("It has 3.1 here, with 3.1 wings.")
    outcome = stage.outcomes[0]
    for role in ROLES:
        assert not [m for m in stage.candidates(role, 0) if m.overlaps(outcome.start, outcome.end)]


def test_the_likeliest_of_many_candidates_are_kept() -> None:
    names = [f"Kite{letter}{other}" for letter in "abcdefghij" for other in "abcdefghij"]
    odds = {name: number / 100 for number, name in enumerate(names, 1)}
    stage = staged(f"We fly {', '.join(names)}. It has 3.1.", method=odds)
    kept = {mention.text for mention in stage.candidates("method", 0)}
    assert kept <= set(names[-12:])
    assert len(kept) == 12


def test_a_baseline_is_a_method() -> None:
    assert [type_of(role) for role in ROLES] == ["metric", "dataset", "method", "method", "setting"]


@given(
    st.lists(
        st.sampled_from(["3.1", "4.2%", "and", ",", "RiverQA", "F1", "of", "on", ".", "(", ")", "our model"]),
        max_size=25,
    )
)
def test_any_text_has_its_outcomes_in_runs_and_its_candidates_within_it(pieces: list[str]) -> None:
    stage = staged(" ".join(pieces), dataset=["RiverQA"], metric=["F1"])
    for i in range(len(stage.outcomes)):
        first, last = stage.run(i)
        assert first <= i <= last
        assert i in stage.peers(i)
        for role in ROLES:
            found = stage.candidates(role, i)
            assert len({id(mention) for mention in found}) == len(found) <= 12
