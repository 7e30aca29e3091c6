"""Which units a metric can be given in: no accuracy is in seconds, no latency in percent."""

from __future__ import annotations

import re

from ..patterns import regex
from .quantities import Quantity

__all__ = ["fits"]

# A metric is what its last words say: "accuracy per second" is none of these.
_TAIL = r"(?:[\s-](?:scores?|rates?|values?|metrics?)|\s?@\s?[\w.]+|[\s-]?\d{1,3})?(?:\s?\([^()]*\))?"
_QUALITY = regex(
    rf"(?:^|.*[\s(/-])(?:(?i:accurac(?:y|ies)|precisions?|recalls?|f-?1|f-?scores?|f-?measure|macro-?f1|micro-?f1|bleu(?:-\d)?"
    r"|rouge(?:-\w)?|meteor|chrf|bertscore|auroc|auprc|auc|miou|iou|dice|ndcg|mrr|specificity|sensitivity"
    r"|(?:success|win|winning|pass|hit|solve|error)[\s-]rates?|exact[\s-]match|perplexit(?:y|ies)|psnr|ssim|lpips|fid"
    r"|(?:word|character)[\s-]error[\s-]rates?|wer|cer|pass(?=@))"
    rf"|m?APs?|EM|PPL){_TAIL}",
    re.DOTALL,
)
_OF_TIME = regex(r"\b(?:tim(?:e|ing)|tempora|synchron|clock|arriv|onset|frequen|pitch|rang)", re.IGNORECASE)
"""What is told to the second, or the hertz: "timing accuracy"."""
_SPEED = regex(
    r"(?:.*[\s-])?(?:latenc(?:y|ies)|throughputs?|fps|frames per second|tokens per second|runtimes?|run-times?"
    r"|(?:(?:run|running|inference|training|processing|execution|response|decoding|comput\w+|wall-?clock|query|prediction"
    r"|generation)[\s-])times?|(?:inference|training|processing|decoding|generation)[\s-]speeds?)",
    re.IGNORECASE | re.DOTALL,
)
_RELATIVE = regex(
    r"\b(?:relative|normali[sz]ed|shares?|fractions?|percent\w*|proportion|utili[sz]ation)\b", re.IGNORECASE
)
# fmt: off
_TIMES = frozenset({
    "ns", "us", "ms", "seconds", "minutes", "hours", "days", "weeks", "months", "years", "Hz", "kHz", "MHz", "GHz",
})
_COSTS = frozenset({"FPS", "KB", "MB", "GB", "TB", "FLOPs", "GFLOPs", "TFLOPs", "W", "kWh", "J", "$"})
# fmt: on
_COUNTED = regex(
    r"[\s~-]?(?:(?:frames|tokens|images|samples|queries|requests|steps|words|sentences|documents|videos|iterations)"
    r"(?:\s?/\s?(?:s|sec|min|hour)\b|\sper\s(?:second|minute|hour))"
    r"|(?:(?:trainable|model|active|learnable)\s)?param(?:eter)?s\b|GPU[\s-](?:hours|days)|epochs\b|tokens\b)"
)
_FASTER = regex(
    r"[\s-]?(?:as\s)?(?:fast(?:er)?|quick(?:er|ly)?|slow(?:er)?|speed-?ups?|small(?:er)?|cheap(?:er)?|light(?:er)?)\b"
)
_TO = regex(r"\b(?:to|at|only|of)\s(?:(?:about|around|just|only|nearly|roughly|as little as)\s)*[~$]*$")
_OF_WHOLE = regex(r"\$?\s(?:of|as)\s")
_SEEN = 40


def fits(metric: str, kind: str | None, quantity: Quantity, text: str) -> bool:
    """Whether a number can be one of a metric, by its unit and the words behind it.

    False only where that is plain: a share or another metric of quality in a unit of speed, time, size, energy or
    money, as a count ("7B parameters") or, as a level, a factor; a level of speed or time in percent. A change of
    anything may be a factor or a share.

    Args:
        metric: as it is named.
        kind: "value" for a level, "change" for a change, None where nobody says.
        quantity: the number.
        text: what the number stands in.
    """
    metric, unit = metric.strip(), quantity.unit
    if unit == "%":
        return kind != "value" or not _SPEED.fullmatch(metric) or _is_share(metric, quantity, text)
    if not _QUALITY.fullmatch(metric):
        return True
    if unit == "x":
        return kind != "value" and not _FASTER.match(text, quantity.end)
    if unit in _TIMES:
        return _OF_TIME.search(metric) is not None
    return unit not in _COSTS and not (unit is None and _COUNTED.match(text, quantity.end))


def _is_share(metric: str, quantity: Quantity, text: str) -> bool:
    """Whether a percentage of a speed is one of another speed: "cuts latency to 30%", "95% of the throughput"."""
    before = text[max(0, quantity.start - _SEEN) : quantity.start]
    return bool(_RELATIVE.search(metric) or _TO.search(before) or _OF_WHOLE.match(text, quantity.end))
