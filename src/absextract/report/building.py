"""Making the report of a record file."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..display.page_file import as_data
from ..display.printable import printable
from ..output.jsonl import STDOUT, check_writable
from ..output.own_files import check_table_or_page, is_own_page, is_own_table
from ..output.places import is_special, open_special, written_whole
from ..records import BadInput
from ..schema.faults import TOO_DEEP
from ..sources.input_files import read_for
from ..sources.record_lines import SavedRecord, read_saved
from .counts import Counts
from .leaderboards import LOWER_RULE, boards, results_of
from .merged_names import RULES, MergedNames
from .overview import overview
from .page import page
from .papers import NAMED, code_url, names_in, shown

__all__ = ["Report", "write_report"]


class Report:
    """What a report shows, gathered record by record.

    Attributes:
        counts: counts over the records.
        bad: the lines that are no records.
    """

    def __init__(self, source: str) -> None:
        self._source = "standard input" if source == STDOUT else os.path.basename(source.rstrip(os.sep))
        self.counts: Counts = Counts()
        self.bad: list[str] = []
        self._papers: list[str] = []
        self._names: list[dict[str, list[str]]] = []
        self._results: list[tuple[int, list[dict[str, Any]], str | None]] = []

    def add(self, item: SavedRecord | BadInput) -> None:
        """Takes in one line of the file."""
        if isinstance(item, BadInput):
            self.bad.append(item.told)
            return
        try:
            paper = as_data(shown(item))
        except RecursionError:
            self.bad.append(f"{item.place}: {TOO_DEEP}")
            return
        self._papers.append(paper)
        results = list(results_of(item))
        if results:
            self._results.append((len(self._names), results, code_url(item)))
        self._names.append(names_in(item))
        self.counts.add(item, len(results))

    @property
    def papers(self) -> str:
        """How many papers there are, in words."""
        return f"{self.counts.papers:,} paper{'' if self.counts.papers == 1 else 's'}"

    def html(self) -> Iterator[str]:
        """The page, in pieces."""
        merged = self.counts.merged()
        places = [self._places(names, merged) for names in self._names]
        uses = {kind: Counter(name for each in places for name in each[at]) for at, kind in enumerate(NAMED)}
        return page(
            title=f"{self._source}: {self.papers}",
            source=self._source,
            rules=f"{RULES} {LOWER_RULE}",
            overview=overview(self.counts, merged, uses, self.bad),
            papers=self._papers,
            index={
                "papers": self.counts.of_papers > 0 or not self.counts.papers,
                "names": {kind: merged[kind].names for kind in NAMED},
                "of": places,
                "boards": boards(self._results, merged),
            },
        )

    @staticmethod
    def _places(names: dict[str, list[str]], merged: dict[str, MergedNames]) -> list[list[int]]:
        """The merged names of a paper by their places."""
        return [list(dict.fromkeys(map(merged[kind].index, names[kind]))) for kind in NAMED]


def write_report(records: str, out: str, *, overwrite: bool = False) -> Report:
    """Writes the records of a file as one page of HTML.

    Args:
        records: a record file, or `-`.
        out: the file to write, or `-` for standard output. A report that is there is written over.
        overwrite: write over a table of `export` too; nothing else is written over.

    Raises:
        InputError: the records cannot be read.
        OutputError: the page cannot be written.
    """
    check_writable(out)
    if out != STDOUT:
        check_table_or_page(
            out,
            read_for(out, records),
            may_be=[is_own_page, is_own_table] if overwrite else [is_own_page],
        )
    report = Report(records)
    for item in read_saved([records], exclude=None if out == STDOUT else out):
        report.add(item)
    if out == STDOUT:
        to_terminal = sys.stdout.isatty()
        for piece in report.html():
            sys.stdout.buffer.write(_bytes(printable(piece, keep_lines=True) if to_terminal else piece))
        sys.stdout.flush()
    elif is_special(out):
        with open_special(out) as pipe:
            pipe.writelines(map(_bytes, report.html()))
    else:
        _write(report, out)
    return report


def _write(report: Report, out: str) -> None:
    """Whole or not at all."""
    with written_whole(out) as path, open(path, "wb") as file:
        file.writelines(map(_bytes, report.html()))


def _bytes(piece: str) -> bytes:
    return piece.encode("utf-8", "replace")  # half a surrogate pair has no bytes
