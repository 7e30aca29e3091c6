"""Asking whether the links of an extraction answer.

The URLs were written by strangers, so nothing but public web pages is asked (`public_network.py`). This
holds at every redirect, and a connection goes to the very address that was checked. No cookies, credentials, referrer
or proxies; of the answer, only status and `Location` are looked at.

Imported where links are checked, and nowhere else: it loads the HTTP client.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Self

import httpcore2
import httpx2
from pydantic import BaseModel, RootModel

from ..patterns import regex
from ..records import Finding, Record
from ..schema.marked import Entries, Items, Leaf, Nested, Node, slots_of
from ..schema.marks import Link
from ..schema.pointers import step
from ..text.urls import canonical_url, plain_url
from ..version import __version__
from .public_network import PublicNetwork, UnreachableError, public_target

__all__ = ["LinkChecker", "LinkStatus", "with_link_findings"]

_MAX_REDIRECTS = 5
_PAUSE = 0.5
"""Seconds between two requests to the same host."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEAD_REFUSED = frozenset({400, 403, 405, 406, 501})
_SOMEBODY_THERE = frozenset({401, 402, 403, 405, 406, 429, 451})  # there, but not for us

_SCHEME = regex(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """Whether a URL answers, and why or why not, for a person: `HTTP 404`, `refused: private address`."""

    reachable: bool
    reason: str


class LinkChecker:
    """Asks each URL once, one request at a time to a host, many hosts at a time.

        async with LinkChecker() as checker:
            status = await checker.check("github.com/a/b")

    Args:
        concurrency: requests under way at once.
        timeout: seconds for one URL with its redirects, waiting for its turn not counted.
    """

    def __init__(self, *, concurrency: int = 8, timeout: float = 10.0) -> None:
        self._timeout = timeout
        self._slots = asyncio.Semaphore(concurrency)
        self._hosts: defaultdict[bytes, _Host] = defaultdict(_Host)
        self._asked: dict[str, asyncio.Task[LinkStatus]] = {}
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpcore2.default_ssl_context(),
            max_connections=concurrency,
            max_keepalive_connections=0,  # every request resolves, checks and connects anew
            network_backend=PublicNetwork(),
        )
        agent = f"absextract/{__version__} (link check)"
        self._headers = [(b"User-Agent", agent.encode()), (b"Accept", b"*/*"), (b"Connection", b"close")]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)
        await self._pool.aclose()

    async def check(self, url: str) -> LinkStatus:
        """Whether a URL answers; other spellings of one asked before get the same status. Never raises."""
        key = canonical_url(url)
        if key not in self._asked:
            self._asked[key] = asyncio.create_task(self._status(url))
        return await asyncio.shield(self._asked[key])  # whoever else waits for it still gets it

    async def _status(self, url: str) -> LinkStatus:
        try:
            status = await self._final_status(_with_scheme(url), _Budget(self._timeout))
        except _FAILURES as error:
            return LinkStatus(False, _reason(error))
        return LinkStatus(200 <= status < 400 or status in _SOMEBODY_THERE, f"HTTP {status}")

    async def _final_status(self, url: str, budget: _Budget) -> int:
        target = public_target(httpx2.URL(url))
        for _ in range(_MAX_REDIRECTS + 1):
            status, location = await self._ask("HEAD", target, budget)
            if status in _HEAD_REFUSED:
                status, location = await self._ask("GET", target, budget)
            if status not in _REDIRECTS:
                return status
            if location is None:
                raise UnreachableError(f"HTTP {status} without a target")
            target = public_target(target.join(location))
        raise UnreachableError("too many redirects")

    async def _ask(self, method: str, target: httpx2.URL, budget: _Budget) -> tuple[int, str | None]:
        """Status and `Location` of one request; the connection is closed on the body, unread."""
        host, loop = self._hosts[target.raw_host], asyncio.get_running_loop()
        async with host.turn:
            await asyncio.sleep(host.free_at - loop.time())
            async with self._slots:
                began = loop.time()
                try:
                    async with asyncio.timeout(budget.seconds):
                        return await self._send(method, target, budget.seconds)
                finally:
                    ended = loop.time()
                    budget.seconds -= ended - began
                    host.free_at = ended + _PAUSE

    async def _send(self, method: str, target: httpx2.URL, seconds: float) -> tuple[int, str | None]:
        url = httpcore2.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)
        headers = [(b"Host", target.netloc), *self._headers]
        timeout = {"timeout": {"connect": seconds}}
        async with self._pool.stream(method, url, headers=headers, extensions=timeout) as response:
            location = next((value for name, value in response.headers if name.lower() == b"location"), None)
            return response.status, None if location is None else location.decode("utf-8", "replace")


async def with_link_findings(record: Record[Any], checker: LinkChecker) -> Record[Any]:
    """The record with a warning for every link of the text that does not answer.

    Links that are not in the text, kept or not, are never asked: a model may have made them up.
    """
    if record.extraction is None:
        return record
    grounded = {grounding.path for grounding in record.grounding}
    links = [(path, url) for path, url in _links(record.extraction, "") if path in grounded]
    statuses = await asyncio.gather(*(checker.check(url) for _, url in links))
    findings = tuple(
        Finding(
            path=path,
            code="link_unreachable",
            severity="warning",
            message=f"the link does not answer: {status.reason}",
            value=url,
            action="kept",
        )
        for (path, url), status in zip(links, statuses, strict=True)
        if not status.reachable
    )
    if not findings:
        return record
    return record.model_copy(update={"findings": record.findings + findings, "status": "flagged"})


def _links(model: BaseModel, path: str) -> Iterator[tuple[str, str]]:
    """Every value marked as a link, with its JSON Pointer."""
    for slot in slots_of(type(model)):
        place = path if isinstance(model, RootModel) else step(path, slot.key)
        yield from _below(slot.node, getattr(model, slot.name), place)


def _below(node: Node, value: Any, path: str) -> Iterator[tuple[str, str]]:
    match node:
        case _ if value is None:
            return
        case Leaf(Link()):
            yield path, str(getattr(value, "value", value))
        case Nested() if isinstance(value, BaseModel):
            yield from _links(value, path)
        case Items(inner):
            for i, item in enumerate(value):
                yield from _below(inner, item, step(path, i))
        case Entries(inner):
            for key, item in value.items():
                yield from _below(inner, item, step(path, str(key)))


@dataclass(slots=True)
class _Host:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


@dataclass(slots=True)
class _Budget:
    seconds: float


_FAILURES = (
    UnreachableError,
    OSError,  # also TLS that breaks after the handshake, and `TimeoutError`
    ValueError,  # lone surrogates, host names that cannot be encoded
    httpx2.InvalidURL,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
)


def _reason(error: Exception) -> str:
    match error:
        case UnreachableError():
            return str(error)
        case TimeoutError() | httpcore2.TimeoutException():
            return "timed out"
        case ValueError() | httpx2.InvalidURL():
            return "refused: not a URL"
        case httpcore2.ConnectError(args=(ssl.SSLCertVerificationError() as cause,)):
            return f"certificate not valid: {cause.verify_message}"
        case httpcore2.ConnectError():
            return "cannot connect"
        case httpcore2.ProtocolError():
            return "no HTTP answer"
    return "connection broken"


def _with_scheme(url: str) -> str:
    """The URL as it is meant, `https` where no scheme is given."""
    plain = plain_url(url)
    return plain if _SCHEME.match(plain) else f"https://{plain}"
