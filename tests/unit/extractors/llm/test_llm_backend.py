"""The language-model extractor against a real local server."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, get_args

import pytest

from absextract import Abstract
from absextract.choices import Mode
from absextract.errors import AnswerError, ProviderError, ProviderSetupError, StoppedError
from absextract.extractors.answers import Answer, Correction
from absextract.extractors.llm.backend import LlmBackend
from absextract.extractors.llm.cache import AnswerCache
from absextract.extractors.llm.limits import Limits
from absextract.records import Finding, Usage
from absextract.schema.paper import PaperExtraction
from openai_server import OpenAIServer, Reply, Request, completion, cut_off, error, refusal
from papers import ABSTRACT, PAPER, TITLE, truth

HTML = Reply(body="<html><body>Welcome to the proxy</body></html>", headers={"content-type": "text/html"})
EMPTY = Reply(body={"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": []})


def right(request: Request) -> Reply:
    return completion(request, truth())


def ask(
    respond: Callable[[Request], Reply] | Iterable[Reply],
    *,
    papers: Iterable[Abstract] = (PAPER,),
    cache: Path | None = None,
    correction: Correction | None = None,
    mode: Any = "tools",
) -> tuple[list[Answer | BaseException], LlmBackend, list[Request]]:
    """Asks for all papers at once; gives the answers, the backend for its counters, and what was sent."""

    async def go(base_url: str) -> tuple[list[Answer | BaseException], LlmBackend]:
        store = AnswerCache(cache) if cache else None
        backend = LlmBackend("openai/m", PaperExtraction, base_url=base_url, cache=store, mode=mode)
        try:
            work = (backend.answer(paper, correction) for paper in papers)
            return await asyncio.gather(*work, return_exceptions=True), backend
        finally:
            await backend.close()

    with OpenAIServer(respond) as server:
        answers, backend = asyncio.run(go(server.base_url))
        return answers, backend, list(server.requests)


def the_answer(answers: list[Answer | BaseException]) -> Answer:
    (answer,) = answers
    assert isinstance(answer, Answer), answer
    return answer


def the_error(answers: list[Answer | BaseException]) -> ProviderError:
    (raised,) = answers
    assert isinstance(raised, ProviderError), raised
    return raised


def test_the_answer_is_the_parsed_json_with_its_usage() -> None:
    answers, backend, _ = ask(lambda request: completion(request, truth(), usage=(500, 70)))
    answer = the_answer(answers)
    assert answer.data == truth()
    assert answer.usage == Usage(prompt_tokens=500, completion_tokens=70, total_tokens=570)
    assert backend.traffic.usage == answer.usage


@pytest.mark.parametrize("mode", ["tools", "json-schema", "json"])
def test_title_and_abstract_are_sent_verbatim_last_and_fenced(mode: str) -> None:
    odd = Abstract(title="{{ 7*7 }} {# gone? #}", abstract="Line one \\% {{\\bf x}}\n\tand “two” x2014 {% raw %}.")
    _, _, requests = ask(right, papers=[odd], mode=mode)
    last = requests[0].body["messages"][-1]
    assert last["role"] == "user"
    assert last["content"] == f"<title>\n{odd.title}\n</title>\n<abstract>\n{odd.abstract}\n</abstract>"


def test_requests_of_different_papers_differ_in_the_last_message_only() -> None:
    _, _, requests = ask(right, papers=[PAPER, Abstract(title="Other", abstract="Another text.")])
    first, second = (dict(request.body) for request in requests)
    assert first.pop("messages")[:-1] == second.pop("messages")[:-1]
    assert first == second


@pytest.mark.parametrize("mode", get_args(Mode))
def test_the_overhead_of_a_request_is_small(mode: Mode) -> None:
    _, _, requests = ask(right, mode=mode)
    sent = int(requests[0].headers["content-length"])
    assert sent - len(TITLE) - len(ABSTRACT) <= 3880, "3,900, and a model with a longer name than m"


@pytest.mark.parametrize("mode", get_args(Mode))
def test_a_request_says_how_a_result_is_read(mode: Mode) -> None:
    body = LlmBackend("openai/m", PaperExtraction, base_url="http://127.0.0.1:1/v1", mode=mode).request_for(PAPER)
    said = body.decode().replace("\\", "")
    for each in (
        "under its short name",
        "without hedges",
        '"from A to B" and "A vs B" two results',
        "a repeated one once",
        "cohorts",
        "coined phenomena",
        "exams, contests",
        "whatever it is called",
        "if unnamed",
        '"zero-shot", "5-shot"',
    ):
        assert each in said
    assert not {'"own"', '"bound"', '"deviation"'} & set(re.findall(r'"\w+"', said))


def test_the_static_part_stands_first_and_is_the_same_to_the_byte() -> None:
    backend = LlmBackend("openai/m", PaperExtraction, base_url="http://127.0.0.1:1/v1")
    bodies = [backend.request_for(paper) for paper in (PAPER, Abstract(title="Other", abstract="Another text."))]
    first, second = (body.partition(b"<title>") for body in bodies)
    assert first[0] == second[0]
    assert len(first[0]) > 3000


def test_a_model_is_asked_for_every_field_and_for_none_that_the_library_computes() -> None:
    _, _, requests = ask(right)
    parameters = requests[0].body["tools"][0]["function"]["parameters"]
    assert parameters["required"] == list(PaperExtraction.model_fields)
    assert "value" not in parameters["$defs"]["Result"]["properties"]
    assert "title" not in parameters["properties"]["tasks"]


@pytest.mark.parametrize(
    "trouble",
    [
        error(429, "slow down", headers={"Retry-After": "0"}),
        error(500, "oops", headers={"retry-after-ms": "0"}),
        error(503, "busy", headers={"Retry-After": "Thu, 01 Jan 2015 00:00:00 GMT"}),
        error(408, "too slow", headers={"Retry-After": "0"}),
        error(409, "locked", headers={"Retry-After": "0"}),
    ],
    ids=lambda reply: str(reply.status),
)
def test_a_passing_error_is_retried(trouble: Reply) -> None:
    replies = iter([trouble, None])
    answers, backend, requests = ask(lambda request: next(replies) or right(request))
    assert the_answer(answers).data == truth()
    assert (len(requests), backend.traffic.requests, backend.traffic.retries) == (2, 2, 1)


@pytest.mark.parametrize("trouble", [HTML, EMPTY, Reply(keep=0)], ids=["html", "no choices", "dropped"])
def test_what_is_no_answer_is_retried(trouble: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    replies = iter([trouble, None])
    answers, backend, _ = ask(lambda request: next(replies) or right(request))
    assert the_answer(answers).data == truth()
    assert backend.traffic.retries == 1


@pytest.mark.parametrize(
    ("status", "message", "code"),
    [
        (400, "bad schema", "bad_request"),
        (400, "maximum context length is 4096", "context_length_exceeded"),
        (401, "wrong key", "authentication"),
        (403, "not yours", "permission_denied"),
        (404, "no such model", "not_found"),
    ],
)
def test_a_lasting_error_is_not_retried(status: int, message: str, code: str) -> None:
    answers, _, requests = ask(lambda _: error(status, message))
    raised = the_error(answers)
    assert (raised.code, len(requests)) == (code, 1)
    assert message in raised.message


def test_an_exhausted_quota_is_not_retried() -> None:
    answers, _, requests = ask(lambda _: error(429, "pay first", code="insufficient_quota"))
    assert (the_error(answers).code, len(requests)) == ("insufficient_quota", 1)


def test_retries_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    answers, _, requests = ask(lambda _: error(500, "still down"))
    assert (the_error(answers).code, len(requests)) == ("server_error", 8)


def test_a_key_echoed_by_the_server_is_told_to_nobody(key: str) -> None:
    answers, _, requests = ask(lambda request: error(400, f"you sent {request.headers['authorization']}"))
    assert requests[0].headers["authorization"] == f"Bearer {key}"
    assert key not in str(the_error(answers))
    answers, _, _ = ask(lambda request: completion(request, json.dumps({"tasks": [key]})))
    assert key not in the_answer(answers).text


def test_without_a_key_a_server_of_ones_own_is_asked_all_the_same() -> None:
    answers, _, _ = ask(right)
    assert the_answer(answers).data == truth()


def test_without_a_key_and_a_server_it_is_said_what_to_do() -> None:
    with pytest.raises(ProviderSetupError, match="OPENAI_API_KEY is not set"):
        LlmBackend("openai/m", PaperExtraction)


@pytest.mark.parametrize("model", ["gpt", "/m", "openai/", "nobody/m"])
def test_a_model_that_cannot_be_is_named(model: str) -> None:
    with pytest.raises(ProviderSetupError, match=model):
        LlmBackend(model, PaperExtraction, base_url="http://127.0.0.1:1/v1")


@pytest.mark.parametrize(
    ("finish_reason", "answer", "code", "final"),
    [
        ("length", '{"tasks": ["a', "answer_cut_off", False),
        ("stop", "I found nothing.", "answer_not_json", False),
        ("stop", "", "answer_not_json", False),
        ("content_filter", "", "content_filter", True),
    ],
)
def test_an_answer_that_cannot_be_used_says_why(finish_reason: str, answer: str, code: str, final: bool) -> None:
    answers, _, _ = ask(lambda request: completion(request, answer, finish_reason=finish_reason))
    got = the_answer(answers)
    assert got.problem is not None
    assert (got.problem.code, got.final, got.data) == (code, final, None)


def test_the_same_question_at_once_is_sent_once() -> None:
    answers, backend, requests = ask(right, papers=[PAPER] * 20)
    assert len(requests) == 1
    assert backend.traffic.cache_hits == 19
    assert all(isinstance(answer, Answer) and answer.data == truth() for answer in answers)


def test_an_answer_is_paid_for_once(tmp_path: Path) -> None:
    first, _, sent = ask(right, cache=tmp_path)
    server_port_differs = ask(right, cache=tmp_path)[2]
    assert len(sent) == 1
    assert len(server_port_differs) == 1, "another server may be another model"

    async def twice(base_url: str) -> list[Answer]:
        found = []
        for _ in range(2):
            backend = LlmBackend("openai/m", PaperExtraction, base_url=base_url, cache=AnswerCache(tmp_path))
            found.append(await backend.answer(PAPER))
            await backend.close()
        return found

    with OpenAIServer(right) as server:
        found = asyncio.run(twice(server.base_url))
        assert len(server.requests) == 1
    assert found[0] == found[1] == the_answer(first)


@pytest.mark.parametrize("spoil", ["not json", "[1, 2]", '{"text": 5}', '{"text": "{}", "usage": "many"}'])
def test_a_spoilt_cache_entry_is_asked_for_again(tmp_path: Path, spoil: str) -> None:
    async def go(base_url: str) -> Answer:
        for last in (False, True):
            cache = AnswerCache(tmp_path)
            backend = LlmBackend("openai/m", PaperExtraction, base_url=base_url, cache=cache)
            answer = await backend.answer(PAPER)
            if not last:
                assert cache._database is not None
                for key in cache._database:
                    cache._database.set(key, spoil.encode())
            await backend.close()
        return answer

    with OpenAIServer(right) as server:
        assert asyncio.run(go(server.base_url)).data == truth()
        assert len(server.requests) == 2


@pytest.mark.parametrize("answer", [lambda r: completion(r, "no json at all"), lambda r: cut_off(r, "{")])
def test_an_answer_that_cannot_be_used_is_kept_until_it_is_forgotten(
    tmp_path: Path, answer: Callable[[Request], Reply]
) -> None:
    async def go(base_url: str) -> list[Answer]:
        backend = LlmBackend("openai/m", PaperExtraction, base_url=base_url, cache=AnswerCache(tmp_path))
        first, again = [await backend.answer(PAPER) for _ in range(2)]
        again.forget()
        anew = await backend.answer(PAPER)
        await backend.close()
        return [first, again, anew]

    with OpenAIServer(answer) as server:
        found = asyncio.run(go(server.base_url))
        assert len(server.requests) == 2
    assert len({problem.problem.code for problem in found if problem.problem}) == 1
    assert [answer.usage for answer in found] == [found[0].usage] * 3


def test_a_refusal_is_not_kept(tmp_path: Path) -> None:
    ask(lambda request: refusal(request, "no"), cache=tmp_path)
    cache = AnswerCache(tmp_path)
    assert cache.count() == 0
    cache.close()


@pytest.mark.parametrize(("correction", "room"), [(None, 4096), (Correction("{}"), 4096)])
def test_every_answer_has_an_end(correction: Correction | None, room: int) -> None:
    _, _, requests = ask(right, correction=correction)
    assert requests[0].body["max_completion_tokens"] == room


def test_an_answer_that_was_cut_off_gets_more_room_than_it_had() -> None:
    cut = AnswerError("answer_cut_off", "it was cut off")
    _, _, requests = ask(right, correction=Correction("", problem=cut, needs_room=True))
    assert requests[0].body["max_completion_tokens"] == 4 * 4096


def test_a_correction_carries_the_former_answer_and_its_findings() -> None:
    finding = Finding(
        path="/results/0/score",
        code="number_not_in_source",
        severity="error",
        message="the text holds no such number",
        value="97%",
        action="dropped",
    )
    _, _, requests = ask(right, correction=Correction('{"tasks": []}', [finding]))
    user, assistant, correction = requests[0].body["messages"][-3:]
    assert ABSTRACT in user["content"]
    assert assistant == {"role": "assistant", "content": '{"tasks": []}'}
    assert "/results/0/score: '97%': the text holds no such number" in correction["content"]


def test_a_server_that_is_down_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)

    async def go() -> None:
        backend = LlmBackend("openai/m", PaperExtraction, base_url="http://127.0.0.1:9/v1")
        try:
            await backend.answer(PAPER)
        finally:
            await backend.close()

    with pytest.raises(ProviderError, match=r"connection: no answer from http://127\.0\.0\.1:9/v1"):
        asyncio.run(go())


def test_a_server_that_was_never_there_is_not_waited_for_by_every_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)

    async def go() -> int:
        backend = LlmBackend("openai/m", PaperExtraction, base_url="http://127.0.0.1:9/v1")
        for i in range(5):
            with pytest.raises(ProviderError):
                await backend.answer(Abstract(abstract=f"Text {i}."))
        await backend.close()
        return backend.traffic.requests

    assert asyncio.run(go()) == 4 + 4


@pytest.mark.parametrize(
    ("reply", "requests"), [(HTML, 2), (EMPTY, 2), (error(500, "no"), 8), (Reply(keep=0), 4)], ids=str
)
def test_what_may_have_been_paid_for_counts_at_its_worst(
    reply: Reply, requests: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)

    async def go(base_url: str) -> None:
        limits = Limits(max_total_tokens=4000)  # for two of them
        backend = LlmBackend("openai/m", PaperExtraction, base_url=base_url, limits=limits)
        with pytest.raises((StoppedError, ProviderError)):
            await backend.answer(PAPER)
        await backend.close()

    with OpenAIServer(lambda _: reply) as server:
        asyncio.run(go(server.base_url))
        assert len(server.requests) == requests


def test_a_refused_request_is_no_sign_of_a_server_that_is_not_there() -> None:
    replies = [error(400, "no"), error(429, "slow down", headers={"Retry-After": "0"}), None]
    script = iter(replies)

    async def go(base_url: str) -> Answer:
        backend = LlmBackend("openai/m", PaperExtraction, base_url=base_url)
        with pytest.raises(ProviderError):
            await backend.answer(PAPER)
        answer = await backend.answer(Abstract(abstract="Another."))
        await backend.close()
        return answer

    with OpenAIServer(lambda request: next(script) or right(request)) as server:
        assert asyncio.run(go(server.base_url)).data == truth()


def test_half_a_surrogate_pair_spoils_neither_record_nor_cache(tmp_path: Path) -> None:
    answer = json.dumps({"tasks": ["half \ud800 pair"]})
    answers, _, _ = ask(lambda request: completion(request, answer), cache=tmp_path)
    assert the_answer(answers).data == {"tasks": ["half \ud800 pair"]}
    cache = AnswerCache(tmp_path)
    assert cache.count() == 1
    cache.close()


def test_a_key_in_an_answer_is_in_no_cache(key: str, tmp_path: Path) -> None:
    ask(lambda request: completion(request, json.dumps({"tasks": [key]})), cache=tmp_path)
    assert all(key.encode() not in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize(
    "base_url", ["localhost:8000/v1", "http://host:bad/v1", "http://", "file:///etc", "http://[::1"]
)
def test_a_base_url_that_is_none_is_told_before_anything_is_sent(base_url: str) -> None:
    with pytest.raises(ProviderSetupError, match="base URL"):
        LlmBackend("openai/m", PaperExtraction, base_url=base_url)


def test_a_key_in_typographic_quotes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "“sk-0123456789abcdef”")
    with pytest.raises(ProviderSetupError, match="quotes"):
        LlmBackend("openai/m", PaperExtraction)


def test_a_password_in_the_base_url_is_told_to_nobody() -> None:
    async def go(base_url: str) -> ProviderError:
        url = base_url.replace("http://", "http://user:pass%20word-123@")
        backend = LlmBackend("openai/m", PaperExtraction, base_url=url)
        with pytest.raises(ProviderError) as raised:
            await backend.answer(PAPER)
        await backend.close()
        return raised.value

    with OpenAIServer(lambda _: error(400, "pass%20word-123 or pass word-123 is wrong")) as server:
        assert asyncio.run(go(server.base_url)).message == "HTTP 400: [key] or [key] is wrong"


def test_a_deeply_nested_answer_is_no_json() -> None:
    answers, _, _ = ask(lambda request: completion(request, "[" * 100_000))
    problem = the_answer(answers).problem
    assert problem is not None
    assert problem.code == "answer_not_json"
