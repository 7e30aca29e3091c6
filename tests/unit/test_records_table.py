"""The table of records on the terminal."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from absextract import validate
from absextract.cli.table import records_table

TEXT = "Heron\n\nWe present Heron. It reaches over 81.2% accuracy on NestBench."
FOUND = {
    "methods": ["Heron"],
    "datasets": ["NestBench"],
    "results": [
        {
            "score": "81.2%",
            "kind": "value",
            "metric": "accuracy",
            "dataset": "NestBench",
            "evidence": "over 81.2% accuracy",
        }
    ],
}


def printed(confidence: dict[str, float], **options: Any) -> str:
    table = records_table([validate(FOUND, TEXT, confidence=confidence)])
    out = io.StringIO()
    Console(file=out, width=100, **options).print(table)
    return out.getvalue()


def test_values_that_are_not_sure_are_dim() -> None:
    unsure = {"/results/0/metric": 0.79, "/methods/0": 0.8, "/datasets/0": 0.3}
    shown = printed(unsure, force_terminal=True, color_system="standard")
    assert "\x1b[2maccuracy\x1b[0m >81.2% on NestBench" in shown
    assert "\x1b[2mNestBench\x1b[0m" in shown
    assert "\x1b[2mHeron" not in shown


def test_in_plain_text_nothing_is_to_be_seen_of_that() -> None:
    assert printed({"/results/0/metric": 0.1}) == printed({})
    assert "accuracy >81.2% on NestBench" in printed({})
