"""Papers a second through a language model: absextract's whole road beside bare clients, in the same run.

    python benchmarks/throughput.py [--papers 1000] [--flights 64 256] [--rounds 3] [--answers ANSWERS.jsonl]

A server process answers every request after 200 ms with what it has prepared. Measured in turn, round by round:

- aiohttp: prepared bytes out, bytes in, nothing read: the limit of any client on one core
- absextract: read, prompt, cold cache on disk, request, parse, validate, write, as `absextract extract` does it
- openai: `chat.completions.create` with a prepared request, and nothing else
- instructor: `create` into the same schema
- LangExtract, where it is installed: `extract` with as many workers

and absextract over a warm cache, without a request: once with the answers alone, which are checked anew, and once with
the finished records beside them, as a second run finds them. The medians are printed with their ratios, since
machines differ and ratios do so less, and the processor time that a paper takes, which other work on the machine
disturbs less than the clock; `cpu_by_stage.py` says what ours is spent on. The papers are put together from the
sentences of examples/, with about as few numbers as abstracts have; with `--answers`, they are the `title`, `abstract`
and `extraction` of a JSONL file.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib.util
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from absextract import Extractor, PaperExtraction, read_abstracts, validate
from absextract.cli.progress import Silent
from absextract.extractors.builtin.fill import fill_paper
from absextract.extractors.llm.cache import RECORDS
from absextract.extractors.llm.prompt import SYSTEM, user_text
from absextract.records import Abstract
from absextract.runs.extract_many import run_job
from absextract.runs.job import Job

HERE = Path(__file__).parent
COMPUTED = frozenset({"own", "value", "upper", "unit", "deviation", "bound"})
PATIENCE = 600.0  # seconds; a busy machine takes longer than the 5 that a connection has by default
SENTENCES, WITH_A_NUMBER = 7, 0.25


Spent = tuple[float, float]  # seconds by the clock, and of the processor


@dataclass
class Run:
    """Papers a second, and seconds of the processor for each."""

    rate: float
    cpu: float


@dataclass
class Bench:
    """What the contenders are given."""

    papers: list[Abstract]
    base_url: str
    folder: Path

    @property
    def source(self) -> Path:
        return self.folder / "papers.jsonl"


def main() -> None:
    """Prints a table for each number of requests in flight."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--flights", type=int, nargs="+", default=[64, 256])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--answers", type=Path, help="JSONL with title, abstract and extraction")
    options = parser.parse_args()
    os.environ["OPENAI_API_KEY"] = "no-key-needed"
    pairs = from_file(options.answers, options.papers) if options.answers else made_up(options.papers)
    papers = [paper for paper, _ in pairs]
    with tempfile.TemporaryDirectory() as folder, serving([answer for _, answer in pairs], Path(folder)) as base_url:
        os.environ["ABSEXTRACT_DATA_DIR"] = folder
        bench = Bench(papers, base_url, Path(folder))
        bench.source.write_text("".join(p.model_dump_json() + "\n" for p in papers), encoding="utf-8")
        for flight in options.flights:
            runs = measure(bench, flight, options.rounds)
            report(flight, runs, len(papers), stats_of(base_url)["delay"])
        report_server(stats_of(base_url))


