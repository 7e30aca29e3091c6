"""What is said to somebody who mistyped something, or gave the wrong file."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import sys
import termios
from pathlib import Path

import pytest

from command_line import absextract

EXAMPLES = Path(__file__).parents[2] / "examples"
TRENDING = EXAMPLES / "trending.txt"


def said(*words: object, key: str = "") -> str:
    """What wrong use is answered with, without frames and line breaks."""
    done = absextract(*words, COLUMNS="200", OPENAI_API_KEY=key)
    assert done.returncode == 2
    return " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("extrakt",), "Did you mean 'extract'"),
        (("cache", "inof"), "Did you mean 'info'"),
        (("extract", "x", "--concurency", "3"), "No such option: --concurency. Did you mean --concurrency?"),
        (("extract", "x", "-o", "y", "--unsupported", "kepp"), "Did you mean keep?"),
        (("inspect", "x", "--format", "arxv"), "Did you mean arxiv?"),
        (("schema", "papr"), 'expected "paper", FILE.py:Class or package.module:Class. Did you mean paper?'),
        (("schema", "recod"), "Did you mean record?"),
    ],
)
def test_what_may_have_been_meant_is_asked(words: tuple[str, ...], answer: str) -> None:
    assert answer in said(*words)


def test_what_is_far_from_everything_is_not_guessed() -> None:
    assert "Did you mean" not in said("schema", "zzzzzz")
    assert "Did you mean" not in said("extract", "x", "--zzzzzz")


@pytest.mark.parametrize(
    ("model", "answer"),
    [
        ("opnai/gpt-5-mini", 'unknown provider "opnai". Did you mean openai? Known providers: anthropic, '),
        ("bultin", "Did you mean builtin?"),
        ("gpt-5-mini", "Did you mean openai/gpt-5-mini?"),
        ("claude-haiku", "Did you mean anthropic/claude-haiku?"),
    ],
)
def test_a_mistyped_model_is_answered_with_the_one_that_is_near(tmp_path: Path, model: str, answer: str) -> None:
    told = said("extract", TRENDING, "-o", tmp_path / "out.jsonl", "--model", model, key="none-is-needed")
    assert answer in told
    assert "[" not in told


def test_a_base_url_that_is_none_is_told_without_repeating_it(tmp_path: Path) -> None:
    told = said(
        "extract", TRENDING, "-o", tmp_path / "out.jsonl", "--model", "openai/x", "--base-url", "ftp://me:secret@host"
    )
    assert "the base URL is not valid; give something like http://localhost:8000/v1" in told
    assert "secret" not in told


@pytest.mark.parametrize("command", ["extract", "validate"])
@pytest.mark.parametrize(
    ("name", "maker"),
    [("facts.csv", "export"), ("facts.XLSX", "export"), ("facts.bib", "export"), ("facts.html", "report")],
)
def test_records_are_not_written_into_what_is_named_like_a_table(
    tmp_path: Path, command: str, name: str, maker: str
) -> None:
    out = tmp_path / name
    told = said(command, TRENDING, "-o", out)
    assert f"absextract {maker} {out.with_suffix('.jsonl')} -o {out}" in told
    assert not out.exists()


def test_what_is_named_like_nothing_known_takes_records(tmp_path: Path) -> None:
    assert absextract("extract", TRENDING, "-o", tmp_path / "facts.v2", "-q").returncode == 0


def test_a_large_file_that_is_none_of_records_is_told_before_all_of_it_is_read(tmp_path: Path) -> None:
    """Of a pipe that stays open the end would never come."""
    notes = tmp_path / "notes.jsonl"
    fifo = tmp_path / "endless.jsonl"
    notes.write_text("just notes\n" * 30, encoding="utf-8")
    os.mkfifo(fifo)
    writer = os.open(fifo, os.O_RDWR)  # held open: its end never comes
    try:
        os.write(writer, b"just notes\n" * 3000)
        told = said("show", fifo)
    finally:
        os.close(writer)
    assert "endless.jsonl: is not a file of records, as extract writes them; line 1: not valid JSON" in told
    assert "notes.jsonl: is not a file of records" in said("show", notes)


def test_a_record_among_other_lines_is_shown(tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    absextract("extract", TRENDING, "-o", facts, "-q", "--limit", "2")
    facts.write_text("notes\n" * 5 + facts.read_text(encoding="utf-8"), encoding="utf-8")
    done = absextract("show", facts)
    assert done.returncode == 1
    assert "left out" in done.stderr
    assert "ok" in done.stdout


def test_a_long_list_is_paged_in_a_terminal(tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    absextract("extract", TRENDING, "-o", facts, "-q")
    pager = tmp_path / "pager"
    pager.write_text(f'#!/bin/sh\ncat > "{tmp_path}/paged.txt"\n', encoding="utf-8")
    pager.chmod(0o755)
    assert in_terminal(["show", str(facts)], rows=5, PAGER=str(pager)) == 0
    assert "title" in (tmp_path / "paged.txt").read_text(encoding="utf-8")
    (tmp_path / "paged.txt").unlink()
    assert in_terminal(["show", str(facts)], rows=500, PAGER=str(pager)) == 0
    assert not (tmp_path / "paged.txt").exists()


def in_terminal(words: list[str], *, rows: int, **env: str) -> int:
    """The exit status of a command in a terminal of so many rows."""
    process, terminal = pty.fork()
    if process == 0:
        settings = {name: value for name, value in os.environ.items() if name not in ("LINES", "COLUMNS")} | env
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 100, 0, 0))
        os.execve(sys.executable, [sys.executable, "-m", "absextract", *words], settings)
    try:
        while os.read(terminal, 1024):
            pass
    except OSError:  # its end
        pass
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("extract", "x", "-o", "y", "--limit", "0"), "'--limit': must be 1 or more"),
        (("extract", "x", "-o", "y", "--min-confidence", "5"), "'--min-confidence': must be 1 or less"),
        (("extract", "x", "-o", "y", "--concurrency", "many"), "'--concurrency': must be a whole number"),
        (("extract", "x"), "name a file for the records, e.g. -o facts.jsonl"),
        (("try", "We", "present", "Heron"), "Put a text with blanks in quotes"),
        (("help",), "Did you mean --help?"),
        (("extract", "https://papers.example/1", "-o", "y"), "absextract fetches nothing; save it as a file"),
        (("extract", "We present Heron, a small bird", "-o", "y"), "for one abstract as a text, use absextract try"),
        (("extract", TRENDING, "-o", "y", "--schema", "trial.py"), "name its class too, as trial.py:Class"),
        (("export", "x", "-o", "y"), "y: the name of a table ends in .csv, .tsv"),
        (("review", "nowhere.jsonl"), "nowhere.jsonl: no such file"),
    ],
)
def test_wrong_use_is_answered_in_plain_words(words: tuple[object, ...], answer: str) -> None:
    told = said(*words)
    assert answer in told
    assert "Invalid value" not in told
    assert "Input should" not in told


@pytest.mark.parametrize("command", ["show", "report", "review", "export", "eval", "link"])
def test_a_table_of_papers_in_place_of_records_is_answered_with_the_way_to_them(tmp_path: Path, command: str) -> None:
    papers = tmp_path / "papers.csv"
    papers.write_text("title,abstract\nHeron,We present Heron.\n", encoding="utf-8")
    more = {"export": ("-o", tmp_path / "x.csv"), "link": ("-o", tmp_path / "x.jsonl"), "eval": (papers,)}
    told = said(command, papers, *more.get(command, ()))
    if command != "eval":  # its first file is gold
        assert "is not a file of records, as extract writes them; line 1: not valid JSON from character 1 on" in told
        assert f"absextract extract {papers} -o facts.jsonl" in told
    assert "Expecting value" not in told
