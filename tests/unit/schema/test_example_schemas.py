"""The example schemas of other fields: what is true of their sample abstracts stays, what is false is caught."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from absextract import Abstract, read_abstracts, validate
from absextract.schema.load import load_schema
from command_line import absextract, records_in
from openai_server import OpenAIServer, answers_by_abstract

FOLDER = Path(__file__).parents[3] / "schemas" / "examples"

TRUTH: dict[str, dict[str, Any]] = {
    "clinical_trial.py:Trial": {
        "condition": "resistant hypertension",
        "registration": "NCT99990001",
        "phase": "2",
        "arms": [
            {
                "treatment": "velorastat",
                "dose": "20 mg",
                "participants": "207",
                "quote": "velorastat at a dose of 20 mg once daily (207 participants)",
            },
            {"treatment": "placebo", "dose": None, "participants": "205", "quote": "placebo (205 participants)"},
        ],
        "outcomes": [
            {
                "measure": "systolic blood pressure",
                "result": "-8.4 mm Hg",
                "p_value": "0.003",
                "primary": True,
                "quote": "difference, -8.4 mm Hg; 95% CI, -11.0 to -5.8; P = 0.003",
            }
        ],
        "adverse_events": ["Hyperkalaemia", "dizziness"],
    },
    "materials.py:Materials": {
        "materials": ["Li6PS5Cl0.5Br0.5"],
        "synthesis": {"method": "high-energy ball milling", "route": "mechanical", "temperature": "550 °C"},
        "properties": [
            {
                "material": "Li6PS5Cl0.5Br0.5",
                "name": "ionic conductivity",
                "value": "9.6 mS/cm",
                "conditions": [{"name": "temperature", "value": "298 K"}],
                "quote": "an ionic conductivity of 9.6 mS/cm at a temperature of 298 K",
            },
            {
                "material": "Li6PS5Cl0.5Br0.5",
                "name": "activation energy",
                "value": "0.27 eV",
                "conditions": [],
                "quote": "an activation energy of 0.27 eV",
            },
        ],
        "applications": ["all-solid-state batteries"],
    },
    "dataset_card.py:DatasetCard": {
        "name": "RiverNotes",
        "modality": ["image", "text"],
        "languages": ["German", "Czech", "Polish"],
        "sizes": [
            {"count": "21,400", "unit": "scanned pages"},
            {"count": "1.3 million", "unit": "transcribed entries"},
        ],
        "annotators": "nineteen trained archivists",
        "licence": "CC BY 4.0",
        "tasks": ["handwriting recognition", "table extraction"],
        "built_from": {"scans": "Elbe Archive"},
        "access": [
            {"url": "https://rivernotes.example.org/data", "what": "data"},
            {"url": "https://github.com/made-up-hydrology/rivernotes", "what": "code"},
        ],
    },
}

FALSE: list[tuple[str, str, Any, str]] = [
    ("clinical_trial.py:Trial", "/condition", "diabetes", "mention_not_in_source"),
    ("clinical_trial.py:Trial", "/registration", "NCT99990002", "mention_not_in_source"),
    ("clinical_trial.py:Trial", "/arms/0/dose", "25 mg", "number_not_in_source"),
    ("clinical_trial.py:Trial", "/arms/1/participants", "207", "number_not_in_evidence"),
    ("clinical_trial.py:Trial", "/outcomes/0/result", "-8.5 mm Hg", "number_not_in_source"),
    ("clinical_trial.py:Trial", "/outcomes/0/p_value", "0.03", "number_not_in_source"),
    ("clinical_trial.py:Trial", "/outcomes/0/quote", "it worked wonders", "evidence_not_in_source"),
    ("clinical_trial.py:Trial", "/adverse_events/1", "nausea", "mention_not_in_source"),
    ("materials.py:Materials", "/materials/0", "Li6PS5Cl", "mention_not_in_source"),
    ("materials.py:Materials", "/synthesis/temperature", "650 °C", "number_not_in_source"),
    ("materials.py:Materials", "/properties/0/value", "6.9 mS/cm", "number_not_in_source"),
    ("materials.py:Materials", "/properties/0/conditions/0/value", "289 K", "number_not_in_source"),
    ("materials.py:Materials", "/properties/1/value", "9.6 mS/cm", "number_not_in_evidence"),
    ("dataset_card.py:DatasetCard", "/name", "LakeNotes", "mention_not_in_source"),
    ("dataset_card.py:DatasetCard", "/languages/2", "Sorbian", "mention_not_in_source"),
    ("dataset_card.py:DatasetCard", "/sizes/0/count", "24,100", "number_not_in_source"),
    ("dataset_card.py:DatasetCard", "/built_from/scans", "Rhine Archive", "mention_not_in_source"),
    (
        "dataset_card.py:DatasetCard",
        "/access/1/url",
        "https://github.com/made-up-hydrology/rivers",
        "url_not_in_source",
    ),
]


def abstracts(reference: str) -> list[Abstract]:
    return list(read_abstracts(FOLDER / f"{reference.partition('.')[0]}.txt"))


def schema(reference: str) -> Any:
    return load_schema(f"{FOLDER}/{reference}")


def test_every_example_has_its_truth_and_sample_abstracts() -> None:
    assert {reference.partition(":")[0] for reference in TRUTH} == {path.name for path in FOLDER.glob("*.py")}
    assert all(len(abstracts(reference)) == 2 for reference in TRUTH)


@pytest.mark.parametrize("reference", TRUTH)
def test_what_is_true_stays_and_is_grounded(reference: str) -> None:
    record = validate(TRUTH[reference], abstracts(reference)[0], schema=schema(reference))
    assert [finding for finding in record.findings if finding.severity == "error"] == []
    assert json.loads(record.to_json())["extraction"] == TRUTH[reference]
    assert len(record.grounding) > 5


@pytest.mark.parametrize(("reference", "path", "value", "code"), FALSE)
def test_what_is_false_is_caught(reference: str, path: str, value: Any, code: str) -> None:
    claimed: Any = copy.deepcopy(TRUTH[reference])
    *way, last = path.split("/")[1:]
    holder = claimed
    for key in way:
        holder = holder[int(key)] if isinstance(holder, list) else holder[key]
    holder[int(last) if isinstance(holder, list) else last] = value
    record = validate(claimed, abstracts(reference)[0], schema=schema(reference))
    assert (path, code) in {(finding.path, finding.code) for finding in record.findings}
    left = json.dumps(json.loads(record.to_json())["extraction"], ensure_ascii=False)
    assert json.dumps(value, ensure_ascii=False) not in left or code == "number_not_in_evidence"


def test_an_example_runs_through_a_language_model_and_its_invention_goes(tmp_path: Path) -> None:
    reference, out = "clinical_trial.py:Trial", tmp_path / "trials.jsonl"
    invented = copy.deepcopy(TRUTH[reference])
    invented["arms"][0]["dose"] = "40 mg"
    first, second = abstracts(reference)
    answers = {first.abstract: invented, second.abstract: {"condition": "hip fracture"}}
    with OpenAIServer(answers_by_abstract(answers)) as server:
        model = ("--model", "openai/m", "--base-url", server.base_url, "--schema", f"{FOLDER}/{reference}")
        done = absextract("extract", FOLDER / "clinical_trial.txt", "-o", out, *model, OPENAI_API_KEY="sk-none")
    assert done.returncode == 0, done.stderr
    trial, other = records_in(out)
    assert trial["extraction"]["arms"][0] == TRUTH[reference]["arms"][0] | {"dose": None}
    assert {finding["path"] for finding in trial["findings"]} == {"/arms/0/dose"}
    assert (other["extraction"]["condition"], other["extraction"]["arms"]) == ("hip fracture", [])
    assert trial["extractor"]["schema"].startswith("Trial@")


@pytest.mark.parametrize("reference", TRUTH)
def test_the_command_prints_what_a_model_is_asked(reference: str) -> None:
    done = absextract("schema", f"{FOLDER}/{reference}")
    asked = json.loads(done.stdout)
    assert asked["title"] == reference.partition(":")[2]
    assert set(asked["required"]) == set(TRUTH[reference])
