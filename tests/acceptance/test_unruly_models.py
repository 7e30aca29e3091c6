"""Models that disagree with themselves, and models whose answers cannot be used: what comes out of a whole run."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from command_line import absextract, records_in
from openai_server import OpenAIServer, Reply, Request, completion, cut_off, error

BIRDS = [
    *("Heron", "Egret", "Curlew", "Dunlin", "Avocet", "Godwit", "Plover", "Turnstone", "Redshank", "Whimbrel"),
    *("Sanderling", "Lapwing", "Knot", "Snipe", "Ruff", "Stint"),
]
TRUE = 12  # of them are the answer, the others stand in the text and are not


def write(path: Path, number: int) -> list[list[str]]:
    """Papers that name all birds, and for each those that it works on."""
    wanted, lines = [], []
    for paper in range(number):
        names = random.Random(paper).sample(BIRDS, len(BIRDS))
        used, others = [f"{name}Bench" for name in names[:TRUE]], [f"{name}Bench" for name in names[TRUE:]]
        wanted.append(used)
        abstract = f"We work on {', '.join(used)}. Others work on {', '.join(others)}."
        lines.append(json.dumps({"id": str(paper), "title": f"Nests [#{paper}]", "abstract": abstract}) + "\n")
    path.write_text("".join(lines), encoding="utf-8")
    return wanted


def number_of(request: Request) -> int:
    return int(re.findall(r"\[#(\d+)\]", request.text_of("user"))[0])


def names_in(request: Request) -> tuple[list[str], list[str]]:
    used, others = re.findall(r"ork on ((?:\w+Bench(?:, )?)+)", request.messages[1]["content"])
    return used.split(", "), others.split(", ")


class Unsteady:
    """A model that leaves out a true name, or gives a false one, as often as it is told to."""

    def __init__(self, misses: float, invents: float) -> None:
        self._misses, self._invents = misses, invents
        self._asked: Counter[int] = Counter()

    def __call__(self, request: Request) -> Reply:
        paper = number_of(request)
        self._asked[paper] += 1
        draw = random.Random(f"{paper} {self._asked[paper]}")
        used, others = names_in(request)
        given = [name for name in used if draw.random() >= self._misses]
        given += [name for name in others if draw.random() < self._invents]
        return completion(request, nothing_but(given))


def gold_of(path: Path, wanted: list[list[str]]) -> Path:
    """What `write` wrote as gold."""
    lines = []
    for line, names in zip(path.read_text(encoding="utf-8").splitlines(), wanted, strict=True):
        paper = json.loads(line)
        lists: dict[str, Any] = {name: [] for name in ("tasks", "methods", "metrics", "results", "links")}
        gold = {**lists, "datasets": [{"any_of": [name]} for name in names], "code_url": None}
        lines.append(json.dumps({**paper, "gold": gold}) + "\n")
    gold_path = path.with_name("gold.jsonl")
    gold_path.write_text("".join(lines), encoding="utf-8")
    return gold_path


@pytest.mark.parametrize("samples", [3, 5])
@pytest.mark.parametrize(("misses", "invents"), [(0.1, 0.2), (0.2, 0.3)])
def test_confidence_is_ordered_and_calibrated(misses: float, invents: float, samples: int, tmp_path: Path) -> None:
    papers, out = tmp_path / "papers.jsonl", tmp_path / "out.jsonl"
    gold = gold_of(papers, write(papers, 40))
    with OpenAIServer(Unsteady(misses, invents)) as server:
        to = ("--model", "openai/m", "--base-url", server.base_url, "--samples", samples, "--no-cache")
        done = absextract("extract", papers, "-o", out, *to, "--min-confidence", 0)
    assert done.returncode == 0, done.stderr
    found = json.loads(absextract("eval", gold, out, "--json").stdout)["calibration"]
    assert found["values"] > 400
    assert found["error"] <= 0.05
    shares = [row["right"] for row in found["bins"] if row["values"] >= 30]
    assert shares == sorted(shares)


class Faulty:
    """Two faults, of any kinds, before each right answer."""

    def __init__(self) -> None:
        self._asked: Counter[int] = Counter()
        self.met: Counter[str] = Counter()

    def __call__(self, request: Request) -> Reply:
        paper = number_of(request)
        self._asked[paper] += 1
        if self._asked[paper] > 2:
            return completion(request, nothing_but(names_in(request)[0]))
        name = random.Random(f"{paper} {self._asked[paper]}").choice(sorted(FAULTS))
        self.met[name] += 1
        return FAULTS[name](request)


def nothing_but(datasets: list[str]) -> dict[str, Any]:
    lists: dict[str, Any] = {name: [] for name in ("tasks", "methods", "metrics", "results", "links")}
    return {**lists, "datasets": datasets, "code_url": None}


FAULTS: dict[str, Callable[[Request], Reply]] = {
    "no JSON": lambda request: completion(request, "I have read the paper with pleasure."),
    "another shape": lambda request: completion(request, {"papers": [1]}),
    "cut off": lambda request: cut_off(request, '{"tasks": ["Ne'),
    "nothing": lambda request: completion(request, ""),
    "a page": lambda _: Reply(200, "<html>busy</html>"),
    "too many": lambda _: error(429, "Slow down.", headers={"Retry-After": "0"}),
    "out of order": lambda _: error(503, "Try again."),
    "broken off": lambda _: Reply(keep=0),
}


@pytest.mark.slow
def test_six_hundred_papers_with_two_faults_each_are_all_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    papers, out = tmp_path / "papers.jsonl", tmp_path / "out.jsonl"
    wanted = write(papers, 600)
    faulty = Faulty()
    with OpenAIServer(faulty) as server:
        to = ("--model", "openai/m", "--base-url", server.base_url, "--max-reasks", 0)
        done = absextract("extract", papers, "-o", out, *to)
    assert done.returncode == 0, done.stderr
    records = records_in(out)
    assert Counter(record["status"] for record in records) == {"ok": 600}
    assert [record["extraction"]["datasets"] for record in records] == wanted
    assert faulty.met.keys() == FAULTS.keys()
    assert faulty.met.total() == 1200
