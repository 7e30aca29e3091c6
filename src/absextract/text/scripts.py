"""Scripts that set no blanks between words, and characters that nobody sees: where a word really begins and ends."""

from __future__ import annotations

from ..patterns import regex

__all__ = ["INVISIBLE", "UNSPACED", "ZERO_WIDTH", "begins_word", "ends_word"]

_KANA = r"\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
UNSPACED = (
    rf"{_KANA}{_HANGUL}"
    r"\u3005-\u3007\u3041-\u309f\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    r"\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ece\u1000-\u103f\u1050-\u108f\u1780-\u17d3\u17dc\u17dd"
)
"""Letters of Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer, for a class of a regular expression."""
ZERO_WIDTH = r"\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff"
"""Zero-width blanks and joiners and the soft hyphen, for a class of a regular expression: they part nothing."""
INVISIBLE = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
)
"""These, control characters and marks of direction, for a class of a regular expression."""

_ANY_INVISIBLE = regex(f"[{INVISIBLE}]")
_ANY_UNSPACED = regex(f"[{UNSPACED}]")
_ANY_KANA = regex(f"[{_KANA}]")
_PARTICLE = regex(
    r"(?:은|는|이|가|을|를|의|에|로|와|과|도|만|나|랑|인|일|임|들|등|및|별|상|적|용|형|화|간|내|에서|에게|으로|까지|부터|보다|처럼|마다"
    r"|이나|이며|이고|이다|입니다|대비|[하되였][가-힣]{0,6}|이었[가-힣]{0,4}|[한할함해했된될됨됐][가-힣]{0,4}"
    rf"|시[키킨킬켰][가-힣]{{0,4}}|라는|이라는|이란|란){{1,4}}(?![{_HANGUL}])"
)
_ANY_HANGUL = regex(f"[{_HANGUL}]")
# Vowels and tones of Thai, Lao, Burmese and Khmer, inner letters of a Korean syllable: what is before goes on in them
_MARK = regex(
    r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u17dd\u1160-\u11ff]"
)


def begins_word(text: str, start: int) -> bool:
    """Whether no letter or digit before a place belongs to the word or number that begins there."""
    at = start - 1
    while at >= 0 and _ANY_INVISIBLE.match(text, at):
        at -= 1
    before, first = text[at : at + 1] if at >= 0 else "", text[start : start + 1]
    if not (before.isalnum() and first.isalnum()):
        return _MARK.match(first) is None
    if _ANY_HANGUL.match(before) and _ANY_HANGUL.match(first):  # Korean has blanks before words
        return False
    return _are_parted(before, first)


def ends_word(text: str, end: int) -> bool:
    """Whether no letter or digit from a place on belongs to the word or number that ends there.

    A Korean particle or verb ending behind a noun does not.
    """
    at = end
    while at < len(text) and _ANY_INVISIBLE.match(text, at):
        at += 1
    last, behind = text[end - 1 : end], text[at : at + 1]
    if _MARK.match(behind):
        return False
    if _ANY_HANGUL.match(last) and _ANY_HANGUL.match(behind):
        return _PARTICLE.match(text, at) is not None
    return not (last.isalnum() and behind.isalnum()) or _are_parted(last, behind)


def _are_parted(left: str, right: str) -> bool:
    """Whether a word can end between two letters or digits that stand side by side."""
    if _ANY_KANA.match(left) and _ANY_KANA.match(right):
        return False
    return _ANY_UNSPACED.match(left) is not None or _ANY_UNSPACED.match(right) is not None
