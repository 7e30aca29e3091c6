"""The work of the offline model grows with the length of a text, whatever the text says again and again."""

from __future__ import annotations

import json
import sys
from types import FrameType
from typing import Any

import pytest

from absextract.extractors.builtin.fill import fill_paper
from bounded import run_bounded

FULL_OF_RESULTS = [
    "F1 of 91.3% ", "12.3% on MNIST, ", "12.3 and 4.5 on A and B, ", "by 3.2% over A ", "accuracy k=3% ",
    "GPT-4 86.4%, Llama 3 70B 82.0%, ", "our method improves by 3%, ",
    "word error rate (WER) of 3.2%, ",
]  # fmt: skip
REPEATED = [
    "A vs B 3.2x, ", "12 ", "0 1 ", "from 3% to 4% ", "We reach 91.3% accuracy on MNIST. ", "pass@1 ", "recall ",
    "MNIST, CIFAR-10, ImageNet and COCO, ", "https://github.com/a/b ", "ABC ", "5 ms, 3 GB, 2x, ", "(a (b ",
    "2x faster ", "93.7 and 28.4 on A and B, respectively ",
    "accuracy, ", "1/", "word ", "rate of error ", "a-", "Foo-Bench, ", "mean mean accuracy ",
]  # fmt: skip


def calls_for(title: str, abstract: str) -> int:
    """How many functions are called to fill a paper."""
    count = 0

    def seen(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        fill_paper(title, abstract)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", [*REPEATED, *FULL_OF_RESULTS])
def test_a_repeated_text_takes_no_more_than_its_length(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    assert calls_for("", text) < 2_000_000  # one of sentences with a result each takes a quarter of it


@pytest.mark.slow
def test_ten_thousand_characters_of_anything_take_no_time() -> None:
    code = (
        "import json, sys; from absextract.extractors.builtin.fill import fill_paper\n"
        "for unit in json.loads(sys.argv[1]): fill_paper((unit * 10_000)[:10_000], (unit * 10_000)[:10_000])\n"
        "print('done')"
    )
    done = run_bounded(code, json.dumps([*REPEATED, *FULL_OF_RESULTS]))
    assert done.stdout == "done\n", done.stderr


def test_an_endless_sentence_gives_its_first_results() -> None:
    results = fill_paper("", "F1 of 91.3% on MNIST, " * 400).results
    assert len(results) == 60
    assert {(result.score, result.metric) for result in results} == {("91.3%", "F1")}
