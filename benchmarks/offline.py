"""How fast the offline road is, and where its time goes: read, extract, validate, write.

    python benchmarks/offline.py [FILE ...]

Without files it reads the examples. Every stage is timed over the same papers in one process, several
times over; the medians are printed with their share of the whole, since machines differ and shares do not.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from absextract import Abstract, read_abstracts
from absextract.extractors.builtin.fill import fill_paper
from absextract.pipeline import validate

EXAMPLES = Path(__file__).parents[1] / "examples"
ROUNDS = 5
LEAST_PAPERS = 500


def main() -> None:
    """Prints one row a stage."""
    files = sys.argv[1:] or [str(EXAMPLES / name) for name in ("trending.txt", "spaced.txt")]
    papers = [abstract for file in files for abstract in read_abstracts(file)]
    papers *= -(-LEAST_PAPERS // len(papers))
    extractions = [fill_paper(p.title, p.abstract) for p in papers]
    records = [validate(e, p) for e, p in zip(extractions, papers, strict=True)]
    lines = [p.model_dump_json() for p in papers]
    stages: dict[str, Callable[[], Any]] = {
        "read": lambda: [Abstract.model_validate_json(line) for line in lines],
        "extract": lambda: [fill_paper(p.title, p.abstract) for p in papers],
        "validate": lambda: [validate(e, p) for e, p in zip(extractions, papers, strict=True)],
        "write": lambda: [record.to_json() for record in records],
    }
    rounds = [{name: timed(stage) for name, stage in stages.items()} for _ in range(ROUNDS)]
    medians = {name: statistics.median(r[name] for r in rounds) for name in stages}
    whole = sum(medians.values())
    print(f"{len(papers)} papers, median of {ROUNDS} rounds, one core")
    for name, seconds in medians.items():
        print(f"{name:9s} {seconds / len(papers) * 1e6:7.0f} µs a paper  {seconds / whole:4.0%}")
    print(f"{'whole':9s} {whole / len(papers) * 1e6:7.0f} µs a paper  {len(papers) / whole:.0f} papers/s")


def timed(stage: Callable[[], Any]) -> float:
    """Seconds one call takes."""
    began = time.perf_counter()
    stage()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
