"""Records a second on Ray with 1, 2 and 4 workers, on this machine.

    python benchmarks/ray_scaling.py [--workers 1 2 4] [--papers 600] [--rounds 1]

Two kinds of work, the papers of `throughput.py`:

- a language model: a server process that answers every request after 200 ms, 8 requests in flight in each worker, so
  that workers matter and the CPU hardly does
- builtin: nothing but CPU, so that the cores of the machine are the limit

Each worker adds as many papers. The rate is that of the last two thirds of the records; when the first block came back,
Ray and the workers having started, is printed too. Beside it stands a local run of one process with as many requests
in flight as one worker.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from absextract import Limits, PaperExtraction
from absextract.distributed.options import Options
from absextract.distributed.parts import FolderJob
from absextract.distributed.ray_run import run_on_ray
from absextract.output.summary import RunSummary
from absextract.records import Abstract
from absextract.runs.extract_many import run_job
from absextract.runs.job import Job

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.throughput import made_up, serving

IN_FLIGHT = 8
BUILTIN_TIMES = 2  # as many papers, for it is quicker


class Watch:
    """When which number of records was there."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.seen: list[tuple[float, int]] = []

    def advance(self, summary: RunSummary) -> None:
        self.seen.append((time.monotonic() - self.began, summary.new))

    @property
    def start(self) -> float:
        return self.seen[0][0]

    @property
    def rate(self) -> float:
        last, after = self.seen[-1]
        first, before = next((at, number) for at, number in self.seen if number >= after / 3)
        return (after - before) / (last - first)


def main() -> None:
    """Prints a row for each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--papers", type=int, default=600, help="for each worker")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    os.environ["OPENAI_API_KEY"] = "no-key-needed"
    pairs = made_up(options.papers)
    papers = [paper for paper, _ in pairs]
    with tempfile.TemporaryDirectory() as name, serving([answer for _, answer in pairs], Path(name)) as base_url:
        folder = Path(name)
        print(f"{os.cpu_count()} cores; medians of {options.rounds} rounds")
        for model, times in (("openai/m", 1), ("builtin", BUILTIN_TIMES)):
            how = how_to(model, base_url)
            alone = write(folder / "alone.jsonl", papers * times)
            print(f"\n{model}: local, one process: {local_rate(alone, how, folder):.0f} records/s", flush=True)
            for workers in options.workers:
                source = write(folder / "papers.jsonl", papers * times * workers)
                names = [folder / f"{model[:2]}{workers}-{n}" for n in range(options.rounds)]
                watches = [on_ray(source, how, workers, out) for out in names]
                rate, start = (statistics.median(getattr(w, what) for w in watches) for what in ("rate", "start"))
                print(f"{model}: {workers} workers: {rate:.0f} records/s, first after {start:.0f} s", flush=True)


def write(path: Path, papers: list[Abstract]) -> Path:
    """The papers as an input file."""
    path.write_text("".join(paper.model_dump_json() + "\n" for paper in papers), encoding="utf-8")
    return path


def how_to(model: str, base_url: str) -> Options:
    """Without a cache, so that every round asks."""
    return Options(
        schema=PaperExtraction,
        model=model,
        base_url=base_url if model != "builtin" else None,
        cache=None,
        concurrency=IN_FLIGHT,
        mode="tools",
        timeout=60.0,
        max_reasks=0,
        unsupported="drop",
        limits=Limits(),
    )


def on_ray(source: Path, how: Options, workers: int, out: Path) -> Watch:
    """One run on a Ray of its own."""
    watch = Watch()
    run_on_ray(FolderJob((str(source),), str(out)), how, workers, watch, {})
    return watch


def local_rate(source: Path, how: Options, folder: Path) -> float:
    """The same without Ray."""

    async def go() -> Any:
        async with how.extractor() as extractor:
            return await run_job(Job((str(source),), str(folder / "local.jsonl"), overwrite=True), extractor, watch, {})

    watch = Watch()
    asyncio.run(go())
    return watch.rate


if __name__ == "__main__":
    main()
