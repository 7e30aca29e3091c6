"""Numbers that are plainly no outcomes by what stands beside them: versions, list marks, tolerances, criteria."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..patterns import regex
from .quantities import Quantity

__all__ = ["is_plainly_none"]

_ANY = regex("")


class _Rule(NamedTuple):
    """Numbers between some words that are no outcomes.

    Attributes:
        before: what stands before them.
        behind: what stands behind them.
        units: the first letters of their units, an empty one for those without; None for any.
        whole: how they are written, with what stands behind.
    """

    before: re.Pattern[str] = _ANY
    behind: re.Pattern[str] = _ANY
    units: tuple[str, ...] | None = None
    whole: re.Pattern[str] = _ANY

    def holds(self, text: str, quantity: Quantity, before: str) -> bool:
        """Whether a number of a text stands so."""
        return (
            (self.units is None or (quantity.unit or "")[:1] in self.units)
            and self.behind.match(text, quantity.end) is not None
            and self.whole.match(text, quantity.start) is not None
            and self.before.search(before) is not None
        )


_RULES = (
    _Rule(
        regex(
            r"\\text(?:super|sub)script\{$"  # "R\textsuperscript{2}"
            r"|(?<![\d%}])(?<![\d%}]\s)(?<![\d%}]\$)\s?\$?\s?(?:±|\\pm|\+/-)\s?\$?\s?$"  # "within ±5 pp"
            r"|@\.?\d[\d.]*[:-]$"  # "mAP@.50:.95"
            r"|\bthreshold (?:of )?\($"
        )
    ),
    _Rule(regex(r"\(at $"), regex(r"\)")),  # "Recall (at 10)"
    _Rule(
        regex(r"\b(?:[Aa]t|[Rr]ate of|[Ff]requency of|to) (?:an? )?$|\b(?:sampl|resolution|bandwidth|speech|audio)"),
        units=("k",),
        whole=regex(r"[\d.]+ ?kHz"),
    ),
    # "a 70/20/10 percent split"
    _Rule(
        behind=regex(r"(?:/\d{1,3}){0,4}\s?(?:%|percent)?\s(?:(?:train|training|random)\S*\s)?split\b"), units=("", "%")
    ),
    # "Kestrel~4.5 is", where TeX keeps name and version together
    _Rule(regex(r"\b[A-Z][a-z]+~$"), units=("",), whole=regex(r"\d\.\d(?![\d%])")),
    _Rule(behind=regex(r"\+? (?:statistical |credible )?(?:significance|confidence)\b"), units=("%",)),
    # "with a 20% token budget"
    _Rule(
        regex(r"\b(?:at|under|with an?|with)(?: only)? [~$]*$"),
        regex(r"\$?\s(?:[\w-]+\s)?(?:budgets?|sparsity|compression|masking|subset)\b(?! (?:ratio|rate))"),
        units=("%",),
    ),
    _Rule(units=("",), whole=regex(r"(?:\d\S{0,8}\sto\s\$?)?\d[\d.,]{0,12}\s(?:million|billion|trillion)\b")),
    _Rule(whole=regex(r"\d[\d.]*-bits?\b")),
    _Rule(regex(r"\b(?:below|under) the $"), regex(r" (?:[\w-]+ ){0,2}?(?:threshold|limit|tolerance)s?\b")),
    _Rule(regex(r"\b[A-Z][\w-]*(?: \d+)? $"), units=("x",), whole=regex(r"\d{3,5}X(?!\w)")),  # "a Ryzen 9 9950X"
    # "outperforms 10x larger models"
    _Rule(
        regex(
            r"\b(?:outperform|surpass|exceed|beat|match|rival|compet|compar|par with|over|than|against|as well as)"
            r"(?:(?![.;]\s).){0,60}$"
        ),
        regex(
            r"\$?[\s-](?:larger|bigger|heavier)[\s-](?:[\w-]+[\s-]){0,2}?(?:models?|LLMs?|VLMs?|networks?|counterparts?"
            r"|baselines?|ones|teachers?|systems?|rivals?|competitors?)\b"
        ),
        units=("x",),
    ),
    # "using 12 of the 30 features"
    _Rule(
        regex(r"\b(?:using|uses|with)(?: only| just)? $"),
        regex(r" (?:features|variables|inputs|channels|layers|parameters|predictors|sensors|markers)\b"),
        units=("/",),
    ),
    _Rule(regex(r"%\$?\s?\(\$?$"), regex(r"\)"), units=("/",)),  # "in 45% (13/29)" says it again
)
_MARKS = frozenset("23456789")
_LIST_MARK = regex(r"(?<!\w)\($")
_NAME_BEFORE = regex(r"(?<![\w-])[A-Z][\w-]* $")
_VERSION = regex(r"\d{1,2}(?:\.\d)?")
_NAME_GOES_ON = regex(r" [A-Z][a-z]+\b")
_SEEN = 90


def is_plainly_none(text: str, quantity: Quantity) -> bool:
    """Whether a number is part of a name, marks an item of a list, or says what was asked for, not what came out."""
    before = text[max(0, quantity.start - _SEEN) : quantity.start]
    if any(rule.holds(text, quantity, before) for rule in _RULES):
        return True
    return quantity.unit is None and (_marks_item(text, quantity, before) or _is_version(text, quantity, before))


def _marks_item(text: str, quantity: Quantity, before: str) -> bool:
    """As in "(1) it reads, (2) it writes"."""
    mark = text[quantity.start : quantity.end]
    if mark not in _MARKS or not _LIST_MARK.search(before) or not text.startswith(") ", quantity.end):
        return False
    return text.find(f"({int(mark) - 1}) ", 0, quantity.start) >= 0


def _is_version(text: str, quantity: Quantity, before: str) -> bool:
    """As in "Kestrel 1.5 Pro beats Kestrel 1.5": the name goes on, and stands there again with the number."""
    name = _NAME_BEFORE.search(before)
    if name is None or not _VERSION.fullmatch(text, quantity.start, quantity.end):
        return False
    named = name[0] + text[quantity.start : quantity.end]
    first = text.find(named)
    second = text.find(named, first + len(named))
    places = (first, second, quantity.start - len(name[0]))
    return second >= 0 and any(_NAME_GOES_ON.match(text, place + len(named)) for place in places)
