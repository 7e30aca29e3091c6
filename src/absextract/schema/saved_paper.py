"""What the extraction of a saved record must be like, where it is one of `PaperExtraction`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from .faults import first_fault
from .paper import is_paper

__all__ = ["fault_in_paper"]

_WIDEST = 2**63  # what databases and tables take


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
    evidence: _Text = None
    unit: _Text = None
    value: _Number | None = None
    upper: _Number | None = None


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
