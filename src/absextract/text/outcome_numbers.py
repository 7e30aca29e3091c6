"""Which numbers of a text look like outcomes: a learned score for each, from its unit and the words around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, zip_longest
from math import fsum

from ..patterns import regex
from .disowned import disowned
from .listed_shares import listed_shares
from .no_outcomes import is_plainly_none
from .number_cues import cues_of, is_measured_in_rare_unit, sentence_before
from .quantities import Quantity, read_quantities
from .values import value_class
from .weight_files import check_format, read_weight_file

__all__ = [
    "OUTCOMES_FILE",
    "OUTCOMES_FORMAT",
    "CueWeights",
    "NumberReading",
    "load_outcome_weights",
    "may_be_outcome",
    "read_numbers",
    "read_outcomes",
]

OUTCOMES_FORMAT = 1
"""Version of the file's layout."""
OUTCOMES_FILE = "outcomes.json.gz"
_OWN_WORK = regex(
    r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|study|article|survey|report)|[Rr]esults?|[Ee]xperiments?|[Ee]xperimental"
    r"|[Ff]indings|outperforms?)\b"
)
# "40 passages", "300 epochs": what is counted is hardly ever an outcome, and most numbers count; "40 frames per second"
# may be one.
_COUNTS_THINGS = regex(
    r"\s?[个個種种张張枚人件只隻条條次项項名例份台组組层層本篇位款类類つ개명장회편건종]"
    r"|\+?[\s-](?![a-z]+(?:\s[a-z]+)?(?:/s\b|\sper\s(?:second|minute|hour|day)))"
    r"(?!(?:on|in|and|to|for|over|at|with|from|by|of|points?|out|vs|versus|or|while|compared|across|absolute"
    r"|relative|under|when|after|as|than|is|against|higher|lower|better|worse|above|below|average|mean|accuracy"
    r"|pass|exact|percent)\b)[a-z]{3}"
)
_BEFORE_OWN_WORK = "before own work"
_PART_OF_WHOLE = "part of whole"
_FEWEST_PARTS = 3
_LONGEST_STEP = 200
_WHOLE = 101
"""Percent, with what rounding adds."""
_MOST_NUMBERS = 200
"""Numbers looked at; a text with more is no abstract and would take its time for nothing."""


@dataclass(frozen=True)
class CueWeights:
    """A linear score: the bias and the weights of the cues that are seen."""

    bias: float
    weights: Mapping[str, float]

    def score(self, cues: list[str]) -> float:
        """How strongly the cues speak for it; above 0 they do so on balance."""
        return fsum([self.bias, *filter(None, map(self.weights.get, cues))])


@value_class
class NumberReading:
    """A number that may be an outcome.

    Attributes:
        quantity: the number.
        cues: what is seen of it.
        score: log odds that it is an outcome of the work, as far as cues tell.
    """

    quantity: Quantity
    cues: list[str]
    score: float


@lru_cache(maxsize=16)  # extractor and validator read the same abstract
def read_outcomes(text: str) -> tuple[NumberReading, ...]:
    """Every number of a text that may be an outcome, in order, with how much it looks like one."""
    return tuple(read_numbers(text, load_outcome_weights()))


def read_numbers(text: str, weights: CueWeights, known: Mapping[int, bool] | None = None) -> list[NumberReading]:
    """The readings under given weights.

    Args:
        text: what is read.
        weights: of the cues.
        known: whether the number that begins at a place is an outcome, where that need not be guessed.
    """
    shares = listed_shares(text)
    possible = (
        quantity
        for quantity in read_quantities(text)
        if may_be_outcome(text, quantity) and not any(low <= quantity.start < high for low, high in shares)
    )
    quantities = list(islice(possible, _MOST_NUMBERS))
    if not quantities:
        return []
    own_work = _OWN_WORK.search(text)
    begin = own_work.start() - len(sentence_before(text, own_work.start(), len(text))) if own_work else len(text)
    parts = _parts_of_wholes(text, quantities)
    readings: list[NumberReading] = []
    previous: tuple[Quantity, bool] | None = None
    for quantity, following in zip_longest(quantities, quantities[1:]):
        cues = cues_of(text, quantity, previous, following)
        if quantity.start < begin:
            cues.append(_BEFORE_OWN_WORK)
        if quantity.start in parts:
            cues.append(f"{_PART_OF_WHOLE}={parts[quantity.start]}")
        score = weights.score(cues)
        readings.append(NumberReading(quantity, cues, score))
        previous = quantity, known.get(quantity.start, False) if known is not None else score > 0
    return readings


def _parts_of_wholes(text: str, quantities: Sequence[Quantity]) -> dict[int, bool]:
    """Whether three and more percentages of a sentence may be the parts of one whole, by where each begins."""
    lists: list[list[Quantity]] = []
    for quantity in quantities:
        if quantity.unit == "%" and text[quantity.start] not in "+-":
            if lists and _is_listed_with(text, lists[-1][-1], quantity):
                lists[-1].append(quantity)
            else:
                lists.append([quantity])
    return {
        each.start: fsum(each.value for each in listed) <= _WHOLE
        for listed in lists
        if len(listed) >= _FEWEST_PARTS
        for each in listed
    }


def _is_listed_with(text: str, last: Quantity, quantity: Quantity) -> bool:
    """Whether a number stands in the sentence of another, not far behind it."""
    gap = quantity.start - last.end
    return gap <= _LONGEST_STEP and len(sentence_before(text, quantity.start, gap)) == gap


def may_be_outcome(text: str, quantity: Quantity) -> bool:
    """Whether a number can be an outcome at all: no part of a name, no number of things counted.

    It is not disowned either, and has no unit of another science without a metric beside it.
    """
    if quantity.in_name:
        return False
    whole = quantity.unit is None and quantity.value == quantity.value.to_integral_value()
    if whole and (quantity.spelled or _COUNTS_THINGS.match(text, quantity.end)):
        return False
    if is_plainly_none(text, quantity):
        return False
    return not is_measured_in_rare_unit(text, quantity) and disowned(text, quantity) is None


@lru_cache(maxsize=1)
def load_outcome_weights() -> CueWeights:
    """The weights of this package."""
    content = read_weight_file(__package__, OUTCOMES_FILE)
    check_format(content, OUTCOMES_FORMAT)
    return CueWeights(content["bias"], content["weights"])
