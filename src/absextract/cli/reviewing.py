"""`absextract review`: a person corrects records, or sees what came of it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
from types import FrameType
from typing import Annotated, Any, NoReturn

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from ..display.printable import printable, printable_json
from ..errors import InputError, UsageError
from ..evaluation.reviewed import ALL, VERDICTS, agreement, read_reviewed, summary
from ..schema.load import load_schema
from .common_options import SchemaRef, records_file
from .logs import set_up_logging
from .messages import note, say, tell_left_out

__all__ = ["review_command"]

_PACKED = (".gz", ".zst")


def review_command(
    records: Annotated[
        list[str],
        typer.Argument(metavar="RECORDS.jsonl", help="Records of absextract; two reviewed files with --summary."),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            callback=records_file,
            help="The corrected records.",
            show_default="RECORDS.corrected.jsonl",
        ),
    ] = None,
    schema: SchemaRef = "paper",
    against: Annotated[
        str | None,
        typer.Option(metavar="OTHER.jsonl", help="Another run, to see where the two differ.", show_default=False),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Review N papers, drawn at random.", show_default="all, by need"),
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who reviews, for the records.")] = "person",
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="Port of the page.", show_default="a free one")
    ] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address of the page.")] = False,
    show_summary: Annotated[
        bool, typer.Option("--summary", help="Print how often the model was right, by field, and end.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Correct records by hand, in the browser.

    Opens a page on this machine, for you alone, that shows a paper at a time
    and is used by keyboard. Papers with findings come first, then those with
    values of low confidence, then those on which two runs differ (--against),
    then the rest; or, with --sample, a random sample, for an estimate of how
    often the model is right.

    Every action is on disk before the page says so, in a journal beside the
    output (OUT.journal). The same command continues where it was, whatever was
    killed. OUT holds all records in their order, the corrected ones with new
    grounding, new findings and `review`; it is written as you go and when you
    end the command with Ctrl-C. The input is never written over.

    With --summary, prints by field how many values were right, changed,
    removed and added in the papers that were reviewed to the end; with two
    files, also how far two persons agree (Cohen's kappa).

    Example: absextract review facts.jsonl -o corrected.jsonl
    """
    if show_summary or as_json:
        _summarise(records, as_json=as_json)
        return
    if len(records) > 1:
        raise UsageError("one file is reviewed at a time; two are for --summary")
    (path,) = records
    if path != "-" and not os.path.exists(path):
        raise InputError("no such file", path=path)
    if not os.path.isfile(path):
        raise UsageError(f"{path}: a review goes on later, so it needs a file that stays")
    _review(
        path, output or _beside(path), schema, against=against, sample=sample, by=by, port=port, show=not no_browser
    )


def _review(
    path: str, out: str, schema: str, *, against: str | None, sample: int | None, by: str, port: int, show: bool
) -> NoReturn:
    from ..review.review_session import ReviewSession, Settings
    from ..review.running import serve

    set_up_logging()
    settings = Settings(records=path, out=out, schema=load_schema(schema), by=by, sample=sample, against=against)
    signal.signal(signal.SIGTERM, _end)
    title = f"{os.path.basename(path)} · review"
    with ReviewSession(settings) as session:
        tell_left_out(session.left_out)
        note(f"{_count(len(session.order), 'paper')} to review, corrected records go to {out}")
        note("Ctrl-C ends the review; the same command goes on with it")
        with contextlib.suppress(KeyboardInterrupt):
            serve(session, port=port, title=title, tell=say, open_browser=show)
        left_out = bool(session.left_out)
    progress = session.progress()
    note(f"{progress['complete']:,} of {progress['of']:,} papers reviewed to the end; records in {out}")
    raise typer.Exit(1 if left_out else 0)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _beside(path: str) -> str:
    """`facts.jsonl` becomes `facts.corrected.jsonl`, wherever it stands."""
    stem, ending = os.path.splitext(path)
    if ending in _PACKED:
        stem, ending = os.path.splitext(stem)
    return f"{stem}.corrected{ending or '.jsonl'}"


def _summarise(paths: list[str], *, as_json: bool) -> None:
    if len(paths) > 2:
        raise UsageError("--summary takes one reviewed file, or two of the same papers")
    left_out: list[str] = []
    files = [read_reviewed(path, left_out) for path in paths]
    tell_left_out(left_out)
    found = [
        {"records": path, "of": file.records, **summary(file.reviews.values())}
        for path, file in zip(paths, files, strict=True)
    ]
    kappa = agreement(*files) if len(files) == 2 else None
    if as_json:
        whole = found[0] if kappa is None else {"files": found, "agreement": kappa}
        typer.echo(printable_json(json.dumps(whole, indent=2, ensure_ascii=False)))
    else:
        for each in found:
            _show(each)
        if kappa is not None:
            _show_agreement(kappa)
    raise typer.Exit(1 if left_out else 0)


def _show(found: dict[str, Any]) -> None:
    say(
        f"{found['records']}: {found['papers']:,} of {found['of']:,} papers reviewed to the end, "
        f"{found['untouched']:,} of them without a correction"
    )
    table = Table(header_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("field", no_wrap=True)
    for name in (*VERDICTS, "P", "95%", "R"):
        table.add_column(name, justify="right", no_wrap=True)
    fields = found["fields"]
    for name, row in {**fields, ALL: found[ALL]}.items():
        counts = [str(row[verdict]) for verdict in VERDICTS]
        shares = [_share(row["right_share"]), _ends(row["right_interval"]), _share(row["found_share"])]
        table.add_row(printable(name), *counts, *shares, end_section=name == next(reversed(fields)))
    Console(highlight=False, soft_wrap=True, markup=False, emoji=False).print(table)
    say("P: share of the given values that were right; R: share of the values there that were given, right or not")
    if found["sampled"] < found["papers"]:
        others = found["papers"] - found["sampled"]
        say(
            f"{others:,} of these papers were chosen by need, not drawn at random: "
            "the shares are those of these papers, not of the file"
        )


def _show_agreement(kappa: dict[str, Any]) -> None:
    said = "not defined: all values were judged alike" if kappa["kappa"] is None else f"{kappa['kappa']:.3f}"
    ends = kappa["kappa_interval"]
    interval = "" if kappa["kappa"] is None else f" (95%: {ends[0]:.3f} to {ends[1]:.3f})"
    of = f"{_count(kappa['values'], 'value')} of {_count(kappa['papers'], 'paper')}"
    say(f"agreement on {of}: {kappa['agreement']:.1%}; Cohen's kappa {said}{interval}")
    say(
        f"right for both {kappa['both_right']:,}, for the first alone {kappa['first_alone']:,}, "
        f"for the second alone {kappa['second_alone']:,}, for neither {kappa['both_wrong']:,}"
    )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"


def _ends(ends: list[float] | None) -> str:
    return "" if ends is None else f"{ends[0]:.2f} to {ends[1]:.2f}"
