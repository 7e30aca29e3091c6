"""`absextract eval` and `absextract export` as a person runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from command_line import absextract, records_in

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.jsonl"
    assert absextract("extract", EXAMPLES / "trending.txt", "-o", path, "-q").returncode == 0
    return path


def spoilt(facts: Path) -> Path:
    path = facts.with_name("spoilt.jsonl")
    records = records_in(facts)
    for record in records[::2]:
        record["extraction"]["datasets"] = ["KiteBench"]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_eval_prints_a_table_on_stdout(facts: Path) -> None:
    done = absextract("eval", facts, spoilt(facts), "--differences")
    assert (done.returncode, done.stderr) == (0, "")
    rows = {line.split("│")[1].strip(): line.split("│")[2:-1] for line in done.stdout.splitlines() if "│" in line}
    assert [cell.strip() for cell in rows["tasks"][:3]] == ["1.000"] * 3
    assert rows["datasets"][2].strip() < "1.000"
    assert {"micro", "macro"} <= set(rows)
    assert "  datasets extra: KiteBench" in done.stdout
    assert "  datasets missed: GapPairs" not in done.stdout.partition("Kestrel")[0]


def test_eval_as_json_has_the_figures_of_each_field(facts: Path) -> None:
    done = absextract("eval", facts, spoilt(facts), "--json", "--differences")
    found = json.loads(done.stdout)
    assert (found["papers"], found["absent"]) == (7, 0)
    assert set(found["datasets"]) == {"p", "r", "f1", "tp", "fp", "fn", "f1_interval"}
    assert found["exact"]["tasks"]["f1"] == found["tasks"]["f1"] == 1.0
    assert {each["field"] for each in found["differences"]} == {"datasets"}


def test_eval_of_two_runs_says_what_the_second_gains(facts: Path) -> None:
    both = (facts, spoilt(facts), facts)
    found = json.loads(absextract("eval", *both, "--json").stdout)
    assert [run["records"] for run in found["runs"]] == [str(both[1]), str(facts)]
    assert found["difference"]["datasets"]["f1"] > 0
    assert "F1 side by side" in absextract("eval", *both).stdout


def test_eval_tells_what_belongs_to_each_number(facts: Path, tmp_path: Path) -> None:
    gold = tmp_path / "numbers.jsonl"
    keys = ("score", "kind", "metric", "dataset", "method", "baseline")
    with gold.open("w", encoding="utf-8") as lines:
        for record in records_in(facts):
            results = [{key: result[key] for key in keys} for result in record["extraction"]["results"]]
            for result in results:
                result |= {role: [result[role]] if result[role] else None for role in keys[2:]} | {"owner": "own"}
            lines.write(
                json.dumps({"title": record["title"], "abstract": record["abstract"], "results": results}) + "\n"
            )
    done = absextract("eval", gold, facts)
    rows = {line.split("│")[1].strip(): line.split("│")[2:-1] for line in done.stdout.splitlines() if "│" in line}
    assert [cell.strip() for cell in rows["metric"][-3:]] == ["0", "0", "0"]
    assert rows["whole"][0].strip() == "1.000"
    assert "not measured: tasks, methods, datasets, metrics, links, code_url" in done.stdout
    assert "not measured: setting " in done.stdout
    assert max(map(len, done.stdout.splitlines()[1:])) < 110
    found = json.loads(absextract("eval", gold, facts, "--json").stdout)
    assert found["tasks"] is None
    assert found["bindings"]["given"] == found["bindings"]["whole"] == found["scores"]["tp"]
    assert "share of false results" in absextract("eval", gold, facts, facts).stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("eval", "{facts}", "missing.jsonl"), "missing.jsonl: no such file"),
        (("eval", "{facts}", "{facts}", "{facts}", "{facts}"), "one run with the gold, or two"),
        (("eval", "{facts}"), "Missing argument"),
        (("export", "{facts}", "-o", "x.ods"), 'not in ".ods"'),
        (("export", "{facts}", "-o", "/nowhere/x.csv"), "does not exist"),
        (("export", "missing.jsonl", "-o", "-"), "missing.jsonl: no such file"),
    ],
)
def test_wrong_use_exits_with_2_and_a_message(facts: Path, args: tuple[str, ...], message: str) -> None:
    done = absextract(*(arg.format(facts=facts) for arg in args))
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_export_to_stdout_is_csv_alone(facts: Path) -> None:
    done = absextract("export", facts, "-o", "-")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    results = [result for record in records_in(facts) for result in record["extraction"]["results"]]
    assert [row["score"].lstrip("'") for row in rows] == [result["score"] for result in results]
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("name", "said"), [("x.csv", "rows"), ("x.parquet", "rows"), ("x.sqlite", "rows"), ("x.bib", "7 entries")]
)
def test_export_to_a_file_says_what_it_wrote(facts: Path, tmp_path: Path, name: str, said: str) -> None:
    done = absextract("export", facts, "-o", tmp_path / name)
    assert (done.returncode, done.stdout) == (0, "")
    assert said in done.stderr
    assert (tmp_path / name).stat().st_size > 0


def test_eval_and_export_read_from_standard_input(facts: Path) -> None:
    piped = absextract("eval", facts, "-", "--json", stdin=facts.read_bytes())
    assert json.loads(piped.stdout)["macro_f1"] == 1.0
    assert absextract("export", "-", "-o", "-", stdin=facts.read_bytes()).stdout.startswith("paper,task,")
