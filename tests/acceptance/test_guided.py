"""`--instructions`, `--examples` and `--samples` of `extract` and `batch submit`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import absextract
from openai_server import OpenAIServer, Request, completion
from papers import ABSTRACT, TITLE, truth


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-Qx7ZpL93vRt2Wb5K")


def test_a_run_with_everything_and_another_one_is_not_mixed_with_it(tmp_path: Path) -> None:
    papers, words, gold, out = (tmp_path / name for name in ("p.jsonl", "words.txt", "gold.jsonl", "out.jsonl"))
    papers.write_text(json.dumps({"title": TITLE, "abstract": ABSTRACT}) + "\n", encoding="utf-8")
    words.write_text("Only retrieval counts.", encoding="utf-8")
    gold.write_text(
        json.dumps({"title": "Other", "abstract": ABSTRACT, "extraction": truth()}) + "\n", encoding="utf-8"
    )

    def respond(request: Request) -> object:
        assert "Only retrieval counts." in request.text_of("system")
        assert "<title>\nOther\n</title>" in request.text_of("system")
        return completion(request, truth())

    with OpenAIServer(respond) as server:  # type: ignore[arg-type]  # it is a reply
        command = ["extract", papers, "-o", out, "--model", "openai/m", "--base-url", server.base_url]
        command += ["--instructions", words, "--examples", gold, "--cache-dir", tmp_path / "cache"]
        planned = absextract(*command, "--samples", 3, "--dry-run")
        assert "1 papers, 3 requests; nothing was sent" in planned.stderr
        done = absextract(*command, "--samples", 3)
        assert (done.returncode, len(server.requests)) == (0, 3), done.stderr
        record = json.loads(out.read_text(encoding="utf-8"))
        assert "+" in record["extractor"]["prompt"]
        assert all(place.get("confidence") for place in record["grounding"] if "evidence" not in place["path"])
        other = absextract(*command, "--samples", 2)
        assert (other.returncode, "samples 3, this run has 2" in other.stderr) == (2, True)
        words.write_text("Something else.", encoding="utf-8")
        other = absextract(*command, "--samples", 3)
        assert (other.returncode, "made with prompt" in other.stderr) == (2, True)


def test_what_makes_no_sense_is_told(tmp_path: Path) -> None:
    papers = tmp_path / "p.jsonl"
    papers.write_text(json.dumps({"title": TITLE, "abstract": ABSTRACT}) + "\n", encoding="utf-8")
    start = ["extract", papers, "-o", tmp_path / "o.jsonl"]
    for options, reason in (
        (["--samples", 2], "--samples is for language models"),
        (["--instructions", "nowhere.txt"], "are for language models"),
        (["--model", "openai/m", "--instructions", tmp_path / "nowhere.txt"], "nowhere.txt: No such file"),
        (["--model", "openai/m", "--examples", papers], "p.jsonl:1: holds neither"),
    ):
        done = absextract(*start, *options)
        assert (done.returncode, reason in " ".join(done.stderr.replace("│", " ").split())) == (2, True), done.stderr
