"""Dashes that stand where a minus would: "word modelling -17.1 perplexity", "top-1 accuracy -81.2%"."""

from __future__ import annotations

from ..patterns import regex

__all__ = ["LARGEST_CHANGE", "METRIC_BEHIND", "is_dash"]

# Between a word that names no change and a metric stands a dash: "word modelling -17.1 perplexity". Behind a name too
# where no change is as large: "on KiteSet -88.2% accuracy".
_DASH_BEFORE = regex(
    r"(?<![\w-])(?!(?:the|was|are|and|for|but|yet|per|had|has|got|get|its|our|set\sto)\s)(?!(?:chang|drop|decreas|reduc|declin|los|fall|fell|lower|differ|gain|improv|delta|shift|below|minus"
    r"|from|than|with|about|only|just|roughly|nearly|around|down|reach|attain|achiev|obtain|scor|metric|index|level)"
    r"[a-z]*\s)(?:[a-z]{3,}|(?P<name>(?=[\w-]*[A-Z\d-])[A-Za-z][\w-]*))\s$"
)
LARGEST_CHANGE = 50
"""What is lost or gained of a metric is less."""
# The same behind a metric: "top-1 accuracy -81.2%, top-5 -95.3%"
_METRIC_BEFORE = regex(
    r"(?<![\w-])(?:(?:[Tt]op|[Rr]ank|[Pp]ass)[-@]?\d|[Aa]ccurac(?:y|ies)|[Pp]recision|[Rr]ecall|F1|F-?scores?|m?AP|m?IoU"
    r"|AU(?:RO)?C|Dice|BLEU|ROUGE(?:-\w)?|METEOR|CIDEr|EM)\s$"
)
_METRIC = (
    r"(?:accurac|perplexity|BLEU|ROUGE|METEOR|F1|F-?scores?|[Mm]ean|(?:top|rank|pass)[-@]?\d"
    r"|m?AP\b|AU(?:RO)?C|m?IoU|mIOU|Dice|WER|CER|EM\b|FID|PSNR|SSIM|MAE|RMSE|MOS|[LU]AS\b|MRR|n?DCG|NDCG"
    r"|CIDEr|SARI|(?:R|P|Hits?|Recall|Precision|n?DCG|NDCG|pass)@\d|precision|recall)"
)
_METRIC_BEHIND = regex(rf"(?:/[\d.]+\\?%?)?\s(?:[a-z]+\s)?(?:{_METRIC}|errors?\b|scores?\b|on\s[A-Z])")
METRIC_BEHIND = regex(rf"\s{_METRIC}")
"""What was measured, right behind the number."""
_LARGE_BEFORE = regex(r"\b(?:scores?|results?|performances?|metrics?|figures?)\s$")
_SEEN_BEFORE = 24


def is_dash(text: str, start: int, end: int, *, is_large: bool) -> bool:
    """Whether the sign of a number is no minus.

    Args:
        text: what is read.
        start: where the sign stands.
        end: where the number ends.
        is_large: whether it is larger than changes of metrics are.
    """
    floor = max(0, start - _SEEN_BEFORE)
    if is_large and _METRIC_BEFORE.search(text, floor, start):
        return True
    dash = _DASH_BEFORE.search(text, floor, start)
    named = dash is not None and (dash["name"] is None or is_large)
    large = is_large and _LARGE_BEFORE.search(text, floor, start) is not None
    return (named or large) and _METRIC_BEHIND.match(text, end) is not None
