"""Several answers to one paper: what most hold stays, with a confidence."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from absextract import Extractor, Limits, Record, StoppedError, UsageError
from openai_server import OpenAIServer, Reply, Request, completion
from papers import PAPER, as_answered, truth


def asked(
    answers: list[Any] | Callable[[Request], Any], samples: int, **options: Any
) -> tuple[Record[Any], list[Request]]:
    """The record when the answers come in turn, or as they are given to each request."""
    script = iter(answers) if isinstance(answers, list) else None

    def respond(request: Request) -> Reply:
        return completion(request, next(script) if script else answers(request))  # type: ignore[operator]  # no list

    with OpenAIServer(respond) as server:
        return asyncio.run(one_of(server.base_url, samples, **options)), list(server.requests)


async def one_of(base_url: str, samples: int, cache: Path | bool = False, **options: Any) -> Record[Any]:
    async with Extractor(
        model="openai/m", base_url=base_url, cache=cache, samples=samples, concurrency=1, **options
    ) as extractor:
        return await extractor.extract(PAPER)


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    answer = truth()
    change(answer)
    return answer


def sureness(record: Record[Any]) -> dict[str, float]:
    return {place.path: place.confidence for place in record.grounding if place.confidence is not None}


def test_equal_answers_are_one_with_confidence_for_every_marked_value_but_quotes() -> None:
    record, requests = asked([truth()] * 3, 3)
    assert as_answered(record.extraction) == truth()
    assert (record.status, record.extractor.attempts, len(requests)) == ("ok", 3, 3)
    sure = sureness(record)
    assert {place.path for place in record.grounding} - set(sure) == {f"/results/{i}/evidence" for i in range(3)}
    assert min(sure.values()) > 0.9


def test_what_a_minority_says_goes_and_what_a_majority_says_is_less_sure() -> None:
    with_rival = changed(lambda a: a["methods"].append("DPR"))
    without_speed = changed(lambda a: a["results"].pop())
    record, _ = asked([with_rival, without_speed, truth()], 3)
    assert record.extraction is not None
    assert record.extraction.methods == ["Sandpiper"]
    assert [result.score for result in record.extraction.results] == ["91.3%", "88.9%", "2.5x"]
    sure = sureness(record)
    assert sure["/results/2/score"] < sure["/results/0/score"]


def test_parts_of_a_result_are_voted_on_by_those_that_have_it() -> None:
    other = changed(lambda a: a["results"][0].update(metric=None, baseline="Sandpiper"))
    record, _ = asked([truth(), truth(), other], 3)
    assert record.extraction is not None
    first = record.extraction.results[0]
    assert (first.metric, first.baseline) == ("F1", "DPR")
    sure = sureness(record)
    assert sure["/results/0/metric"] < sure["/results/0/dataset"]


def test_names_and_numbers_are_the_same_in_other_clothes() -> None:
    dressed = changed(
        lambda a: (
            a.update(tasks=["retrieval over long documents"], datasets=["SQuAD  2.0"]),
            a["results"][0].update(score="91.3 %"),
        )
    )
    record, _ = asked([truth(), dressed, truth()], 3)
    assert as_answered(record.extraction) == truth()
    assert len(set(sureness(record).values())) == 1, "all of them agreed on everything"


def test_a_third_is_asked_only_where_two_differ() -> None:
    record, requests = asked([truth()] * 2, 2)
    assert (record.extractor.attempts, len(requests)) == (2, 2)
    less = changed(lambda a: a["metrics"].clear())
    record, requests = asked([truth(), less, truth()], 2)
    assert (record.extractor.attempts, len(requests)) == (3, 3)
    assert record.extraction is not None
    assert record.extraction.metrics == ["F1"]


def test_the_first_answer_is_that_of_a_run_that_asks_once(tmp_path: Path) -> None:
    with OpenAIServer(lambda request: completion(request, truth())) as server:
        asyncio.run(one_of(server.base_url, 1, tmp_path))
        record = asyncio.run(one_of(server.base_url, 3, tmp_path))
        assert [request.body.get("temperature") for request in server.requests] == [None, 1.0, 1.0]
        again = asyncio.run(one_of(server.base_url, 3, tmp_path))
        assert (again.to_json(), len(server.requests)) == (record.to_json(), 3)


def test_answers_that_cannot_be_used_do_not_vote() -> None:
    def first(request: Request) -> bool:
        return "temperature" not in request.body

    record, _ = asked(lambda request: "no" if first(request) else truth(), 3)
    assert as_answered(record.extraction) == truth()
    assert min(sureness(record).values()) > 0.9
    record, _ = asked(lambda request: truth() if first(request) else "no", 3)
    assert as_answered(record.extraction) == truth()
    assert sureness(record) == {}, "one answer alone says nothing of how sure it is"
    record, _ = asked(["no"] * 9, 3)
    assert record.error is not None
    assert record.error.code == "answer_not_json"


def test_what_most_answers_invented_is_told() -> None:
    invented = changed(lambda a: a["links"].append({"url": "https://example.org/not-there", "kind": "data"}))
    record, _ = asked([invented] * 3, 3, max_reasks=0)
    assert [finding.code for finding in record.findings] == ["url_not_in_source"]
    record, _ = asked([invented, truth(), truth()], 3, max_reasks=0)
    assert (record.status, record.findings) == ("ok", ())


def test_money_and_tokens_of_all_answers_count() -> None:
    with pytest.raises(StoppedError, match="--max-total-tokens 2300"):
        asked([truth()] * 9, 9, limits=Limits(max_total_tokens=2300))


@pytest.mark.parametrize(("samples", "model"), [(0, "openai/m"), (51, "openai/m"), (2, "builtin")])
def test_what_makes_no_sense_is_refused(samples: int, model: str) -> None:
    with pytest.raises(UsageError, match="samples"):
        Extractor(model=model, samples=samples, base_url="http://127.0.0.1:1/v1")


def test_confidence_below_the_limit_is_left_out() -> None:
    less = changed(lambda a: a["metrics"].clear())
    record, _ = asked([truth(), truth(), less], 3, min_confidence=0.95)
    assert record.extraction is not None
    assert record.extraction.metrics == []
    assert json.loads(record.to_json())["extraction"]["methods"] == ["Sandpiper"]
