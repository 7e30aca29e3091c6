"""A local server that speaks OpenAI's files and batches, beside chat completions, for tests and benchmarks.

    with BatchServer(lambda request: completion(request, {"tasks": []})) as server:
        client = OpenAI(base_url=server.base_url, api_key="test")

A batch is answered, request by request, by the function that answers live requests, when it is asked for while
`running` is false. `faults` go wrong once each, in the order in which they fit.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, RLock, Thread
from typing import Any, Literal, Self
from urllib.parse import parse_qs, urlsplit

from openai_server import CREATED, Reply, Request, error

__all__ = ["BatchServer", "Ended", "Fault", "File", "Row", "all_answered"]

Row = dict[str, Any]
Ending = Callable[[list[Row]], "Ended"]
WINDOW = 24 * 3600


@dataclass
class File:
    """An uploaded file, or one of a batch."""

    id: str
    name: str
    data: bytes
    purpose: str
    deleted: bool = False

    def shown(self) -> dict[str, Any]:
        return {"id": self.id, "object": "file", "bytes": len(self.data), "created_at": CREATED,
                "filename": self.name, "purpose": self.purpose, "status": "processed"}  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """What a batch comes to: its status, and the lines of its files; a text is a line as it is."""

    status: str = "completed"
    output: Iterable[Row | str] = ()
    errors: Iterable[Row | str] = ()
    refused: Iterable[dict[str, Any]] = ()
    """Why the whole batch has failed."""


@dataclass
class Fault:
    """Something that goes wrong once.

    Args:
        what: `METHOD path`, a regular expression.
        how: `refuse` does nothing; the others do what was asked, then answer with an error, close the connection,
            keep silent until the server ends, send half of the answer, or do nothing wrong.
        status: of the error.
    """

    what: str
    how: Literal["refuse", "fail", "drop", "hang", "halve", "pass"] = "refuse"
    status: int = 500


def all_answered(rows: list[Row]) -> Ended:
    """As OpenAI ends a batch: answers in the output file, errors in the other."""
    good = [row for row in rows if row["response"]["status_code"] < 400]
    return Ended(output=good, errors=[row for row in rows if row not in good])


class BatchServer:
    """Serves on 127.0.0.1 while the context is open.

    Attributes:
        files, batches: by id, in order of arrival.
        seen: how often what was asked.
        faults: see `Fault`.
        ending: what a batch comes to, given its answered rows.
        running: batches stay in progress.
        created: when batches are made, in seconds since 1970.
        key: the only API key it takes; None for any.
        hung: set when somebody is kept waiting by a fault.
    """

    def __init__(self, respond: Callable[[Request], Reply], ending: Ending = all_answered) -> None:
        self.respond = respond
        self.ending = ending
        self.files: dict[str, File] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.seen: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self.running = False
        self.created = CREATED
        self.key: str | None = None
        self.hung = Event()
        self.over = Event()
        self.page = 100
        self.failure: Exception | None = None
        self._lock = RLock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True

    @property
    def base_url(self) -> str:
        """The address to give to a client."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, _: object, raised: BaseException | None, __: object) -> None:
        self.over.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
        if self.failure and not raised:
            raise self.failure

    def sent(self) -> list[Row]:
        """All requests in uploaded files of batches that were made, in order."""
        return [row for batch in self.batches.values() for row in self.rows_of(batch)]

    def rows_of(self, batch: dict[str, Any]) -> list[Row]:
        """The requests of a batch."""
        return [json.loads(line) for line in self.files[batch["input_file_id"]].data.splitlines()]

    def uploads(self, *, kept: bool = False) -> list[File]:
        """The uploaded files; `kept`: those that were not deleted."""
        return [file for file in self.files.values() if file.purpose == "batch" and not (kept and file.deleted)]

    def fault_for(self, what: str) -> Fault | None:
        with self._lock:
            for fault in self.faults:
                if re.fullmatch(fault.what, what):
                    self.faults.remove(fault)
                    return fault
        return None

    def do(self, request: Request, upload: tuple[str, bytes] | None) -> Reply:
        """Carries out one request."""
        path = urlsplit(request.path).path.removeprefix("/v1/")
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}
        if path == "chat/completions":
            return self.respond(request)
        with self._lock:
            of_files = self._do_with_files(request.method, path.split("/"), query, upload)
            reply = of_files or self._do_with_batches(request.method, path.split("/"), query, request.body)
        return reply or error(404, f"Nothing is found at {request.method} {request.path}")

    def _do_with_files(
        self, method: str, path: list[str], query: dict[str, str], upload: tuple[str, bytes] | None
    ) -> Reply | None:
        match method, *path:
            case "POST", "files" if upload:
                return Reply(body=self._add_file(*upload, "batch").shown())
            case "GET", "files":
                return self._listed([file.shown() for file in self.files.values() if not file.deleted], query)
            case "GET", "files", file_id if file := self._file(file_id):
                return Reply(body=file.shown())
            case "GET", "files", file_id, "content" if file := self._file(file_id):
                return Reply(body=file.data, headers={"content-type": "application/octet-stream"})
            case "DELETE", "files", file_id if file := self._file(file_id):
                file.deleted = True
                return Reply(body={"id": file_id, "object": "file", "deleted": True})
        return None

    def _do_with_batches(self, method: str, path: list[str], query: dict[str, str], body: Any) -> Reply | None:
        match method, *path:
            case "POST", "batches":
                return self._add_batch(body)
            case "GET", "batches":
                return self._listed(list(self.batches.values()), query)
            case "GET", "batches", batch_id if batch := self.batches.get(batch_id):
                if not self.running and batch["status"] in ("validating", "cancelling"):
                    self._end(batch)
                return Reply(body=batch)
            case "POST", "batches", batch_id, "cancel" if batch := self.batches.get(batch_id):
                if batch["status"] != "validating":
                    return error(409, f"Cannot cancel a batch with status {batch['status']}")
                batch["status"] = "cancelling"
                return Reply(body=batch)
        return None

    def _file(self, file_id: str) -> File | None:
        file = self.files.get(file_id)
        return None if file is None or file.deleted else file

    def _add_file(self, name: str, data: bytes, purpose: str) -> File:
        file = File(f"file-{len(self.files) + 1}", name, data, purpose)
        self.files[file.id] = file
        return file

    def _add_batch(self, body: dict[str, Any]) -> Reply:
        if self._file(body["input_file_id"]) is None:
            return error(400, f"No such File object: {body['input_file_id']}")
        number = len(self.batches) + 1
        batch = {
            "id": f"batch_{number}", "object": "batch", "status": "validating", "created_at": self.created,
            "expires_at": self.created + WINDOW, "endpoint": body["endpoint"], "metadata": body["metadata"],
            "completion_window": body["completion_window"], "input_file_id": body["input_file_id"],
            "output_file_id": None, "error_file_id": None, "errors": None,
        }  # fmt: skip
        total = len(self.rows_of(batch))
        self.batches[batch["id"]] = batch | {"request_counts": {"total": total, "completed": 0, "failed": 0}}
        return Reply(body=self.batches[batch["id"]])

    def _end(self, batch: dict[str, Any]) -> None:
        ended = self.ending([self._answered(row) for row in self.rows_of(batch)])
        batch["status"] = "cancelled" if batch["status"] == "cancelling" else ended.status
        refused = list(ended.refused)
        batch["errors"] = {"object": "list", "data": refused} if refused else None
        for name, rows, count in (("output", ended.output, "completed"), ("error", ended.errors, "failed")):
            if lines := [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]:
                data = "".join(f"{line}\n" for line in lines).encode()
                batch[f"{name}_file_id"] = self._add_file(f"{batch['id']}_{name}.jsonl", data, "batch_output").id
                batch["request_counts"][count] = len(lines)

    def _answered(self, row: Row) -> Row:
        reply = self.respond(Request(row["method"], row["url"], {}, row["body"]))
        response = {"status_code": reply.status, "request_id": "req", "body": reply.body}
        return {"id": f"batch_req_{row['custom_id'][:8]}", "custom_id": row["custom_id"], "response": response,
                "error": None}  # fmt: skip

    def _listed(self, items: list[dict[str, Any]], query: dict[str, str]) -> Reply:
        """A page, the newest first."""
        newest = items[::-1]
        ids = [item["id"] for item in newest]
        start = ids.index(query["after"]) + 1 if "after" in query else 0
        page = newest[start : start + self.page]
        more = start + self.page < len(newest)
        first, last = (page[0]["id"], page[-1]["id"]) if page else (None, None)
        return Reply(body={"object": "list", "data": page, "has_more": more, "first_id": first, "last_id": last})


