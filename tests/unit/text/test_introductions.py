"""Where an abstract begins to speak of its own work, and what of numbers stands before."""

from __future__ import annotations

import pytest
from hypothesis import given

from absextract import PaperExtraction, extract, validate
from absextract.text.introductions import end_of_introduction
from bounded import run_bounded
from strategies import TEXTS

REST = " It is small. Its string is light. Its tail is long and holds in every wind that we know of."


@pytest.mark.parametrize(
    ("introduction", "own"),
    [
        ("Kites lose 12% of their lift in rain. ", "We propose a winder, and it gains 3.1%."),
        ("Kites lose 12%. Known winders save only 4% of it. ", "Our winder saves 31%."),
        ("Flyers spend 40% of a day on winding. ", "This paper presents a winder."),
        ("Flyers spend 40% of a day on winding. ", "KiteNet is a network that winds."),
        ("Flyers spend 40% of a day on winding. ", "KiteNet winds by itself. It gains 3.1%."),
        ("Flyers spend 40% of a day on winding. ", "KiteNet winds by itself. In rain, KiteNet gains 3.1%."),
        ("Kites lose 12%. ", "A new winder gains 3.1%."),
        ("Background: Kites lose 12%. ", "Methods: Kites and winders flew for a day."),
        ("Kites lose 12%. ", "A total of 40 kites were flown. The lift grew by 3.1%."),
        ("Kites were said to lose 12%. ", "We measure it."),
        ("We address winding, which takes 40% of a day. Winders cost 12% of a kite. ", "Our winder is cheap."),
        ("In this work, we tackle rain, a cause of 40% of the falls. ", "We propose a winder."),
        ("A test in 2019 found that 12% of the findings in winding are wrong. ", "We repeat it."),
    ],
)
def test_an_introduction_ends_where_the_own_work_begins(introduction: str, own: str) -> None:
    assert end_of_introduction(introduction + own + REST) == len(introduction)


@pytest.mark.parametrize(
    "text",
    [
        "We gain 3.1% in lift. We propose a winder.",
        "Kites lose 12% in rain. Strings lose 4%. Tails lose 3%.",
        "KiteNet gains 3.1% in lift over all others. In rain, KiteNet loses 1%. We release it.",
        "KITE, a winder, gains 3.1% in lift. Rain costs 12%. We show why.",
        "Lift was 12% with the winder and 8% without. We discuss why.",
        "Winding by hand lifts 61% vs. 43% of the kites. We discuss why.",
        "Training on gusts raises the lift by 3.1%. We discuss why.",
        "The method gains 3.1%. We discuss why.",
        "Using winders, the lift grows by 3.1%. We discuss why.",
        "Lift grows by 3.1% with winders. Tails gain 2%. Strings gain 4% in all winds of the year. Our code is free.",
        "We address winding with a winder that gains 3.1%. We release it.",
        "",
    ],
)
def test_a_text_that_begins_with_its_results_has_none(text: str) -> None:
    assert end_of_introduction(text) == 0


MOTIVATED = (
    "Flyers spend 40% of a day on winding, and the best winders save 12% of it. We present a winder that learns. "
    "It saves 31% of the time on WindBench, against 12.5% for the best winder by hand."
)


def test_the_offline_model_takes_none_of_its_numbers() -> None:
    record = extract(f"A Winder\n\n{MOTIVATED}", model="builtin")
    assert record.extraction is not None
    assert [result.score for result in record.extraction.results] == ["31%", "12.5%"]


def test_the_validator_misses_none_of_its_numbers_and_says_where_a_claimed_one_stands() -> None:
    result = {"score": "40%", "kind": "value", "evidence": "Flyers spend 40% of a day on winding"}
    empty = PaperExtraction(tasks=[], methods=[], datasets=[], metrics=[], results=[], links=[], code_url=None)
    unclaimed = validate(empty, MOTIVATED).findings
    assert [f.value for f in unclaimed if f.code == "number_unclaimed"] == ["31%", "12.5%"]
    claimed = validate({"results": [result]}, MOTIVATED).findings
    assert [f.message for f in claimed if f.code == "number_no_outcome"] == [
        "it stands before all that the abstract says of its own work, so it is no outcome"
    ]


@given(TEXTS)
def test_never_raises(text: str) -> None:
    assert 0 <= end_of_introduction(text) <= len(text)


HOSTILE = """
from absextract.text.introductions import end_of_introduction
for part in ("Ab1 cs. ", "A", "Ab", "Ab1. ", ". ", " ", "We address a ", "Abing ", "A1 (", "was ", "is ", "A.A1"):
    end_of_introduction((part * 1_000_000)[:1_000_000])
    end_of_introduction("A1 cs. " + (part * 1_000_000)[:1_000_000])
print("done")
"""


def test_no_text_takes_long() -> None:
    done = run_bounded(HOSTILE)
    assert done.stdout == "done\n", done.stderr[-2000:]
