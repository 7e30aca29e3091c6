"""Walking a job's abstracts down the ordinary road, with what came back in place of a server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from ..errors import StoppedError
from ..records import Abstract
from .batch_parts import Part
from .job_folder import BatchJob
from .ledger import Ledger
from .outcomes import not_sent
from .request_files import RequestFiles, request_key

__all__ = ["Answered", "plan"]


@dataclass(slots=True)
class _Noting:
    """Gives what the job has; what it lacks is written to a request file, and the abstract let go."""

    ledger: Ledger
    files: RequestFiles
    used: list[str] = field(default_factory=list)

    def __call__(self, body: bytes) -> Any:
        key = request_key(body)
        outcome = self.ledger.outcome(key)
        if outcome and outcome.is_answer:
            self.used.append(key)
            return outcome.body()
        if outcome is None or not outcome.is_pending:
            self.ledger.add_request(key, self.files.add(key, body))
        raise StoppedError("it goes out with a batch")

    def forget(self) -> None:
        """Takes the answers to an abstract out, which have come to nothing."""
        for key in self.used:
            self.ledger.forget(key)


@dataclass(slots=True)
class Answered:
    """Gives what the job has, and the reason where it has nothing.

    Attributes:
        missing: how often it had nothing.
    """

    ledger: Ledger
    missing: int = 0

    def __call__(self, body: bytes) -> Any:
        outcome = self.ledger.outcome(request_key(body))
        if outcome is None or not outcome.is_answer:
            self.missing += 1
        if outcome is None:
            raise not_sent()
        return outcome.body()


async def plan(job: BatchJob) -> list[Part]:
    """Writes what has to be sent to request files, and the parts that they make to the ledger, all or nothing.

    Sent is what has no answer, in the cache or from an earlier batch, and none on its way: first requests, and
    the corrections of answers with errors. Abstracts whose answers came to nothing are asked for from the start.

    Raises:
        UsageError: the files cannot be written, or the schema is not what it was.
    """
    ledger = job.ledger
    files = RequestFiles(ledger.directory, first=len(ledger.parts()) + 1)
    noting = _Noting(ledger, files)
    try:
        with ledger.transaction():
            async with job.extractor(noting) as extractor:
                for item in ledger.papers():
                    if isinstance(item, Abstract):
                        noting.used.clear()
                        await _walk(item, extractor, noting)
                        await asyncio.sleep(0)  # so that Ctrl-C is heard
            parts = files.finish()
            for part in parts:
                ledger.add_part(part)
            ledger.set_fact("planned", True)
    finally:
        files.close()
    return parts


async def _walk(paper: Abstract, extractor: Any, noting: _Noting) -> None:
    try:
        record = await extractor.extract(paper)
        if record.status == "failed":
            noting.forget()
            await extractor.extract(paper)
    except StoppedError:
        return
