"""Which measure a score belongs to: what the sentence says to grow, else the measure named nearest."""

from __future__ import annotations

import re

from ...text.quantities import parse_quantity
from .metrics import is_measure_word
from .names import is_foreign_model, is_generic, is_shaped
from .passage import Mention
from .phrases import is_modifier
from .scores import Score
from .sentences import Span

__all__ = ["measure_of"]

_GROWN = re.compile(
    r"\b(?:improv|reduc|increas|decreas|boost|rais|lower)(?:es|e|ed|ing|s)\s(?:the\s|its\s"
    r"|their\s)?((?:[\w-]+\s){0,4}?[\w-]+)\s(?:by|from|to)\s"
    r"(?:up to\s|over\s|about\s|an average of\s)?[$~]*$"
)
_MOVED = re.compile(
    r"\b(?!(?:that|the|its|their|and|while|which|it|this)\b)((?:(?!(?:that|the|its|their|and|while|which)\b)[a-z-]+\s){0,1}[a-z-]+)\s"
    r"(?:falls|drops|rises|grows|shrinks|decreases|increases|improves)\s(?:by|from|to)\s"
    r"(?:up to\s|over\s|about\s)?[$~]*$"
)
_MOVED_OF = re.compile(
    r"\b((?:(?!(?:that|the|its|their|and|while|which)\b)[a-z-]+\s){0,2}[a-z-]+)\s(?:of|to|on|for|between)\s(?:[\w-]+\s){1,4}"
    r"(?:falls|drops|rises|grows|shrinks|decreases|increases|improves)\s(?:by|from|to|below|above)\s"
    r"(?:up to\s|over\s|about\s)?[$~]*$"
)
_LEVEL_OF = re.compile(
    r"\b(?:an?|the|its|their|whose|average|mean)\s((?:[\w-]+\s){0,3}?[\w-]+)\s(?:of|is|was)\s"
    r"(?:(?:up to|over|about|only|just|around|nearly|at most|at least|below|above|as high as|as low as)\s)*[$~]*$"
)
_LEVEL_OF_WHAT = re.compile(
    r"\b(?:an?|the|its|their)\s((?:[\w-]+\s){0,2}[\w-]+)\s(?:of|between|on|for|in|among)\s(?:[\w-]+\s){1,4}?"
    r"(?:is|was|reaches|falls below|exceeds)\s(?:only\s|just\s|about\s)?[$~]*$"
)
_RATE_OF = re.compile(
    r"\b((?:[\w-]+\s)?(?:rate|share|proportion|probability|likelihood|frequency)\sof\s(?:(?!(?:is|was|by|to|from|on|in|(?:fall|drop|ris|reach|exceed)\w+)\b)[\w-]+\s){1,4})"
    r"(?:(?:on|in)\s(?:[\w-]+\s){1,3})?(?:is|was|reaches|falls|drops|rises|exceeds|by|to|from|of|at)\s(?:below\s|above\s|to\s|by\s|from\s|only\s|just\s|about\s)*[$~]*$"
)
_IN_BRACKETS = re.compile(
    r"\b(?:improv|reduc|increas|decreas|boost|rais|lower|cut|sav)\w*\s(?:[^.;]{0,60}(?:,|\band)\s)?(?:the\s|its\s)?"
    r"((?:[\w-]+\s){0,2}?[\w-]+)\s\((?:by\s|up to\s)*[$~+-]*$"
)
_NAMED_BEHIND = re.compile(
    r"\$?\s(?=\w*[A-Z]\w*[A-Z])([A-Z][\w@-]{1,11})(?=\s(?:on|over|for|in|and|at|with|against)\b|[,.;)])"
)
_GROWTH_OF = re.compile(
    r"\b((?:[\w-]+\s){0,2}?[\w-]+)\s(?:improvement|increase|reduction|gain|boost|drop|decrease|saving)s?\sof\s"
    r"(?:up to\s|over\s|about\s|an average of\s)?[$~]*$"
)
_GROWN_TOO = re.compile(
    r"\b(?:improv|reduc|increas|decreas|boost|rais|lower|cut)\w*\s[^.;]{3,60}(?:,|\band)\s(?:the\s|its\s)?"
    r"((?:[\w-]+\s){0,2}?[\w-]+)\sby\s(?:up to\s|over\s|about\s)?[$~]*$"
)
_RELATION = re.compile(r"(?<!number)(?<!amount)\s(?:of|on|for|in|across|over|from)\s")
_LISTED = re.compile(r"\s?(?:,|and\b|or\b|/|%|\\%)")
_GROWTH_IN = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:improvement|increase|reduction|gain|boost|drop|decrease"
    r"|decline)s?\sin\s(?:the\s|its\s|their\s)?((?:[\w-]+\s){0,3}[\w-]+)"
)
_GROWN_BEHIND = re.compile(
    r"\s(?:relative\s|absolute\s|average\s)?(?:((?:[\w-]+\s){0,2}[\w-]+)\s(?:improvement|increase"
    r"|reduction|gain|boost|drop|decrease|decline|savings?)s?\b"
    r"|(?:fewer|less|lower|higher|better|more|greater|reduced)\s((?:[\w-]+\s){0,2}[\w-]+))"
)
_OF_RATIOS = re.compile(
    r"(?:speed-?ups?|speed|throughput|latency|time|memory|costs?|efficiency|usage|footprint|consumption|flops|energy"
    r"|parameters|acceleration|compression)(?: (?:rate|ratio))?$",
    re.IGNORECASE,
)
_TIMES_WHAT = re.compile(
    r"\$?\s(?:[\w-]+\s){0,2}?(speed-?ups?|accelerations?|compression|throughput|(?:more|less)\s((?:[\w-]+\s)?efficient))\b"
)
_NO_LEVEL = re.compile(
    r"\b(?:total|factor|number|maximum|minimum|mean|median|margin|gain|improvement|increase|reduction|drop|decrease"
    r"|value|percentage|fraction|majority|subset|rank|budget|size|level|cost|half|sample|set|speed-?up|order|top)s?$"
)
_NO_MEASURE = re.compile(
    r"\b(?:performance|results?|baselines?|quality|state-of-the-art|it|them|models?|accuracy|tasks?"
    r"|benchmarks?|datasets?|settings?|average|terms|most|cases|absolute|relative)$",
    re.IGNORECASE,
)


