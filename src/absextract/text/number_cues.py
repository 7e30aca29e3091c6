"""What is seen of a number in its sentence, as short strings that learned weights are kept for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..patterns import regex
from .quantities import Quantity

__all__ = [
    "classes_of",
    "cues_of",
    "is_measured_in_rare_unit",
    "kind_of_unit",
    "sentence_before",
    "sentence_behind",
    "sentence_spans",
    "stem",
    "tokens_of",
]

_TOKEN = regex(r"[A-Za-z][A-Za-z@'’]*(?:-[A-Za-z]+)*|\d(?:[\d.,]*\d)?|[^\sA-Za-z\d]")
_SENTENCE_END = regex(r"[.!?]\s+(?=[A-Z(\\$])")
_METRIC = regex(
    r"(?:accurac(?:y|ies)|bleu|rouge(?:-\w)?|f1|f-score|f-measure|auc|auroc|auprc|miou|iou|map|ap|mrr|ndcg|psnr|ssim"
    r"|lpips|fid|wer|cer|rmse|mae|mse|perplexity|ppl|precision|recall|sensitivity|specificity|errors?|rates?|scores?"
    r"|loss|dice|r|rho|kappa|pass|latency|throughput|speedups?|regret|return|reward|correlation|agreement|coverage|elo"
    r"|mos|chrf|comet|success|exact|hits|em|mpjpe|eer|fps|memory|time|costs?|quality|performance|preference|gap)"
)
_COMPOUND_METRIC = regex(
    r"[a-z-]+-(?:accurac(?:y|ies)|bleu|f1|auc|auroc|miou|iou|map|ap|fid|wer|cer|rmse|mae|recall|errors?|rates?|scores?"
    r"|loss|correlation|agreement)"
)
_GROWING = regex(
    r"(?:improv|increas|decreas|reduc|boost|gain|rais|rise|rose|drop|fall|fell|lower|cut|sav|outperform|surpass|exceed"
    r"|beat|shrink|grow|grew|declin|degrad|lift|enhanc|accelerat|lose|loses|lost|advanc|clos|shorten|narrow|up$|down$)"
)
_REACHING = regex(
    r"(?:achiev|attain|reach|obtain|yield|scor|get|gets|got|solv|answer|win|wins|won|resolv|succeed|averag|rang|predict"
    r"|detect|find|found|show|report|measur|observ|deliver|maintain|retain|correct|pass|complet|recover|prefer|hit|hits"
    r"|come|comes|climb|give|gives|gave|has|have|is|are|was|were|be|by|of|to|from|at)"
)
_COMPARING = regex(
    r"(?:faster|slower|fewer|less|more|smaller|larger|higher|lower|better|worse|cheaper|longer|shorter|greater|as"
    r"|relative|absolute|above|below|over|than|points?|quicker|efficient|speedup|speed-up|reduction|improvement"
    r"|increase|gain|boost|decrease|drop)"
)
_COUNTED = regex(
    r"(?:samples?|examples?|images?|parameters?|params|tokens?|hours|layers?|heads?|tasks?|models?|datasets?|languages?"
    r"|sentences?|documents?|papers?|users?|participants?|questions?|problems?|annotators?|patients?|steps?|epochs?"
    r"|iterations?|gpus?|seeds?|classes|categories|domains|pairs|frames|videos?|dialogues?|instances|years|benchmarks?"
    r"|runs|trials|training|labels?|data|times|experts?|pages|words|points|nodes|dimensions?|people|experiments"
    r"|settings|subjects|students|episodes|agents|llms|algorithms|environments|methods|baselines|systems|stages|levels"
    r"|types|families|rounds|views|shots?|bits?|million|billion|scenes|scenarios)"
)
_USING = regex(
    r"(?:using|used?|uses|train|trained|training|only|just|with|merely|contain(?:s|ing)?|compris(?:e|es|ing)"
    r"|consists?|includ(?:e|es|ing)|spanning|cover(?:s|ing)?|top|first|last|across|over|on|under|within|between|set"
    r"|size|collect|release|evaluate|test|tested|from|for|in)"
)
# fmt: off
_COSTS = frozenset({
    "ns", "us", "ms", "seconds", "minutes", "hours", "days", "weeks", "months", "years", "KB", "MB", "GB", "TB", "W",
    "J", "kWh", "mm", "cm", "m", "km", "kg", "mg", "Hz", "kHz", "FLOPs", "GFLOPs", "TFLOPs", "degrees",
})
_OWN_KIND = frozenset({"%", "points", "x", "MHz", "GHz", "FPS", "dB", "bits", "bpb", "$"})
# fmt: on
_SURVEYED = regex(
    r"\b(?:respondents|participants|survey(?:s|ed)?|interview(?:s|ed|ees)?|papers|articles|studies|publications|posts"
    r"|developers|patients|practitioners|most (?:common|prevalent|frequent|popular)|majority|followed by|categories"
    r"|topics|proportion|account(?:s|ed|ing)? for|share|distribution)\b"
)
_KELVIN = regex(r"\sK(?!\w)")
_JOINING = frozenset({"and", "to", "vs", "versus", "against", "or", "on", "for", "from"})
_SEEN_BEFORE, _SEEN_BEHIND = 110, 80
_TOKENS_BEFORE, _TOKENS_BEHIND = 10, 8
_NEAR_BEFORE, _NEAR_BEHIND = 4, 3
_LONGEST_GAP, _LONGEST_GAP_BEHIND = 60, 40
_LONGEST_LIST = 250


def cues_of(
    text: str, quantity: Quantity, previous: tuple[Quantity, bool] | None, following: Quantity | None
) -> list[str]:
    """What tells of a number whether it is an outcome: unit, size, and the words around it in its sentence.

    Args:
        text: the text that the number stands in.
        quantity: the number.
        previous: the number before it, and whether that is an outcome; None for the first.
        following: the number behind it.
    """
    unit = kind_of_unit(quantity)
    before = tokens_of(sentence_before(text, quantity.start, _SEEN_BEFORE))[: -_TOKENS_BEFORE - 1 : -1]
    behind = tokens_of(sentence_behind(text, _end(text, quantity), _SEEN_BEHIND))[:_TOKENS_BEHIND]
    cues = _of_the_number(text, quantity, unit)
    if unit == "%" and _SURVEYED.search(_sentence_around(text, quantity)):
        cues.append("surveyed")
    cues += _of_words("b", [stem(token) for token in before], unit)
    cues += _of_words("a", [stem(token) for token in behind], unit)
    cues += _of_classes("b", before, _NEAR_BEFORE, unit)
    cues += _of_classes("a", behind, _NEAR_BEHIND, unit)
    if previous is not None:
        cues += _of_list(text, quantity, *previous, unit)
    if following is not None:
        gap = text[quantity.end : following.start]
        if len(gap) < _LONGEST_GAP_BEHIND and not _SENTENCE_END.search(gap):
            next_unit = kind_of_unit(following)
            cues += [f"next={next_unit == unit}|{next_unit}", "next gap=" + " ".join(tokens_of(gap))[:10]]
    return cues


def kind_of_unit(quantity: Quantity) -> str:
    """The unit, with all units of time and size as one: `%`, `x`, `points`, `cost`, `part`, `whole`, `decimal`.

    A unit in which hardly any method is measured ("eV", "nm") tells nothing, as if it were a word behind the number.
    """
    unit = quantity.unit
    if unit is None or _is_rare(unit):
        return "whole" if quantity.value == quantity.value.to_integral_value() else "decimal"
    return "part" if unit[0] == "/" else "cost" if unit in _COSTS else unit


def is_measured_in_rare_unit(text: str, quantity: Quantity) -> bool:
    """Whether a number has a unit in which hardly any method is measured ("nm", "K"), and no metric beside it."""
    if quantity.unit is None:
        if not _KELVIN.match(text, quantity.end):
            return False
    elif not _is_rare(quantity.unit):
        return False
    behind = tokens_of(sentence_behind(text, quantity.end, _SEEN_BEHIND))[:_NEAR_BEHIND]
    return not any("M" in classes_of(token) for token in (*_tokens_of_list(text, quantity), *behind))


def _tokens_of_list(text: str, quantity: Quantity) -> Iterator[str]:
    """The words before a number, back to another one that is not listed with it."""
    between: list[str] = []
    for token in reversed(tokens_of(sentence_before(text, quantity.start, _SEEN_BEFORE))):
        if token != "#":
            between.append(token)
            yield token
        elif any(word[0].isalpha() and word not in _JOINING for word in between[:-1]):  # the last may be its unit
            return
        else:
            between = []


def tokens_of(text: str) -> list[str]:
    """The words in lower case, signs, and `#` for each number."""
    return [
        token.lower() if token[0].isalpha() else "#" if token[0].isdigit() else token for token in _TOKEN.findall(text)
    ]


def stem(token: str) -> str:
    """The beginning of a word."""
    return token[:7]


@lru_cache(maxsize=20_000)
def classes_of(token: str) -> str:
    """Letters for what a word is: M(etric), G(rowing), R(eaching), C(omparing), D(ata), U(sing).

    Some compounds are metrics as their last part is, as "pr-auc", and not "high-quality".
    """
    return "".join(
        letter
        for letter, fits in (
            ("M", _is_metric),
            ("G", _GROWING.match),
            ("R", _REACHING.match),
            ("C", _COMPARING.fullmatch),
            ("D", _COUNTED.fullmatch),
            ("U", _USING.fullmatch),
        )
        if fits(token)
    )


def _is_metric(token: str) -> bool:
    return _METRIC.fullmatch(token) is not None or _COMPOUND_METRIC.fullmatch(token) is not None


def sentence_before(text: str, at: int, most: int) -> str:
    """What stands before a place in its sentence, so many characters at most."""
    begin = max(0, at - most)
    for match in _SENTENCE_END.finditer(text, begin, at):
        begin = match.end()
    return text[begin:at]


def sentence_behind(text: str, at: int, most: int) -> str:
    """What stands behind a place in its sentence, so many characters at most."""
    behind = text[at : at + most]
    end = _SENTENCE_END.search(behind)
    return behind[: end.start()] if end else behind


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences stand, in order."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _sentence_around(text: str, quantity: Quantity) -> str:
    """The sentence of a number, as far as its list may reach."""
    before = sentence_before(text, quantity.start, _LONGEST_LIST)
    return before + text[quantity.start : quantity.end] + sentence_behind(text, quantity.end, _LONGEST_LIST)


def _is_rare(unit: str) -> bool:
    return unit[0] != "/" and unit not in _COSTS and unit not in _OWN_KIND


def _end(text: str, quantity: Quantity) -> int:
    """Where a number ends, before its unit if that is a rare one."""
    if quantity.unit is None or not _is_rare(quantity.unit):
        return quantity.end
    digits = re.search(r"\d(?=\D*$)", text[quantity.start : quantity.end])
    return quantity.start + digits.end() if digits else quantity.end


def _of_the_number(text: str, quantity: Quantity, unit: str) -> list[str]:
    value = abs(quantity.value)
    size = (
        "<=1" if value <= 1 else "<10" if value < 10 else "<=100" if value <= 100 else "<1000" if value < 1000 else ">"
    )
    cues = [f"u={unit}", f"v={size}", f"{unit}|v={size}"]
    sign = text[quantity.start]
    if sign in "+-−":
        cues.append("sign=" + ("+" if sign == "+" else "-"))
    if value != value.to_integral_value():
        cues.append("fraction")
    if quantity.spelled:
        cues.append(f"{unit}|spelled")
    if quantity.upper is not None:
        cues.append("range")
    if quantity.deviation is not None:
        cues.append("deviation")
    return cues


def _of_words(side: str, stems: list[str], unit: str) -> list[str]:
    """The three nearest words at their places, and the others anywhere."""
    first, second, third = (*stems[:3], "^", "^", "^")[:3]
    cues = [f"{side}0={first}", f"{unit}|{side}0={first}", f"{side}1={second}", f"{side}2={third}"]
    cues.append(f"{side}01={first} {second}")
    cues += [f"{side}={word}" for word in dict.fromkeys(stems) if len(word) > 2]
    return cues


def _of_classes(side: str, tokens: list[str], near: int, unit: str) -> list[str]:
    cues = []
    seen: dict[str, None] = {}
    for place, token in enumerate(tokens):
        for letter in classes_of(token):
            if place < 2:
                cues.append(f"c{side}{place}={letter}")
            seen[letter + ("n" if place < near else "f")] = None
    for letters in seen:
        cues += (f"c{side}={letters}", f"{unit}|c{side}={letters}")
    return cues


def _of_list(text: str, quantity: Quantity, previous: Quantity, was_outcome: bool, unit: str) -> list[str]:
    """How a number goes on with the one before it."""
    gap = text[previous.end : quantity.start]
    if len(gap) >= _LONGEST_GAP or _SENTENCE_END.search(gap):
        return []
    joint = " ".join(t if not t[0].isalpha() or t in _JOINING else "w" for t in tokens_of(gap))[:14]
    alike = kind_of_unit(previous) == unit
    return [f"prev={was_outcome}", f"prev={was_outcome}|{alike}", f"prev={was_outcome}|{alike}|{joint}"]
