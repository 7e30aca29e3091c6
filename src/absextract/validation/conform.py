"""Fitting an answer to its schema, part by part: one bad item does not lose its siblings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from ..errors import AnswerError
from ..records import Finding
from ..schema.faults import TOO_DEEP, fault_of
from ..schema.marked import input_keys
from ..schema.pointers import LeftOut, at_first, pointer
from .budget import few_findings, with_bounded_lists
from .verdicts import shown

__all__ = ["conform"]

SchemaT = TypeVar("SchemaT", bound=BaseModel)
Path = tuple[int | str, ...]


def conform(data: Any, schema: type[SchemaT]) -> tuple[SchemaT, tuple[Finding, ...], LeftOut]:
    """Reads an answer as an instance of the schema, leaving out the parts that do not fit.

    Args:
        data: parsed JSON, or an instance of the schema, which is returned as it is.
        schema: any Pydantic model.

    Returns:
        The instance, a `schema_mismatch` finding for each part left out (the item of a list, or the value
        of a field that has a default) and a `too_many_items` for each list that was too long, and which items of
        which lists are gone. All pointers lead into `data`.

    Raises:
        AnswerError: nothing usable is left (`schema_mismatch`).
    """
    if isinstance(data, schema):
        return data, (), {}
    try:
        data, too_many = with_bounded_lists(data)
        data = _writable(data)
    except RecursionError:
        raise AnswerError("schema_mismatch", f"the answer is {TOO_DEEP}") from None
    keys = input_keys(schema)
    if keys and isinstance(data, dict) and keys.isdisjoint(data):
        raise AnswerError("schema_mismatch", f"the answer has none of the fields of {schema.__name__}")
    gone: dict[Path, str] = {}
    while True:
        left_out = _by_list(gone)
        try:
            instance = schema.model_validate(_without(data, (), gone) if gone else data)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_context=False)
        else:
            return instance, (*too_many, *few_findings(_findings(data, gone))), left_out
        found = {part: fault_of(p) for p in problems if (part := _smallest_part(data, p, left_out)) is not None}
        if found.keys() <= gone.keys():
            first = problems[0]
            where = "/".join(map(str, first["loc"])) or "the answer"
            raise AnswerError("schema_mismatch", f"{where}: {fault_of(first)} (for {schema.__name__})")
        gone |= found


def _writable(data: Any) -> Any:
    """JSON values with half surrogate pairs replaced: they cannot be written as UTF-8."""
    try:
        to_json(data)  # in no time; such pairs are rare
    except ValueError:
        return _mended(data)
    return data


def _mended(data: Any) -> Any:
    if isinstance(data, str):
        return data.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(data, list):
        return [_mended(item) for item in data]
    if isinstance(data, dict):
        return {_mended(key): _mended(value) for key, value in data.items()}
    return data


def _findings(data: Any, gone: Mapping[Path, str]) -> list[Finding]:
    findings = []
    for path in sorted(gone, key=lambda p: [(isinstance(key, str), key) for key in p]):
        value = data
        for key in path:
            value = value[key]
        if value is not None:  # null for "nothing": no part of the answer is lost
            message = f"does not fit the schema: {gone[path]}"
            findings.append(
                Finding(
                    path=pointer(path),
                    code="schema_mismatch",
                    severity="error",
                    message=message,
                    value=shown(value),
                    action="dropped",
                )
            )
    return findings


def _by_list(gone: Mapping[Path, str]) -> dict[str, list[int]]:
    lists: dict[str, list[int]] = {}
    for path in gone:
        if isinstance(path[-1], int):
            lists.setdefault(pointer(path[:-1]), []).append(path[-1])
    return {place: sorted(indexes) for place, indexes in lists.items()}


def _without(node: Any, path: Path, gone: Mapping[Path, str]) -> Any:
    """A copy of the answer without the parts that are gone."""
    if isinstance(node, dict):
        return {k: _without(v, (*path, k), gone) for k, v in node.items() if (*path, k) not in gone}
    if isinstance(node, list):
        return [_without(v, (*path, i), gone) for i, v in enumerate(node) if (*path, i) not in gone]
    return node


def _smallest_part(data: Any, problem: Any, left_out: LeftOut) -> Path | None:
    """The innermost list item on the way to a problem, else the innermost key that is there."""
    walked: Path = ()
    item: Path | None = None
    for key in problem["loc"]:
        if isinstance(data, list) and isinstance(key, int):
            index = at_first(key, left_out.get(pointer(walked), ()))
            if index >= len(data):
                break
            walked = item = (*walked, index)
            data = data[index]
        elif isinstance(data, dict) and key in data:
            walked = (*walked, key)
            data = data[key]
        else:
            break  # a tag that Pydantic puts into the path of a union, or a missing key
    if item or problem["type"] == "missing":
        return item
    return walked or None
