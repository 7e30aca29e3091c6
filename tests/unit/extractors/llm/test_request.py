"""Requests as bytes: the same JSON as if it were made anew for each paper."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from absextract import PaperExtraction
from absextract.extractors.llm.estimate import Estimate
from absextract.extractors.llm.providers import connect
from absextract.extractors.llm.request import RequestTemplate, prepare_request
from absextract.records import Usage
from absextract.schema.export import in_few_words


def template(mode: str = "tools") -> RequestTemplate:
    connection = connect("openai/m", base_url="http://127.0.0.1:1/v1", mode=mode, timeout=1)  # type: ignore[arg-type]
    return prepare_request(connection, PaperExtraction, "Do it.")


TOOLS = template()


@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())))
def test_any_text_comes_through(user: str, answer: str) -> None:
    body = json.loads(TOOLS.fill(user, [{"role": "assistant", "content": answer}], max_tokens=5))
    assert [message["content"] for message in body["messages"]] == ["Do it.", user, answer]
    assert (body["model"], body["max_tokens"]) == ("m", 5)


def test_json_mode_has_the_schema_without_what_says_nothing() -> None:
    system = json.loads(template("json").fill(""))["messages"][0]["content"]
    assert system.startswith("Do it.\n\nAnswer with one JSON object")
    assert json.loads(system.partition(":\n")[2]) == in_few_words(PaperExtraction.model_json_schema())
    assert '"title"' not in system


def test_the_estimate_learns() -> None:
    estimate = Estimate()
    body = b"x" * 4000
    before = estimate.of(body)
    for _ in range(100):
        estimate.learn(body, Usage(prompt_tokens=2000, completion_tokens=70, total_tokens=2070))
    prompt, answer = estimate.of(body)
    assert before[0] < 1400
    assert 2000 <= prompt < 2400
    assert answer == 70
    assert estimate.of(body, longest=9)[1] == 9
