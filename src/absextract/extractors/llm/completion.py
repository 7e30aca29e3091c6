"""Reading what a provider answered: a chat completion, or content blocks as Anthropic gives them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...errors import AnswerError, ProviderError
from ...records import Usage
from .retry import status_error
from .wire import TOO_LONG

__all__ = ["Completion", "read_completion"]

_LONGEST_REFUSAL = 2000
_LONGEST_TEXT = 2_000_000  # characters, four times what any model writes; each is looked at for keys
_STATUSES = range(400, 600)
_MOST_TOKENS = 2**53
_CUT_OFF = frozenset({"length", "max_tokens", "model_length"})


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model answered, whatever the provider calls it."""

    text: str
    usage: Usage | None
    cut_off: bool = False
    refusal: AnswerError | None = None

    def redacted(self, redact: Callable[[str], str]) -> Completion:
        """The same without keys."""
        refusal = self.refusal and AnswerError(self.refusal.code, redact(self.refusal.message))
        return replace(self, text=redact(self.text), refusal=refusal)


def read_completion(data: Any) -> Completion:
    """The answer in a response's JSON.

    Raises:
        ProviderError: there is no answer in it, and the same request may get one; or it is too long for an answer.
    """
    data = data if isinstance(data, dict) else {}
    choice = _first(data.get("choices"))
    if message := _mapping(choice.get("message")):
        call = _mapping(_first(message.get("tool_calls")).get("function"))
        text = _as_text(call.get("arguments")) or _as_text(message.get("content"))
        said, reason = _as_text(message.get("refusal") or ""), choice.get("finish_reason")
    elif blocks := data.get("content"):
        calls = (b for b in blocks if _mapping(b).get("type") == "tool_use") if isinstance(blocks, list) else ()
        used = next(iter(calls), None)
        text = _as_text(used.get("input") if used else blocks)
        said, reason = "", data.get("stop_reason")
    else:
        raise _no_answer(data, choice)
    if len(text) > _LONGEST_TEXT:
        raise ProviderError(TOO_LONG, f"the answer has more than {_LONGEST_TEXT:,} characters")
    cut_off = isinstance(reason, str) and reason in _CUT_OFF
    return Completion(text, _usage(data.get("usage")), cut_off, _refusal(said, reason, text))


def _refusal(said: str, reason: Any, text: str) -> AnswerError | None:
    if reason == "content_filter":
        return AnswerError("content_filter", said[:_LONGEST_REFUSAL] or "stopped by the provider's content filter")
    if said or reason == "refusal":
        return AnswerError("refused", (said or text or "the model refused")[:_LONGEST_REFUSAL])
    return None


def _no_answer(data: Mapping[str, Any], choice: Mapping[str, Any]) -> ProviderError:
    """Some servers answer with status 200 and tell the trouble, with its own status, inside."""
    error = choice.get("error") or data.get("error")
    if not error:
        return ProviderError("empty_answer", "the provider answered with no completion", retryable=True)
    status = _mapping(error).get("code")
    return status_error(status if isinstance(status, int) and status in _STATUSES else 502, {"error": error})


def _as_text(content: Any) -> str:
    if content is None or isinstance(content, str):
        return content or ""
    if isinstance(content, list) and all(isinstance(part, dict) and "type" in part for part in content):
        return "".join(_as_text(part.get("text")) for part in content)
    return json.dumps(content)


def _first(items: Any) -> Mapping[str, Any]:
    return _mapping(items[0]) if isinstance(items, list) and items else {}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _usage(counted: Any) -> Usage | None:
    if not isinstance(counted, dict):
        return None
    prompt = _tokens(counted, "prompt_tokens", "input_tokens")
    answer = _tokens(counted, "completion_tokens", "output_tokens")
    total = _tokens(counted, "total_tokens") or prompt + answer
    return Usage(prompt_tokens=prompt, completion_tokens=answer, total_tokens=total)


def _tokens(counted: Mapping[str, Any], *names: str) -> int:
    return next((min(max(0, value), _MOST_TOKENS) for name in names if isinstance(value := counted.get(name), int)), 0)
