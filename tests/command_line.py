"""The command line as a person runs it.

`absextract` runs it in this process, which starts at once; `absextract_process` in one of its own, for tests in which
the process is the point.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import subprocess
import sys
import unittest.mock
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from absextract.cli.app import main

Done = subprocess.CompletedProcess[str]


def absextract(*args: Any, stdin: bytes = b"", **env: str) -> Done:
    """Runs a command to its end, in this process.

    Args:
        args: the words behind `absextract`.
        stdin: what it can read.
        env: what is set in its environment.
    """
    words = ["absextract", *map(str, args)]
    read, out, err = (io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="") for data in (stdin, b"", b""))
    with pytest.MonkeyPatch.context() as patch, unittest.mock.patch.dict(os.environ), _own_logging():
        for name, value in {"argv": words, "stdin": read, "stdout": out, "stderr": err}.items():
            patch.setattr(sys, name, value)
        for name, value in env.items():
            patch.setenv(name, value)
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
    return subprocess.CompletedProcess(words, status, _said(out), _said(err))


def absextract_process(*args: Any, stdin: bytes | None = None, **env: str) -> Done:
    """Runs a command to its end, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "absextract", *map(str, args)],
        input=stdin,
        capture_output=True,
        env=os.environ | env,
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def records_in(path: Path) -> list[dict[str, Any]]:
    """The records of an output file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@contextlib.contextmanager
def _own_logging() -> Iterator[None]:
    """The root logger as a new process has it, and afterwards as it was."""
    root, ours = logging.getLogger(), logging.getLogger("absextract")
    before = root.handlers[:], root.level, ours.level
    root.handlers.clear()
    try:
        yield
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        ours.setLevel(before[2])


def _said(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
