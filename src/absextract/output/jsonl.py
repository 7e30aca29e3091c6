"""Record files: whole lines only, in input order."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import OutputError
from ..records import SCHEMA_VERSION, Abstract, ExtractorInfo

__all__ = ["STDOUT", "RecordFile", "check_replaceable", "check_same_run", "check_writable"]

STDOUT = "-"
_BEGINNING = f'{{"schema_version":"{SCHEMA_VERSION}","id":'.encode()  # of each line that we write
_WAY_OUT = "choose another -o, or --overwrite to start anew"


def check_writable(out: str) -> None:
    """Finds out before the first request what would fail after it.

    Raises:
        OutputError: the folder is missing, or the file cannot be written.
    """
    if out == STDOUT:
        return
    path = Path(out)
    if path.is_dir():
        raise OutputError(f"{out}: is a folder; name a file, e.g. {out.rstrip('/')}/records.jsonl")
    if not path.parent.is_dir():
        raise OutputError(f"{out}: the folder {path.parent} does not exist")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OutputError(f"{out}: no permission to write there")


def check_replaceable(out: str) -> None:
    """Finds out whether a file may be written over unasked.

    Raises:
        OutputError: it holds something else than records.
    """
    if out == STDOUT or not os.path.isfile(out):
        return
    with open(out, "rb") as there:
        if not _may_be_ours(there.read(len(_BEGINNING))):
            raise OutputError(f"{out}: exists and holds no records of absextract; choose another -o")


def _may_be_ours(line: bytes) -> bool:
    """Whether a line, or what is there of one, begins like a record."""
    return line.startswith(_BEGINNING) or _BEGINNING.startswith(line)


class RecordFile:
    """An output that may already hold the first records of the same run.

    Nothing is opened for writing before the first new record, so a run that fails at its start leaves
    what was there.

    Args:
        out: path, or `-` for standard output.
        fresh: write over what is there.
        rewrite: write all lines anew, kept ones too, and put the new file in place of the old at the end.
    """

    def __init__(self, out: str, *, fresh: bool = False, rewrite: bool = False) -> None:
        self._out = out
        there = os.path.exists(out)
        self._fresh = fresh or out == STDOUT or (there and not os.path.isfile(out))  # a device or pipe holds nothing
        self._rewrite = rewrite and there and not self._fresh
        self._whole = 0  # bytes of whole lines already there
        self._torn = False  # something stands behind them
        self._stream: BinaryIO | None = None

    def existing(self) -> Generator[bytes]:
        """The whole lines of a former run, in order, without a torn one at the end.

        Raises:
            OutputError: what stands at the end is no torn record.
        """
        if self._fresh or not os.path.exists(self._out):
            return
        with open(self._out, "rb") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.endswith(b"\n"):
                    if not _may_be_ours(line):
                        raise OutputError(f"{self._out}:{number}: not a record of absextract; {_WAY_OUT}")
                    self._torn = True
                    return
                self._whole += len(line)
                yield line

    def keep(self, line: bytes) -> None:
        """A line of a former run that stays."""
        if self._rewrite:
            self._write(line)

    def add(self, line: str) -> None:
        """A new record."""
        self._write(line.encode() + b"\n")

    def close(self, *, complete: bool) -> None:
        """Ends the writing.

        Args:
            complete: every line of a rewritten file was written, so it may take the place of the old
                one; otherwise the old one stays.
        """
        anew = self._fresh or self._rewrite or not os.path.exists(self._out)
        if self._stream is None and complete and (self._torn or anew):
            self._open()  # no record: a missing file is made, a torn line goes
        if self._stream is None or self._out == STDOUT:
            return
        try:
            with self._stream as stream:
                if os.path.isfile(self._out):
                    os.fsync(stream.fileno())
            if self._rewrite and complete:
                os.replace(self._partial, self._out)
        except OSError as error:
            if complete:  # else what ended the writing is on its way up already
                raise OutputError(f"{self._out}: {error.strerror}") from error
        finally:
            if self._rewrite:
                Path(self._partial).unlink(missing_ok=True)

    @property
    def _partial(self) -> str:
        return f"{self._out}.partial"

    def _write(self, line: bytes) -> None:
        stream = self._stream or self._open()
        try:
            stream.write(line)
            stream.flush()  # a whole line or, if we are killed here, a torn one that is rewritten
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(f"{self._out}: {error.strerror}; the same command goes on from here") from error

    def _open(self) -> BinaryIO:
        if self._out == STDOUT:
            self._stream = sys.stdout.buffer
            return self._stream
        append = not (self._rewrite or self._fresh) and os.path.exists(self._out)
        path = self._partial if self._rewrite else self._out
        try:
            self._stream = open(path, "r+b" if append else "wb")  # noqa: SIM115  # close() closes it
            if append:
                self._stream.truncate(self._whole)
                self._stream.seek(self._whole)
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror}") from error
        return self._stream


def check_same_run(line: bytes, number: int, *, out: str, paper: Abstract, extractor: ExtractorInfo) -> bool:
    """Whether an existing line is the record this run would write; says if that record had failed.

    Raises:
        OutputError: it is another input's, or another model, prompt or schema made it.
    """
    try:
        record: dict[str, Any] = json.loads(line)
        there = record["id"], dict(record["extractor"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise OutputError(f"{out}:{number}: not a record of absextract; {_WAY_OUT}") from None
    if there[0] != paper.id:
        ids = f"id {there[0]}, the input has {paper.id}"
        raise OutputError(f"{out}:{number}: belongs to another input ({ids}); {_WAY_OUT}")
    for name in ("title", "abstract"):
        if record.get(name) != getattr(paper, name):
            what = f"the {name} of id {paper.id} is not what the input has"
            raise OutputError(f"{out}:{number}: belongs to another input ({what}); {_WAY_OUT}")
    for name in ("model", "prompt", "schema"):
        now = extractor.model_dump(by_alias=True)[name]
        if there[1].get(name) != now:
            raise OutputError(f"{out}:{number}: made with {name} {there[1].get(name)}, this run has {now}; {_WAY_OUT}")
    return record.get("status") == "failed"
