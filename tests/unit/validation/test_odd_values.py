"""Values that JSON does not know, and extractions of any shape: one record each, and every record is JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from absextract import Link, Mention, Number, PaperExtraction, Quote, validate
from absextract.schema.export import schema_digest
from absextract.schema.load import load_schema

TEXT = "Foo reaches 91.3% accuracy on SQuAD 2.0, 2x faster. Code: https://github.com/a/b."
ID = UUID("12345678123456781234567812345678")


ODD = [float("nan"), float("inf"), "1e999", "NaN", str(ID), 10**5000, "9" * 5000, -(10**400)]


class Odd(BaseModel):
    model_config = ConfigDict(ser_json_inf_nan="constants")

    share: float = 0.0
    any: Any = None
    id: UUID | None = None
    number: Annotated[float, Number()] | None = None
    exact: Annotated[Decimal, Number()] | None = None
    whole: Annotated[int, Number()] | None = None
    named: Annotated[UUID, Mention()] | None = None


def refuse(constant: str) -> None:
    raise AssertionError(constant)


def line_of(record: Any) -> Any:
    return json.loads(record.written()[1], parse_constant=refuse)


@pytest.mark.parametrize("unsupported", ["drop", "keep"])
@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("field", list(Odd.model_fields))
def test_each_is_one_record_in_json(field: str, value: Any, unsupported: Any) -> None:
    record: Any = validate({field: value}, TEXT, schema=Odd, unsupported=unsupported)
    assert line_of(record)["abstract"] == TEXT


def test_a_schema_that_writes_nan_fails_its_record_alone() -> None:
    failed, line = validate(Odd(share=float("nan")), TEXT).written()
    assert failed.error is not None
    assert (failed.status, failed.error.code) == ("failed", "internal")
    assert "NaN" in json.loads(line)["error"]["message"]


class Everything(BaseModel):
    mention: Annotated[str, Mention()] | None = None
    number: Annotated[str, Number(within="quote")] | None = None
    link: Annotated[str, Link(code=True)] | None = None
    quote: Annotated[str, Quote()] | None = None
    by_name: dict[str, list[Annotated[str, Mention()]]] = {}
    deep: Any = None
    more: list[Everything] = Field(default=[])


hostile_text = st.text(max_size=30) | st.text(
    alphabet=st.sampled_from("\ud800\u200b\u2060\u202e\x00²①９Ｆ%$\\{}()<>&=A1. \ufeff\U000e0041😀"), max_size=20
)
values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from([10**400, 10**4000, ID]) | hostile_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(hostile_text, inner, max_size=4),
    max_leaves=12,
)


def objects_of(schema: type[BaseModel]) -> Any:
    return st.dictionaries(st.sampled_from([*schema.model_fields]) | hostile_text, values, max_size=6)


@settings(max_examples=150, deadline=None)
@given(objects_of(Everything) | objects_of(PaperExtraction), st.sampled_from([Everything, PaperExtraction]))
def test_any_values_become_a_record(answer: dict[str, Any], schema: type[BaseModel]) -> None:
    line_of(validate(answer, TEXT, schema=schema))


@pytest.mark.parametrize("depth", [10, 450, 5_000])
def test_however_deep_an_answer_is_it_becomes_a_record(depth: int) -> None:
    deep: Any = "Foo"
    for _ in range(depth):
        deep = [deep]
    nested: dict[str, Any] = {"mention": "Foo"}
    for _ in range(depth):
        nested = {"more": [nested]}
    for answer in ({"deep": deep, "mention": "Foo"}, nested, {"by_name": {"a": deep}, "mention": "Foo"}):
        line_of(validate(answer, TEXT, schema=Everything))


OWN = 'from pydantic import BaseModel\nclass Trial(BaseModel):\n    "One trial."\n    drug: str\n'


@pytest.mark.parametrize("option", ["-O", "-OO"])
def test_the_digest_of_a_schema_does_not_depend_on_how_python_is_run(tmp_path: Path, option: str) -> None:
    file = tmp_path / "own.py"
    file.write_text(OWN, "utf-8")
    code = (
        "import sys\n"
        "from absextract.schema.export import schema_digest\n"
        "from absextract.schema.load import load_schema\n"
        "print(*(schema_digest(load_schema(name)) for name in sys.argv[1:]))"
    )
    references = ["paper", f"{file}:Trial"]
    done = subprocess.run([sys.executable, option, "-c", code, *references], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [schema_digest(load_schema(reference)) for reference in references]
