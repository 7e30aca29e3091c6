"""A short look at records in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from ..display.printable import printable
from ..display.told_score import readable, told_score
from ..records import Record
from ..schema.paper import PaperExtraction, Result

__all__ = ["records_table"]

_STATUS = {"ok": ("ok", "green"), "flagged": ("flagged", "yellow"), "failed": ("failed", "red")}

_SURE = 0.8
"""Confidence below which a value is shown dim."""


def records_table(records: Sequence[Record[Any]]) -> Table | None:
    """One row a paper, values that are not sure dim; None where the records are not of `PaperExtraction`."""
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
    styles = _Styles(record)
    for label, key in (("task", "tasks"), ("method", "methods"), ("data", "datasets")):
        if names := getattr(found, key):
            told = [_text(name, styles.of(f"/{key}/{number}")) for number, name in enumerate(names)]
            yield _line(label, Text(", ").join(told))
    for number, result in enumerate(found.results):
        yield _line("result", _result(result, styles, f"/results/{number}"))
    if found.code_url:
        yield _line("code", _text(found.code_url, styles.of("/code_url")))


class _Styles:
    """How the values of a record are shown: dim where it is not sure of them."""

    def __init__(self, record: Record[Any]) -> None:
        self._unsure = {
            place.path for place in record.grounding if place.confidence is not None and place.confidence < _SURE
        }

    def of(self, path: str) -> str:
        return "dim" if path in self._unsure else ""


def _text(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style)


def _line(label: str, content: Text) -> Text:
    return Text.assemble((f"{label:<7}", "dim"), content)


def _result(result: Result, styles: _Styles, path: str) -> Text:
    """A result in the order of the report: score, metric, dataset, whose it is if not the paper's, setting, kind."""
    parts = [("score", readable(told_score(result.score, result.bound, result.deviation)))]
    parts += [("metric", result.metric)] if result.metric else []
    parts += [("dataset", f"on {result.dataset}")] if result.dataset else []
    parts += [("method", f"by {result.method}")] if result.method and not result.own else []
    parts += [("setting", f"({result.setting})")] if result.setting else []
    told = Text(" ").join(_text(said, styles.of(f"{path}/{name}")) for name, said in parts)
    return told.append(", a change") if result.kind == "change" else told
