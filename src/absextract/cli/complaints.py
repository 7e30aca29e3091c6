"""What typer has to say of a command's words, in plain words that are fit for a terminal."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from ..display.printable import printable
from ..text.close_names import did_you_mean

__all__ = ["plain_complaints"]

_NOT_ONE_OF = re.compile(r"'(?P<given>[^']*)' is not one of (?P<known>'.*')")


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
    said = said.replace("Value error, ", "")
    if choice := _NOT_ONE_OF.search(said):
        return said + did_you_mean(choice["given"], re.findall(r"'([^']*)'", choice["known"]))
    return said
