"""Where a word begins and ends, in scripts with blanks and without, and behind what nobody sees."""

from __future__ import annotations

import pytest

from absextract.text.scripts import begins_word, ends_word


@pytest.mark.parametrize(
    ("text", "word", "whole"),
    [
        ("the SkyBench.", "SkyBench", True), ("the SkyBenches", "SkyBench", False), ("aSkyBench", "SkyBench", False),
        ("在SkyBench上", "SkyBench", True), ("在SkyBench上", "Sky", False), ("在SkyBench上", "Bench", False),
        ("的准确率达到", "准确率", True), ("達到81.2%的", "81.2%", True), ("凧のベンチで", "ベンチ", True),
        ("凧のカイトベンチで", "ベンチ", False), ("凧のカイトベンチで", "カイト", False),
        ("정확도를 측정", "정확도", True),
        ("연정확도를", "정확도", False), ("정확도기준치", "정확도", False), ("SkyBench에서", "SkyBench", True),
        ("분류하는 방법", "분류", True), ("ความแม่นยำของ", "ความแม่นยำ", True), ("ความแม่นยำของ", "ความแม", False),
        ("Sky\u200bBench", "Sky", False), ("Sky\u00adBench", "Bench", False), ("Sky \u200bBench", "Bench", True),
    ],
)  # fmt: skip
def test_whole_words(text: str, word: str, whole: bool) -> None:
    at = text.index(word)
    assert (begins_word(text, at) and ends_word(text, at + len(word))) is whole
