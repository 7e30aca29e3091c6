"""What the processor time of a paper through a language model is spent on, stage by stage.

    python benchmarks/cpu_by_stage.py [--papers 500] [--rounds 3] [--answers ANSWERS.jsonl]

Each stage runs alone over the same papers and answers as `throughput.py` has; the whole road runs over kept answers (no
request) and over an empty cache. What the stages leave of the whole is the event loop, the order of records, and the
bookkeeping. Medians of the rounds, in milliseconds a paper, and shares of the whole.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.throughput import (
    Bench,
    absextract_answers_kept,
    absextract_cold,
    aiohttp_bare,
    from_file,
    made_up,
    serving,
)

from absextract import PaperExtraction
from absextract.attempts import judge
from absextract.extractors.answers import Answer
from absextract.extractors.llm.answer_text import AnswerReader
from absextract.extractors.llm.backend import LlmBackend
from absextract.extractors.llm.cache import AnswerCache, cache_key
from absextract.extractors.llm.completion import read_completion
from absextract.pipeline import record_of
from absextract.records import Abstract, ExtractorInfo
from absextract.runs.job import Job
from absextract.validation.conform import conform

FLIGHT = 256


def main() -> None:
    """Prints one line for each stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--answers", type=Path, help="JSONL with title, abstract and extraction")
    options = parser.parse_args()
    os.environ["OPENAI_API_KEY"] = "no-key-needed"
    pairs = from_file(options.answers, options.papers) if options.answers else made_up(options.papers)
    with tempfile.TemporaryDirectory() as folder, serving([answer for _, answer in pairs], Path(folder)) as base_url:
        os.environ["ABSEXTRACT_DATA_DIR"] = folder
        bench = Bench([paper for paper, _ in pairs], base_url, Path(folder))
        bench.source.write_text("".join(p.model_dump_json() + "\n" for p in bench.papers), encoding="utf-8")
        taken: dict[str, list[float]] = {}
        for number in range(options.rounds + 1):
            for name, seconds in one_round(bench, [answer for _, answer in pairs], Path(folder, f"{number}")).items():
                taken.setdefault(name, []).append(seconds / len(pairs) * 1e3)
    medians = {name: statistics.median(each[1:]) for name, each in taken.items()}  # the first loads what is needed
    whole = medians["the whole, nothing kept"]
    for name, each in medians.items():
        print(f"{name:48}{each:8.2f} ms{each / whole:8.0%}")


def one_round(bench: Bench, answers: list[dict[str, Any]], folder: Path) -> dict[str, float]:
    """Seconds of the processor for all papers, by stage."""
    backend = LlmBackend("openai/m", PaperExtraction, base_url=bench.base_url)
    reader = AnswerReader(PaperExtraction)
    cache = AnswerCache(folder)
    responses = [_response(answer) for answer in answers]
    papers = list(zip(bench.papers, answers, responses, strict=True))
    info = ExtractorInfo(model="m", prompt="4", schema="s", attempts=1)
    job = Job((str(bench.source),), str(bench.folder / "none.jsonl"), overwrite=True)
    keys = [cache_key("x", backend.request_for(paper)) for paper in bench.papers]
    kept = {"text": json.dumps(answers[0]), "usage": None, "cut_off": False}
    judged: list[Any] = []
    stages: dict[str, Callable[[], Any]] = {
        "read the input": lambda: list(job.items()),
        "make the request": lambda: [backend.request_for(paper) for paper in bench.papers],
        "look into the cache": lambda: [cache.get(key) for key in keys],
        "write to the cache": lambda: _all_of(cache.put, keys, kept),
        "the response as JSON, without keys": lambda: [
            read_completion(json.loads(response)).redacted(backend._connection.redact) for response in responses
        ],
        "the answer as JSON, mended where need be": lambda: [
            reader.read(json.dumps(answer), paper.abstract) for paper, answer, _ in papers
        ],
        "the answer as Pydantic models": lambda: [conform(answer, PaperExtraction) for answer in answers],
        "validate (with the models)": lambda: judged.extend(_judged(answer, paper) for paper, answer, _ in papers),
        "record and its JSON": lambda: [
            record_of(paper, info, PaperExtraction, attempt.checked, attempt.findings).to_json()
            for paper, attempt in zip(bench.papers, judged, strict=True)
            if attempt.checked
        ],
    }
    taken = {name: _processor_time(stage) for name, stage in stages.items()}
    asyncio.run(backend.close())
    cache.close()
    taken["bare aiohttp, nothing read"] = aiohttp_bare(bench, FLIGHT)[1]
    taken["the whole, answers kept"] = absextract_answers_kept(bench, FLIGHT)[1]
    taken["the whole, nothing kept"] = absextract_cold(bench, FLIGHT)[1]
    return taken


def _response(answer: dict[str, Any]) -> bytes:
    call = {"id": "call", "type": "function", "function": {"name": "f", "arguments": json.dumps(answer)}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    usage = {"prompt_tokens": 1000, "completion_tokens": 150, "total_tokens": 1150}
    return json.dumps({"choices": [{"message": message, "finish_reason": "stop"}], "usage": usage}).encode()


def _judged(answer: dict[str, Any], paper: Abstract) -> Any:
    return judge(Answer(answer), paper, PaperExtraction, unsupported="drop", min_confidence=None)


def _all_of(put: Callable[[str, Any], None], keys: list[str], kept: Any) -> None:
    for key in keys:
        put(key, kept)


def _processor_time(stage: Callable[[], Any]) -> float:
    began = time.process_time()
    stage()
    return time.process_time() - began


if __name__ == "__main__":
    main()
