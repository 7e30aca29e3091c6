"""Figures of one run against gold, or of two side by side, in the terminal or as JSON."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..display.printable import printable, printable_json
from ..errors import UsageError
from ..evaluation.bindings import FALSE, JUDGED, OWN, WHOLE
from ..evaluation.calibration import calibration, judged_values
from ..evaluation.figures import MACRO, MICRO, difference, differences, figures
from ..evaluation.gold import read_gold, read_run
from ..evaluation.scoring import FIELDS, evaluate
from .messages import note, tell_left_out

__all__ = ["print_figures"]

_MOST_RUNS = 2
_VERDICTS = ("right", "wrong", "missing", "invented")
_LABELS = {WHOLE: "whole results", FALSE: "share of false results"}


def print_figures(gold: str, records: list[str], *, show_differences: bool, as_json: bool) -> bool:
    """Compares runs with gold and prints what comes out; whether all lines were records.

    Raises:
        UsageError: there are more than two runs.
    """
    if len(records) > _MOST_RUNS:
        raise UsageError("eval compares one run with the gold, or two with each other; more were given")
    left_out: list[str] = []
    notes: list[str] = []
    papers = read_gold(gold, left_out, notes)
    runs, reliable = [], []
    for path in records:
        confidences: dict[str, dict[str, float]] = {}
        run = read_run(path, left_out, confidences)
        runs.append(evaluate(papers, run))
        reliable.append(calibration(judged_values(papers, run, confidences)))
    tell_left_out(left_out)
    for line in notes:
        note(line)
    found = [
        {
            "records": path,
            **figures(run),
            "calibration": sure,
            **({"differences": differences(run)} if show_differences else {}),
        }
        for path, run, sure in zip(records, runs, reliable, strict=True)
    ]
    gain = difference(*runs) if len(runs) == _MOST_RUNS else None
    if as_json:
        whole = found[0] if gain is None else {"runs": found, "difference": gain}
        typer.echo(printable_json(json.dumps(whole, indent=2, ensure_ascii=False)))
        return not left_out
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    for run in found:
        _show(console, run)
    if gain is not None:
        _show_gain(console, found, gain)
    return not left_out


def _show(console: Console, run: dict[str, Any]) -> None:
    console.print(Text(printable(f"{run['records']}: {run['papers']} papers, {run['absent']} without a record")))
    table = Table(header_style="bold")
    table.add_column("field")
    for name in ("P", "R", "F1", "95%", "tp", "fp", "fn", "exact"):
        table.add_column(name, justify="right")
    told = [field for field in FIELDS if run[field]]
    for field in (*told, MICRO):
        row = run[field]
        shares = [f"{row[name]:.3f}" for name in ("p", "r", "f1")]
        counts = [str(row[name]) for name in ("tp", "fp", "fn")]
        exact = f"{run['exact'][field]['f1']:.3f}"
        table.add_row(field, *shares, _interval(row["f1_interval"]), *counts, exact, end_section=field == told[-1])
    macro = f"{run[MACRO]:.3f}"
    table.add_row("macro", "", "", macro, _interval(run[f"{MACRO}_interval"]), "", "", "", f"{run['exact'][MACRO]:.3f}")
    console.print(table)
    if untold := ", ".join(field for field in FIELDS if not run[field]):
        console.print(f"not measured: {untold} (the gold has results alone)")
    _show_bindings(console, run["bindings"])
    if run["calibration"]:
        _show_calibration(console, run["calibration"])
    for (key, title), fields in groupby(run.get("differences", ()), lambda found: (found["id"], found["title"])):
        console.print(Text(printable(f"{key} {title}"), style="bold"))
        for found in fields:
            for name in ("missed", "extra"):
                for item in found[name]:
                    console.print(Text(printable(f"  {found['field']} {name}: {_short(item)}")))


def _show_bindings(console: Console, bindings: dict[str, Any]) -> None:
    table = Table(header_style="bold", title="what belongs to each number", title_justify="left")
    table.add_column("role")
    for name in ("F1", "95%", *_VERDICTS):
        table.add_column(name, justify="right")
    own = bindings[OWN]
    roles = bindings["roles"] | {OWN: own | {"missing": own["null"], "invented": ""}}
    judged = [role for role in JUDGED if roles[role]["f1"] is not None]
    for role in judged:
        row = roles[role]
        counts = [str(row[verdict]) for verdict in _VERDICTS]
        table.add_row(role, f"{row['f1']:.3f}", _interval(row["f1_interval"]), *counts, end_section=role == judged[-1])
    table.add_row(WHOLE, f"{bindings['whole_f1']:.3f}", _interval(bindings["whole_f1_interval"]), str(bindings[WHOLE]))
    console.print(table)
    console.print(
        f"{bindings['given']} results given, {bindings['required']} required, {bindings['found']} of these found; "
        f"{bindings[FALSE]} with something false: {bindings['false_share']:.1%} "
        f"({_interval(bindings['false_share_interval'], '.1%')})"
    )
    if unjudged := ", ".join(role for role in JUDGED if role not in judged):
        console.print(f"not measured: {unjudged} (no result found has gold of it)")


def _show_calibration(console: Console, found: dict[str, Any]) -> None:
    table = Table(header_style="bold", title="how often values are right, by their confidence", title_justify="left")
    for name in ("confidence", "values", "mean", "right"):
        table.add_column(name, justify="right")
    for row in found["bins"]:
        shares = (f"{row[name]:.3f}" for name in ("confidence", "right"))
        table.add_row(f"{row['from']:.1f} to {row['to']:.1f}", str(row["values"]), *shares)
    console.print(table)
    console.print(f"expected calibration error: {found['error']:.3f} ({found['values']} values)")


def _show_gain(console: Console, runs: list[dict[str, Any]], gain: dict[str, Any]) -> None:
    table = Table(header_style="bold", title="F1 side by side", title_justify="left")
    table.add_column("field")
    for name in ("first", "second", "gain", "95%"):
        table.add_column(name, justify="right")
    told = [field for field in FIELDS if runs[0][field]]
    for field in (*told, MICRO, MACRO):
        pair = [run[field] if field == MACRO else run[field]["f1"] for run in runs]
        row = gain[field]
        table.add_row("macro" if field == MACRO else field, *_side_by_side(pair, row["f1"], row["interval"]))
    table.add_section()
    for name, row in gain["bindings"].items():
        if None not in (pair := [_binding(run["bindings"], name) for run in runs]):
            table.add_row(_LABELS.get(name, name), *_side_by_side(pair, row["gain"], row["interval"]))
    console.print(table)


def _binding(bindings: dict[str, Any], name: str) -> Any:
    if name in (WHOLE, FALSE):
        return bindings["whole_f1" if name == WHOLE else "false_share"]
    return (bindings["roles"] | {OWN: bindings[OWN]})[name]["f1"]


def _side_by_side(pair: list[float], gain: float, ends: list[float]) -> list[str]:
    return [*(f"{value:.3f}" for value in pair), f"{gain:+.3f}", _interval(ends, "+.3f")]


def _interval(ends: list[float], form: str = ".3f") -> str:
    return f"{ends[0]:{form}} to {ends[1]:{form}}"


def _short(item: Any) -> str:
    """A missed or extra item in one line."""
    if isinstance(item, dict) and "any_of" in item:
        return " | ".join(item["any_of"])
    if isinstance(item, dict):
        shown = {key: item[key] for key in ("score", "kind", "metric", "url") if item.get(key)}
        return json.dumps(shown, ensure_ascii=False)
    return str(item)
