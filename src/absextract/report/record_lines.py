"""Reading record files for people to look at: leniently, and whatever the schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from ..errors import InputError
from ..records import ErrorInfo, Finding, Grounding, Usage
from ..schema.paper import PaperExtraction
from ..sources.opening import as_input_error, opened
from ..sources.read import expand

__all__ = ["BadLine", "ShownRecord", "read_records"]


class _Extractor(BaseModel):
    model_config = ConfigDict(extra="ignore", protected_namespaces=())

    model: str = ""
    schema_: str = Field("", alias="schema")
    attempts: int = 1
    usage: Usage | None = None


class _Source(BaseModel):
    path: str = ""
    index: int = 0


class ShownRecord(BaseModel):
    """A record with the extraction as it stands in the file, or a line of another tool that is like one."""

    model_config = ConfigDict(extra="ignore")

    id: str = ""
    title: str = ""
    abstract: str = ""
    source: _Source = _Source()
    metadata: dict[str, Any] = {}
    status: Literal["ok", "flagged", "failed"]
    extraction: dict[str, Any] | None
    grounding: tuple[Grounding, ...] = ()
    findings: tuple[Finding, ...] = ()
    extractor: _Extractor = _Extractor.model_validate({})
    error: ErrorInfo | None = None
    _place: str = PrivateAttr("")

    @model_validator(mode="before")
    @classmethod
    def _fill_status(cls, line: Any) -> Any:
        if isinstance(line, dict) and "status" not in line:
            failed = line.get("extraction") is None
            return {**line, "status": "failed" if failed else "flagged" if line.get("findings") else "ok"}
        return line

    @property
    def place(self) -> str:
        """`path:line` of the file it was read from."""
        return self._place

    @property
    def is_paper(self) -> bool:
        """Whether the extraction is one of `PaperExtraction`."""
        name = self.extractor.schema_.partition("@")[0]
        if name:
            return name == PaperExtraction.__name__
        return bool(self.extraction) and set(self.extraction or ()) <= set(PaperExtraction.model_fields)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no record.

    Attributes:
        place: `path:line`.
        message: what is wrong with it.
    """

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def read_records(path: str) -> Iterator[ShownRecord | BadLine]:
    """The records of a file, one after the other; a line that is none is told in its place.

    Args:
        path: a file, packed or not, or `-` for standard input.

    Raises:
        InputError: the file cannot be read, or none of its lines is a record.
    """
    (name,) = expand([path])[:1]
    first_bad: BadLine | None = None
    good = 0
    with opened(name) as stream, as_input_error(name):
        for number, raw in enumerate(_lines(stream), start=1):
            if raw.strip():
                item = _record(raw, f"{path}:{number}")
                good += isinstance(item, ShownRecord)
                first_bad = first_bad or (item if isinstance(item, BadLine) else None)
                yield item
    if not good:
        why = f"; line {first_bad.place.rpartition(':')[2]}: {first_bad.message}" if first_bad else ""
        raise InputError(f"holds no records{why}", path=path)


def _lines(stream: Any) -> Iterator[bytes]:
    """Lines end with LF alone: a text may hold any other separator."""
    rest = b""
    while block := stream.read(1 << 20):
        *whole, rest = (rest + block).split(b"\n")
        yield from whole
    yield rest


def _record(raw: bytes, place: str) -> ShownRecord | BadLine:
    try:
        line = json.loads(raw.decode("utf-8-sig"), parse_constant=lambda _: None)
    except UnicodeDecodeError as error:
        return BadLine(place, f"not UTF-8 at byte {error.start} of the line")
    except (ValueError, RecursionError) as error:
        return BadLine(place, f"not valid JSON: {error}")
    if not isinstance(line, dict) or "extraction" not in line:
        return BadLine(place, "not a record: holds no extraction")
    try:
        record = ShownRecord.model_validate(line)
        record._place = place
        return record
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return BadLine(place, f"not a record: {'.'.join(map(str, first['loc'])) or 'the line'}: {first['msg']}")
