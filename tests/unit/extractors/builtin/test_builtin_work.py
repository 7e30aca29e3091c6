"""The work of the offline model grows with the length of a text, whatever the text says again and again."""

from __future__ import annotations

import json

import pytest

from absextract.extractors.builtin.fill import fill_paper
from bounded import run_bounded
from work import calls_of

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
    "R ", "3 dB ", "3M ", "1L ", "AUC 0.9 ", "FID 3.2 ", "R@1 ", "3-D ", "(1) A ", "Ｆ１ ", "Ω ",
    "accuracies of 1%, 2%, 3% and 4% on A, B, C and D ",
]  # fmt: skip


@pytest.mark.parametrize("unit", [*REPEATED, *FULL_OF_RESULTS])
def test_a_repeated_text_takes_no_more_than_its_length(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    assert calls_of(lambda: fill_paper("", text)) < 860_000  # a fifth of a second; a result a sentence takes half of it


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
    assert len(results) == 40
    assert {(result.score, result.metric) for result in results} == {("91.3%", "F1")}
