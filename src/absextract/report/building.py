"""Making the report of a record file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from ..boards.board_rows import BoardRow, NameKey, keys_of_names, rows_of_record
from ..boards.grouping import RULES
from ..display.page_file import as_data
from ..display.printable import printable
from ..entities.folding import fold
from ..entities.linked_results import NameLinks
from ..entities.linker import Linker
from ..entities.linking import linker_with
from ..entities.paper_facts import KnownPapers, facts_of
from ..output.jsonl import STDOUT, check_writable
from ..output.own_files import check_table_or_page, is_own_page, is_own_table
from ..output.places import is_special, open_special, written_whole
from ..records import BadInput
from ..schema.faults import TOO_DEEP
from ..sources.input_files import read_for
from ..sources.record_lines import SavedRecord, read_saved
from .counts import Counts
from .leaderboards import boards
from .merged_names import MergedNames
from .page import page
from .papers import NAMED, code_url, is_of_paper, shown, tasks_in

__all__ = ["Report", "write_report"]

_MOST_BAD_LINES = 50
_LINKED_BY = {"id", "title", "abstract", "metadata", "extraction", "entities"}


class Report:
    """What a report shows, gathered record by record; a paper that stands twice is shown once.

    Args:
        source: the record file.
        linker: says what names are, where the records do not.

    Attributes:
        counts: counts over the records.
        bad: the lines that are no records.
    """

    def __init__(self, source: str, linker: Linker | None = None) -> None:
        self._linker = linker or linker_with(None)
        self._known = KnownPapers()
        self._source = "standard input" if source == STDOUT else os.path.basename(source.rstrip(os.sep))
        self.counts: Counts = Counts()
        self.bad: list[str] = []
        self._papers: list[str] = []
        self._names: list[dict[str, list[NameKey]]] = []
        self._rows: list[BoardRow] = []
        self._codes: list[str | None] = []
        self._dates: list[str] = []

    def add(self, item: SavedRecord | BadInput) -> None:
        """Takes in one line of the file."""
        if isinstance(item, BadInput):
            self.bad.append(item.told)
            return
        if item.extraction is not None and not self._known.is_new(item.title, item.abstract, item.metadata, item.id):
            self.counts.copies += 1
            return
        try:
            paper = as_data(shown(item))
        except RecursionError:
            self.bad.append(f"{item.place}: {TOO_DEEP}")
            return
        number = len(self._papers)
        self._papers.append(paper)
        names: dict[str, list[NameKey]] = {kind: [] for kind in NAMED}
        if is_of_paper(item):
            row = item.model_dump(mode="python", include=_LINKED_BY) | {"extractor": {"schema": item.schema_name}}
            links = NameLinks.of(row, self._linker)
            rows = list(rows_of_record(number, row, self._linker, links))
            self._rows += rows
            names |= keys_of_names(row, self._linker, links)
            names["tasks"] = [NameKey(f"~{fold(name) or name}", name) for name in tasks_in(item)]
            for each in rows:  # a default metric is no name of the paper's, but has a board
                if each.metric and each.linked.by_default:
                    names["metrics"].append(each.metric)
        self._names.append(names)
        self._codes.append(code_url(item))
        self._dates.append(facts_of(item.metadata, item.id).date)
        self.counts.add(item, names)

    @property
    def papers(self) -> str:
        """How many papers there are, in words."""
        return f"{self.counts.papers:,} paper{'' if self.counts.papers == 1 else 's'}"

    def html(self) -> Iterator[str]:
        """The page, in pieces."""
        merged = self.counts.merged()
        places = [self._places(names, merged) for names in self._names]
        return page(
            title=f"{self._source}: {self.papers}",
            source=self._source,
            rules=RULES,
            papers=self._papers,
            index={
                "papers": self.counts.of_papers > 0 or not self.counts.papers,
                "names": {kind: merged[kind].names for kind in NAMED},
                "ids": {kind: merged[kind].ids for kind in NAMED},
                "of": places,
                "boards": boards(self._rows, merged, self._codes, self._dates),
                "rules": RULES,
                "copies": self.counts.copies,
                "bad": self.bad[:_MOST_BAD_LINES],
                "bad_lines": len(self.bad),
            },
        )

    @staticmethod
    def _places(names: dict[str, list[NameKey]], merged: dict[str, MergedNames]) -> list[list[int]]:
        """The merged names of a paper by their places."""
        return [list(dict.fromkeys(merged[kind].index(each.key) for each in names[kind])) for kind in NAMED]


def write_report(records: str, out: str, *, overwrite: bool = False, linker: Linker | None = None) -> Report:
    """Writes the records of a file as one page of HTML.

    Args:
        records: a record file, or `-`.
        out: the file to write, or `-` for standard output. A report that is there is written over.
        overwrite: write over a table of `export` too; nothing else is written over.
        linker: says what names are, where the records do not.

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
    report = Report(records, linker)
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
