"""Results for others: every-eval-ever's JSON and Hugging Face's `.eval_results`, valid by their own schemas."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from absextract.errors import OutputError
from absextract.tables.exporting import export

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.json")


def result(score: str, metric: str | None, dataset: str | None = "SQuAD 2.0", **more: Any) -> dict[str, Any]:
    said = {"score": score, "kind": "value", "metric": metric, "dataset": dataset, "method": "Heron", "own": True}
    return said | {"evidence": f"it reaches {score}"} | more


RESULTS = [
    result(r"91.3\%", "F1"),
    result("90.0", "exact match", setting="zero-shot"),
    result("1.5", "perplexity", "NestBench"),
    result("88.9%", "F1", method="DPR", own=False),
    result("3%", "F1", kind="change"),
    result("7", "representation rank", "SQuAD 2.0"),  # nobody knows which way is better
    result("12%", None, None),
]


def written(*results: dict[str, Any]) -> list[dict[str, Any]]:
    """Records of two papers."""
    about = {"date": "2031-05-17", "arxiv_id": "3105.00001", "venue": "Journal of Nests"}
    return [
        {
            "id": "p1",
            "title": "Heron: “wading”",
            "abstract": "x",
            "metadata": about,
            "extraction": {"results": [*results]},
        },
        {
            "id": "p 2/..",
            "title": "",
            "abstract": "y",
            "extraction": {"results": [result("5 ms", "latency", "Nest", method="..")]},
        },
    ]


@pytest.fixture
def records(tmp_path: Path) -> str:
    path = tmp_path / "facts.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in written(*RESULTS)), encoding="utf-8")
    return str(path)


def logs(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((folder / "data").rglob("*.json")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def check_log(log: dict[str, Any]) -> None:
    """Holds a log against the documented fields, and against their own schema where the package is installed."""
    assert {"schema_version", "evaluation_id", "retrieved_timestamp", "source_metadata", "model_info", "eval_library",
            "evaluation_results"} == set(log)  # fmt: skip
    source, model = log["source_metadata"], log["model_info"]
    assert source["source_type"] == "documentation"
    assert source["source_organization_name"]
    assert source["evaluator_relationship"] in ("first_party", "third_party", "collaborative", "other")
    assert {type(value) for value in source["additional_details"].values()} == {str}
    assert model["additional_details"] == {"deployment_type": "unknown", "model_availability": "unknown"}
    assert {"name", "version"} == set(log["eval_library"])
    for entry in log["evaluation_results"]:
        metric, score = entry["metric_config"], entry["score_details"]
        assert entry["source_data"]["source_type"] in ("hf_dataset", "other")
        assert isinstance(metric["lower_is_better"], bool)
        assert metric["score_type"] == "continuous"
        low, high = (float(metric[name].replace("Infinity", "inf") if isinstance(metric[name], str) else metric[name])
                     for name in ("min_score", "max_score"))  # fmt: skip
        assert low <= score["score"] <= high
        assert {type(value) for value in score["details"].values()} == {str}
    if importlib.util.find_spec("every_eval_ever"):
        schema = files("every_eval_ever") / "schemas" / "eval.schema.json"
        jsonschema.Draft7Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(log)


def test_every_eval_ever_has_a_file_for_each_method_of_a_paper(records: str, tmp_path: Path) -> None:
    done = export(records, str(tmp_path / "x.eee"))
    assert (done.written, done.left_out) == (5, 3)
    found = list(logs(tmp_path / "x.eee"))
    for path, log in found:
        check_log(log)
        assert UUID4.fullmatch(path.name)
        assert path.parts[-4:-1] == ("absextract", *log["model_info"]["id"].split("/"))
    assert len({log["evaluation_id"] for _, log in found}) == len(found) == 3
    [heron] = [log for _, log in found if log["model_info"]["name"] == "Heron"]
    assert heron["source_metadata"]["evaluator_relationship"] == "first_party"
    f1, match, perplexity = heron["evaluation_results"]
    assert (f1["evaluation_name"], f1["score_details"]["score"]) == ("SQuAD 2.0", 0.913)
    assert (f1["score_details"]["details"]["score"], f1["score_details"]["details"]["score_verbatim"]) == (
        "91.3%",
        r"91.3\%",
    )
    assert match["score_details"]["details"]["setting"] == "zero-shot"
    assert (perplexity["metric_config"]["lower_is_better"], perplexity["source_data"]["source_type"]) == (True, "other")
    [rival] = [log for _, log in found if log["model_info"]["name"] == "DPR"]
    assert rival["source_metadata"]["evaluator_relationship"] == "third_party"


def test_the_same_records_give_the_same_files(records: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        export(records, str(tmp_path / f"{name}.eee"))
    told = [
        [(path.relative_to(tmp_path / name), log) for path, log in logs(tmp_path / name)] for name in ("a.eee", "b.eee")
    ]
    assert told[0] == told[1] != []


def check_entry(entry: dict[str, Any]) -> None:
    """Holds an entry against the documented fields, and against their own reader where the package is installed."""
    assert {"dataset", "value"} <= set(entry) <= {"dataset", "value", "date", "source", "notes"}
    assert set(entry["dataset"]) == {"id", "task_id"}
    assert entry["dataset"]["id"].count("/") == 1
    assert isinstance(entry["value"], int | float)
    assert set(entry.get("source", {"url": ""})) <= {"url", "name"}
    if importlib.util.find_spec("huggingface_hub"):
        hub = import_module("huggingface_hub")
        if hasattr(hub, "parse_eval_result_entries"):
            assert hub.eval_result_entries_to_yaml(hub.parse_eval_result_entries([entry])) == [entry]


def test_eval_results_have_a_folder_for_each_method_and_a_file_for_each_variant(records: str, tmp_path: Path) -> None:
    done = export(records, str(tmp_path / "x.eval_results"))
    assert (done.written, done.left_out) == (3, 5)
    found = {
        path.relative_to(tmp_path / "x.eval_results").as_posix(): yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((tmp_path / "x.eval_results").rglob("*.yaml"))
    }
    for entries in found.values():
        for entry in entries:
            check_entry(entry)
    assert list(found) == [
        "heron/.eval_results/squad-2.0.yaml",
        "heron/.eval_results/squad-2.0_exact-match_zero-shot.yaml",
        "heron/.eval_results/squad-2.0_representation-rank.yaml",
    ]
    [plain] = found["heron/.eval_results/squad-2.0.yaml"]
    assert plain == {
        "dataset": {"id": "rajpurkar/squad_v2", "task_id": "default"}, "value": 91.3, "date": "2031-05-17",
        "source": {"url": "https://arxiv.org/abs/3105.00001", "name": "Heron: “wading”"},
    }  # fmt: skip
    [other] = found["heron/.eval_results/squad-2.0_exact-match_zero-shot.yaml"]
    assert other["notes"] == "metric: exact match; zero-shot"


@pytest.mark.parametrize(
    "title", ['a "b"', "x\u2028y", "x\x85y", "tab\there", "- a: b # c", "emoji 🐦", "\ufeffx", "%y"]
)
def test_any_title_is_a_text_in_yaml(title: str, tmp_path: Path) -> None:
    paper = {
        "title": title,
        "abstract": "x",
        "metadata": {"url": "https://a.example"},
        "extraction": {"results": [RESULTS[0]]},
    }
    (tmp_path / "r.jsonl").write_text(json.dumps(paper), encoding="utf-8")
    export(str(tmp_path / "r.jsonl"), str(tmp_path / "x.eval_results"))
    [path] = (tmp_path / "x.eval_results").rglob("*.yaml")
    [entry] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert entry["source"]["name"] == title


@pytest.mark.parametrize("suffix", ["eee", "eval_results"])
def test_a_folder_is_replaced_when_asked_and_if_it_is_ours(records: str, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"x.{suffix}"
    out.mkdir()
    count = export(records, str(out))  # an empty folder is nothing
    with pytest.raises(OutputError, match="exists already"):
        export(records, str(out))
    assert export(records, str(out), overwrite=True) == count
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="something was added to it"):
        export(records, str(out), overwrite=True)
    assert (out / "notes.txt").exists()
    foreign = tmp_path / f"foreign.{suffix}"
    foreign.mkdir()
    (foreign / "a").write_text("b", encoding="utf-8")
    with pytest.raises(OutputError, match="was not written by absextract"):
        export(records, str(foreign), overwrite=True)
    with pytest.raises(OutputError, match="does not exist"):
        export(records, str(tmp_path / "none" / f"x.{suffix}"))
    assert {path.name for path in tmp_path.iterdir()} == {"facts.jsonl", out.name, foreign.name}


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_disk_that_fails_loses_no_former_folder(
    records: str, tmp_path: Path, failing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, calls = tmp_path / "x.eval_results", []
    export(records, str(out))
    before = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    rename = Path.rename

    def some(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) in ((2, 3) if failing == 3 else (failing,)):
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", some)
    with pytest.raises(OutputError, match="Input/output error") as told:
        export(records, str(out), overwrite=True)
    kept = Path(str(told.value).partition("what was there is in ")[2]) if failing == 3 else out
    assert {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*") if path.is_file()} == before
    if failing < 3:
        assert {path.name for path in tmp_path.iterdir()} == {"facts.jsonl", out.name}
