"""The language-model extractor: prompt, cache, single flight, gate, request, retries, answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from ...choices import MOST_ANSWER_TOKENS, Mode
from ...errors import AnswerError, ProviderError, StoppedError
from ...records import MENDED, Abstract, Finding, Usage
from ...schema.shape import shape_in_words
from ..answers import Answer, Correction, Forecast, Replay, Traffic
from .answer_text import AnswerReader
from .cache import AnswerCache, cache_key
from .completion import Completion, read_completion
from .estimate import TYPICAL_ANSWER, Estimate
from .guidance import NO_GUIDANCE, Guidance
from .limits import Limits
from .prices import price_of
from .prompt import correction_text, former_answer, user_text
from .providers import connect
from .request import RequestTemplate, prepare_request
from .retry import MAX_SECONDS, REJECTED, UNREACHABLE, asks_for_long, classify, is_turned_away, max_attempts, retrying
from .wire import TOO_LONG

__all__ = ["LlmBackend"]

_log = logging.getLogger(__name__)
_CACHE_FORMAT = 2
_GROWTH = 4  # of the room for an answer, once, after one was cut off
_WARM = 1.0  # the one temperature that all models take; with it, one asked again may answer otherwise
_MOST_TOKENS = 2_000_000  # of one request
_ATTEMPTS_TO_REACH = 4
_LANDING_SECONDS = 5.0
_NOT_PAID = UNREACHABLE - {"timeout"}


class LlmBackend:
    """Fills any schema by asking a language model, of whatever provider."""

    can_correct = True

    def __init__(
        self,
        model: str,
        schema: type[BaseModel],
        *,
        base_url: str | None = None,
        mode: Mode = "tools",
        timeout: float = 120.0,
        cache: AnswerCache | None = None,
        concurrency: int = 32,
        limits: Limits = Limits(),  # noqa: B008  # it is frozen
        max_answer_tokens: int = MOST_ANSWER_TOKENS,
        guidance: Guidance = NO_GUIDANCE,
        replay: Replay | None = None,
    ) -> None:
        self.model = model
        self.prompt: str = guidance.prompt
        self.traffic: Traffic = Traffic()
        self._price = price_of(model) if limits.max_cost is not None else None
        self._connection = connect(model, base_url=base_url, mode=mode, timeout=timeout, concurrency=concurrency)
        self._room = max_answer_tokens
        self._guidance = guidance
        self._schema = schema
        self._templates: dict[int | None, RequestTemplate] = {}
        self._shapes: dict[int | None, str] = {}
        self._template(None)  # what is wrong with it is told at once
        self._wanted = shape_in_words(schema)
        self._reader = AnswerReader(schema)
        self._mode = mode
        self._cache = cache
        self._gate = limits.gate(concurrency)
        self._estimate = Estimate()
        self._server = self._connection.server
        self._replay = replay
        self._shape = f"{_CACHE_FORMAT} {model} {self._server}"
        self._reached = self._gave_up = False
        self._in_flight: dict[str, asyncio.Task[Completion]] = {}

    def request_for(self, abstract: Abstract, correction: Correction | None = None, sample: int = 0) -> bytes:
        """The request's body as it is sent for an abstract."""
        follow_up: list[dict[str, str]] = []
        options: dict[str, Any] = {self._connection.room_name: self._room_for(correction)}
        if sample:
            options["temperature"] = _WARM
        if correction:
            follow_up = [
                {"role": "assistant", "content": former_answer(correction)},
                {"role": "user", "content": correction_text(correction, abstract, self._wanted)},
            ]
        template = self._template(self._guidance.place_of(abstract))
        return template.fill(user_text(abstract), follow_up, **options)

    def _room_for(self, correction: Correction | None) -> int:
        """Tokens that the answer may have."""
        return self._room * _GROWTH if correction and correction.needs_room else self._room

    def _template(self, left_out: int | None) -> RequestTemplate:
        """The request without the paper, and without one of the examples."""
        if left_out not in self._templates:
            system = self._guidance.system(left_out)
            self._templates[left_out] = prepare_request(self._connection, self._schema, system)
        return self._templates[left_out]

    @property
    def cache_folder(self) -> Path | None:
        """Where answers are kept; None where they are not."""
        return self._cache.directory if self._cache and self._cache.takes_more else None

    def shape_of(self, abstract: Abstract) -> str:
        """A digest of all that shapes the requests for an abstract but its own text."""
        left_out = self._guidance.place_of(abstract)
        if left_out not in self._shapes:
            body = self._template(left_out).fill("", [], **{self._connection.room_name: self._room})
            self._shapes[left_out] = cache_key(self._shape, body)
        return self._shapes[left_out]

    def forecast(self, abstract: Abstract, sample: int = 0) -> Forecast:
        """The first request for an abstract, and what it may take; nothing is sent."""
        body = self.request_for(abstract, sample=sample)
        cached = self._cached(self._key(body, sample)) is not None
        return Forecast(body, cached, self._estimate.of(body)[0], TYPICAL_ANSWER)

    async def answer(self, abstract: Abstract, correction: Correction | None = None, sample: int = 0) -> Answer:
        """The model's answer, from the cache where the same was asked before.

        Args:
            abstract: the paper.
            correction: the former answer, and what was wrong with it.
            sample: which of several answers to the same question; the first is the one of a run that asks once.

        Raises:
            ProviderError: refused, or unreachable after all retries.
            StoppedError: it would have to be sent, and nothing is sent any more.
        """
        body = self.request_for(abstract, correction, sample)
        key = self._key(body, sample)
        most = self._room_for(correction)
        completion = await self._complete(key, body, abstract.id, most, urgent=correction is not None)
        return self._as_answer(completion, abstract, partial(self._forget, key))

    def _key(self, body: bytes, sample: int) -> str:
        return cache_key(f"{self._shape} sample {sample}" if sample else self._shape, body)

    def stop(self, reason: str) -> None:
        """Sends nothing more; what is under way may land."""
        self._gate.stop(reason)

    @property
    def stopped(self) -> str | None:
        """Why nothing more is sent."""
        return self._gate.stopped

    @property
    def pause(self) -> float:
        """Seconds until more is sent, where the server asked for a pause."""
        return self._gate.pause_left

    def sync(self) -> None:
        """Has the disk keep the answers stored so far."""
        if self._cache:
            self._cache.sync()

    async def close(self) -> None:
        """Waits a little for answers under way, since they are paid for; then gives back connections and files."""
        interrupted = self.stopped is not None  # then they have been waited for
        self.stop("closed")
        if self._in_flight and not interrupted:
            await asyncio.wait(self._in_flight.values(), timeout=_LANDING_SECONDS)
        for task in self._in_flight.values():
            task.cancel()
        await asyncio.gather(*self._in_flight.values(), return_exceptions=True)
        await self._connection.close()
        if self._cache:
            self._cache.close()

    async def _complete(self, key: str, body: bytes, name: str, most: int, *, urgent: bool) -> Completion:
        if (found := self._cached(key)) is not None:
            self.traffic.cache_hits += 1
            return found
        if (task := self._in_flight.get(key)) is not None:  # asked for by somebody else at this moment
            completion = await asyncio.shield(task)
            self.traffic.cache_hits += 1
            return completion
        if self._replay:
            return self._stored(key, self._read(self._replay(body)))
        task = self._in_flight[key] = asyncio.create_task(self._send_and_store(key, body, name, most, urgent=urgent))
        task.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(task)

    def _landed(self, key: str, task: asyncio.Task[Completion]) -> None:
        del self._in_flight[key]
        if not task.cancelled():
            task.exception()  # looked at, also where nobody waits for it any more

    async def _send_and_store(self, key: str, body: bytes, name: str, most: int, *, urgent: bool) -> Completion:
        begun = refused = self.traffic.accepted
        waited = 0.0  # in long pauses that the server asked for

        def is_alone() -> bool:
            """Whether the server keeps this one waiting, and answers others."""
            others = self.traffic.accepted > refused or not self._gate.has_others
            return waited >= MAX_SECONDS and self.traffic.accepted > begun and others

        def before_retry(error: ProviderError, seconds: float) -> None:
            nonlocal urgent, waited, refused
            urgent, refused = True, self.traffic.accepted
            is_long = asks_for_long(error)
            waited += seconds if is_long else 0.0
            self.traffic.retries += 1
            told = {"event": "retry", "id": name, "code": error.code, "wait_seconds": round(seconds, 3)}
            level = logging.WARNING if is_long and not self._gate.is_paused else logging.INFO
            _log.log(level, "%s: %s; sent again in %.1f s", name, error.message, seconds, extra={"details": told})

        def attempts(error: ProviderError) -> int:
            return 1 if asks_for_long(error) and is_alone() else self._attempts(error)

        try:
            completion = await retrying(
                lambda: self._send(body, most, urgent=urgent, waited=waited > 0.0, alone=is_alone()),
                on_retry=before_retry,
                attempts=attempts,
                sleep=self._gate.sleep,
            )
        except ProviderError as error:
            self._gave_up = self._gave_up or error.code in UNREACHABLE
            if is_turned_away(error) and self.traffic.accepted == begun:
                asked = f"the server asks for {error.retry_after:.0f} s of pause, and answers nobody meanwhile"
                self.stop(f"{asked}; the same command goes on later")
                raise StoppedError(self.stopped or asked) from None
            if self._mode == "json-schema" and error.code == "server_error" and not self.traffic.accepted:
                error.message += "; if this server knows no JSON schemas, choose --mode tools or json"
            raise
        return self._stored(key, completion)

    def _stored(self, key: str, completion: Completion) -> Completion:
        """The same, now on disk; a refusal is asked for anew by the next run."""
        if self._cache and not completion.refusal:
            stored = _Stored(text=completion.text, usage=completion.usage, cut_off=completion.cut_off)
            self._cache.put(key, stored.model_dump())
        return completion

    async def _send(self, body: bytes, most_tokens: int, *, urgent: bool, waited: bool, alone: bool) -> Completion:
        """One request through the gate."""
        prompt, answer = self._estimate.of(body, most_tokens if self._price else None)
        most = self._price(prompt, answer) if self._price else 0.0
        ticket = await self._gate.enter(prompt + answer, most, urgent=urgent)
        ticket.waited, ticket.alone = waited, alone
        self.traffic.requests += 1
        self.traffic.in_flight += 1
        worst = Usage(prompt_tokens=prompt, completion_tokens=answer, total_tokens=prompt + answer)
        usage: Usage | None = None
        try:
            completion, headers = await self._exchange(body)
            usage = _believed(completion.usage) or worst
            self._gate.answered(ticket, headers)
        except ProviderError as error:
            self.traffic.accepted += error.status in REJECTED
            if error.status is None and error.code not in _NOT_PAID:  # it may have been answered, and paid for
                usage = worst
            self._gate.failed(ticket, error)
            raise
        finally:
            self.traffic.in_flight -= 1
            dollars = self._price(usage.prompt_tokens, usage.completion_tokens) if usage and self._price else 0.0
            self._gate.leave(ticket, usage.total_tokens if usage else 0, dollars)
        self._reached = True
        self.traffic.accepted += 1
        if self._price:
            self.traffic.dollars = self._gate.spent_dollars
        if completion.usage:
            self.traffic.usage += completion.usage
            self._estimate.learn(body, usage)
        return completion

    async def _exchange(self, body: bytes) -> tuple[Completion, Any]:
        """What came back, without keys."""
        try:
            data, headers = await self._connection.send(body)
            return self._read(data), headers
        except ProviderError as error:
            error.message = self._connection.redact(error.message)
            raise
        except MemoryError:
            raise ProviderError(TOO_LONG, "the answer takes more memory than there is") from None
        except Exception as error:  # each provider's SDK has its own; all become one of ours
            raise classify(error, self._connection.redact, self._server) from None

    def _read(self, data: Any) -> Completion:
        return read_completion(data).redacted(self._connection.redact)

    def _as_answer(self, completion: Completion, abstract: Abstract, forget: Callable[[], None]) -> Answer:
        reading, problem = None, completion.refusal
        if completion.cut_off:
            problem = problem or AnswerError("answer_cut_off", "it was cut off at the token limit")
        if problem is None:
            reading = self._reader.read(completion.text, f"{abstract.title}\n{abstract.abstract}")
            problem = AnswerError("answer_not_json", "it is not valid JSON") if reading is None else None
        return Answer(
            reading and reading.value,
            completion.text,
            completion.usage,
            problem,
            findings=_told(reading.mended) if reading else (),
            final=completion.refusal is not None,
            forget=forget,
        )

    def _attempts(self, error: ProviderError) -> int:
        """A server that answered nobody yet is waited for a little, and by nobody once one has given up."""
        if error.code not in UNREACHABLE or error.status is not None:
            self._reached = True
        if self._reached:
            return max_attempts(error)
        return 1 if self._gave_up else _ATTEMPTS_TO_REACH

    def _forget(self, key: str) -> None:
        if self._cache:
            self._cache.forget(key)

    def _cached(self, key: str) -> Completion | None:
        found = self._cache.get(key) if self._cache else None
        try:
            stored = _Stored.model_validate(found)
        except ValidationError:  # nothing there, or nothing of ours
            return None
        return Completion(stored.text, stored.usage, stored.cut_off)


class _Stored(BaseModel):
    """An answer in the cache."""

    text: str
    usage: Usage | None
    cut_off: bool = False


def _believed(usage: Usage | None) -> Usage | None:
    """The tokens that a server counted, where a model can have taken them."""
    if usage and max(usage.total_tokens, usage.prompt_tokens, usage.completion_tokens) > _MOST_TOKENS:
        _log.warning(
            "the server says that an answer took %d tokens, which cannot be; they are not counted", usage.total_tokens
        )
        return None
    return usage if usage and usage.total_tokens else None


def _told(mended: Sequence[str]) -> tuple[Finding, ...]:
    if not mended:
        return ()
    message = f"the answer was not plain JSON, and was mended, not asked for again: {', '.join(mended)}"
    return (Finding(path="", code=MENDED, severity="info", message=message, action="kept"),)
