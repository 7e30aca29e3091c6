"""Reading record files: JSON Lines with `title`, `abstract` and `extraction`, ours or another tool's.

One reader for all commands that take records. They differ in what they do with a line that is none, so `read_lines`
gives each line as it stands; `read_saved` and `read_records` give what a person looks at.
"""

from __future__ import annotations

import io
import os
import shlex
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ..display.short import counts_of, shortened
from ..errors import InputError
from ..records import Abstract, BadInput, Entity, ErrorInfo, Finding, Grounding, Source, Usage
from ..schema.faults import TOO_DEEP, first_fault
from .columns import NO_TEXT, to_abstract
from .input_files import expand
from .jsonl import read_rows
from .opening import BLOCK, STDIN, as_input_error, opened, printable
from .read import in_its_place

__all__ = ["RecordLine", "SavedRecord", "no_records", "read_lines", "read_records", "read_saved", "read_with_papers"]

_MOST = 2**53  # more than anybody counts, and exact in every program that reads JSON
_DEEPEST = 50
_MOST_ITEMS = 5_000  # as many as are checked
_SHOWN_OF_TITLE = 60


ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A line of a record file.

    Attributes:
        source: where it stands in the file.
        line: its number, from 1.
        row: its content.
    """

    source: Source
    line: int
    row: dict[str, Any]

    @property
    def is_ours(self) -> bool:
        """Whether absextract wrote it."""
        return "schema_version" in self.row

    def paper(self) -> Abstract | BadInput:
        """Its title and abstract, found by their usual names; all else is metadata."""
        paper = to_abstract(self.row, self.source, self.line)
        if isinstance(paper, Abstract) and not (paper.title.strip() or paper.abstract.strip()):
            # so is the record of an input that could not be read
            return BadInput(source=self.source, line=self.line, message=NO_TEXT, empty=True)
        return paper

    def saved(self) -> SavedRecord | BadInput:
        """The whole record, for people to look at."""
        if "extraction" not in self.row:
            return self.bad("not a record: holds no extraction")
        if large := _too_large(self.row):
            return self.bad(large)
        try:
            return SavedRecord.model_validate({**self.row, "place": f"{self.source.path}:{self.line}"})
        except ValidationError as error:
            return self.bad(f"not a record: {first_fault(error)}")

    def usable(self, fault: Callable[[dict[str, Any]], str | None]) -> tuple[Abstract, dict[str, Any]] | BadInput:
        """Its paper and its content, unless it has a fault."""
        if large := _too_large(self.row):
            return self.bad(large)
        paper = self.paper()
        if isinstance(paper, BadInput):
            return paper
        wrong = fault(self.row)
        return self.bad(wrong) if wrong else (paper, self.row)

    def bad(self, message: str) -> BadInput:
        """What is wrong with it, in its place."""
        return BadInput(source=self.source, line=self.line, message=message)


_Count = Annotated[int, Field(ge=0, le=_MOST)]


class _SavedUsage(Usage):
    prompt_tokens: _Count = 0
    completion_tokens: _Count = 0
    total_tokens: _Count = 0


class _SavedExtractor(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore", protected_namespaces=())

    model: str = ""
    schema_: str = Field("", alias="schema")
    attempts: _Count = 1
    usage: _SavedUsage | None = None


class _SavedSource(BaseModel):
    path: str = ""
    index: _Count = 0


class SavedRecord(BaseModel):
    """A record as it stands in a file, or a line of another tool that is like one; what is missing has its default."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    place: str = ""
    """`path:line` of the file it was read from."""
    id: str = ""
    title: str = ""
    abstract: str = ""
    source: _SavedSource = _SavedSource()
    metadata: dict[str, Any] = {}
    status: Literal["ok", "flagged", "failed"]
    extraction: dict[str, Any] | None
    """JSON values: `PaperExtraction.model_validate(record.extraction)` makes an object of them."""
    grounding: tuple[Grounding, ...] = ()
    findings: tuple[Finding, ...] = ()
    extractor: _SavedExtractor = _SavedExtractor.model_validate({})
    error: ErrorInfo | None = None
    entities: tuple[Entity, ...] | None = None

    def __repr__(self) -> str:
        found = self.error.code if self.error else counts_of(self.extraction, self.findings)
        shown = shortened(self.title or self.abstract, _SHOWN_OF_TITLE)
        return f"<SavedRecord {self.id}, {self.status}: {shown!r}{found and f'; {found}'}>"

    __str__ = __repr__

    @property
    def schema_name(self) -> str:
        """Name of the schema that it was made for; empty where it does not say."""
        return self.extractor.schema_.partition("@")[0]

    @model_validator(mode="before")
    @classmethod
    def _fill_status(cls, line: Any) -> Any:
        if isinstance(line, dict) and "status" not in line:
            failed = line.get("extraction") is None
            return {**line, "status": "failed" if failed else "flagged" if line.get("findings") else "ok"}
        return line