def _handler(server: BatchServer) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"owner": server})


class _Handler(BaseHTTPRequestHandler):
    owner: BatchServer  # of the class made for a server
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: with two, the second waits 40 ms for the first to be confirmed

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            pass
        except Exception as failure:  # a mistake in the test's own code: shown there, by __exit__
            self.owner.failure = self.owner.failure or failure

    def answer(self) -> None:
        data = _body(self)
        upload = _uploaded(data, self.headers) if "multipart" in self.headers.get("content-type", "") else None
        body = json.loads(data) if data and not upload else {}
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, body)
        what = f"{self.command} {urlsplit(self.path).path.removeprefix('/v1/')}"
        self.owner.seen[what.split("_")[0].split("file-")[0]] += 1
        self.send(request, upload, self.owner.fault_for(what))

    def send(self, request: Request, upload: tuple[str, bytes] | None, fault: Fault | None) -> None:
        if self.owner.key and request.headers.get("authorization") != f"Bearer {self.owner.key}":
            return self.reply(error(401, "Incorrect API key provided", code="invalid_api_key"))
        how = fault and fault.how
        reply = None if how == "refuse" else self.owner.do(request, upload)
        if reply is None or how == "fail":
            assert fault
            return self.reply(error(fault.status, "It went wrong on purpose"))
        if how == "hang":
            self.owner.hung.set()
            self.owner.over.wait()
        if how in ("hang", "drop"):
            self.close_connection = True
            return None
        return self.reply(reply, half=how == "halve")

    def reply(self, reply: Reply, *, half: bool = False) -> None:
        data = json.dumps(reply.body).encode() if isinstance(reply.body, dict) else reply.body
        data = data.encode() if isinstance(data, str) else data
        self.send_response(reply.status)
        for name, value in {"content-type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if half else data)
        self.close_connection = self.close_connection or half

    do_GET = do_POST = do_DELETE = answer  # noqa: N815  # the names that http.server looks for


def _body(handler: BaseHTTPRequestHandler) -> bytes:
    if handler.headers.get("transfer-encoding", "").lower() != "chunked":
        return handler.rfile.read(int(handler.headers.get("content-length", "0")))
    chunks = []
    while size := int(handler.rfile.readline(), 16):
        chunks.append(handler.rfile.read(size))
        handler.rfile.readline()
    handler.rfile.readline()
    return b"".join(chunks)


def _uploaded(data: bytes, headers: Message) -> tuple[str, bytes]:
    """Name and content of the file in a form."""
    boundary = re.search(r'boundary="?([^";]+)', headers["content-type"])
    assert boundary
    for part in data.split(b"--" + boundary[1].encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        if name := re.search(rb'filename="([^"]*)"', head):
            return name[1].decode(), content.removesuffix(b"\r\n")
    raise AssertionError("the form holds no file")
