"""Transport errors: which are worth the same request again, and when. The one owner of retries."""

from __future__ import annotations

import asyncio
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

from ..errors import ProviderError

__all__ = ["MAX_ATTEMPTS", "UNREACHABLE", "classify", "retrying"]

MAX_ATTEMPTS = 8
MAX_SECONDS = 300.0
_LONGEST = 500

UNREACHABLE = frozenset({"connection", "timeout"})
"""Codes of errors that came without any answer of the server."""

_ResultT = TypeVar("_ResultT")
_BACK_OFF = wait_random_exponential(multiplier=0.5, max=30)
_CODES = {
    400: "bad_request",
    401: "authentication",
    403: "permission_denied",
    404: "not_found",
    408: "timeout",
    409: "conflict",
    413: "request_too_large",
    422: "bad_request",
    429: "rate_limited",
}
_RETRYABLE = frozenset({408, 409, 429})


async def retrying(
    send: Callable[[], Awaitable[_ResultT]],
    *,
    on_retry: Callable[[], None],
    attempts: Callable[[], int] = lambda: MAX_ATTEMPTS,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> _ResultT:
    """Awaits `send()` until it succeeds, fails for good, or the attempts or 300 s are used up.

    How many attempts there are is asked after each, since it may turn on what others meet meanwhile.

    Raises:
        ProviderError: of the last attempt.
    """

    def enough(state: RetryCallState) -> bool:
        return state.attempt_number >= attempts() or (state.seconds_since_start or 0.0) >= MAX_SECONDS

    def before_sleep(_: RetryCallState) -> None:
        on_retry()

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

    return await retry(attempt)


def classify(error: Exception, redact: Callable[[str], str], server: str = "the server") -> ProviderError:
    """Any provider SDK's exception as ours: a code, a message without keys, and whether to try again."""
    status = getattr(error, "status_code", None)
    message = _message(error, redact)
    if not isinstance(status, int):
        return _without_answer(error, message, server)
    code, retryable = _CODES.get(status, "server_error" if status >= 500 else "bad_request"), status >= 500
    if status in _RETRYABLE:
        retryable = "insufficient_quota" not in message
        code = code if retryable else "insufficient_quota"
    elif "context_length" in message or "maximum context" in message:
        code = "context_length_exceeded"
    headers = getattr(getattr(error, "response", None), "headers", {})
    return ProviderError(code, f"HTTP {status}: {message}", retryable=retryable, retry_after=_retry_after(headers))


def _without_answer(error: Exception, message: str, server: str) -> ProviderError:
    name = type(error).__name__
    if "Timeout" in name or isinstance(error, TimeoutError):
        return ProviderError("timeout", f"no answer from {server}: {message}", retryable=True)
    if "Connection" in name or isinstance(error, OSError):
        return ProviderError("connection", f"no answer from {server}: {message}", retryable=True)
    return ProviderError("client_error", f"{name}: {message}")


def _message(error: Exception, redact: Callable[[str], str]) -> str:
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        inner = body.get("error", body)
        if isinstance(inner, dict) and inner.get("message"):
            code = inner.get("code")
            return redact(f"{inner['message']}")[:_LONGEST] + (f" ({code})" if code else "")
        return redact(json.dumps(body))[:_LONGEST]
    return redact(" ".join(str(error).split()))[:_LONGEST] or type(error).__name__


def _retry_after(headers: Mapping[str, Any]) -> float | None:
    """Seconds to wait, from `retry-after-ms` or `Retry-After` as a number or a date."""
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        value = headers.get(name)
        if value is None:
            continue
        try:
            return max(0.0, float(value) / scale)
        except ValueError:
            date = email.utils.parsedate_tz(value)
            if date:
                return max(0.0, email.utils.mktime_tz(date) - time.time())
    return None


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = getattr(error, "retry_after", None)
    return _BACK_OFF(state) if asked is None else min(asked, MAX_SECONDS)