def read_records(path: str | os.PathLike[str]) -> Iterator[SavedRecord]:
    """Reads the records of a file, folder or glob (`-`: standard input), streaming; failed ones too.

    Args:
        path: what to read: JSON Lines, packed or not.

    Raises:
        InputError: no such file, or a line that is no record.
    """
    for item in read_saved([os.fspath(path)]):
        if isinstance(item, BadInput):
            raise in_its_place(item)
        yield item


def read_saved(inputs: Iterable[str], *, exclude: str | None = None) -> Iterator[SavedRecord | BadInput]:
    """The records of files, one after the other; a line that is none is told in its place.

    Args:
        inputs: files, folders and globs, as the user named them.
        exclude: a file to leave out however it was found: what the command writes.

    Raises:
        InputError: a file cannot be read, or none of its lines is a record.
    """
    for path in expand(tuple(inputs), exclude=(exclude,), outputs=True):
        items = (line.saved() if isinstance(line, RecordLine) else line for line in read_lines([path]))
        yield from _unless_all_bad(items, path)


def read_with_papers(
    inputs: Sequence[str],
    *,
    fault: Callable[[dict[str, Any]], str | None] = lambda _: None,
    left_out: list[str] | None = None,
) -> Iterator[tuple[Abstract, dict[str, Any]]]:
    """The lines of files that hold a text, each with its paper; the record of an unreadable input holds none.

    Args:
        inputs: files, folders and globs, as the user named them.
        fault: says what is wrong with a line for the purpose at hand, if anything is.
        left_out: takes what is to tell of lines that cannot be used; without it, the first of them ends the reading.

    Raises:
        InputError: a file cannot be read, a line cannot be used, or none can.
    """
    good, first_bad = 0, None
    for line in read_lines(expand(tuple(inputs), outputs=True)):
        item = line if isinstance(line, BadInput) else line.usable(fault)
        if not isinstance(item, BadInput):
            good += 1
            yield item
        elif not item.empty:
            first_bad = first_bad or item
            if left_out is None:
                raise in_its_place(item)
            left_out.append(item.told)
    if first_bad and not good:
        raise no_records(first_bad)


def read_lines(paths: Iterable[str]) -> Generator[RecordLine | BadInput]:
    """The lines of files, blank ones passed over; what is no JSON object is told in its place.

    Raises:
        InputError: a file cannot be read, or none of its lines is an object.
    """
    for path in paths:
        with opened(path) as ahead, as_input_error(path), io.BufferedReader(ahead, BLOCK) as stream:
            rows = read_rows(stream, printable(path))
            lines = (row if isinstance(row, BadInput) else RecordLine(*row) for row in rows)
            yield from _unless_all_bad(lines, path)


def _unless_all_bad(items: Iterator[ItemT | BadInput], path: str) -> Iterator[ItemT | BadInput]:
    """The items as they come.

    Raises:
        InputError: at the end, where none of them is good.
    """
    good, first_bad = 0, None
    for item in items:
        if isinstance(item, BadInput):
            first_bad = first_bad or item
        else:
            good += 1
        yield item
    if not good:
        raise no_records(first_bad) if first_bad else InputError("holds no records", path=path)


def _too_large(row: dict[str, Any]) -> str | None:
    """Why nobody would come to an end with a row, if so."""
    if _is_deep(row):
        return TOO_DEEP
    if _items_of(row.get("extraction")) > _MOST_ITEMS:
        return f"its lists hold more than {_MOST_ITEMS:,} items, which no extraction of a paper does"
    return None


def _is_deep(row: dict[str, Any]) -> bool:
    """Whether a row is nested deeper than everybody who walks it can go."""
    level: list[Any] = [row]
    for _ in range(_DEEPEST):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _items_of(value: Any) -> int:
    """How many items the lists of a value hold together."""
    if isinstance(value, dict):
        return sum(map(_items_of, value.values()))
    return len(value) + sum(map(_items_of, value)) if isinstance(value, list) else 0


def no_records(first: BadInput) -> InputError:
    """The error for a file that is none of records, by its first line that is none."""
    path = first.source.path
    said = f"is not a file of records, as extract writes them; line {first.line}: {first.message}"
    if path != STDIN:
        said += f". If it holds abstracts: absextract extract {shlex.quote(path)} -o facts.jsonl"
    return InputError(said, path=path)
