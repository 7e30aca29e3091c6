"""How one paper is drawn in the terminal, with what was found in its text; and the list of several."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol, TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..display.printable import printable
from ..display.unclaimed import unclaimed_spans
from ..errors import InputError
from ..records import BadInput
from ..report.papers import Shown, as_text, place_of
from ..sources.record_lines import SavedRecord, no_records, read_saved
from .messages import tell_left_out

__all__ = ["chosen", "print_paper", "show"]

_STATUS = {"ok": "green", "flagged": "yellow", "failed": "red"}
_SEVERITY = {"error": "red", "warning": "yellow", "info": "dim"}
_STYLES = {
    "task": "magenta", "method": "bold blue", "baseline": "blue", "dataset": "green", "metric": "yellow",
    "score": "bold red", "url": "underline cyan", "code_url": "underline cyan",
}  # fmt: skip
_OTHER_STYLES = ("bold magenta", "bold green", "bold yellow", "bold cyan")
_NO_STYLE = frozenset({"evidence", "quote"})  # they hold the others
_MOST_MARKS = 1000  # of a text; each costs the more the more there are
_TELLING = 20  # lines that are no records, with none before them, tell what file it is
_LABEL = 9  # width of the longest field of a paper, nearly
_MARGIN = 4


class _Paper(Protocol):
    """What a paper can be found by."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


PaperT = TypeVar("PaperT", bound=_Paper)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leaves it to the command line, as wherever else a reader goes away."""
        raise BrokenPipeError


def show(records: str, which: str | None) -> bool:
    """Prints one paper, or the list of those that are meant; whether all lines were records."""
    bad: list[str] = []
    numbered = _numbered(records, bad)
    found = numbered if which is None else chosen(numbered, which, records)
    tell_left_out(bad)
    if which is None or len(found) > 1:
        _print_paged(_listed(found))
    else:
        print_paper(found[0][1])
    return not bad


def _numbered(path: str, bad: list[str]) -> list[tuple[int, SavedRecord]]:
    """The records with their number; other lines go into `bad`."""
    found: list[tuple[int, SavedRecord]] = []
    first_bad: BadInput | None = None
    for item in read_saved([path]):
        if isinstance(item, BadInput):
            first_bad = first_bad or item
            bad.append(item.told)
            if len(bad) > _TELLING and not found:  # the rest of a large file would take long to read
                raise no_records(first_bad)
        else:
            found.append((len(found) + 1, item))
    return found


def chosen(papers: Iterable[tuple[int, PaperT]], which: str, path: str) -> list[tuple[int, PaperT]]:
    """The papers that are meant: by id, else by number, else by title, else by a part of it.

    Raises:
        InputError: none is.
    """
    wanted = which.casefold()
    found: dict[int, list[tuple[int, PaperT]]] = {}
    for number, paper in papers:
        title = paper.title.casefold()
        for rank, is_meant in enumerate((paper.id == which, str(number) == which, title == wanted, wanted in title)):
            if is_meant:
                found.setdefault(rank, []).append((number, paper))
                break
    if not found:
        raise InputError(f'no record has the number or id "{which}", or a title with that in it', path=path)
    return found[min(found)]


def print_paper(record: SavedRecord) -> None:
    """Draws a record on stdout: its text with the values in colours, the values, and the findings."""
    console = _console()
    for part, indent in _paper(record):
        if console.is_terminal and indent:
            part = _hanging(part, indent, console)
        console.print(part, soft_wrap=not console.is_terminal)


def _print_paged(table: Table) -> None:
    """The table; in a terminal, where it is longer than the window, a page at a time."""
    console = _console()
    if console.is_terminal and sys.stdin.isatty() and table.row_count >= console.height:
        os.environ.setdefault("LESS", "FRX")  # keep colours, and quit where all of it fits
        with console.pager(styles=True):
            console.print(table)
    else:
        console.print(table)


def _console() -> Console:
    return _Console(file=sys.stdout, highlight=False)


def _listed(records: list[tuple[int, SavedRecord]]) -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False)
    table.add_column("#", justify="right")
    table.add_column("status", no_wrap=True)
    table.add_column("id", overflow="fold")
    table.add_column("title", overflow="fold", ratio=1)
    for number, record in records:
        status = Text(record.status, style=_STATUS[record.status])
        table.add_row(str(number), status, _text(record.id), _text(record.title or f"{record.abstract[:60]}…"))
    return table


def _hanging(text: Text, indent: int, console: Console) -> Text:
    """The text in lines of the console's width, all but the first behind a margin."""
    first, *rest = text.wrap(console, console.width, overflow="fold")
    if not rest or indent > console.width // 2:
        return text
    behind = text[len(first) :]
    behind = behind[len(behind.plain) - len(behind.plain.lstrip()) :]
    lines = behind.wrap(console, console.width - indent, overflow="fold")
    return Text("\n").join([first, *(Text(" " * indent) + line for line in lines)])


