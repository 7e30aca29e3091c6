"""What a metric's name means: the measure, what it is a kind of, which way is better, on what scale."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ..patterns import regex
from .folding import fold, slug
from .metric_words import (
    DROPPED_BEFORE,
    DROPPED_BEHIND,
    GAINS,
    GOOD_RATES,
    HIGHER,
    LOSSES,
    LOWER,
    POOR_RATES,
    SETTINGS,
    TURNING,
)
from .vocabulary import Direction, Metric, shipped_metrics

__all__ = ["ReadMetric", "read_metric", "setting_in", "share_of"]

_TEX = regex(r"\\(?:text\w*|math\w+)\b|[\\${}]")
_PARENTHESES = regex(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_WORD = regex(r"[^\s,;/]+")
_PREPOSITION = regex(r"\s(?:of|in|on|for|at|under|between|across|over|with|among|from|to|by|against|per)\s")
_AT = regex(
    r"^(?P<base>pass|maj|cons|best|success|hits?|hr|recall|r|precision|p|ndcg|map|mrr|accuracy|acc|f1|avg|mean|bleu|rouge|top)"
    r"(?P<sign>@|\^)(?P<k>\d{1,5}|k|n)(?:accuracy|rate|score|metric)?s?$"
)
_TOP = regex(r"^top(?P<k>\d{1,4}|k)(?P<base>accuracy|error|errorrate|recall|precision|)s?$")
_BASES = {"hit": "hits", "hr": "hits", "r": "recall", "p": "precision", "acc": "accuracy", "cons": "maj"}
_SHARE = regex(r"^(?:rate|share|percentage|percent|proportion|fraction|ratio|probability|number|count|amount)s? of\s")
_CORRECT = regex(r"\b(?:correct|successful|solved|valid|accurate)\b", re.IGNORECASE)
_WITHIN = frozenset(("classification", "recognition", "prediction", "test", "validation", "task"))
_SHOTS = regex(r"\d{1,3}-shot")
_PLURAL = regex(r"(?:(?<=[a-z]{3})(?P<y>ies)|(?<=[a-z]{3})(?<!s)s)$")


class ReadMetric(NamedTuple):
    """What a name means.

    Attributes:
        metric: the measure; its family is empty and its direction unknown where nothing is known.
        how: `exact`, `alias`, `parsed`, or `unknown` where the name is its own measure.
    """

    metric: Metric
    how: str


@lru_cache(maxsize=16_384)
def read_metric(name: str) -> ReadMetric:
    """What the name of a metric means; never fails."""
    text = " ".join(_TEX.sub("", name).split()) or name.strip()
    for form in _bare_forms(text):
        if known := _known(form):
            return known
    shorter = _PARENTHESES.sub(" ", text).strip() or text
    for form in _shortened(shorter):
        if known := _known(form):
            return ReadMetric(known.metric, "parsed")
    return _by_head(shorter)


def setting_in(name: str) -> str:
    """The words of a name that say under which setting a measure was taken: "few-shot" of "few-shot accuracy"."""
    words = name.casefold().split()[:-1]
    return " ".join(word for word in words if word in SETTINGS or _SHOTS.fullmatch(word))


def share_of(value: float, unit: str | None, metric: Metric, score: str = "") -> float | None:
    """A level on the scale from 0 to 1, or None where it is on none, or nobody knows which.

    Args:
        value: the number.
        unit: its unit, or None.
        metric: what it measures.
        score: the number as it was written, which says whether `1` is 1% or all.
    """
    if unit == "%":
        return _rounded(value / 100) if abs(value) <= 100 or metric.high is None else None
    if unit not in (None, "", "points") or metric.high not in (1, 100):
        return None
    if abs(value) < 1 or (value == 1 and "." in score):
        return _rounded(value) if "." in score or value == 0 else None
    return _rounded(value / 100) if 1 < value <= 100 else None


def _rounded(value: float) -> float:
    return float(f"{value:.12g}")


def _bare_forms(text: str) -> tuple[str, ...]:
    """The name, the name without what is in parentheses, and that: "mean reciprocal rank (MRR)"."""
    inside = _PARENTHESES.search(text)
    return (text, _PARENTHESES.sub(" ", text).strip(), inside[1]) if inside else (text,)


def _known(text: str) -> ReadMetric | None:
    key = fold(text)
    if metric := shipped_metrics().get(key):
        return ReadMetric(metric, "exact" if fold(metric.label) == key else "alias")
    return _at_k(key)


def _at_k(key: str) -> ReadMetric | None:
    """`pass@k`, `Recall@10`, `top-3 accuracy`: one measure for each k."""
    found = _AT.match(key) or _TOP.match(key)
    if not found:
        return None
    base, sign, k = found["base"], found.groupdict().get("sign", "top"), found["k"]
    base = _BASES.get(base, base)
    if sign == "top" or base == "top":
        base = "accuracy" if base in ("top", "") else "error rate" if base.startswith("error") else base
        label, family = (
            (f"top-{k} {base}", slug(base)) if base not in ("recall", "precision") else (f"{base}@{k}", base)
        )
    else:
        label, family = f"{base}{sign}{k}", f"{base}{sign}k" if base in ("pass", "maj") else base
    direction: Direction = "lower" if family == "error-rate" else "higher"
    return ReadMetric(Metric(slug(label), label, (), family, direction, 0, 1), "parsed")


def _shortened(text: str) -> list[str]:
    """The name with what leaves a measure what it is taken away, a word at a time."""
    words, forms = text.split(), []
    while len(words) > 1 and words[-1].casefold() in DROPPED_BEHIND:
        words = words[:-1]
        forms.append(" ".join(words))
    while len(words) > 1 and (words[0].casefold() in DROPPED_BEFORE or _SHOTS.fullmatch(words[0].casefold())):
        words = words[1:]
        forms.append(" ".join(words))
    if len(kept := [word for word in words[1:-1] if word.casefold() not in _WITHIN]) < len(words) - 2:
        words = [words[0], *kept, words[-1]]  # "top-1 classification accuracy"
        forms.append(" ".join(words))
    if words and (one := _singular(words[-1])) != words[-1]:
        forms.append(" ".join([*words[:-1], one]))
    return forms


def _singular(word: str) -> str:
    return _PLURAL.sub(lambda end: "y" if end["y"] else "", word)


def _by_head(text: str) -> ReadMetric:
    """The name as its own measure; its head noun says what it is a kind of and which way is better."""
    name = (_shortened(text) or [text])[-1]
    own = Metric(slug(name) or slug(text) or "metric", text)
    if share := _SHARE.match(name.casefold()):
        return ReadMetric(replace(own, direction=_of_share(name[share.end() :]), low=0), "unknown")
    head = _PREPOSITION.split(f" {name} ", maxsplit=1)[0].split() if " per " not in name else []
    if any(word.casefold() in TURNING for word in name.split()):
        return ReadMetric(own, "unknown")
    for at in range(1, len(head)):
        known = _known(" ".join(head[at:])) or _known(_singular(" ".join(head[at:])))
        if known and not _is_of_loss(head[at - 1]):
            metric = known.metric
            kind = replace(own, family=metric.family, direction=metric.direction, low=metric.low, high=metric.high)
            return ReadMetric(kind, "parsed")
    if head and (direction := _of_head([word.casefold() for word in head])) != "unknown":
        return ReadMetric(replace(own, direction=direction), "parsed")
    return ReadMetric(own, "unknown")


def _is_of_loss(word: str) -> bool:
    """Whether a word before a measure makes another of it: "negative recall", "inverse accuracy", "false precision"."""
    return word.casefold() in ("negative", "inverse", "false", "non", "anti", "reverse", "minus")


def _of_head(words: list[str]) -> Direction:
    """Which way is better, by the last word and, for rates and changes, by what is before it."""
    last = words[-1]
    if last in ("rate", "rates", "ratio", "ratios"):
        return _of_rate(words[:-1])
    if last in DROPPED_BEHIND and len(words) > 1:
        return _of_head(words[:-1])
    if last in LOSSES or last in GAINS:
        of = _of_head(words[:-1]) if len(words) > 1 else "unknown"
        if last in LOSSES or last == "increase":
            return _turned(of) if last in LOSSES else of
        return "higher"
    if last in HIGHER:
        return "higher"
    return "lower" if last in LOWER else "unknown"


def _of_rate(words: list[str]) -> Direction:
    before = {*words, "-".join(words[-2:])}
    if before & POOR_RATES:
        return "lower"
    return "higher" if before & GOOD_RATES else "unknown"


def _of_share(text: str) -> Direction:
    """Of "rate of correct answers" the "correct answers", of "number of errors" the "errors"."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if _CORRECT.search(text):
        return "higher"
    return "lower" if {*words} & (LOWER | {"failed", "false", "wrong", "incorrect"}) else "unknown"


def _turned(direction: Direction) -> Direction:
    return {"higher": "lower", "lower": "higher"}.get(direction, "unknown")  # type: ignore[return-value]
