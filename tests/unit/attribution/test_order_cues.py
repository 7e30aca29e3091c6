"""Which name has a number's turn."""

from __future__ import annotations

import pytest

from absextract.attribution.beside_cues import beside_cues, none_cues, previous_cues
from absextract.attribution.order_cues import order_cues
from absextract.attribution.stage import Stage
from staged import named, staged

SETS = ["RiverQA", "LakeQA", "PondQA"]


def cues(stage: Stage, i: int, name: str, type_: str = "dataset") -> set[str]:
    mention = named(stage, name)
    side = "B" if mention.end <= stage.outcomes[i].start else "A"
    return set(order_cues(stage, type_, i, mention, side))


@pytest.mark.parametrize(
    ("abstract", "shape"),
    [
        ("It has 93.7 and 28.4 on RiverQA and LakeQA, respectively.", "##nn"),
        ("On RiverQA and LakeQA, it has 93.7 and 28.4, respectively.", "nn##"),
        ("It has 93.7 on RiverQA and 28.4 on LakeQA.", "#n"),
        ("RiverQA (93.7%), LakeQA (28.4%) are done.", "n#"),
        ("RiverQA goes with 93.7 and 28.4 with LakeQA.", "mixed"),
    ],
)
def test_as_many_names_as_numbers_take_turns(abstract: str, shape: str) -> None:
    stage = staged(abstract, dataset=SETS)
    for i in (0, 1):
        for k, name in enumerate(SETS[:2]):
            assert f"turn={i == k}|{shape}" in cues(stage, i, name)


def test_lists_of_one_length_go_in_order() -> None:
    stage = staged("It has 93.7, 28.4 and 51.0 on RiverQA, LakeQA and PondQA.", dataset=SETS)
    for i in range(3):
        told = [f"lists=True|{i == k}" in cues(stage, i, name) for k, name in enumerate(SETS)]
        assert all(told)


def test_where_each_name_has_some_numbers_they_come_in_blocks_or_in_cycles() -> None:
    """Two metrics on two datasets: "93.7/28.4 on A, 51.0/60.2 on B"."""
    stage = staged("It has 93.7 and 28.4 on RiverQA, then 51.0 and 60.2 on LakeQA.", dataset=SETS)
    assert [["block=True" in cues(stage, i, name) for name in SETS[:2]] for i in range(4)] == [
        [True, False],
        [True, False],
        [False, True],
        [False, True],
    ]
    assert [["cycle=True" in cues(stage, i, name) for name in SETS[:2]] for i in range(4)] == [
        [True, False],
        [False, True],
    ] * 2


def test_the_only_name_of_a_sentence_is_told() -> None:
    stage = staged("On RiverQA it has 93.7.", dataset=SETS)
    assert {"soleB", "keys=1|among=True", "rank=0B"} <= cues(stage, 0, "RiverQA")


def test_names_are_ranked_by_how_near_they_stand() -> None:
    stage = staged("RiverQA and LakeQA and also PondQA give 93.7.", dataset=SETS)
    assert [next(c for c in cues(stage, 0, name) if c.startswith("rank=") and "|" not in c) for name in SETS] == [
        "rank=2B",
        "rank=1B",
        "rank=0B",
    ]


def test_of_an_unlikely_mention_only_the_number_of_names_is_told() -> None:
    stage = staged("RiverQA and LakeQA of Heron give 93.7.", dataset=SETS)
    assert cues(stage, 0, "Heron") == {"keys=2|among=False", "keys=2|among=False|B"}


def test_what_was_chosen_before_is_told_of_a_mention_and_of_none() -> None:
    stage = staged("It has 93.7 and 28.4 on RiverQA and LakeQA.", dataset=SETS)
    river = named(stage, "RiverQA")
    assert previous_cues(stage, "dataset", 0, river, []) == []
    assert {"same=True|and", "taken=1|True"} <= set(previous_cues(stage, "dataset", 1, river, ["riverqa"]))
    assert {"same=False|and", "taken=1|False"}.isdisjoint(previous_cues(stage, "dataset", 1, river, ["riverqa"]))
    assert previous_cues(stage, "dataset", 1, None, [None]) == ["none|prev=True|and"]


def test_the_words_between_a_mention_and_a_number_are_told() -> None:
    stage = staged("It has an F1 of 93.7.", metric=["F1"])
    assert {"gap=Bof", "side=B"} <= set(beside_cues(stage, "metric", 0, named(stage, "F1")))


def test_the_only_name_of_a_text_is_told_also_in_another_sentence() -> None:
    stage = staged("We use RiverQA. It has 93.7.", dataset=["RiverQA"])
    assert {"only", "only|here=0", "rel=-1"} <= set(beside_cues(stage, "dataset", 0, named(stage, "RiverQA")))
    assert {"none|here=0", "none|total=1"} <= set(none_cues(stage, "dataset", 0))
