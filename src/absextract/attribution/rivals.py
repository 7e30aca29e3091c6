"""Whose an outcome is: that of the paper's own approach, or that of a rival, a baseline, earlier work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..text.compared_numbers import is_compared_with
from .learned import load_attribution_model
from .name_facts import NameFacts
from .rival_cues import rival_cues
from .scene import Scene
from .stage import Outcome, Stage

__all__ = ["is_compared", "is_own", "rival_odds"]

_SURE = 0.8
"""Log odds from which it is said whose an outcome is; between them it is not known."""


def is_own(rival: float) -> bool | None:
    """Whether the paper's own approach attains an outcome, given the log odds that a rival does; None if not known."""
    return None if abs(rival) < _SURE else rival < 0


def is_compared(scene: Scene, outcome: Outcome) -> bool:
    """Whether an outcome is a level that the paper's own is held against: "compared to 41%"."""
    return outcome.kind == "value" and is_compared_with(scene.text, outcome.start, outcome.end)


def rival_odds(scene: Scene, outcomes: Sequence[Outcome], wanted: Iterable[int]) -> list[float]:
    """For some of the outcomes the log odds that a rival attains it, by the words around it alone.

    Args:
        scene: title and abstract.
        outcomes: all of them, in order.
        wanted: numbers of those that are asked for.
    """
    stage = Stage(scene, [], NameFacts(scene, []), outcomes)
    rival = load_attribution_model().rival
    return [rival.score(rival_cues(stage, i)) for i in wanted]
