from __future__ import annotations

import asyncio
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any
from unittest.mock import patch

import httpcore2
import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, RootModel

from absextract import Abstract, Link, PaperExtraction, validate
from absextract.records import ErrorInfo, ExtractorInfo, Record
from absextract.validation import link_check as subject
from absextract.validation import public_network as guard
from absextract.validation.link_check import LinkChecker, LinkStatus, with_link_findings

HOST = "page.example.org"
OTHER = "other.example.net"
Route = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A local server that answers to the names in `names`; `page(path)` is the URL of what a route serves."""

    routes: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=lambda: {HOST: ["127.0.0.1"], OTHER: ["127.0.0.1"]})
    lookups: list[str] = field(default_factory=list)
    active: int = 0
    most_active: int = 0
    port: int = 0
    passed: float = 0.0  # seconds that the clock of `check` is ahead
    turn: threading.Lock = field(default_factory=threading.Lock)

    def page(self, path: str, host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    async def resolve(self, host: str, port: int) -> list[str]:
        self.lookups.append(host)
        return self.names[host]

    def check(self, *urls: str, **options: Any) -> list[LinkStatus]:
        """As `check`, by a clock that `after` puts forward."""
        site = self

        class Loop(asyncio.SelectorEventLoop):
            def time(self) -> float:
                return super().time() + site.passed

        return check(*urls, loop_factory=Loop, **options)

    def after(self, seconds: float, route: Route) -> Route:
        """A route that is taken after so many seconds, as the clock of `check` has it."""

        def late(handler: BaseHTTPRequestHandler) -> None:
            self.passed += seconds
            route(handler)

        return late

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        self.times.append(time.monotonic())
        self.requests.append((handler.command, handler.path))
        self.headers.append({key.lower(): value for key, value in handler.headers.items()})
        with self.turn:
            self.active += 1
            self.most_active = max(self.active, self.most_active)
        try:
            self.routes[handler.path](handler)
        finally:
            with self.turn:
                self.active -= 1


def answer(status: int, location: str | None = None, **by_method: int) -> Route:
    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(by_method.get(handler.command, status))
        if location is not None:
            handler.send_header("Location", location)
        handler.send_header("Set-Cookie", "visitor=1")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return route


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site on 127.0.0.1, with the guard opened for that address and its port alone."""
    site, is_public = Site(), guard.is_public

    class Handler(BaseHTTPRequestHandler):
        wbufsize = -1  # what a route writes is sent when it has ended, so that it is not active when the next one is

        def do_GET(self) -> None:
            site.serve(self)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = False  # closing waits for the handlers

        def handle_error(self, request: Any, client_address: Any) -> None:
            assert isinstance(sys.exception(), OSError), sys.exception()  # the checker has hung up

    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setattr(guard, "_PORTS", frozenset({80, 443, site.port}))
        monkeypatch.setattr(subject, "_PAUSE", 0.0)
        monkeypatch.setattr(guard, "resolve", site.resolve)
        monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
        yield site
        server.shutdown()
        thread.join()


def check(
    *urls: str, loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None, **options: Any
) -> list[LinkStatus]:
    async def go() -> list[LinkStatus]:
        async with LinkChecker(**options) as checker:
            return await asyncio.gather(*map(checker.check, urls))

    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return runner.run(go())


def meeting(route: Route) -> tuple[Route, list[str]]:
    """A route that looks a moment whether another request comes meanwhile, and where that was so."""
    both, met = threading.Barrier(2), list[str]()

    def wait(handler: BaseHTTPRequestHandler) -> None:
        try:
            both.wait(0.02)
            met.append(handler.path)
        except threading.BrokenBarrierError:
            both.reset()
        route(handler)

    return wait, met


# What answers, and what does not


@pytest.mark.parametrize("status", [200, 204, 206, 300, 304, 401, 402, 403, 405, 406, 429, 451])
def test_somebody_is_there(site: Site, status: int) -> None:
    site.routes["/"] = answer(status)
    assert check(site.page("/")) == [LinkStatus(True, f"HTTP {status}")]


