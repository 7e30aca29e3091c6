"""How often reviewed values were right, and how far two persons agree: `absextract review --summary`."""

from __future__ import annotations

import json
from typing import Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from ..display.printable import printable, printable_json
from ..errors import UsageError
from ..evaluation.reviewed import ALL, VERDICTS, agreement, read_reviewed, summary
from .messages import say, tell_left_out

__all__ = ["counted", "print_summary"]


def print_summary(paths: list[str], *, as_json: bool) -> bool:
    """Prints the summary of one reviewed file, or of two and their agreement; whether all lines were records.

    Raises:
        UsageError: there are more than two files.
    """
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
    return not left_out


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
    of = f"{counted(kappa['values'], 'value')} of {counted(kappa['papers'], 'paper')}"
    say(f"agreement on {of}: {kappa['agreement']:.1%}; Cohen's kappa {said}{interval}")
    say(
        f"right for both {kappa['both_right']:,}, for the first alone {kappa['first_alone']:,}, "
        f"for the second alone {kappa['second_alone']:,}, for neither {kappa['both_wrong']:,}"
    )


def counted(number: int, what: str) -> str:
    """`1 paper`, `2 papers`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"


def _ends(ends: list[float] | None) -> str:
    return "" if ends is None else f"{ends[0]:.2f} to {ends[1]:.2f}"
