"""Digits, signs, units and counters of other scripts, entities of HTML, and what nobody sees, as plain characters."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

from ..patterns import regex
from .scripts import INVISIBLE, UNSPACED

__all__ = ["FOREIGN_SIGNS", "FOREIGN_SIGNS_HINT", "plain_sign"]

_LETTER = "、"
"""Stands for a letter of a script without blanks: neither letter nor blank, so that it parts what it stands between."""
_UNITS = {
    "个百分点": " points", "個百分點": " points", "百分点": " points", "百分點": " points",
    "퍼센트 포인트": " points", "パーセントポイント": " points", "ポイント": " points", "퍼센트포인트": " points",
    "포인트": " points", "จุดเปอร์เซ็นต์": " points", "パーセント": "%", "퍼센트": "%", "เปอร์เซ็นต์": "%",
    "倍": "x", "배": "x", "เท่า": "x", "帧/秒": " FPS", "幀/秒": " FPS", "フレーム/秒": " FPS", "프레임/초": " FPS",
    "毫秒": " ms", "ミリ秒": " ms", "밀리초": " ms", "秒": " s", "초": " s", "วินาที": " s", "分钟": " min",
    "分鐘": " min", "分間": " min", "小时": " h", "小時": " h", "時間": " h", "시간": " h", "公斤": " kg",
    "千克": " kg", "毫克": " mg", "微克": " µg", "克": " g", "公里": " km", "千米": " km", "厘米": " cm",
    "毫米": " mm", "微米": " µm", "纳米": " nm", "米": " m", "毫升": " mL", "微升": " µL", "升": " litres",
    "公顷": " ha", "摄氏度": " °C", "攝氏度": " °C", "天": " days", "个月": " months", "個月": " months",
    "周": " weeks", "개월": " months", "킬로그램": " kg", "밀리그램": " mg", "그램": " g", "킬로미터": " km",
    "밀리미터": " mm", "キログラム": " kg", "ミリグラム": " mg", "キロメートル": " km", "メートル": " m",
    "ミリメートル": " mm", "日間": " days", "週間": " weeks", "か月": " months", "ヶ月": " months", "万": "×10^{4}",
    "岁": " years", "歲": " years", "歳": " years", "세": " years", "年间": " years", "年間": " years",
    "년간": " years", "兆帕": " MPa", "千帕": " kPa", "赫兹": " Hz", "千赫": " kHz", "兆赫": " MHz", "吉赫": " GHz",
    "분": " min", "일간": " days", "주간": " weeks", "리터": " litres", "밀리리터": " mL", "센티미터": " cm",
    "마이크로미터": " µm", "나노미터": " nm", "헥타르": " ha", "グラム": " g", "リットル": " litres",
    "ミリリットル": " mL", "センチメートル": " cm", "ナノメートル": " nm", "マイクロメートル": " µm",
    "ヘクタール": " ha",
    "分": " min", "มิลลิกรัม": " mg", "มก.": " mg", "ไมโครกรัม": " µg", "กิโลกรัม": " kg", "กก.": " kg", "กรัม": " g",
    "มิลลิลิตร": " mL", "มล.": " mL", "ลิตร": " litres", "เซนติเมตร": " cm", "ซม.": " cm", "มิลลิเมตร": " mm",
    "มม.": " mm", "กิโลเมตร": " km", "กม.": " km", "เมตร": " m", "ชั่วโมง": " h", "นาที": " min", "วัน": " days",
    "สัปดาห์": " weeks", "เดือน": " months", "ปี": " years", "องศาเซลเซียส": " °C",
    "萬": "×10^{4}", "만": "×10^{4}", "亿": "×10^{8}", "億": "×10^{8}", "억": "×10^{8}", "千": "×10^{3}",
}  # fmt: skip
"""Behind a number."""
_ONLY_IF = {
    "세": "세(?![기대])",
    "분": "분(?![의위류석할])",
    "分": "分(?=[でごとにま後以程])",  # of time; of a mark in Chinese
    "เดือน": "เดือน(?!ที่)",
    "ปี": "ปี(?!ที่)",
    "千": "千(?![克米瓦赫帕卡])",
    "克": "克(?![隆服勒])",
    "米": "米(?![国國兰蘭])",
    "升": "升(?![级級高温溫])",
    "天": "天(?![然气氣线線体體文])",
    "周": "周(?![期围圍年边邊知])",
    "เท่า": "เท่า(?!กับ)",
}
"""Units that other words begin with."""
_ANY_UNIT = "|".join(_ONLY_IF.get(unit, unit) for unit in sorted(_UNITS, key=len, reverse=True))
_LIKE = {"٪": "%", "﹪": "%", "٫": ".", "٬": ",", "〜": "~", "‐": "-", "‑": "-", **dict.fromkeys("∙‧・⋅•", "·")}
_CITED_YEAR = r"(?:19|20)\d\d[a-z]?[)）]"
FOREIGN_SIGNS = regex(
    rf"(?P<invisible>[{INVISIBLE}]+)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)"
    r"|(?P<raised><(?:\w{1,8}:)?sup>(?=[-−–]?\d{1,4}<)|(?<=\d)</(?:\w{1,8}:)?sup>)"
    rf"|(?<=[\d%％⁰¹²³⁴-⁹])\s?(?P<unit>{_ANY_UNIT})"
    r"|(?<=\d)(?P<named>[年月日号號版届屆章页頁년월호])"
    r"|(?<=[\d%％])\s?(?P<range_sign>[至到]|から)\s?(?=\d)"
    r"|(?P<ordinal>[第제])(?=\d)"
    rf"|(?<=[{UNSPACED}])(?P<cited>[,，]\s?|[(（])(?={_CITED_YEAR})"
    r"|(?P<year_word>ปี\s?|ค\.ศ\.\s?)(?=(?:19|20)\d\d(?!\d))"
    r"|(?P<hundredth>ร้อยละ\s?\d+(?:[.,]\d+)?)(?!\d|\s?%)"
    rf"|(?P<letter>[{UNSPACED}])"
    r"|(?P<exponent>(?<=10)⁻?[⁰¹²³⁴-⁹]{1,3}|(?:(?<=[×·]10)|(?<=[×·]\s10))[-−–]\d{1,2}(?!\d|[.,·]\d|%))"
    r"|(?P<blank>(?<=\d)[\u2000-\u200a\u205f](?=\d))"
    r"|(?<![^\s(~<>≤≥≈=])(?<![\d%]\s)(?P<percent_first>%\d+(?:[.,]\d+)?(?:\s?[-–]\s?\d+(?:[.,]\d+)?)?)(?![\d.,]*\s?%|\d)"
    r"|(?P<sign>[\uff01-\uff5e٪﹪〜]|[‐‑](?=[.\d])|(?<=\d)[٫٬∙‧・](?=\d)|(?![0-9])\d"
    r"|(?:(?<=\b\d)|(?<=\b\d\d))[⋅•](?=\d{1,3}(?!\d)))"
)
"""What `plain_sign` replaces."""
FOREIGN_SIGNS_HINT = regex(
    rf"[&<{INVISIBLE}{UNSPACED}\u0660-\u0dff\u0e50-\u0e59\u0ed0-\u0fff\u1000-\u1c7f\u2000-\u200a\u2010\u2011\u205f∙‧・⋅•〜﹪×%⁰-⁹²³¹"
    r"\ua600-\uabff\uff01-\uff5e\U00010000-\U0001ffff]"
    r"(?:(?<=&)(?=#|[A-Za-z]{2,8};)|(?<=<)(?=/?(?:\w{1,8}:)?sup>)|(?<=%)(?=\d)|(?<=×)(?=\s?10)|(?<=[^&<%×]))"
)
"""Where this is not, `FOREIGN_SIGNS` is not; it skips most text quickly."""
_DECIMAL_END = regex(r"[.．·]\d{1,9}$")


def plain_sign(match: re.Match[str]) -> str:
    """What a match of `FOREIGN_SIGNS` is read as."""
    kind = match.lastgroup
    return _PLAIN[kind](match, match.group()) if kind else match.group()


def _named(match: re.Match[str], letter: str) -> str:
    """A letter behind digits, which say which one, as in "2020年"; behind decimals it says nothing of them."""
    return _LETTER if _DECIMAL_END.search(match.string, match.start() - 10, match.start()) else letter


def _exponent(_: re.Match[str], written: str) -> str:
    return f"^{{{unicodedata.normalize('NFKC', written).replace('−', '-').replace('–', '-')}}}"


def _plain_form(match: re.Match[str], sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if sign == "，":  # a comma of a number only between digits of its own kind
        around = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
        return "," if all(c.isdecimal() and not c.isascii() for c in around) else ";"
    return _LIKE.get(sign) or unicodedata.normalize("NFKC", sign)


_PLAIN: dict[str, Callable[[re.Match[str], str], str]] = {
    "invisible": lambda _, __: "",
    "entity": lambda _, entity: html.unescape(entity),
    "raised": lambda _, tag: "}" if tag[1] == "/" else "^{",
    "unit": lambda match, _: _UNITS[match["unit"]],
    "named": _named,
    "range_sign": lambda _, sign: "–" if "至" in sign else " to ",
    "ordinal": lambda _, letter: letter,
    "cited": lambda _, sign: "Aa, " if sign[0] in ",，" else "Aa (",
    "letter": lambda _, __: _LETTER,
    "exponent": _exponent,
    "blank": lambda _, __: "\u2009",
    "year_word": lambda _, __: "Aa ",
    "hundredth": lambda _, written: written.removeprefix("ร้อยละ").strip() + "%",
    "percent_first": lambda _, written: written[1:] + "%",
    "sign": _plain_form,
}