@pytest.mark.parametrize("status", [400, 404, 410, 418, 500, 501, 502, 503])
def test_nothing_is_there(site: Site, status: int) -> None:
    site.routes["/"] = answer(status)
    assert check(site.page("/")) == [LinkStatus(False, f"HTTP {status}")]


@pytest.mark.parametrize("status", [200, 404, 410, 429, 500])
def test_head_is_enough(site: Site, status: int) -> None:
    site.routes["/"] = answer(status)
    check(site.page("/"))
    assert site.requests == [("HEAD", "/")]


@pytest.mark.parametrize("refusal", [400, 403, 405, 406, 501])
def test_get_where_head_is_refused(site: Site, refusal: int) -> None:
    site.routes["/there"] = answer(200, HEAD=refusal)
    site.routes["/gone"] = answer(404, HEAD=refusal)
    assert check(site.page("/there")) == [LinkStatus(True, "HTTP 200")]
    assert check(site.page("/gone")) == [LinkStatus(False, "HTTP 404")]
    assert site.requests == [("HEAD", "/there"), ("GET", "/there"), ("HEAD", "/gone"), ("GET", "/gone")]


def test_requests_say_who_asks_and_nothing_else(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {HOST} login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.routes = {"/a": answer(302, "/b"), "/b": answer(200), "/c": answer(200, HEAD=405)}
    assert all(status.reachable for status in check(site.page("/a"), site.page("/c")))
    assert site.headers == 4 * [
        {
            "host": f"{HOST}:{site.port}",
            "user-agent": f"absextract/{version('absextract')} (link check)",
            "accept": "*/*",
            "connection": "close",
        }
    ]


def test_fragment_and_escapes_on_the_wire(site: Site) -> None:
    site.routes = {"/a_b?q=%C3%BC": answer(200), "/%C3%A4%20b": answer(200)}
    spaced = f"http: //{HOST}:{site.port}/a\\_b?q=ü#part"
    assert all(status.reachable for status in check(spaced, site.page("/ä%20b")))


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, status: int) -> None:
    site.routes = {
        "/a": answer(status, "b/"),
        "/b/": answer(status, site.page("/c", OTHER)),
        "/c": answer(status, f"//{HOST}:{site.port}/d"),
        "/d": answer(200),
    }
    assert check(site.page("/a")) == [LinkStatus(True, "HTTP 200")]
    assert site.requests == [("HEAD", "/a"), ("HEAD", "/b/"), ("HEAD", "/c"), ("HEAD", "/d")]
    assert site.lookups == [HOST, HOST, OTHER, HOST]


def test_the_end_of_the_road_counts(site: Site) -> None:
    site.routes = {"/a": answer(301, "/b"), "/b": answer(404)}
    assert check(site.page("/a")) == [LinkStatus(False, "HTTP 404")]


def test_five_redirects_and_no_more(site: Site) -> None:
    site.routes = {f"/{i}": answer(302, f"/{i + 1}") for i in range(6)} | {"/6": answer(200)}
    assert check(site.page("/1"), site.page("/0")) == [
        LinkStatus(True, "HTTP 200"),
        LinkStatus(False, "too many redirects"),
    ]


def test_redirects_in_a_circle_end(site: Site) -> None:
    site.routes["/"] = answer(302, "/")
    assert check(site.page("/")) == [LinkStatus(False, "too many redirects")]
    assert len(site.requests) == 6


def test_a_redirect_needs_a_target(site: Site) -> None:
    site.routes["/"] = answer(302)
    assert check(site.page("/")) == [LinkStatus(False, "HTTP 302 without a target")]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://10.0.0.1/", "refused: private address"),
        ("http://127.0.0.2/", "refused: private address"),
        ("http://169.254.169.254/latest/meta-data/", "refused: private address"),
        ("http://[::1]/", "refused: private address"),
        ("//[::ffff:10.0.0.1]/", "refused: private address"),
        ("http://localhost/", "refused: not a public host name"),
        ("http://0x7f000001/", "refused: not a public host name"),
        ("http://inside.example.org/", "refused: private address"),
        ("file:///etc/passwd", "refused: not an http or https URL"),
        ("ftp://example.org/a", "refused: not an http or https URL"),
        ("javascript:alert(1)", "refused: not an http or https URL"),
        ("data:text/html,a", "refused: not an http or https URL"),
        ("gopher://127.0.0.1:70/_x", "refused: not an http or https URL"),
        ("http://me:secret@example.org/", "refused: user name in the URL"),
        ("http://example.org:22/", "refused: port 22"),
        ("http://example.org:99x/", "refused: not a URL"),
    ],
)
def test_a_redirect_is_checked_as_the_first_url_is(site: Site, location: str, reason: str) -> None:
    site.names["inside.example.org"] = ["192.168.0.7"]
    site.routes["/"] = answer(302, location)
    assert check(site.page("/")) == [LinkStatus(False, reason)]
    assert site.requests == [("HEAD", "/")]


