"""Text from TeX: accents, escaped signs and protecting braces as TeX sets them; formulas and commands stay.

Not pylatexenc, which also drops the commands it does not know, takes what follows a `%` for a comment, and
rewrites dashes, quotes and the `~` of URLs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["from_tex", "is_written_for_tex"]

_BARE_SIGN = re.compile(r"(?<!\\)(?:\\\\)*[%&]")
_URL = re.compile(r"(?:https?://|www\.)[^\s{}]+")
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
_LETTERS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "ss": "ß", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
}  # fmt: skip
_TOKEN = re.compile(
    r"""
      (?P<keep>\$\$.{0,2000}?\$\$ | \$[^$]{0,2000}\$ | \\\(.{0,2000}?\\\)                # formulas
              | \\[a-zA-Z]{3,}\*?(?:\[[^\]]{0,200}\])?(?:\{(?:[^{}]|\{[^{}]{0,500}\}){0,2000}\})*) # commands
    | \\(?P<accent>[`'^"~=.] | [uvHcdbkr](?=\s*\{ | \s+\\?[A-Za-z]\b))\s*
        (?:\{\s*\\?(?P<held>[A-Za-z])\s*\} | \\(?P<dotless>[ij])(?![A-Za-z]) | (?P<next>[A-Za-z]))
    | \\(?P<letter>aa|AA|ae|AE|oe|OE|ss|dh|DH|th|TH|[oOlLij])(?![A-Za-z])(?:\{\}|[ ](?=[a-z]))?
    | \\(?P<sign>[&%$\#_{}])
    | (?P<brace>[{}])
    """,
    re.VERBOSE | re.DOTALL,
)


def is_written_for_tex(texts: Iterable[str]) -> bool:
    """Whether none of the texts has a percent sign or an ampersand that TeX would stumble over; URLs may."""
    return not any(_BARE_SIGN.search(_URL.sub("", text)) for text in texts)


def from_tex(text: str) -> str:
    """The text as TeX would set it, but for formulas and commands, which stay as they are."""
    return unicodedata.normalize("NFC", _TOKEN.sub(_set, text)) if _TOKEN.search(text) else text


def _set(token: re.Match[str]) -> str:
    if token["keep"]:
        return token["keep"]
    if token["accent"]:
        letter = token["held"] or token["dotless"] or token["next"]
        return letter + _COMBINING[token["accent"]]
    if token["letter"]:
        return _LETTERS[token["letter"]]
    return token["sign"] or ""
