"""The server's side: files and batches. Each call is tried again where that may help; nothing is made twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any, Self, TypeVar

from ..errors import ProviderError, UsageError
from ..extractors.llm.providers import connect
from ..extractors.llm.retry import classify, retrying
from ..extractors.llm.secrets import Redactor
from ..extractors.llm.wire import MOST_BYTES
from .states import BatchState, read_batch, read_file

__all__ = ["BatchEndpoint"]

ResultT = TypeVar("ResultT")

_TIMEOUT = 600.0  # a file of 200 MB may take its time
_ATTEMPTS = 5
_CHUNK = 1 << 16
_MOST_UNANNOUNCED = 1 << 30
_MOST_LISTED = 100_000
_TOO_LONG = b"(a line too long for an answer)"
_ENDED_MEANWHILE = (400, 409)
_RUN, _PART = "absextract_run", "absextract_part"


class BatchEndpoint:
    """Files and batches of an account.

    Args:
        model: `openai/…`.
        base_url: the server.

    Raises:
        UsageError: the model has no Batch API.
        ProviderSetupError: there is no key.
    """

    def __init__(self, model: str, base_url: str | None) -> None:
        if not model.startswith("openai/"):
            raise UsageError(
                f"{model} has no Batch API that absextract knows; choose an openai/… model (with --base-url for "
                "another server that speaks /v1/batches), or absextract extract"
            )
        self._connection = connect(model, base_url=base_url, mode="tools", timeout=_TIMEOUT, concurrency=4)
        self._sdk = self._connection.sdk
        self.server: str = self._connection.server
        self.redact: Redactor = self._connection.redact

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    async def upload(self, path: Path, name: str, *, doubtful: bool) -> str:
        """The id of a request file on the server.

        Args:
            path: the file here.
            name: the file there, one of a kind.
            doubtful: it may be there already.

        Raises:
            ProviderError: the server does not take it.
        """
        size = path.stat().st_size

        async def find() -> str | None:
            async for file in _bounded(self._sdk.files.list(purpose="batch")):
                if file.filename == name and file.bytes == size:
                    return read_file(file, self.redact).id
            return None

        async def create() -> str:
            with path.open("rb") as stream:
                return read_file(await self._sdk.files.create(file=(name, stream), purpose="batch"), self.redact).id

        return await self._made_once(find, create, doubtful=doubtful)

    async def create(self, file_id: str, run: str, part: int, *, doubtful: bool) -> BatchState:
        """The batch of a part.

        Args:
            file_id: its requests.
            run: the job.
            part: the part's number.
            doubtful: it may have been made already.

        Raises:
            ProviderError: the server does not make it.
        """

        async def create() -> BatchState:
            made = await self._sdk.batches.create(
                input_file_id=file_id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata=_tag(run, part),
            )
            return self._read(made)

        return await self._made_once(lambda: self._find_batch(run, part), create, doubtful=doubtful)

    async def batch(self, batch_id: str, run: str, part: int) -> BatchState | None:
        """A batch as it is now, None where the server knows it neither by its id nor by what it was made for."""

        async def retrieve() -> BatchState:
            return self._read(await self._sdk.batches.retrieve(batch_id))

        return await self._unless_gone(retrieve) or await self.tried(lambda: self._find_batch(run, part))

    async def cancel(self, batch_id: str) -> BatchState | None:
        """Cancels a batch; the batch as it is now, None where it has ended meanwhile."""

        async def cancel() -> BatchState:
            return self._read(await self._sdk.batches.cancel(batch_id))

        try:
            return await self._unless_gone(cancel)
        except ProviderError as error:
            if error.status in _ENDED_MEANWHILE:
                return None
            raise

    async def size_of(self, file_id: str) -> int:
        """Bytes of a file, as far as the server says."""
        return read_file(await self.tried(lambda: self._sdk.files.retrieve(file_id)), self.redact).bytes

    async def lines(self, file_id: str, size: int) -> AsyncIterator[bytes]:
        """The lines of a file, streamed; not tried again. One that is too long for an answer is a few words of ours.

        Raises:
            ProviderError: it cannot be had, or not all of its bytes.
        """
        rest: list[bytes] = []
        received = held = 0
        try:
            async with (
                self._sdk.files.with_streaming_response.content(file_id) as response,
                aclosing(response.iter_bytes(_CHUNK)) as chunks,
            ):
                async for chunk in chunks:
                    received += len(chunk)
                    if received > (size or _MOST_UNANNOUNCED):
                        raise ProviderError("server_error", f"{file_id} is longer than announced ({size} bytes)")
                    end, *starts = chunk.split(b"\n")  # `iter_lines` would split inside of JSON
                    held += len(end)
                    rest = [*rest, end] if held <= MOST_BYTES else [_TOO_LONG]
                    for start in starts:
                        yield b"".join(rest)
                        rest, held = [start], len(start)
        except Exception as error:
            found = classify(error, self.redact, self.server)
            if found.status is None:  # whatever the HTTP client calls it when the connection breaks in the middle
                found = ProviderError("connection", f"{file_id} broke off: {found.message}", retryable=True)
            raise found from None
        if received < size:
            raise ProviderError("connection", f"{file_id} broke off after {received} of {size} bytes", retryable=True)
        yield b"".join(rest)

    async def delete(self, file_id: str) -> None:
        """Deletes a file, where it is still there."""
        await self._unless_gone(lambda: self._sdk.files.delete(file_id))

    async def tried(self, call: Callable[[], Awaitable[ResultT]]) -> ResultT:
        """Awaits `call()`, again where that may help.

        Raises:
            ProviderError: of the last attempt.
        """

        async def attempt() -> ResultT:
            try:
                return await call()
            except (ProviderError, UsageError):
                raise
            except Exception as error:  # of the SDK
                raise classify(error, self.redact, self.server) from None

        return await retrying(attempt, on_retry=lambda *_: None, attempts=lambda _: _ATTEMPTS)

    async def _find_batch(self, run: str, part: int) -> BatchState | None:
        async for batch in _bounded(self._sdk.batches.list(limit=100)):
            tag = getattr(batch, "metadata", None)
            if isinstance(tag, dict) and tag.items() >= _tag(run, part).items():
                return self._read(batch)
        return None

    def _read(self, said: Any) -> BatchState:
        return read_batch(said, self.redact)

    async def _unless_gone(self, call: Callable[[], Awaitable[ResultT]]) -> ResultT | None:
        try:
            return await self.tried(call)
        except ProviderError as error:
            if error.status == 404:
                return None
            raise

    async def _made_once(
        self, find: Callable[[], Awaitable[ResultT | None]], create: Callable[[], Awaitable[ResultT]], *, doubtful: bool
    ) -> ResultT:
        """What is there already, or a new one: a request that failed may have been carried out all the same."""

        async def attempt() -> ResultT:
            nonlocal doubtful
            if doubtful and (found := await find()) is not None:
                return found
            doubtful = True
            return await create()

        return await self.tried(attempt)


def _tag(run: str, part: int) -> dict[str, str]:
    """What tells a batch from all others, so that one is found that was made and not written down."""
    return {_RUN: run, _PART: str(part)}


async def _bounded(listed: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """What a server lists, unless it has no end.

    Raises:
        ProviderError: it repeats itself, or goes on and on.
    """
    seen: set[str] = set()
    async for item in listed:
        name = str(getattr(item, "id", None))
        if name in seen or len(seen) == _MOST_LISTED:
            raise ProviderError("server_error", "the server's list of files or batches has no end")
        seen.add(name)
        yield item
