"""What became of a request, and the error in a record where no answer came."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from ..errors import ProviderError
from ..extractors.llm.completion import read_completion
from ..extractors.llm.retry import status_error
from ..extractors.llm.secrets import redact_json
from ..patterns import regex
from ..records import Usage

__all__ = ["NO_RESPONSE", "OK", "PENDING", "Outcome", "Row", "not_sent", "read_row"]

OK = 200
PENDING = "batch_pending"
NO_RESPONSE = 0
"""The status of a request that the server gave up without an answer."""
_GIVEN_UP = frozenset({"batch_expired", "batch_cancelled"})
_KEY = regex("[0-9a-f]{64}")
_HIGHEST_STATUS = 999
_MOST_TOKENS = 2**53


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the ledger has for a request.

    Attributes:
        status: of the answer, None while there is none.
        response: its body, as JSON text.
        step: how far its part is; None while the part is being written.
        batch: the status of its batch.
        problem: what is wrong with the whole batch.
    """

    status: Annotated[int | None, Field(ge=0, le=_HIGHEST_STATUS)]
    response: str | None
    step: str | None
    batch: str | None
    problem: str | None

    @property
    def is_answer(self) -> bool:
        """Whether the model answered."""
        return self.status == OK

    @property
    def is_pending(self) -> bool:
        """Whether an answer may still come."""
        return self.step != "harvested"

    def body(self) -> Any:
        """The answer.

        Raises:
            ProviderError: there is none; the reason, with the codes that live requests have.
        """
        if self.status == OK:
            return _stored(self.response)
        if self.status is not None:
            raise _row_error(self.status, _stored(self.response))
        if self.is_pending:
            raise ProviderError(PENDING, "its batch has not ended yet")
        raise self._batch_error()

    def _batch_error(self) -> ProviderError:
        because = f": {self.problem}" if self.problem else ""
        match self.batch:
            case "expired":
                return ProviderError("batch_expired", "the batch ended before this request was answered")
            case "cancelled":
                return ProviderError("batch_cancelled", "the batch was cancelled before this request was answered")
            case "failed":
                return ProviderError("batch_failed", f"the batch was refused{because}")
            case status:
                return ProviderError("batch_unanswered", f"the batch is {status} and has no answer to this{because}")


def _stored(response: str | None) -> Any:
    try:
        return json.loads(response or "null")
    except (ValueError, RecursionError):
        raise ProviderError("batch_unanswered", "the answer in the job's ledger is damaged") from None


def _row_error(status: int, body: Any) -> ProviderError:
    if status != NO_RESPONSE:
        error = status_error(status, body if isinstance(body, dict | list | str) else "")
    else:
        error = _given_up(body if isinstance(body, dict) else {})
    error.message = error.message.encode("utf-8", "replace").decode()  # JSON can tell half a character
    return error


def _given_up(error: dict[str, Any]) -> ProviderError:
    code, message = error.get("code"), error.get("message") or "no explanation"
    if isinstance(code, str) and code in _GIVEN_UP:
        return ProviderError(code, str(message))
    return ProviderError("server_error", f"{message} ({code})" if code else str(message))


def not_sent() -> ProviderError:
    """The error of a request that was in no batch."""
    return ProviderError("batch_unanswered", "the request has not been sent; batch submit --again sends it")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an output or error file."""

    key: str
    status: int
    response: str
    usage: Usage


def read_row(line: str, redact: Callable[[str], str]) -> Row | None:
    """The line of an output or error file, without keys; None where it is none."""
    try:
        row = json.loads(line)
        key, response = row["custom_id"], row.get("response")
        if not (isinstance(key, str) and _KEY.fullmatch(key)):
            return None
        if isinstance(response, dict) and isinstance(status := response.get("status_code"), int):
            if not 0 <= status <= _HIGHEST_STATUS:
                return None
            body = redact_json(response.get("body"), redact)
            return Row(key, status, json.dumps(body), _usage(body) if status == OK else Usage())
        return Row(key, NO_RESPONSE, json.dumps(redact_json(row.get("error"), redact)), Usage())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _usage(body: Any) -> Usage:
    try:
        usage = read_completion(body).usage or Usage()
    except ProviderError:
        return Usage()
    prompt, completion = min(usage.prompt_tokens, _MOST_TOKENS), min(usage.completion_tokens, _MOST_TOKENS)
    return Usage(prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion)
