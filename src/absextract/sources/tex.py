"""Text from TeX: accents, signs, escapes, fonts and braces as TeX sets them; formulas and other commands stay.

Not pylatexenc, which also drops the commands it does not know, takes what follows a `%` for a comment, and
rewrites dashes, quotes and the `~` of URLs.
"""

from __future__ import annotations

import re
import unicodedata

from ..patterns import regex
from .tex_signs import SIGNS

__all__ = ["from_tex", "is_written_for_tex"]

_BARE_SIGN = regex(r"(?<!\\)(?:\\\\)*[%&]")
_ESCAPED = regex(
    r"(?<!\\)(?:\\\\)*\\[%&#_]|\{\\[a-zA-Z`'^\"~=.]|\\[`'^\"~=.]\{?\\?[A-Za-z]|\\text[a-z]{2,20}(?![a-z{])"
)
_URL = regex(r"(?:https?://|www\.)[^\s{}]+")
_PROTECTED = regex(r"\{(?=[^{}\s]{0,100}[A-Z])([\w./+-]{1,100})\}")
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
_LETTERS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "ss": "ß", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
}  # fmt: skip
_NAMES = "|".join(sorted(SIGNS, key=len, reverse=True))
_TOKEN = regex(
    rf"""
      (?P<formula>\$\$.{{0,2000}}?\$\$ | \$[^$]{{0,2000}}\$ | \\\(.{{0,2000}}?\\\))
    | \\ensuremath\s{{0,9}}\{{(?P<math>(?:[^{{}}]|\{{[^{{}}]{{0,200}}\}}){{0,500}})\}}
    | \\text(?P<raised>super|sub)script\s{{0,9}}\{{(?P<level>[^{{}}]{{0,200}})\}}
    | (?P<font>\\(?:emph|mbox|underline|url|text(?:it|bf|sc|tt|rm|sf|up|sl|md|normal)?)(?=\s{{0,9}}\{{)
              | \\(?:em|it|bf|sc|tt|rm|sf|sl|itshape|bfseries|scshape|ttfamily)(?![A-Za-z])[ \t]{{0,9}})
    | \\(?P<name>{_NAMES})(?![A-Za-z])(?:\{{\}}|[ \t]{{1,9}})?  # takes blanks along
    | (?P<command>\\[a-zA-Z]{{3,}}\*?(?:\[[^\]]{{0,200}}\])?(?:\{{(?:[^{{}}]|\{{[^{{}}]{{0,500}}\}}){{0,2000}}\}})*)
    | \\(?P<accent>[`'^"~=.] | [uvHcdbkr](?=\s*\{{ | \s+\\?[A-Za-z]\b))\s*
        (?:\{{\s*\\?(?P<held>[A-Za-z])\s*\}} | \\(?P<dotless>[ij])(?![A-Za-z]) | (?P<next>[A-Za-z]))
    | \\(?P<letter>aa|AA|ae|AE|oe|OE|ss|dh|DH|th|TH|[oOlLij])(?![A-Za-z])(?:\{{\}}|[ ](?=[a-z]))?
    | \\(?P<sign>[&%$\#_{{}}])
    | \\(?P<space>[ ,;:])
    | (?P<brace>[{{}}])
    """,
    re.VERBOSE | re.DOTALL,
)


def is_written_for_tex(text: str) -> bool:
    """Whether a text has no percent sign or ampersand that TeX would stumble over, but in URLs, or does escape some."""
    return not _BARE_SIGN.search(_URL.sub("", text)) or _ESCAPED.search(text) is not None


def from_tex(text: str) -> str:
    """The text as TeX would set it, but for formulas and other commands, which stay as they are.

    Of a text that was not written for TeX, braces go only where they protect a name such as `{BERT}`.
    """
    if not is_written_for_tex(text):
        return _PROTECTED.sub(r"\1", text)
    return unicodedata.normalize("NFC", _TOKEN.sub(_set, text)) if _TOKEN.search(text) else text


def _set(token: re.Match[str]) -> str:
    if kept := token["formula"] or token["command"]:
        return kept
    if token["math"] is not None:
        return _math(token["math"])
    if token["raised"]:
        before = token.string[: token.start()][-1:]
        exponent = "^" if token["raised"] == "super" and before.isdigit() else ""
        return exponent + _TOKEN.sub(_set, token["level"])
    if token["name"]:
        return SIGNS[token["name"]]
    if token["accent"]:
        letter = token["held"] or token["dotless"] or token["next"]
        return letter + _COMBINING[token["accent"]]
    if token["letter"]:
        return _LETTERS[token["letter"]]
    return token["sign"] or (" " if token["space"] else "")


def _math(formula: str) -> str:
    """The signs of a formula, where it has nothing else; else as a formula."""
    signs = _TOKEN.sub(lambda token: SIGNS.get(token["name"] or "", token[0]), formula)
    return f"${formula}$" if set("\\{}^_$").intersection(signs) else signs
