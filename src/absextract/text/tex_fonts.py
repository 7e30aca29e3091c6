"""What stands before and behind a place, without the commands of TeX that only say how a word is set."""

from __future__ import annotations

from ..patterns import regex

__all__ = ["read_before", "read_behind", "without_fonts"]

_FONTS = regex(
    r"\\(?:text(?:bf|it|sc|tt|rm|sf|sl|normal)?|math(?:bf|rm|it|sf)|emph|underline|boldsymbol|SI|num|qty)\s?(?=\{)"
    r"|\\(?:bf|it|em|rm)(?=[\s{}])|[{}]"
)


def without_fonts(text: str) -> str:
    r"""The text that a reader sees of it: "up to \textbf{20%} fewer" is "up to 20% fewer"."""
    return _FONTS.sub("", text) if "{" in text or "}" in text or "\\" in text else text


def read_before(text: str, at: int, most: int) -> str:
    """What a reader sees before a place, so many characters at most."""
    return without_fonts(text[max(0, at - 2 * most) : at])[-most:]


def read_behind(text: str, at: int, most: int) -> str:
    """What a reader sees behind a place, so many characters at most."""
    return without_fonts(text[at : at + 2 * most])[:most]
