"""Time and memory of a large batch job against a local server: `python benchmarks/batches.py [ABSTRACTS]`.

Each step and the server are processes of their own. The steps are measured from outside: seconds and peak memory, for
the number of abstracts given (50,001 by default, so that there are two parts) and for a twentieth of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from batch_server import BatchServer  # noqa: E402  # the server of the tests
from openai_server import Reply, Request, completion  # noqa: E402

WORDS = "We study how birds find food in cities and why they come back to the same place year after year. " * 12
SERVE = "--serve"


def main() -> None:
    """Prints a line a step."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 50_001
    for size in (number // 20, number):
        with tempfile.TemporaryDirectory() as folder, serving() as base_url:
            measure(Path(folder), base_url, size)


def serve() -> None:
    """Answers until standard input ends."""
    with BatchServer(answer) as server:
        print(server.base_url, flush=True)
        sys.stdin.read()


@contextmanager
def serving() -> Iterator[str]:
    """A server, and its address."""
    command = [sys.executable, __file__, SERVE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        yield server.stdout.readline().strip()
        server.stdin.close()


def answer(request: Request) -> Reply:
    """The paper's own number, as its one result."""
    number = request.messages[1]["content"].partition("Wren-")[2].partition(" ")[0]
    result = {"score": f"{number}.5%", "kind": "value", "metric": "accuracy", "dataset": "NestBench"}
    result |= {"method": f"Wren-{number}", "evidence": f"reaches {number}.5% accuracy on NestBench"}
    names = {"tasks": [], "methods": [f"Wren-{number}"], "datasets": ["NestBench"], "metrics": ["accuracy"]}
    return completion(request, {**names, "results": [result], "links": [], "code_url": None})


def measure(folder: Path, base_url: str, size: int) -> None:
    """Submits and collects so many abstracts."""
    papers, job, out = folder / "papers.jsonl", folder / "job", folder / "out.jsonl"
    with papers.open("w", encoding="utf-8") as file:
        for i in range(size):
            text = f"{WORDS}Wren-{i} reaches {i}.5% accuracy on NestBench."
            file.write(json.dumps({"title": f"Wren {i}", "abstract": text}) + "\n")
    os.environ |= {"OPENAI_BASE_URL": base_url, "ABSEXTRACT_CACHE_DIR": str(folder / "cache")}
    timed(f"submit {size}", "submit", str(papers), "-o", str(job), "--model", "openai/m")
    sizes = [path.stat().st_size for path in job.glob("requests-*.jsonl")]
    print(f"  {sum(sizes) / 1e6:.0f} MB in {len(sizes)} files", flush=True)
    timed("  status, while the server answers", "status", str(job))
    timed(f"collect {size}", "collect", str(job), "-o", str(out))
    timed(f"collect {size} again", "collect", str(job), "-o", str(out))


def timed(name: str, *args: str) -> None:
    """One command's seconds and peak memory."""
    command = [sys.executable, "-m", "absextract", "batch", *args]
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    began = time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said.decode()
    seconds, work = time.monotonic() - began, usage.ru_utime + usage.ru_stime
    print(f"{name}: {seconds:.1f} s, {work:.1f} s of CPU, {usage.ru_maxrss / 1024:.0f} MB at peak", flush=True)


if __name__ == "__main__":
    serve() if sys.argv[1:] == [SERVE] else main()
