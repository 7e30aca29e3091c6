"""Runs a review until it is ended: server, browser, and the file that is written as it goes."""

from __future__ import annotations

import logging
import threading
import webbrowser
from collections.abc import Callable

from ..errors import OutputError, UsageError
from ..records import BadInput
from .paper_view import view
from .review_session import ReviewSession
from .server import HOST, ReviewServer

__all__ = ["serve"]

_BETWEEN_WRITES = 2.0  # seconds; the journal has everything in the meantime

_log = logging.getLogger(__name__)


def serve(session: ReviewSession, *, port: int, title: str, tell: Callable[[str], None], open_browser: bool) -> None:
    """Serves a review until it is interrupted.

    Args:
        session: the review, entered.
        port: to listen on, 0 for any that is free.
        title: of the page.
        tell: is given the address of the page, once it is answered at once.
        open_browser: open it in the browser as well.

    Raises:
        UsageError: the port is taken.
        KeyboardInterrupt: it was ended.
    """
    try:
        server = ReviewServer(session, port, title)
    except (OSError, OverflowError) as error:
        raise UsageError(f"port {port} of {HOST} cannot be used: {error}; choose another --port") from error
    stop = threading.Event()
    writer = threading.Thread(target=_write_now_and_then, args=(session, stop), daemon=True)
    writer.start()
    with server:
        if open_browser:  # which takes its time to start, and waits for the answer
            threading.Thread(target=webbrowser.open, args=(server.browser_address,), daemon=True).start()
        try:
            _warm_up(session)
            tell(server.address)
            server.serve_forever(poll_interval=0.1)
        finally:
            stop.set()
            writer.join()


def _write_now_and_then(session: ReviewSession, stop: threading.Event) -> None:
    while not stop.wait(_BETWEEN_WRITES):
        try:
            session.write()
        except OutputError as error:  # told again at the end, when it matters
            _log.warning("%s", error)


def _warm_up(session: ReviewSession) -> None:
    """Loads what the first validation needs, which takes longer than any other."""
    review = session.paper(session.start)
    if not isinstance(review, BadInput):
        view(review, session.other(review))
