"""Servers that ask for long pauses: one paper's is not everybody's, everybody's is waited for, and all is told."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from absextract import Abstract
from absextract.errors import ProviderError, StoppedError
from absextract.extractors.answers import Answer
from absextract.extractors.llm.backend import LlmBackend
from absextract.extractors.llm.completion import Completion
from absextract.extractors.llm.limits import Gate, Limits
from absextract.records import Usage
from absextract.schema.paper import PaperExtraction
from papers import truth
from virtual_time import run_in_virtual_time

COMPLETION = Completion(json.dumps(truth()), Usage(prompt_tokens=9, completion_tokens=9, total_tokens=18))
Refuses = Callable[[int, float], float | None]


class VirtualLimits(Limits):
    """Limits by the loop's own clock."""

    def gate(self, concurrency: int) -> Gate:
        return Gate(self, concurrency, asyncio.get_running_loop().time)


def paused(seconds: float) -> ProviderError:
    return ProviderError("rate_limited", "HTTP 429: slow down", retryable=True, retry_after=seconds, status=429)


def run(papers: int, refuses: Refuses, concurrency: int = 4) -> tuple[list[Any], float]:
    """Sends papers to a server that answers after a second; what came of each, and how many seconds it all took.

    Args:
        papers: how many.
        refuses: for a paper's number and the time, the pause that the server asks for, None where it answers.
        concurrency: requests at once.
    """

    async def go() -> tuple[list[Any], float]:
        clock = asyncio.get_running_loop().time
        backend = LlmBackend(
            "openai/m",
            PaperExtraction,
            base_url="http://127.0.0.1:9/v1",
            concurrency=concurrency,
            limits=VirtualLimits(),
        )

        async def exchange(body: bytes) -> tuple[Completion, dict[str, str]]:
            number = int(body.partition(b"Case ")[2].partition(b".")[0])
            if (pause := refuses(number, clock())) is not None:
                raise paused(pause)
            await asyncio.sleep(1)
            return COMPLETION, {}

        backend._exchange = exchange  # type: ignore[method-assign]
        asked = (backend.answer(Abstract(id=str(i), title="T", abstract=f"Case {i}.")) for i in range(papers))
        found = await asyncio.gather(*asked, return_exceptions=True)
        took = clock()
        await backend.close()
        return found, took

    return run_in_virtual_time(go())


def failed(found: list[Any]) -> list[int]:
    return [number for number, each in enumerate(found) if not isinstance(each, Answer)]


@pytest.mark.parametrize("pause", [31, 60, 100, 300, 301, 10**9])
@pytest.mark.parametrize("which", [0, 5, 11])
def test_one_paper_of_twelve_makes_nobody_wait_for_longer_than_five_minutes(
    key: str, pause: float, which: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        found, took = run(12, lambda number, _: pause if number == which else None)
    assert failed(found) == [which]
    assert isinstance(found[which], ProviderError)
    assert found[which].code == "rate_limited"
    assert took < 400
    assert f"the server asks us to wait {pause} s (HTTP 429); nothing is sent for" in caplog.text


def test_ten_such_papers_of_a_thousand_hold_up_the_others_once(key: str, caplog: pytest.LogCaptureFixture) -> None:
    found, took = run(1000, lambda number, _: 300.0 if number % 100 == 7 else None, concurrency=8)
    assert failed(found) == list(range(7, 1000, 100))
    assert took < 1500
    assert caplog.text.count("nothing is sent for") <= 6
    assert "107: HTTP 429: slow down; sent again in 3" in caplog.text


@pytest.mark.parametrize("concurrency", [1, 8])
@pytest.mark.parametrize("pause", [100.0, 300.0])
def test_a_quota_that_is_used_up_for_half_an_hour_costs_no_paper(key: str, pause: float, concurrency: int) -> None:
    found, took = run(200, lambda _, time: pause if 20 < time < 1800 else None, concurrency)
    assert failed(found) == []
    assert 1800 < took < 2500


def test_a_server_that_turns_everybody_away_ends_the_run(key: str) -> None:
    found, took = run(50, lambda *_: 1000.0)
    assert all(isinstance(each, StoppedError) for each in found)
    assert took < 2000