# Refused before anything is sent

PRIVATE = re.findall(
    r"\S+",
    """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.0.9 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1
    239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:7f00:1 64:ff9b::7f00:1 64:ff9b::a00:1
    64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 100::1 2001::7f00:1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::
    2002:808:808:: 3fff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%1 fec0::1 ff02::1 ff0e::1
    2606:4700::1111%1
""",
)
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "140.82.121.4",
    "172.15.0.1",
    "172.32.0.1",
    "2606:4700::1111",
    "2a00:1450:4001::1",
    "64:ff9b::808:808",
]


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """Names that resolve; whatever asks for another one or connects fails the test."""
    names: dict[str, list[str]] = {}

    async def resolve(host: str, port: int) -> list[str]:
        return names[host]

    async def connect(self: Any, host: str, *_: Any) -> Any:
        raise AssertionError(f"connects to {host}")

    bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # reading the certificates takes longer than all the rest
    monkeypatch.setattr(httpcore2, "default_ssl_context", lambda: bare)

    monkeypatch.setattr(guard, "resolve", resolve)
    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", connect)
    return names  # type: ignore[return-value]


def _in_url(address: str) -> str:
    return f"[{address.replace('%', '%25')}]" if ":" in address else address


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused(cut_off: dict[str, list[str]], address: str) -> None:
    cut_off.update(
        {"a.example.org": [address], "b.example.org": ["8.8.8.8", address], "c.example.org": [address, "::1"]}
    )
    urls = (f"http://{_in_url(address)}/", "https://a.example.org", "b.example.org/x", "http://c.example.org:80")
    assert check(*urls) == 4 * [LinkStatus(False, "refused: private address")]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not guard.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address: str) -> None:
    assert guard.is_public(address)
    guard.public_target(httpx2.URL(f"https://{_in_url(address)}/"))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://2130706433/", "not a public host name"),
        ("http://0x7f000001/", "not a public host name"),
        ("http://0x7f.1/", "not a public host name"),
        ("http://017700000001/", "not a public host name"),
        ("http://0177.0.0.1/", "not a URL"),
        ("http://127.1/", "not a public host name"),
        ("http://127.0.0.1./", "not a public host name"),
        ("http://127.0.0.0x1/", "not a public host name"),
        ("http://127。0。0。1/", "private address"),
        ("http://①②⑦.0.0.1/", "not a URL"),
        ("http://%31%32%37.0.0.1/", "not a public host name"),
        ("http://[::1", "not a URL"),
        ("http://localhost/", "not a public host name"),
        ("http://LOCALHOST./", "not a public host name"),
        ("localhost:80/a", "not a public host name"),
        ("http://a.localhost/", "not a public host name"),
        ("http://printer.local/", "not a public host name"),
        ("http://metadata.google.internal/computeMetadata/v1/", "not a public host name"),
        ("http://metadata/", "not a public host name"),
        ("http://router.home.arpa/", "not a public host name"),
        ("http://hidden.onion/", "not a public host name"),
        ("http://a..b.org/", "not a public host name"),
        ("http://.example.org/", "not a public host name"),
        ("http://exa%6dple.org/", "not a public host name"),
        (f"http://{'a' * 64}.org/", "not a public host name"),
        (f"http://{'a.' * 130}org/", "not a public host name"),
        ("http://example.org\\@127.0.0.1/", "user name in the URL"),
        ("http://example.org\\.evil.org/", "not a public host name"),
        ("http:///etc/passwd", "not a public host name"),
        ("http://", "not a public host name"),
        ("", "not a public host name"),
        ("//example.org/a", "not a public host name"),
        ("http://user:pw@example.org/", "user name in the URL"),
        ("http://user@example.org/", "user name in the URL"),
        ("https://github.com:pw@127.0.0.1/", "user name in the URL"),
        ("http://example.org:8080/", "port 8080"),
        ("http://example.org:22/", "port 22"),
        ("http://example.org:0/", "port 0"),
        ("example.org:6379/", "port 6379"),
        ("http://example.org:99999/", "port 99999"),
        ("http://example.org:x/", "not a URL"),
        ("ftp://example.org/a", "not an http or https URL"),
        ("file:///etc/passwd", "not an http or https URL"),
        ("javascript:alert(1)", "not an http or https URL"),
        ("data:text/html,a", "not an http or https URL"),
        ("mailto:a@example.org", "not an http or https URL"),
        ("gopher://example.org/", "not an http or https URL"),
        ("ws://example.org/", "not an http or https URL"),
        ("view-source:https://example.org/", "not an http or https URL"),
        ("https://example.org/\x00", "not a URL"),
        ("https://example.org/\udc80", "not a URL"),
        (f"https://example.org/{70_000 * 'a'}", "not a URL"),
    ],
)
def test_what_is_no_public_page_is_refused(cut_off: dict[str, list[str]], url: str, reason: str) -> None:
    assert check(url) == [LinkStatus(False, f"refused: {reason}")]


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "localhost", "::1", "::ffff:7f00:1"]
)
def test_addresses_in_disguise_would_be_seen_when_resolved(host: str) -> None:
    addresses = asyncio.run(guard.resolve(host, 80))
    assert addresses
    assert not any(map(guard.is_public, addresses))