def measure_of(text: str, sentence: Span, score: Score, metrics: list[Mention], possible: list[Mention]) -> str | None:
    """The measure of a score, verbatim, or None where the text names none.

    Args:
        text: the abstract.
        sentence: the sentence of the score.
        score: its place.
        metrics: all measures named in the abstract.
        possible: what may be measures too, asked where the sentence names none of those.
    """
    grown = _grown(text, sentence, score)
    quantity = parse_quantity(text[score.start : score.end])
    if grown:
        return grown
    if quantity and quantity.unit == "x":  # how many times faster says nothing of the accuracy beside it
        others = [metric for metric in metrics if not _OF_RATIOS.search(metric.text)]
        if _inside(others, sentence):
            return None
        metrics, possible = [metric for metric in metrics if metric not in others], []
    inside = _inside(metrics, sentence)
    beside = _beside(text, sentence, score) if score.kind == "value" or not inside else None
    if beside and not any(metric.start < beside.end and beside.start < metric.end for metric in inside):
        return beside.text
    shared = [metric for metric in inside if not _is_of_another(text, score, metric)]
    if inside:
        return _nearest(shared, score) if shared else None
    possible = [metric for metric in possible if not any(map(_is_no_part, metric.text.split()))]
    likely = _inside(possible, sentence)
    if likely:
        return _nearest(likely, score)
    before = [metric.text for metric in metrics if metric.end < score.start]
    return before[-1] if before else next((metric.text for metric in metrics or possible), None)


def _inside(mentions: list[Mention], sentence: Span) -> list[Mention]:
    return [mention for mention in mentions if sentence[0] <= mention.start and mention.end <= sentence[1]]


def _is_of_another(text: str, score: Score, metric: Mention) -> bool:
    """Whether a measure behind the score stands behind another number too, and not as for a list of both."""
    between = text[score.end : metric.start]
    return bool(re.search(r"\d", between)) and not _LISTED.match(between)


def _nearest(mentions: list[Mention], score: Score) -> str:
    """The mention nearest to the score; what stands behind it counts as twice as far."""
    return min(mentions, key=lambda m: max(2 * (m.start - score.end), score.start - m.end)).text


def _grown(text: str, sentence: Span, score: Score) -> str | None:
    """What grows or shrinks by the score: "reduces hallucination by 50%", "a 97% improvement in separation"."""
    rate = _RATE_OF.search(text, max(sentence[0], score.start - 80), score.start)
    if rate:
        return rate[1].removeprefix("the ").rstrip()
    for pattern in (_GROWN, _GROWN_TOO, _MOVED_OF, _MOVED, _GROWTH_OF):
        before = pattern.search(text, max(sentence[0], score.start - 80), score.start)
        phrase = _trimmed(before[1]) if before else ""
        if phrase and _may_be_measure(phrase):
            return phrase
    times = _TIMES_WHAT.match(text, score.end, sentence[1])
    if times:
        return times[2] or times[1]
    for pattern in (_GROWTH_IN, _GROWN_BEHIND):
        behind = pattern.match(text, score.end, sentence[1])
        phrase = _noun_phrase(behind[behind.lastindex or 0]) if behind else ""
        if phrase and _may_be_measure(phrase):
            return phrase
    return None


def _beside(text: str, sentence: Span, score: Score) -> Mention | None:
    """What the number is said to be a level of: "a mean lag of 2.3%", "68.1% HOTA", "queue lengths (41%)"."""
    behind = _NAMED_BEHIND.match(text, score.end, sentence[1])
    if behind and not is_foreign_model(behind[1]) and not is_generic(behind[1]):
        return Mention(*behind.span(1), behind[1])
    for pattern in (_LEVEL_OF_WHAT, _LEVEL_OF, _IN_BRACKETS):
        before = pattern.search(text, max(sentence[0], score.start - 80), score.start)
        phrase = _trimmed(before[1]) if before else ""
        if before and phrase.islower() and not _NO_LEVEL.search(phrase) and _may_be_measure(phrase):
            start = text.index(phrase, *before.span(1))
            return Mention(start, start + len(phrase), phrase)
    return None


def _noun_phrase(words: str) -> str:
    """The words up to the first that cannot belong to the phrase."""
    end = 0
    for match in re.finditer(r"[\w-]+", words):
        if not is_modifier(match[0]):
            break
        end = match.end()
    return words[:end]


def _trimmed(words: str) -> str:
    """The head of a phrase without what it is of, and without words before it that cannot belong to it."""
    head = _RELATION.split(words, maxsplit=1)[0]
    phrase = head
    for match in re.finditer(r"[\w-]+", head):
        if not is_modifier(match[0]):
            phrase = head[match.end() :].lstrip()
    return phrase


def _is_no_part(word: str) -> bool:
    """Whether a word is a number or somebody's model, as in "vs 1.0" and "editing GPT-J"."""
    return word[0].isdigit() or is_foreign_model(word)


def _may_be_measure(phrase: str) -> bool:
    if is_measure_word(phrase.rpartition(" ")[2]):
        return True
    return not _NO_MEASURE.search(phrase) and (phrase.isupper() or not is_shaped(phrase.replace("-", " ")))
