"""A paper as the page shows it: its text in marked pieces, its places in order, what the validator says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..display.spans import Part, nest
from ..display.unclaimed import unclaimed_spans
from ..schema.marks import Number
from ..schema.pointers import step
from .draft import Draft, Place, is_empty
from .ordering import Value, values_of
from .paper_review import PaperReview
from .shapes import Shape, parts_of, shape_of

__all__ = ["view"]


def view(review: PaperReview, other: frozenset[Value] | None) -> dict[str, Any]:
    """All the page needs, as JSON.

    Args:
        review: the paper.
        other: the values that another run has for it, if there is one.
    """
    saved, draft, checked = review.saved, review.draft, review.checked
    rows = list(_rows(review))
    numbers = {row["path"]: number for number, row in enumerate(rows)}
    findings = checked.row["findings"]
    return {
        "id": saved.id,
        "version": review.version,
        "done": review.complete,
        "undo": bool(review.entries),
        "by": saved.extractor.model,
        "status": checked.row["status"],
        "error": [saved.error.code, saved.error.message] if saved.error else None,
        "t": _marked(review, "title", numbers),
        "a": _marked(review, "abstract", numbers),
        "rows": rows,
        "f": [_finding(each, numbers, checked.paths) for each in findings],
        "dropped": [[each.path, _text(each.value), each.message, each.code] for each in saved.findings if _went(each)],
        "other": _other(draft, other),
    }


def _rows(review: PaperReview) -> Iterator[dict[str, Any]]:
    draft, checked = review.draft, review.checked
    finals = {path: final for final, path in checked.paths.items()}
    known = {each["path"]: each for each in checked.row["grounding"]}
    lacking = dict(draft.lacking())
    for place in draft.places():
        final = finals.get(place.path)
        value = _shown(review, place, finals)
        before = draft.before(place.path)
        row: dict[str, Any] = {
            "path": place.path,
            "key": _name(place),
            "kind": place.shape.kind,
            "required": place.required,
            "state": draft.state(place.path),
            "text": None if is_empty(value) or isinstance(value, dict | list) else _text(value),
        }
        ground = known.get(final) if final is not None else None
        if ground and ground.get("confidence") is not None:
            row["confidence"] = ground["confidence"]
        if place.shape.choices:
            row["choices"] = [[each, _text(each)] for each in place.shape.choices]
        if place.shape.inner:
            row["inner"] = place.shape.inner.kind
            if lead := _lead(place.shape.inner):
                row["lead"] = lead
        if row["state"] == "changed":
            row["was"] = _text(before)
        if place.path in lacking:
            row["lacks"] = lacking[place.path]
        yield row


def _lead(shape: Shape) -> str | None:
    """The part of a new object that a passage is first taken for: its number, else what it cannot be without."""
    parts = [part for model in shape.models[:1] for part in parts_of(model) if part.shape.kind == "text"]
    first = max(
        parts, key=lambda part: (part.required and isinstance(part.shape.mark, Number), part.required), default=None
    )
    return first.key if first else None


def _shown(review: PaperReview, place: Place, finals: dict[str, str]) -> Any:
    """What stands there; where it goes into the record, as it stands there, defaults too."""
    if place.shape.kind in ("object", "list", "entries"):
        return place.value
    above = finals.get(place.path.rpartition("/")[0])
    if place.path in finals:
        return review.checked.value(finals[place.path])
    return place.value if above is None or not is_empty(place.value) else review.checked.value(step(above, place.key))


def _name(place: Place) -> str:
    """What a place is called: its key; that of its list for an item."""
    if isinstance(place.key, str):
        return place.key
    keys = [key for key in place.path.split("/") if not key.isdigit()]
    return keys[-1].replace("~1", "/").replace("~0", "~")


def _marked(review: PaperReview, name: str, numbers: dict[str, int]) -> list[Any]:
    """A text as nested parts; places have their number, findings theirs below zero."""
    row, paths = review.checked.row, review.checked.paths
    spans = [
        (each["start"], each["end"], numbers[paths[each["path"]]])
        for each in row["grounding"]
        if each["field"] == name and paths.get(each["path"]) in numbers
    ]
    told = ((each["code"], each["message"]) for each in row["findings"])
    spans += [(start, end, -1 - number) for start, end, number in unclaimed_spans(told, name)]
    return [_plain(part) for part in nest(getattr(review.saved, name), spans)]


def _plain(part: Part) -> Any:
    return part if isinstance(part, str) else [part.labels, [_plain(inner) for inner in part.parts]]


def _finding(finding: dict[str, Any], numbers: dict[str, int], paths: dict[str, str]) -> list[Any]:
    path = paths.get(finding["path"], finding["path"])
    value = None if finding["value"] is None else _text(finding["value"])
    return [finding["code"], finding["severity"], finding["message"], value, False, numbers.get(path, -1), path]


def _went(finding: Any) -> bool:
    return finding.action == "dropped" and finding.value is not None


def _other(draft: Draft, other: frozenset[Value] | None) -> list[list[str]]:
    """What the other run has and this one has not: field and text, in order."""
    if other is None:
        return []
    here = frozenset(values_of(draft.final()[0], shape_of(draft.schema)))
    return sorted([field.strip("/").replace("/", ", "), text] for field, text in other - here)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
