"""What typer has to say of a command's words, in plain words that are fit for a terminal."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from ..display.printable import printable
from ..patterns import regex
from ..text.close_names import did_you_mean

__all__ = ["plain_complaints"]

_REWORDED = tuple(
    (regex(said), instead)
    for said, instead in (
        (r"^Invalid value: ", ""),
        (r"^Invalid value for (?='-)", ""),
        (r"Value error, ", ""),
        (r"Input should be greater than or equal to (\S+)", r"must be \1 or more"),
        (r"Input should be less than or equal to (\S+)", r"must be \1 or less"),
        (r"Input should be a valid integer, .*", "must be a whole number"),
        (r"Input should be a valid number, .*", "must be a number"),
        (
            r"^Got unexpected extra argument\(s\) \((.*)\)$",
            r"\1: more than is expected here. Put a text with blanks in quotes",
        ),
        (r"^No such command 'help'\.", "No such command 'help'. Did you mean --help?"),
    )
)
_NOT_ONE_OF = regex(r"'(?P<given>[^']*)' is not one of (?P<known>'.*')")


@contextlib.contextmanager
def plain_complaints() -> Iterator[None]:
    """Rewords what typer raises inside."""
    try:
        yield
    except Exception as error:
        if hasattr(error, "format_message"):  # typer's own, of whatever version
            said = _plain(error, error.format_message())
            error.format_message = lambda: printable(said)
        raise


def _plain(error: Exception, said: str) -> str:
    """The message, with what may have been meant."""
    if near := getattr(error, "possibilities", None):  # an unknown option
        return f"{error.message.rstrip('.')}.{did_you_mean(error.option_name, near)}"  # type: ignore[attr-defined]
    for words, instead in _REWORDED:
        said = words.sub(instead, said)
    if choice := _NOT_ONE_OF.search(said):
        return said + did_you_mean(choice["given"], re.findall(r"'([^']*)'", choice["known"]))
    return said