def measure(bench: Bench, flight: int, rounds: int) -> dict[str, list[Run]]:
    """Each contender in each round."""
    contenders: dict[str, Callable[[Bench, int], Spent]] = {
        "aiohttp": aiohttp_bare,
        "absextract": absextract_cold,
        "openai": openai_bare,
        "instructor": instructor_bare,
    }
    if importlib.util.find_spec("langextract"):
        contenders["LangExtract"] = langextract_whole
    contenders["absextract, answers kept"] = absextract_answers_kept
    contenders["absextract, records kept"] = absextract_warm
    runs: dict[str, list[Run]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            seconds, cpu = contender(bench, flight)
            runs[name].append(Run(len(bench.papers) / seconds, cpu / len(bench.papers)))
    return runs


def report(flight: int, runs: dict[str, list[Run]], papers: int, delay: float) -> None:
    """One row a contender."""
    ours = statistics.median(run.rate for run in runs["absextract"])
    our_cpu = statistics.median(run.cpu for run in runs["absextract"])
    print(
        f"\n{papers} papers, {flight} in flight, ideal {flight / delay:.0f}/s, medians of {len(runs['openai'])} rounds;"
        " how many times as fast absextract is, by the clock and by processor time"
    )
    for name, each in runs.items():
        rate, cpu = (statistics.median(getattr(run, what) for run in each) for what in ("rate", "cpu"))
        spread = f"({min(run.rate for run in each):.0f} to {max(run.rate for run in each):.0f})"
        ratio = "" if name == "absextract" else f"{ours / rate:8.2f}{cpu / our_cpu:8.2f}"
        print(f"  {name:24s}{rate:6.0f} papers/s  {spread:14s}{cpu * 1e3:7.2f} ms a paper{ratio}")


def stats_of(base_url: str) -> dict[str, float]:
    """What the server did so far."""
    with urllib.request.urlopen(base_url.removesuffix("/v1") + "/stats") as response:
        stats: dict[str, float] = json.load(response)
    return stats


def report_server(stats: dict[str, float]) -> None:
    """Whether the server was the limit."""
    each = stats["cpu"] / stats["requests"]
    print(f"\nserver: {each * 1e3:.2f} ms of CPU a request, so good for {1 / each:.0f}/s on a core of its own")


def aiohttp_bare(bench: Bench, flight: int) -> Spent:
    """A client that sends bytes and takes bytes, and does nothing else."""
    import aiohttp

    bodies = {paper.id: _body(paper) for paper in bench.papers}

    async def go() -> Spent:
        connector = aiohttp.TCPConnector(limit=flight)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def ask(paper: Abstract) -> None:
                async with session.post(f"{bench.base_url}/chat/completions", data=bodies[paper.id]) as response:
                    await response.read()

            return await _all(ask, bench.papers, flight)

    return asyncio.run(go())


def absextract_cold(bench: Bench, flight: int) -> Spent:
    """The whole road, over a new cache."""
    with tempfile.TemporaryDirectory(dir=bench.folder) as cache:
        spent, requests = asyncio.run(_absextract(bench, flight, Path(cache)))
    assert requests == len(bench.papers), f"{requests} requests: the answers were not all right"
    return spent


def absextract_answers_kept(bench: Bench, flight: int) -> Spent:
    """The whole road, over a cache that has all answers."""
    cache = bench.folder / f"warm-{flight}"
    if not cache.exists():
        asyncio.run(_absextract(bench, flight, cache))
        bench.folder.joinpath("out.jsonl").rename(bench.folder / "cold.jsonl")
    shutil.rmtree(cache / RECORDS)
    return absextract_warm(bench, flight)


def absextract_warm(bench: Bench, flight: int) -> Spent:
    """The road as the run before left the cache: with all answers, and with records unless it took them away."""
    spent, requests = asyncio.run(_absextract(bench, flight, bench.folder / f"warm-{flight}"))
    assert requests == 0
    assert bench.folder.joinpath("out.jsonl").read_bytes() == bench.folder.joinpath("cold.jsonl").read_bytes()
    return spent


async def _absextract(bench: Bench, flight: int, cache: Path) -> tuple[Spent, int]:
    job = Job((str(bench.source),), str(bench.folder / "out.jsonl"), overwrite=True)
    async with Extractor(model="openai/m", base_url=bench.base_url, cache=cache, concurrency=flight) as extractor:
        began = _now()
        summary, _ = await run_job(job, extractor, Silent(), {})
        spent = _since(began)
    assert (summary.new, summary.failed) == (len(bench.papers), 0)
    return spent, summary.requests


def openai_bare(bench: Bench, flight: int) -> Spent:
    """The openai client alone."""
    import openai

    tool = openai.pydantic_function_tool(PaperExtraction)

    async def go() -> Spent:
        client = openai.AsyncOpenAI(base_url=bench.base_url, max_retries=0, timeout=PATIENCE)

        async def ask(paper: Abstract) -> None:
            await client.chat.completions.create(
                model="m",
                messages=_messages(paper),
                tools=[tool],
                tool_choice={"type": "function", "function": {"name": "PaperExtraction"}},
            )

        spent = await _all(ask, bench.papers, flight)
        await client.close()
        return spent

    return asyncio.run(go())


def instructor_bare(bench: Bench, flight: int) -> Spent:
    """Instructor alone."""
    import instructor

    async def go() -> Spent:
        client = instructor.from_provider("openai/m", async_client=True, base_url=bench.base_url, timeout=PATIENCE)

        async def ask(paper: Abstract) -> None:
            await client.chat.completions.create(
                response_model=PaperExtraction, messages=_messages(paper), max_retries=0
            )

        spent = await _all(ask, bench.papers, flight)
        await client.client.close()
        return spent

    return asyncio.run(go())


def langextract_whole(bench: Bench, flight: int) -> Spent:
    """LangExtract's `extract`."""
    import langextract as lx

    example = lx.data.ExampleData(
        text="We present Curlew for link prediction.",
        extractions=[lx.data.Extraction(extraction_class="task", extraction_text="link prediction")],
    )
    config = lx.factory.ModelConfig(
        model_id="m",
        provider="OpenAILanguageModel",
        provider_kwargs={"api_key": "k", "base_url": bench.base_url, "max_workers": flight},
    )
    documents = [lx.data.Document(text=f"{p.title}\n\n{p.abstract}", document_id=p.id) for p in bench.papers]
    began = _now()
    with contextlib.redirect_stdout(sys.stderr):
        found = lx.extract(
            text_or_documents=documents,
            prompt_description=SYSTEM,
            examples=[example],
            config=config,
            max_char_buffer=10_000,
            batch_length=flight,
            max_workers=flight,
            fence_output=False,
            use_schema_constraints=False,
            show_progress=False,
        )
        assert len(list(found)) == len(documents)
    return _since(began)


async def _all(ask: Callable[[Abstract], Any], papers: list[Abstract], flight: int) -> Spent:
    await ask(papers[0])  # what is loaded with the first one is no part of the rate
    waiting = iter(papers)

    async def one_after_another() -> None:
        for paper in waiting:
            await ask(paper)

    began = _now()
    await asyncio.gather(*(one_after_another() for _ in range(flight)))
    return _since(began)


def _now() -> Spent:
    return time.perf_counter(), time.process_time()


def _since(began: Spent) -> Spent:
    return time.perf_counter() - began[0], time.process_time() - began[1]


def _body(paper: Abstract) -> bytes:
    return json.dumps({"model": "m", "messages": _messages(paper), "tools": []}).encode()


def _messages(paper: Abstract) -> Any:
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": user_text(paper)}]


def made_up(number: int) -> list[tuple[Abstract, dict[str, Any]]]:
    """Papers of the examples' sentences, with what the offline extractor finds in them for an answer."""
    examples = [a for name in ("trending.txt", "spaced.txt") for a in read_abstracts(HERE.parent / "examples" / name)]
    sentences = [s for a in examples for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", a.abstract)]
    plain = [s for s in sentences if not re.search(r"\d", s)]
    measured = [s for s in sentences if re.search(r"\d", s)]
    choice = random.Random(0)
    made: list[tuple[Abstract, dict[str, Any]]] = []
    while len(made) < number:
        chosen = choice.sample(plain, min(SENTENCES, len(plain)))
        if choice.random() < WITH_A_NUMBER:
            chosen[-1] = choice.choice(measured)
        paper = Abstract(title=f"{choice.choice(examples).title} [#{len(made)}]", abstract=" ".join(chosen))
        answer = _as_answer(fill_paper(paper.title, paper.abstract).model_dump(mode="json"))
        if all(finding.severity == "warning" for finding in validate(answer, paper).findings):  # else it is asked again
            made.append((paper, answer))
    return made


def from_file(path: Path, number: int) -> list[tuple[Abstract, dict[str, Any]]]:
    """Papers of a file, over and over."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    papers = (lines[i % len(lines)] for i in range(number))
    return [
        (Abstract(title=f"{p['title']} [#{i}]", abstract=p["abstract"]), p["extraction"]) for i, p in enumerate(papers)
    ]


def _as_answer(extraction: dict[str, Any]) -> dict[str, Any]:
    results = [{k: v for k, v in result.items() if k not in COMPUTED} for result in extraction["results"]]
    return extraction | {"results": results}


@contextlib.contextmanager
def serving(answers: list[dict[str, Any]], folder: Path) -> Iterator[str]:
    """The base URL of a server process that knows the answers."""
    texts = {
        "tools": [json.dumps(answer) for answer in answers],
        "content": [json.dumps({"extractions": [{"task": t} for t in answer["tasks"]]}) for answer in answers],
    }
    path = folder / "answers.json"
    path.write_text(json.dumps(texts), encoding="utf-8")
    command = [sys.executable, str(HERE / "answering.py"), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
        finally:
            server.kill()


if __name__ == "__main__":
    main()
