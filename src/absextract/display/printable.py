"""Text of others as a terminal may have it: abstracts, paths, answers and error pages are untrusted.

Whatever goes to a terminal or into a log goes through here.
"""

from __future__ import annotations

from typing import IO, Any, cast

from ..patterns import regex

__all__ = ["for_terminal", "printable", "printable_json"]

# C0 but tab and line feed, DEL, C1, Unicode's signs that turn the direction of text, halves of surrogate pairs
_OBEYED = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ud800-\udfff"
_NOT_SHOWN = regex(f"[{_OBEYED}]")
_NOT_IN_JSON = regex(f"[{_OBEYED}\u2028\u2029]")
_BREAK = regex("\r\n|[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_SHOWN = "\N{REPLACEMENT CHARACTER}"


def printable(text: str, *, keep_lines: bool = False) -> str:
    """The text with a replacement character for each sign that a terminal would obey.

    Args:
        text: anything.
        keep_lines: line feeds and tabs stay, and every place in the text; else each line break becomes a space.
    """
    return _NOT_SHOWN.sub(_SHOWN, text if keep_lines else _BREAK.sub(" ", text))


def printable_json(text: str) -> str:
    """JSON that says the same, with those signs as escapes, which JSON has in texts alone."""
    return _NOT_IN_JSON.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def for_terminal(stream: IO[str]) -> IO[str]:
    """A stream for data as it is, or as a terminal may have it where it is one."""
    return cast("IO[str]", _Terminal(stream)) if stream.isatty() else stream


class _Terminal:
    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(printable(text, keep_lines=True))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
