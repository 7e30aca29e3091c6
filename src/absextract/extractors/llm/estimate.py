"""How many tokens a request may take, learnt from those that came back."""

from __future__ import annotations

from ...records import Usage

__all__ = ["TYPICAL_ANSWER", "Estimate"]

TYPICAL_ANSWER = 150
"""Tokens of the answer to an abstract, most of them names and JSON."""

_BYTES_PER_TOKEN = 3.5  # English text and JSON have about four
_FIRST_ANSWER = 500
_WEIGHT = 0.05  # of the newest
_MARGIN = 1.1


class Estimate:
    """Tokens of prompts by their length, and of answers by the longest so far."""

    def __init__(self) -> None:
        self._bytes_per_token = _BYTES_PER_TOKEN
        self._longest_answer = 0

    def of(self, body: bytes, longest: int | None = None) -> tuple[int, int]:
        """Tokens of a request and of its answer, rather too many than too few.

        Args:
            body: the request.
            longest: tokens its answer may have at most, where that is known.
        """
        prompt = int(_MARGIN * len(body) / self._bytes_per_token) + 1
        return prompt, longest or self._longest_answer or _FIRST_ANSWER

    def learn(self, body: bytes, usage: Usage) -> None:
        """Takes note of what a request took."""
        if usage.prompt_tokens > 0:
            seen = min(max(len(body) / usage.prompt_tokens, 1.0), 10.0)
            self._bytes_per_token += _WEIGHT * (seen - self._bytes_per_token)
        self._longest_answer = max(self._longest_answer, usage.completion_tokens)
