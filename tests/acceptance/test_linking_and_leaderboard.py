"""`absextract link`, `vocabulary show` and `leaderboard` as a person runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from absextract import Abstract, Record, extract, link, validate
from command_line import absextract

_Told = tuple[str, str, dict[str, Any], list[tuple[str, str | None, str, str]]]

FIRST: _Told = (
    "Heron: Patient Images",
    "Heron waits. On CIFAR10, Heron reaches an accuracy of 93.1%, and on AMC it solves 12%.",
    {"date": "2024-05-01", "arxiv_id": "2405.00001"},
    [("93.1%", "accuracy", "CIFAR10", "Heron"), ("12%", None, "AMC", "Heron")],
)
SECOND: _Told = (
    "Stilt: Tall Images",
    "Stilt is tall. On the CIFAR-10 dataset, Stilt reaches an accuracy of 0.95, against 92.0% for Heron.",
    {"date": "2025-01-09", "doi": "10.1000/stilt"},
    [("0.95", "accuracy", "CIFAR-10", "Stilt"), ("92.0%", "accuracy", "CIFAR-10", "Heron")],
)


def record_of(told_paper: _Told) -> Record[Any]:
    title, text, metadata, results = told_paper
    evidence = text.split(". ", 1)[1][:-1]
    told = [
        {"score": score, "kind": "value", "metric": metric, "dataset": dataset, "method": method, "evidence": evidence}
        for score, metric, dataset, method in results
    ]
    names = list(dict.fromkeys(each[2] for each in results))
    paper = Abstract(title=title, abstract=text, metadata=metadata)
    return validate({"methods": [results[0][3]], "datasets": names, "metrics": ["accuracy"], "results": told}, paper)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.jsonl"
    lines = [record_of(each).to_json() for each in (FIRST, SECOND, SECOND)]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_linking_adds_entities_and_changes_nothing_else(facts: Path, tmp_path: Path) -> None:
    done = absextract("link", facts, "-o", tmp_path / "linked.jsonl")
    assert done.returncode == 0, done.stderr
    assert "1 left open" in done.stderr
    for before, after in zip(lines_of(facts), lines_of(tmp_path / "linked.jsonl"), strict=True):
        old, new = json.loads(before), json.loads(after)
        entities = {each["path"]: each for each in new.pop("entities")}
        assert new == old
        assert entities["/results/0/dataset"]["id"] == "cifar-10"
        accuracy = {"path": "/metrics/0", "id": "accuracy", "label": "accuracy", "how": "exact", "candidates": []}
        assert entities["/metrics/0"] == accuracy | {"confidence": 0.99}
    first = json.loads(lines_of(tmp_path / "linked.jsonl")[0])
    [amc] = [each for each in first["entities"] if each["path"] == "/results/1/dataset"]
    assert amc["id"] is None
    assert "amc" in amc["candidates"]
    again = absextract("link", tmp_path / "linked.jsonl", "-o", tmp_path / "again.jsonl")
    assert again.returncode == 0
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "linked.jsonl").read_bytes()


def test_python_the_command_and_extract_link_alike(facts: Path, tmp_path: Path) -> None:
    absextract("link", facts, "-o", tmp_path / "linked.jsonl")
    assert link(record_of(FIRST)).to_json() == (tmp_path / "linked.jsonl").read_text(encoding="utf-8").splitlines()[0]
    unlinked = extract("Heron\n\nHeron reaches an F1 of 91.3% on SQuAD 2.0.", model="builtin")
    assert unlinked.entities is None
    assert "entities" not in json.loads(unlinked.to_json())
    entities = link(unlinked).entities or ()
    assert {entity.id for entity in entities} >= {"squad-2.0", "f1"}
    (tmp_path / "in.txt").write_text("Heron\n\nHeron reaches an F1 of 91.3% on SQuAD 2.0.\n", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    done = absextract("extract", tmp_path / "in.txt", "--format", "text", "-o", out, "--model", "builtin", "--link")
    assert done.returncode == 0, done.stderr
    assert "squad-2.0" in {entity["id"] for entity in json.loads(out.read_text(encoding="utf-8"))["entities"]}
    refused = absextract("extract", tmp_path / "in.txt", "--format", "text", "-o", out, "--model", "builtin")
    assert refused.returncode == 2
    assert "made with link True" in refused.stderr


def test_a_vocabulary_of_ones_own_has_the_first_word(facts: Path, tmp_path: Path) -> None:
    table = tmp_path / "names.tsv"
    table.write_text("name\tid\tlabel\nAMC\tamc-2023\tAMC 2023\nCIFAR-10\t-\t\n", encoding="utf-8")
    done = absextract("link", facts, "-o", tmp_path / "linked.jsonl", "--vocabulary", table)
    assert done.returncode == 0, done.stderr
    entities = [each for line in lines_of(tmp_path / "linked.jsonl") for each in json.loads(line)["entities"]]
    assert {(each["id"], each["how"]) for each in entities} == {("amc-2023", "user"), ("accuracy", "exact")}
    table.write_text("name\nAMC\n", encoding="utf-8")
    wrong = absextract("link", facts, "-o", tmp_path / "x.jsonl", "--vocabulary", table)
    assert wrong.returncode == 2
    assert "names.tsv: line 1" in wrong.stderr


def test_a_name_is_explained(facts: Path) -> None:
    shown = absextract("vocabulary", "show", "CIFAR10")
    assert "dataset cifar-10: CIFAR-10" in shown.stdout
    assert '"CIFAR10" is its usual name' in shown.stdout
    assert "lower is better" in absextract("vocabulary", "show", "perplexity").stdout
    unknown = absextract("vocabulary", "show", "NestBench")
    assert (unknown.returncode, unknown.stdout.startswith("nothing")) == (1, True)


def test_a_leaderboard_holds_own_scores_on_one_scale_and_each_paper_once(facts: Path, tmp_path: Path) -> None:
    done = absextract("leaderboard", facts)
    assert done.returncode == 0, done.stderr
    assert "CIFAR-10: accuracy (%) ↑" in done.stdout
    assert done.stdout.index("1. 0.95") < done.stdout.index("2. 93.1%")
    assert done.stdout.count("0.95") == 1
    assert "92.0%" not in done.stdout
    assert "dataset written CIFAR-10, CIFAR10: all are cifar-10 in the vocabulary" in done.stdout
    newest = absextract("leaderboard", facts, "--newest", "--all").stdout
    assert newest.index("3. 92.0%") < newest.index("2. 93.1%")
    everything = absextract("leaderboard", facts, "--all").stdout
    assert "papers disagree on Heron: 93.1% in Heron: Patient Images (“On CIFAR10" in everything
    assert "a rival's or baseline's" in everything


@pytest.mark.parametrize("name", ["x.csv", "x.json", "x.md"])
def test_a_leaderboard_is_written_as_a_file(facts: Path, tmp_path: Path, name: str) -> None:
    done = absextract("leaderboard", facts, "-o", tmp_path / name)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / name).read_text(encoding="utf-8")
    if name == "x.csv":
        rows = list(csv.DictReader(io.StringIO(text)))
        best = rows[0]
        assert (best["rank"], best["value_0_1"], best["date"], best["doi"]) == (
            "1",
            "0.95",
            "2025-01-09",
            "10.1000/stilt",
        )
    elif name == "x.json":
        board = json.loads(text)["boards"][0]
        assert (board["dataset_id"], board["name"]) == ("cifar-10", "CIFAR-10: accuracy")
        assert board["rows"][0]["score_verbatim"] == "0.95"
    else:
        assert "## CIFAR-10: accuracy (%) ↑" in text
        assert "dataset written CIFAR-10, CIFAR10" in text
    assert absextract("leaderboard", facts, "-o", tmp_path / name).returncode == 2


def test_a_default_metric_and_a_disagreement_are_told_in_each_kind_of_leaderboard(tmp_path: Path) -> None:
    sentence = "Heron. On GSM8K, Heron reaches 71%."
    told: list[_Told] = [
        ("One", sentence, {}, [("71%", None, "GSM8K", "Heron")]),
        ("Two", sentence.replace("71", "82"), {}, [("82%", None, "GSM8K", "Heron")]),
    ]
    path = tmp_path / "facts.jsonl"
    path.write_text("".join(f"{record_of(each).to_json()}\n" for each in told), encoding="utf-8")
    text = absextract("leaderboard", path, "--all").stdout
    absextract("leaderboard", path, "--all", "-o", tmp_path / "x.md")
    for written in (text, (tmp_path / "x.md").read_text(encoding="utf-8").replace("\\", "")):
        assert "no metric is named by 2 of 2 (*): the dataset's usual one is meant" in written
        assert "papers disagree on Heron: 71% in One (“On GSM8K" in written
        assert "Heron *" in written
