"""What tells whether an outcome is the paper's own or that of a rival, a baseline, earlier work."""

from __future__ import annotations

import re

from ..patterns import regex
from ..text.number_cues import cues_of
from .scene import squeezed
from .seen_once import bucket
from .stage import NOT_AT_ALL, Stage

__all__ = ["rival_cues"]

_WORDS_BEFORE, _WORDS_BEHIND, _NEAR_BONES = 8, 8, 5
_LEADING = regex(
    r"\b(?:(?P<compared>outperform|surpass|exceed|beat|compar|versus|vs|against|over|than|unlike|whereas|while|relative"
    r"|baseline|prior|previous|existing|from|without)"
    r"|(?P<reached>achiev|reach|attain|obtain|yield|scor|deliver|get|our|we|ours|to|using|with))\w*",
    re.IGNORECASE,
)
"""Words that lead to a number of a rival, or to one that is reached."""


def rival_cues(stage: Stage, i: int) -> list[str]:
    """The words around an outcome, how it goes on from the one before, and which method stands before it."""
    scene, outcome = stage.scene, stage.outcomes[i]
    start, end = scene.sentences[stage.sentences[i]]
    first, last = scene.tokens_in(start, end)
    at, behind = scene.tokens_in(outcome.start, outcome.end)
    bones = squeezed(scene.skeleton[max(first, at - _NEAR_BONES) : at])
    cues = cues_of(scene.text, outcome.quantity, None, None)
    cues += [f"w={word[:8]}" for word in dict.fromkeys(scene.words[max(first, at - _WORDS_BEFORE) : at])]
    cues += [f"v={word[:8]}" for word in dict.fromkeys(scene.words[behind : min(last, behind + _WORDS_BEHIND)])]
    cues += ["g3=" + " ".join(bones[-3:]), "g2=" + " ".join(bones[-2:]), f"kind={outcome.kind}"]
    cues.append(f"joint={stage.joint(i)}")
    if i:
        cues.append(f"joint={stage.joint(i)}|{outcome.kind}|{stage.outcomes[i - 1].kind}")
    return cues + _brackets(stage, i) + _led_by(stage, i) + _method_before(stage, i)


def _opened(stage: Stage, i: int) -> int | None:
    """Where the bracket opens that an outcome stands in; None where it stands in none."""
    text, at = stage.scene.text, stage.outcomes[i].start
    start, _ = stage.scene.sentences[stage.sentences[i]]
    opened = text.rfind("(", start, at)
    return opened if opened > text.rfind(")", start, at) else None


def _brackets(stage: Stage, i: int) -> list[str]:
    """Whether it stands in brackets, and behind which words these open: "the upper bound (23.3)"."""
    scene, at = stage.scene, stage.outcomes[i].start
    start, _ = scene.sentences[stage.sentences[i]]
    opened = _opened(stage, i)
    if opened is None:
        return ["bracket=False"]
    first, _ = scene.tokens_in(start, at)
    token, _ = scene.tokens_in(opened, at)
    return ["bracket=True", *(f"br={word[:8]}" for word in scene.words[max(first, token - 3) : token])]


def _led_by(stage: Stage, i: int) -> list[str]:
    """The last two words that compare or reach before the number, or before the bracket that it stands in."""
    scene, outcome = stage.scene, stage.outcomes[i]
    start, _ = scene.sentences[stage.sentences[i]]
    opened = _opened(stage, i)
    led = [each.lastgroup for each in _LEADING.finditer(scene.text, start, outcome.start if opened is None else opened)]
    signs = ">".join(str(group)[0] for group in led[-2:])
    place = f"{opened is not None}|{outcome.kind}"
    return [f"led={signs}|{place}", f"led={signs[-1:]}|{place}", f"led any={'compared' in led}|{place}"]


def _method_before(stage: Stage, i: int) -> list[str]:
    at = stage.outcomes[i].start
    nearest = next((m for m in reversed(stage.likely_beside("method", i)) if m.end <= at), None)
    if nearest is None:
        return []
    first, _ = stage.scene.tokens_in(nearest.start, nearest.end)
    return [
        f"near own={bucket(nearest.odds.get('own', NOT_AT_ALL))}",
        f"near rank={stage.own_rank(nearest)}",
        f"near left={stage.scene.word(first - 1)}",
    ]
