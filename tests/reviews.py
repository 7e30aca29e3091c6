"""`absextract review` as it runs, and a client that speaks to it as the page does."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from command_line import absextract_process
from reports import write

__all__ = ["Running", "reviewing", "trials"]

_TRIAL = """
from typing import Annotated
from pydantic import BaseModel
from absextract import Mention, Number

class Arm(BaseModel):
    drug: Annotated[str, Mention()]
    dose: Annotated[str, Number()]
    blinded: bool = False
    note: str | None = None

class Trial(BaseModel):
    arms: list[Arm] = []
    sites: dict[str, Annotated[str, Mention()]] = {}
    lead: Arm | None = None
"""


class Running:
    """A review that runs.

    Attributes:
        address: of its page, with the token.
        process: what serves it.
    """

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address
        parts = urlsplit(address)
        self.host = parts.netloc
        self.token = parse_qs(parts.query)["token"][0]

    def ask(
        self, path: str, body: Any = None, *, method: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """One request; headers may take the place of those that the page sends. Gives status, headers, body."""
        sent = {"X-Review-Token": self.token, "Content-Type": "application/json", "Host": self.host}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        connection = http.client.HTTPConnection(self.host, timeout=30)
        with contextlib.closing(connection):
            connection.request(method or ("GET" if data is None else "POST"), path, data, sent)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def json(self, path: str, body: Any = None) -> dict[str, Any]:
        """What the server says to the page."""
        status, _, answer = self.ask(path, body)
        said: dict[str, Any] = json.loads(answer)
        assert status == 200, said
        return said

    def act(self, place: int, *actions: dict[str, Any]) -> dict[str, Any]:
        """Does things to a paper, one after the other; gives the paper as it stands then."""
        said = self.json(f"/paper/{place}")
        for action in actions:
            said = self.json(f"/paper/{place}", {"version": said["paper"]["version"], "action": action})
        return said

    def kill(self) -> None:
        """Ends it without a chance to write anything."""
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """Ends it as a person does; gives its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


@contextlib.contextmanager
def reviewing(records: Path, *args: Any) -> Iterator[Running]:
    """A review of a record file, ended at the end unless it has ended before."""
    words = [sys.executable, "-m", "absextract", "review", str(records), "--no-browser", *map(str, args)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, process.communicate()[1]
        running = Running(process, address)
        yield running
        if process.poll() is None:
            assert running.end() == 0
    finally:
        process.kill()
        process.communicate()


def trials(folder: Path) -> tuple[Path, str, str]:
    """A record of a schema that is nobody's but its user's, with nothing in it; the schema, and the abstract."""
    schema = folder / "trial.py"
    schema.write_text(_TRIAL, encoding="utf-8")
    text = "Two arms: heronol at 20 mg and a placebo. Sites were Ulm and Graz."
    line = {"title": "A trial", "abstract": text, "extraction": {"arms": [], "sites": {}}}
    lines = write(folder / "in.jsonl", [line])
    reference = f"{schema}:Trial"
    assert absextract_process("validate", lines, "-o", folder / "trials.jsonl", "--schema", reference).returncode == 0
    return folder / "trials.jsonl", reference, text
