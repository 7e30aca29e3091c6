"""How a metric is named in a result: with what says which one it is, without what judges it or names other things."""

from __future__ import annotations

import re

from ....attribution.finding import Mention
from ....patterns import regex

__all__ = ["metric_name"]

_MODIFIERS = regex(
    r"(?<![\w-])(?:(?:mean|root|average|median|absolute|relative|squared?|percentage|normali[sz]ed|balanced|weighted"
    r"|macro|micro|expected|position|rotation|translation|angular|joint|vertex|pixel|word|character|phone(?:me)?|token"
    r"|per(?:[\s-](?:class|frame|point))?|[23]D|top-\d)[\s-])+$",
    re.IGNORECASE,
)
_LONGEST_MODIFIERS = 60
_RATE_OF = regex(
    r"(?<![\w-])(?!(?:a|an|the|this|that|our|its|one|at|of|and|or|with|by|in|on|for|to|as|no|per|any|some|such|from|than"
    r"|high|low|good|better|best|same)\s)[a-z]+(?<!ed)(?<!s)(?<!ing)\s$"
)
"""What "rate" and "ratio", which say nothing by themselves, are of: "solve rate"."""
_SAYS_NOTHING = frozenset(("rate", "rates", "ratio", "ratios"))
_JUDGING = regex(
    r"(?:(?:(?:near|nearly|almost)[\s-]perfect|remarkabl[ey]|impressive|outstanding|unmatched|unprecedented|excellent"
    r"|exceptional|extraordinary|superb|superior|competitive|comparable|promising|satisfactory|convincing|favou?rable"
    r"|notable|noteworthy|substantial|considerable|state[\s-]of[\s-]the[\s-]art|SOTA|best|better|improved|reported"
    r"|respective|highest|lowest|fewer|faster|fastest|record-high|record|steady|consistent|measurable|noticeable"
    r"|simultaneous|significant|real-time(?=\sframe)|maximum(?=\saccuracy)|enhancing|improving|improves)\s)+"
    r"(?=\w)",
    re.IGNORECASE,
)
"""Words before a metric that judge the number and are no part of its name."""
_OF_WHAT = regex(
    r"(?:[\w.-]{1,40}['’]s|(?=[\w.-]{0,30}\d)[A-Z]{2,}\d[\w-]*|(?:[A-Z][a-z]{2,15}){2,4}(?:-?\d+)?)\s"
    r"(?=(?:(?:processing|inference|training|success|win|pass|error|running|solve|completion)\s)?"
    r"(?:accuracy|rate|throughput|latency|runtime|time|speed)$)"
)
"""The dataset or the method before a metric: "GSM8K accuracy", "Heron's runtime"."""
_CHANGED = regex(
    r"(?<=\w)(?<!relative)(?<!absolute)(?<!average)(?<!mean)(?<!overall)(?<!cumulative)"
    r"(?<!relative error)(?<!absolute error)"
    r"\s(?:reductions?|improvements?|gains?|increases?|drops?|decreases?|savings?|points)$"
)


def metric_name(text: str, metric: Mention) -> str:
    """A metric with the words before it that say which one it is ("mean per joint position error", "3D PCK") alone.

    Args:
        text: of the scene.
        metric: where it stands.
    """
    words = _RATE_OF if metric.text.lower() in _SAYS_NOTHING else _MODIFIERS
    modifiers = words.search(text, max(0, metric.start - _LONGEST_MODIFIERS), metric.start)
    start = modifiers.start() if modifiers else metric.start
    judging = _JUDGING.match(text, start, metric.end)
    name = text[judging.end() if judging else start : metric.end]
    of_what = _OF_WHAT.match(name)
    return _CHANGED.sub("", name[of_what.end() :] if of_what else name)
