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
    assert ">81.2% \x1b[2maccuracy\x1b[0m on NestBench" in shown
    assert "\x1b[2mNestBench\x1b[0m" in shown
    assert "\x1b[2mHeron" not in shown


def test_in_plain_text_nothing_is_to_be_seen_of_that() -> None:
    assert printed({"/results/0/metric": 0.1}) == printed({})
    assert ">81.2% accuracy on NestBench" in printed({})


def test_results_stand_in_the_order_of_the_report_and_say_whose_they_are_if_not_the_papers() -> None:
    text = r"On NestBench, our Heron reaches an F1 of 81.2\%, against 79.0\% for Egret, and Heron is 2x faster."
    rival = {"score": r"79.0\%", "kind": "value", "metric": "F1", "dataset": "NestBench", "method": "Egret"}
    faster = {"score": "2x", "kind": "change", "evidence": "Heron is 2x faster"}
    found = {"methods": ["Heron"], "results": [rival | {"evidence": r"against 79.0\% for Egret"}, faster]}
    table = records_table([validate(found, text)])
    out = io.StringIO()
    Console(file=out, width=120).print(table)
    assert "result 79.0% F1 on NestBench by Egret" in out.getvalue()
    assert "result 2x, a change" in out.getvalue()
