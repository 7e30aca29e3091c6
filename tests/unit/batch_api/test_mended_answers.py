"""Answers of a batch that are almost JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from batch_jobs import NUMBER, Steps, number_of
from batch_server import BatchServer
from openai_server import completion


@pytest.mark.parametrize("mode", ["tools", "json-schema", "json"])
def test_what_is_almost_json_needs_no_second_batch(tmp_path: Path, server: BatchServer, key: str, mode: str) -> None:
    steps = Steps(tmp_path, server, mode=mode)
    server.respond = lambda request: completion(
        request, f"From [1]:\n{{'methods': ['Finch-{number_of(request)}'], 'code_url': None,}}"
    )
    steps.submit()
    assert (steps.collect().failed, steps.errors(), steps.again().requests) == (0, {}, 0)
    records = [json.loads(line) for line in steps.out.read_text(encoding="utf-8").split("\n")[:-1]]
    assert [record["extraction"]["methods"] for record in records] == [[f"Finch-{i}"] for i in range(NUMBER)]
    assert all("answer_mended" in {told["code"] for told in record["findings"]} for record in records)
