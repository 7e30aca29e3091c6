"""Jobs for the Batch API: abstracts of our own making, a model that answers them, and the steps."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from absextract.batch_api.batch_parts import Part
from absextract.batch_api.collecting import Collected, collect
from absextract.batch_api.settings import JobSettings
from absextract.batch_api.steps import Sent, cancel, status, submit, submit_again
from absextract.cli.progress import Silent
from absextract.runs.job import Progress
from batch_server import BatchServer
from openai_server import Reply, Request, completion

__all__ = ["NUMBER", "Steps", "answer", "silent", "write_papers"]

NUMBER = 10


def write_papers(path: Path, number: int = NUMBER) -> Path:
    """JSON Lines with abstracts that differ in a number."""
    lines = (json.dumps({"title": f"Finch {i}", "abstract": abstract(i), "year": 2000 + i}) for i in range(number))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def abstract(i: int) -> str:
    return f"We present Finch-{i}, a patient retriever. It reaches {i}.5% accuracy on NestBench. ✓\u2028Done."


def number_of(request: Request) -> int:
    return int(request.messages[1]["content"].partition("Finch-")[2].partition(",")[0])


def lie_of(request: Request) -> bool:
    """Whether the first answer to this paper holds a name that the text does not: one in five."""
    return number_of(request) % 5 == 1 and len(request.messages) == 2


def answer(request: Request) -> Reply:
    """The right answer, but for the lies that a correction mends."""
    i = number_of(request)
    datasets = ["NestBench", "ImageNet"] if lie_of(request) else ["NestBench"]
    result: dict[str, Any] = {"score": f"{i}.5%", "kind": "value", "metric": "accuracy", "dataset": "NestBench"}
    result |= {"method": f"Finch-{i}", "baseline": None, "evidence": f"It reaches {i}.5% accuracy on NestBench"}
    found = {"tasks": [], "methods": [f"Finch-{i}"], "datasets": datasets, "metrics": ["accuracy"]}
    return completion(request, found | {"results": [result], "links": [], "code_url": None}, usage=(100 + i, 20))


class Steps:
    """The steps of one job, as the commands take them.

    Attributes:
        folder: of the job.
        out: the records.
    """

    def __init__(
        self,
        tmp_path: Path,
        server: BatchServer,
        papers: Path | None = None,
        base_url: str | None = None,
        **settings: Any,
    ) -> None:
        self.folder, self.out = tmp_path / "job", tmp_path / "batch.jsonl"
        self.base_url = base_url or server.base_url
        usual = JobSettings(
            model="openai/m",
            server="",
            schema="paper",
            mode="tools",
            max_reasks=1,
            unsupported="drop",
            cache_dir=str(tmp_path / "cache"),
            inputs=[str(papers or write_papers(tmp_path / "papers.jsonl"))],
            format=None,
            limit=None,
            on_bad_input="record",
        )
        self.settings = replace(usual, **settings)
        self.said: list[str] = []

    def submit(self) -> Sent:
        return asyncio.run(submit(self.folder, self.settings, self.base_url, self.said.append))

    def again(self) -> Sent:
        return asyncio.run(submit_again(self.folder, self.said.append))

    def status(self) -> list[Part]:
        return asyncio.run(status(self.folder))

    def cancel(self) -> list[Part]:
        return asyncio.run(cancel(self.folder))

    def collect(self, *, partial: bool = False) -> Collected:
        return asyncio.run(collect(self.folder, str(self.out), silent, partial=partial))

    def errors(self) -> dict[str, str]:
        """The error codes of failed records, by title."""
        records = map(json.loads, self.out.read_text(encoding="utf-8").split("\n")[:-1])
        return {record["title"]: record["error"]["code"] for record in records if record["error"]}


@contextlib.contextmanager
def silent(_: int) -> Iterator[Progress]:
    yield Silent()
