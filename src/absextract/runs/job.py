"""What a run is to do, whatever does it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

from ..choices import Markup, OnBadInput
from ..output.jsonl import STDOUT, check_replaceable, check_writable
from ..output.places import check_is_no_input
from ..output.summary import RunSummary
from ..records import Abstract, BadInput
from ..sources.columns import USUAL, ColumnNames
from ..sources.input_files import are_files, expand
from ..sources.read import Watcher, read_inputs

__all__ = ["Job", "Progress"]


@dataclass(frozen=True)
class Job:
    """What to read and where to write.

    Attributes:
        inputs: files, folders, globs, or `-`.
        out: the output file, or `-`.
        format: input format; recognised by content where None.
        overwrite: start anew where the output exists.
        retry_failed: do the failed records of an existing output again, in their place.
        limit: stop after so many input records.
        on_bad_input: whether an input record that cannot be read becomes a failed record or stops the run; so does a
            file that cannot be read, where there are others.
        columns: what the user says of the columns of tables and JSON.
        markup: whether markup in titles and abstracts becomes the text that a reader sees, or stays.
        log_file: where the run is logged, which is no input even if it lies among them.
    """

    inputs: tuple[str, ...]
    out: str
    format: str | None = None
    overwrite: bool = False
    retry_failed: bool = False
    limit: int | None = None
    on_bad_input: OnBadInput = "record"
    columns: ColumnNames = USUAL
    log_file: str | None = None
    markup: Markup = "text"

    @property
    def rereadable(self) -> bool:
        """Whether all inputs are files, which can be read twice."""
        return are_files(self.paths)

    def items(self, watcher: Watcher | None = None) -> Generator[Abstract | BadInput]:
        """The input records.

        Args:
            watcher: told of each file.
        """
        with contextlib.closing(self._read(self.paths, watcher)) as items:
            yield from islice(items, self.limit)

    def check(self) -> None:
        """Finds wrong inputs and outputs before anything is done.

        Raises:
            UsageError: an input cannot be read or the output not be written.
        """
        self.check_output()
        check_is_no_input(self.out, self.paths)
        files = list(filter(os.path.isfile, self.paths))  # a pipe can be read but once
        for some in [files] if self._goes_on else [[path] for path in files]:
            with contextlib.closing(self._read(some)) as items:
                next(items, None)
        if self.overwrite and not os.path.isdir(self.out):
            check_replaceable(self.out)

    def check_output(self) -> None:
        """Finds out whether the output can be written.

        Raises:
            OutputError: it cannot.
        """
        check_writable(self.out)

    def _read(self, paths: list[str], watcher: Watcher | None = None) -> Generator[Abstract | BadInput]:
        return read_inputs(
            paths,
            format=self.format,
            on_bad=self.on_bad_input,
            chosen=self.columns,
            markup=self.markup,
            goes_on=self._goes_on,
            watcher=watcher,
        )

    @property
    def _goes_on(self) -> bool:
        return len(self.paths) > 1 and self.on_bad_input == "record"

    @cached_property
    def paths(self) -> list[str]:
        """The input files, in order.

        Raises:
            InputError: nothing is there.
        """
        return expand(self.inputs, exclude=(None if self.out == STDOUT else self.out, self.log_file))


class Progress(Protocol):
    """Somebody who watches a run."""

    def advance(self, summary: RunSummary) -> None:
        """Called after each record, and every second in between."""
