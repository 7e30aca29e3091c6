"""How fast the offline road is, and where its time goes: read, extract, validate, write; then the command as a whole.

    python benchmarks/offline.py [FILE ...]

Without files it reads the examples. Every stage is timed over the same papers in one process, several
times over; the medians are printed with their share of the whole, since machines differ and shares do not.
The command `absextract extract` runs over the same papers, and over one of them to tell what starting takes: the
least processor time (user and system) and time by the clock of several runs, and the memory resident at most. Words
and names seen before are kept at hand, so that many different papers are the fairest input. An installed package has
its bytecode; where PYTHONDONTWRITEBYTECODE keeps Python from writing it, every start compiles the package anew.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from memory import peak_of  # type: ignore[import-not-found]  # beside this script

from absextract import Abstract, read_abstracts
from absextract.extractors.builtin.fill import fill_paper
from absextract.one_shot import validate

EXAMPLES = Path(__file__).parents[1] / "examples"
ROUNDS = 5
LEAST_PAPERS = 500


def main() -> None:
    """Prints one row a stage, and what the command takes."""
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
    with tempfile.TemporaryDirectory() as folder:
        show_command(Path(folder), lines)


def show_command(folder: Path, lines: list[str]) -> None:
    """Prints what the command takes for one paper and for all of them."""
    for name, chosen in (("start", lines[:1]), ("command", lines)):
        source = folder / f"{name}.jsonl"
        source.write_text("\n".join(chosen) + "\n", encoding="utf-8")
        rounds = [command(source) for _ in range(ROUNDS)]
        processor, clock = (min(each) for each in zip(*rounds, strict=True))
        rates = f"{len(chosen) / processor:.0f} and {len(chosen) / clock:.0f} papers/s" if len(chosen) > 1 else ""
        memory = f"{peak_of(source, ['builtin']):.0f} MB"
        print(f"{name:9s} {processor:5.2f} s of the processor, {clock:5.2f} s by the clock, {memory}  {rates}")


def command(source: Path) -> tuple[float, float]:
    """Seconds that the command takes, of the processor and by the clock."""
    arguments = ["-m", "absextract", "extract", str(source), "-o", f"{source}.out", "--overwrite", "--quiet"]
    began = time.perf_counter()
    process = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, *arguments, "--model", "builtin"])
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"exit status {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - began


def timed(stage: Callable[[], Any]) -> float:
    """Seconds of the processor that one call takes."""
    began = time.process_time()
    stage()
    return time.process_time() - began


if __name__ == "__main__":
    main()
