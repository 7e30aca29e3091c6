"""Texts of megabytes, which are no abstracts: read in part, soon done, and told."""

from __future__ import annotations

from typing import Any

import pytest

from absextract import Abstract, extract, validate
from absextract.text.longest import LONGEST_READ
from work import calls_of

HEAD = "We present Heron, a reader. It reaches 91.3% accuracy on Quarry-QA. "
TAIL = "It reaches 77.7% accuracy on Lakeside-9."


def told(record: Any) -> list[tuple[str, object]]:
    found = [finding for finding in record.findings if finding.code == "text_read_in_part"]
    assert {(each.severity, each.path, each.action) for each in found} <= {("warning", "", "kept")}
    return [(each.message, each.value) for each in found]


@pytest.mark.parametrize(
    "unit",
    [HEAD, "F1 of 91.3%. ", "9 ", "1-", "1/", "https://a.example/ ", "a", "\n", "中", "respectively, ", "\\text{"],
)
def test_an_abstract_of_fifteen_megabytes_is_read_in_part(unit: str) -> None:
    text = HEAD + unit * (15_000_000 // len(unit))
    extract("Heron. " + HEAD, model="builtin")  # loads the weights
    made: list[Any] = []
    paper = Abstract(id="x", title="T", abstract=text)
    calls = calls_of(lambda: made.append(extract(paper, model="builtin")))
    assert calls < 7_500_000  # half as many as it has characters
    (record,) = made
    assert record.error is None
    assert "Quarry-QA" in record.extraction.datasets
    assert told(record) == [
        (f"the offline model reads the first 20,000 of the abstract's {len(text):,} characters", len(text)),
        (f"the validator reads the first 100,000 of the abstract's {len(text):,} characters", len(text)),
    ]


def test_a_title_of_megabytes_too() -> None:
    record: Any = extract(Abstract(id="x", title=HEAD * 50_000, abstract=HEAD), model="builtin")
    assert [message.partition(" of the ")[2] for message, _ in told(record)] == [
        f"title's {len(HEAD * 50_000):,} characters"
    ] * 2


def test_what_stands_behind_is_not_supported_and_what_stands_before_is() -> None:
    result = {"kind": "value", "metric": "accuracy", "dataset": None, "method": None, "baseline": None}
    before = result | {"score": "91.3%", "evidence": "It reaches 91.3% accuracy on Quarry-QA"}
    behind = result | {"score": "77.7%", "evidence": "It reaches 77.7% accuracy on Lakeside-9"}
    padding = "And so on. " * (LONGEST_READ["abstract"] // 11)
    record: Any = validate({"results": [before, behind]}, Abstract(id="x", title="T", abstract=HEAD + padding + TAIL))
    assert [each.score for each in record.extraction.results] == ["91.3%"]
    assert len(told(record)) == 1
    assert record.status == "flagged"


def test_a_whole_article_is_read_whole() -> None:
    padding = "And so on. " * 6_000
    record: Any = validate({"datasets": ["Lakeside-9"]}, Abstract(id="x", title="T", abstract=HEAD + padding + TAIL))
    assert record.extraction.datasets == ["Lakeside-9"]
    assert told(record) == []
