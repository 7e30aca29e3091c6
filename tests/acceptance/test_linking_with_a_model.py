"""`absextract link --model`: names that stay open are asked about once, with closed candidates, and cached."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from absextract import Abstract, validate
from command_line import absextract
from openai_server import OpenAIServer, Reply, Request, completion, error

SENTENCES = {
    "Heron": "Heron solves 12% on AMC.",
    "Stilt": "Stilt solves 15% on AMC, and 91% on CIFAR-10.",
    "Coot": "Coot solves 9% on the TREC dataset.",
}


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPENAI_API_KEY", "test")
    monkeypatch.setenv("ABSEXTRACT_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "facts.jsonl"
    lines = []
    for name, sentence in SENTENCES.items():
        datasets = [each for each in ("AMC", "CIFAR-10", "TREC") if each in sentence]
        record = validate({"datasets": datasets}, Abstract(title=f"{name}: A Bird", abstract=sentence))
        lines.append(f"{record.to_json()}\n")
    path.write_text("".join(lines), "utf-8")
    return path


def question(request: Request) -> tuple[str, list[str]]:
    """The name that is asked about, and its candidates from 0 on."""
    text = request.text_of("user")
    name = re.search(r'What is "(.+)"\?', text)
    assert name
    return name[1], re.findall(r"^\d+\. (.+)$", text, re.MULTILINE)


def answering(choose: Callable[[str, list[str]], Any]) -> Callable[[Request], Reply]:
    return lambda request: completion(request, {"number": choose(*question(request))})


def linked(facts: Path, server: OpenAIServer, *more: Any) -> tuple[Any, list[dict[str, Any]]]:
    out = facts.parent / "linked.jsonl"
    done = absextract("link", facts, "-o", out, "--model", "openai/m", "--base-url", server.base_url, *more)
    if done.returncode == 2:
        return done, []
    entities = [each for line in out.read_text("utf-8").splitlines() for each in json.loads(line)["entities"]]
    return done, entities


def test_each_open_name_is_asked_about_once_and_the_answer_is_cached(facts: Path) -> None:
    def choose(name: str, candidates: list[str]) -> int:
        assert candidates[0] == "none of these"
        assert any("AMC 2023" in each for each in candidates) == (name == "AMC")
        return next(number for number, each in enumerate(candidates) if "AMC 2023" in each) if name == "AMC" else 0

    with OpenAIServer(answering(choose)) as server:
        done, entities = linked(facts, server)
        assert done.returncode == 0, done.stderr
        assert sorted(question(request)[0] for request in server.requests) == ["AMC", "TREC"]
        [about_amc] = [request.text_of("user") for request in server.requests if question(request)[0] == "AMC"]
        assert SENTENCES["Heron"] in about_amc
        assert SENTENCES["Stilt"] in about_amc
        assert "Extract what" not in server.requests[0].text_of("system")
        assert "2 open names asked about in 2 requests: 1 are a candidate, 1 none, 0 without an answer" in done.stderr
        told = [(each["id"], each["how"]) for each in entities]
        assert told == [("amc-2023", "model"), ("amc-2023", "model"), ("cifar-10", "exact")]
        before = (facts.parent / "linked.jsonl").read_bytes()
        again, _ = linked(facts, server)
        assert "asked about in 0 requests" in again.stderr
        assert len(server.requests) == 2
        assert (facts.parent / "linked.jsonl").read_bytes() == before


@pytest.mark.parametrize("number", [99, -1, "amc-2023", None])
def test_what_is_none_of_the_candidates_leaves_a_name_open(facts: Path, number: Any) -> None:
    with OpenAIServer(answering(lambda name, candidates: number)) as server:
        done, entities = linked(facts, server)
    assert done.returncode == 1
    assert "2 without an answer" in done.stderr
    assert [each["id"] for each in entities] == [None, None, "cifar-10", None]
    with OpenAIServer(answering(lambda name, candidates: 1)) as server:  # it was not kept
        done, entities = linked(facts, server)
        assert len(server.requests) == 2
    assert all(each["id"] for each in entities)


def test_a_refused_key_is_told_and_costs_no_name_that_is_known(facts: Path) -> None:
    with OpenAIServer(lambda _: error(401, "wrong key")) as server:
        done, entities = linked(facts, server)
    assert done.returncode == 1
    assert "wrong key" in done.stderr
    assert [each["id"] for each in entities] == [None, None, "cifar-10", None]


def test_wrong_use(facts: Path) -> None:
    refused = absextract("link", facts, "-o", facts.parent / "x.jsonl", "--model", "builtin")
    assert (refused.returncode, "name a language model as provider/model" in refused.stderr) == (2, True)
    piped = absextract("link", "-", "-o", facts.parent / "x.jsonl", "--model", "openai/m", stdin=facts.read_bytes())
    assert (piped.returncode, "the records of a file" in piped.stderr) == (2, True)
    assert not (facts.parent / "x.jsonl").exists()


def test_a_version_that_nobody_lists_can_be_chosen(facts: Path) -> None:
    text = "We introduce COCO 2021, on which Heron reaches 51.2 AP."
    record = validate({"datasets": ["COCO 2021"]}, Abstract(title="Heron: A Bird", abstract=text))
    facts.write_text(f"{record.to_json()}\n", "utf-8")
    with OpenAIServer(answering(lambda name, candidates: 1)) as server:
        done, entities = linked(facts, server)
    assert done.returncode == 0, done.stderr
    assert [(each["how"], each["label"]) for each in entities] == [("model", "COCO 2021")]
