"""Rewriting what is almost JSON as JSON. Nothing is added but closing brackets; what is unclear is not read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...patterns import regex
from .lone_backslashes import STRING, SourceStrings

__all__ = ["Attempt", "read_value", "region_end"]

_COMMENT, _COMMA = "comments", "a comma behind the last item"
_WORDS_OF_PYTHON, _BARE_KEYS = "the words of Python", "keys without quotes"
_UNCLOSED = "the last bracket was missing"
_FENCE = "```"

_TOKEN = regex(
    rf"""
      (?P<blank>[\s\ufeff]++)
    | (?P<comment>(?://|\#)[^\n]*+|/\*.*?(?:\*/|\Z))
    | (?P<string>{STRING}|'[^'\\]*+(?:\\.[^'\\]*+)*+')
    | (?P<sign>[{{}}\[\],:])
    | (?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+(?![\w.%]))
    | (?P<word>-?[A-Za-z_]\w*+)
    | (?P<end>{_FENCE}|\Z)
    """,
    re.DOTALL | re.VERBOSE,
)
_WORDS = {
    **{word: word for word in ("true", "false", "null", "NaN", "Infinity", "-Infinity")},
    "True": "true",
    "False": "false",
    "None": "null",
}
# an unterminated string reaches to the end
_LOOSE = regex(rf"{STRING}|\".*|[{{}}]|{_FENCE}", re.DOTALL)
_TO_BE_CLOSED = regex(r"\[*\{?")


@dataclass(slots=True)
class Attempt:
    """What became of reading a value that begins at some place.

    Attributes:
        start: where.
        end: behind the value, or where it went wrong.
        value: the value; only where `whole`.
        whole: it was read to its end.
        unclosed: to its end but for the last brackets, which were added.
        has_member: an object with a member was begun, so that it was no bracket of prose.
        mended: what there was to mend.
    """

    start: int
    end: int
    value: Any = None
    whole: bool = False
    unclosed: bool = False
    has_member: bool = False
    mended: dict[str, None] = field(default_factory=dict)


def read_value(text: str, start: int, strings: SourceStrings) -> Attempt:
    """Reads the object or list that begins at a bracket, with the faults that models make.

    Args:
        text: what holds it.
        start: of the bracket.
        strings: how strings are read.
    """
    return _Rewriter(text, start, strings).run()


def region_end(text: str, start: int) -> int | None:
    """Where an object ends that cannot be read: with its last brace or a code fence; None where it has no end."""
    depth = 0
    for token in _LOOSE.finditer(text, start):
        match token[0]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
                if depth <= 0:
                    return token.end()
            case "```":
                return token.end()
    return None


class _Rewriter:
    """Walks the tokens of one value; `expects` is what may stand next.

    `item` is a value or the end of the list, `key` a key or the end of the object, `more` a comma or the end of either.
    """

    def __init__(self, text: str, start: int, strings: SourceStrings) -> None:
        self.text = text
        self.strings = strings
        self.attempt = Attempt(start, start)
        self.open: list[str] = []
        self.out: list[str] = []
        self.expects = "value"
        self.comma = False  # one that is written when something follows it
        self.in_number = False
        self.steps: dict[str, Callable[[str], bool]] = {
            "blank": lambda _: True,
            "comment": self._comment,
            "string": self._string,
            "sign": self._sign,
            "number": self._number,
            "word": self._word,
        }

    def run(self) -> Attempt:
        attempt = self.attempt
        while True:
            token = _TOKEN.match(self.text, attempt.end)
            kind = token.lastgroup if token else None
            if not (token and kind):
                return attempt
            if kind == "end":
                return self._closed() if self._is_complete() else attempt
            if not self.steps[kind](token[0]):
                return attempt
            attempt.end = token.end()
            if not self.open:
                return self._closed()

    def _comment(self, _: str) -> bool:
        self.attempt.mended[_COMMENT] = None
        return True

    def _string(self, literal: str) -> bool:
        if self.expects == "key":
            return self._put(self.strings.strict(literal, self.attempt.mended), "colon")
        return self._scalar(self.strings.strict(literal, self.attempt.mended))

    def _number(self, literal: str) -> bool:
        done = self._scalar(literal)
        self.in_number = done
        return done

    def _word(self, word: str) -> bool:
        if self.expects == "key":  # what follows must be a colon, else the attempt ends there
            self.attempt.mended[_BARE_KEYS] = None
            return self._put(json.dumps(word), "colon")
        if (known := _WORDS.get(word)) is None:
            return False
        if known != word:
            self.attempt.mended[_WORDS_OF_PYTHON] = None
        return self._scalar(known)

    def _scalar(self, literal: str) -> bool:
        return self.expects in ("value", "item") and self._put(literal, "more")

    def _sign(self, sign: str) -> bool:
        if sign in "{[":
            if self.expects not in ("value", "item"):
                return False
            self.open.append(sign)
            return self._put(sign, "key" if sign == "{" else "item")
        if sign == ":":
            self.attempt.has_member |= self.expects == "colon"
            return self.expects == "colon" and self._put(sign, "value")
        if sign == ",":
            self.comma = self.expects == "more"
            self.expects = "key" if self.open[-1] == "{" else "item"
            return self.comma
        return self._close(sign)

    def _close(self, sign: str) -> bool:
        opening, empty = ("{", "key") if sign == "}" else ("[", "item")
        if self.open[-1] != opening or self.expects not in ("more", empty):
            return False
        if self.comma:
            self.attempt.mended[_COMMA] = None
            self.comma = False
        self.open.pop()
        return self._put(sign, "more")

    def _put(self, piece: str, expects: str) -> bool:
        if self.comma:
            self.out.append(",")
            self.comma = False
        self.out.append(piece)
        self.expects = expects
        self.in_number = False
        return True

    def _is_complete(self) -> bool:
        """Whether nothing is missing but the brackets around it all; of a number some digits may be."""
        is_outermost = _TO_BE_CLOSED.fullmatch("".join(self.open)) is not None
        return self.expects == "more" and not self.in_number and is_outermost

    def _closed(self) -> Attempt:
        if self.open:
            self.attempt.unclosed = True
            self.attempt.mended[_UNCLOSED] = None
            self.out += ("}" if bracket == "{" else "]" for bracket in reversed(self.open))
        try:
            self.attempt.value = json.loads("".join(self.out))
        except (ValueError, RecursionError):  # an integer that is too long, brackets that are too deep
            return self.attempt
        self.attempt.whole = True
        return self.attempt
