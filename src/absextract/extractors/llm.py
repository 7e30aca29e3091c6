"""The language-model extractor: prompt, cache, single flight, request, retries, answer."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from ..errors import AnswerError, ProviderError
from ..records import Abstract, Usage
from ..schema.marked import input_keys
from .answers import Answer, Correction, Traffic
from .cache import AnswerCache, cache_key
from .prompt import PROMPT_VERSION, SYSTEM, correction_text, user_text
from .providers import Completion, Mode, Request, connect, fill_request, prepare_request, read_completion
from .retry import MAX_ATTEMPTS, UNREACHABLE, classify, retrying

__all__ = ["LlmBackend"]

_CACHE_FORMAT = 1
_LEAST_ROOM = 4096
_ATTEMPTS_TO_REACH = 4


class LlmBackend:
    """Fills any schema through any provider that instructor knows."""

    can_correct = True
    prompt = PROMPT_VERSION

    def __init__(
        self,
        model: str,
        schema: type[BaseModel],
        *,
        base_url: str | None = None,
        mode: Mode = "tools",
        timeout: float = 120.0,
        cache: AnswerCache | None = None,
    ) -> None:
        self.model = model
        self.traffic = Traffic()
        self._connection = connect(model, base_url=base_url, mode=mode, timeout=timeout)
        self._request = prepare_request(self._connection, schema, SYSTEM)
        self._keys = input_keys(schema)
        self._cache = cache
        self._server = _server(self._connection.client)
        self._shape = {"format": _CACHE_FORMAT, "model": model, "server": self._server}
        self._reached = self._gave_up = False
        self._in_flight: dict[str, asyncio.Task[Completion]] = {}

    def request_for(self, abstract: Abstract, correction: Correction | None = None) -> Request:
        """The request as it is sent for an abstract, without what the client adds (model, key)."""
        follow_up: list[dict[str, str]] = []
        if correction:
            follow_up = [
                {"role": "assistant", "content": correction.answer or "(no answer)"},
                {"role": "user", "content": correction_text(correction)},
            ]
        return fill_request(self._request, user_text(abstract), follow_up)

    async def answer(self, abstract: Abstract, correction: Correction | None = None) -> Answer:
        """The model's answer, from the cache where the same was asked before.

        Raises:
            ProviderError: refused, or unreachable after all retries.
        """
        request = self.request_for(abstract, correction)
        if correction and correction.problem and correction.problem.code == "answer_cut_off":
            request["max_completion_tokens"] = max(_LEAST_ROOM, 2 * len(correction.answer))
        return self._as_answer(await self._complete(request))

    async def close(self) -> None:
        for task in self._in_flight.values():
            task.cancel()
        await asyncio.gather(*self._in_flight.values(), return_exceptions=True)
        await self._connection.close()
        if self._cache:
            self._cache.close()

    async def _complete(self, request: Request) -> Completion:
        key = cache_key(**self._shape, request=request)
        if (found := self._cached(key)) is not None:
            self.traffic.cache_hits += 1
            return found
        if (task := self._in_flight.get(key)) is not None:  # asked for by somebody else at this moment
            completion = await asyncio.shield(task)
            self.traffic.cache_hits += 1
            return completion
        task = self._in_flight[key] = asyncio.create_task(self._send_and_store(key, request))
        task.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(task)

    def _landed(self, key: str, task: asyncio.Task[Completion]) -> None:
        del self._in_flight[key]
        if not task.cancelled():
            task.exception()  # looked at, also where nobody waits for it any more

    async def _send_and_store(self, key: str, request: Request) -> Completion:
        try:
            completion = await retrying(
                lambda: self._send(request), on_retry=self._count_retry, attempts=self._attempts
            )
        except ProviderError as error:
            self._gave_up = self._gave_up or error.code in UNREACHABLE
            raise
        if completion.usage:
            self.traffic.usage += completion.usage
        if self._cache and self._is_usable(completion):
            self._cache.put(key, _Stored(text=completion.text, usage=completion.usage).model_dump())
        return completion

    async def _send(self, request: Request) -> Completion:
        self.traffic.requests += 1
        redact = self._connection.redact
        try:
            answer = await self._connection.send(request)
        except Exception as error:  # each provider's SDK has its own; all become one of ours
            problem = classify(error, redact, self._server)
            self._reached = self._reached or problem.code not in UNREACHABLE
            raise problem from None
        self._reached = True
        completion = read_completion(answer)
        refusal = completion.refusal and redact(completion.refusal)
        return replace(completion, text=redact(completion.text), refusal=refusal)

    def _is_usable(self, completion: Completion) -> bool:
        """Whether the answer is worth keeping: a useless one must be asked for again."""
        data = None if completion.cut_off or completion.refusal else _as_json(completion.text)
        return isinstance(data, dict) and not self._keys.isdisjoint(data)

    def _attempts(self) -> int:
        """A server that answered nobody yet is waited for a little, and by nobody once one has given up."""
        if self._reached:
            return MAX_ATTEMPTS
        return 1 if self._gave_up else _ATTEMPTS_TO_REACH

    def _count_retry(self) -> None:
        self.traffic.retries += 1

    def _cached(self, key: str) -> Completion | None:
        found = self._cache.get(key) if self._cache else None
        try:
            stored = _Stored.model_validate(found)
        except ValidationError:  # nothing there, or nothing of ours
            return None
        return Completion(stored.text, stored.usage)

    def _as_answer(self, completion: Completion) -> Answer:
        text, usage = completion.text, completion.usage
        if completion.refusal:
            return Answer(None, text, usage, AnswerError("refused", completion.refusal), final=True)
        if completion.cut_off:
            return Answer(None, text, usage, AnswerError("answer_cut_off", "it was cut off at the token limit"))
        data = _as_json(text)
        if data is None:
            return Answer(None, text, usage, AnswerError("answer_not_json", "it is not valid JSON"))
        return Answer(data, text, usage)


class _Stored(BaseModel):
    """An answer in the cache."""

    text: str
    usage: Usage | None


def _as_json(text: str) -> Any:
    """The JSON value a text is or holds, or None."""
    from instructor.v2.core.json import extract_json_from_codeblock

    for find_json in (str, extract_json_from_codeblock):
        try:
            return json.loads(find_json(text))
        except (ValueError, RecursionError):
            continue
    return None


def _server(client: Any) -> str:
    """Where requests go, without user name, password or query."""
    parts = urlsplit(str(getattr(client.client, "base_url", "")))
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")
