"""Writing a folder whole or not at all, over one of ours or over nothing."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import OutputError

__all__ = ["written_folder"]

_MARK = ".absextract"
_MARK_TEXT = "Written by absextract export\n"


@contextlib.contextmanager
def written_folder(out: str, ours: re.Pattern[str], *, overwrite: bool) -> Iterator[Path]:
    """An empty folder to write to, which takes the place of the output at the end, or goes if it does not come to that.

    Args:
        out: the folder that is asked for.
        ours: the paths in such a folder, from it on; with any other in it, it is not replaced.
        overwrite: replace a folder of ours.

    Raises:
        OutputError: something is there that may not be replaced, or it cannot be written.
    """
    target = Path(out)
    if not target.parent.is_dir():
        raise OutputError(f"{out}: the folder {target.parent} does not exist")
    if os.path.lexists(out) and not _is_empty(target):
        if not overwrite:
            raise OutputError(f"{out}: exists already; choose another -o, or replace it with --overwrite")
        if not _is_ours(target, ours):
            raise OutputError(f"{out}: was not written by absextract, or something was added to it; choose another -o")
    try:
        with tempfile.TemporaryDirectory(prefix=".absextract-", dir=target.parent) as scratch:
            made = Path(scratch) / "made"
            made.mkdir()
            (made / _MARK).write_text(_MARK_TEXT, encoding="utf-8")
            yield made
            _put_in_place(made, target)
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror}") from error


def _put_in_place(made: Path, target: Path) -> None:
    """Renames a folder over another, which stands aside meanwhile and comes back if it does not come to that."""
    if not target.exists():
        made.rename(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=".absextract-", dir=target.parent))
    former = aside / target.name
    try:
        target.rename(former)
        made.rename(target)
    except BaseException:
        _put_back(former, target)
        raise
    finally:
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)


def _put_back(former: Path, target: Path) -> None:
    try:
        if former.exists():
            former.rename(target)
    except OSError as error:
        raise OutputError(f"{target}: {error.strerror}; what was there is in {former}") from error


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())


def _is_ours(folder: Path, ours: re.Pattern[str]) -> bool:
    if folder.is_symlink() or not (folder / _MARK).is_file():
        return False
    there = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return all(path.relative_to(folder).as_posix() == _MARK or _matches(path, folder, ours) for path in there)


def _matches(path: Path, folder: Path, ours: re.Pattern[str]) -> bool:
    return not path.is_symlink() and ours.fullmatch(path.relative_to(folder).as_posix()) is not None
