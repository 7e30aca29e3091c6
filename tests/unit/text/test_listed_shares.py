"""Lists that tell how often each kind of thing occurs."""

from __future__ import annotations

import pytest

from absextract import Abstract, extract, validate
from absextract.text.listed_shares import listed_shares

TOLD = "The most common habitats of the reviewed studies were dunes (31%), salt marshes (22%), and lagoons (9%)."


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        "Studies were mainly trials (n=12, 40%), surveys (n = 8, 27%) and letters (n=3, 10%).",
        "Crows (40%) were seen, followed by a list: gulls (30%), terns (20%), plovers (9%).",
    ],
)
def test_how_often_things_occur_is_no_outcome_that_is_missed(text: str) -> None:
    assert listed_shares(text)
    assert not [f for f in validate({}, Abstract(abstract=text)).findings if f.code == "number_unclaimed"]
    record = extract(Abstract(abstract=text))
    assert record.extraction is not None
    assert not record.extraction.results


@pytest.mark.parametrize(
    "text",
    [
        "Heron reduces latency (27%), memory (15%), and energy (12%).",
        "The most common habitat was dunes (31%).",
        "Accuracy on NestBench (81.2%), WingSet (77.0%) and KiteNet (64.1%) is the best so far.",
        "The most popular model is Egret. Heron improves speed (27%), size (15%), and cost (12%).",
    ],
)
def test_other_lists_stay(text: str) -> None:
    assert listed_shares(text) == []
