"""Broken records are told with line and reason and left out; the rest is done."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from absextract import Abstract, read_records, validate, write_records
from command_line import absextract, records_in
from papers import ABSTRACT, TITLE, truth

GOOD: dict[str, Any] = {"id": "g", "title": TITLE, "abstract": ABSTRACT, "extraction": truth()}


def deep(levels: int) -> Any:
    found: Any = "x"
    for _ in range(levels):
        found = [found]
    return found


def used(**tokens: Any) -> dict[str, Any]:
    return {"extractor": {"model": "m", "schema": "PaperExtraction@0", "usage": tokens}}


def result(**parts: Any) -> dict[str, Any]:
    return {"extraction": {"results": [{"score": "1%"} | parts]}}


PLACE = {"path": "/a", "field": "title", "start": 0, "end": 1, "match": "exact"}
FINDING = {
    "path": "/results/0²/²/١",
    "code": "x",
    "severity": "error",
    "message": "m",
    "value": None,
    "action": "dropped",
}
BROKEN: dict[str, dict[str, Any]] = {
    "status": {"status": ["ok"]},
    "status2": {"status": {"ok": 1}},
    "negative": used(total_tokens=-5),
    "huge": used(total_tokens=10**18),
    "digits": used(prompt_tokens=10**400),
    "wrong": used(prompt_tokens="many"),
    "attempts": {"extractor": {"attempts": 10**400}},
    "extractor": {"extractor": [1]},
    "source": {"source": {"path": 3, "index": -1}},
    "superscript": {"findings": [FINDING]},
    "place": {"grounding": [PLACE | {"start": -1}]},
    "places": {"grounding": [PLACE | {"path": 3, "end": 10**400}]},
    "staircase": {"grounding": [PLACE | {"path": f"/tasks/{n}", "start": n, "end": n + 30} for n in range(3000)]},
    "deep": {"extraction": {"tasks": deep(450)}},
    "deep metadata": {"metadata": {"a": deep(450)}},
    "text": result(value="high"),
    "64 bits": result(value=10**30),
    "400 digits": result(upper=10**400),
    "own": result(own="yes", setting=["a"]),
    "bound": result(bound=[">"], deviation=10**400),
    "list": result(metric=["F1"], dataset={"a": 1}),
    "number": result(score=91.3, method=7),
    "tasks": {"extraction": {"tasks": "reading", "code_url": 5}},
    "tasks2": {"extraction": {"tasks": [1, None, {}], "code_url": ["u"]}},
    "results": {"extraction": {"tasks": ["a"], "results": 7}},
    "results2": {"extraction": {"tasks": ["a"], "results": {"a": 1}, "links": "x"}},
    "extraction": {"extraction": 5},
    "extraction2": {"extraction": [truth()]},
    "findings": {"findings": "none"},
    "error": {"error": "timeout", "extraction": None},
    "metadata": {"metadata": ["a"], "authors": 5},
    "authors": {"metadata": {"authors": 5, "year": [1], "author": {"name": "A"}}},
    "title": {"title": {"a": 1}},
    "title2": {"title": 5, "abstract": ["a"]},
    "id": {"id": ["a"]},
}
COMMANDS = [
    ("report", "r.jsonl", "-o", "out.html"),
    ("show", "r.jsonl"),
    ("show", "r.jsonl", "2"),
    ("export", "r.jsonl", "-o", "out.csv"),
    ("export", "r.jsonl", "-o", "out.parquet"),
    ("export", "r.jsonl", "-o", "out.sqlite"),
    ("export", "r.jsonl", "-o", "out.bib"),
    ("eval", "gold.jsonl", "r.jsonl"),
    ("eval", "r.jsonl", "gold.jsonl", "--differences"),
    ("validate", "r.jsonl", "-o", "out.jsonl"),
]
WRITING_RECORDS = [
    ("link", "r.jsonl", "-o", "out.jsonl"),
    ("merge", "r.jsonl", "gold.jsonl", "-o", "out.jsonl"),
]


def write(path: Path, *lines: Any) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "gold.jsonl", GOOD)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words))
@pytest.mark.parametrize("broken", BROKEN)
def test_one_broken_record_costs_itself_alone(folder: Path, broken: str, command: tuple[str, ...]) -> None:
    write(folder / "r.jsonl", GOOD, GOOD | {"id": "b"} | BROKEN[broken], GOOD | {"id": "h"})
    done = absextract(*command)
    assert done.returncode in (0, 1, 2 if command[0] == "show" else 1), done.stderr
    if done.returncode == 1 and command[0] != "validate":
        assert "left out r.jsonl:2: " in done.stderr
    if done.returncode == 2:
        assert 'no record has the id, the number or a title with "2"' in done.stderr


@pytest.mark.parametrize("command", [*COMMANDS, WRITING_RECORDS[0]], ids=lambda words: " ".join(words))
def test_lines_of_every_kind_are_told_and_left_out(folder: Path, command: tuple[str, ...]) -> None:
    write(folder / "r.jsonl", GOOD, *(GOOD | each for each in BROKEN.values()), [], None, "x", {}, GOOD)
    done = absextract(*command)
    assert done.returncode == 1, done.stderr
    if command[0] != "validate":
        assert "left out r.jsonl:" in done.stderr


@pytest.fixture
def half(folder: Path) -> Path:
    """Records of absextract, and what somebody put into one of them since."""
    made = [validate(truth(), Abstract(id=name, title=TITLE, abstract=ABSTRACT)) for name in "gh"]
    (folder / "gold.jsonl").unlink()
    write_records(made, folder / "gold.jsonl")
    first, second = records_in(folder / "gold.jsonl")
    write(folder / "r.jsonl", first | {"metadata": {"venue": "a\ud800b"}}, second)
    return folder / "out.jsonl"


@pytest.mark.parametrize("command", WRITING_RECORDS, ids=lambda words: " ".join(words))
def test_half_a_character_of_a_record_costs_nothing(half: Path, command: tuple[str, ...]) -> None:
    done = absextract(*command)
    assert (done.returncode, "left out" in done.stderr) == (0, False), done.stderr
    assert [record["id"] for record in records_in(half)] == ["g", "h"]


def test_half_a_character_is_written_from_python(half: Path) -> None:
    write_records(read_records("r.jsonl"), half)
    assert next(iter(read_records("out.jsonl"))).metadata == {"venue": "a\ud800b"}


def test_where_no_line_is_a_record_nothing_is_written(folder: Path) -> None:
    write(folder / "r.jsonl", GOOD | BROKEN["text"], GOOD | BROKEN["64 bits"])
    done = absextract("export", "r.jsonl", "-o", "out.csv")
    assert (done.returncode, (folder / "out.csv").exists()) == (2, False)
    assert "is not a file of records, as extract writes them; line 1: extraction.results.0.value" in done.stderr


BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, -1))
from absextract.cli.app import run
sys.argv[0] = "absextract"
run()
"""


