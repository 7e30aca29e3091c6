"""The setting of a result is held against the text as its other names are."""

from __future__ import annotations

from typing import Any

import pytest

from absextract import validate

SHOTS = "Heron reaches an accuracy of 76.3% zero-shot and 81.2% with 5-shot prompting on NestBench."
SPLITS = "Heron obtains a WER of 2.1% on test-clean and 4.3% on test-other of LibriSpeech."
BITS = "At 2-bit, Heron has a perplexity of 6.1, at 4-bit one of 5.2."
ONCE = "In the zero-shot setting, Heron reaches 76.3% on NestBench and 81.2% on KiteBench."


def checked(text: str, *pairs: tuple[str, str]) -> tuple[list[str | None], list[str]]:
    """What is left of the settings, and the codes of the findings."""
    results = [
        {"score": score, "kind": "value", "method": "Heron", "setting": setting, "evidence": text[:-1]}
        for score, setting in pairs
    ]
    record: Any = validate({"methods": ["Heron"], "results": results}, text)
    return [result.setting for result in record.extraction.results], [finding.code for finding in record.findings]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (SHOTS, ("76.3%", "zero-shot"), ("81.2%", "5-shot")),
        (SPLITS, ("2.1%", "test-clean"), ("4.3%", "test-other")),
        (BITS, ("6.1", "2-bit"), ("5.2", "4-bit")),
        (ONCE, ("76.3%", "zero-shot"), ("81.2%", "zero-shot")),
    ],
)
def test_the_setting_of_each_score_stays(text: str, first: tuple[str, str], second: tuple[str, str]) -> None:
    assert checked(text, first, second) == ([first[1], second[1]], [])


@pytest.mark.parametrize(
    ("text", "scores", "settings"),
    [(SHOTS, ("76.3%", "81.2%"), ("5-shot", "zero-shot")), (SPLITS, ("2.1%", "4.3%"), ("test-other", "test-clean"))],
)
def test_settings_that_have_been_swapped_go(text: str, scores: tuple[str, str], settings: tuple[str, str]) -> None:
    pairs = list(zip(scores, settings, strict=True))
    assert checked(text, *pairs) == ([None, None], ["binding_conflict", "binding_conflict"])


def test_a_setting_that_the_text_does_not_have_goes() -> None:
    assert checked(SHOTS, ("76.3%", "one-shot"), ("81.2%", "5-shot")) == ([None, "5-shot"], ["mention_not_in_source"])
