"""Transport errors: which are worth the same request again, and when. The one owner of retries."""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    wait_random_exponential,
)

from ...errors import ProviderError
from ...patterns import regex

__all__ = [
    "HOPELESS",
    "LONG_PAUSE",
    "MAX_ATTEMPTS",
    "MAX_SECONDS",
    "REJECTED",
    "UNREACHABLE",
    "asks_for_long",
    "classify",
    "is_turned_away",
    "max_attempts",
    "retrying",
    "status_error",
]

MAX_ATTEMPTS = 8
MAX_ATTEMPTS_RATE_LIMITED = 40
"""A 429 says that the server is well; the gate sees to it that the next one comes later."""
MAX_ATTEMPTS_TURNED_AWAY = 3
MAX_SECONDS = 300.0
LONG_PAUSE = 30.0
"""Seconds of a pause that is worth a word, and not made again and again for one paper alone."""
_LONGEST = 500
_READ = 20_000  # characters of what a server says

UNREACHABLE = frozenset({"connection", "timeout", "redirected"})
"""Codes of errors that came without any answer of the server."""

HOPELESS = frozenset({"authentication", "insufficient_quota", "not_found", "permission_denied"})
"""Codes of errors that every other request of the run would meet too."""

_ResultT = TypeVar("_ResultT")
_BACK_OFF = wait_random_exponential(multiplier=0.5, max=30)
_CODES = {
    400: "bad_request",
    401: "authentication",
    402: "insufficient_quota",
    403: "permission_denied",
    404: "not_found",
    408: "timeout",
    409: "conflict",
    413: "request_too_large",
    422: "bad_request",
    429: "rate_limited",
}
_LONGEST_WAIT = 60  # characters
_SECONDS = regex(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_RETRYABLE = frozenset({408, 409, 425, 429})
REJECTED = frozenset({400, 413, 422})
"""Statuses that say that the request itself is wrong."""
# What providers write where the same request can never succeed.
_NO_QUOTA = ("insufficient_quota", "exceeded your current quota", "credit balance is too low")
_TOO_LONG = (
    *("context length", "context_length", "maximum context", "context window", "prompt is too long"),
    "available context size",  # llama.cpp
)
_FILTERED = ("content management policy", "content_filter", "responsibleaipolicy")


def max_attempts(error: ProviderError) -> int:
    """How often a request is sent at most, given how it failed last."""
    if error.code != "rate_limited":
        return MAX_ATTEMPTS
    return MAX_ATTEMPTS_TURNED_AWAY if is_turned_away(error) else MAX_ATTEMPTS_RATE_LIMITED


def asks_for_long(error: ProviderError) -> bool:
    """Whether the server asks for a long pause."""
    return error.code == "rate_limited" and (error.retry_after or 0.0) >= LONG_PAUSE


def is_turned_away(error: ProviderError) -> bool:
    """Whether the server asks for a longer pause than is made."""
    return error.code == "rate_limited" and (error.retry_after or 0.0) > MAX_SECONDS


async def retrying(
    send: Callable[[], Awaitable[_ResultT]],
    *,
    on_retry: Callable[[ProviderError, float], None],
    attempts: Callable[[ProviderError], int] = max_attempts,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> _ResultT:
    """Awaits `send()` until it succeeds, fails for good, or the attempts are used up, or 300 s of waiting between them.

    How many attempts there are is asked after each, since it may turn on what others meet meanwhile. Before each
    wait, `on_retry` is told why and how many seconds.

    Raises:
        ProviderError: of the last attempt; its message says how many there were.
    """

    def enough(state: RetryCallState) -> bool:
        error = state.outcome and state.outcome.exception()
        if not isinstance(error, ProviderError) or state.attempt_number >= attempts(error):
            return True
        told_when = error.code == "rate_limited" and error.retry_after is not None
        return not told_when and float(state.idle_for + state.upcoming_sleep) > MAX_SECONDS

    def before_sleep(state: RetryCallState) -> None:
        error = state.outcome and state.outcome.exception()
        if isinstance(error, ProviderError):
            on_retry(error, float(state.upcoming_sleep))

    retry = AsyncRetrying(
        retry=retry_if_exception(lambda e: isinstance(e, ProviderError) and e.retryable),
        stop=enough,
        wait=_wait,
        before_sleep=before_sleep,
        sleep=sleep,
        reraise=True,
    )

    async def attempt() -> _ResultT:  # tenacity awaits only what it can tell is a coroutine function
        return await send()

    try:
        return await retry(attempt)
    except ProviderError as error:
        made = int(retry.statistics["attempt_number"])
        if made > 1:
            error.message += f" ({made} attempts)"
        raise


def classify(error: Exception, redact: Callable[[str], str], server: str = "the server") -> ProviderError:
    """Any provider SDK's exception as ours: a code, a message without keys, and whether to try again."""
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    if not isinstance(status, int):
        return _without_answer(error, redact, server)
    body = getattr(error, "body", None)
    if not isinstance(body, dict | list):
        body = str(body or error)
    response = getattr(error, "response", None) or getattr(error, "raw_response", None)
    return status_error(status, body, getattr(response, "headers", None) or {}, redact)


def status_error(
    status: int, body: Any, headers: Mapping[str, Any] = {}, redact: Callable[[str], str] = str
) -> ProviderError:
    """The error that a status and a body tell."""
    message, code = redact(_message(body)), _CODES.get(status, "server_error" if status >= 500 else "bad_request")
    retryable = status in _RETRYABLE or status >= 500
    said = message.lower()
    if status < 500 and any(phrase in said for phrase in _NO_QUOTA):
        code, retryable = "insufficient_quota", False
    elif status in REJECTED and any(phrase in said for phrase in _TOO_LONG):
        code = "context_length_exceeded"
    elif status in REJECTED and any(phrase in said for phrase in _FILTERED):
        code = "content_filter"
    shown = f"HTTP {status}: {message[:_LONGEST] or 'no explanation'}"
    return ProviderError(
        code, shown, retryable=retryable, retry_after=_retry_after(headers), status=status, headers=headers
    )


def _without_answer(error: Exception, redact: Callable[[str], str], server: str) -> ProviderError:
    root: BaseException = error
    while root.__cause__ is not None:  # the SDK says "Connection error.", the reason is underneath
        root = root.__cause__
    name = type(root).__name__
    if isinstance(root, ProviderError):  # told by our own hooks below the SDK
        root.message = redact(root.message)
        return root
    if name == "TooManyRedirects":
        return ProviderError("redirected", f"{server} redirects in a circle")
    message = redact(" ".join(str(root).split()))[:_LONGEST] or name
    if isinstance(root, TimeoutError) or "Timeout" in name:
        return ProviderError("timeout", f"no answer from {server}: {message}", retryable=True)
    if isinstance(root, OSError) or any(sign in type(error).__name__ for sign in ("Connect", "Timeout", "Protocol")):
        return ProviderError("connection", f"no answer from {server}: {message}", retryable=True)
    return ProviderError("client_error", f"{name}: {message}")


def _message(body: Any) -> str:
    """What an error's body says: OpenAI's form, its many relatives, plain text, or HTML."""
    if isinstance(body, dict):
        inner = body.get("error") or body
        if isinstance(inner, dict) and inner.get("message"):
            code = inner.get("code")
            return str(inner["message"])[:_READ] + (f" ({str(code)[:_LONGEST]})" if code else "")
        body = inner if isinstance(inner, str) else json.dumps(body)
    elif isinstance(body, list):
        body = json.dumps(body)
    return " ".join(body[:_READ].split())


def _retry_after(headers: Mapping[str, Any]) -> float | None:
    """Seconds to wait, from `retry-after-ms` or `Retry-After` as a number or a date."""
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        value = headers.get(name)
        if value is None:
            continue
        text = str(value).strip()[:_LONGEST_WAIT]
        if _SECONDS.fullmatch(text):
            return max(0.0, float(text) / scale)
        with contextlib.suppress(ValueError, OverflowError, IndexError, TypeError):  # a date that no calendar has
            date = email.utils.parsedate_tz(text)
            return max(0.0, email.utils.mktime_tz(date) - time.time()) if date else None
    return None


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked: float | None = getattr(error, "retry_after", None)
    back_off: float = _BACK_OFF(state)
    if asked is None:
        return back_off
    most = MAX_SECONDS if state.idle_for < MAX_SECONDS else LONG_PAUSE  # then it is only to see whom the pause is for
    # all that were told the same moment come back a little apart
    return min(asked, most) + min(back_off, 0.1 * asked)
