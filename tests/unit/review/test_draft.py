"""Drafts: paths that stay, whatever comes and goes; what comes out; any order of actions."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from absextract import Mention, Number, Quote
from absextract.review.actions import ACTIONS, Add, Change, Confirm, Passage, RefusedError, Remove
from absextract.review.draft import Draft
from absextract.review.shapes import parts_of
from absextract.schema.paper import PaperExtraction
from papers import truth


class Dose(BaseModel):
    amount: Annotated[float, Number()]
    unit: Literal["mg", "g"] = "mg"
    quote: Annotated[str, Quote()] | None = None


class Drug(BaseModel):
    name: Annotated[str, Mention()]
    doses: list[Dose] = []
    best: Dose | None = None
    aliases: dict[str, Annotated[str, Mention()]] = {}
    seen: list[int] = []
    parent: Drug | None = None


class Study(BaseModel):
    lead: Annotated[str, Mention()]
    drugs: list[Drug] = []


STUDY = {"lead": "Ada", "drugs": [{"name": "heronol", "doses": [{"amount": 2.0, "unit": "g"}, {"amount": 4.0}]}]}
HERE = Passage(field="abstract", start=0, end=4)


def test_every_kind_of_field_has_its_shape() -> None:
    kinds = {part.key: part.shape.kind for part in parts_of(Drug)}
    assert kinds == {
        "name": "text", "doses": "list", "best": "object", "aliases": "entries", "seen": "list", "parent": "object",
    }  # fmt: skip
    assert {part.key: part.shape.choices for part in parts_of(Dose)}["unit"] == ("mg", "g")
    assert {part.key: part.shape.kind for part in parts_of(PaperExtraction)}["results"] == "list"


def test_paths_stay_when_items_in_front_go() -> None:
    draft = Draft(PaperExtraction, truth())
    draft.remove(Remove(path="/results/0"))
    draft.change(Change(path="/results/1/metric", value="F1"))
    draft.add(Add(path="/results", value={"score": "1", "kind": "value", "evidence": "1"}, part="score", passage=HERE))
    draft.remove(Remove(path="/results/1"))
    found, paths = draft.final()
    assert [each["score"] for each in found["results"]] == ["2.5x", "1"]
    assert (paths["/results/0"], paths["/results/1/score"]) == ("/results/2", "/results/3/score")
    told = [(each.path, each.action) for each in draft.actions(paths, complete=False)]
    assert told == [("/results/0", "removed"), ("/results/1", "removed"), ("/results/1", "added")]


def test_what_was_added_and_removed_again_never_was() -> None:
    draft = Draft(PaperExtraction, truth())
    before = draft.final()[0]
    path = draft.add(Add(path="/tasks", value="retrieval", passage=HERE))
    draft.remove(Remove(path=path))
    draft.change(Change(path="/results/0/setting", value="zero-shot"))
    draft.remove(Remove(path="/results/0/setting"))
    found, paths = draft.final()
    assert found == before
    assert list(draft.actions(paths, complete=False)) == []


def test_a_value_put_back_is_confirmed() -> None:
    draft = Draft(PaperExtraction, truth())
    draft.change(Change(path="/tasks/0", value="x"))
    draft.change(Change(path="/tasks/0", value=truth()["tasks"][0]))
    (only,) = draft.actions(draft.final()[1], complete=False)
    assert (only.action, only.was) == ("confirmed", None)


def test_objects_within_objects_are_made_part_by_part() -> None:
    draft = Draft(Study, STUDY)
    draft.change(Change(path="/drugs/0/best/amount", value="4"))
    draft.change(Change(path="/drugs/0/parent/name", value="egretol"))
    draft.add(Add(path="/drugs/0/aliases/old~1name", value="heron"))
    draft.add(Add(path="/drugs/0/doses", value={"unit": "g"}, part="unit"))
    assert draft.lacking() == [("/drugs/0/doses/2", "amount")]
    found, _ = draft.final()
    (drug,) = found["drugs"]
    assert (drug["best"], drug["parent"], drug["aliases"]) == (
        {"amount": "4"},
        {"name": "egretol"},
        {"old/name": "heron"},
    )
    assert len(drug["doses"]) == 2
    Study.model_validate(found)


def test_a_required_value_at_the_top_becomes_null() -> None:
    draft = Draft(Study, STUDY)
    draft.remove(Remove(path="/lead"))
    assert draft.final()[0]["lead"] is None


@pytest.mark.parametrize(
    "path", ["", "/", "/nothing", "/drugs", "/drugs/7", "/drugs/-1", "/drugs/0/name", "/drugs/0/doses/0/amount"]
)
def test_what_cannot_go_is_refused(path: str) -> None:
    with pytest.raises(RefusedError):
        Draft(Study, STUDY).remove(Remove(path=path))


PATHS = st.sampled_from(
    ["/lead", "/drugs", "/drugs/0", "/drugs/1", "/drugs/1/name", "/drugs/0/name", "/drugs/0/doses", "/drugs/0/doses/0",
     "/drugs/0/doses/1/unit", "/drugs/0/doses/2", "/drugs/0/best/amount", "/drugs/0/parent/parent/name",
     "/drugs/0/aliases/a", "/drugs/0/aliases", "/drugs/0/seen", ""]
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.sampled_from(["x", "mg", 1, None, {"name": "y"}, {"amount": 3}, {}, [], "4"])
ACTS = st.one_of(
    st.builds(Confirm, path=PATHS),
    st.builds(Remove, path=PATHS),
    st.builds(Change, path=PATHS, value=VALUES),
    st.builds(Add, path=PATHS, value=VALUES, part=st.sampled_from([None, "name", "amount"])),
)


@given(st.lists(ACTS, max_size=12), st.booleans())
def test_any_actions_in_any_order_leave_a_draft_that_can_be_told(actions: list[Any], complete: bool) -> None:
    draft = Draft(Study, STUDY)
    for action in actions:
        assert ACTIONS.validate_python(json.loads(action.model_dump_json(exclude_none=True))) == action
        try:
            getattr(draft, action.do)(action)
        except RefusedError:
            continue
    found, paths = draft.final()
    json.dumps(found)
    for final, path in paths.items():
        assert draft.place(path).path == path
        assert final.count("/") == path.count("/")
    told = list(draft.actions(paths, complete=complete))
    assert len({(each.path, each.action == "removed") for each in told}) == len(told)
    for each in told:
        assert each.action == "removed" or each.path in paths
        assert (each.was is not None) == (each.action in ("changed", "removed"))
