"""Writing all records of an output anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from .jsonl import RecordFile, check_replaceable, check_writable
from .lock import only_run
from .summary import RunSummary

__all__ = ["written_anew"]


@contextmanager
def written_anew(out: str, summary: RunSummary) -> Iterator[RecordFile]:
    """A file to be filled with records, which takes the place of the old one at the end, with the summary beside it.

    Where it is not filled to the end, the old file stays.

    Raises:
        OutputError: it cannot be written, holds something else than records, or another run is writing it.
    """
    check_writable(out)
    check_replaceable(out)
    with only_run(out):
        file, complete = RecordFile(out, rewrite=True), False
        try:
            yield file
            complete = True
        finally:
            file.close(complete=complete)
        summary.finished = not summary.stopped
        summary.clock()
        summary.write_beside(out)
