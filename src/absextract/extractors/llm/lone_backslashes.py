r"""Strings of an answer, with the backslashes of LaTeX that a model did not double, as strict JSON.

`"\alpha"` is no JSON, and `"\times"` is, but says a tab and "imes". Where an escape may be meant, the paper's own text
tells: a command that stands in it is one; else one of LaTeX is, where no such word stands behind a blank.
"""

from __future__ import annotations

import json
import re
from functools import cached_property

from ...patterns import regex

__all__ = ["STRING", "SourceStrings"]

STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
"""A double-quoted string, with the flag `re.DOTALL`."""
_BACKSLASHES = "single backslashes, as in LaTeX"
_RAW = "raw line breaks or other control characters in text"
_SINGLE_QUOTES = "single quotes"
_PYTHON = "escapes that Python alone knows"
_ODD = regex(r'\\.|[\x00-\x1f"]', re.DOTALL)
_LETTERS = regex("[A-Za-z]*")
_ACCENTED = regex(r"\{?\\?[A-Za-z]+")
_CODE_POINT, _BYTE = regex("[0-9A-Fa-f]{4}"), regex("[0-9A-Fa-f]{2}")
_COMMAND = regex(r"\\([A-Za-z]+)")
_WORD_BEHIND_BLANK = regex(r"(?:^|\s)([A-Za-z]+)")
_ACCENT = regex(rf"\\([\"'])({_ACCENTED.pattern})")
_COMMANDS = {
    "bar", "because", "begin", "beta", "between", "bf", "bfseries", "big", "bigcap", "bigcup", "bigl", "bigoplus",
    "bigotimes", "bigr", "binom", "bm", "bmod", "boldsymbol", "bot", "bowtie", "boxed", "breve", "bullet", "fbox",
    "fi", "flat", "footnote", "footnotesize", "forall", "frac", "frown", "nabla", "natural", "ne", "nearrow", "neg",
    "neq", "newline", "nexists", "ngeq", "ngtr", "ni", "nleq", "nless", "nmid", "noindent", "nolimits", "nonumber",
    "norm", "normalsize", "not", "notin", "nparallel", "nsim", "nsubseteq", "nu", "nwarrow", "rangle", "rceil", "ref",
    "rfloor", "rho", "right", "rightarrow", "rightharpoonup", "rightleftharpoons", "rm", "rmfamily", "rtimes", "rule",
    "rVert", "rvert", "tag", "tan", "tanh", "tau", "tbinom", "text", "textasciicircum", "textasciitilde",
    "textbackslash", "textbf", "textdegree", "textemdash", "textendash", "textgreater", "textit", "textless",
    "textmd", "textmu", "textnormal", "textpm", "textregistered", "textrm", "textsc", "textsf", "textsl",
    "textsubscript", "textsuperscript", "texttimes", "texttrademark", "texttt", "textunderscore", "textup", "tfrac",
    "theta", "thicksim", "thinspace", "tilde", "times", "tiny", "to", "top", "triangle", "triangleq", "tt",
    "twoheadrightarrow",
}  # fmt: skip
"""Those of LaTeX that begin like an escape of JSON."""


class SourceStrings:
    """Reads strings that quote a text.

    Args:
        source: the text.
    """

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _commands(self) -> frozenset[str]:
        return frozenset(_COMMAND.findall(self._source))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD_BEHIND_BLANK.findall(self._source))

    @cached_property
    def _accents(self) -> frozenset[tuple[str, str]]:
        return frozenset(_ACCENT.findall(self._source))

    def strict(self, literal: str, mended: dict[str, None]) -> str:
        """A string as JSON allows it.

        Args:
            literal: with its quotes, double or single.
            mended: takes up what there was to mend.
        """
        if literal[0] == "'":
            mended[_SINGLE_QUOTES] = None
        body = literal[1:-1]
        return f'"{_ODD.sub(lambda odd: self._mended(odd, mended), body)}"'

    def _mended(self, odd: re.Match[str], mended: dict[str, None]) -> str:
        sign = odd[0][-1]
        if len(odd[0]) == 1:
            if sign != '"':  # which in single quotes needs no backslash
                mended[_RAW] = None
            return _escaped(sign)
        if self._is_latex(sign, odd.string, odd.end()):
            mended[_BACKSLASHES] = None
            return "\\\\" + _escaped(sign)
        if sign in "'x":
            mended[_PYTHON] = None
            return sign if sign == "'" else r"\u00"
        return odd[0]

    def _is_latex(self, sign: str, text: str, end: int) -> bool:
        """Whether a backslash stands for itself; `end` is behind the sign that it escapes otherwise."""
        letters = _LETTERS.match(text, end)[0]  # type: ignore[index]  # it matches nothing, too
        match sign:
            case "\\" | "/":
                return False
            case '"' | "'":
                accented = _ACCENTED.match(text, end)
                return accented is not None and (sign, accented[0]) in self._accents
            case "b" | "f" | "n" | "r" | "t":
                command = sign + letters
                return command in self._commands or (command in _COMMANDS and letters not in self._words)
            case "u":
                return _CODE_POINT.match(text, end) is None
            case "x":
                return _BYTE.match(text, end) is None or sign + letters in self._commands
        return True


def _escaped(sign: str) -> str:
    return json.dumps(sign, ensure_ascii=False)[1:-1]
