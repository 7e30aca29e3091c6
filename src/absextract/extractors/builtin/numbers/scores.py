"""Scores: which numbers of an abstract are outcomes of the work, and of which kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from ....patterns import regex
from ....reading.passage import Mention, Passage
from ....reading.wordlists import words
from ....schema.paper import ResultKind
from ....text.number_cues import kind_of_unit
from ....text.outcome_numbers import NumberReading
from ....text.quantities import Quantity
from ....text.told_kind import kind_told
from ..weights.odds import probability_of
from .model import NumberModel
from .plain_kinds import plain_kind
from .score_kinds import kind_by_patterns, stands_in_from_to

__all__ = ["Score", "find_scores", "is_outcome_by_patterns", "kind_cues", "outcome_cues", "score_spans"]

_GROWN = frozenset(("cb=Gn", "cb=Gf"))
_COMPARATIVE = regex(
    r"\b(?:faster|slower|fewer|less|more|smaller|larger|higher|lower|better|worse|cheaper|longer|shorter|greater"
    r"|speed-?ups?|accelerat\w+|reduc\w+|improv\w+|increas\w+|decreas\w+|compress\w*|gains?|boosts?|savings?"
    r"|sav(?:e|es|ing)|throughput|efficien\w+|outperform\w+"
    r"|as (?!(?:part|well|an?|the|in|to|of|input|training)\b)[a-z]+)\b",
    re.IGNORECASE,
)
_SPELLED_RATIO = regex(
    r"(?<=[bpv]ing) the |(?<=[bpv]les) the |(?<=[bpv]es) the "
    r"| (?:faster|slower|fewer|less|more|smaller|larger|higher|lower|better|as (?:fast|many|much|efficient|likely))\b"
)
# "trained on only 10% of the data", "the top 15%": how much was used, not what came of it.
_SHARE_BEFORE = regex(
    r"\b(?:using|use[sd]?|only|with|just|merely|on|top|bottom|first|remaining|than|keeping|prun\w+"
    r"|mask\w+|sampl\w+|remov\w+|discard\w+|train(?:s|ing|ed)?|tun(?:es|ing|ed)|updat(?:es|ing|ed)|random)"
    r"(?: (?:only|just|merely|a|the|about|around|as (?:few|little) as|less than|fewer than|up to|using|on|with))*"
    r"[ ~$(]*$"
)
_SHARE_BEHIND = regex(
    r" (?:of )?(?:the |its |their |all )?(?:[\w-]+ ){0,3}?(?:data|dataset|samples?|examples?|labels?|parameters?"
    r"|weights"
    r"|tokens?|steps?|neurons|budget|compute|cost|annotations?|images?|layers?|demonstrations"
    r"|instances|GPT[-\w.]*|cases)\b"
)
_EXTREME_BEFORE = regex(r"\b(?:(?:top|bottom)[\s-]|(?:contain|compris|includ)\w+ (?:about |around |over )?)$")
_NO_OUTCOME_BEHIND = regex(
    r"[\s-]*(?:confidence|CI\b|power\b|credible|likelihood of|chance of|probability of|significance|scale\b|Likert"
    r"|sparsity\b"
    r"|of (?:them|which) (?:in|from|by|written)\b"
    r"|of (?:developers|people|users|companies|patients|adults|the population|participants were|respondents were))"
)
_PARAMETER_BEFORE = regex(
    r"(?:\b[pPnNkT]|[αβλετγσμ]|\\\w+|temperature|threshold|learning rate|dropout|budget|version)"
    r"\s?\$?\s?(?:[<>=≤≥]|\\leq?|of)\s?\$?$"
)
_FACTOR = regex(r"\b(?:by|of|with) (?:an? )?(?:average )?factors? of (?:up to |about |over |more than |nearly )?[~$]*$")
_TRAINED_WITH = regex(r"\b(?:trained|fine-?tuned|pretrained|tuned) (?:on|with|using|for)(?: up to)? $")
_COUNTED_SUCCESS = regex(
    r"\b(?:solv|pass|correct|won|win|succe|answer|scor|rat(?:ed|ing)|achiev|beat|outperform|surpass|better|best)"
    r"|\b(?:versus|vs\.?|against|compared (?:to|with))(?: only| just)? $",
    re.IGNORECASE,
)
_SIZE_OF_MODELS_BEFORE = regex(
    r"\b(?:models?|networks?|LLMs?|ones)(?: that are| which are| over| up to| about)* ?[$~]*$"
)
_SIZE_BEHIND = regex(r"\$?\s?(?:larger|bigger)\b|\$?\s?(?:its|their|the) size\b")
_METRIC_TO_NUMBER = regex(
    r"(?: score| value)?s?(?: \([\w@-]+\))?(?: on [\w-]+(?: [\d.]+)?)?,? ?(?:of|by|is|was|to|from|at|=|:|\(|reach\w*"
    r"|(?:improve[sd]?|increase[sd]?|drop(?:s|ped)?|reduce[sd]?|rises?|rose|grows?|grew|falls?|fell|decrease[sd]?)"
    r" (?:by|to|from))"
    r"(?: up to| over| about| around| only| approximately| nearly)?[ ~$]{0,2}"
)
_NUMBER_TO_METRIC = regex(r"\$?(?: (?:average|mean|points|in))? ")
_POINTS = regex(r"\$?[\s~-](?:percentage|percent)?[- ]?(?:points?|pts?|pp[ts]?|p\.p\.)$")
_PLUS_MINUS = r"(?:\splus(?:\sor\s|\s?/\s?)minus|\s?\$?(?:[_^]?\{|\()?\s?(?:±|\\pm|\+/?-|\?))[^%\w]*[\d.,]+\s?\$?"
_DEVIATION = regex(rf"{_PLUS_MINUS}[}})]?$|(?<=%){_PLUS_MINUS}\\?%?[}})]?$")
"""Behind a number, where no unit stands behind both: "81.2 ± 0.3"."""

_OUTCOME_UNITS = words("FPS dB bpb")
_NEAR = 60
_LARGEST_BARE_SCORE = 3000
_MOST_OUTCOMES = 40
"""Of an abstract; one with more is none, and each takes its time."""


@dataclass(frozen=True, slots=True)
class Score:
    """An outcome at its place in the abstract.

    Attributes:
        start, end: its half-open interval.
        quantity: the number it was read from, which may be a range that holds it.
        kind: a level reached, or a change.
        probability: how likely it is an outcome, as learned.
    """

    start: int
    end: int
    quantity: Quantity
    kind: ResultKind
    probability: float


def find_scores(
    model: NumberModel, abstract: Passage, readings: Iterable[NumberReading], metrics: list[Mention]
) -> list[Score]:
    """The outcomes among the numbers of an abstract, in order.

    Args:
        model: what is learned of numbers.
        abstract: the text.
        readings: its numbers, read.
        metrics: all metrics named in it.
    """
    scores: list[Score] = []
    named = {metric.text for metric in metrics}
    for reading in readings:
        if len(scores) >= _MOST_OUTCOMES:
            break
        cues = outcome_cues(abstract.text, reading.quantity, metrics)
        probability = probability_of(reading.score + model.outcome.score(cues))
        if probability < model.least_outcome:
            continue
        last = scores[-1] if scores else None
        cues = kind_cues(abstract.text, reading, last.end if last else 0, last.kind if last else None)
        learned: ResultKind = "change" if model.change.score(cues) > 0 else "value"
        plain = plain_kind(abstract.text, reading.quantity)
        spans = list(score_spans(abstract.text, reading.quantity))
        if len(spans) > 1 and reading.quantity.unit != "points":  # both ends of "from … to" are levels
            plain = "value"
        for start, end in spans:
            told = kind_told(abstract.text, start, max(end, reading.quantity.end), reading.quantity.unit, named)
            scores.append(Score(start, end, reading.quantity, plain or told or learned, probability))
    return scores[:_MOST_OUTCOMES]


def outcome_cues(text: str, quantity: Quantity, metrics: list[Mention]) -> list[str]:
    """What patterns say of a number, by itself and with its unit."""
    return _with_unit(f"outcome={is_outcome_by_patterns(text, quantity, metrics)}", quantity)


def kind_cues(text: str, reading: NumberReading, last_end: int, last_kind: ResultKind | None) -> list[str]:
    """What the learned choice of the kind weighs: all that is seen of the number, and what patterns say.

    Args:
        text: the abstract.
        reading: the number.
        last_end: where the outcome before it ends.
        last_kind: the kind of that one, None for the first.
    """
    by_patterns = kind_by_patterns(text, reading.quantity, last_end, last_kind)
    cues = reading.cues + _with_unit(f"kind={by_patterns}", reading.quantity)
    if not _GROWN.isdisjoint(reading.cues):  # what is lowered "to" is a level, what is lowered "by" a change
        cues += [f"grown|{cue}" for cue in reading.cues if cue.startswith("b0=")]
    return cues


def _with_unit(cue: str, quantity: Quantity) -> list[str]:
    return [cue, f"{cue}|{kind_of_unit(quantity)}"]


def score_spans(text: str, quantity: Quantity) -> Iterator[tuple[int, int]]:
    """Where the score stands: both ends of "from 35.5% to 44.5%", no "points" and no "± 0.3" behind a number."""
    for part in quantity.parts if stands_in_from_to(text, quantity) else (quantity,):
        end = part.end
        if quantity.unit == "points" and not part.parts and (points := _POINTS.search(text, part.start, end)):
            end = points.start()
        if part.deviation is not None and (deviation := _DEVIATION.search(text, part.start, end)):
            end = deviation.start()
        yield part.start, end


def is_outcome_by_patterns(text: str, quantity: Quantity, metrics: list[Mention]) -> bool:
    """Whether unit and neighbourhood alone speak for an outcome."""
    start, end, unit = quantity.start, quantity.end, quantity.unit
    before, behind = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _NO_OUTCOME_BEHIND.match(behind) or _PARAMETER_BEFORE.search(before):
        return False
    if unit == "%":
        return not (_SHARE_BEFORE.search(before) and _SHARE_BEHIND.match(behind)) and not _EXTREME_BEFORE.search(before)
    if unit == "x":
        return _is_ratio(text, quantity, before, behind)
    if quantity.spelled:
        return False
    if unit == "points":
        return quantity.value <= 100 and "scale" not in behind[:12]
    if unit is None and _FACTOR.search(before):
        return True
    if unit is None and quantity.value > _LARGEST_BARE_SCORE:
        return False
    if unit is not None and unit.startswith("/"):
        return _COUNTED_SUCCESS.search(before[-40:]) is not None
    if unit in _OUTCOME_UNITS:
        return True
    places = start - 2 * _NEAR, start + 2 * _NEAR + 1
    first, last = (bisect_left(metrics, place, key=attrgetter("start")) for place in places)
    return any(_joined(text, quantity, metric) for metric in metrics[first:last])


def _is_ratio(text: str, quantity: Quantity, before: str, behind: str) -> bool:
    """Whether "2x" or "twice" compares; "trained on 100x more data" compares what was spent."""
    if _TRAINED_WITH.search(before) or _tells_size(before, behind):
        return False
    if quantity.spelled:
        return _SPELLED_RATIO.match(text, quantity.end) is not None
    return _COMPARATIVE.search(behind[:35]) is not None or _COMPARATIVE.search(before[-40:]) is not None


def _tells_size(before: str, behind: str) -> bool:
    """As in "on par with models 10x larger"."""
    return _SIZE_OF_MODELS_BEFORE.search(before) is not None and _SIZE_BEHIND.match(behind) is not None


def _joined(text: str, quantity: Quantity, metric: Mention) -> bool:
    """Whether only joining words stand between a metric and a number: "BLEU of 28.4", "94.0 pass@1"."""
    if metric.end <= quantity.start:
        return _METRIC_TO_NUMBER.fullmatch(text, metric.end, quantity.start) is not None
    return _NUMBER_TO_METRIC.fullmatch(text, quantity.end, metric.start) is not None
