"""The JSON that a model's answer is or holds, mended where it is almost JSON and nothing has to be guessed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ...patterns import regex
from ...schema.export import answer_schema
from ...schema.marked import input_keys
from .almost_json import Attempt, read_value, region_end
from .lone_backslashes import STRING, SourceStrings

__all__ = ["AnswerReader", "Reading"]

_AROUND, _A_LIST_AROUND, _A_STRING_AROUND = "text with brackets around it", "a list around it", "quotes around it"
_LONGEST = 1 << 20  # characters of what is no JSON as it stands
_MOST_WORK = 8  # times the length
_OPENING = regex(r"\{(?=\s*+[\"'}/#\w])|\[")  # most braces of prose begin nothing
_BRACKET = regex(r"[\[\]{}]")
_STRING = regex(STRING, re.DOTALL)
_MAY_BE_LATEX = regex(r'\\[bfnrt"][A-Za-z{\\]')
_THOUGHT = "</think>"


@dataclass(frozen=True, slots=True)
class Reading:
    """A JSON value, and what there was to mend."""

    value: Any
    mended: tuple[str, ...] = ()


class AnswerReader:
    """Reads answers that were to fit a schema."""

    def __init__(self, schema: type[BaseModel]) -> None:
        self._keys = input_keys(schema)
        self._asked = frozenset(answer_schema(schema).get("required", ()))

    def read(self, text: str, source: str) -> Reading | None:
        """What an answer says, or None.

        Of several objects in prose the last is the answer: the earlier ones are drafts, or stood in the abstract.

        Args:
            text: what the model wrote.
            source: title and abstract, which it was to quote.
        """
        return self._read(text, SourceStrings(source), may_be_quoted=True)

    def _read(self, text: str, strings: SourceStrings, *, may_be_quoted: bool = False) -> Reading | None:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return self._found_in(text, strings) if len(text) <= _LONGEST else None
        if isinstance(value, str) and may_be_quoted:
            inner = self._read(value, strings)
            return inner and Reading(inner.value, (_A_STRING_AROUND, *inner.mended))
        mended: dict[str, None] = {}
        if _MAY_BE_LATEX.search(text):
            strict = _STRING.sub(lambda literal: strings.strict(literal[0], mended), text)
            value = json.loads(strict) if mended else value
        return None if value is None else self._unwrapped(Reading(value, tuple(mended)))

    def _unwrapped(self, reading: Reading) -> Reading:
        match reading.value:
            case [dict(only)] if not self._keys.isdisjoint(only):
                return Reading(only, (*reading.mended, _A_LIST_AROUND))
        return reading

    def _found_in(self, text: str, strings: SourceStrings) -> Reading | None:
        """The answer in a text that is no JSON as a whole."""
        thoughts = text.rfind(_THOUGHT)
        found = self._last_in(text, thoughts, strings) if thoughts > 0 else None
        found = found or self._last_in(text, 0, strings)
        if found is None:
            return None
        around = text[: found.start] + text[found.end :]
        told = (_AROUND,) if _BRACKET.search(around) else ()  # else nothing else could have been the answer
        return self._unwrapped(Reading(found.value, (*told, *found.mended)))

    def _last_in(self, text: str, at: int, strings: SourceStrings) -> Attempt | None:
        """The last object that has the schema's keys, else the last that there is; None where an object has no end."""
        fitting: Attempt | None = None
        other: Attempt | None = None
        work = 0
        while (opening := _OPENING.search(text, at)) and work <= _MOST_WORK * len(text):
            attempt = read_value(text, opening.start(), strings)
            at = max(attempt.end, opening.end())
            if self._is_whole(attempt):
                if self._fits(attempt.value):
                    fitting = attempt
                elif attempt.has_member:
                    other = attempt
            elif attempt.has_member:  # what stands in it is a part of an answer, and not the answer
                end = region_end(text, attempt.start)
                if end is None:
                    return None
                at = end
            work += attempt.end - attempt.start
        return fitting or other

    def _is_whole(self, attempt: Attempt) -> bool:
        """Whether nothing is missing; an object without its end may lack fields that stood behind."""
        match attempt.value:
            case dict(answer) | [dict(answer)] if attempt.unclosed:
                return attempt.whole and answer.keys() >= self._asked
        return attempt.whole and not attempt.unclosed

    def _fits(self, value: Any) -> bool:
        match value:
            case dict():
                return not self._keys or not self._keys.isdisjoint(value)
            case list():
                return any(isinstance(item, dict) and self._fits(item) for item in value)
        return False
