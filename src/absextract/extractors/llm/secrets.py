"""Texts without keys: also where a server wrote them in escapes, in other clothes or in part."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ...patterns import regex
from ...text.scripts import INVISIBLE

__all__ = ["Redactor", "redact_json"]

_SHOWN = "[key]"
_PART = 8  # characters of a key that give it away
_ENDS = 2, 4  # of a key with its middle left out: shown on both sides, or on one
_MOST_MASKS = 1000
_ROUNDS = 3  # escapes in escapes
_UNSEEN = rf"{INVISIBLE}\u0300-\u036f\ufe00-\ufe0f\U000e0000-\U000e0fff"
_CLOTHED = r"\u2070-\u209c\u2100-\u214f\u2460-\u24ff\uff01-\uff5e\U0001d400-\U0001d7ff"  # wide, raised, circled, bold
_ESCAPE = regex(
    r"\\{1,8}[uU]([dD][89abAB][0-9a-fA-F]{2})\\{1,8}[uU]([dD][c-fC-F][0-9a-fA-F]{2})|"  # a character as two halves
    r"\\{1,8}(?:[uU]\{?(?:0000)?([0-9a-fA-F]{4}|[0-9a-fA-F]{2}(?=\}))\}?|x([0-9a-fA-F]{2})|([01][0-7]{2})|([/_.+=~-]))"
    r"|%(?:25){0,3}([0-9a-fA-F]{2})"
    r"|&(?:amp;){0,8}#[xX]0{0,64}([0-9a-fA-F]{2,5});?|&(?:amp;){0,8}#0{0,64}([0-9]{2,6});?"
    rf"|([{_CLOTHED}])|[{_UNSEEN}]"
)
_AS_GOOD = regex(rf"[!-~\s{_CLOTHED}{_UNSEEN}]")
_BETWEEN = regex(  # the characters of a key that somebody wrapped, spaced out, listed or marked up
    r"(?:\\{1,8}[nrtfv]|%(?:25){0,3}(?:20|0[9aAdD])|&(?:amp;)?(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|NewLine|Tab);"
    r"|<[/!]?[a-z-][^<>]{0,64}>|\[[0-9;]{0,16}m|[\W_\u3164\u115f\u1160\uffa0])+"
)
_MASK = regex(r"[*•·∙]{2,}|…|\.{3,}")
_Span = tuple[int, int]


class Redactor:
    """Takes keys out of texts.

    A key is found by any eight of its characters in a row, compared after escapes of JSON, URLs and HTML are read and
    without regard to case, styled letters, markup, and whatever is no letter or digit; also in base64 and hexadecimal,
    and by its ends where its middle is left out.

    Args:
        secrets: the keys.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        keys = tuple(secrets)
        self._secrets = tuple(key.lower() for key in keys)
        self._parts = frozenset(part for key in keys for part in _parts_of(key))
        # words and years stand in a row in many a text
        dense = {part for key in keys for part in _parts_of(_BETWEEN.sub("", key))}
        self._spaced = [p for p in self._parts | dense if len(p) >= _PART and not p.isalpha() and not p.isdigit()]

    def __call__(self, text: str) -> str:
        view = _read(text)
        spans = _merged([*_found(self._parts, view), *self._spaced_out(view), *self._masked(view)])
        if not spans:
            return text
        at = _origins(text)
        pieces, end = [], 0
        for start, stop in spans:
            pieces += [text[end : at[start]], _SHOWN]
            end = at[stop]
        return "".join(pieces) + text[end:]

    def _spaced_out(self, view: str) -> Iterator[_Span]:
        """What is a key but for what stands between its characters."""
        dense = _BETWEEN.sub("", view)
        if dense == view or not (spans := list(_found(self._spaced, dense))):
            return
        at = [at for start, end in _kept(view) for at in range(start, end)]
        yield from ((at[start], at[stop - 1] + 1) for start, stop in spans)

    def _masked(self, view: str) -> Iterator[_Span]:
        """`sk-ab*****xyz`: what some servers think is no secret."""
        if not self._secrets:
            return
        for number, mask in enumerate(_MASK.finditer(view)):
            if number == _MOST_MASKS:
                return
            for secret in self._secrets:
                before = _longest(secret, lambda n: view.endswith(secret[:n], 0, mask.start()))  # noqa: B023
                behind = _longest(secret, lambda n: view.startswith(secret[-n:], mask.end()))  # noqa: B023
                if min(before, behind) >= _ENDS[0] or max(before, behind) >= _ENDS[1]:
                    yield mask.start() - before, mask.end() + behind


