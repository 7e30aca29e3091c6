"""The server's side: files and batches. Each call is tried again where that may help; nothing is made twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any, Self, TypeVar

from ..errors import ProviderError, UsageError
from ..extractors.providers import connect
from ..extractors.retry import classify, retrying

__all__ = ["BatchEndpoint", "TaggedBatch"]

ResultT = TypeVar("ResultT")
TaggedBatch = Any
"""A batch as the openai package gives it."""

_TIMEOUT = 600.0  # a file of 200 MB may take its time
_ATTEMPTS = 5
_CHUNK = 1 << 16
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
        self.server = self._connection.server
        self.redact = self._connection.redact

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
            async for file in self._sdk.files.list(purpose="batch"):
                if file.filename == name and file.bytes == size:
                    return str(file.id)
            return None

        async def create() -> str:
            with path.open("rb") as stream:
                return str((await self._sdk.files.create(file=(name, stream), purpose="batch")).id)

        return str(await self._made_once(find, create, doubtful=doubtful))

    async def create(self, file_id: str, run: str, part: int, *, doubtful: bool) -> TaggedBatch:
        """The batch of a part.

        Args:
            file_id: its requests.
            run: the job.
            part: the part's number.
            doubtful: it may have been made already.

        Raises:
            ProviderError: the server does not make it.
        """

        async def create() -> TaggedBatch:
            return await self._sdk.batches.create(
                input_file_id=file_id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata=_tag(run, part),
            )

        return await self._made_once(lambda: self._find_batch(run, part), create, doubtful=doubtful)

    async def batch(self, batch_id: str, run: str, part: int) -> TaggedBatch | None:
        """A batch as it is now, None where the server knows it neither by its id nor by what it was made for."""
        found = await self._unless_gone(lambda: self._sdk.batches.retrieve(batch_id))
        return found or await self.tried(lambda: self._find_batch(run, part))

    async def cancel(self, batch_id: str) -> TaggedBatch | None:
        """Cancels a batch; the batch as it is now, None where it has ended meanwhile."""
        try:
            return await self._unless_gone(lambda: self._sdk.batches.cancel(batch_id))
        except ProviderError as error:
            if error.status in _ENDED_MEANWHILE:
                return None
            raise

    async def size_of(self, file_id: str) -> int:
        """Bytes of a file, as far as the server says."""
        return (await self.tried(lambda: self._sdk.files.retrieve(file_id))).bytes or 0

    async def lines(self, file_id: str, size: int) -> AsyncIterator[bytes]:
        """The lines of a file, streamed; not tried again.

        Raises:
            ProviderError: it cannot be had, or not all of its bytes.
        """
        rest, received = b"", 0
        try:
            async with (
                self._sdk.files.with_streaming_response.content(file_id) as response,
                aclosing(response.iter_bytes(_CHUNK)) as chunks,
            ):
                async for chunk in chunks:
                    received += len(chunk)
                    *lines, rest = (rest + chunk).split(b"\n")  # `iter_lines` would split inside of JSON
                    for line in lines:
                        yield line
        except Exception as error:
            found = classify(error, self.redact, self.server)
            if found.status is None:  # whatever the HTTP client calls it when the connection breaks in the middle
                found = ProviderError("connection", f"{file_id} broke off: {found.message}", retryable=True)
            raise found from None
        if received < size:
            raise ProviderError("connection", f"{file_id} broke off after {received} of {size} bytes", retryable=True)
        yield rest

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

    async def _find_batch(self, run: str, part: int) -> TaggedBatch | None:
        async for batch in self._sdk.batches.list(limit=100):
            if (batch.metadata or {}).items() >= _tag(run, part).items():
                return batch
        return None

    async def _unless_gone(self, call: Callable[[], Awaitable[Any]]) -> Any:
        try:
            return await self.tried(call)
        except ProviderError as error:
            if error.status == 404:
                return None
            raise

    async def _made_once(
        self, find: Callable[[], Awaitable[Any]], create: Callable[[], Awaitable[Any]], *, doubtful: bool
    ) -> Any:
        """What is there already, or a new one: a request that failed may have been carried out all the same."""

        async def attempt() -> Any:
            nonlocal doubtful
            if doubtful and (found := await find()) is not None:
                return found
            doubtful = True
            return await create()

        return await self.tried(attempt)


def _tag(run: str, part: int) -> dict[str, str]:
    """What tells a batch from all others, so that one is found that was made and not written down."""
    return {_RUN: run, _PART: str(part)}
