"""Training, where what it needs is installed."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from absextract.extractors.builtin.fill import find_by_patterns
from absextract.extractors.builtin.names.choosing import choose_names
from absextract.extractors.builtin.names.metrics import find_metrics
from absextract.extractors.builtin.names.model import LearnedModel
from absextract.extractors.builtin.numbers.model import NumberModel
from absextract.reading.passage import Passage

TRAINING = Path(__file__).parents[3] / "training"
SUBJECTS = ("kite steering", "gust forecasting", "string untangling", "cloud counting", "wind mapping")


def paper(number: int) -> dict[str, Any]:
    """An answered paper; every fifth says more than its answer, so that no rule is without an exception."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    answer: dict[str, Any] = {"tasks": [subject], "methods": [f"Model{number}Net"], "metrics": ["accuracy"]}
    answer["datasets"] = [f"Sky{number}Bench"]
    answer["results"] = [{"score": f"{60 + number % 30}.5%"}] if number % 2 else []
    abstract = study(number) if number % 5 else f"{study(number)} {study(number + 1)}"
    return {"title": f"Model{number}Net: Towards {subject}", "abstract": abstract, "extraction": answer}


def study(number: int) -> str:
    subject = SUBJECTS[number % len(SUBJECTS)]
    return (
        f"The problem of {subject} is old. We propose Model{number}Net, a method for {subject}. "
        f"On the Sky{number}Bench dataset it reaches an accuracy of {60 + number % 30}.5%."
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sklearn")
    path = tmp_path_factory.mktemp("training")
    lines = [json.dumps(paper(number)) for number in range(60)]
    (path / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for kind, names in {
        "tasks": SUBJECTS,
        "datasets": ("SkyBench", "CloudSet"),
        "metrics": ("accuracy", "error rate"),
    }.items():
        rows = ["name\tcount\tsources", *(f"{name}\t5\there" for name in names * 4)]
        (path / f"{kind}.tsv").write_text("\n".join(rows), encoding="utf-8")
    return path


def trained(folder: Path, name: str) -> bytes:
    files = [str(folder / "answers.jsonl"), "--known-names", str(folder), "-o", str(folder / name)]
    done = subprocess.run(
        [sys.executable, str(TRAINING / "train.py"), *files], capture_output=True, text=True, check=True
    )
    assert [line.split()[0] for line in done.stdout.splitlines()[2:6]] == ["tasks", "methods", "datasets", "metrics"]
    return (folder / name).read_bytes()


def test_the_same_files_and_seed_give_the_same_bytes_and_a_model_that_has_learned(folder: Path) -> None:
    data = trained(folder, "first.gz")
    assert data == trained(folder, "second.gz")
    model = LearnedModel.from_json(json.loads(gzip.decompress(data)))
    unseen = paper(77)
    title, abstract = Passage(unseen["title"], in_title=True), Passage(unseen["abstract"])
    chosen = choose_names(model, title, abstract, find_by_patterns(title, abstract, find_metrics(abstract)))
    assert (chosen.tasks, chosen.methods) == (unseen["extraction"]["tasks"], unseen["extraction"]["methods"])


def test_models_of_numbers_are_learned_from_papers_and_passages(folder: Path) -> None:
    """Of each passage the number that tells a gain is an outcome, and the number of kites is none."""
    target = folder / "numbers"
    target.mkdir()
    rows = [passage(number) for number in range(40)]
    (folder / "passages.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    files = [str(folder / "answers.jsonl"), "--known-names", str(folder), "-o", str(target / "names.gz")]
    files += ["--passages", str(folder / "passages.jsonl")]
    done = subprocess.run(
        [sys.executable, str(TRAINING / "train.py"), *files], capture_output=True, text=True, check=True
    )
    figures = {line[:24].strip(): line.split()[-1] for line in done.stdout.splitlines() if " of pa" in line}
    assert list(figures) == ["scores of papers", "kinds of papers", "scores of passages", "kinds of passages"]
    assert float(figures["scores of passages"]) > 0.9
    assert float(figures["kinds of passages"]) > 0.9
    model = NumberModel.from_json(json.loads(gzip.decompress((target / "numbers.json.gz").read_bytes())))
    assert model.change.weights
    assert json.loads(gzip.decompress((target / "outcomes.json.gz").read_bytes()))["weights"]


def passage(number: int) -> dict[str, Any]:
    """One of our own passages: what grows is the metric, and so many kites are none."""
    metric, other = (("lift", "drag"), ("drag", "lift"))[number % 2]
    text = f"With {10 + number} kites we raise the {metric} by {number + 3}.5% while the {other} stays the same."
    score = f"{number + 3}.5%"
    result = {"start": text.index(score), "score": score, "kind": "change", "metric": [metric]}
    return {"text": text, "results": [result]}
