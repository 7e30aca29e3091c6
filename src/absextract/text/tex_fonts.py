"""Text without the commands of TeX that only say how a word is set."""

from __future__ import annotations

from ..patterns import regex

__all__ = ["without_fonts"]

_FONTS = regex(
    r"\\(?:text(?:bf|it|sc|tt|rm|sf|sl|normal)?|math(?:bf|rm|it|sf)|emph|underline|boldsymbol|SI|num|qty)\s?(?=\{)"
    r"|\\(?:bf|it|em|rm)(?=[\s{}])|[{}]"
)


def without_fonts(text: str) -> str:
    r"""The text that a reader sees of it: "up to \textbf{20%} fewer" is "up to 20% fewer"."""
    return _FONTS.sub("", text) if "{" in text or "}" in text or "\\" in text else text
