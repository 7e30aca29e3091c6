"""Records of schema version 1: every command reads them, and none mixes them with its own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from command_line import absextract, records_in

EXAMPLES = Path(__file__).parents[2] / "examples" / "trending.txt"
LATER = ("setting", "own", "deviation", "bound")


def as_version_1(record: dict[str, Any]) -> dict[str, Any]:
    """A record as the version before wrote it."""
    results = [{k: v for k, v in each.items() if k not in LATER} for each in record["extraction"]["results"]]
    return record | {"schema_version": "1", "extraction": record["extraction"] | {"results": results}}


def lines(records: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in records)


@pytest.fixture
def now(tmp_path: Path) -> Path:
    path = tmp_path / "now.jsonl"
    assert absextract("extract", EXAMPLES, "-o", path, "-q").returncode == 0
    return path


@pytest.fixture
def earlier(now: Path) -> Path:
    path = now.with_name("earlier.jsonl")
    path.write_text(lines([as_version_1(each) for each in records_in(now)]), encoding="utf-8")
    return path


def test_tables_have_what_is_computed_from_them_and_nothing_of_what_nobody_knows(earlier: Path, now: Path) -> None:
    rows, rows_now = (
        list(csv.DictReader(io.StringIO(absextract("export", path, "-o", "-").stdout))) for path in (earlier, now)
    )
    assert {row.pop("own") for row in rows} == {""}
    assert {row.pop("own") for row in rows_now} <= {"", "true", "false"}
    assert rows == [row | {"setting": ""} for row in rows_now]
    told = {row["score"]: (row["bound"], row["deviation"]) for row in rows}
    assert told["0.2"] == ("<", "")
    assert told["88.4"] == ("", "0.3")


def test_they_are_shown_as_those_of_today(earlier: Path, now: Path) -> None:
    first, second = (absextract("show", path, "kestrel") for path in (earlier, now))
    assert (first.returncode, first.stdout) == (0, second.stdout)
    assert "<0.2" in first.stdout
    done = absextract("report", earlier, "-o", earlier.with_name("r.html"))
    assert (done.returncode, absextract("report", now, "-o", now.with_name("r2.html")).returncode) == (0, 0)
    page = earlier.with_name("r.html").read_text(encoding="utf-8")
    assert "<0.2" in page.replace("\\u003c", "<")


def test_they_are_scored_and_count_as_true(earlier: Path, now: Path) -> None:
    for pair in ((earlier, now), (now, earlier)):
        found = json.loads(absextract("eval", *pair, "--json").stdout)
        assert {found[field]["f1"] for field in ("tasks", "methods", "datasets", "results")} == {1.0}


def test_validate_makes_records_of_today_of_them_also_in_the_place_of_such(earlier: Path, now: Path) -> None:
    out = now.with_name("out.jsonl")
    out.write_bytes(earlier.read_bytes())
    assert absextract("validate", earlier, "-o", out, "-q").returncode == 0
    assert absextract("validate", now, "-o", now.with_name("again.jsonl"), "-q").returncode == 0
    assert records_in(out) == [without_settings(each) for each in records_in(now.with_name("again.jsonl"))]
    assert {each["schema_version"] for each in records_in(out)} == {"2"}


def without_settings(record: dict[str, Any]) -> dict[str, Any]:
    """A record of today as it is where nobody could say a setting yet."""
    for result in record["extraction"]["results"]:
        result["setting"] = None
    record["grounding"] = [place for place in record["grounding"] if not place["path"].endswith("/setting")]
    return record


@pytest.mark.parametrize("options", [[], ["--retry-failed"], ["--limit", "1"]])
@pytest.mark.parametrize("there", [1, 3, 7])
def test_a_run_does_not_go_on_behind_them(earlier: Path, options: list[str], there: int) -> None:
    before = lines(records_in(earlier)[:there]).encode()
    earlier.write_bytes(before + b'{"schema_version":"1","id":"to')
    held = earlier.read_bytes()
    done = absextract("extract", EXAMPLES, "-o", earlier, *options)
    assert done.returncode == 2
    assert (
        "earlier.jsonl:1: written by another version of absextract (schema version 1, this one writes 2)" in done.stderr
    )
    assert "--overwrite to start anew" in done.stderr
    assert earlier.read_bytes() == held


def test_overwrite_starts_anew_and_so_does_a_run_onto_a_first_line_that_is_torn(earlier: Path, now: Path) -> None:
    assert absextract("extract", EXAMPLES, "-o", earlier, "--overwrite", "-q").returncode == 0
    assert earlier.read_bytes() == now.read_bytes()
    earlier.write_bytes(b'{"schema_version":"1","id":"to')
    assert absextract("extract", EXAMPLES, "-o", earlier, "-q").returncode == 0
    assert earlier.read_bytes() == now.read_bytes()
