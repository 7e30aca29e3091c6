"""What comes back over the wire is bounded, and goes to no other server: hooks for the HTTP client of any provider."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

from ...errors import ProviderError

__all__ = ["MOST_BYTES", "TOO_LONG", "check_values", "guard"]

MOST_BYTES = 32_000_000
"""Bytes of an answer, packed or unpacked; a hundred thousand results have less."""
TOO_LONG = "answer_too_long"
_OF_A_FILE = "application/binary"  # what openai asks for then; a server cannot lead another request to it
_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252"})
_MOST_VALUES = 2_500_000  # of JSON, each of which takes up to some hundred bytes of memory
_MOST_BYTES_OF_PACKED_FILE = 256_000_000


def guard(http: Any) -> None:
    """Has an HTTP client, of whatever SDK, refuse what is too long and redirects to somebody else."""
    hooks = getattr(http, "event_hooks", None)
    if hooks is not None:
        http.event_hooks = {**hooks, "response": [*hooks["response"], _check_response]}


def check_values(text: bytes | str) -> None:
    """Finds out whether JSON holds so many values that reading it would take all memory.

    Raises:
        ProviderError: it does.
    """
    signs = (b",", b"[", b"{") if isinstance(text, bytes) else (",", "[", "{")
    if sum(map(text.count, signs)) > _MOST_VALUES:  # type: ignore[arg-type]  # bytes in bytes, or text in text
        raise ProviderError(TOO_LONG, f"the answer has more than {_MOST_VALUES:,} values")


async def _check_response(response: Any) -> None:
    """Called with the head of each response, before anything of its body is read."""
    _check_redirect(response)
    if response.request.headers.get("accept") == _OF_A_FILE and response.is_success:  # it is taken piece by piece
        if response.headers.get("content-encoding", "identity") != "identity":
            response.aiter_raw = _bounded(response.aiter_raw, _MOST_BYTES_OF_PACKED_FILE)
        return
    response.aiter_raw = _bounded(response.aiter_raw, MOST_BYTES)
    response.aiter_bytes = _bounded(response.aiter_bytes, MOST_BYTES)
    check_values(await response.aread())
    # Some of Python's codecs raise, or take hours: the status and what the answer says would be lost.
    if (response.charset_encoding or "utf-8").lower() not in _CHARSETS:
        response.encoding = "utf-8"


def _bounded(pieces: Callable[..., AsyncIterator[bytes]], most: int) -> Callable[..., AsyncIterator[bytes]]:
    """The same pieces, up to a number of bytes."""

    async def counted(*args: Any, **options: Any) -> AsyncGenerator[bytes]:
        size = 0
        async with aclosing(pieces(*args, **options)) as stream:  # type: ignore[type-var]  # it is a generator
            async for piece in stream:
                size += len(piece)
                if size > most:
                    raise ProviderError(TOO_LONG, f"the answer is longer than {most / 1e6:g} MB")
                yield piece

    return counted


def _check_redirect(response: Any) -> None:
    """A key and an abstract are for the server that the user named."""
    if not response.has_redirect_location:
        return
    here = response.request.url
    there = here.join(response.headers["location"])
    if _origin(here) != _origin(there):
        message = f"{_named(here)} sends its requests on to {_named(there)}, which is not followed"
        raise ProviderError("redirected", f"{message}; if that is the server you mean, give it as --base-url")


def _origin(url: Any) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _named(url: Any) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii', 'replace')}"
