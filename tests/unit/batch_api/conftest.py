"""A server of batches, and a job for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from batch_jobs import Steps, answer
from batch_server import BatchServer
from openai_server import CREATED


@pytest.fixture(autouse=True)
def _no_back_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    monkeypatch.setattr("time.time", lambda: CREATED + 3600.0)


@pytest.fixture
def server() -> Iterator[BatchServer]:
    with BatchServer(answer) as running:
        yield running


@pytest.fixture
def steps(tmp_path: Path, server: BatchServer, key: str) -> Steps:
    return Steps(tmp_path, server)


@pytest.fixture
def in_threes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.batch_api.request_files.MAX_REQUESTS", 3)
