"""What holds for a name in all of a text."""

from __future__ import annotations

import pytest

from absextract.attribution.finding import Mention, find_mentions
from absextract.attribution.name_facts import NameFacts
from absextract.attribution.scene import Scene


def facts(abstract: str, title: str = "", **known: list[str]) -> tuple[NameFacts, list[Mention]]:
    scene = Scene(title, abstract)
    mentions = find_mentions(scene, set(range(len(scene.sentences))), known)
    return NameFacts(scene, mentions), mentions


def named(mentions: list[Mention], text: str) -> Mention:
    return next(mention for mention in mentions if mention.text == text)


def test_an_acronym_in_brackets_is_the_thing_that_its_full_name_speaks_of() -> None:
    found, _ = facts("We report the word error rate (WER). The word error rate falls.")
    assert found.thing("word error rate") == "wer"
    assert found.thing("wer") == "wer"
    assert found.introduced == {"wer"}


@pytest.mark.parametrize("abstract", ["We report lift (WER) here.", "We report the word error rate [WER]."])
def test_what_is_no_acronym_of_the_words_before_stays_apart(abstract: str) -> None:
    found, _ = facts(abstract)
    assert found.thing("lift") == "lift"
    assert found.introduced == set()


@pytest.mark.parametrize(
    ("abstract", "is_proposed"),
    [
        ("We present Otter, a river reader.", True),
        ("In this work we introduce a quiet reader called Otter.", True),
        ("Otter is old. We present it anew.", False),
        ("We present a reader. Otter is small.", False),
        ("We compare with Otter, which others proposed.", False),
    ],
)
def test_a_name_is_proposed_where_it_first_stands_behind_words_of_making(abstract: str, *, is_proposed: bool) -> None:
    found, _ = facts(abstract)
    assert ("otter" in found.proposed) == is_proposed


def test_what_stands_before_the_colon_of_the_title_names_it() -> None:
    found, _ = facts("Otter reads.", title="Otter: Reading Rivers")
    assert found.title_name == "otter"
    assert "otter" in found.in_title
    assert facts("Otter reads.", title="Otter Reads Rivers")[0].title_name == ""


def test_names_that_reach_something_act() -> None:
    found, mentions = facts("Otter achieves 81.2%, while Heron of old needs 3 days.")
    assert found.is_acting(named(mentions, "Otter"))
    assert not found.is_acting(named(mentions, "Heron"))
    assert "otter" in found.acts
    assert "heron" not in found.acts


def test_known_names_have_their_roles_and_others_none() -> None:
    found, _ = facts("Otter reads RiverQA.", methods=["Otter"], datasets=["RiverQA"])
    assert found.known == {"otter": {"known methods"}, "riverqa": {"known datasets"}}


def test_a_name_is_counted_wherever_it_stands() -> None:
    found, _ = facts("Otter reads. The Otter model wins.", title="Otter: Rivers")
    assert found.count["otter"] >= 3


def test_the_words_by_which_longer_names_are_longer_are_told() -> None:
    found, mentions = facts("It is run on Large RiverQA Plus here.")
    assert found.longer(named(mentions, "RiverQA")) == ("", "plus")
    assert found.longer(named(mentions, "RiverQA Plus")) == ("large", "")
    found, mentions = facts("It keeps mean lift high.")
    assert found.longer(named(mentions, "lift")) == ("mean", "")
    assert found.longer(named(mentions, "mean lift")) == ("", "")
