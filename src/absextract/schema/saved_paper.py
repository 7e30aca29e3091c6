"""What the extraction of a saved record must be like, where it is one of `PaperExtraction`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ..text.score_reading import read_score
from .faults import first_fault
from .paper import is_paper

__all__ = ["computed_of", "fault_in_paper"]

_WIDEST = 2**63  # what databases and tables take
_COMPUTED = ("value", "upper", "unit", "deviation", "bound")


def _is_narrow(number: Any) -> Any:
    if isinstance(number, int) and abs(number) >= _WIDEST:
        raise ValueError("a number of more than 64 bits")
    return number


_Number = Annotated[float, Field(allow_inf_nan=False), BeforeValidator(_is_narrow)]
_Text = str | None


class _Lenient(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Result(_Lenient):
    score: _Text = None
    kind: _Text = None
    metric: _Text = None
    dataset: _Text = None
    method: _Text = None
    baseline: _Text = None
    setting: _Text = None
    evidence: _Text = None
    own: bool | None = None
    unit: _Text = None
    value: _Number | None = None
    upper: _Number | None = None
    deviation: _Number | None = None
    bound: _Text = None


class _Link(_Lenient):
    url: _Text = None
    kind: _Text = None


class _Paper(_Lenient):
    tasks: list[str] | None = None
    methods: list[str] | None = None
    datasets: list[str] | None = None
    metrics: list[str] | None = None
    results: list[_Result] | None = None
    links: list[_Link] | None = None
    code_url: _Text = None


def fault_in_paper(extraction: Any, schema: str) -> str | None:
    """What is wrong with an extraction as JSON; nothing where there is none, or one of another schema.

    Args:
        extraction: what stands in the record.
        schema: the name of its schema, empty where the record does not say.
    """
    if extraction is None:
        return None
    if not isinstance(extraction, dict):
        return "extraction: is no object"
    if not is_paper(extraction, schema):
        return None
    try:
        _Paper.model_validate(extraction)
    except ValidationError as error:
        return f"extraction.{first_fault(error)}"
    return None


def computed_of(result: Mapping[str, Any]) -> dict[str, Any]:
    """What the library computes from a score: as it stands in a saved result, and computed where it does not.

    Args:
        result: JSON values of any kind; records of schema version 1 have no `deviation` and `bound`.
    """
    there = {name: result[name] for name in _COMPUTED if name in result}
    if len(there) == len(_COMPUTED):
        return there
    score, evidence = result.get("score"), result.get("evidence")
    read = read_score(score if isinstance(score, str) else "", evidence if isinstance(evidence, str) else "")
    return {name: there.get(name, getattr(read, name)) for name in _COMPUTED}
