"""What the server tells its own browser, and nobody twice."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from absextract import PaperExtraction, validate
from absextract.review.review_session import ReviewSession, Settings
from absextract.review.server import ReviewServer
from papers import PAPER, truth
from reports import write


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ReviewServer]:
    records = write(tmp_path / "one.jsonl", [json.loads(validate(truth(), PAPER).to_json())])
    settings = Settings(records=str(records), out=str(tmp_path / "out.jsonl"), schema=PaperExtraction)
    with ReviewSession(settings) as session, ReviewServer(session, 0, "a title & more") as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def get(address: str) -> tuple[int, str | None, bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    found = answer.status, answer.getheader("Location"), answer.read()
    connection.close()
    return found


def test_the_address_on_a_command_line_leads_to_the_page_once(server: ReviewServer) -> None:
    address = server.browser_address
    assert server.token not in address
    assert get(address.replace("ticket=", "ticket=x"))[0] == 403
    assert get(address)[:2] == (303, server.address)
    assert get(address)[0] == get(f"{server.address.partition('?')[0]}?ticket=")[0] == 403
    status, _, page = get(server.address)
    assert status == 200
    assert b"<title>a title &amp; more</title>" in page
