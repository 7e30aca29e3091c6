"""Checking records that are already there, from any tool: JSONL with `title`, `abstract` and `extraction`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import closing
from typing import Any

from pydantic import BaseModel, ValidationError

from ..one_shot import validate
from ..ordered import ordered_work
from ..output.anew import written_anew
from ..output.jsonl import STDOUT
from ..output.places import check_is_no_input
from ..output.summary import RunSummary, Tally
from ..records import Abstract, BadInput, ErrorInfo, ExtractorInfo, Record, ReviewInfo, Source, confidences_in
from ..schema.export import schema_digest
from ..sources.input_files import are_files, expand
from ..sources.markup import as_shown, values_as_shown
from ..sources.read import unless_hopeless
from ..sources.record_lines import RecordLine, no_records, read_lines
from ..sources.taking import Taker
from ..validation.validator import Unsupported

__all__ = ["validate_file"]

_RECORDS_AT_ONCE = 64
_OURS = (
    "schema_version", "status", "grounding", "findings", "extractor", "error", "source", "metadata", "review",
    "entities",
)  # fmt: skip
_NOTHING = ErrorInfo(code="no_extraction", message="the line holds no extraction")


async def validate_file(
    path: str,
    out: str,
    *,
    schema: type[BaseModel],
    unsupported: Unsupported,
    check_links: bool,
    settings: dict[str, Any],
) -> RunSummary:
    """Writes the checked record of each line, in order; records of a former run are replaced at the end.

    A line that cannot be read or holds no extraction becomes a failed record. With `check_links`, every
    URL that the text supports is asked whether it answers.

    Raises:
        UsageError: the input cannot be read, the output not be written, or it holds something else than records.
    """
    paths = expand([path], exclude=(None if out == STDOUT else out,), outputs=True)
    check_is_no_input(out, paths)
    summary = RunSummary(settings)
    with (
        written_anew(out, summary) as file,
        closing(Taker(_records(paths, schema, unsupported), may_wait=not are_files(paths))) as taker,
    ):
        async for record in _asked(taker) if check_links else taker:
            written, line = record.written()
            file.add(line)
            summary.count(Tally.of(written))
    return summary


async def _asked(records: AsyncIterator[Record[Any]]) -> AsyncIterator[Record[Any]]:
    from ..validation.link_check import LinkChecker, with_link_findings  # loads an HTTP client

    async with LinkChecker() as checker:

        async def ask(record: Record[Any]) -> Record[Any]:
            return await with_link_findings(record, checker)

        async for record in ordered_work(ask, records, concurrency=_RECORDS_AT_ONCE):
            yield record


def _records(paths: list[str], schema: type[BaseModel], unsupported: Unsupported) -> Generator[Record[Any]]:
    unknown = ExtractorInfo(model="external", schema=schema_digest(schema), attempts=0)
    for line in _likely_lines(paths):
        if isinstance(line, BadInput):
            yield Record[Any].unreadable(line, unknown)
        elif isinstance(item := line.paper(), BadInput):
            yield Record[Any].unreadable(item, unknown)
        else:
            yield _checked(item, line.is_ours, schema, unsupported, unknown)


def _likely_lines(paths: list[str]) -> Iterator[RecordLine | BadInput]:
    """The lines of files of records; a file that begins like none is refused before anything is written."""
    for path in paths:
        yield from unless_hopeless(read_lines([path]), path, refusal=no_records)


def _checked(
    item: Abstract, ours: bool, schema: type[BaseModel], unsupported: Unsupported, unknown: ExtractorInfo
) -> Record[Any]:
    """The record of a line, whose keys but those of its text are the metadata of `item`."""
    rest = dict(item.metadata)
    extraction = rest.pop("extraction", None)
    paper = _former_input(item, rest) if ours else as_shown(item.model_copy(update={"metadata": rest}))
    if not ours and (paper.title, paper.abstract) != (item.title, item.abstract):
        extraction = values_as_shown(extraction)
    made_by = _former_extractor(rest, unknown) if ours else unknown
    if extraction is None:
        return Record[Any].failed(paper, made_by, _former_error(rest) if ours else _NOTHING)
    checked = validate(
        extraction,  # type: ignore[arg-type]  # any JSON value; what does not fit fails
        paper,
        schema=schema,
        unsupported=unsupported,
        extractor=made_by,
        confidence=confidences_in(rest.get("grounding")) if ours else {},
    )
    review = _former_review(rest) if ours else None
    return checked if review is None else checked.model_copy(update={"review": review})


def _former_input(item: Abstract, line: dict[str, Any]) -> Abstract:
    """The abstract as the record had it."""
    rest = {key: value for key, value in line.items() if key not in _OURS}
    metadata = line.get("metadata")
    try:
        source = Source.model_validate(line.get("source"))
    except ValidationError:
        source = item.source
    return item.model_copy(
        update={"source": source, "metadata": {**(metadata if isinstance(metadata, dict) else {}), **rest}}
    )


def _former_extractor(line: dict[str, Any], unknown: ExtractorInfo) -> ExtractorInfo:
    try:
        return ExtractorInfo.model_validate(line.get("extractor"))
    except ValidationError:
        return unknown


def _former_review(line: dict[str, Any]) -> ReviewInfo | None:
    """What a person did; where the check drops values, its paths are those from before."""
    try:
        return ReviewInfo.model_validate(line.get("review"))
    except ValidationError:
        return None


def _former_error(line: dict[str, Any]) -> ErrorInfo:
    try:
        return ErrorInfo.model_validate(line.get("error"))
    except ValidationError:
        return _NOTHING
