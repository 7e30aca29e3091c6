"""Checking records that are already there, from any tool: JSONL with `title`, `abstract` and `extraction`."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from .ordered import ordered_map
from .output.jsonl import STDOUT, RecordFile, check_writable
from .output.summary import RunSummary
from .pipeline import validate
from .records import Abstract, BadInput, ErrorInfo, ExtractorInfo, Record, Source
from .schema.export import schema_digest
from .sources.read import expand, read_inputs
from .validation.validator import Unsupported

__all__ = ["validate_file"]

_RECORDS_AT_ONCE = 64
_OURS = ("schema_version", "status", "extraction", "grounding", "findings", "extractor", "error")


async def validate_file(
    path: str,
    out: str,
    *,
    schema: type[BaseModel],
    unsupported: Unsupported,
    check_links: bool,
    settings: dict[str, Any],
) -> RunSummary:
    """Writes the checked record of each line, in order.

    A line that cannot be read or holds no extraction becomes a failed record. With `check_links`, every
    URL that the text supports is asked whether it answers.

    Raises:
        UsageError: the input cannot be read, or the output not be written.
    """
    check_writable(out)
    paths = expand([path], exclude=None if out == STDOUT else out)
    summary, began = RunSummary(settings), time.monotonic()
    file = RecordFile(out, fresh=True)
    complete = False
    try:
        records = _records(paths, schema, unsupported)
        async for record in _asked(records) if check_links else _as_they_are(records):
            file.add(record.to_json())
            summary.count(record)
        complete = True
    finally:
        file.close(complete=complete)
    summary.seconds = time.monotonic() - began
    return summary


async def _asked(records: Iterator[Record[Any]]) -> AsyncIterator[Record[Any]]:
    from .link_check import LinkChecker, with_link_findings  # loads an HTTP client

    async with LinkChecker() as checker:

        async def ask(record: Record[Any]) -> Record[Any]:
            return await with_link_findings(record, checker)

        async for record in ordered_map(ask, records, concurrency=_RECORDS_AT_ONCE):
            yield record


async def _as_they_are(records: Iterator[Record[Any]]) -> AsyncIterator[Record[Any]]:
    for record in records:
        yield record


def _records(paths: list[str], schema: type[BaseModel], unsupported: Unsupported) -> Iterator[Record[Any]]:
    for item in read_inputs(paths, format="jsonl"):
        unknown = ExtractorInfo(model="external", schema=schema_digest(schema), attempts=0)
        if isinstance(item, BadInput):
            message = f"{item.source.path}:{item.line}: {item.message}"
            yield Record[Any].failed(item.as_abstract(), unknown, ErrorInfo(code="bad_input", message=message))
            continue
        line = dict(item.metadata)
        paper, made_by = _input_of(item, line), _extractor_of(line, unknown)
        if line.get("extraction") is None:
            yield Record[Any].failed(paper, made_by, _former_error(line))
        else:
            yield validate(line["extraction"], paper, schema=schema, unsupported=unsupported, extractor=made_by)  # type: ignore[arg-type]  # any JSON value; what does not fit fails


def _input_of(item: Abstract, line: dict[str, Any]) -> Abstract:
    """The abstract as the record had it, where the line is a record of ours; else as it stands here."""
    rest = {key: value for key, value in line.items() if key not in (*_OURS, "source", "metadata")}
    metadata = line.get("metadata")
    try:
        source = Source.model_validate(line.get("source", item.source))
    except ValidationError:
        source = item.source
    return item.model_copy(
        update={"source": source, "metadata": {**(metadata if isinstance(metadata, dict) else {}), **rest}}
    )


def _extractor_of(line: dict[str, Any], unknown: ExtractorInfo) -> ExtractorInfo:
    try:
        return ExtractorInfo.model_validate(line.get("extractor"))
    except ValidationError:
        return unknown


def _former_error(line: dict[str, Any]) -> ErrorInfo:
    try:
        return ErrorInfo.model_validate(line.get("error"))
    except ValidationError:
        return ErrorInfo(code="no_extraction", message="the line holds no extraction")
