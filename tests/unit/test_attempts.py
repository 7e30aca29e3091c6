"""Asking again: values have re-asks, answers that cannot be used have tries of their own."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from absextract import Extractor
from openai_server import OpenAIServer, Reply, Request, completion, cut_off
from papers import PAPER, truth


def cut(request: Request) -> Reply:
    return cut_off(request, '{"tasks": ["Retr')


def scripted(replies: list[Any], **options: Any) -> tuple[Any, list[Request]]:
    """Replies may be functions of the request."""
    script = iter(replies)

    def respond(request: Request) -> Reply:
        reply = next(script)
        return reply(request) if callable(reply) else completion(request, reply)

    async def go(base_url: str) -> Any:
        async with Extractor(model="openai/m", base_url=base_url, cache=False, **options) as extractor:
            return await extractor.extract(PAPER)

    with OpenAIServer(respond) as server:
        return asyncio.run(go(server.base_url)), list(server.requests)


def wrong_score() -> dict[str, Any]:
    answer = truth()
    answer["results"][0]["score"] = "93.1%"
    return answer


@pytest.mark.parametrize("useless", ["no JSON", "[]", '{"papers": []}', cut])
@pytest.mark.parametrize("other", ["sorry", '{"error": 1}', cut])
def test_two_faults_of_any_kind_cost_no_paper(useless: Any, other: Any) -> None:
    record, requests = scripted([useless, other, truth()], max_reasks=0)
    assert (record.status, record.extractor.attempts, len(requests)) == ("ok", 3, 3)


def test_the_same_useless_answer_twice_is_asked_for_in_other_words() -> None:
    record, requests = scripted(["no JSON", "no JSON", truth()])
    assert record.status == "ok"
    assert len({request.text for request in requests}) == 3, "else the cache would answer with the same again"


def test_useless_answers_use_up_no_reask() -> None:
    record, requests = scripted(["no JSON", "no JSON", wrong_score(), truth()], max_reasks=1)
    assert (record.status, len(requests)) == ("ok", 4)


def test_there_is_an_end_to_it() -> None:
    record, requests = scripted(["no JSON"] * 9, max_reasks=5)
    assert (record.status, record.error.code if record.error else None, len(requests)) == (
        "failed",
        "answer_not_json",
        3,
    )


def test_the_room_of_an_answer_that_was_cut_off_grows_once_and_stays() -> None:
    _, requests = scripted([cut, cut, "no JSON"], max_answer_tokens=500)
    assert [request.body["max_completion_tokens"] for request in requests] == [500, 2000, 2000]


def test_a_useless_answer_is_told_the_shape_that_is_wanted() -> None:
    _, requests = scripted(['{"results": {"score": 1}, "methods": 3, "code_url": 5, "tasks": "a"}', "x", truth()])
    last = requests[-1].messages[-1]["content"]
    assert '"results": [{"score": text, "kind": "value" or "change"' in last
    assert '"code_url": text or null' in last
