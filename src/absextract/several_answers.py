"""Several answers to one paper, as one."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from .agreement.voting import Merged, merge
from .attempts import Attempt, Outcome
from .errors import StoppedError
from .extractors.answers import Answer
from .records import Finding, Usage

__all__ = ["ask_several"]

SchemaT = TypeVar("SchemaT", bound=BaseModel)

_TWO = 2  # answers, which have no majority where they differ


async def ask_several(
    number: int,
    asked: Callable[[int], Awaitable[Outcome[SchemaT]]],
    judged: Callable[[Answer], Attempt[SchemaT]],
    schema: type[SchemaT],
) -> Outcome[SchemaT]:
    """Asks several times and keeps what most of the answers hold, with how likely it is right.

    Answers that cannot be used do not vote. Where one alone can be, it is taken as it is.

    Args:
        number: of answers; of two that differ, or of which one cannot be used, a third decides.
        asked: gives the answer of that number, from 0.
        judged: checks what they say together.
        schema: of all of them.

    Raises:
        StoppedError: something would have to be sent, and nothing is sent any more.
    """
    outcomes = await _all_of(asked, range(number))
    usable = _usable(outcomes)
    merged = merge([each.checked for each in usable if each.checked], schema) if len(usable) > 1 else None
    if number == _TWO and not (merged and merged.unanimous):
        outcomes += await _all_of(asked, range(_TWO, _TWO + 1))
        usable = _usable(outcomes)
        merged = merge([each.checked for each in usable if each.checked], schema) if len(usable) > 1 else None
    whole: Outcome[SchemaT] = Outcome(
        _together(merged, usable, judged) if merged else (usable or [outcomes[0].best])[0],
        sum(each.attempts for each in outcomes),
        sum(each.reasks for each in outcomes),
        _sum([each.usage for each in outcomes if each.usage]),
        all(each.lasts for each in outcomes),
    )
    return whole


async def _all_of(
    asked: Callable[[int], Awaitable[Outcome[SchemaT]]], numbers: Sequence[int]
) -> list[Outcome[SchemaT]]:
    """All answers; what has been sent is waited for even where another one may not be, since it is paid for."""
    found = await asyncio.gather(*map(asked, numbers), return_exceptions=True)
    for each in sorted((each for each in found if isinstance(each, BaseException)), key=_is_stop):
        raise each
    return [each for each in found if isinstance(each, Outcome)]


def _is_stop(error: BaseException) -> bool:
    return isinstance(error, StoppedError)


def _usable(outcomes: Sequence[Outcome[SchemaT]]) -> list[Attempt[SchemaT]]:
    return [each.best for each in outcomes if each.best.checked is not None]


def _together(
    merged: Merged, usable: Sequence[Attempt[SchemaT]], judged: Callable[[Answer], Attempt[SchemaT]]
) -> Attempt[SchemaT]:
    """What the answers say together, and what most of them said that was dropped."""
    whole = judged(Answer(merged.data, confidence=merged.confidence))
    if whole.checked is None:
        return usable[0]
    counted: Counter[str] = Counter()
    dropped: dict[str, Finding] = {}
    for each in usable:
        said = {_what(finding): finding for finding in each.findings if finding.action == "dropped"}
        counted.update(said.keys())
        dropped = said | dropped
    told = (finding for what, finding in dropped.items() if 2 * counted[what] > len(usable))
    return Attempt(whole.checked, (*told, *whole.findings))


def _what(finding: Finding) -> str:
    return json.dumps([finding.code, finding.value], sort_keys=True, default=str)


def _sum(usages: Sequence[Usage]) -> Usage | None:
    return sum(usages[1:], usages[0]) if usages else None
