"""Reading the marks off any Pydantic model."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Generic, Literal, Optional, TypeVar, Union

import pytest
from pydantic import AliasChoices, AliasPath, BaseModel, Field, JsonValue, RootModel, create_model
from typing_extensions import TypeAliasType

from absextract.errors import SchemaError
from absextract.schema.marked import Entries, Items, Leaf, Nested, input_keys, marks_of, slots_of
from absextract.schema.marks import Link, Mention, Number, Quote
from absextract.schema.paper import PaperExtraction, PaperLink, Result

ItemT = TypeVar("ItemT")
NAME = Leaf(Mention())
Name = Annotated[str, Mention()]
Alias = TypeAliasType("Alias", Name)


class Drug(BaseModel):
    name: Name


class Dose(BaseModel):
    amount: Annotated[str, Number(within="quote")]
    quote: Annotated[str, Quote()]


class Plain(BaseModel):
    note: str


def node_of(annotation: Any) -> Any:
    """What the reading finds in a field of this type; None where there is no mark."""
    model = type("Model", (BaseModel,), {"__annotations__": {"field": annotation}})
    slots = slots_of(model)
    return slots[0].node if slots else None


@pytest.mark.parametrize(
    ("annotation", "node"),
    [
        (Name, NAME),
        (Name | None, NAME),
        (Optional[Name], NAME),  # noqa: UP045  # how older code writes it
        (Annotated[str | None, Mention()], NAME),
        (Annotated[str, Field(description="x"), Mention(), "other"], NAME),
        (Annotated[Literal["a", "b"], Mention()], NAME),
        (Annotated[float, Number()], Leaf(Number())),
        (list[Name], Items(NAME)),
        (list[Name] | None, Items(NAME)),
        (list[Name | None], Items(NAME)),
        (Annotated[list[str], Mention()], Items(NAME)),
        (Annotated[list[str] | None, Mention()], Items(NAME)),
        (tuple[Name, ...], Items(NAME)),
        (Sequence[Name], Items(NAME)),
        (list[list[Name]], Items(Items(NAME))),
        (dict[str, Name], Entries(NAME)),
        (dict[Name, str], None),
        (Mapping[str, Name], Entries(NAME)),
        (dict[str, list[Name]], Entries(Items(NAME))),
        (Drug, Nested((Drug,))),
        (Drug | None, Nested((Drug,))),
        (Drug | Dose, Nested((Drug, Dose))),
        (Union[Drug, Dose, None], Nested((Drug, Dose))),  # noqa: UP007  # how older code writes it
        (list[Drug], Items(Nested((Drug,)))),
        (dict[str, Drug], Entries(Nested((Drug,)))),
        (str, None),
        (list[str], None),
        (Alias, NAME),
        (list[Alias] | None, Items(NAME)),
        (Annotated[TypeAliasType("Text", str), Mention()], NAME),
        (JsonValue, None),
        (list, None),
        (dict, None),
        (Any, None),
        (Annotated[str, "no mark of ours"], None),
    ],
)
def test_a_field_is_read_by_its_type(annotation: Any, node: Any) -> None:
    assert node_of(annotation) == node


@pytest.mark.skipif(sys.version_info < (3, 12), reason="no type statement before Python 3.12")
def test_an_alias_may_hold_itself() -> None:
    names: dict[str, Any] = {"Name": Name}
    exec("type Names = list[Names] | list[Name]", names)
    assert node_of(names["Names"]) == Items(NAME)


def test_names_keys_and_need_are_told() -> None:
    class Trial(BaseModel):
        drug: Name
        other: Name = "x"
        maybe: Name | None = None
        aliased: Name = Field(alias="aliasedIn")
        written: Name = Field(validation_alias="in", serialization_alias="out")
        note: str = ""

    assert [(slot.name, slot.key, slot.required, slot.node) for slot in slots_of(Trial)] == [
        ("drug", "drug", True, NAME),
        ("other", "other", False, NAME),
        ("maybe", "maybe", False, NAME),
        ("aliased", "aliasedIn", True, NAME),
        ("written", "out", True, NAME),
    ]


def test_marks_are_inherited_and_go_through_generic_models() -> None:
    class Page(BaseModel, Generic[ItemT]):
        items: list[ItemT]

    class Branded(Drug):
        brand: Name

    assert [slot.name for slot in slots_of(Branded)] == ["name", "brand"]
    assert [slot.node for slot in slots_of(Page[Drug])] == [Items(Nested((Drug,)))]
    assert list(marks_of(Page[Dose])) == [Number(within="quote"), Quote()]


def test_marks_of_models_inside_models_are_found_once() -> None:
    class Trial(BaseModel):
        drugs: list[Drug]
        doses: dict[str, list[Dose]] | None
        again: Drug
        link: Annotated[str, Link(complete=True)]
        plain: Plain

    found = list(marks_of(Trial))
    assert len(found) == 4
    assert set(found) == {Mention(), Number(within="quote"), Quote(), Link(complete=True)}


def test_a_model_may_hold_itself() -> None:
    assert list(marks_of(Tree)) == [Mention()]


def test_a_model_without_marks_has_none() -> None:
    assert slots_of(Plain) == ()
    assert list(marks_of(Plain)) == []


def test_the_marks_of_a_paper() -> None:
    slots = {slot.name: slot.node for slot in slots_of(PaperExtraction)}
    assert slots["tasks"] == Items(NAME)
    for role in ("metric", "dataset", "method"):
        assert slots[f"{role}s"] == Items(Leaf(Mention(role=role)))
    assert slots["results"] == Items(Nested((Result,)))
    assert slots["links"] == Items(Nested((PaperLink,)))
    assert slots["code_url"] == Leaf(Link(code=True))
    assert [slot.name for slot in slots_of(Result) if slot.required] == ["score", "evidence"]


def test_marks_are_values_to_compare_and_to_look_up() -> None:
    assert Number(within="quote") == Number(within="quote") != Number()
    assert len({Mention(), Mention(), Quote(), Link(), Link(kind="kind")}) == 4


class Tree(BaseModel):
    name: Name
    branches: list[Tree] = []


@pytest.mark.parametrize("annotation", [set[Name], frozenset[Name], tuple[Name, int], tuple[int, Name]])
def test_marks_where_they_cannot_be_checked_are_refused(annotation: Any) -> None:
    model = create_model("Odd", field=(annotation, ...))
    with pytest.raises(SchemaError, match="use a "):
        slots_of(model)


def test_an_answer_may_use_every_name_of_a_field() -> None:
    class Trial(BaseModel):
        plain: str = ""
        aliased: str = Field("", alias="aliasedIn")
        read: str = Field("", validation_alias=AliasChoices("readIn", AliasPath("deep", "in")))

    assert input_keys(Trial) == {"plain", "aliased", "aliasedIn", "read", "readIn", "deep"}
    assert input_keys(RootModel[list[str]]) == frozenset()
