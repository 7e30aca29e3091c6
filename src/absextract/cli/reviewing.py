"""`absextract review`: a person corrects records, or sees what came of it."""

from __future__ import annotations

import contextlib
import os
import signal
from types import FrameType
from typing import Annotated, NoReturn

import typer

from ..errors import InputError, UsageError
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
        from .review_figures import print_summary

        raise typer.Exit(0 if print_summary(records, as_json=as_json) else 1)
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
    from ..schema.load import load_schema
    from .review_figures import counted

    set_up_logging()
    settings = Settings(records=path, out=out, schema=load_schema(schema), by=by, sample=sample, against=against)
    signal.signal(signal.SIGTERM, _end)
    title = f"{os.path.basename(path)} · review"
    with ReviewSession(settings) as session:
        tell_left_out(session.left_out)
        note(f"{counted(len(session.order), 'paper')} to review, corrected records go to {out}")
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
