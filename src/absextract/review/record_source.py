"""The records to be reviewed: their lines in memory, each read when somebody looks at it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from ..errors import InputError, UsageError
from ..records import NO_ABSTRACT, BadInput, ExtractorInfo, Source, schema_name
from ..schema.export import schema_digest
from ..sources.bounds import CutLine, bounded_lines
from ..sources.jsonl import value_of
from ..sources.opening import as_input_error, opened, printable
from ..sources.record_lines import RecordLine, SavedRecord, no_records

__all__ = ["RecordSource"]


class RecordSource:
    """A record file of absextract.

    Attributes:
        lines: its records, as they stand in the file.
        left_out: what is to tell of lines that are no records.
        digest: SHA-256 of the file, unpacked.

    Args:
        path: the file as the user named it.
        schema: what its extractions are of.
    """

    def __init__(self, path: str, schema: type[BaseModel]) -> None:
        self.path: str = path
        self.schema: type[BaseModel] = schema
        self.lines: list[bytes] = []
        self.left_out: list[str] = []
        self.digest: str = ""
        self._first_bad: BadInput | None = None
        self._numbers: list[int] = []  # of the lines in the file

    def read(self, look: Callable[[int, dict[str, Any]], None]) -> None:
        """Reads the file once.

        Args:
            look: is given the number and the content of each record that a person can correct.

        Raises:
            InputError: it cannot be read, or holds no record.
            UsageError: its records were made for another schema.
        """
        digest = hashlib.sha256()
        with opened(self.path) as ahead, as_input_error(self.path), io.BufferedReader(ahead) as stream:
            for number, raw in enumerate(bounded_lines(stream), start=1):
                digest.update(raw)
                if not raw.isspace():
                    self._take(None if isinstance(raw, CutLine) else raw, number, look)
        self.digest = digest.hexdigest()
        if not self.lines:
            raise no_records(self._first_bad) if self._first_bad else InputError("holds no records", path=self.path)

    def row(self, paper: int) -> dict[str, Any]:
        """A record as JSON."""
        row: dict[str, Any] = value_of(self.lines[paper], self._source(paper), self._numbers[paper])
        return row

    def saved(self, paper: int) -> SavedRecord | BadInput:
        """A record to look at; what is wrong with it, where it is damaged."""
        return RecordLine(self._source(paper), self._numbers[paper], self.row(paper)).saved()

    def extractor(self, paper: int) -> ExtractorInfo:
        """What made a record."""
        try:
            return ExtractorInfo.model_validate(self.row(paper).get("extractor"))
        except ValidationError:
            return ExtractorInfo(model="external", schema=schema_digest(self.schema), attempts=0)

    def _take(self, raw: bytes | None, number: int, look: Callable[[int, dict[str, Any]], None]) -> None:
        row = value_of(raw, Source(path=self.path, index=len(self.lines)), number)
        if isinstance(row, BadInput):
            self._take_bad(row)
            return
        if not (isinstance(row, dict) and "schema_version" in row and "extraction" in row):
            said = "no record of absextract; `absextract validate` makes one of another tool's"
            self._take_bad(BadInput(source=Source(path=self.path, index=len(self.lines)), line=number, message=said))
            return
        assert raw is not None
        self._check_schema(row, number)
        self.lines.append(raw if raw.endswith(b"\n") else raw + b"\n")
        self._numbers.append(number)
        if not _is_empty(row):
            look(len(self.lines) - 1, row)

    def _take_bad(self, bad: BadInput) -> None:
        self._first_bad = self._first_bad or bad
        self.left_out.append(bad.told)

    def _check_schema(self, row: dict[str, Any], number: int) -> None:
        name = schema_name(row)
        if name and name != self.schema.__name__:
            raise UsageError(
                f"{printable(self.path)}:{number}: made for the schema {name}, not {self.schema.__name__}; "
                f"say where it is with --schema FILE.py:{name}"
                if name != "PaperExtraction"
                else f"{printable(self.path)}:{number}: made for the schema of papers; leave out --schema"
            )

    def _source(self, paper: int) -> Source:
        return Source(path=self.path, index=paper)


def _is_empty(row: dict[str, Any]) -> bool:
    """Whether a record holds no text to correct anything by."""
    error = row.get("error")
    without = isinstance(error, dict) and error.get("code") in (NO_ABSTRACT, "bad_input")
    return without or not (isinstance(row.get("abstract"), str) and row["abstract"].strip())
