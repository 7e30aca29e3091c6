"""`absextract eval`."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["evaluate_command"]

_GOLD = "Lines with title and gold, or results; or records, taken for true: a file, folder or glob."
_RUNS = "One run, or two to compare: a file, folder or glob each."


def evaluate_command(
    gold: Annotated[
        str,
        typer.Argument(
            metavar="GOLD.jsonl",
            help=_GOLD,
        ),
    ],
    records: Annotated[
        list[str],
        typer.Argument(metavar="RECORDS.jsonl", help=_RUNS),
    ],
    show_differences: Annotated[
        bool, typer.Option("--differences", help="List what each paper lacks and what it has too much.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare records with gold.

    For each field: precision, recall, F1 and counts. Records are joined to the
    gold by title; a gold paper without a record counts as all missed. A line
    of GOLD holds title and gold, where an item lists the wordings that are
    accepted ("any_of") and may be "optional": neither finding nor missing it
    costs anything. Or it holds title and results alone; or it is a record,
    which is taken for true. Of a file that `absextract review` wrote, those
    papers are gold that were reviewed to the end.

    Names match when they are equal in lower case, without TeX signs,
    punctuation and a leading article, or share enough words (token F1 of
    0.67). Each matches once; another wording of one that is already found is
    neither right nor wrong. Scores match when their numbers (both ends of a
    range) and units agree; an "x" may be missing. A result must agree in
    score, kind and metric, unless the gold names no metric. Links must agree
    in URL and kind, where "other" agrees with every kind. URLs are compared
    without scheme, "www." and ".git".

    The column "exact" is the F1 without that leniency: no shared words,
    missing units, "other", or metrics that the gold does not name. micro
    counts all items together; macro is the mean of the fields' F1.

    A second table is about the names that belong to each number of the gold:
    for each role, how many are right, wrong, missing though the text has one,
    or invented though it has none. "own" is missing where a result does not
    say whose it is. A whole result has score, kind, metric, dataset and
    method right; a false one is not in the gold, or has kind, metric,
    dataset, method or baseline wrong or invented.

    Where records have confidences (the offline model, --samples), a table
    says how often values of each confidence are right, and the expected
    calibration error how far the two are apart on average.

    Intervals hold 95% of 1,000 bootstrap samples of the papers, from a fixed
    seed. Lines that are not records are skipped and listed by file and
    line; the exit status is then 1.

    Example: absextract eval gold.jsonl facts.jsonl --differences
    """
    from .gold_figures import print_figures

    raise typer.Exit(0 if print_figures(gold, records, show_differences=show_differences, as_json=as_json) else 1)
