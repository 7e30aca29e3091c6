"""What plain rules read of the sentence of a number, as cues for a mention."""

from __future__ import annotations

import pytest

from absextract.attribution.rules import rules_of
from staged import named, staged

IN_ORDER = "F1 is 93.7 and 28.4 on RiverQA and LakeQA, respectively."
TITLE = "Otter: Quiet Rivers"


@pytest.mark.parametrize("title", ["", TITLE])
def test_a_list_read_in_order_gives_each_number_its_partner(title: str) -> None:
    stage = staged(IN_ORDER, title)
    told = [[stage.rules[i].partner(named(stage, name)) for name in ("RiverQA", "LakeQA")] for i in (0, 1)]
    assert told == [[True, False], [False, True]]
    assert stage.rules[0].excluded(named(stage, "LakeQA"))
    assert not stage.rules[0].excluded(named(stage, "RiverQA"))
    assert "excluded" in stage.rules[0].cues(named(stage, "LakeQA"))
    assert "partner=True" in stage.rules[0].cues(named(stage, "RiverQA"))


def test_what_stands_behind_a_number_is_attached_to_it() -> None:
    stage = staged("It has 93.1% on RiverQA, 79.2% on LakeQA.")
    assert [stage.rules[0].attached(named(stage, name)) for name in ("RiverQA", "LakeQA")] == [True, False]
    assert stage.rules[0].excluded(named(stage, "LakeQA"))
    assert "attached=True|True" in stage.rules[0].cues(named(stage, "RiverQA"))


def test_what_stands_before_of_is_told() -> None:
    stage = staged("It has an F1 of 93.1%.")
    assert "before=True|True|of" in stage.rules[0].cues(named(stage, "F1"))


def test_a_plain_sentence_says_nothing() -> None:
    stage = staged("RiverQA gives 93.1%.")
    rules, name = stage.rules[0], named(stage, "RiverQA")
    assert (rules.partner(name), rules.attached(name), rules.excluded(name), rules.cues(name)) == (
        None,
        None,
        False,
        [],
    )


def test_a_number_of_the_title_is_read_in_the_title() -> None:
    stage = staged("Nothing.", title="Reaching 93.1% on RiverQA")
    (number,) = stage.scene.numbers
    assert rules_of(stage.scene, number.start, number.end).attached(named(stage, "RiverQA")) is True
