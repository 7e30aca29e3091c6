"""Scores: which numbers of an abstract are outcomes of the work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...schema.paper import ResultKind
from ...text.quantities import Quantity
from .passage import Mention, Passage
from .score_kinds import kind_of, stands_in_from_to
from .sentences import sentence_at
from .wordlists import words

__all__ = ["Score", "find_scores"]

_OWN_WORK = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|study|article|survey|report)|[Rr]esults?|[Ee]xperiments?|[Ee]xperimental"
    r"|[Ff]indings|outperforms?)\b"
)
_COMPARATIVE = re.compile(
    r"\b(?:faster|slower|fewer|less|more|smaller|larger|higher|lower|better|worse|cheaper|longer|shorter|greater"
    r"|speed-?ups?|accelerat\w+|reduc\w+|improv\w+|increas\w+|decreas\w+|compress\w*|gains?|boosts?|savings?"
    r"|sav(?:e|es|ing)|throughput|efficien\w+|outperform\w+"
    r"|as (?!(?:part|well|an?|the|in|to|of|input|training)\b)[a-z]+)\b",
    re.IGNORECASE,
)
_SPELLED_RATIO = re.compile(
    r"(?<=[bpv]ing) the |(?<=[bpv]les) the |(?<=[bpv]es) the "
    r"| (?:faster|slower|fewer|less|more|smaller|larger|higher|lower|better|as (?:fast|many|much|efficient|likely))\b"
)
# "trained on only 10% of the data", "the top 15%": how much was used, not what came of it.
_SHARE_BEFORE = re.compile(
    r"\b(?:using|use[sd]?|only|with|just|merely|on|top|bottom|first|remaining|than|keeping|prun\w+"
    r"|mask\w+|sampl\w+|remov\w+|discard\w+|train(?:s|ing|ed)?|tun(?:es|ing|ed)|updat(?:es|ing|ed)|random)"
    r"(?: (?:only|just|merely|a|the|about|around|as (?:few|little) as|less than|fewer than|up to|using|on|with))*"
    r"[ ~$(]*$"
)
_SHARE_BEHIND = re.compile(
    r" (?:of )?(?:the |its |their |all )?(?:[\w-]+ ){0,3}?(?:data|dataset|samples?|examples?|labels?|parameters?"
    r"|weights"
    r"|tokens?|steps?|neurons|budget|compute|cost|annotations?|images?|layers?|demonstrations"
    r"|instances|GPT[-\w.]*|cases)\b"
)
_EXTREME_BEFORE = re.compile(r"\b(?:(?:top|bottom)[\s-]|(?:contain|compris|includ)\w+ (?:about |around |over )?)$")
_NO_OUTCOME_BEHIND = re.compile(
    r"[\s-]*(?:confidence|CI\b|credible|likelihood of|chance of|probability of|significance|scale\b|Likert|sparsity\b"
    r"|of (?:them|which) (?:in|from|by|written)\b"
    r"|of (?:developers|people|users|companies|patients|adults|the population|participants were|respondents were))"
)
_STATISTIC_BEFORE = re.compile(
    r"(?:\b(?:r|R|ICC|AUC|F1|d|OR|HR|RR|MAE|RMSE|rho|kappa|ACC|acc|MCC|R2)|\\rho\$?|\\kappa\$?|ρ|κ|R\^\{?2\}?\$?|R²)"
    r"\s?[=≈~]\s?\$?$"
)
_PARAMETER_BEFORE = re.compile(
    r"(?:\b[pPnNkT]|[αβλετγσμ]|\\\w+|temperature|threshold|learning rate|version)\s?\$?\s?(?:[<>=≤≥]|\\leq?|of)\s?\$?$"
)
_TRAINED_WITH = re.compile(r"\b(?:trained|fine-?tuned|pretrained|tuned) (?:on|with|using|for)(?: up to)? $")
_COUNTED_SUCCESS = re.compile(
    r"\b(?:solv|pass|correct|won|win|succe|answer|scor|rat(?:ed|ing)|achiev|beat|outperform|surpass|better|best)"
    r"|\b(?:versus|vs\.?|against|compared (?:to|with))(?: only| just)? $",
    re.IGNORECASE,
)
_SIZE_OF_MODELS_BEFORE = re.compile(
    r"\b(?:models?|networks?|LLMs?|ones)(?: that are| which are| over| up to| about)* ?[$~]*$"
)
_SIZE_BEHIND = re.compile(r"\$?\s?(?:larger|bigger)\b|\$?\s?(?:its|their|the) size\b")
_COST_BEFORE = re.compile(
    r"\bfrom\s\$?$|\b(?:reduc|latency|error)\w*[^.;]{0,40}\b(?:by|to|of|from)\s(?:an average of |about |only )?$"
)
_MEASURE_TO_NUMBER = re.compile(
    r"(?: score| value)?s?(?: \([\w@-]+\))?(?: on [\w-]+(?: [\d.]+)?)?,? ?(?:of|by|is|was|to|from|at|=|:|\(|reach\w*"
    r"|(?:improve[sd]?|increase[sd]?|drop(?:s|ped)?|reduce[sd]?|rises?|rose|grows?|grew|falls?|fell|decrease[sd]?)"
    r" (?:by|to|from))"
    r"(?: up to| over| about| around| only| approximately| nearly)?[ ~$]{0,2}"
)
_NUMBER_TO_MEASURE = re.compile(r"\$?(?: (?:average|mean|points|in))? ")
# A number with a decimal point is an outcome where words of reaching and growing lead to it: "scores 62.3",
# "gains of 3.1 and 4.2", "(81.3 vs. 78.9)"; not before a unit of nature: "reaches 2.5 K".
_DECIMAL = re.compile(r"[+-]?\d+\.\d+")
_LEADS_TO = re.compile(
    r"\b(?:scor(?:es?|ed|ing)|reach(?:es|ed|ing)?|achiev(?:es?|ed|ing)|attain(?:s|ed|ing)?|obtain(?:s|ed|ing)?"
    r"|gains?|improv(?:es?|ed|ing|ements?)|increas(?:es?|ed|ing)|drops?|dropped|rises?|boosts?|boosting|margins?"
    r"|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?)"
    r"(?: [\w@'’-]+,?){0,6}?(?: (?:of|by|to|at|from|up to|about|over|an?|average|only|just|nearly|around))*"
    r"[ ~$(]{1,3}\+?$"
)
_SCORED = re.compile(r"\b(?:scor(?:es|ed|ing)|scores? of)(?: only| just| about| over)? $")
_TOTAL_SCORED = re.compile(
    r"\b(?:a|an|the|mean|average|total|final|human)(?: [\w-]+)? (?:score|return|reward|rating) of"
    r"(?: only| just| about| over)? $"
)
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|versus|against|as opposed to|instead of|up from|down from)"
    r"(?: only| just| about)? [$~]*$"
)
_NAMED_BEHIND = re.compile(
    r"\$? (?=\w*[A-Z]\w*[A-Z])[A-Z][\w@-]{3,11}(?= (?:on|over|for|in|and|at|with|against)\b|[,.;)])"
)
_FACTOR = re.compile(
    r"\b(?:by|of|with) (?:an? )?(?:average )?factors? of (?:up to |about |over |more than |nearly )?[~$]*$"
)
_CONTRAST = re.compile(r"\$?\s\(\$?\+\s?\d|[%$\s]*(?:vs\.?|versus|→|->|\\rightarrow)[\s$]*[\d.]+")
_CONTRASTED = re.compile(r"\d[%$\s]*(?:vs\.?|versus|→|->|\\rightarrow)[\s$]*$")
_LIST_STEP = re.compile(
    r"\$?(?: \([^()]{1,40}\)| on [\w-]+)?(?:(?:, and |, | and )(?:[\w@-]+(?: [\w@-]+)? by )?| ?/ ?| to )[$~+]*"
)
_UNIT_OF_NATURE = re.compile(
    r"[ ~](?!(?:on|in|to|and|for|of|at|vs|as|by|or|bits|nats|mAP|AP|F1|PSNR|BLEU|MOS|AUC)\b)\$?[A-Za-zμµ]{1,4}\b"
)
_POINTS = re.compile(r"[\s~-](?:percentage|percent)?[- ]?(?:points?|pts?|pp[ts]?|p\.p\.)$")

_OUTCOME_UNITS = words("FPS dB bpb")
_COST_UNITS = words("ns us ms seconds minutes hours days MB GB GFLOPs FLOPs W J kWh mm cm m degrees")
_NEAR = 60
_LARGEST_BARE_SCORE = 3000


@dataclass(frozen=True, slots=True)
class Score:
    """An outcome at its place in the abstract."""

    start: int
    end: int
    kind: ResultKind


def find_scores(abstract: Passage, metrics: list[Mention]) -> list[Score]:
    """The outcomes among the numbers of an abstract, in order.

    What stands before the first sentence on the paper's own work is motivation and gives none.
    """
    own_work = _OWN_WORK.search(abstract.text)
    if own_work is None:
        return []
    measured_from = sentence_at(abstract.sentences, own_work.start())[0]
    scores: list[Score] = []
    for quantity in abstract.quantities:
        if quantity.in_name or quantity.start < measured_from:
            continue
        last = scores[-1] if scores else None
        goes_on = last is not None and _goes_on(abstract.text, last, quantity)
        if not goes_on and not _is_outcome(abstract.text, quantity, metrics):
            continue
        kind = kind_of(abstract.text, quantity, last.end if last else 0, last.kind if last else None)
        scores += [Score(start, end, kind) for start, end in _spans(abstract.text, quantity)]
    return scores


def _spans(text: str, quantity: Quantity) -> Iterator[tuple[int, int]]:
    """Where the score stands: both ends of "from 35.5% to 44.5%", and no "points" behind a number."""
    for part in quantity.parts if stands_in_from_to(text, quantity) else (quantity,):
        is_one_number = quantity.unit == "points" and not part.parts
        unit = _POINTS.search(text, part.start, part.end) if is_one_number else None
        yield part.start, unit.start() if unit else part.end


def _is_outcome(text: str, quantity: Quantity, metrics: list[Mention]) -> bool:
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
    if unit is None:
        return _is_bare_score(text, quantity, before, metrics)
    if unit == "points":
        return quantity.value <= 100 and "scale" not in behind[:12]
    if unit.startswith("/"):
        return _COUNTED_SUCCESS.search(before[-40:]) is not None
    if unit in _COST_UNITS and _COST_BEFORE.search(before):
        return True
    return unit in _OUTCOME_UNITS or any(metric.end <= start and _joined(text, quantity, metric) for metric in metrics)


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


def _is_bare_score(text: str, quantity: Quantity, before: str, metrics: list[Mention]) -> bool:
    """A number without a unit is a score beside the name of a measure, or behind the sign of a statistic."""
    if _STATISTIC_BEFORE.search(before) or _FACTOR.search(before) or _TOTAL_SCORED.search(before):
        return True
    if quantity.value > _LARGEST_BARE_SCORE or text[quantity.end - 1].isalpha():
        return False
    if _is_reached(text, quantity, before):
        return True
    near = [metric for metric in metrics if abs(metric.start - quantity.start) <= 2 * _NEAR]
    return any(_joined(text, quantity, metric) for metric in near)


def _is_reached(text: str, quantity: Quantity, before: str) -> bool:
    """Whether a number with a decimal point is one that something scores, gains or is compared by."""
    if _SCORED.search(before):
        return True
    if not _DECIMAL.match(text, quantity.start) or _UNIT_OF_NATURE.match(text, quantity.end):
        return False
    if _NAMED_BEHIND.match(text, quantity.end):
        return True
    if _LEADS_TO.search(before) or _COMPARED.search(before) or text[quantity.start] == "+":
        return True
    return _CONTRAST.match(text, quantity.end) is not None or _CONTRASTED.search(before) is not None


def _goes_on(text: str, last: Score, quantity: Quantity) -> bool:
    """Whether a number with a decimal point continues a list of such outcomes: "3.1, 4.2 and 5.0"."""
    if quantity.unit is not None or not _DECIMAL.match(text, quantity.start):
        return False
    if not _DECIMAL.fullmatch(text, last.start, last.end) or _UNIT_OF_NATURE.match(text, quantity.end):
        return False
    return _LIST_STEP.fullmatch(text, last.end, quantity.start) is not None


def _joined(text: str, quantity: Quantity, metric: Mention) -> bool:
    """Whether only joining words stand between a measure and a number: "BLEU of 28.4", "94.0 pass@1"."""
    if metric.end <= quantity.start:
        return _MEASURE_TO_NUMBER.fullmatch(text, metric.end, quantity.start) is not None
    return _NUMBER_TO_MEASURE.fullmatch(text, quantity.end, metric.start) is not None
