"""The bound of an answer holds on every way that a server may send a request."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from absextract import Extractor, Record
from openai_server import OpenAIServer, Reply
from papers import TEXT

MB = b"x" * 1_000_000
MOST_SENT = 200  # megabytes: then a server without end has shown that it has none


class _Leading(BaseHTTPRequestHandler):
    """Sends a request on to what looks like a file of a batch, and that file has no end."""

    status, location = 302, ""
    sent = 0

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def do_POST(self) -> None:  # the names that http.server looks for
        self.rfile.read(int(self.headers["content-length"]))
        if self.path.endswith("/content"):
            return self.do_GET()
        self.send_response(self.status)
        self.send_header("Location", self.location)
        self.send_header("content-length", "0")
        self.end_headers()
        return None

    def do_GET(self) -> None:
        self.send_response(200 if self.path.endswith("/content") else 404)
        self.end_headers()
        if not self.path.endswith("/content"):
            return
        with contextlib.suppress(ConnectionError):
            while type(self).sent < MOST_SENT:
                self.wfile.write(MB)
                type(self).sent += 1


@contextlib.contextmanager
def leading(status: int, location: str) -> Iterator[tuple[str, type[_Leading]]]:
    handler = type("Leading", (_Leading,), {"status": status, "location": location, "sent": 0})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1", handler
        finally:
            server.shutdown()
            thread.join()


async def one_of(base_url: str) -> Record[Any]:
    async with Extractor(model="openai/m", base_url=base_url, cache=False) as extractor:
        return await extractor.extract(TEXT)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_request_that_is_led_to_a_file_is_bounded_as_before(key: str, status: int) -> None:
    with leading(status, "/v1/files/file-1/content") as (base_url, handler):
        record = asyncio.run(one_of(base_url))
    assert record.error is not None
    assert record.error.code == "answer_too_long", record.error
    assert handler.sent < MOST_SENT


@pytest.mark.parametrize("place", ["http://[::1", "http://\u00ff:x/", "", "\x01", "a" * 8000, "https://"])
def test_a_redirect_to_nowhere_is_a_failed_record(key: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    with leading(302, place) as (base_url, _):
        record = asyncio.run(one_of(base_url))
    assert record.error is not None
    assert record.error.code in ("redirected", "client_error", "connection", "not_found", "empty_answer", "bad_request")
    assert len(record.error.message) < 1000


@pytest.mark.parametrize("charset", ["rot13", "zlib_codec", "undefined", "idna", "punycode", "utf-16", "koi8-r"])
def test_a_charset_that_no_page_has_costs_neither_status_nor_text(
    key: str, charset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`bcher-kva` is one letter longer where it is read as Punycode, which takes hours for megabytes."""
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    page = Reply(status=503, body="bcher-kva", headers={"content-type": f"text/html; charset={charset}"})
    with OpenAIServer(lambda _: page) as server:
        record = asyncio.run(one_of(server.base_url))
    assert record.error is not None
    assert (record.error.code, record.error.message) == ("server_error", "HTTP 503: bcher-kva (8 attempts)")
