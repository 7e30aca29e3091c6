"""Recorded HTTP traffic, played back through the real client. `make record-cassettes` records it anew.

Matching is by method, path and body; what is not in the cassette fails, and so does what is not played.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import vcr
import yaml
from vcr.errors import CannotOverwriteExistingCassetteException

from absextract import Extractor, PaperExtraction, Record
from conftest import KEY
from openai_server import OpenAIServer, Reply, Request, completion, cut_off, error, refusal
from papers import TEXT, as_answered, truth

CASSETTES = Path(__file__).parents[4] / "cassettes"
RECORDING = bool(os.environ.get("ABSEXTRACT_RECORD"))
KEPT_HEADERS = frozenset({"content-type", "retry-after"})


class ReadableYaml:
    """JSON bodies as YAML, keys sorted, so that a change of a cassette can be read."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        for interaction in cassette["interactions"]:
            request, response = interaction["request"], interaction["response"]
            request["body"] = json.loads(request["body"])
            response["body"] = {"json": json.loads(response["body"]["string"])}
        return yaml.safe_dump(cassette, allow_unicode=True, width=110)

    @staticmethod
    def deserialize(text: str) -> Any:
        cassette = yaml.safe_load(text)
        for interaction in cassette["interactions"]:
            request, response = interaction["request"], interaction["response"]
            request["body"] = json.dumps(request["body"])
            response["body"] = {"string": json.dumps(response["body"]["json"])}
        return cassette


def _without_machine(request: Any) -> Any:
    request.headers = {k: v for k, v in request.headers.items() if k.lower() in KEPT_HEADERS}
    request.uri = "http://127.0.0.1" + request.path
    return request


def _few_headers(response: dict[str, Any]) -> dict[str, Any]:
    response["headers"] = {k: v for k, v in response["headers"].items() if k.lower() in KEPT_HEADERS}
    return response


def _same_json(recorded: Any, sent: Any) -> None:
    assert json.loads(recorded.body) == json.loads(sent.body)


def _recorder() -> Any:
    recorder = vcr.VCR(
        cassette_library_dir=str(CASSETTES),
        record_mode="all" if RECORDING else "none",
        match_on=["method", "path", "json"],
        before_record_request=_without_machine,
        before_record_response=_few_headers,
        serializer="readable",
    )
    recorder.register_serializer("readable", ReadableYaml)
    recorder.register_matcher("json", _same_json)
    return recorder


@contextmanager
def playing(name: str, replies: list[Any]) -> Iterator[str]:
    """The base URL of a server that gives the replies, or of nobody while the cassette is played."""
    if RECORDING:
        script = iter(replies)

        def respond(request: Request) -> Reply:
            reply = next(script)
            return reply if isinstance(reply, Reply) else reply(request)

        with OpenAIServer(respond) as server, _recorder().use_cassette(f"{name}.yaml"):
            yield server.base_url
    else:
        with _recorder().use_cassette(f"{name}.yaml") as cassette:
            yield "http://127.0.0.1/v1"
        assert cassette.all_played, f"{name}: {cassette.play_count} of {len(cassette)} interactions were played"


def spoilt(**changes: Any) -> dict[str, Any]:
    """The right answer with one result changed."""
    answer = truth()
    answer["results"][0] |= changes
    return answer


def answering(answer: Any) -> Any:
    return lambda request: completion(request, answer, usage=(812, 240))


@dataclass
class Scenario:
    replies: list[Any]
    status: str = "ok"
    attempts: int = 1
    mode: Any = "tools"
    retries: int = 0
    codes: tuple[str, ...] = ()
    error: str | None = None


FABRICATED = truth() | {
    "links": [*truth()["links"], {"url": "https://github.com/made-up-lab/sandpiper-data", "kind": "data"}]
}
TRUNCATED = json.dumps(truth())[:200]

SCENARIOS = {
    "clean_tools": Scenario([answering(truth())]),
    "clean_json_schema": Scenario([answering(truth())], mode="json-schema"),
    "clean_json": Scenario([answering(truth())], mode="json"),
    "wrong_number_mended": Scenario([answering(spoilt(score="93.1%")), answering(truth())], attempts=2),
    "fabricated_link_dropped": Scenario(
        [answering(FABRICATED), answering(FABRICATED)], status="flagged", attempts=2, codes=("url_not_in_source",)
    ),
    "cut_off_then_whole": Scenario([lambda r: cut_off(r, TRUNCATED), answering(truth())], attempts=2),
    "cut_off_each_time": Scenario(
        [lambda r: cut_off(r, TRUNCATED)] * 3, status="failed", attempts=3, error="answer_cut_off"
    ),
    "rate_limited_then_answered": Scenario(
        [error(429, "Slow down.", code="rate_limit_exceeded", headers={"Retry-After": "0"}), answering(truth())],
        retries=1,
    ),
    "refusal": Scenario([lambda r: refusal(r, "I cannot help with that.")], status="failed", error="refused"),
    "invalid_key": Scenario(
        [error(401, "Incorrect API key provided.", code="invalid_api_key")], status="failed", error="authentication"
    ),
    "text_around_json": Scenario(
        [answering("Here is what I found:\n```json\n" + json.dumps(truth()) + "\n```\nAnything else?")],
        mode="json",
    ),
}


async def extract_through(base_url: str, mode: Any = "tools") -> tuple[Record[PaperExtraction], int]:
    async with Extractor(model="openai/test-model", base_url=base_url, cache=False, mode=mode) as extractor:
        return await extractor.extract(TEXT), extractor.traffic.retries


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(name: str, key: str) -> None:
    expected = SCENARIOS[name]
    with playing(name, expected.replies) as base_url:
        record, retries = asyncio.run(extract_through(base_url, expected.mode))
    assert (record.status, record.extractor.attempts, retries) == (
        expected.status,
        expected.attempts,
        expected.retries,
    )
    assert tuple(finding.code for finding in record.findings) == expected.codes
    assert (record.error and record.error.code) == expected.error
    if expected.error is None:
        assert as_answered(record.extraction) == truth()
    assert KEY not in record.to_json()


@pytest.mark.skipif(RECORDING, reason="replay only")
def test_a_request_that_is_not_in_the_cassette_fails(key: str) -> None:
    with _recorder().use_cassette("clean_tools.yaml"), pytest.raises(CannotOverwriteExistingCassetteException):
        vcr_request("http://127.0.0.1/v1/chat/completions", {"messages": []})


def vcr_request(url: str, body: dict[str, Any]) -> None:
    import httpx2

    httpx2.post(url, json=body)


def test_every_cassette_has_a_scenario() -> None:
    assert {path.stem for path in CASSETTES.glob("*.yaml")} == set(SCENARIOS)


def test_cassettes_are_small_and_hold_no_secret() -> None:
    for path in CASSETTES.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert len(text) < 100_000
        for secret in (KEY, "sk-", "uthorization", "Bearer", "ookie"):
            assert secret not in text, (path.name, secret)
