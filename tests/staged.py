"""Texts with their outcomes on the stage that attribution reads them from; what names are is said by hand."""

from __future__ import annotations

from collections.abc import Mapping

from absextract.attribution.finding import Mention, find_mentions
from absextract.attribution.name_facts import NameFacts
from absextract.attribution.scene import Scene
from absextract.attribution.stage import TYPES, Outcome, Stage

__all__ = ["named", "outcomes_of", "staged"]

LIKELY, UNLIKELY = 3.0, -3.0


def outcomes_of(scene: Scene) -> list[Outcome]:
    """Every number of the abstract as an outcome."""
    return [Outcome(q.start, q.end, q, "value") for q in scene.numbers if q.start >= scene.offset]


def staged(abstract: str, title: str = "", **types: Mapping[str, float] | list[str]) -> Stage:
    """The stage of a text of which every number is an outcome.

    Args:
        abstract: the text.
        title: its title.
        types: by type, the texts that are likely of it, or their log odds; all others are unlikely.
    """
    scene = Scene(title, abstract)
    mentions = find_mentions(scene, set(range(len(scene.sentences))), {})
    for mention in mentions:
        for type_ in TYPES:
            said = types.get(type_, ())
            odds = said if isinstance(said, Mapping) else dict.fromkeys(said, LIKELY)
            mention.odds[type_] = odds.get(mention.text, UNLIKELY)
    return Stage(scene, mentions, NameFacts(scene, mentions), outcomes_of(scene))


def named(stage: Stage, text: str, nth: int = 0) -> Mention:
    """A mention by its text."""
    return [mention for mention in stage.mentions if mention.text == text][nth]
