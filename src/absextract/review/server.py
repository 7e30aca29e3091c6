"""The server behind the page: on this machine alone, for whoever knows the token, from no page but its own."""

from __future__ import annotations

import hmac
import json
import logging
import secrets
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import ValidationError

from ..errors import OutputError
from ..records import BadInput
from ..schema.faults import first_fault
from .actions import ACTIONS, RefusedError
from .paper_review import PaperReview
from .paper_view import view
from .review_page import page, page_policy
from .review_session import ReviewSession, StaleError

__all__ = ["HOST", "ReviewServer"]

HOST = "127.0.0.1"
TOKEN_HEADER = "X-Review-Token"
_NAMES = (HOST, "localhost")
_MOST_BYTES = 1 << 20
_AWAY = 6.0  # seconds without a word after which a window counts as closed
_SECONDS_TO_SPEAK = 60.0

_log = logging.getLogger(__name__)


class ReviewServer(ThreadingHTTPServer):
    """Serves one review on the loopback interface.

    Args:
        session: the review.
        port: to listen on, 0 for any that is free.
        title: of the page.

    Raises:
        OSError: the port is taken.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, session: ReviewSession, port: int, title: str) -> None:
        self.session: ReviewSession = session
        self.title: str = title
        self.token: str = secrets.token_urlsafe(24)
        self._ticket: str | None = secrets.token_urlsafe(24)
        self._windows: dict[str, tuple[float, int]] = {}
        self._windows_lock = threading.Lock()
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """Where the page is, for whoever may see it."""
        return f"http://{HOST}:{self.server_address[1]}/?token={self.token}"

    @property
    def browser_address(self) -> str:
        """The same for a browser's command line, which others on this machine can read: it leads there once."""
        return f"http://{HOST}:{self.server_address[1]}/?ticket={self._ticket}"

    def redeem(self, ticket: str) -> bool:
        """Whether a ticket is good; from then on it is not."""
        with self._windows_lock:
            good = self._ticket is not None and hmac.compare_digest(
                ticket.encode("utf-8", "replace"), self._ticket.encode()
            )
            self._ticket = None if good else self._ticket
            return good

    def others(self, window: str, place: int) -> list[int]:
        """The places of the papers that other windows show; takes note of this one."""
        now = time.monotonic()
        with self._windows_lock:
            self._windows[window] = (now, place)
            self._windows = {key: seen for key, seen in self._windows.items() if now - seen[0] < _AWAY}
            return sorted(at for key, (_, at) in self._windows.items() if key != window)

    def close_window(self, window: str) -> None:
        """Forgets a window."""
        with self._windows_lock:
            self._windows.pop(window, None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke is nobody's concern."""
        _log.debug("connection %s from %s ended", request, client_address, exc_info=True)


class _Moved(str):
    """Where what was asked for is."""


class _RejectedError(Exception):
    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    protocol_version = "HTTP/1.1"
    server_version = "absextract"
    sys_version = ""
    disable_nagle_algorithm = True
    timeout = _SECONDS_TO_SPEAK

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # as the base class calls it
        """Nothing: the address holds the token."""

    def _answer(self, work: Any) -> None:
        try:
            self._check_origin()
            status, body = HTTPStatus.OK, work(urlsplit(self.path))
        except _RejectedError as error:
            self.close_connection = True  # what it sent was not read
            status, body = error.status, {"error": str(error)}
        except StaleError:
            status, body = HTTPStatus.CONFLICT, {"error": "stale"}
        except RefusedError as error:
            status, body = HTTPStatus.UNPROCESSABLE_ENTITY, {"error": str(error)}
        except IndexError:
            status, body = HTTPStatus.NOT_FOUND, {"error": "there is no such paper"}
        except OutputError as error:
            status, body = HTTPStatus.INSUFFICIENT_STORAGE, {"error": str(error)}
        except Exception as error:
            _log.exception("review")
            status, body = HTTPStatus.INTERNAL_SERVER_ERROR, {"error": f"a bug: {type(error).__name__}"}
        self._send(status, body)

    def _get(self, url: Any) -> Any:
        if url.path == "/":
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            if self.server.redeem(asked.get("ticket", "")):
                return _Moved(self.server.address)
            self._check_token(asked.get("token", ""))
            return page(self.server.title)
        self._check_token(self.headers.get(TOKEN_HEADER, ""))
        session = self.server.session
        match url.path.strip("/").split("/"):
            case ["start"]:
                return {"place": session.start, **self._state()}
            case ["paper", place] if place.isdecimal() and len(place) < 10:
                return self._paper(int(place))
            case ["windows", window, place] if place.isdecimal() and len(place) < 10:
                return {"others": self.server.others(window[:40], int(place)), **self._state(int(place))}
        raise _RejectedError(HTTPStatus.NOT_FOUND, "there is nothing here")

    def _post(self, url: Any) -> Any:
        self._check_token(self.headers.get(TOKEN_HEADER, ""))
        if self.headers.get_content_type() != "application/json":
            raise _RejectedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "JSON is expected")
        asked = self._body()
        match url.path.strip("/").split("/"):
            case ["paper", place] if place.isdecimal() and len(place) < 10:
                return self._act(int(place), asked)
            case ["closed"]:
                self.server.close_window(str(asked.get("window")))
                return {}
        raise _RejectedError(HTTPStatus.NOT_FOUND, "there is nothing here")

    def _act(self, place: int, asked: dict[str, Any]) -> dict[str, Any]:
        version = asked.get("version")
        if not isinstance(version, int) or isinstance(version, bool):
            raise RefusedError("the version of the paper is missing")
        try:
            action = ACTIONS.validate_python(asked.get("action"))
        except ValidationError as error:
            raise RefusedError(first_fault(error)) from None
        self.server.session.act(place, version, action)
        return self._paper(place)

    def _paper(self, place: int) -> dict[str, Any]:
        session = self.server.session
        review = session.paper(place)
        shown: dict[str, Any]
        if isinstance(review, PaperReview):
            shown = view(review, session.other(review))
        else:
            assert isinstance(review, BadInput)
            shown = {"damaged": review.told}
        return {
            "place": place,
            "next": session.following(place),
            "paper": {**shown, "why": session.need(place).told()},
            "progress": session.progress(),
        }

    def _state(self, place: int | None = None) -> dict[str, Any]:
        session = self.server.session
        review = session.paper(place) if place is not None else None
        version = review.version if isinstance(review, PaperReview) else None
        return {"progress": session.progress(), "version": version}

    def _check_origin(self) -> None:
        """Refuses what another page sent, and what came under another name (DNS rebinding).

        Raises:
            _RejectedError: it did.
        """
        port = self.server.server_address[1]
        hosts = {f"{name}:{port}" for name in _NAMES}
        host = self.headers.get("Host", "")
        origin = self.headers.get("Origin")
        site = self.headers.get("Sec-Fetch-Site", "none")
        if host not in hosts or (origin is not None and origin != f"http://{host}"):
            raise _RejectedError(HTTPStatus.FORBIDDEN, "another origin")
        is_visit = self.command == "GET" and self.headers.get("Sec-Fetch-Mode") == "navigate"
        if site not in ("none", "same-origin") and not is_visit:
            raise _RejectedError(HTTPStatus.FORBIDDEN, "another origin")

    def _check_token(self, token: str) -> None:
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()):
            raise _RejectedError(
                HTTPStatus.FORBIDDEN, "the token is wrong; open the address that absextract has printed last"
            )

    def _body(self) -> dict[str, Any]:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _MOST_BYTES:
            raise _RejectedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too long")
        try:
            body = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            raise RefusedError("not valid JSON") from None
        if not isinstance(body, dict):
            raise RefusedError("a JSON object is expected")
        return body

    def _send(self, status: HTTPStatus, body: Any) -> None:
        is_page = isinstance(body, bytes)
        data = body if is_page else json.dumps(body, separators=(",", ":")).encode()
        self.send_response(HTTPStatus.SEE_OTHER if isinstance(body, _Moved) else status)
        if isinstance(body, _Moved):
            self.send_header("Location", body)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8" if is_page else "application/json"),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", page_policy() if is_page else "default-src 'none'; frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ):
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)
