"""`absextract inspect`: what would be read is on stdout, and the exit status is that of a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import absextract
from formats import WRITERS, papers


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ('{"abstract": "a"}\n', 0),
        ('{"title": "A", "abstract": ""}\n', 0),
        ('{"abstract": "a"}\n{"broken\n', 1),
        ('{"name": "a"}\n', 2),
        ("", 2),
    ],
)
def test_the_exit_status_is_that_of_extract(tmp_path: Path, content: str, status: int) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(content, encoding="utf-8")
    done = absextract("inspect", path)
    assert done.returncode == status, done.stderr
    assert absextract("extract", path, "-o", tmp_path / "out.jsonl", "--model", "builtin").returncode == status
    assert (done.stdout == "") == (status == 2)
    assert sorted(each.name for each in tmp_path.iterdir() if "out" not in each.name) == ["papers.jsonl"]


@pytest.mark.parametrize("name", ["csv", "ris", "pubmed", "xlsx", "parquet"])
def test_standard_input_and_a_format_of_choice(name: str) -> None:
    content = WRITERS[name](papers()[:2])
    done = absextract("inspect", "-", stdin=content)
    assert done.stdout.startswith(f"-: {name}, 2 papers: 2 with an abstract\n")
    assert absextract("inspect", "-", "--format", name, stdin=content).stdout == done.stdout
    assert absextract("inspect", "-", "--format", "trending", stdin=content).returncode == 2


def test_markup_is_shown_as_it_would_be_read(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(json.dumps({"title": "<b>Kites</b>", "abstract": "<p>We fly.</p>"}) + "\n", encoding="utf-8")
    assert "sample     Kites | We fly.\n" in absextract("inspect", path).stdout
    assert "sample     <b>Kites</b> | <p>We fly.</p>\n" in absextract("inspect", path, "--markup", "keep").stdout


def test_what_a_terminal_would_obey_is_written_out(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(json.dumps({"title": "\x1b[2J", "abstract": "a", "\x1b]0;": 1}) + "\n", encoding="utf-8")
    assert "\x1b" not in absextract("inspect", path).stdout


def test_a_rehearsal_tells_the_same_before_its_estimate(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_bytes(WRITERS["csv"](papers()[:3]))
    inspection = absextract("inspect", path).stdout
    done = absextract("extract", path, "--dry-run", "--model", "openai/gpt-5-mini")
    assert done.stderr.startswith(f"{inspection}3 papers; nothing was sent\n")
    offline = absextract("extract", path, "--dry-run")
    assert (offline.returncode, offline.stdout) == (0, "")
    assert offline.stderr == f"{inspection}nothing was sent; the offline model sends nothing\n"
    assert json.loads(done.stdout)["model"] == "gpt-5-mini"