def redact_json(value: Any, redact: Callable[[str], str]) -> Any:
    """JSON without keys, in names too."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        return [redact_json(item, redact) for item in value]
    if isinstance(value, dict):
        return {redact(name): redact_json(item, redact) for name, item in value.items()}
    return value


def _found(parts: Iterable[str], view: str) -> Iterator[_Span]:
    for part in parts:
        start = view.find(part)
        while start >= 0:
            yield start, start + len(part)
            start = view.find(part, start + 1)


def _kept(view: str) -> Iterator[_Span]:
    """Where the characters are that may be a key's."""
    end = 0
    for other in _BETWEEN.finditer(view):
        yield end, other.start()
        end = other.end()
    yield end, len(view)


def _longest(secret: str, fits: Any) -> int:
    return next((n for n in range(len(secret), 0, -1) if fits(n)), 0)


def _parts_of(secret: str) -> Iterator[str]:
    """What gives a key away: each row of characters of the key, and enough of those of its other forms."""
    data = secret.encode()
    forms = [data.hex()]
    for shift in range(3):  # base64 of a text that has the key somewhere inside
        coded = base64.b64encode(b"\0" * shift + data).decode().rstrip("=")
        inner = coded[(0, 2, 3)[shift] : -1]
        forms += [inner, inner.replace("+", "-").replace("/", "_")]
    for form, step in ((secret, 1), *((form, _PART) for form in forms)):
        if len(form) >= _PART:
            grams = (form[i : i + _PART] for i in range(0, len(form) - _PART + 1, step))
            yield from (gram.lower() for gram in (*grams, form[-_PART:]) if not gram.isalpha())
        yield form.lower()


def _read(text: str) -> str:
    """The text as somebody reads it who undoes its escapes."""
    view = text
    for _ in range(_ROUNDS):
        before, view = view, _ESCAPE.sub(_meant, view)
        if view == before:
            break
    return _lower(view)


def _origins(text: str) -> list[int]:
    """For each character of what `_read` gives, where it begins in the text; and the text's end."""
    view, at = text, list(range(len(text) + 1))
    for _ in range(_ROUNDS):
        origins: list[int] = []
        end = 0
        for escape in _ESCAPE.finditer(view):
            origins += at[end : escape.start()]
            meant = _meant(escape)
            origins += [at[escape.start()]] * len(meant) if len(meant) < 2 else at[escape.start() : escape.end()]
            end = escape.end()
        at = origins + at[end:]
        before, view = view, _ESCAPE.sub(_meant, view)
        if view == before:
            break
    return at


def _meant(escape: re.Match[str]) -> str:
    """The character, if it is one that a key may have, or that may stand in one unseen."""
    high, low, unicode, literal, octal, plain, percent, hexadecimal, decimal, clothed = escape.groups()
    if plain or clothed:
        return plain or _undressed(clothed)
    digits = unicode or literal or percent or hexadecimal
    if not (high or digits or octal or decimal):
        return ""
    pair = high and bytes.fromhex(high + low).decode("utf-16-be")
    meant = pair or chr(int(digits, 16) if digits else int(octal, 8) if octal else int(decimal))
    return meant if _AS_GOOD.fullmatch(meant) else escape[0]


def _undressed(letter: str) -> str:
    """The plain letter or digit that a styled one stands for, where it is a single one."""
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter


def _lower(text: str) -> str:
    return text.replace("\u0130", "I").lower()  # the one letter that would become two


def _merged(spans: list[_Span]) -> list[_Span]:
    merged: list[_Span] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(stop, merged[-1][1])
        else:
            merged.append((start, stop))
    return merged
