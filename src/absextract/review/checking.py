"""A draft held against its text: the record that comes of it, with what the validator says now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..errors import AnswerError
from ..one_shot import validate
from ..records import Abstract, ExtractorInfo, Grounding, Source
from ..sources.record_lines import SavedRecord
from ..validation.conform import conform
from .draft import Draft, is_empty

__all__ = ["Checked", "check", "fault", "fitting"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What comes of a draft.

    Attributes:
        row: the record as JSON, without its review.
        paths: for each path in its extraction the path in the draft.
    """

    row: dict[str, Any]
    paths: dict[str, str]

    def value(self, path: str) -> Any:
        """What stands at a path of the extraction."""
        node: Any = self.row["extraction"]
        for key in path.split("/")[1:]:
            name = key.replace("~1", "/").replace("~0", "~")
            node = node[int(name)] if isinstance(node, list) else node.get(name)
        return node


def check(draft: Draft, saved: SavedRecord, info: ExtractorInfo) -> Checked:
    """Validates a draft against title and abstract of its record; nothing of it is dropped."""
    extraction, paths = draft.final()
    paper = Abstract(
        id=saved.id,
        title=saved.title,
        abstract=saved.abstract,
        source=Source(path=saved.source.path, index=saved.source.index),
        metadata=saved.metadata,
    )
    record = validate(
        extraction if any(not is_empty(value) for value in extraction.values()) else _nothing(draft, extraction),
        paper,
        schema=draft.schema,
        unsupported="keep",
        extractor=info,
        confidence=_confidence(draft, saved, paths),
    )
    row: dict[str, Any] = json.loads(record.written()[1])
    if row["extraction"] is None:  # a required value at the top was removed, which its own schema does not allow for
        row.update(status="flagged", extraction=extraction, error=None, findings=[_misfit(row["error"])])
    else:
        _keep_choices(row["extraction"], draft, paths)
    row["grounding"] = _grounded(row["grounding"], draft, saved, paths)
    return Checked(row, paths)


def fitting(extraction: dict[str, Any] | None, schema: type[BaseModel]) -> dict[str, Any] | None:
    """An extraction without the parts that its schema has no place for, which another version may have let in."""
    if extraction is None:
        return None
    try:
        instance, misfits, _ = conform(extraction, schema)
    except AnswerError:
        return extraction
    return instance.model_dump(mode="json", by_alias=True, warnings="none") if misfits else extraction


def fault(draft: Draft) -> str | None:
    """Why a draft does not fit its schema, where it does not for another reason than what it lacks."""
    extraction, paths = draft.final()
    try:
        _, findings, _ = conform(extraction, draft.schema)
    except AnswerError as error:
        lacks = any(value is None for value in extraction.values()) or not any(extraction.values())
        return None if lacks else error.message
    return next((f"{paths.get(each.path, each.path)}: {each.message}" for each in findings), None)


def _nothing(draft: Draft, extraction: dict[str, Any]) -> Any:
    """An extraction that holds nothing, which is no misfit."""
    try:
        return draft.schema.model_validate(extraction)
    except ValueError:
        return extraction


def _misfit(error: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": "",
        "code": error["code"],
        "severity": "error",
        "message": error["message"],
        "value": None,
        "action": "kept",
    }


def _confidence(draft: Draft, saved: SavedRecord, paths: dict[str, str]) -> dict[str, float]:
    """That of the values which are still the model's."""
    known = {each.path: each.confidence for each in saved.grounding if each.confidence is not None}
    return {
        final: known[path]
        for final, path in paths.items()
        if path in known and draft.state(path) in (None, "confirmed")
    }


def _keep_choices(extraction: dict[str, Any], draft: Draft, paths: dict[str, str]) -> None:
    """Puts back what a person chose for a field that the library computes."""
    for final, path in paths.items():
        touch = draft.touched.get(path)
        place = draft.place(path) if touch else None
        if place and place.shape.kind == "choice":
            node: Any = extraction
            *above, last = [key.replace("~1", "/").replace("~0", "~") for key in final.split("/")[1:]]
            for key in above:
                node = node[int(key)] if isinstance(node, list) else node[key]
            if isinstance(node, dict):
                node[last] = place.value


def _grounded(
    grounding: list[dict[str, Any]], draft: Draft, saved: SavedRecord, paths: dict[str, str]
) -> list[dict[str, Any]]:
    """The grounding with the passages that a person chose in the place of those that the validator found."""
    places = {each["path"]: each for each in grounding}
    for final, path in paths.items():
        touch = draft.touched.get(path)
        if touch is None or touch.passage is None:
            continue
        passage = touch.passage
        text = getattr(saved, passage.field)[passage.start : passage.end]
        if text == draft.place(path).value:
            chosen = Grounding(path=final, match="exact", **passage.model_dump())
            places[final] = {**places.get(final, {}), **chosen.model_dump()}
    return list(places.values())
