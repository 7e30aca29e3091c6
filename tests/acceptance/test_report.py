"""`absextract report` and `absextract show` as a person runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from command_line import absextract, records_in
from papers import TEXT
from reports import EVIL, hostile_record, some_records, write

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.jsonl"
    assert absextract("extract", EXAMPLES / "trending.txt", "-o", path, "-q").returncode == 0
    return path


def papers_in(html: str) -> list[dict[str, Any]]:
    (data,) = re.findall(r'<script type="application/json" id="papers-data">(.*?)</script>', html, re.DOTALL)
    papers: list[dict[str, Any]] = json.loads(data)
    return papers


def test_a_report_is_one_file_with_all_papers_and_the_same_each_time(facts: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    done = absextract("report", facts, "-o", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"7 papers in {out}\n")
    html = out.read_text(encoding="utf-8")
    assert [paper["id"] for paper in papers_in(html)] == [record["id"] for record in records_in(facts)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.jsonl", "facts.jsonl.run.json", "report.html"]
    assert absextract("report", facts, "-o", out).returncode == 0  # a report may be written over
    assert out.read_text(encoding="utf-8") == html
    assert absextract("report", "-", "-o", "-", stdin=facts.read_bytes()).stdout.count("<!doctype html>") == 1


def test_bad_lines_are_told_and_left_out(facts: Path, tmp_path: Path) -> None:
    with facts.open("ab") as file:
        file.write(b'{"torn\n[]\n')
    done = absextract("report", facts, "-o", tmp_path / "report.html")
    assert done.returncode == 1
    assert f"left out {facts}:8: not valid JSON" in done.stderr
    assert f"left out {facts}:9: expected a JSON object, found list" in done.stderr
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert len(papers_in(html)) == 7
    assert '"bad_lines":2' in html


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("report", "missing.jsonl"), "missing.jsonl: no such file"),
        (("report", EXAMPLES / "trending.txt"), "is not a file of records, as extract writes them; line 1"),
        (("report", "{facts}", "-o", "/nowhere/r.html"), "does not exist"),
        (("report", "{facts}", "-o", "{facts}"), "is an input; choose another -o"),
        (("show", "missing.jsonl"), "missing.jsonl: no such file"),
        (
            ("show", "{facts}", "no such title"),
            'no record has the number or id "no such title", or a title with that in it',
        ),
    ],
)
def test_wrong_use_exits_with_2_and_a_message(
    facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[Any, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = facts.read_bytes()
    done = absextract(*(str(arg).format(facts=facts) for arg in args))
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert facts.read_bytes() == before
    assert not (tmp_path / "report.html").exists()


def odd_records() -> list[dict[str, Any]]:
    """Records that no run of ours writes, but that somebody may have."""
    deep: Any = "x"
    for _ in range(400):
        deep = {"a": [deep]}
    shell = {"title": "T \ud83d", "abstract": "A", "extractor": {"schema": "PaperExtraction@1"}}
    odd: list[Any] = [
        {"results": 5, "tasks": "one", "datasets": [1, None, {"a": 1}], "code_url": 7},
        {"results": [{"score": "1", "value": 10**400, "unit": "%", "metric": 3}, {"score": None}, "x"]},
        {"results": [{"score": "2e999"}, {"score": ""}]},
        {"/": {"~": [[[1.5]]], "": True}},
        deep,
    ]
    return [shell | {"abstract": f"A {number}", "extraction": each} for number, each in enumerate(odd)]


def test_odd_records_are_shown_or_told_never_fatal(tmp_path: Path) -> None:
    path = write(tmp_path / "odd.jsonl", odd_records())
    done = absextract("report", path, "-o", tmp_path / "report.html")
    assert "Traceback" not in done.stderr
    assert re.findall(r"left out .*:(\d): nested too deep to be read", done.stderr) == ["5"]
    assert len(papers_in((tmp_path / "report.html").read_text(encoding="utf-8"))) == 4
    for number in "1234":
        assert absextract("show", path, number).returncode == 1  # the fifth is left out


def test_show_prints_a_paper_its_values_and_findings(tmp_path: Path) -> None:
    path = write(tmp_path / "facts.jsonl", list(some_records(13)))
    done = absextract("show", path, "p0")
    assert done.returncode == 0
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert lines[0] == "Sandpiper: Patient Retrieval for Long Documents, part 0"
    assert "flagged  p0  openai/some-model" in lines
    assert "methods   Sandpiper" in lines
    assert any(line.startswith("dropped methods 2 Invented") for line in lines)
    assert any(line.startswith("warning 88.9% no result claims") for line in lines)
    assert "failed HTTP 429, after 6 tries (rate_limited)" in absextract("show", path, "8").stdout


def test_show_tells_how_sure_a_value_is_and_what_was_left_out(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    (tmp_path / "paper.txt").write_text(TEXT, encoding="utf-8")
    url = "https://github.com/made-up-lab/sandpiper"
    for least, line in (
        ("0", rf"code url  {url} \(0\.\d\d\)$"),
        (
            "1",
            rf"dropped code url {url} .* is below the 1 asked for \(confidence_low\)$",
        ),
    ):
        absextract("extract", tmp_path / "paper.txt", "-o", path, "--overwrite", "--min-confidence", least)
        assert re.search(rf"^{line}", absextract("show", path, "1").stdout, re.MULTILINE)


def test_show_finds_by_id_then_number_then_title(tmp_path: Path) -> None:
    records = [record | {"id": name} for name, record in zip(("a", "3", "c"), some_records(3), strict=True)]
    path = write(tmp_path / "facts.jsonl", records)
    titles = [record["title"] for record in records]
    for asked, found in (("a", 0), ("3", 1), ("1", 0), ("PART 2", 2), (titles[1], 1)):
        assert absextract("show", path, asked).stdout.splitlines()[0] == titles[found]
    for everything in (("show", path), ("show", path, "sandpiper")):
        listed = absextract(*everything).stdout
        assert [listed.count(title) for title in titles] == [1, 1, 1]


def test_show_colours_supported_spans_in_a_terminal_and_strikes_what_was_dropped(tmp_path: Path) -> None:
    path = write(tmp_path / "facts.jsonl", list(some_records(1)))
    done = absextract("show", path, "1", FORCE_COLOR="1", TERM="xterm-256color", COLUMNS="300")
    assert "\x1b[1;34mSandpiper\x1b[0m, a retriever" in done.stdout
    assert "\x1b[34mDPR\x1b[0m" in done.stdout
    assert "\x1b[9;31mInvented\x1b[0m" in done.stdout
    assert "\x1b" not in absextract("show", path, "1").stdout


def test_long_lines_keep_a_margin_in_a_narrow_terminal(tmp_path: Path) -> None:
    path = write(tmp_path / "facts.jsonl", list(some_records(1)))
    wide = absextract("show", path, "1", FORCE_COLOR="1", COLUMNS="1000").stdout
    narrow = absextract("show", path, "1", FORCE_COLOR="1", COLUMNS="60").stdout
    wide, narrow = (re.sub(r"\x1b\[[0-9;]*m", "", text) for text in (wide, narrow))
    assert narrow.split() == wide.split()
    below = narrow[narrow.index("\nresults") + 1 :].split("\n\n")[0].splitlines()
    assert all(line.startswith(" " * 10) or re.match("(results|links|code url) ", line) for line in below), below


def test_a_terminal_is_sent_nothing_that_it_obeys(tmp_path: Path) -> None:
    record = json.loads(json.dumps(hostile_record()).replace("javascript:", "\\u001b]0;owned\\u0007\\u009b31m[red]"))
    path = write(tmp_path / "facts.jsonl", [record])
    for args in (("show", path), ("show", path, "1")):
        done = absextract(*args)
        assert done.returncode == 0
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout)
    assert "[red]" in done.stdout
    assert EVIL[:30] in done.stdout
