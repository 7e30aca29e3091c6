"""Numbers in the characters of Chinese and Japanese and in Korean words: 三百二十一, 百分之三十五, 三割, 삼십오명."""

from __future__ import annotations

import re
from decimal import Decimal

from ..patterns import regex

__all__ = ["NUMERALS", "NUMERALS_HINT", "plain_numeral"]

_DIGITS = {
    **dict(zip("〇一二三四五六七八九", range(10), strict=True)), "零": 0, "两": 2, "兩": 2,
    **dict(zip("영일이삼사오육칠팔구", range(10), strict=True)),
}  # fmt: skip
_STEPS = {"十": 10, "百": 100, "千": 1000, "십": 10, "백": 100, "천": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "만": 10**4, "억": 10**8}

_CHINESE_DIGIT, _KOREAN_DIGIT = "[一二三四五六七八九两兩]", "[일이삼사오육칠팔구]"
# A digit alone is a word of many words (一般, 统一); one with a step (三十, 两千) is a number.
_WITH_STEP = (
    rf"(?:{_CHINESE_DIGIT}[十百千万萬亿億]|十{_CHINESE_DIGIT})[〇零一二三四五六七八九两兩十百千万萬亿億]{{0,20}}"
)
_WHOLE = rf"(?:{_WITH_STEP}|[〇零一二三四五六七八九十两兩])"
_WITH_DECIMALS = rf"(?:{_WHOLE}|\d{{1,9}})(?:[点點][〇零一二三四五六七八九]{{1,9}}|\.\d{{1,9}})?"
_KOREAN = rf"(?:{_KOREAN_DIGIT}?십{_KOREAN_DIGIT}?|{_KOREAN_DIGIT}?백(?:{_KOREAN_DIGIT}?십)?{_KOREAN_DIGIT}?)"
_NO_NAME = r"(?<![第〇零一二三四五六七八九十百千万萬亿億两兩数數几幾双雙\d])"
NUMERALS = regex(
    rf"百分之(?P<percent>{_WITH_DECIMALS})"
    rf"|{_NO_NAME}(?P<under>{_WHOLE}|\d{{1,3}})分之(?P<over>{_WHOLE}|\d{{1,3}})"
    rf"|{_NO_NAME}(?P<of_many>{_WHOLE}|\d{{1,3}})分の(?P<part>{_WHOLE}|\d{{1,3}})"
    rf"|(?<![가-힣\d])(?P<of_korean>[이삼사오육칠팔구십]|\d{{1,3}})\s?분의\s?(?P<korean_part>[일이삼사오육칠팔구]|\d{{1,3}})"
    rf"|{_NO_NAME}(?P<tenths>[一二三四五六七八九\d])[割成](?![本为為立り功果员員就型分绩績长長都])"
    rf"|{_NO_NAME}(?P<share>{_WHOLE})(?=\s?(?:パーセント|％|%|个百分点|個百分點|倍))"
    rf"|{_NO_NAME}(?P<whole>{_WITH_STEP}(?:[点點][〇零一二三四五六七八九]{{1,9}})?)(?![年月日号號世歳来來])"
    rf"|(?P<mixed>(?<![\d.])\d{{1,4}}만\s?\d{{1,4}}천)"
    rf"|(?<![가-힣\d])(?P<korean>{_KOREAN})(?=\s?(?:명|개|건|배|퍼센트|프로|년간|가지))"
    rf"|(?<=[자는은가중약총])(?P<after_noun>{_KOREAN})(?=\s?(?:명|개|건|퍼센트))"
)
"""What `plain_numeral` replaces."""
NUMERALS_HINT = regex(
    r"[十百千万萬亿億割成십백만分분〇零一二三四五六七八九两兩](?:(?<=[十百千万萬亿億割십백만])|(?<=[一二三四五六七八九\d]成)"
    r"|(?<=分)[之の]|(?<=분)\s?의|(?<=[〇零一二三四五六七八九两兩])\s?(?:倍|%|％|パ|[个個]百))"
)
"""Where this is not, `NUMERALS` is not."""


def plain_numeral(match: re.Match[str]) -> str:
    """What a match of `NUMERALS` is read as."""
    kind = match.lastgroup
    written = match.group()
    match kind:
        case "percent":
            return f"{_number(match['percent'])}%"
        case "over":
            return f"{_number(match['over'])}/{_number(match['under'])}"
        case "part":
            return f"{_number(match['part'])}/{_number(match['of_many'])}"
        case "korean_part":
            return f"{_number(match['korean_part'])}/{_number(match['of_korean'])}"
        case "tenths":
            return f"{_number(match['tenths']) * 10}%"
        case "mixed":
            many, thousands = re.findall(r"\d+", written)
            return str(int(many) * 10**4 + int(thousands) * 1000)
    return str(_number(written))


def _number(written: str) -> Decimal:
    whole, point, decimals = re.sub("[点點]", ".", written).partition(".")
    digits = "".join(str(_DIGITS.get(sign, sign)) for sign in decimals)
    value = Decimal(whole) if whole.isdecimal() and whole[0] not in _DIGITS else Decimal(_whole(whole))
    return value + Decimal(f"0.{digits}") if point else value


def _whole(written: str) -> int:
    """三千二百 is 3200, 一万二千 12000; a digit behind 百 alone (一百二) is read as it is written."""
    total = section = digit = 0
    for sign in written:
        if sign in _DIGITS:
            digit = digit * 10 + _DIGITS[sign] if digit else _DIGITS[sign]
        elif sign in _STEPS:
            section += (digit or 1) * _STEPS[sign]
            digit = 0
        else:
            total += (section + digit or 1) * _MYRIADS[sign]
            section = digit = 0
    return total + section + digit