@settings(max_examples=50)
@given(
    st.lists(st.one_of(st.text(), st.text().map("https://{}".format), st.from_regex(r"https?:.{0,30}")), max_size=20)
)
def test_no_text_raises(urls: list[str]) -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        raise guard.UnreachableError("host not found")

    with patch.object(guard, "resolve", nowhere):
        assert not any(status.reachable for status in check(*urls))


# The address that was checked is the one connected to


def test_a_name_is_looked_up_once_for_a_connection(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    connected = []
    connect = httpcore2.AnyIOBackend.connect_tcp

    async def recording(self: Any, host: str, *arguments: Any) -> Any:
        connected.append(host)
        return await connect(self, host, *arguments)

    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", recording)
    site.routes["/"] = answer(200)
    check(site.page("/"))
    assert (site.lookups, connected) == ([HOST], ["127.0.0.1"])


def test_a_name_that_turns_private_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = iter([["127.0.0.1"], ["10.0.0.1"]])

    async def rebinding(host: str, port: int) -> list[str]:
        return next(turns)

    monkeypatch.setattr(guard, "resolve", rebinding)
    site.routes["/"] = answer(200, HEAD=405)
    assert check(site.page("/")) == [LinkStatus(False, "refused: private address")]
    assert site.requests == [("HEAD", "/")]


def test_the_next_address_where_one_does_not_answer(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    is_public = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: address == "::1" or is_public(address))
    site.names[HOST] = ["::1", "127.0.0.1"]
    site.routes["/"] = answer(200)
    assert check(site.page("/")) == [LinkStatus(True, "HTTP 200")]


@pytest.mark.parametrize(
    ("code", "reason"),
    [(socket.EAI_NONAME, "host not found"), (socket.EAI_AGAIN, "name lookup failed")],
)
def test_names_that_are_not_found(monkeypatch: pytest.MonkeyPatch, code: int, reason: str) -> None:
    def getaddrinfo(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(code, "no")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert check("https://example.org/") == [LinkStatus(False, reason)]


def test_nobody_listens(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        monkeypatch.setattr(guard, "_PORTS", {port})
        assert check(f"http://{HOST}:{port}/") == [LinkStatus(False, "cannot connect")]


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and self-signed certificate of HOST in one file."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    extensions = (f"subjectAltName=DNS:{HOST}", "keyUsage=critical,digitalSignature,keyCertSign")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + ["-days", "2", "-subj", f"/CN={HOST}", "-keyout", "key.pem", "-out", "certificate.pem"]
        + [part for extension in extensions for part in ("-addext", extension)],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    both = folder / "both.pem"
    both.write_text((folder / "key.pem").read_text("ascii") + (folder / "certificate.pem").read_text("ascii"), "ascii")
    return both


@pytest.fixture
def secure_site(site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    get_request = ThreadingHTTPServer.get_request

    def get_secure_request(self: ThreadingHTTPServer) -> Any:
        request, address = get_request(self)
        request.settimeout(5)
        return context.wrap_socket(request, server_side=True), address

    monkeypatch.setattr(ThreadingHTTPServer, "get_request", get_secure_request)
    site.routes["/"] = answer(200)
    return site


def test_a_certificate_is_checked_for_the_name_not_the_address(
    secure_site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    good, other = check(f"https://{HOST}:{secure_site.port}/", f"https://{OTHER}:{secure_site.port}/")
    assert good == LinkStatus(True, "HTTP 200")
    assert not other.reachable
    assert other.reason.startswith("certificate not valid: Hostname mismatch")


def test_a_certificate_nobody_vouches_for(secure_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    (status,) = check(f"https://{HOST}:{secure_site.port}/")
    assert status == LinkStatus(False, "certificate not valid: self-signed certificate")


def test_no_tls_where_it_is_asked_for(site: Site) -> None:
    (status,) = check(f"{HOST}:{site.port}/")
    assert status == LinkStatus(False, "cannot connect")


# Servers that mean no good


def endlessly(piece: bytes, ended: threading.Event) -> Callable[[BaseHTTPRequestHandler], None]:
    def route(handler: BaseHTTPRequestHandler) -> None:
        if handler.command == "HEAD":
            return answer(405)(handler)
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + piece)
        try:
            while True:
                handler.wfile.write(1024 * b"abcdef: abcdef\r\n")
        except OSError:
            ended.set()

    return route


@pytest.mark.parametrize(
    ("piece", "status", "most"),
    [(b"\r\n", LinkStatus(True, "HTTP 200"), 70_000), (b"", LinkStatus(False, "no HTTP answer"), 200_000)],
    ids=["body", "header"],
)
def test_an_endless_answer_is_left(
    site: Site, monkeypatch: pytest.MonkeyPatch, piece: bytes, status: LinkStatus, most: int
) -> None:
    ended, fetched = threading.Event(), []
    connect = httpcore2.AnyIOBackend.connect_tcp

    async def counting(self: Any, *arguments: Any) -> Any:
        stream = await connect(self, *arguments)
        read = stream.read

        async def counted(*arguments: Any, **options: Any) -> bytes:
            data = await read(*arguments, **options)
            fetched.append(len(data))
            return data

        monkeypatch.setattr(stream, "read", counted)
        return stream

    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", counting)
    site.routes["/"] = endlessly(piece, ended)
    assert check(site.page("/")) == [status]
    assert ended.wait(5)  # the server notices
    assert 0 < sum(fetched) < most


@pytest.mark.parametrize("text", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-"])
def test_what_is_no_http(site: Site, text: bytes) -> None:
    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(text)

    site.routes["/"] = route
    assert check(site.page("/")) == [LinkStatus(False, "no HTTP answer")]


def test_a_silent_server_times_out(site: Site) -> None:
    released = threading.Event()

    def route(_: BaseHTTPRequestHandler) -> None:
        released.wait(60)

    site.routes["/"] = route
    assert check(site.page("/"), timeout=0.1) == [LinkStatus(False, "timed out")]
    released.set()


def test_a_dripping_server_times_out(site: Site) -> None:
    stopped = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not stopped.wait(0.02):
            handler.wfile.write(b"a: b\r\n")
            handler.wfile.flush()

    site.routes["/"] = drip
    assert check(site.page("/"), timeout=0.15) == [LinkStatus(False, "timed out")]
    stopped.set()


def test_redirects_share_the_time_of_their_url(site: Site) -> None:
    def late(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.1)
        answer(302, f"{handler.path}x")(handler)

    site.routes = {f"/{i * 'x'}": late for i in range(6)}
    assert check(site.page("/"), timeout=0.25) == [LinkStatus(False, "timed out")]
    assert len(site.requests) <= 3


# Politeness


def test_one_request_at_a_time_to_a_host(site: Site) -> None:
    route, met = meeting(answer(200, HEAD=405))
    site.routes = {f"/{i}": route for i in range(5)}
    assert all(status.reachable for status in check(*map(site.page, site.routes)))
    assert (met, site.most_active, len(site.requests)) == ([], 1, 10)


def test_waiting_for_a_turn_takes_none_of_the_time(site: Site) -> None:
    site.routes = {f"/{i}": site.after(100, answer(200)) for i in range(5)}
    assert all(status.reachable for status in site.check(*map(site.page, site.routes), timeout=190))


def test_a_pause_between_two_requests_to_a_host(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "_PAUSE", 0.1)
    site.routes = {"/a": answer(200, HEAD=405), "/b": answer(200)}
    check(site.page("/a"), site.page("/b"))
    assert [later - earlier >= 0.09 for earlier, later in zip(site.times, site.times[1:], strict=False)] == [True, True]


def test_hosts_are_asked_at_the_same_time(site: Site) -> None:
    both = threading.Barrier(2, timeout=5)  # breaks unless the two meet

    def route(handler: BaseHTTPRequestHandler) -> None:
        both.wait()
        answer(200)(handler)

    site.routes["/"] = route
    assert check(site.page("/"), site.page("/", OTHER)) == 2 * [LinkStatus(True, "HTTP 200")]


def test_no_more_at_the_same_time_than_allowed(site: Site) -> None:
    route, met = meeting(site.after(100, answer(200)))
    hosts = [f"{name}.example.org" for name in "abc"]
    site.names = {host: ["127.0.0.1"] for host in hosts}
    site.routes["/"] = route
    pages = [site.page("/", host) for host in hosts]
    assert all(status.reachable for status in site.check(*pages, concurrency=1, timeout=190))  # nor does this
    assert (met, site.most_active) == ([], 1)


def test_each_url_is_asked_once_however_it_is_spelt(site: Site) -> None:
    site.routes["/a_b"] = answer(404)
    spellings = (
        site.page("/a_b"),
        site.page("/a_b/"),
        site.page("/a\\_b"),
        site.page("/a%5Fb.git").replace("p:", "p: "),
    )

    async def go() -> list[LinkStatus]:
        async with LinkChecker() as checker:
            together = await asyncio.gather(*map(checker.check, spellings))
            return [*together, await checker.check(spellings[0])]

    assert asyncio.run(go()) == 5 * [LinkStatus(False, "HTTP 404")]
    assert site.requests == [("HEAD", "/a_b")]


def test_who_gives_up_leaves_the_others_their_answer(site: Site) -> None:
    asked, released = threading.Event(), threading.Event()

    def route(handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        released.wait(5)
        answer(200)(handler)

    site.routes["/"] = route

    async def go() -> LinkStatus:
        async with LinkChecker() as checker:
            first, second = (asyncio.ensure_future(checker.check(site.page("/"))) for _ in range(2))
            await asyncio.to_thread(asked.wait, 5)
            first.cancel()
            await asyncio.sleep(0)
            released.set()
            return await second

    assert asyncio.run(go()) == LinkStatus(True, "HTTP 200")


def test_leaving_ends_what_is_under_way(site: Site) -> None:
    asked, released = threading.Event(), threading.Event()

    def route(_: BaseHTTPRequestHandler) -> None:
        asked.set()
        released.wait(5)

    site.routes["/"] = route

    async def go() -> None:
        async with LinkChecker() as checker:
            waiting = asyncio.ensure_future(checker.check(site.page("/")))
            await asyncio.to_thread(asked.wait, 5)
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(go())
    released.set()


# Findings


class Told(LinkChecker):
    """Knows its answers beforehand."""

    def __init__(self, **statuses: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.gone = statuses

    async def check(self, url: str) -> LinkStatus:
        self.asked.append(url)
        reason = next((reason for part, reason in self.gone.items() if part in url), "")
        return LinkStatus(not reason, reason or "HTTP 200")


def findings(record: Record[Any], checker: LinkChecker) -> Record[Any]:
    async def go() -> Record[Any]:
        async with checker:
            return await with_link_findings(record, checker)

    return asyncio.run(go())


TEXT = "Code: https://github.com/a/gone and https://github.com/a/there. See also https://site.example.org/gone~1."


def test_a_warning_on_each_path_that_has_the_link() -> None:
    extraction = {
        "links": [
            {"url": "https://github.com/a/gone", "kind": "code"},
            {"url": "https://github.com/a/there", "kind": "code"},
        ],
        "code_url": "github.com/a/gone",
    }
    record = validate(extraction, Abstract(abstract=TEXT), schema=PaperExtraction)
    checked = findings(record, Told(gone="HTTP 404"))
    assert checked.status == "flagged"
    assert checked.findings[: len(record.findings)] == record.findings
    assert [finding.model_dump() for finding in checked.findings[len(record.findings) :]] == [
        {
            "path": path,
            "code": "link_unreachable",
            "severity": "warning",
            "message": "the link does not answer: HTTP 404",
            "value": value,
            "action": "kept",
        }
        for path, value in (("/links/0/url", "https://github.com/a/gone"), ("/code_url", "github.com/a/gone"))
    ]
    assert checked.model_copy(update={"findings": record.findings, "status": record.status}) == record


def test_a_record_whose_links_answer_stays_as_it_is() -> None:
    record = validate({"code_url": "https://github.com/a/there"}, Abstract(abstract=TEXT), schema=PaperExtraction)
    assert findings(record, Told()) is record


def test_links_that_are_not_in_the_text_are_not_asked() -> None:
    made_up = {"links": [{"url": "https://github.com/a/made-up", "kind": "code"}], "code_url": "http://10.0.0.1/gone"}
    record = validate(made_up, Abstract(abstract=TEXT), schema=PaperExtraction, unsupported="keep")
    checker = Told(gone="HTTP 404")
    assert findings(record, checker) is record
    assert checker.asked == []


def test_a_failed_record_stays_as_it_is() -> None:
    error = ErrorInfo(code="no_answer", message="")
    record = Record[Any].failed(Abstract(abstract=TEXT), ExtractorInfo(model="external", schema="S"), error)
    assert findings(record, Told(gone="HTTP 404")) is record


class Pages(RootModel[list[Annotated[str, Link()]]]):
    pass


class Pointers(BaseModel):
    name: str = "gone"
    by_kind: dict[str, Annotated[str, Link()] | None] = {}
    pages: Pages | None = None


class Trial(BaseModel):
    registered: Annotated[str, Link()] | None = None
    sites: tuple[Pointers, ...] = ()


def test_links_are_found_through_the_marks_of_any_schema() -> None:
    extraction = {
        "sites": [
            {"by_kind": {"a/b~c": "https://site.example.org/gone~1", "none": None}},
            {"pages": ["https://github.com/a/there", "https://github.com/a/gone"]},
        ]
    }
    record = validate(extraction, Abstract(abstract=TEXT), schema=Trial)
    checker = Told(gone="timed out")
    checked = findings(record, checker)
    assert [finding.path for finding in checked.findings] == ["/sites/0/by_kind/a~1b~0c", "/sites/1/pages/1"]
    assert {finding.path for finding in checked.findings} <= {grounding.path for grounding in record.grounding}
    assert len(checker.asked) == 3


def test_a_record_asks_the_network_once_for_each_link(site: Site) -> None:
    site.routes["/gone"] = answer(410)
    url = site.page("/gone")
    extraction = {"links": [{"url": url, "kind": "code"}], "code_url": url}
    record = validate(extraction, Abstract(abstract=f"Code: {url}"), schema=PaperExtraction)
    checked = findings(record, LinkChecker())
    assert [f.path for f in checked.findings if f.code == "link_unreachable"] == ["/links/0/url", "/code_url"]
    assert site.requests == [("HEAD", "/gone")]


def test_the_http_client_is_loaded_for_this_alone() -> None:
    code = "import sys, absextract, absextract.cli.app; print({'httpx2', 'httpcore2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
