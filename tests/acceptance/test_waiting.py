"""Every wait of a command ends with two Ctrl-C and with SIGTERM; what is precious stays."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import absextract, records_in
from papers import ABSTRACT, TITLE, truth

LINE = json.dumps({"id": "1", "title": TITLE, "abstract": ABSTRACT, "extraction": truth()}) + "\n"
SIGNALS = [(signal.SIGINT, signal.SIGINT), (signal.SIGTERM,)]
READING = [
    ("extract", "pipe", "-o", "out.jsonl"),
    ("validate", "pipe", "-o", "out.jsonl"),
    ("report", "pipe", "-o", "out.html"),
    ("export", "pipe", "-o", "out.csv"),
    ("eval", "pipe", "records.jsonl"),
    ("show", "pipe"),
]
WRITING = [
    ("extract", "records.jsonl", "-o", "-"),
    ("validate", "records.jsonl", "-o", "-"),
    ("report", "records.jsonl", "-o", "-"),
    ("export", "records.jsonl", "-o", "-"),
    ("eval", "records.jsonl", "other.jsonl", "--json", "--differences"),
    ("show", "records.jsonl"),
]
# The loop may not answer for so long where it waits for a reader.
START = """
import sys
import absextract.runs.interrupts as interrupts
interrupts._STUCK_SECONDS = 0.5
from absextract.cli.app import run
sys.argv[0] = "absextract"
run()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    lines = (json.dumps({**json.loads(LINE), "id": str(n), "title": f"{TITLE} {n}"}) + "\n" for n in range(1500))
    text = "".join(lines)
    (tmp_path / "records.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "other.jsonl").write_text(text.replace('"methods": [', '"methods": ["Egret", '), encoding="utf-8")
    return tmp_path


@contextlib.contextmanager
def running(folder: Path, words: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", START, *words]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def end(process: subprocess.Popen[bytes], numbers: tuple[signal.Signals, ...]) -> int:
    for number in numbers:
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2 if len(numbers) > 1 else 10)
    return process.wait(10)


@pytest.mark.slow
@pytest.mark.parametrize("numbers", SIGNALS, ids=["two Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_writer_that_stops_can_be_left(
    folder: Path, words: tuple[str, ...], numbers: tuple[signal.Signals, ...]
) -> None:
    # opening goes on when the command reads
    with running(folder, words) as process, open(folder / "pipe", "wb", buffering=0) as pipe:
        pipe.write(LINE.encode() * 3)
        assert end(process, numbers) != 0


@pytest.mark.slow
@pytest.mark.parametrize("numbers", SIGNALS, ids=["two Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("words", WRITING, ids=lambda words: words[0])
def test_a_reader_that_stops_can_be_left(
    folder: Path, words: tuple[str, ...], numbers: tuple[signal.Signals, ...]
) -> None:
    with running(folder, words) as process:
        assert process.stdout
        process.stdout.read(1)  # from here on the pipe fills, and nobody reads it
        assert end(process, numbers) != 0


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_pipe_without_a_writer_is_refused(
    folder: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("absextract.sources.raw_files._WAIT_SECONDS", 0.0)
    monkeypatch.chdir(folder)
    done = absextract(*words)
    assert done.returncode == 2
    assert "pipe: a pipe that nobody writes to" in done.stderr


@pytest.mark.parametrize("path", ["pipe", "/dev/zero"])
def test_words_of_ones_own_are_not_waited_for(
    folder: Path, path: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("absextract.sources.raw_files._WAIT_SECONDS", 0.0)
    monkeypatch.chdir(folder)
    (folder / "one.jsonl").write_text(LINE, encoding="utf-8")
    done = absextract("extract", "one.jsonl", "-o", "out.jsonl", "--model", "openai/m", "--instructions", path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {path}: ")


@pytest.mark.parametrize("command", ["extract", "validate", "report"])
def test_a_pipe_without_a_reader_is_refused(folder: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.output.places._WAIT_SECONDS", 0.0)
    done = absextract(command, folder / "records.jsonl", "-o", folder / "pipe")
    assert done.returncode == 2
    assert "pipe: nobody reads this pipe" in done.stderr
    assert (folder / "pipe").is_fifo()


def test_what_a_shell_hands_over_works(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(LINE, encoding="utf-8")
    run = f"{sys.executable} -m absextract extract"
    script = f"{run} <(cat in.jsonl) -o >(cat > a.jsonl); {run} in.jsonl -o /dev/stdout | cat > b.jsonl; sleep 0.2"
    subprocess.run(["bash", "-c", script], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    assert len(records_in(tmp_path / "a.jsonl")) == len(records_in(tmp_path / "b.jsonl")) == 1
    assert sorted(os.listdir(tmp_path)) == ["a.jsonl", "b.jsonl", "in.jsonl"]


def test_nothing_precious_is_lost(folder: Path) -> None:
    precious, lock = folder / "poetry.lock", folder / "notes.txt"
    precious.write_text("mine", encoding="utf-8")
    lock.write_text("mine", encoding="utf-8")
    assert absextract("extract", folder / "records.jsonl", "-o", folder / "poetry", "--limit", 1).returncode == 0
    (folder / "a.jsonl.run.json").symlink_to(precious)
    (folder / "b.jsonl.partial").symlink_to(precious)
    os.link(folder / "records.jsonl", folder / "c.jsonl")
    before = (folder / "records.jsonl").read_bytes()
    for command in ("extract", "validate"):
        for name in ("a.jsonl", "b.jsonl", "c.jsonl", "x" * 255, "x" * 245):
            done = absextract(command, folder / "records.jsonl", "-o", folder / name)
            assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    for words in (("extract", "--overwrite"), ("validate",)):
        done = absextract(words[0], folder / "records.jsonl", "-o", lock, *words[1:])
        assert (done.returncode, "or delete it" in done.stderr) == (2, True)
    assert {path.read_text(encoding="utf-8") for path in (precious, lock)} == {"mine"}
    assert (folder / "records.jsonl").read_bytes() == before
