"""A short look at records in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from ..display.printable import printable
from ..display.told_score import told_score
from ..records import Record
from ..schema.paper import PaperExtraction, Result

__all__ = ["records_table"]

_STATUS = {"ok": ("ok", "green"), "flagged": ("flagged", "yellow"), "failed": ("failed", "red")}


def records_table(records: Sequence[Record[Any]]) -> Table | None:
    """One row a paper; None where the records are not of `PaperExtraction`."""
    if not all(isinstance(record.extraction, PaperExtraction | None) for record in records):
        return None
    table = Table(show_lines=True, header_style="bold", expand=True)
    table.add_column("paper", ratio=3)
    table.add_column("found", ratio=6, overflow="fold")
    table.add_column("status", no_wrap=True)
    for record in records:
        # Text, not markup: an abstract may hold what rich would take for a style
        title = _text(record.title or f"{record.abstract[:60]}…")
        table.add_row(title, Text("\n").join(_found(record)), Text(*_STATUS[record.status]))
    return table


def _found(record: Record[Any]) -> Iterator[Text]:
    found: PaperExtraction | None = record.extraction
    if found is None:
        yield _text(record.error.message if record.error else "", "red")
        return
    for label, names in (("task", found.tasks), ("method", found.methods), ("data", found.datasets)):
        if names:
            yield _line(label, ", ".join(names))
    for result in found.results:
        yield _line("result", _result(result))
    if found.code_url:
        yield _line("code", found.code_url)


def _text(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style)


def _line(label: str, text: str) -> Text:
    return Text.assemble((f"{label:<7}", "dim"), printable(text))


def _result(result: Result) -> str:
    sign = "change " if result.kind == "change" else ""
    metric = f"{result.metric} " if result.metric else ""
    score = told_score(result.score, result.bound, result.deviation)
    where = f" on {result.dataset}" if result.dataset else ""
    return f"{metric}{sign}{score}{where}" + (f" ({result.setting})" if result.setting else "")
