"""What the source holds and no value claims."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel

from absextract import Link, Number
from absextract.schema.paper import PaperExtraction
from absextract.validation.validator import review

EMPTY = PaperExtraction()


def unclaimed(abstract: str, extraction: BaseModel = EMPTY) -> list[tuple[str, object]]:
    return [(f.code, f.value) for f in review(extraction, "Kite v2 reaches 9.9%", abstract).findings]


@pytest.mark.parametrize(
    ("abstract", "score"),
    [
        ("Kite attains an accuracy of 81.2%.", "81.2%"),
        ("Kite reaches 45.6 mIoU.", "45.6"),
        ("Kite is 2.5x faster.", "2.5x"),
        (r"Kite gains 12.3\% over Crow.", r"12.3\%"),
        ("Errors fall, reduced by 10-20%.", "10-20%"),
        ("We find that 43% of the answers are preferred to those of Crow.", "43%"),
        ("Our kites fly for 9 minutes and reach 3.4 dB more PSNR.", "3.4 dB"),
    ],
)
def test_measured_numbers(abstract: str, score: str) -> None:
    assert unclaimed(abstract) == [("number_unclaimed", score)]


@pytest.mark.parametrize(
    "abstract",
    [
        "", "Kite reaches five goals.", "Kite is trained on 1,000 birds.", "Kite improves on SQuAD 2.0 and GPT-3.5.",
        "Kite improves F1 and top-5 results.", "We keep 5% of the data.",
        "Kite achieves it with 10% of the parameters.",
        "Twice the birds gain.", "See Section 4.1 for gains.", "In 2023 rates rose.",
    ],
)  # fmt: skip
def test_numbers_that_measure_nothing(abstract: str) -> None:
    assert unclaimed(abstract) == []


def test_a_claimed_number_is_not_named() -> None:
    clause = "Kite attains an accuracy of 81.2%"
    claim = PaperExtraction.model_validate({"results": [{"score": "81.2%", "kind": "value", "evidence": clause}]})
    assert unclaimed(f"{clause}, Crow an accuracy of 70.1%.", claim) == [("number_unclaimed", "70.1%")]


def test_the_number_of_a_dropped_result_is_unclaimed() -> None:
    clause = "Kite attains an accuracy of 81.2%"
    claim = PaperExtraction.model_validate(
        {"results": [{"score": "81.2%", "kind": "value", "evidence": "no such words"}]}
    )
    assert ("number_unclaimed", "81.2%") in unclaimed(f"{clause}.", claim)


def test_urls() -> None:
    text = "Code: https://github.com/ann/kite, page: https://kite.org."
    claim = PaperExtraction.model_validate({"links": [{"url": "http://github.com/ann/kite/", "kind": "code"}]})
    assert unclaimed(text, claim) == [("url_unclaimed", "https://kite.org")]


def test_a_schema_that_promises_no_completeness_gets_no_warnings() -> None:
    class Loose(BaseModel):
        dose: Annotated[str, Number()] | None = None
        page: Annotated[str, Link()] | None = None

    assert unclaimed("Kite gains 5.5% accuracy, https://kite.org.", Loose()) == []


def test_the_message_says_where() -> None:
    (finding,) = review(EMPTY, "", "Kite gains 5.5% accuracy.").findings
    assert finding.message.endswith("(abstract 11-15)")
    assert (finding.severity, finding.action, finding.path) == ("warning", "kept", "")