def _paper(record: SavedRecord) -> Iterator[tuple[Text, int]]:
    """The lines of a paper, each with the margin of what does not fit into one line of the terminal."""
    values = Shown()
    tree = values.tree(record.extraction) or {}
    if record.title:
        yield _marked(record, "title", values, "bold"), 0
    status = Text(record.status, style=_STATUS[record.status])
    yield Text("  ").join([status, _text(record.id), _text(record.extractor.model, "dim")]), 0
    yield Text(), 0
    yield _marked(record, "abstract", values), 0
    yield Text(), 0
    texts = list(_coloured(record, values))
    for key, node in tree.items():
        label = _text(f"{key.replace('_', ' '):<{_LABEL}} ", "dim")
        for line in _lines(node, texts):
            yield label + line, _LABEL + 1 + _MARGIN
            label = Text(" " * (_LABEL + 1))
    if record.error:
        said = Text.assemble(("failed ", "bold red"), _text(f"{record.error.message} ({record.error.code})"))
        yield said, _MARGIN
    for line in _findings(record):
        yield line, _MARGIN


def _coloured(record: SavedRecord, values: Shown) -> Iterator[Text]:
    """The values, those that stand in the text in the colour they have there, with how likely they are right."""
    placed = {place.path: place.confidence for place in record.grounding}
    for path, text, key, *read in values.values:
        shown = _text(read[0] if read else text, _style(key) if path in placed else "")
        confidence = placed.get(path)
        yield shown if confidence is None else shown.append(f" ({confidence:.2f})", style="not bold dim")


def _lines(node: Any, texts: Sequence[Text]) -> Iterator[Text]:
    """A part of the tree of values: what is short stands side by side, quotes and what is nested below it."""
    if isinstance(node, int):
        yield texts[node]
    elif isinstance(node, list):
        if plain := [texts[item] for item in node if isinstance(item, int)]:
            yield Text(" · ", style="dim").join(plain)
        for item in node:
            if not isinstance(item, int):
                yield from _lines(item, texts)
    else:
        beside = {key: item for key, item in node.items() if isinstance(item, int) and key not in _NO_STYLE}
        if beside:
            yield Text("  ").join(_text(f"{key} ", "dim") + texts[item] for key, item in beside.items())
        for key, item in node.items():
            if key not in beside:
                yield from (_text(f"  {key} ", "dim") + line for line in _lines(item, texts))


def _marked(record: SavedRecord, name: str, values: Shown, base: str = "") -> Text:
    text = _text(getattr(record, name), base)
    inner_last = sorted(record.grounding[:_MOST_MARKS], key=lambda place: place.start - place.end)
    for place in inner_last:
        if place.field == name and place.path in values.index:
            text.stylize(_style(values.values[values.index[place.path]][2]), place.start, place.end)
    told = ((each.code, each.message) for each in record.findings)
    for start, end, _ in islice(unclaimed_spans(told, name), _MOST_MARKS):
        text.stylize("reverse", start, end)
    return text


def _findings(record: SavedRecord) -> Iterator[Text]:
    if record.findings:
        yield Text()
    for finding in record.findings:
        colour = _SEVERITY[finding.severity]
        dropped = finding.action == "dropped"
        said = [_text("dropped" if dropped else finding.severity, f"bold {colour}")]
        if finding.path:
            said.append(_text(place_of(finding.path), "dim"))
        if finding.value is not None:
            said.append(_text(as_text(finding.value), f"strike {colour}" if dropped else ""))
        yield Text(" ").join([*said, _text(finding.message), _text(f"({finding.code})", "dim")])


def _style(key: str) -> str:
    if key in _NO_STYLE:
        return ""
    singular = key.removesuffix("s")
    return _STYLES.get(key) or _STYLES.get(singular) or _OTHER_STYLES[sum(map(ord, key)) % len(_OTHER_STYLES)]


def _text(text: str, style: str = "") -> Text:
    """The text as it is, but for what a terminal would obey; as long as before, so that places stay."""
    return Text(printable(text, keep_lines=True), style=style)
