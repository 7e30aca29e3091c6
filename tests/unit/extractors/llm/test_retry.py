"""Which errors are retried, and how long is waited."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from absextract.errors import ProviderError
from absextract.extractors.llm.retry import MAX_ATTEMPTS, classify, retrying


class FakeStatusError(Exception):
    """Shaped like the status errors of the provider SDKs."""

    def __init__(self, status: int, *, headers: dict[str, str] | None = None, body: Any = None) -> None:
        super().__init__(f"status {status}")
        self.status_code = status
        self.body = body
        self.response = type("Response", (), {"headers": headers or {}})()


class FakeTimeoutError(Exception):
    """Named like the timeouts of the provider SDKs."""


def waits(errors: list[ProviderError]) -> tuple[str, list[float]]:
    """Fails with the errors in turn and then succeeds; gives the outcome and the seconds waited."""
    slept: list[float] = []
    script = iter(errors)

    async def send() -> str:
        for error in script:
            raise error
        return "answer"

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    return asyncio.run(retrying(send, on_retry=lambda *_: None, sleep=sleep)), slept


def passing(retry_after: float | None = None) -> ProviderError:
    return ProviderError("rate_limited", "slow down", retryable=True, retry_after=retry_after)


def test_the_provider_says_how_long_to_wait() -> None:
    outcome, (first, second) = waits([passing(3.5), passing(0.0)])
    assert outcome == "answer"
    assert 3.5 <= first <= 3.85, "a little apart from the others that were told the same"
    assert second == 0.0


def test_without_a_word_of_the_provider_the_wait_grows_with_jitter() -> None:
    _, slept = waits([passing()] * 6)
    assert all(0 <= seconds <= 30 for seconds in slept)
    assert len(set(slept)) > 1


def test_a_lasting_error_is_raised_at_once() -> None:
    with pytest.raises(ProviderError, match="no"):
        waits([ProviderError("bad_request", "no")])


def test_attempts_are_bounded_and_counted() -> None:
    busy = [ProviderError("server_error", "busy", retryable=True, retry_after=0.0) for _ in range(MAX_ATTEMPTS)]
    assert waits(busy[1:])[0] == "answer"
    with pytest.raises(ProviderError, match=r"busy \(8 attempts\)"):
        waits(busy)


def test_a_server_that_is_well_but_asked_too_often_gets_more_attempts() -> None:
    assert waits([passing(0)] * (MAX_ATTEMPTS + 20))[0] == "answer"
    with pytest.raises(ProviderError):
        waits([passing(0)] * 50)


def test_the_time_spent_waiting_is_bounded() -> None:
    busy = ProviderError("server_error", "busy", retryable=True, retry_after=120.0)
    with pytest.raises(ProviderError):
        waits([busy] * 3)


def test_a_pause_that_the_server_asks_for_is_made_as_often_as_the_docs_say() -> None:
    assert waits([passing(300)] * 39)[0] == "answer"


def test_a_server_that_asks_for_a_year_is_asked_three_times() -> None:
    with pytest.raises(ProviderError, match=r"\(3 attempts\)"):
        waits([passing(31_536_000)] * 4)


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        (400, "bad_request", False),
        (401, "authentication", False),
        (403, "permission_denied", False),
        (404, "not_found", False),
        (408, "timeout", True),
        (409, "conflict", True),
        (418, "bad_request", False),
        (429, "rate_limited", True),
        (500, "server_error", True),
        (529, "server_error", True),
    ],
)
def test_status_codes(status: int, code: str, retryable: bool) -> None:
    error = classify(FakeStatusError(status), str)
    assert (error.code, error.retryable) == (code, retryable)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Thu, 01 Jan 2015 00:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Fri, 31 Dec 99999 23:59:59 GMT"}, None),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "1e400"}, None),
        ({"retry-after": "9" * 5000}, None),
        ({"retry-after": "\u0663"}, None),
        ({"retry-after": "1 Jan " + "9" * 5000}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert classify(FakeStatusError(429, headers=headers), str).retry_after == seconds


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": {"message": "no room", "code": "full"}}, "HTTP 400: no room (full)"),
        ({"message": "no room", "code": 40013}, "HTTP 400: no room (40013)"),
        ({"detail": "odd"}, 'HTTP 400: {"detail": "odd"}'),
        (None, "HTTP 400: status 400"),
    ],
)
def test_the_message_is_the_providers_own(body: Any, message: str) -> None:
    assert classify(FakeStatusError(400, body=body), str).message == message


def test_an_error_without_a_status_is_a_connection_error() -> None:
    assert classify(OSError("reset"), str).code == "connection"
    assert classify(FakeTimeoutError(), str).code == "timeout"


def test_messages_are_redacted() -> None:
    error = classify(OSError("key sk-123 refused"), lambda text: text.replace("sk-123", "[key]"))
    assert error.message == "no answer from the server: key [key] refused"


def test_what_is_no_matter_of_the_network_is_not_retried() -> None:
    error = classify(ValueError("header value"), str)
    assert (error.code, error.retryable) == ("client_error", False)


def test_a_key_is_redacted_before_the_message_is_cut() -> None:
    error = classify(OSError("x" * 495 + "sk-0123456789"), lambda text: text.replace("sk-0123456789", "[key]"))
    assert "sk-" not in error.message