@pytest.mark.slow
@pytest.mark.parametrize("command", [words for words in COMMANDS if words[0] != "validate"], ids=" ".join)
def test_a_record_with_a_hundred_thousand_results_is_bounded(folder: Path, command: tuple[str, ...]) -> None:
    results = [{"score": f"{n}%", "metric": f"m{n}", "value": n} for n in range(100_000)]
    grounding = [{**PLACE, "path": f"/results/{n}/score", "end": len(TITLE)} for n in range(40_000)]
    big = {"id": "b", "title": "Big", "abstract": ABSTRACT, "extraction": {"results": results}, "grounding": grounding}
    write(folder / "r.jsonl", GOOD, big)
    done = subprocess.run([sys.executable, "-c", BOUNDED, *command], capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 1, 2 if command[0] == "show" else 1), done.stderr[-500:]
    assert b"Traceback" not in done.stderr
    if command[0] in ("report", "export"):
        assert b"its lists hold more than 5,000 items" in done.stderr


@pytest.mark.parametrize("part", ["extraction", "extractor", "source", "grounding", "findings", "results", "usage"])
def test_what_is_no_object_is_told_without_names_of_classes(tmp_path: Path, part: str) -> None:
    line: dict[str, Any] = {"title": TITLE, "abstract": ABSTRACT, "extraction": truth()}
    odd: dict[str, Any] = {
        "results": {"extraction": truth() | {"results": [3]}},
        "usage": {"extractor": {"model": "m", "usage": [3]}},
        "grounding": {"grounding": [3]},
        "findings": {"findings": [3]},
    }
    path = tmp_path / "records.jsonl"
    lines = [line, line | odd.get(part, {part: 3}), line]
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    said = ""
    for words in (
        ["report", path, "-o", tmp_path / "r.html"],
        ["export", path, "-o", "-"],
        ["eval", path, path, "--json"],
    ):
        done = absextract(*words)
        assert done.returncode in (0, 1)
        assert all(f"{path}:2: " in each for each in done.stderr.splitlines() if "left out" in each)
        said += done.stderr
    assert f"{path}:2: " in said
    assert not re.search(r"instance of|\b_[A-Z]|GoldResult", said)
