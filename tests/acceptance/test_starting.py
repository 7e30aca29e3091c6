"""The first moments of a command, as a person in a terminal sees them."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from openai_server import OpenAIServer, completion
from papers import truth

WHILE_LOADING = """
import os, signal, sys

class Typing:  # Ctrl-C at the moment that a module is looked for
    def find_spec(self, name, *rest):
        if name == at:
            os.kill(os.getpid(), signal.SIGINT)

at, sys.argv = sys.argv[1], ["absextract", *sys.argv[2:]]
sys.meta_path.insert(0, Typing())
from absextract.cli.entry import run
run()
"""
SLOW = (
    "import sys, time\nsys.argv[0] = 'absextract'\nfrom absextract.cli.starting import begin\nbegin()\ntime.sleep(60)"
)
UP_TO_THE_REQUEST = """
import gc, os, sys

async def send(*_):
    print(gc.get_stats()[2]["collections"], *sys.modules)
    sys.stdout.flush()
    os._exit(0)

sys.argv = ["absextract", *sys.argv[1:]]
import absextract.extractors.llm.providers as providers
providers.Connection.send = send
from absextract.cli.entry import run
run()
"""
NOT_YET = (
    "absextract.agreement",
    "absextract.attribution",
    "absextract.distributed.ray_run",
    "absextract.entities.linker",
    "absextract.evaluation",
    "absextract.extractors.builtin",
    "absextract.own_results",
    "absextract.reading",
    "absextract.validation",
    "instructor",
    "openai.resources",
)
COMMAND = ("extract", "papers.jsonl", "-o", "out.jsonl", "--model", "openai/m", "--base-url", "http://127.0.0.1:9/v1")


@contextmanager
def in_a_terminal(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A Python whose standard error is a terminal, and what is read from it."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, *words], cwd=folder, stderr=theirs, stdout=subprocess.DEVNULL)
    os.close(theirs)
    try:
        yield process, ours
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def shown(terminal: int, seconds: float, until: bytes) -> bytes:
    """What a terminal shows within some seconds, or until it has shown something."""
    text, end = b"", time.monotonic() + seconds
    while until not in text and time.monotonic() < end:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                text += os.read(terminal, 4096)
            except OSError:  # the other side has gone
                break
    return text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "papers.jsonl").write_text(json.dumps({"title": "T", "abstract": "We present Heron."}) + "\n")
    return tmp_path


def test_the_first_thing_that_is_loaded_says_that_something_is_being_done() -> None:
    """Before the screen says it, nothing but the standard library and three small modules is loaded."""
    code = (
        "import sys\nbefore = set(sys.modules)\nimport absextract.cli.entry\n"
        "print(*(name for name in set(sys.modules) - before))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    ours = {name for name in loaded if name.startswith("absextract")}
    assert ours == {
        "absextract",
        "absextract.version",
        "absextract.cli",
        "absextract.cli.entry",
        "absextract.cli.starting",
    }
    assert {"typer", "rich", "pydantic", "asyncio", "openai"}.isdisjoint(loaded)


def test_a_terminal_shows_it(folder: Path) -> None:
    with in_a_terminal(folder, "-c", SLOW, *COMMAND) as (_, terminal):
        assert "starting …".encode() in shown(terminal, 20, until="…".encode())


def test_ctrl_c_before_anything_is_loaded_is_quiet(folder: Path) -> None:
    with in_a_terminal(folder, "-c", SLOW, *COMMAND) as (process, terminal):
        shown(terminal, 20, until="…".encode())
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert shown(terminal, 1, until=b"interrupted").replace(b"\r\x1b[K", b"").strip() == b"interrupted"


@pytest.mark.parametrize("at", ["typer", "pydantic", "absextract.pipeline", "openai"])
def test_ctrl_c_while_it_loads_is_quiet(folder: Path, at: str) -> None:
    words = [sys.executable, "-c", WHILE_LOADING, at, *COMMAND]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")
    assert not (folder / "out.jsonl").exists()


def test_what_an_answer_is_checked_with_is_not_loaded_before_the_first_request(folder: Path) -> None:
    words = [sys.executable, "-c", UP_TO_THE_REQUEST, *COMMAND, "--no-cache"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    collections, *loaded = done.stdout.split()
    assert "openai" in loaded
    assert [name for name in NOT_YET if name in loaded] == []
    assert collections == "0"


def test_ctrl_c_while_what_checks_is_loaded_is_quiet(folder: Path) -> None:
    """It comes while the answer is held against the text; its record is written nevertheless."""
    lists: dict[str, Any] = {name: [] for name in truth() if name != "code_url"}
    answer = lists | {"methods": ["Heron"], "code_url": None}
    with OpenAIServer(lambda request: completion(request, answer)) as server:
        words = [sys.executable, "-c", WHILE_LOADING, "absextract.validation.validator", *COMMAND[:-1], server.base_url]
        done = subprocess.run([*words, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr
    assert "interrupted: the same command goes on from here" in done.stderr
    assert len((folder / "out.jsonl").read_text().splitlines()) == 1
