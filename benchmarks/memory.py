"""Peak memory of a run of 1,000 papers beside one of 100,000.

    python benchmarks/memory.py [--papers 1000 100000] [--builtin]

A local server answers at once; with `--builtin` the offline extractor does. The papers are made up, each different.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from throughput import made_up, serving  # type: ignore[import-not-found]  # beside this script


def main() -> None:
    """Prints a line for each number of papers, and the ratio of the last to the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, nargs="+", default=[1000, 100_000])
    parser.add_argument("--builtin", action="store_true")
    options = parser.parse_args()
    os.environ["OPENAI_API_KEY"] = "no-key-needed"
    pairs = made_up(1000)
    with tempfile.TemporaryDirectory() as name, serving([answer for _, answer in pairs], Path(name)) as base_url:
        model = ["builtin"] if options.builtin else ["openai/m", "--base-url", base_url]
        peaks = []
        for count in options.papers:
            source = Path(name) / f"{count}.jsonl"
            with source.open("w", encoding="utf-8") as file:
                for i in range(count):
                    paper, _ = pairs[i % len(pairs)]
                    file.write(paper.model_copy(update={"id": f"p{i}", "title": f"Title {i}"}).model_dump_json() + "\n")
            peaks.append(peak_of(source, model))
            print(f"{count:>9} papers: {peaks[-1]:6.1f} MB at most")
    print(f"ratio {peaks[-1] / peaks[0]:.2f}")


def peak_of(source: Path, model: list[str]) -> float:
    """Megabytes resident at most while the papers of a file are extracted (Linux: from /proc)."""
    out = ["-o", f"{source}.out", "--cache-dir", f"{source}.cache", "--quiet"]
    command = [sys.executable, "-m", "absextract", "extract", str(source), *out, "--model", *model]
    peak = 0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            with contextlib.suppress(OSError, IndexError):
                status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
                peak = int(status.split("VmHWM:")[1].split()[0])
            time.sleep(0.01)
    if process.returncode:
        raise SystemExit(f"exit status {process.returncode}")
    return peak / 1024


if __name__ == "__main__":
    main()
