"""Fitting an answer to its schema, part by part: one bad item does not lose its siblings."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import AnswerError
from ..records import Finding
from ..schema.marked import input_keys

__all__ = ["conform"]

SchemaT = TypeVar("SchemaT", bound=BaseModel)
_MAX_SHOWN = 300


def conform(data: Any, schema: type[SchemaT]) -> tuple[SchemaT, tuple[Finding, ...]]:
    """Reads an answer as an instance of the schema, leaving out the parts that do not fit.

    Args:
        data: parsed JSON, or an instance of the schema, which is returned as it is.
        schema: any Pydantic model.

    Returns:
        The instance, and a `schema_mismatch` finding for each part left out: the item of a list, or
        the value of a field that has a default.

    Raises:
        AnswerError: nothing usable is left (`schema_mismatch`).
    """
    if isinstance(data, schema):
        return data, ()
    if isinstance(data, dict) and input_keys(schema).isdisjoint(data):
        raise AnswerError("schema_mismatch", f"the answer has none of the fields of {schema.__name__}")
    findings: list[Finding] = []
    copied = False
    while True:
        try:
            return schema.model_validate(data), tuple(findings)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_input=False, include_context=False)
        data, copied = (data, True) if copied else (deepcopy(data), True)
        removed = _remove(data, problems, findings)
        if not removed:
            first = problems[0]
            where = "/".join(map(str, first["loc"])) or "the answer"
            raise AnswerError("schema_mismatch", f"{where}: {first['msg']} (for {schema.__name__})")


def _remove(data: Any, problems: list[Any], findings: list[Finding]) -> bool:
    """Takes out the smallest removable part behind each problem; says whether there was one."""
    parts: dict[tuple[int | str, ...], str] = {}
    for problem in problems:
        if part := _smallest_part(data, problem["loc"], missing=problem["type"] == "missing"):
            parts.setdefault(part, problem["msg"])
    # from the back, so that the indexes in front stay right
    for part in sorted(parts, key=lambda p: [(isinstance(k, str), k) for k in p], reverse=True):
        *parents, last = part
        container = data
        for key in parents:
            container = container[key]
        value = container.pop(last)
        if value is None:  # null for "nothing": no part of the answer is lost
            continue
        text = str(value)
        findings.append(
            Finding(
                path="".join(f"/{key}" for key in part),
                code="schema_mismatch",
                severity="error",
                message=f"does not fit the schema: {parts[part]}",
                value=text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…",
                action="dropped",
            )
        )
    return bool(parts)


def _smallest_part(data: Any, loc: tuple[int | str, ...], *, missing: bool) -> tuple[int | str, ...] | None:
    """The innermost list item on the way to a problem, else the innermost key that is there."""
    walked: list[int | str] = []
    item: tuple[int | str, ...] | None = None
    for key in loc:
        inside = isinstance(data, dict) and key in data
        if isinstance(data, list) and isinstance(key, int) and key < len(data):
            item = (*walked, key)
        elif not inside:
            break  # a tag that Pydantic puts into the path of a union, or a missing key
        walked.append(key)
        data = data[key]
    if item or missing:
        return item
    return tuple(walked) or None
