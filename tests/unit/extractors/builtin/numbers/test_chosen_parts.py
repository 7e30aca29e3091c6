"""Of the names that may belong to a score, those that make sense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from absextract.attribution.engine import Attribution, Likely
from absextract.attribution.finding import Mention, key_of
from absextract.attribution.name_facts import NameFacts
from absextract.attribution.scene import Scene
from absextract.attribution.stage import ROLES, Outcome, Role
from absextract.extractors.builtin.numbers.chosen_parts import _NO_METRIC, choose_parts
from absextract.extractors.builtin.numbers.scores import Score
from absextract.text.quantities import read_quantities

Ranked = Mapping[Role, Sequence[tuple[str, float]]]


def chosen(text: str, *ranked: Ranked, own: str = "") -> list[dict[Role, str]]:
    """The parts of the first numbers of a text, for which names are ranked."""
    scene = Scene("Kites", text)
    scores, attributions = [], []
    for quantity, names in zip((q for q in read_quantities(text) if not q.in_name), ranked, strict=False):
        scores.append(Score(quantity.start, quantity.end, quantity, "value", 0.9))
        start, end = quantity.start + scene.offset, quantity.end + scene.offset
        likely = {role: [likely_of(scene, *name, own=own) for name in names.get(role, ())] for role in ROLES}
        outcome = Outcome(start, end, scene.moved(quantity), "value")
        attributions.append(Attribution(outcome, likely, NameFacts(scene, [])))
    return [
        {role: each.mention.text for role, each in parts.items()} for parts in choose_parts(scene, scores, attributions)
    ]


def likely_of(scene: Scene, name: str, probability: float, own: str = "") -> Likely:
    start = scene.text.index(name, scene.offset)
    mention = Mention(start, start + len(name), name, key_of(name), scene.sentence_of(start), {"name"})
    mention.odds["own"] = 3.0 if name == own else -3.0
    return Likely(mention.key, mention, probability, probability)


@pytest.mark.parametrize(
    ("ranked", "parts"),
    [
        ({"metric": [("accuracy", 0.9), ("speed", 0.4)]}, {"metric": "speed"}),
        ({"metric": [("accuracy", 0.9), ("speed", 0.34)]}, {}),
        ({"metric": [("speed", 0.34)]}, {}),
        ({"metric": [("Tern", 0.7), ("speed", 0.4)], "method": [("Tern", 0.8)]}, {"metric": "speed", "method": "Tern"}),
        ({"metric": [("Tern", 0.8)], "method": [("Tern", 0.7), ("Heron", 0.4)]}, {"metric": "Tern", "method": "Heron"}),
        ({"dataset": [("Tern", 0.8)], "method": [("Tern", 0.9)]}, {"method": "Tern"}),
        ({"dataset": [("Tern", 0.5)], "baseline": [("Heron", 0.9)]}, {"dataset": "Tern", "baseline": "Heron"}),
    ],
)
def test_the_likeliest_name_that_makes_sense_is_taken(ranked: Ranked, parts: dict[str, str]) -> None:
    assert chosen("With high accuracy and speed, Tern runs at 28 FPS, unlike Heron.", ranked) == [parts]


def test_the_papers_own_has_no_number_that_its_own_is_compared_with() -> None:
    ranked: Ranked = {"method": [("Heron", 0.9), ("Tern", 0.6)]}
    text = "Heron scores 61% F1, compared to 52% for Tern."
    assert chosen(text, ranked, ranked, own="Heron") == [{"method": "Heron"}, {"method": "Tern"}]
    assert chosen(text, ranked, ranked, own="Tern") == [{"method": "Heron"}, {"method": "Heron"}]


def test_a_name_that_the_sentence_gives_to_another_number_is_passed_over() -> None:
    one_shot, five_shot = ("1-shot", 0.6), ("5-shot", 0.7)
    text = "It gains 61.2 in 1-shot and 70.1 in 5-shot tests."
    found = chosen(text, {"setting": [five_shot, one_shot]}, {"setting": [five_shot, one_shot]})
    assert found == [{"setting": "1-shot"}, {"setting": "5-shot"}]


def test_lists_are_read_in_order() -> None:
    names = [("Tern", 0.6), ("Heron", 0.5)]
    swapped = [*reversed(names)]
    text = "It beats Tern and Heron by 61.2% and 70.1%, respectively."
    assert chosen(text, {"baseline": swapped}, {"baseline": names}) == [{"baseline": "Tern"}, {"baseline": "Heron"}]
    assert chosen(text, {"baseline": names}, {"baseline": swapped}) == [{"baseline": "Tern"}, {"baseline": "Heron"}]


def test_the_head_of_a_name_tells_that_it_is_no_metric() -> None:
    said = {name: bool(_NO_METRIC.search(name)) for name in ("network latency", "model accuracy", "model size", "F1")}
    assert said == dict.fromkeys(said, False)
    assert all(map(_NO_METRIC.search, ("the prompting method", "few-shot method Complex-CoT", "a baseline")))
