"""Processor time until the first request is sent, beside `import openai`.

    python benchmarks/first_request.py [--rounds 9]

A server on this machine takes the first byte of the first request, and the process that sent it is ended at that
moment; so what is measured is everything from the start of Python on: loading, reading the input, making the request,
connecting. Beside it `import openai`, and the openai client up to its own first request. All in turn, round after
round, so that a busy moment meets each; the medians are printed, and how many times `import openai` they are.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BASE = "import openai"
BARE = """
import asyncio, sys, openai
client = openai.AsyncOpenAI(base_url=sys.argv[1], api_key="none", max_retries=0)
asyncio.run(client.chat.completions.create(model="m", messages=[{"role": "user", "content": "?"}]))
"""
AT_ONCE = "import os, {}; os._exit(0)"
PAPER = {"title": "Sandpiper", "abstract": "We present Sandpiper. It reaches an F1 of 91.3% on SQuAD 2.0."}
FIRST_BYTES = (b"P", b"\x16")  # of a POST, and of a handshake of TLS
LONGEST = 120.0  # seconds


def main() -> None:
    """Prints one line for each way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(LONGEST)
        measured = ways(Path(folder), f"127.0.0.1:{server.getsockname()[1]}/v1")
        seconds: dict[str, list[float]] = {name: [] for name in measured}
        for _ in range(rounds + 1):
            for name, (words, sends) in measured.items():
                seconds[name].append(processor_seconds(words, server if sends else None))
    medians = {name: statistics.median(each[1:]) for name, each in seconds.items()}  # the first compiles what is new
    print(f"{'':44}{'seconds':>8}{'ratio':>8}")
    for name, median in medians.items():
        print(f"{name:44}{median:8.3f}{median / medians[BASE]:8.2f}")


def ways(folder: Path, place: str) -> dict[str, tuple[list[str], bool]]:
    """What is run by Python, and whether it sends something."""
    papers = folder / "papers.jsonl"
    papers.write_text(json.dumps(PAPER) + "\n", encoding="utf-8")
    extract = ["-m", "absextract", "extract", str(papers), "-o", str(folder / "out.jsonl"), "--overwrite", "--no-cache"]
    there = ["--model", "openai/m", "--base-url", f"http://{place}"]
    secure = ["--model", "openai/m", "--base-url", f"https://{place}"]
    return {
        BASE: (["-c", AT_ONCE.format("openai")], False),
        "import instructor": (["-c", AT_ONCE.format("instructor")], False),
        "openai client, first request": (["-c", BARE, f"http://{place}"], True),
        "absextract extract, first request": ([*extract, *there], True),
        "absextract extract --mode json": ([*extract, *there, "--mode", "json"], True),
        "absextract extract, over https": ([*extract, *secure], True),
    }


def processor_seconds(words: list[str], server: socket.socket | None) -> float:
    """Processor time of one run of Python, up to the first request where there is one."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"OPENAI_API_KEY": "none-is-needed-here"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled
    out = subprocess.DEVNULL
    with subprocess.Popen([sys.executable, *words], stdout=out, stderr=out, env=environment) as process:
        if server is None:
            assert process.wait() == 0, words
        else:
            connection, _ = server.accept()
            with connection:
                assert connection.recv(1) in FIRST_BYTES
                process.kill()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main()
