"""What is fuzzed: each target makes a case, as bytes, and raises where the library does not stand it."""

from __future__ import annotations

import contextlib
import json
import math
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from absextract import Abstract, validate
from absextract.errors import AbsextractError, ProviderError
from absextract.extractors.llm.completion import read_completion
from absextract.extractors.llm.limits import Gate, Limits
from absextract.extractors.llm.retry import status_error
from absextract.sources.read import FORMATS, read_inputs
from command_line import absextract
from damaged_tables import damaged_table, of_one_paper
from formats import VARIANTS, WRITERS, papers
from mutate import as_bytes, damaged, odd_value, with_odd_values

__all__ = ["TARGETS", "Target"]

_TEXT = (
    "Sandpiper: Reading by Memory\n\nWe present Sandpiper. On SQuAD 2.0 it reaches an F1 of 91.3%, not 88.9%, "
    "and answers 2.4x faster. Code: https://github.com/example/sandpiper."
)
_EXTRACTION: dict[str, Any] = {
    "tasks": ["Reading"],
    "methods": ["Sandpiper"],
    "datasets": ["SQuAD 2.0"],
    "metrics": ["F1"],
    "results": [
        {"score": "91.3%", "kind": "value", "metric": "F1", "dataset": "SQuAD 2.0", "evidence": "an F1 of 91.3%"},
        {"score": "2.4x", "kind": "change", "metric": None, "dataset": None, "evidence": "answers 2.4x faster"},
    ],
    "links": [{"url": "https://github.com/example/sandpiper", "kind": "code"}],
    "code_url": "https://github.com/example/sandpiper",
}
_HEADERS = (
    "retry-after", "retry-after-ms", "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests",
    "x-ratelimit-reset-requests", "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens",
    "x-ratelimit-reset-tokens",
)  # fmt: skip
_HEADER_VALUES = (
    "0", "-1", "1", "60", "6m0s", "120ms", "1e400", "inf", "-inf", "nan", "9" * 1000,
    "9" * 400 + "h", "1h" * 500, "²", "",
    " ", "1_0", "0x10", "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 99 Oct 99999 07:28:00 GMT", "31536000", "\0", "1e-400",
)  # fmt: skip


class Target(NamedTuple):
    """What is fuzzed.

    Attributes:
        make: a case.
        check: raises where the case breaks something.
    """

    make: Callable[[random.Random], bytes]
    check: Callable[[bytes], None]


def _make_input(rng: random.Random) -> bytes:
    writers = WRITERS | VARIANTS
    name = rng.choice(sorted(writers))
    data = damaged(writers[name](papers()[: rng.choice((1, 3, 12))]), rng)
    given = name if name in FORMATS and rng.random() < 0.5 else ""
    return f"{given}\n".encode() + data


def _check_input(case: bytes) -> None:
    given, _, data = case.partition(b"\n")
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(AbsextractError):
        path = Path(folder, "input")
        path.write_bytes(data)
        for number, item in enumerate(read_inputs([str(path)], format=given.decode() or None)):
            assert item.source.index == number
            (item if isinstance(item, Abstract) else item.as_abstract()).model_dump_json()


def _check_table(case: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(AbsextractError):
        path = Path(folder, "input")
        path.write_bytes(case)
        for item in read_inputs([str(path)]):
            assert not isinstance(item, Abstract) or of_one_paper(item.title, item.abstract), item


def _make_answer(rng: random.Random) -> bytes:
    text = json.dumps(with_odd_values(_EXTRACTION, rng))
    if rng.random() < 0.2:
        text = damaged(text.encode(), rng).decode("utf-8", "replace")
    call = {"function": {"name": "PaperExtraction", "arguments": text}}
    message = {"content": text, "tool_calls": [call] if rng.random() < 0.5 else None, "refusal": None}
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    return as_bytes(
        with_odd_values({"choices": [{"message": message, "finish_reason": "stop"}], "usage": usage}, rng, 0.01)
    )


def _check_answer(case: bytes) -> None:
    try:
        completion = read_completion(json.loads(case))
        data = json.loads(completion.text)
    except (ProviderError, RecursionError, ValueError):
        return
    if isinstance(data, dict):
        record, line = validate(data, _TEXT).written()
        assert json.loads(line)["status"] == record.status
        for place in record.grounding:
            assert getattr(record, place.field)[place.start : place.end].strip()


def _make_headers(rng: random.Random) -> bytes:
    def value() -> str:
        given = rng.choice(_HEADER_VALUES)
        return damaged(given.encode(), rng).decode("utf-8", "replace") if rng.random() < 0.2 else given

    return as_bytes([{name: value() for name in _HEADERS if rng.random() < 0.7} for _ in range(3)])


def _check_headers(case: bytes) -> None:
    gate = Gate(Limits(), 4, clock=lambda: 0.0)
    for headers in json.loads(case):
        ticket = gate._let_through(_ticket(gate))
        gate.answered(ticket, headers)
        error = status_error(429, {"error": {"message": "slow down"}}, headers)
        assert error.retry_after is None or math.isfinite(error.retry_after)
        assert all(math.isfinite(allowance.delay(0.0)) for allowance in gate._allowances)


def _ticket(gate: Gate) -> Any:
    from absextract.extractors.llm.limits import Ticket

    return Ticket(gate._sent, 100, 0.0)


def _record() -> dict[str, Any]:
    line: dict[str, Any] = json.loads(validate(_EXTRACTION, _TEXT).to_json())
    return line


_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("report", "{in}", "-o", "{out}.html"),
    ("show", "{in}"),
    ("validate", "{in}", "-o", "{out}.jsonl"),
    ("export", "{in}", "-o", "{out}.csv"),
    ("eval", "{in}", "{in}"),
)


def _make_records(rng: random.Random) -> bytes:
    lines = [as_bytes(with_odd_values(_record(), rng, 0.03)) for _ in range(3)] + [as_bytes(_record())]
    data = b"\n".join(lines) + b"\n"
    return damaged(data, rng) if rng.random() < 0.3 else data


def _make_pointers(rng: random.Random) -> bytes:
    record = _record()
    for part in (*record["grounding"], *record["findings"]):
        if rng.random() < 0.5:
            part["path"] = damaged(part["path"].encode(), rng).decode("utf-8", "replace")
        elif rng.random() < 0.3:
            part["path"] = odd_value(rng)
    record["findings"] += [
        {"path": odd_value(rng), "code": "x", "severity": "error", "message": "m", "value": None, "action": "dropped"}
    ]
    return as_bytes(record) + b"\n" + as_bytes(_record()) + b"\n"


def _check_records(case: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "records.jsonl")
        path.write_bytes(case)
        for command in _COMMANDS:
            words = [word.replace("{in}", str(path)).replace("{out}", str(Path(folder, "out"))) for word in command]
            done = absextract(*words)
            assert done.returncode in (0, 1, 2), command
            assert "Traceback" not in done.stderr, (command, done.stderr[-2000:])
            assert "\x1b]" not in done.stdout + done.stderr, f"{command}: an escape sequence reaches the terminal"


TARGETS = {
    "readers": Target(_make_input, _check_input),
    "tables": Target(damaged_table, _check_table),
    "answers": Target(_make_answer, _check_answer),
    "headers": Target(_make_headers, _check_headers),
    "records": Target(_make_records, _check_records),
    "pointers": Target(_make_pointers, _check_records),
}
