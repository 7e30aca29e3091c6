"""Shares of data, splits, rates that were set, clock rates and memories are no outcomes; what is like them is one."""

from __future__ import annotations

import pytest

from absextract.text.disowned import disowned
from absextract.text.quantities import read_quantities


def reason(text: str, number: str) -> str | None:
    return next(disowned(text, q) for q in read_quantities(text) if text[q.start : q.end] == number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Only 0.1% of the parameters are tuned.", "0.1%"),
        ("We keep 30% of the tokens and score 82.1.", "30%"),
        ("Under the 1/16 split it gains 3.2%.", "1/16"),
        ("80% of the data were used for training and 20% for testing.", "80%"),
        ("80% of the data were used for training and 20% for testing.", "20%"),
        ("split into 70% training, 10% validation and 20% test data", "70%"),
        ("The gulls were divided 70%/30% into training and test sets.", "30%"),
        ("partitioned into training (60%), validation (20%) and test (20%)", "60%"),
        ("an 80/20 split", "80"),
        ("Given only a tenth (10%) of the training examples", "10%"),
        ("We annotate 500 images (2% of the dataset).", "2%"),
        ("With as little as 0.5% of annotated pixels", "0.5%"),
        ("Training on only 2% of the corpus", "2%"),
        ("a subset of 5% of the training data", "5%"),
        ("with 50% of the channels pruned, it scores 91.2", "50%"),
        ("By reading just 12% of the tokens it answers well.", "12%"),
        ("Tests were run on the remaining 10% of the recordings.", "10%"),
        ("In the low-data setting (1% of labels), it reaches 55.2.", "1%"),
        ("on the 1% and 10% splits of NestSet", "10%"),
        ("We divide the songs into two sets in the ratio of 60% and 40%, and train.", "60%"),
        ("We divide the songs into two sets in the ratio of 60% and 40%, and train.", "40%"),
    ],
)
def test_shares_of_what_was_used(text: str, number: str) -> None:
    assert reason(text, number) == "share"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("trained with a dropout of 20%", "20%"),
        ("with a masking ratio of 60%", "60%"),
        ("at an annotation budget of 5%", "5%"),
        ("with a 15% masking rate", "15%"),
        ("on an old card with an RTX 2060 (6 GB)", "6 GB"),
        ("with 128 GB RAM and two Xeon CPUs", "128 GB"),
        ("CPU clock: 2.9 GHz", "2.9 GHz"),
        ("Even with 40% label noise it holds.", "40%"),
        ("When 25% of values are missing, it holds.", "25%"),
        ("an old laptop (Intel i5, 1.6 GHz, 8 GB RAM)", "1.6 GHz"),
        ("an old laptop (Intel i5, 1.6 GHz, 8 GB RAM)", "8 GB"),
        ("on a 700 MHz Raspberry Pi", "700 MHz"),
        ("a 2.8-GHz Pentium", "2.8-GHz"),
        ("synthesised at 1 GHz in 28 nm CMOS", "1 GHz"),
        ("on one RTX 3090 (24GB)", "24GB"),
        ("used eight 40GB A100 cards", "40GB"),
        ("a workstation with a Xeon and 256 GB of memory", "256 GB"),
        ("The microcontroller (64 MHz, 256 KB RAM) runs it.", "256 KB"),
    ],
)
def test_conditions(text: str, number: str) -> None:
    assert reason(text, number) == "condition"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("an accuracy of 91.2% for training and 85.1% for testing", "85.1%"),
        ("Our scheme can remove 50% of connections.", "50%"),
        ("It prunes 60% of the weights without loss.", "60%"),
        ("It detects 92% of the samples.", "92%"),
        ("12% of the labels were wrong.", "12%"),
        ("It answers in 20% of the examples.", "20%"),
        ("It labels 83% of the images correctly.", "83%"),
        ("Memory use drops to 16 GB per run.", "16 GB"),
        ("The detector reaches a bandwidth of 5.2 GHz.", "5.2 GHz"),
        ("It reaches a sparsity of 90%.", "90%"),
        ("Heron keeps 97.2% of the accuracy.", "97.2%"),
    ],
)
def test_outcomes_that_look_like_them(text: str, number: str) -> None:
    assert reason(text, number) is None


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        ("Our sets contain 30 times more clips than NestSet, and 13 times more than KiteSet.", "30 times", "data"),
        ("Our sets contain 30 times more clips than NestSet, and 13 times more than KiteSet.", "13 times", "data"),
        ("It comprises 5x more hours of song.", "5x", "data"),
        ("We edit Tern by tuning of a 35x smaller Heron.", "35x", "size"),
        ("With a 10x larger teacher, it gains.", "10x", "size"),
        ("Gulls were sorted by yields above and below 40%.", "40%", "condition"),
        ("It yields a 35x smaller model.", "35x", None),
        ("It finds 30 times more clips than NestSet.", "30 times", None),
        ("It is 3x faster and holds 4 times more than Tern.", "4 times", None),
        ("Its accuracy is above 40%.", "40%", None),
    ],
)
def test_how_much_larger_data_and_models_are_and_thresholds(text: str, number: str, why: str | None) -> None:
    assert reason(text, number) == why
