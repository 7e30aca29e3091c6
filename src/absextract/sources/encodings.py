"""Text that is no UTF-8: UTF-16 with its mark is read, all else is told, with the command that converts it."""

from __future__ import annotations

import codecs
import io
import shlex
from collections.abc import Mapping
from typing import Any

from ..patterns import regex

__all__ = ["UTF_16_MARKS", "Recoded", "has_wrong_bytes", "how_to_convert", "line_of", "not_utf8", "wrong_text"]

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BLOCK = 1 << 16
_DECLARED = regex(r"""(<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["'])[^"']{1,40}""")
_FIRST_BYTE, _LAST_BYTE = 0xDC80, 0xDCFF  # what "surrogateescape" makes of bytes that are no UTF-8
_HALF = regex("[\ud800-\udfff]")
_DEEPEST = 100


def line_of(raw: bytes, number: int) -> str:
    """The text of a line; bytes that are no UTF-8 stay visible as surrogates, so that they cost their record alone.

    Args:
        raw: the line.
        number: which it is in its file, from 1; the first may have a byte order mark.
    """
    return raw.decode("utf-8-sig" if number == 1 else "utf-8", errors="surrogateescape")


def has_wrong_bytes(text: str) -> bool:
    """Whether there is something in a text that `wrong_text` tells."""
    return not text.isascii() and _HALF.search(text) is not None


def not_utf8(path: str, byte: int) -> str:
    """What is wrong with text of another encoding, and what to do.

    Args:
        path: the file.
        byte: the one that cannot be.
    """
    return f"not UTF-8 text (byte {byte:#x}); {how_to_convert(path)}"


def how_to_convert(path: str) -> str:
    """What to do with a file that is not UTF-8."""
    return f"convert it first, e.g. iconv -f WINDOWS-1252 -t UTF-8 {shlex.quote(path)}"


def wrong_text(value: Any, path: str) -> str | None:
    """What is wrong with texts that cannot be written: bytes that were no UTF-8, or half a character; None if nothing.

    Args:
        value: a text, or a row of them; bytes that are no UTF-8 stand in it as "surrogateescape" makes them.
        path: the file it comes from.
    """
    waiting = [value]
    for _ in range(_DEEPEST):
        inner: list[Any] = []
        for each in waiting:
            if isinstance(each, str):
                if wrong := _HALF.search(each):
                    code = ord(wrong[0])
                    if _FIRST_BYTE <= code <= _LAST_BYTE:
                        return not_utf8(path, code - 0xDC00)
                    return "half a character (a lone surrogate) in it"
            elif isinstance(each, Mapping):
                inner += [*each.keys(), *each.values()]
            elif isinstance(each, list | tuple):
                inner += each
        waiting = inner
    return None


class Recoded(io.RawIOBase):
    """A stream of UTF-16 with its byte order mark, as UTF-8; XML does not say any more that it is something else.

    Raises:
        OSError: on reading, where it is no UTF-16.
    """

    def __init__(self, source: Any) -> None:
        self._source = source
        self._decode = codecs.getincrementaldecoder("utf-16")()
        self._rest = b""
        self._is_first = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            block = self._source.read(_BLOCK)
            try:
                text = self._decode.decode(block, final=not block)
            except UnicodeDecodeError as error:
                raise OSError(f"not UTF-16 text, though it begins so: {error.reason}") from None
            if self._is_first and text:
                text, self._is_first = _DECLARED.sub(r"\1UTF-8", text, count=1), False
            self._rest = text.encode("utf-8", "surrogatepass")
            if not block:
                break
        size = min(len(self._rest), len(buffer))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
