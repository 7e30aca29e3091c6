"""What servers send with status 200, and what is made of it."""

from __future__ import annotations

from typing import Any

import pytest

from absextract.errors import ProviderError
from absextract.extractors.llm.completion import read_completion
from absextract.records import Usage

ANSWER = '{"tasks": []}'


def chat(message: Any = None, finish_reason: Any = "stop", usage: Any = None) -> dict[str, Any]:
    return {"choices": [{"message": message or {"content": ANSWER}, "finish_reason": finish_reason}], "usage": usage}


@pytest.mark.parametrize(
    "data",
    [
        chat({"content": ANSWER, "tool_calls": []}),
        chat({"content": [{"type": "text", "text": ANSWER}]}),
        chat({"tool_calls": [{"function": {"name": "another", "arguments": {"tasks": []}}}]}),
        chat({"tool_calls": {"function": 1}, "content": ANSWER}),
        {"content": [{"type": "thinking", "thinking": "…"}, {"type": "tool_use", "input": {"tasks": []}}]},
        {"content": [{"type": "text", "text": ANSWER}], "stop_reason": "end_turn"},
        {"content": ANSWER},
    ],
)
def test_the_answer_is_found_wherever_it_stands(data: Any) -> None:
    completion = read_completion(data)
    assert (completion.text, completion.refusal, completion.cut_off) == (ANSWER, None, False)


@pytest.mark.parametrize("nothing", [None, False, "", {}, []])
def test_an_empty_refusal_is_none(nothing: Any) -> None:
    assert read_completion(chat({"content": ANSWER, "refusal": nothing})).refusal is None


@pytest.mark.parametrize("reason", [None, 3, ["length"], {"type": "length"}])
def test_a_strange_finish_reason_does_no_harm(reason: Any) -> None:
    completion = read_completion(chat(finish_reason=reason))
    assert (completion.text, completion.refusal, completion.cut_off) == (ANSWER, None, False)


@pytest.mark.parametrize(
    ("usage", "counted"),
    [
        (None, None),
        ([1], None),
        ({"prompt_tokens": "12", "completion_tokens": None}, (0, 0, 0)),
        ({"prompt_tokens": -12, "completion_tokens": 5, "total_tokens": -7}, (0, 5, 5)),
        ({"input_tokens": 12, "output_tokens": 5}, (12, 5, 17)),
    ],
)
def test_strange_counts_are_not_counted(usage: Any, counted: tuple[int, int, int] | None) -> None:
    expected = counted and Usage(prompt_tokens=counted[0], completion_tokens=counted[1], total_tokens=counted[2])
    assert read_completion(chat(usage=usage)).usage == expected


@pytest.mark.parametrize(
    "data",
    [
        *(None, 3, "text", [1, 2], {}),
        *({"choices": choices} for choices in (None, "abc", {"0": 1}, [], [None], [{"message": None}])),
        {"choices": [{"message": "hi"}]},
        {"content": []},
    ],
)
def test_no_answer_is_worth_the_same_request_again(data: Any) -> None:
    with pytest.raises(ProviderError, match="no completion") as raised:
        read_completion(data)
    assert raised.value.retryable


@pytest.mark.parametrize(("code", "retryable"), [(401, False), (429, True), ("odd", True)])
def test_trouble_told_with_status_200_is_told_by_its_own_status(code: Any, retryable: bool) -> None:
    with pytest.raises(ProviderError, match="no luck") as raised:
        read_completion({"error": {"message": "no luck", "code": code}})
    assert raised.value.retryable is retryable


@pytest.mark.parametrize("content", [5, {"a": 1}, [5], [None], [{"type": "tool_use"}], True])
def test_strange_content_is_an_answer_to_be_complained_of(content: Any) -> None:
    assert isinstance(read_completion({"content": content}).text, str)


@pytest.mark.parametrize("text", ["a" * 2_000_001, [{"type": "text", "text": "ab"}] * 1_000_001])
def test_a_text_that_no_model_writes_is_no_answer(text: Any) -> None:
    with pytest.raises(ProviderError, match="more than 2,000,000 characters") as caught:
        read_completion(chat({"content": text}))
    assert (caught.value.code, caught.value.retryable) == ("answer_too_long", False)
    assert len(read_completion(chat({"content": "a" * 2_000_000})).text) == 2_000_000


@pytest.mark.parametrize("code", [399, 600, 10**4000, -1, True, "400"])
def test_a_status_that_is_none_is_a_fault_of_the_server(code: Any) -> None:
    with pytest.raises(ProviderError) as caught:
        read_completion({"error": {"code": code, "message": "no"}})
    assert (caught.value.code, caught.value.status) == ("server_error", 502)
