"""Requests as bytes: the same JSON as if it were made anew for each paper."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Literal

import instructor
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, RootModel

from absextract import PaperExtraction
from absextract.choices import Mode
from absextract.extractors.llm.estimate import Estimate
from absextract.extractors.llm.providers import Connection, connect
from absextract.extractors.llm.request import RequestTemplate, prepare_request
from absextract.extractors.llm.secrets import Redactor
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


class Bird(BaseModel):
    """A bird.

    Its name, and where it was seen.

    Args:
        name: as the ringers say it.
        places: where it was seen.
        weight: is no field.
    """

    name: str
    places: list[str] = Field(default_factory=list, description="its own words come first")


class Flock(BaseModel):
    model_config = ConfigDict(title="A flock", json_schema_extra={"examples": [{"kind": "geese"}]})

    kind: Literal["geese", "gulls"] = "geese"
    birds: list[Bird]
    parts: list[Flock] | None = None


class Nothing(BaseModel):
    pass


SCHEMAS: list[Any] = [PaperExtraction, Bird, Flock, Nothing, RootModel[list[Bird]]]
MODES: dict[Mode, Any] = {
    "tools": instructor.Mode.TOOLS,
    "json-schema": instructor.Mode.JSON_SCHEMA,
    "json": instructor.Mode.JSON,
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.__name__)
def test_the_form_is_that_of_instructor(schema: type[BaseModel], mode: Mode) -> None:
    client = instructor.from_provider("openai/m", async_client=True, api_key="none", mode=MODES[mode])
    theirs = Connection(client, "m", mode, client.client, "", "", 1, Redactor(()))
    ours = connect("openai/m", base_url="http://127.0.0.1:1/v1", mode=mode, timeout=1)
    assert ours.client is None
    assert prepare_request(ours, schema, "Do it.") == prepare_request(theirs, schema, "Do it.")


LOADS = """
import sys
from absextract import Abstract, Extractor
extractor = Extractor(model="openai/m", base_url="http://127.0.0.1:1/v1", cache=False)
extractor.forecast(Abstract(title="Heron", abstract="It reaches 81.2% on NestBench."))
late = ("instructor", "openai.resources", "absextract.extractors.builtin", "absextract.validation.validator")
print([name for name in late if name in sys.modules])
"""


def test_what_is_slow_to_load_is_not_loaded_before_the_first_request() -> None:
    run = subprocess.run([sys.executable, "-c", LOADS], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


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
