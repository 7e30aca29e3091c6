"""Time and memory of a large batch job against a local server: `python benchmarks/batches.py [ABSTRACTS]`.

Each step is a process of its own, measured from outside: seconds and peak memory, for the number of abstracts given
(50,001 by default, so that there are two parts) and for a twentieth of it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from batch_server import BatchServer  # noqa: E402  # the server of the tests
from openai_server import Reply, Request, completion  # noqa: E402

WORDS = "We study how birds find food in cities and why they come back to the same place year after year. " * 12


def main() -> None:
    """Prints a line a step."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 50_001
    for size in (number // 20, number):
        with tempfile.TemporaryDirectory() as folder, BatchServer(answer) as server:
            measure(Path(folder), server, size)


def answer(request: Request) -> Reply:
    """The paper's own number, as its one result."""
    number = request.messages[1]["content"].partition("Wren-")[2].partition(" ")[0]
    result: dict[str, str | None] = {
        "score": f"{number}.5%",
        "kind": "value",
        "metric": "accuracy",
        "dataset": "NestBench",
    }
    result |= {"dataset": "NestBench", "method": f"Wren-{number}", "baseline": None}
    result["evidence"] = f"reaches {number}.5% accuracy on NestBench"
    names = {
        "tasks": [],
        "methods": [f"Wren-{number}"],
        "datasets": ["NestBench"],
        "metrics": ["accuracy"],
    }
    return completion(request, names | {"results": [result], "links": [], "code_url": None})


def measure(folder: Path, server: BatchServer, size: int) -> None:
    """Submits and collects so many abstracts."""
    papers = folder / "papers.jsonl"
    with papers.open("w", encoding="utf-8") as file:
        for i in range(size):
            text = f"{WORDS}Wren-{i} reaches {i}.5% accuracy on NestBench."
            file.write(json.dumps({"title": f"Wren {i}", "abstract": text}) + "\n")
    job = str(folder / "job")
    timed(f"submit {size}", server, folder, "submit", str(papers), "-o", job, "--model", "openai/m")
    uploads = [len(upload.data) for upload in server.uploads()]
    print(f"  {len(server.sent())} requests, {sum(uploads) / 1e6:.0f} MB in {len(uploads)} files")
    timed("  status (the server answers the batches meanwhile)", server, folder, "status", job)
    timed(f"collect {size}", server, folder, "collect", job, "-o", str(folder / "out.jsonl"))
    timed(f"collect {size} again", server, folder, "collect", job, "-o", str(folder / "out.jsonl"))


def timed(name: str, server: BatchServer, folder: Path, *args: str) -> None:
    """One command's seconds and peak memory."""
    env = os.environ | {
        "OPENAI_BASE_URL": server.base_url,
        "ABSEXTRACT_CACHE_DIR": str(folder / "cache"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-m", "absextract", "batch", *args]
    began = time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), said.decode()
    seconds, peak = time.monotonic() - began, usage.ru_maxrss / 1024
    print(f"{name}: {seconds:.1f} s, {cpu(usage):.1f} s of CPU, {peak:.0f} MB at peak", flush=True)


def cpu(usage: resource.struct_rusage) -> float:
    """Seconds of work."""
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
