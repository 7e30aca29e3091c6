"""Nothing of a foreign text reaches the terminal or a log as it came, whatever command meets it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from absextract.batch_api.batch_parts import Part
from absextract.cli.batches import _print
from command_line import absextract, records_in
from openai_server import OpenAIServer, Reply, Request, completion
from papers import ABSTRACT, TITLE, truth

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\x00\r\n\u202egnp\u2066[bold]:smile:"
NAME = EVIL.replace("\x00", "")
PAPER = {"id": f"p{EVIL}", "title": f"{TITLE}{EVIL}", "abstract": f"{ABSTRACT}{EVIL}", "venue": EVIL}
LINE = json.dumps(PAPER) + "\n"


def raw_in(said: str) -> set[str]:
    """The signs that a terminal would obey."""
    return {s for s in said if s != "\n" and unicodedata.category(s) in ("Cc", "Cs")} | (
        set(said) & {"\u202e", "\u2066"}
    )


def record(**other: Any) -> dict[str, Any]:
    finding = {
        "path": f"/{EVIL}",
        "code": EVIL,
        "severity": "error",
        "message": EVIL,
        "value": EVIL,
        "action": "dropped",
    }
    return PAPER | {"extraction": {"tasks": [EVIL], EVIL: EVIL} | truth(), "findings": [finding]} | other


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose name is an attack, with papers and records."""
    folder = tmp_path / NAME
    folder.mkdir()
    (folder / "papers.jsonl").write_text(LINE, encoding="utf-8")
    error = {"code": EVIL, "message": EVIL}
    extractor = {"model": EVIL, "schema": "PaperExtraction@0"}
    lines = [record(), record(extraction=None, error=error), record(extractor=extractor), {EVIL: 1, "status": EVIL}]
    (folder / "records.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder


COMMANDS = [
    ("extract", "papers.jsonl", "-o", "out.jsonl"),
    ("extract", "papers.jsonl", "-o", f"missing/{NAME}"),
    ("extract", f"none{NAME}", "-o", "out.jsonl"),
    ("extract", "papers.jsonl", "-o", "out.jsonl", "--model", NAME),
    ("extract", "papers.jsonl", "-o", "out.jsonl", "--schema", f"{NAME}.py:X"),
    ("extract", "papers.jsonl", "-o", "out.jsonl", "--limit", NAME),
    ("extract", "papers.jsonl", f"--{NAME}"),
    (NAME,),
    ("extract", "papers.jsonl", "--dry-run", "--model", "openai/m"),
    ("validate", "records.jsonl", "-o", "out.jsonl"),
    ("validate", "papers.jsonl", "-o", "out.jsonl"),
    ("report", "records.jsonl", "-o", "out.html"),
    ("report", "papers.jsonl", "-o", "out.html"),
    ("export", "records.jsonl", "-o", "out.csv"),
    ("export", "records.jsonl", "-o", f"out.{NAME}"),
    ("show", "records.jsonl"),
    ("show", "records.jsonl", "1"),
    ("show", "records.jsonl", "2"),
    ("show", "records.jsonl", NAME + "?"),
    ("try", f"We present Heron {NAME}."),
    ("try", f"papers.jsonl#{NAME}?"),
    ("try", "papers.jsonl#1"),
    ("eval", "records.jsonl", "records.jsonl", "--differences"),
    ("eval", "records.jsonl", "records.jsonl", "--json", "--differences"),
    ("eval", "papers.jsonl", "records.jsonl"),
    ("cache", "info", "--cache-dir", NAME),
    ("batch", "status", NAME),
    ("batch", "collect", NAME, "-o", "out.jsonl"),
    ("schema", f"{NAME}.py:X"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: ascii(" ".join(words).replace(NAME, "…")))
def test_no_command_says_what_a_terminal_obeys(
    folder: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    words = [str(folder / word) if (folder / word).exists() else word for word in command]
    done = absextract(*words)
    assert done.stdout + done.stderr
    assert not raw_in(done.stdout + done.stderr)
    assert "😄" not in done.stdout + done.stderr


LONG = "x" * 255


@pytest.mark.parametrize(
    "command",
    [
        ("extract", "papers.jsonl", "-o", LONG),
        ("extract", LONG, "-o", "out.jsonl"),
        ("extract", "papers.jsonl", "-o", "out.jsonl", "--schema", f"{LONG}.py:X"),
        ("extract", "papers.jsonl", "-o", "out.jsonl", "--log-file", f"{LONG}.log"),
        ("validate", "records.jsonl", "-o", LONG),
        ("report", "records.jsonl", "-o", LONG),
        ("export", "records.jsonl", "-o", f"{LONG[4:]}.csv"),
        ("eval", LONG, LONG),
        ("show", LONG),
        ("try", LONG),
        ("batch", "status", f"{LONG}x"),
        ("batch", "collect", f"{LONG}x", "-o", "out.jsonl"),
        ("batch", "submit", "papers.jsonl", "-o", f"{LONG}x", "--model", "openai/m"),
    ],
    ids=lambda words: " ".join(words).replace("x" * 200, "…"),
)
def test_a_name_that_is_too_long_is_one_sentence(
    folder: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.chdir(folder)
    done = absextract(*command)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert done.stderr.startswith("error: ")


PAGES = [
    Reply(status=400, body={"error": {"message": EVIL, "code": EVIL, "type": EVIL}}),
    Reply(status=401, body={"error": {"message": EVIL}}),
    Reply(status=502, body=f"<html>{EVIL}</html>", headers={"content-type": "text/html"}),
    Reply(status=200, body={"error": {"message": EVIL}}),
    Reply(status=200, body=f"<html>{EVIL}</html>"),
]


def answer(request: Request) -> Reply:
    """What no schema takes."""
    return completion(request, {"tasks": [{EVIL: EVIL}], EVIL: EVIL, "results": EVIL})


@pytest.mark.parametrize("reply", [*PAGES, answer], ids=range(6))
def test_what_a_server_says_is_shown_not_sent(
    reply: Any, folder: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    out, log = folder / "out.jsonl", folder / "run.log"
    respond = reply if callable(reply) else lambda _: reply
    with OpenAIServer(respond) as server:
        words = ["--model", "openai/m", "--base-url", server.base_url, "--verbose", "--log-file", log, "--timeout", "5"]
        done = absextract("extract", folder / "papers.jsonl", "-o", out, *words)
    assert done.returncode in (0, 1, 2)
    assert not raw_in(done.stdout + done.stderr)
    logged = log.read_text(encoding="utf-8")
    assert logged
    assert not raw_in(logged)
    assert all(json.loads(line) for line in logged.splitlines())
    if out.exists():
        assert key not in json.dumps(records_in(out))


def test_a_table_of_batches_is_shown_not_sent(capsys: pytest.CaptureFixture[str]) -> None:
    _print([Part(number=1, requests=1, size=1, status=EVIL, batch_id=EVIL, problem=EVIL)])
    said = capsys.readouterr()
    assert "owned" in said.out
    assert not raw_in(said.out + said.err)


@pytest.mark.parametrize(
    "command",
    [
        ("extract", "papers.jsonl", "-o", "-"),
        ("validate", "records.jsonl", "-o", "-"),
        ("export", "records.jsonl", "-o", "-"),
        ("report", "records.jsonl", "-o", "-"),
    ],
)
def test_data_on_a_terminal_is_shown_not_sent(folder: Path, command: tuple[str, ...]) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "absextract", *command], stdout=theirs, stderr=subprocess.DEVNULL, cwd=folder
    ) as process:
        os.close(theirs)
        said = b""
        try:
            while some := os.read(ours, 1 << 16):
                said += some
        except OSError:  # the other end is closed
            pass
        process.wait(60)
    os.close(ours)
    text = said.decode().replace("\r\n", "\n")
    assert "owned" in text
    assert raw_in(text) <= {"\t"}
