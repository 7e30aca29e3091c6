"""What happens on the way: warnings on stderr, more with --verbose, and all of it in a file with --log-file."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import Any

from ..display.printable import printable, printable_json
from ..errors import OutputError
from ..output.places import check_special, is_special
from .messages import stderr

__all__ = ["set_up_logging"]

_LONGEST_LINE = 100_000
_log = logging.getLogger(__name__)


class _JsonLines(logging.Formatter):
    """One JSON object a line: `time`, `level`, `logger`, `message`, and what the event has to tell beyond it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{record.msecs:03.0f}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= getattr(record, "details", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return printable_json(json.dumps(line, ensure_ascii=False, default=str))


class _Printable(logging.Formatter):
    """A line for a terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the library's name
        return printable(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  # the library's name
        return printable(super().formatException(ei), keep_lines=True)


class _LogFile(logging.FileHandler):
    """A file that, where it cannot be written, is given up with a word."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  # the library's names
        logging.getLogger().removeHandler(self)
        _log.warning("%s cannot be written; what happens from here on is not in it", self.baseFilename)


def set_up_logging(*, verbose: bool = False, log_file: Path | None = None) -> None:
    """Sends what is logged to stderr and, from INFO on, to a file, behind what is there.

    Args:
        verbose: from INFO on; else from WARNING on.
        log_file: JSON Lines.

    Raises:
        OutputError: the file cannot be written, or holds something else than a log.
    """
    if log_file:
        _check_log(log_file)
    shown: logging.Handler
    if stderr.is_terminal:
        from rich.logging import RichHandler

        shown = RichHandler(console=stderr, show_time=False, show_path=False)
        shown.setFormatter(_Printable("%(message)s"))
    else:  # a line each, however long
        shown = logging.StreamHandler()
        shown.setFormatter(_Printable("%(levelname)s %(message)s"))
    shown.setLevel(logging.INFO if verbose else logging.WARNING)
    logging.basicConfig(level=logging.WARNING, handlers=[shown])
    ours = logging.getLogger(__package__.partition(".")[0])  # no other package's INFO, which may tell headers
    ours.setLevel(logging.INFO if verbose or log_file else logging.WARNING)
    if log_file:
        try:
            file = _LogFile(log_file, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise OutputError(f"{log_file}: {error.strerror}") from error
        file.setFormatter(_JsonLines())
        logging.getLogger().addHandler(file)


def _check_log(path: Path) -> None:
    """What is there must be a log: a mistaken name must not cost an input or an output."""
    if is_special(str(path)):
        check_special(str(path))
        if path.is_fifo() and not str(path).startswith(("/dev/", "/proc/")):
            raise OutputError(f"{path}: is a pipe; name a file for --log-file")
        return
    try:
        with path.open("rb") as there:
            first = there.readline(_LONGEST_LINE)
        if first and not {"time", "logger"} <= dict(json.loads(first)).keys():
            raise ValueError
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error
    except (ValueError, TypeError, RecursionError):
        raise OutputError(f"{path}: exists and is not a log of absextract; choose another --log-file") from None
