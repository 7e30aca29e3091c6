"""Bringing parts to the server: a row in the ledger before each thing is made there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..errors import OutputError, ProviderError, ProviderSetupError
from .batch_parts import Part
from .endpoint import BatchEndpoint
from .ledger import Ledger
from .request_files import request_path
from .states import BatchState

__all__ = ["RepeatableError", "seen", "send"]


class RepeatableError(ProviderSetupError):
    """The server refuses or is away; nothing is lost by it."""

    def __init__(self, error: ProviderError) -> None:
        super().__init__(f"{error}; nothing is lost, the same command goes on from here")


async def send(ledger: Ledger, endpoint: BatchEndpoint, say: Callable[[str], None]) -> int:
    """Uploads and starts what is not yet; gives how many parts that were.

    Raises:
        RepeatableError: the server refuses or is away.
    """
    run, parts = ledger.fact("run"), ledger.parts()
    waiting = [part for part in parts if not part.is_sent]
    for part in waiting:
        try:
            part = await _uploaded(part, run, ledger, endpoint)
            part = await _started(part, run, ledger, endpoint)
        except ProviderError as error:
            raise RepeatableError(error) from error
        size = f"{part.requests} requests, {part.size / 1e6:.1f} MB"
        say(f"part {part.number} of {len(parts)}: {size}, sent as {part.batch_id}")
    return len(waiting)


async def _uploaded(part: Part, run: str, ledger: Ledger, endpoint: BatchEndpoint) -> Part:
    if part.step not in ("planned", "uploading"):
        return part
    doubtful = part.step == "uploading"
    part = ledger.update(replace(part, step="uploading"))
    path = request_path(ledger.directory, part.number)
    if not path.is_file() or path.stat().st_size != part.size:
        raise OutputError(f"{path}: the request file of part {part.number} is missing or changed; submit a new job")
    file_id = await endpoint.upload(path, f"absextract-{run}-{part.number:04}.jsonl", doubtful=doubtful)
    return ledger.update(replace(part, step="uploaded", file_id=file_id))


async def _started(part: Part, run: str, ledger: Ledger, endpoint: BatchEndpoint) -> Part:
    doubtful = part.step == "creating"
    part = ledger.update(replace(part, step="creating"))
    assert part.file_id
    batch = await endpoint.create(part.file_id, run, part.number, doubtful=doubtful)
    return ledger.update(seen(replace(part, step="sent", batch_id=batch.id), batch))


def seen(part: Part, batch: BatchState) -> Part:
    """The part with what the server says of its batch."""
    return replace(
        part,
        status=batch.status,
        submitted_at=int(batch.created_at),
        expires_at=None if batch.expires_at is None else int(batch.expires_at),
        done=batch.request_counts.completed,
        failed=batch.request_counts.failed,
        output_file=batch.output_file_id,
        error_file=batch.error_file_id,
        problem=batch.problem,
    )
