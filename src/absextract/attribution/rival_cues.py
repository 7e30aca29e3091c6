"""What tells whether an outcome is the paper's own or that of a rival, a baseline, earlier work."""

from __future__ import annotations

import re
from itertools import pairwise

from ..patterns import regex
from ..reading.sentences import Span
from ..text.number_cues import cues_of
from .scene import Scene, squeezed
from .seen_once import bucket, count_between
from .stage import NOT_AT_ALL, Stage

__all__ = ["rival_cues"]

_WORDS_BEFORE, _WORDS_BEHIND, _PAIRS_BEFORE, _NEAR_BONES = 8, 8, 12, 5
_OPENING, _LONGEST_GAP = 4, 4
_LETTERS = 8
"""Of a word so many are kept."""
_LEADING = regex(
    r"\b(?:(?P<compared>outperform|surpass|exceed|beat|compar|versus|vs|against|over|than|unlike|whereas|while|relative"
    r"|baseline|prior|previous|existing|from|without)"
    r"|(?P<reached>achiev|reach|attain|obtain|yield|scor|deliver|get|our|we|ours|to|using|with))\w*",
    re.IGNORECASE,
)
"""Words that lead to a number of a rival, or to one that is reached."""
_CLAUSE = regex(r"[;:]|,? (?:while|whereas|but|although|compared|which|where)\b|, (?:and )?|\. ")


def rival_cues(stage: Stage, i: int) -> list[str]:
    """The words around an outcome, how it goes on from the one before, and which method stands before it."""
    scene, outcome = stage.scene, stage.outcomes[i]
    start, end = scene.sentences[stage.sentences[i]]
    first, last = scene.tokens_in(start, end)
    at, behind = scene.tokens_in(outcome.start, outcome.end)
    bones = squeezed(scene.skeleton[max(first, at - _NEAR_BONES) : at])
    before = [word[:_LETTERS] for word in scene.words[max(first, at - _PAIRS_BEFORE) : at]]
    cues = cues_of(scene.text, outcome.quantity, None, None)
    cues += [f"w={word}" for word in dict.fromkeys(before[-_WORDS_BEFORE:])]
    cues += [f"w2={one} {next_}" for one, next_ in pairwise(before)]
    cues += [f"v={word[:_LETTERS]}" for word in dict.fromkeys(scene.words[behind : min(last, behind + _WORDS_BEHIND)])]
    cues += ["g3=" + " ".join(bones[-3:]), "g2=" + " ".join(bones[-2:]), f"kind={outcome.kind}"]
    cues.append(f"joint={stage.joint(i)}")
    if i:
        cues.append(f"joint={stage.joint(i)}|{outcome.kind}|{stage.outcomes[i - 1].kind}")
    opened = _opened(stage, i)
    until = outcome.start if opened is None else opened
    cues += _brackets(stage, i, opened)
    return cues + _led_by(stage, i, (start, until)) + _openings(stage, i, (start, until)) + _method_before(stage, i)


def _opened(stage: Stage, i: int) -> int | None:
    """Where the bracket opens that an outcome stands in; None where it stands in none."""
    text, at = stage.scene.text, stage.outcomes[i].start
    start, _ = stage.scene.sentences[stage.sentences[i]]
    opened = text.rfind("(", start, at)
    return opened if opened > text.rfind(")", start, at) else None


def _brackets(stage: Stage, i: int, opened: int | None) -> list[str]:
    """Whether it stands in brackets, and behind which words these open: "the upper bound (23.3)"."""
    scene, at = stage.scene, stage.outcomes[i].start
    start, _ = scene.sentences[stage.sentences[i]]
    if opened is None:
        return ["bracket=False"]
    first, _ = scene.tokens_in(start, at)
    token, _ = scene.tokens_in(opened, at)
    return ["bracket=True", *(f"br={word[:_LETTERS]}" for word in scene.words[max(first, token - 3) : token])]


def _led_by(stage: Stage, i: int, before: Span) -> list[str]:
    """The words that compare or reach before the number, or before its bracket, and what stands between."""
    scene, outcome = stage.scene, stage.outcomes[i]
    led = list(_LEADING.finditer(scene.text, *before))
    groups = [str(each.lastgroup) for each in led]
    signs = ">".join(group[0] for group in groups[-2:])
    place = f"{before[1] < outcome.start}|{outcome.kind}"
    cues = [f"led={signs}|{place}", f"led={signs[-1:]}|{place}", f"led any={'compared' in groups}|{place}"]
    if led:
        word, gap = _beginning(led[-1]), squeezed(scene.gap(led[-1].end(), outcome.start))
        cues += (
            f"lw={word}|{place}",
            f"lw={word}|{_outcomes_since(stage, led[-1], i)}",
            f"lw={word}|{min(len(gap), 6)}",
        )
        cues += [f"lw2={_beginning(each)} {word}" for each in led[-2:-1]]
        if len(gap) <= _LONGEST_GAP:
            cues.append(f"lg={word} {' '.join(gap)}")
    if "compared" in groups:
        last = len(groups) - 1 - groups[::-1].index("compared")
        word, reached = _beginning(led[last]), len(groups) - 1 - last
        outcomes = _outcomes_since(stage, led[last], i)
        cues.append(f"lc={word}|{outcomes}|{min(reached, 1)}|{outcome.kind}")
        cues.append(f"lc={outcomes}|{min(reached, 2)}|{place}")
    return cues


def _beginning(word: re.Match[str]) -> str:
    return word[0].lower()[:_LETTERS]


def _outcomes_since(stage: Stage, word: re.Match[str], i: int) -> int:
    """How many outcomes stand between a word and an outcome, 2 for more."""
    return min(2, count_between(stage.starts, word.end(), stage.outcomes[i].start))


def _openings(stage: Stage, i: int, before: Span) -> list[str]:
    """The words that open the clause and the sentence of a number, or of the bracket that it stands in."""
    scene, at, (start, _) = stage.scene, stage.outcomes[i].start, before
    ends = [each.end() for each in _CLAUSE.finditer(scene.text, *before)]
    last = scene.tokens_in(start, at)[1]
    clause = _first_words(scene, ends[-1] if ends else start, last)
    cues = [f"op={word}" for word in clause]
    cues.append(f"op2={' '.join(clause[:2])}")
    cues += [f"so={word}" for word in _first_words(scene, start, last)[:-1]]
    return cues


def _first_words(scene: Scene, start: int, last: int) -> list[str]:
    """The beginnings of the first words from a place, up to the token `last`."""
    first, _ = scene.tokens_in(start, start)
    return [word[:_LETTERS] for word in scene.words[first : min(last, first + _OPENING)]]


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
