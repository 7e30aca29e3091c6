"""One run at a time for each output."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from filelock import FileLock, Timeout

from ..errors import OutputError
from .places import is_special, lock_path

__all__ = ["only_run"]


@contextlib.contextmanager
def only_run(out: str) -> Iterator[None]:
    """Keeps other runs off an output, with a hidden file beside it, which goes when the run ends.

    The lock is the operating system's: a killed run holds none, and the file it leaves does no harm.

    Args:
        out: path of a file or folder that may not exist yet; nothing is locked for `-` and devices.

    Raises:
        OutputError: another run is writing it, or nothing may be written beside it.
    """
    if out == "-" or is_special(out):
        yield
        return
    path = lock_path(out)
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise OutputError(f"{out}: another run is writing it; wait until it has ended, or choose another -o") from None
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.unlink(path)  # while it is held: whoever waits for it finds out that it is gone, and makes a new one
        lock.release()
