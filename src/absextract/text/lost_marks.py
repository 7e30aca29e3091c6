"""Numbers that lost a mark on the way: "93 .2%", "93. 2%", "10(6) cells"; and the letters of money, "$3.1m", "€2bn"."""

from __future__ import annotations

import re
from functools import lru_cache

from ..patterns import regex

__all__ = ["LOST_MARKS", "LOST_MARKS_HINT", "is_in_decimal", "marked"]

_MANTISSA = regex(r"(?<![\w.,-])[1-9](?:\.\d{1,4})?$")
_MONEY = regex(r"[$€£¥]\s?\d{1,3}(?:[,.]?\d{1,9}){0,4}\s?$")
# Up to three digits, or such groups, behind which TeX parts the next three: "12\\,345"
_GROUP = regex(r"(?<![\d.,])[1-9]\d{0,2}(?:\{?\\(?:[,;:! ]|thinspace\s)\}?\d{3}){0,4}$")
_SCALES = {"m": "M", "mn": "M", "bn": "B", "b": "B", "tn": "T"}
LOST_MARKS = regex(
    r"(?<=\d)(?P<money>\s?(?:mn?|bn?|tn))(?![A-Za-z0-9/^²³-])"
    r"|(?<![.,]10)(?<=\b10)(?P<raised>\([-−–]?\d{1,2}\))(?=\s?/\s?[A-Za-zµ]|\s[a-z]|[a-z])"
    r"|(?<![.,]10)(?<=\b10)(?P<lowered>\([-−–]\d{1,2}\))"
    r"|(?<=\d)(?P<cross>\s)(?=10[-−–][1-9]\s?[A-Za-zµ])"
    r"|(?<![.,\d]\d)(?<=\d)(?P<blank>\s)(?=\.\d{1,4}(?![\d.]))"
    r"|(?<![.,\d]\d\d)(?<=\d\d)(?P<wide_blank>\s)(?=\.\d{1,4}(?![\d.]))"
    r"|(?<=\d)(?P<thin>\{?\\(?:[,;:! ]|thinspace\s)\}?)(?=\d{3}(?!\d))"
    r"|(?:(?<=[×x]\s10)|(?<=×10))(?P<raising>\s)(?=[-−–]?\d{1,2}(?![\d.,%°]|-[a-z]))"
    r"|(?<=\d\.)(?P<behind_point>\s)(?=\d{1,6}(?!\d|[.,]\d))"
)
"""What `marked` replaces."""
LOST_MARKS_HINT = regex(
    r"\d(?:(?<=1)(?=0\(|0\s[-−–]?\d)|(?=\s?(?:[mb]|tn)n?(?![A-Za-z0-9]))|(?=\s\.\d|\.\s\d|\s10[-−–]\d|\{?\\[,;:! t]))"
)
"""Where this is not, `LOST_MARKS` is not."""
# A full stop and a blank end a sentence as well, and the next may begin with a number: "aged 45. 62% were women"
_NOUGHT = regex(r"(?<![\w.,/:])0\.$")
_WHOLE = regex(r"(?<![\w.,/:])[1-9]\d{0,2}\.$")
_CALLS_FOR_NUMBER = regex(
    r"(?:^|\b(?:[Aa]n?|of|is|was|were|be|to|by|at|than|and|for|with|has|about|only|over|under|from|reach\w*|scor\w*|achiev\w*"
    r"|accuracy|precision|recall|F1|AUC|BLEU|mAP)\s|[(=<>≤≥±~,]\s?)[-−+]?\d+\.$"
)
_ENDS_DECIMAL = regex(
    r"\d+(?:\s?(?:\\?%|±|\+/-|°)|-fold\b|[),;]|(?:\s?(?:[kmµμn]?[gLlm]|cm|ms|min|kPa|MPa|GPa|eV|points|dB)\b(?!\s[A-Z])))"
)
_GOES_ON_AS_SENTENCE = regex(
    r"\d+\s?\\?%?\s(?:of\b|[^.;,()]{0,60}\b(?:were|was|had|have|has|did|died|showed|reported|received|underwent|completed)\b)"
)
_ANOTHER = regex(r"(?<![\w.,/:])(?:0\.\s\d{1,6}(?!\d)|[1-9]\d{0,2}\.\s\d{1,2}(?:,\s\d{1,3}\.\s\d|\s?(?:±|%?\))))")


def marked(match: re.Match[str]) -> str:
    """What a match of `LOST_MARKS` is read as."""
    written = match.group()
    match match.lastgroup:
        case "money":
            is_money = _MONEY.search(match.string, max(0, match.start() - 24), match.start())
            return _SCALES[written.strip()] if is_money else written
        case "raised" | "lowered":
            return f"^{{{written[1:-1].replace('−', '-').replace('–', '-')}}}"
        case "thin":
            return "\u2009" if _GROUP.search(match.string, max(0, match.start() - 60), match.start()) else written
        case "raising":
            return "^"
        case "cross":
            return " × " if _MANTISSA.search(match.string, max(0, match.start() - 8), match.start()) else written
        case "behind_point":
            return "" if is_in_decimal(match.string, match.start()) else written
    return ""


def is_in_decimal(text: str, at: int) -> bool:
    """Whether a blank behind a full stop stands within one number ("93. 2%")."""
    begin = max(0, at - 24)
    if _NOUGHT.search(text, begin, at):
        return True
    if not _WHOLE.search(text, begin, at) or _GOES_ON_AS_SENTENCE.match(text, at + 1):
        return False
    if _parts_decimals(text):
        return True
    return _CALLS_FOR_NUMBER.search(text, begin, at) is not None and _ENDS_DECIMAL.match(text, at + 1) is not None


@lru_cache(maxsize=4)
def _parts_decimals(text: str) -> bool:
    """Whether a text has a blank in what is surely a decimal ("0. 87"), so that others are likely."""
    return _ANOTHER.search(text) is not None
