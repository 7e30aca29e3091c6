"""Where an output may go: nothing precious is written over, and no pipe or device is waited for."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ..errors import OutputError
from ..patterns import regex

__all__ = [
    "PARTIAL",
    "STDOUT",
    "check_companions",
    "check_is_no_input",
    "check_name",
    "check_ours",
    "check_special",
    "create_anew",
    "is_special",
    "lock_path",
    "maker_of",
    "open_special",
    "summary_path",
    "written_whole",
]

PARTIAL = ".partial"
STDOUT = "-"
"""What stands for standard output where a file may be named."""

_SUMMARY_BEGINS = regex(rb'\s*\{\s*"finished"\s*:')
_OUTPUT_BEGINS = regex(  # records, pages, and tables of each kind
    rb'\{"schema_version":|(?i:<!doctype html>)|PAR1|SQLite format 3|paper,task,dataset,|@misc\{'
)
_PAGES = (".html", ".htm")
_TABLES = (
    ".csv",
    ".tsv",
    ".xlsx",
    ".xls",
    ".parquet",
    ".sqlite",
    ".db",
    ".md",
    ".bib",
    ".ris",
    ".eee",
    ".eval_results",
)
_LOOK = 4096
_LONGEST_NAME = 255
_WAIT_SECONDS, _TRIES = 2.0, 40  # for the reader of a pipe, which may have been started at the same time


def maker_of(out: str) -> str:
    """The command that makes what has such a name from records: `export` or `report`; empty for all other names."""
    suffix = os.path.splitext(out)[1].lower()
    return "report" if suffix in _PAGES else "export" if suffix in _TABLES else ""


def lock_path(out: str) -> str:
    """The file whose lock keeps other runs off an output."""
    folder, name = os.path.split(os.path.realpath(out))
    return os.path.join(folder, f".{name}.absextract.lock")


def summary_path(out: str) -> str:
    """The file that tells of the run that wrote an output."""
    return os.path.join(out, "run.json") if os.path.isdir(out) else f"{out}.run.json"


def is_special(out: str) -> bool:
    """Whether a pipe, a terminal or another device is there."""
    return os.path.exists(out) and not os.path.isfile(out) and not os.path.isdir(out)


def check_name(out: str) -> None:
    """Finds out whether there can be a file of that name, with those that stand beside it.

    Raises:
        OutputError: there cannot.
    """
    try:
        folder, name = os.path.split(os.path.realpath(out))
        size, longest = len(os.fsencode(name)), _LONGEST_NAME
        with contextlib.suppress(OSError, AttributeError):  # not every system tells
            longest = os.pathconf(folder, "PC_NAME_MAX")
    except (OSError, ValueError):
        raise OutputError(f"{out}: is not a possible name of a file") from None
    beside = len(os.path.basename(lock_path(out))) - len(name)
    if size + beside > longest:
        raise OutputError(
            f"{out}: the name is too long; with what stands beside the file it may have {longest - beside} bytes"
        )


def check_special(out: str) -> None:
    """Finds out whether a device that is there takes data and nothing else.

    Raises:
        OutputError: it is a disk, or a device that is neither a terminal nor the null device.
    """
    there = os.stat(out)
    if stat.S_ISBLK(there.st_mode) or (stat.S_ISCHR(there.st_mode) and not _is_harmless(out, there)):
        raise OutputError(f"{out}: is a device; name a file")


def _is_harmless(path: str, device: os.stat_result) -> bool:
    known = {os.stat(name).st_rdev for name in (os.devnull, "/dev/full") if os.path.exists(name)}
    if device.st_rdev in known:
        return True
    try:
        number = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.isatty(number)
    finally:
        os.close(number)


def open_special(out: str) -> BinaryIO:
    """Opens a pipe or device that is there.

    Raises:
        OutputError: nobody reads it, or it cannot be opened.
    """
    check_special(out)
    for _ in range(_TRIES):
        try:
            number = os.open(out, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise OutputError(f"{out}: {error.strerror}") from error
            time.sleep(_WAIT_SECONDS / _TRIES)
        else:
            os.set_blocking(number, True)
            return os.fdopen(number, "wb")
    raise OutputError(f"{out}: nobody reads this pipe; start its reader first")


def check_companions(out: str) -> None:
    """Finds out whether what stands beside an output may be written over.

    Raises:
        OutputError: something there is a link, or is no file of ours.
    """
    summary = summary_path(out)
    for path in (summary, summary + PARTIAL, out + PARTIAL):
        check_ours(path)
    lock = lock_path(out)
    if os.path.lexists(lock) and (os.path.islink(lock) or not os.path.isfile(lock) or os.path.getsize(lock)):
        raise _not_ours(lock)


def check_is_no_input(out: str, inputs: Iterable[str]) -> None:
    """Finds out whether an output is one of the inputs, under another name or not.

    Raises:
        OutputError: it is.
    """
    if not os.path.isfile(out) or out.startswith("/dev/"):
        return
    there = os.stat(out)
    for path in filter(os.path.isfile, inputs):
        if os.path.samestat(there, os.stat(path)):
            is_named_so = os.path.abspath(path) == os.path.abspath(out)
            which = "an input" if is_named_so else f"the input {path} under another name"
            raise OutputError(f"{out}: is {which}; choose another -o")


def create_anew(path: str) -> BinaryIO:
    """Makes a file that stands beside an output, in place of one that a run left.

    Raises:
        OutputError: what is there is a link, or is no file of ours.
        OSError: it cannot be made.
    """
    check_ours(path)
    Path(path).unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb")


def check_ours(path: str) -> None:
    """Finds out whether a file that stands beside an output may be written over.

    Raises:
        OutputError: it is a link, or no file of ours.
    """
    if not os.path.lexists(path):
        return
    if os.path.islink(path) or not os.path.isfile(path):
        raise _not_ours(path)
    try:
        with open(path, "rb") as there:
            head = there.read(_LOOK).strip(b"\0")  # a power cut may leave nothing, or zeros
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error
    is_summary = path.removesuffix(PARTIAL).endswith("run.json")
    if head and not (_SUMMARY_BEGINS if is_summary else _OUTPUT_BEGINS).match(head):
        raise _not_ours(path)


def _not_ours(path: str) -> OutputError:
    return OutputError(f"{path}: is in the way and was not written by absextract; move it, or choose another -o")


@contextlib.contextmanager
def written_whole(out: str) -> Iterator[str]:
    """A path to write to, whose file takes the place of the output at the end, or goes where it does not come to that.

    Raises:
        OutputError: it cannot be written.
    """
    target = os.path.realpath(out)  # `/dev/stdout` stays one, and so does a link
    partial = f"{target}{PARTIAL}"
    made = False
    try:
        create_anew(partial).close()
        made = True
        yield partial
        os.replace(partial, target)
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror}") from error
    finally:
        if made:
            Path(partial).unlink(missing_ok=True)
