"""Record files: whole lines only, in input order."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from ..display.printable import printable_json
from ..entities.paper_facts import keys_of_paper
from ..errors import OutputError
from ..records import FILLED_IN, SCHEMA_VERSION, Abstract, ExtractorInfo, Source
from .places import PARTIAL, STDOUT, check_companions, check_name, check_special, create_anew, is_special, open_special
from .summary import Tally

__all__ = [
    "STDOUT",
    "RecordFile",
    "check_replaceable",
    "check_same_run",
    "check_writable",
    "input_part",
    "is_of",
    "read_anew",
    "tally_in",
    "tally_of",
]

_BEGINNINGS = tuple(f'{{"schema_version":"{version}","id":'.encode() for version in ("1", SCHEMA_VERSION))
"""Of each line that we write, and that earlier versions wrote."""
_GONE = "what it held is lost; the same command makes it anew"
_BLOCK = 1 << 20
_WAY_OUT = "choose another -o, or --overwrite to start anew"


def check_writable(out: str) -> None:
    """Finds out before the first request what would fail after it.

    Raises:
        OutputError: the folder is missing, or the file cannot be written.
    """
    if out == STDOUT:
        return
    check_name(out)
    path = Path(out)
    if path.is_dir():
        raise OutputError(f"{out}: is a folder; name a file, e.g. {out.rstrip('/')}/records.jsonl")
    if not path.parent.is_dir():
        raise OutputError(f"{out}: the folder {path.parent} does not exist")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OutputError(f"{out}: no permission to write there")
    if is_special(out):
        check_special(out)
    elif not out.startswith("/dev/"):  # `/dev/stdout` may be a file
        check_companions(out)


def check_replaceable(out: str) -> None:
    """Finds out whether a file may be written over unasked.

    Raises:
        OutputError: it holds something else than records.
    """
    if out == STDOUT or not os.path.isfile(out):
        return
    with open(out, "rb") as there:
        head = there.read(max(map(len, _BEGINNINGS)))
        if not (_may_be_ours(head) if head.strip(b"\0") else _is_blank(there)):
            raise OutputError(f"{out}: exists and was not written by absextract; choose another -o, or delete it")


def _may_be_ours(line: bytes) -> bool:
    """Whether a line, or what is there of one, begins like a record."""
    written = line.rstrip(b"\0")  # a power cut may leave zeros where there was room for more
    return any(written.startswith(each) or each.startswith(written) for each in _BEGINNINGS)


def _is_blank(stream: BinaryIO) -> bool:
    """Whether nothing but zeros is left."""
    return not any(block.strip(b"\0") for block in iter(lambda: stream.read(_BLOCK), b""))


class RecordFile:
    """An output that may already hold the first records of the same run.

    Nothing is opened for writing before the first new record, so a run that fails at its start leaves
    what was there.

    Args:
        out: path, or `-` for standard output.
        fresh: write over what is there.
        rewrite: write all lines anew, kept ones too, and put the new file in place of the old with `settle`.
    """

    def __init__(self, out: str, *, fresh: bool = False, rewrite: bool = False) -> None:
        is_file = out != STDOUT and os.path.isfile(out)
        self._out = os.path.realpath(out) if is_file else out  # a link stays one when the file is replaced
        there = os.path.exists(out)
        self._fresh = fresh or out == STDOUT or (there and not os.path.isfile(out))  # a device or pipe holds nothing
        self._rewrite = rewrite and there and not self._fresh
        self._whole = 0  # bytes of whole lines already there
        self._torn = False  # something stands behind them
        self._stream: BinaryIO | None = None
        self._is_file = out != STDOUT and not is_special(out)
        if out != STDOUT and is_special(self._out):
            self._stream = open_special(self._out)
        self._to_terminal = out == STDOUT and sys.stdout.buffer.isatty()

    def existing(self) -> Generator[bytes]:
        """The whole lines of a former run, in order, without a torn one at the end.

        Raises:
            OutputError: what stands at the end is no torn record.
        """
        if self._fresh or not os.path.exists(self._out):
            return
        with open(self._out, "rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.startswith(b"\0") and (number > 1 or not line.strip(b"\0")):
                    # a power cut left room for what was not written
                    self._torn = True
                    return
                if not line.endswith(b"\n"):
                    if not _may_be_ours(line):
                        raise OutputError(f"{self._out}:{number}: not a record of absextract; {_WAY_OUT}")
                    self._torn = True
                    return
                self._whole += len(line)
                yield line

    def begin(self) -> None:
        """Opens the file, as the first record would.

        Raises:
            OutputError: it cannot be written.
        """
        if self._stream is None:
            self._open()

    def keep(self, line: bytes) -> None:
        """A line of a former run that stays."""
        if self._rewrite:
            self._write(line)

    def add(self, line: str) -> None:
        """A new record."""
        self._write(line.encode("utf-8", "backslashreplace") + b"\n")  # half a character is an escape, as in JSON

    @property
    def begun(self) -> bool:
        """Whether anything was written, or the file opened for it."""
        return self._stream is not None

    def settle(self) -> None:
        """Puts a rewritten file in place of the old one; what is added from here on goes behind it.

        Raises:
            OutputError: the file system refuses.
        """
        if not self._rewrite:
            return
        stream = self._stream or self._open()
        try:
            os.fsync(stream.fileno())
            if os.path.exists(self._out):
                shutil.copymode(self._out, self._partial)
            os.replace(self._partial, self._out)
            self._rewrite = False
            _sync_folder(self._out)
        except OSError as error:
            raise OutputError(f"{self._out}: {error.strerror}") from error

    def sync(self) -> None:
        """Has the disk keep what was written, whatever happens to the power; callable from another thread."""
        if self._stream is None or not os.path.isfile(self._path):
            return
        try:
            number = os.dup(self._stream.fileno())  # it may be closed meanwhile
        except (OSError, ValueError):
            return
        try:
            os.fsync(number)
        finally:
            os.close(number)

    def close(self, *, complete: bool) -> None:
        """Ends the writing.

        Args:
            complete: every line of a rewritten file was written, so it may take the place of the old
                one; otherwise the old one stays.

        Raises:
            OutputError: what was written does not reach the disk.
        """
        anew = self._fresh or self._rewrite or not os.path.exists(self._out)
        if self._stream is None and complete and (self._torn or anew):
            self._open()  # no record: a missing file is made, a torn line goes
        if self._stream is None or self._out == STDOUT:
            return
        try:
            if complete:
                self.settle()
            gone = self._is_gone(self._stream) or not os.path.exists(self._out)
            with self._stream as stream:
                if os.path.isfile(self._path):
                    os.fsync(stream.fileno())
            if gone and complete:
                raise OutputError(f"{self._out}: was removed while it was written; {_GONE}")
        except OSError as error:
            if complete:  # else what ended the writing is on its way up already
                raise OutputError(f"{self._out}: {error.strerror}") from error
        finally:
            if self._rewrite:
                Path(self._partial).unlink(missing_ok=True)

    def _is_gone(self, stream: BinaryIO) -> bool:
        """Whether the file that is written has no name any more."""
        return self._is_file and os.fstat(stream.fileno()).st_nlink == 0

    @property
    def _path(self) -> str:
        """The file that is written."""
        return self._partial if self._rewrite else self._out

    @property
    def _partial(self) -> str:
        return f"{self._out}{PARTIAL}"

    def _write(self, line: bytes) -> None:
        stream = self._stream or self._open()
        if self._to_terminal:
            line = printable_json(line.decode()).encode()
        try:
            if self._is_gone(stream):
                raise OutputError(f"{self._path}: was removed while it was written; {_GONE}")
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
        there = os.path.exists(self._path)
        append = there and not (self._rewrite or self._fresh)
        try:
            if self._rewrite:
                self._stream = create_anew(self._partial)
            else:
                self._stream = open(self._path, "r+b" if append else "wb")  # noqa: SIM115  # close() closes it
            if append:
                self._stream.truncate(self._whole)
                self._stream.seek(self._whole)
            elif not there:
                _sync_folder(self._out)
        except OSError as error:
            raise OutputError(f"{self._path}: {error.strerror}") from error
        return self._stream


def _sync_folder(path: str) -> None:
    """Has the disk keep a file's name."""
    with contextlib.suppress(OSError):  # not every system opens folders
        number = os.open(os.path.dirname(path) or ".", os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def check_same_run(line: bytes, number: int, *, out: str, paper: Abstract, extractor: ExtractorInfo) -> Tally:
    """Whether an existing line is the record that this run would write; gives what counts of it.

    Raises:
        OutputError: it is another input's, or another model, prompt, schema or version of absextract made it.
    """
    former = _Former(line, f"{out}:{number}")
    if not is_of(line, paper):
        former.tell_other_input(paper)
    now = extractor.model_dump(by_alias=True)
    for name in ("schema",) if FILLED_IN in former.tally.findings else ("model", "prompt", "schema"):
        then = former.extractor.get(name)
        if then != now[name]:
            raise OutputError(f"{former.place}: made with {name} {then}, this run has {now[name]}; {_WAY_OUT}")
    return former.tally


def is_of(line: bytes, paper: Abstract) -> bool:
    """Whether an existing line is the record of this input."""
    return line.startswith(input_part(paper))


def read_anew(line: bytes, paper: Abstract) -> bytes:
    """An existing line as this run would begin it, where it is the record of the same paper read from another place."""
    if is_of(line, paper):
        return line
    try:
        source = Source.model_validate(json.loads(line)["source"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return line
    then = input_part(paper.model_copy(update={"source": source}))
    return input_part(paper) + line.removeprefix(then) if line.startswith(then) else line


def tally_of(line: bytes, number: int, *, out: str) -> Tally:
    """What counts of an existing line.

    Raises:
        OutputError: it is no record, or another version of absextract wrote it.
    """
    return _Former(line, f"{out}:{number}").tally


def tally_in(record: dict[str, Any]) -> Tally:
    """What counts of a record as JSON.

    Raises:
        KeyError, TypeError: it is none.
    """
    error, findings = record["error"], record["findings"]
    return Tally(
        record["status"],
        tuple(finding["code"] for finding in findings),
        error["code"] if error else None,
        record["id"],
        keys_of_paper(*(record.get(name) for name in ("title", "abstract", "metadata", "id"))),
    )


class _Former:
    """A line of a former run."""

    def __init__(self, line: bytes, place: str) -> None:
        self.place = place
        try:
            self.record: dict[str, Any] = json.loads(line)
            self.tally = tally_in(self.record)
            self.id, self.extractor = self.record["id"], dict(self.record["extractor"])
            version = self.record["schema_version"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise OutputError(f"{place}: not a record of absextract; {_WAY_OUT}") from None
        if version != SCHEMA_VERSION:
            versions = f"schema version {version}, this one writes {SCHEMA_VERSION}"
            raise OutputError(f"{place}: written by another version of absextract ({versions}); {_WAY_OUT}")

    def tell_other_input(self, paper: Abstract) -> NoReturn:
        """Says what differs."""
        now = json.loads(paper.model_dump_json())
        if self.id != paper.id:
            what = f"id {self.id}, the input has {paper.id}"
        else:
            name = next((name for name in now if self.record.get(name) != now[name]), "form")
            what = f"the {name} of id {paper.id} is not what the input has"
            if name == "source":
                what = f"id {paper.id} was read from {_named(self.record.get(name))}, now from {_named(now[name])}"
        raise OutputError(f"{self.place}: belongs to another input ({what}); {_WAY_OUT}")


def input_part(paper: Abstract) -> bytes:
    """How the record of an abstract begins."""
    return f'{{"schema_version":"{SCHEMA_VERSION}",{paper.model_dump_json()[1:-1]},"status":'.encode()


def _named(source: Any) -> str:
    return f"{source.get('path')}#{source.get('index')}" if isinstance(source, dict) else str(source)
