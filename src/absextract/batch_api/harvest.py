"""Getting back what batches gave: their state, their output and error files."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

from ..errors import ProviderError
from .batch_parts import VANISHED, Part
from .endpoint import BatchEndpoint
from .ledger import Ledger
from .outcomes import read_row
from .sending import RepeatableError, seen

__all__ = ["harvest", "refresh"]

_log = logging.getLogger(__name__)
_KEPT_SECONDS = 30 * 24 * 3600  # so long OpenAI keeps the files of a batch


class _NotYetError(Exception):
    """A file that is to come."""


async def refresh(ledger: Ledger, endpoint: BatchEndpoint) -> list[Part]:
    """Asks for the state of each batch whose answers are not here yet; gives all parts.

    Raises:
        RepeatableError: the server refuses or is away.
    """
    run = ledger.fact("run")
    for part in ledger.parts():
        if part.step != "sent" or not part.batch_id:
            continue
        try:
            batch = await endpoint.batch(part.batch_id, run, part.number)
        except ProviderError as error:
            raise RepeatableError(error) from error
        ledger.update(_unknown(part) if batch is None else seen(part, batch))
    return ledger.parts()


def _unknown(part: Part) -> Part:
    """A part that the server does not know; paid answers may still be there, for another key."""
    if _may_be_kept(part):
        return replace(part, problem="the server does not know it; is this the key, the project of submit?")
    return replace(part, status=VANISHED, problem="the server does not know it any more")


def _may_be_kept(part: Part) -> bool:
    return part.submitted_at is None or time.time() - part.submitted_at < _KEPT_SECONDS


async def harvest(ledger: Ledger, endpoint: BatchEndpoint) -> list[Part]:
    """Takes in what every batch that has ended gave, whatever it ended with; gives all parts.

    Once it is here, the uploaded request file is deleted from the server; output files stay as long as the server
    keeps them.

    Raises:
        RepeatableError: the server refuses or is away.
    """
    try:
        for part in await refresh(ledger, endpoint):
            if part.step == "sent" and part.has_ended:
                await endpoint.tried(partial(_take_in, part, ledger, endpoint))
        for part in ledger.parts():
            if part.is_harvested and part.file_id:
                await _tidy(part, ledger, endpoint)
    except ProviderError as error:
        raise RepeatableError(error) from error
    return ledger.parts()


async def _take_in(part: Part, ledger: Ledger, endpoint: BatchEndpoint) -> None:
    """All that a batch gave, or nothing as long as something of it cannot be had."""
    strange = 0
    try:
        if part.output_file is None and part.done and part.status != VANISHED and _may_be_kept(part):
            raise _NotYetError("its output file is not there yet")
        with ledger.transaction():
            for file_id in filter(None, (part.output_file, part.error_file)):
                async for line in _lines(file_id, part, endpoint):
                    strange += not _take_line(line, part, ledger, endpoint)
            ledger.update(replace(part, step="harvested"))
    except _NotYetError as reason:
        ledger.update(replace(part, problem=str(reason)))
        return
    if strange:
        _log.warning("part %d: %d lines of its files answer nothing, or nothing new", part.number, strange)


async def _lines(file_id: str, part: Part, endpoint: BatchEndpoint) -> AsyncIterator[bytes]:
    """The lines of a file; none of one that the server has deleted.

    Raises:
        _NotYetError: there is no such file, and it cannot be so old that it was deleted.
    """
    try:
        async for line in endpoint.lines(file_id, await endpoint.size_of(file_id)):
            yield line
    except ProviderError as error:
        if error.status != 404:
            raise
        if _may_be_kept(part):
            raise _NotYetError(f"its file {file_id} cannot be fetched yet ({error.message})") from error
        _log.warning("part %d: the server has no file %s any more", part.number, file_id)


def _take_line(line: bytes, part: Part, ledger: Ledger, endpoint: BatchEndpoint) -> bool:
    """Whether a line gave something new, or is empty."""
    text = line.decode("utf-8", "replace")
    if not text.strip():
        return True
    row = read_row(text, endpoint.redact)
    return row is not None and ledger.add_outcome(part.number, row.key, row.status, row.response, row.usage)


async def _tidy(part: Part, ledger: Ledger, endpoint: BatchEndpoint) -> None:
    assert part.file_id
    try:
        await endpoint.delete(part.file_id)
    except ProviderError as error:
        _log.warning("part %d: its request file %s stays on the server: %s", part.number, part.file_id, error.message)
    ledger.update(replace(part, file_id=None))
