r"""Numbers that stick to words: a blank, or the backslash of TeX, was lost on the way ("5.9%rightarrow10.9%").

A minus in letters is read here too.
"""

from __future__ import annotations

import re

from ..patterns import regex

__all__ = ["LOST_BLANKS", "LOST_BLANKS_HINT", "parted"]

_SIGNS = {
    "pm": "±", "times": "×", "sim": "~", "simeq": "~", "approx": "≈", "geq": "≥", "ge": "≥", "gtrsim": "≥", "leq": "≤",
    "le": "≤", "lesssim": "≤",
}  # fmt: skip
_BEHIND = (
    r"(?:on|in|and|over|for|to(?![\d+.-])|with|at|vs|of|from|by|than|while|when|compared|points?|accuracy|precision|recall|[Ff]1|mAP"
    r"|AP|BLEU|ROUGE|METEOR|CIDEr|AU(?:RO)?C|PSNR|SSIM|WER|m?IoU|FID|top-\d)(?![A-Za-z])"
)
_BEFORE = r"(?:of|to|by|is|at|and|from|than|over)"
_COMPARED = (
    r"(?:faster|slower|quicker|smaller|larger|higher|lower|fewer|less|more|better|cheaper|speed-?ups?|per|over|on|than"
    r"|improvements?|gains?|reductions?)(?![a-z])"
)
_NUMBER = r"\d{1,9}(?:\.\d{1,9})?"
_PERCENT = rf"{_NUMBER}\\?%"
_DECIMAL = r"\d{1,9}\.\d{1,9}"
_ALONE = r"(?<![\w.\-–−+\\])"
_BEFORE_MINUS = r"(?:\A|(?<=\()|(?<=\b(?:at|of|to|is|or|by)\s)|(?<=\b(?:was|and|for)\s)|(?<=\b(?:from|were|than)\s))"
_BEFORE_SIGN = r"(?:(?<=[(=])|(?<=[(=]\s)|(?<=\b(?:at|of|to|by)\s)|(?<=\bwas\s)|(?<=\b(?:from|were|than)\s))"
_SHORT = r"(?:pH|AU(?:RO|PR)?C|[HO]R|RR|CI|m?IoU|SSIM|DSC|ICC|MCC|RMSE|MAE)"
_COUNTED = (
    r"(?:patients|participants|subjects|controls|volunteers|women|men|children|adults|samples|cases|deaths|hours|days|weeks"
    r"|months|years|minutes|seconds|times|images|mice|rats)(?![A-Za-z])"
)
LOST_BLANKS = regex(
    r"(?<=[\d%])\s?\$?(?P<arrow>(?:long)?rightarrow|\\(?:long)?rightarrow|\\to|-{1,2}>|→|(?<=%)-?to-?(?=\d)|(?<!\s)to(?=\d+\.))"
    r"\s?\$?(?=[+\-−]?\d)"
    r"|(?<=[\d%])(?P<between>pm|(?<=\d)times)(?=\d)"
    rf"|(?<![A-Za-z\\\d-])(?P<sign>sim(?:eq)?|approx|geq?|leq?|gtrsim|lesssim)(?={_PERCENT}|{_DECIMAL}|\d{{1,9}}x\b)"
    rf"|(?P<minus>{_BEFORE_MINUS}[Mm]inus\s(?=\d)|{_BEFORE_SIGN}[-−–]\s(?=\d))"
    r"|(?P<plus>(?<=\bto\s)\+\s(?=\d))"
    rf"|{_ALONE}(?P<number>(?:[+\-−]{_NUMBER}|{_DECIMAL})(?={_BEHIND})"
    rf"|{_NUMBER}(?:(?:x|×|times|ms|pp|dB|FPS)(?={_COMPARED})|×(?=(?:and|or|in|on|at|to|while|with|as|when)(?![a-z])))"
    rf"|[+\-−]?{_NUMBER}\s?\\?%(?=(?!p[pt]?s?(?![a-z])|(?:long)?rightarrow|pm\d|to[\d+.-])[A-Za-z]{{2}}))"
    rf"|(?<![\w.-])(?P<counted>\d{{1,7}}(?={_COUNTED}))"
    rf"|(?<![\w.])(?P<abbreviation>(?:vs|cf|ca|resp|approx)\.(?=\d))"
    rf"|(?<![\w\\.-])(?P<word>{_SHORT}(?=\d\d?\.\d)|(?!(?:top|bottom|first|last)\d)(?:a|[a-z]{{2,20}}+)(?=\+?{_PERCENT})|[a-z]{{3,20}}+(?=\+\d{{1,3}}\.\d)"
    rf"|[A-Z]\w{{0,20}}[A-Za-z](?=\d\d\.\d{{1,9}}\\?%)|{_BEFORE}(?=\+?{_DECIMAL}(?:(?!\w|\.\d)|{_BEHIND})))"
)
"""What `parted` replaces. No name has a percentage, and none ends in a decimal with a preposition."""

LOST_BLANKS_HINT = regex(
    r"[\d%](?:(?<![A-Za-z]\d)(?=[A-Za-z]{2})|(?=pm\d|times\d|to\d|[Ff]1|×[a-z]|-to-?\d)|(?=\s?\$?(?:\\(?:to|(?:long)?rightarrow)|-{1,2}>|→|(?:long)?rightarrow))"
    r"|(?:(?<=[A-Za-z]\d)|(?<=[A-Za-z]\+\d))(?=\d{0,8}(?:\.\d|\\?%|x))|(?<=inus\s\d)|(?<=[-+−–]\s\d)|(?<=[a-z]\.\d))"
)
"""Where this is not, `LOST_BLANKS` is not; it skips most text quickly."""


def parted(match: re.Match[str]) -> str:
    """What a match of `LOST_BLANKS` is read as."""
    if match["arrow"]:
        return " → "
    if match["minus"]:
        return "-"
    if match["plus"]:
        return "+"
    sign = match["between"] or match["sign"]
    return _SIGNS[sign] if sign else match.group() + " "
