"""Finding the files behind what a user names: files, folders, globs, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..errors import InputError
from .opening import STDIN, as_input_error
from .run_files import is_left_by_runs

__all__ = ["are_files", "expand", "read_for"]

_MOST_WORDS = 4  # of what may be the name of a file


def are_files(paths: Iterable[str]) -> bool:
    """Whether all are regular files, which can be read twice and keep nobody waiting."""
    return all(map(os.path.isfile, paths))


def expand(inputs: Sequence[str], *, exclude: Iterable[str | None] = (), outputs: bool = False) -> list[str]:
    """Files behind the given files, folders and globs, in order; a folder's files by name.

    Args:
        inputs: as the user named them; `-` stays.
        exclude: files to leave out however they were found: what the run writes.
        outputs: of a folder, take what runs have written (all files where there is none), in place of the rest.

    Raises:
        InputError: nothing is there.
    """
    found: list[str] = []
    written = {os.path.realpath(path) for path in exclude if path is not None}
    for name in inputs:
        if name == STDIN or (os.path.exists(name) and not os.path.isdir(name)):  # a pipe is no regular file
            files = [name]
        elif os.path.isdir(name):
            files = _files_in(name, outputs=outputs)
        elif not (files := sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path))):
            raise InputError(_nothing_there(name), path=name)
        found.extend(path for path in files if path == STDIN or os.path.realpath(path) not in written)
    if inputs and not found:
        raise InputError(
            "the only file there is what this run writes; give other inputs, or another -o", path=inputs[0]
        )
    return found


def read_for(out: str, name: str) -> Iterator[str]:
    """What a user names, then the files behind it but an output: none of them may be that output.

    Raises:
        InputError: nothing is there.
    """
    yield name
    yield from expand([name], exclude=[out])


def _files_in(folder: str, *, outputs: bool) -> list[str]:
    with as_input_error(folder):
        files = sorted(
            path.as_posix() for path in Path(folder).iterdir() if path.is_file() and not is_left_by_runs(path.name)
        )
    written = [path for path in files if Path(f"{path}.run.json").exists()]
    if not outputs:
        files = [path for path in files if path not in written]
    elif written:
        files = written
    if not files:
        raise InputError("the folder holds no files", path=folder)
    return files


def _nothing_there(name: str) -> str:
    """What to say where there is nothing of a name, by what the name looks like."""
    if name.startswith(("http://", "https://")):
        return "absextract fetches nothing; save it as a file, and give that"
    if len(name.split()) > _MOST_WORDS:
        return "no such file, folder or match; for one abstract as a text, use absextract try"
    return "no such file, folder or match"
