"""What tokens cost, by a table that stands in for genai-prices."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from absextract import Abstract, Extractor, Limits, ProviderSetupError, StoppedError
from absextract.extractors.llm.prices import known_cost, price_of
from absextract.runs.job import Job
from absextract.runs.rehearsal import Rehearsal, rehearse
from openai_server import OpenAIServer, Request, completion

PER_MILLION = {("openai", "m"): (1.0, 10.0), ("openai", "free"): (0.0, 0.0)}


@pytest.fixture
def _table(monkeypatch: pytest.MonkeyPatch) -> None:
    def calc_price(usage: Any, *, model_ref: str, provider_id: str) -> Any:
        try:
            prompt, answer = PER_MILLION[provider_id, model_ref]
        except KeyError:
            raise LookupError(model_ref) from None
        return SimpleNamespace(total_price=(prompt * usage.input_tokens + answer * usage.output_tokens) / 1e6)

    table = SimpleNamespace(Usage=SimpleNamespace, calc_price=calc_price)
    monkeypatch.setitem(sys.modules, "genai_prices", table)


@pytest.mark.usefixtures("_table")
def test_the_price_of_a_model() -> None:
    assert price_of("openai/m")(1000, 100) == pytest.approx(0.002)
    assert known_cost("openai/m", 1000, 100) == pytest.approx(0.002)


@pytest.mark.usefixtures("_table")
@pytest.mark.parametrize(("model", "message"), [("openai/unheard-of", "is not known"), ("openai/free", "has no price")])
def test_no_price_is_not_no_cost(model: str, message: str) -> None:
    with pytest.raises(ProviderSetupError, match=message):
        price_of(model)
    assert known_cost(model, 1, 1) is None


def test_without_the_table_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genai_prices", None)
    with pytest.raises(ProviderSetupError, match=r"absextract\[cost\]"):
        price_of("openai/m")


@pytest.mark.usefixtures("_table")
def test_a_run_ends_before_it_costs_more() -> None:
    most: list[Any] = []

    def respond(request: Request) -> Any:
        most.append(request.body["max_completion_tokens"])
        return completion(request, {"tasks": []}, usage=(1000, 900))  # one cent

    async def go(base_url: str) -> tuple[int, float, str]:
        limits = Limits(max_cost=0.2)
        done = 0
        async with Extractor(model="openai/m", base_url=base_url, cache=False, limits=limits) as extractor:
            try:
                async for _ in extractor.stream(Abstract(abstract=f"Number {i}.") for i in range(100)):
                    done += 1
            except StoppedError as error:
                return done, extractor.traffic.dollars or 0.0, str(error)
        raise AssertionError("it went on")

    with OpenAIServer(respond) as server:
        done, dollars, reason = asyncio.run(go(server.base_url))
        sent = len(server.requests)
    assert 12 <= done <= sent <= 20
    assert dollars == pytest.approx(0.01 * sent)
    assert dollars <= 0.2
    assert "--max-cost 0.2: 0." in reason
    assert set(most) == {4096}, "so that there is a worst case to reserve"


@pytest.mark.usefixtures("_table")
def test_a_rehearsal_tells_the_dollars_of_all_answers(tmp_path: Path) -> None:
    papers = tmp_path / "papers.jsonl"
    papers.write_text('{"abstract": "We present Heron."}\n{"abstract": "We present Egret."}\n', encoding="utf-8")

    def told(samples: int) -> Rehearsal:
        extractor = Extractor(model="openai/m", base_url="http://127.0.0.1:1/v1", cache=False, samples=samples)
        return rehearse(Job((str(papers),), "-"), extractor)

    once, thrice = told(1), told(3)
    assert once.dollars == pytest.approx((once.prompt_tokens + 10 * once.answer_tokens) / 1e6)
    assert thrice.dollars == pytest.approx(3 * (once.dollars or 0), rel=0.01)
    assert f"about ${thrice.dollars:.4f}" in thrice.lines()[-1]


@pytest.mark.usefixtures("_table")
def test_a_money_limit_counts_all_answers_to_a_paper() -> None:
    options: dict[str, Any] = {"limits": Limits(max_cost=0.2), "samples": 3, "concurrency": 3, "cache": False}

    async def go(base_url: str) -> tuple[int, float, str]:
        done = 0
        async with Extractor(model="openai/m", base_url=base_url, **options) as extractor:
            try:
                async for _ in extractor.stream(Abstract(abstract=f"Number {i}.") for i in range(100)):
                    done += 1
            except StoppedError as error:
                return done, extractor.traffic.dollars or 0.0, str(error)
        raise AssertionError("it went on")

    with OpenAIServer(lambda request: completion(request, {"tasks": []}, usage=(1000, 900))) as server:
        done, dollars, reason = asyncio.run(go(server.base_url))
        sent = len(server.requests)
    assert "--max-cost 0.2" in reason
    assert dollars == pytest.approx(0.01 * sent)
    assert 0.1 <= dollars <= 0.2
    assert done <= sent // 3
