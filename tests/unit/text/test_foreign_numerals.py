"""Numbers in the characters of Chinese and Japanese and in Korean words, and characters that only look like some."""

from __future__ import annotations

import pytest

from absextract.text.quantities import read_quantities


def values(text: str) -> list[tuple[str, float | None, str | None]]:
    return [(text[q.start : q.end], q.value_as_float, q.unit) for q in read_quantities(text) if not q.in_name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共有四百零七只贻贝", ("四百零七", 407, None)),
        ("共有两万五千只贻贝", ("两万五千", 25000, None)),
        ("三亿二千万参数", ("三亿二千万", 320_000_000, None)),
        ("其中百分之四十二死亡", ("百分之四十二", 42, "%")),
        ("提高了百分之六点一", ("百分之六点一", 6.1, "%")),
        ("五分之三的贻贝", ("五分之三", 3, "/5")),
        ("速度提高四倍", ("四倍", 4, "x")),
        ("約六割の貝", ("六割", 60, "%")),
        ("四十パーセントの貝", ("四十パーセント", 40, "%")),
        ("환자 사십이 명", ("사십이", 42, None)),
        ("환자의 삼십 퍼센트", ("삼십 퍼센트", 30, "%")),
        ("2만7천 명", ("2만7천", 27000, None)),
        ("每条重3毫克", ("3毫克", 3, "mg")),
        ("距离4公里", ("4公里", 4, "km")),
        ("速度为60帧/秒", ("60帧/秒", 60, "FPS")),
    ],
)
def test_numerals_are_numbers(text: str, expected: tuple[str, float, str | None]) -> None:
    assert values(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "一般来说十分重要",
        "统一的三维模型",
        "第十五章",
        "数百万只贻贝",
        "一九九七年",
        "双十一活动",
        "割引率",
        "5隆",
        "만약 백업",
        "이백의 시",
    ],
)
def test_words_with_the_same_characters_are_none(text: str) -> None:
    assert [value for value in values(text) if value[1] != 5] == []


@pytest.mark.parametrize("text", ["1.5至2.5", "1.5到2.5", "1.5から2.5"])
def test_two_numbers_with_a_word_of_reaching_are_a_range(text: str) -> None:
    (found,) = read_quantities(text)
    assert (found.value_as_float, found.upper_as_float) == (1.5, 2.5)


def test_the_name_of_a_country_is_no_metre() -> None:
    assert [unit for _, _, unit in values("3米国")] == [None]
