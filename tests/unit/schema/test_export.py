"""JSON Schemas: what a model is asked, and what a record looks like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from jsonschema import Draft202012Validator, ValidationError
from pydantic import BaseModel, Field

from absextract.cli.schemas import json_schema
from absextract.one_shot import validate
from absextract.records import Abstract, ErrorInfo, ExtractorInfo, Record, Usage
from absextract.schema.export import answer_schema, in_few_words, schema_digest
from absextract.schema.paper import PaperExtraction
from papers import PAPER, TOLD_BY_LIBRARY, truth

SCHEMAS = Path(__file__).parents[3] / "schemas"


class Colour(Enum):
    RED = "red"


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"


class Book(BaseModel):
    """A book."""

    title: str
    default: int = 3
    properties: dict[str, str] = {}
    type: Annotated[str, Field(description="hard or soft")] = "hard"
    colour: Colour | None = None
    pet: Annotated[Cat | Dog, Field(discriminator="kind")] = Cat()
    sequels: list[Book] = []


def keywords(schema: Any, *, names: bool = False) -> Iterator[str]:
    """Every JSON Schema keyword, without the names of properties and definitions."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if not names:
                yield key
            yield from keywords(value, names=not names and key in ("properties", "$defs"))
    elif isinstance(schema, list):
        for item in schema:
            yield from keywords(item)


def record_validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(json_schema("record"))
    return Draft202012Validator(json_schema("record"))


class TestAnswerSchema:
    @pytest.mark.parametrize("schema", [PaperExtraction, Book])
    def test_only_the_whole_has_a_title_and_nothing_a_default(self, schema: type[BaseModel]) -> None:
        asked = answer_schema(schema)
        Draft202012Validator.check_schema(asked)
        assert asked.pop("title") == schema.__name__
        assert {"title", "default"}.isdisjoint(keywords(asked))

    def test_properties_that_are_called_like_keywords_stay(self) -> None:
        asked = answer_schema(Book)["$defs"]["Book"]["properties"]
        assert list(asked) == list(Book.model_fields)
        assert asked["title"] == {"type": "string"}
        assert asked["properties"] == {"type": "object", "additionalProperties": {"type": "string"}}
        assert asked["type"]["description"] == "hard or soft"

    def test_descriptions_stay(self) -> None:
        asked = answer_schema(PaperExtraction)
        assert asked["description"].startswith("What a paper's abstract reports.")
        assert all(asked["properties"][name]["description"] for name in asked["properties"])

    def test_what_the_library_computes_is_not_asked(self) -> None:
        asked = answer_schema(PaperExtraction)["$defs"]["Result"]
        assert set(TOLD_BY_LIBRARY).isdisjoint(asked["properties"])
        assert asked["required"] == list(asked["properties"])
        assert "setting" in asked["required"]

    def test_what_is_marked_read_only_is_not_asked_in_any_schema(self) -> None:
        class Note(BaseModel):
            text: str
            author: Annotated[str | None, Field(json_schema_extra={"readOnly": True})] = None
            readOnly: bool = True  # noqa: N815  # a property called like the keyword

        assert answer_schema(Note)["required"] == ["text", "readOnly"]

    def test_in_few_words_it_says_the_same_but_what_is_required(self) -> None:
        class Shelf(BaseModel):
            required: int | None = Field(description="how many")
            pet: Cat | None

        brief = in_few_words(Shelf.model_json_schema())
        Draft202012Validator.check_schema(brief)
        assert brief == {
            "$defs": {"Cat": {"type": "object", "properties": {"kind": {"type": "string", "const": "cat"}}}},
            "type": "object",
            "properties": {
                "required": {"type": ["integer", "null"], "description": "how many"},
                "pet": {"anyOf": [{"$ref": "#/$defs/Cat"}, {"type": "null"}]},
            },
        }

    def test_a_right_answer_fits(self) -> None:
        Draft202012Validator(answer_schema(PaperExtraction)).validate(truth())

    def test_the_schema_is_not_changed_by_reading_it(self) -> None:
        assert answer_schema(Book) == answer_schema(Book)
        assert Book.model_json_schema()["$defs"]["Book"]["properties"]["default"]["default"] == 3


class TestDigest:
    def test_it_names_the_schema_and_stays_the_same(self) -> None:
        name, digest = schema_digest(PaperExtraction).split("@")
        assert name == "PaperExtraction"
        assert len(digest) == 12
        assert schema_digest(PaperExtraction) == f"{name}@{digest}"

    def test_it_changes_with_what_is_asked(self) -> None:
        def book(description: str) -> type[BaseModel]:
            class Book(BaseModel):
                pages: int = Field(description=description)

            return Book

        assert schema_digest(book("how many")) == schema_digest(book("how many"))
        assert schema_digest(book("how many")) != schema_digest(book("how much"))


class TestRecordSchema:
    @pytest.mark.parametrize(
        "record",
        [
            validate(truth(), PAPER),
            validate({**truth(), "tasks": ["Juggling"], "code_url": "https://example.com"}, PAPER),
            validate(truth(), Abstract(id="k", abstract="Other.", metadata={"authors": [{"a": None}]})),
            validate({"tasks": [], "results": [{"score": 2}]}, PAPER),
            validate({"nothing": 1}, PAPER),
            Record[PaperExtraction].failed(
                PAPER,
                ExtractorInfo(model="a/b", prompt="p", schema="s", attempts=2, usage=Usage(total_tokens=3)),
                ErrorInfo(code="timeout", message="no answer"),
            ),
        ],
    )
    def test_every_record_fits(self, record: Record[Any]) -> None:
        record_validator().validate(json.loads(record.to_json()))

    @pytest.mark.parametrize(
        "spoil",
        [
            {"status": "fine"},
            {"seconds": 1.5},
            {"schema_version": "1"},
            {"grounding": [{"path": "/tasks/0", "field": "body", "start": 0, "end": 1, "match": "exact"}]},
        ],
    )
    def test_what_is_no_record_does_not_fit(self, spoil: dict[str, Any]) -> None:
        line = json.loads(validate(truth(), PAPER).to_json())
        with pytest.raises(ValidationError):
            record_validator().validate({**line, **spoil})

    @pytest.mark.parametrize("missing", ["extraction", "status", "error", "findings", "grounding", "schema_version"])
    def test_no_field_may_be_missing(self, missing: str) -> None:
        line = json.loads(validate(truth(), PAPER).to_json())
        del line[missing]
        with pytest.raises(ValidationError, match=missing):
            record_validator().validate(line)

    def test_computed_values_are_part_of_it(self) -> None:
        assert set(TOLD_BY_LIBRARY) <= set(json_schema("record")["$defs"]["Result"]["properties"])


@pytest.mark.parametrize("what", ["paper", "record"])
def test_the_schema_files_are_those_the_command_prints(what: str) -> None:
    """Where they are not, `python schemas/generate.py` writes them anew."""
    printed = json.dumps(json_schema(what), indent=2, ensure_ascii=False)
    assert (SCHEMAS / f"{what}.schema.json").read_text(encoding="utf-8") == f"{printed}\n"
