"""Changes to bytes as broken disks, broken programs and people with intentions make them."""

from __future__ import annotations

import json
import random
from typing import Any

__all__ = ["damaged", "odd_value", "with_odd_values"]

_PIECES = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b[31m", b"\r", b"\n", b"\r\n", b"\n\n\n",
    b"\t", b'"', b"'", b"\\", b"\\u",
    b"\\ud800", b"{", b"}", b"[", b"]", b"[" * 300, b'{"a":' * 300, b",", b":", b"<", b">", b"</",
    b"<x:y>", b"&", b"&a;",
    b"<![CDATA[", b"<!--", b"<!DOCTYPE a [<!ENTITY a 'b'>]>", b"@", b"@article{", b"@string{a=",
    b"%", b"TY  - ", b"ER  - ", b"ER\n", b"PMID- ", b"PT J\n", b"RT X\n", b"%0 ", b"%T ", b"\n<1>\n",
    b"_" * 30 + b"\n", b"Document 1 of 2\n", b"\n1|t|",
    b"---\n", b"\f", b"NaN", b"1e999", b"-1", b"9" * 400, b"null", b"true", b"\xed\xa0\x80",
    b"\xe2\x80\xae", b"\xc2\x85",
    b"\xe2\x80\xa8", b"Subscribe", b"\x1f\x8b", b"\x28\xb5\x2f\xfd",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 2**200, -(2**31), 1e308, 0.1, "", " ", "x" * 5000, "\0", "\ud800", "\x1b]0;x\x07",
    "\u202e", "١²", "NaN", "1e999", "-0", "inf", "/", "/~", "~1", "/results/²", "/results/-1",
    "/results/99999999999999999999",
    [], {}, [[]], [None], {"": None}, {"\0": "\ud800"}, [1] * 300, ["a"], {"a": {"b": {"c": []}}},
)  # fmt: skip
_DEEP = 460


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Some bytes after a few accidents."""
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        data = _once(data, rng)
    return data


def _once(data: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(data))
    end = min(len(data), start + rng.choice((0, 1, 1, 2, 10, 100, 1000)))
    match rng.randrange(9):
        case 0:
            return data[:start]
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:end] + data[start:end] * rng.choice((1, 2, 50)) + data[end:]
        case 3:
            middle = bytearray(data[start:end])
            rng.shuffle(middle)
            return data[:start] + bytes(middle) + data[end:]
        case 4:
            return data[:start] + rng.randbytes(end - start) + data[end:]
        case 5:
            text = data[start:end].decode("utf-8", "replace")
            return (
                data[:start]
                + text.encode(rng.choice(("utf-16", "utf-16-le", "latin-1", "utf-8-sig")), "replace")
                + data[end:]
            )
        case 6:
            other = rng.randint(0, len(data))
            return data[:start] + data[other : other + end - start] + data[end:]
    return data[:start] + rng.choice(_PIECES) + data[end if rng.random() < 0.5 else start :]


def odd_value(rng: random.Random) -> Any:
    """A value of JSON that nobody expects."""
    if rng.random() < 0.02:
        deep: Any = 0
        for _ in range(_DEEP):
            deep = [deep] if rng.random() < 0.5 else {"a": deep}
        return deep
    return rng.choice(_VALUES)


def with_odd_values(value: Any, rng: random.Random, odds: float = 0.05) -> Any:
    """A value of JSON with some parts replaced, doubled, left out or renamed."""
    if rng.random() < odds:
        return odd_value(rng)
    if isinstance(value, dict):
        kept = {key: with_odd_values(each, rng, odds) for key, each in value.items() if rng.random() > odds / 3}
        return kept | ({str(odd_value(rng))[:100]: odd_value(rng)} if rng.random() < odds else {})
    if isinstance(value, list):
        return [with_odd_values(each, rng, odds) for each in value for _ in range(rng.choice((1, 1, 1, 1, 1, 1, 0, 2)))]
    if isinstance(value, str) and rng.random() < odds:
        return damaged(value.encode("utf-8", "replace"), rng).decode("utf-8", "replace")
    return value


def as_bytes(value: Any) -> bytes:
    """A value as JSON."""
    return json.dumps(value).encode()
