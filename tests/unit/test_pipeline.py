"""One abstract down the road: checks, re-asks, the better answer, failures as records."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from absextract import Abstract, Extractor, Mention, PaperExtraction, Record, SchemaError, UsageError, extract, validate
from absextract.errors import ProviderSetupError
from absextract.extractors.llm.cache import AnswerCache
from openai_server import OpenAIServer, Reply, Request, completion, cut_off, error, refusal
from papers import ABSTRACT, PAPER, TEXT, TITLE, as_answered, truth

Respond = Callable[[Request], Reply]


def through(replies: list[Any], *, paper: Abstract = PAPER, **options: Any) -> tuple[Record[Any], list[Request]]:
    """The record of our paper when a server gives these answers in turn."""
    script = iter(replies)

    def respond(request: Request) -> Reply:
        reply = next(script)
        return reply if isinstance(reply, Reply) else completion(request, reply, usage=(100, 20))

    async def go(base_url: str) -> Record[Any]:
        async with Extractor(model="openai/m", base_url=base_url, cache=False, **options) as extractor:
            return await extractor.extract(paper)

    with OpenAIServer(respond) as server:
        return asyncio.run(go(server.base_url)), list(server.requests)


def wrong(**changes: Any) -> dict[str, Any]:
    answer = truth()
    answer["results"][0] |= changes
    return answer


def test_a_right_answer_comes_out_as_it_is_with_everything_grounded() -> None:
    record, requests = through([truth()])
    assert (record.status, record.findings, len(requests)) == ("ok", (), 1)
    assert as_answered(record.extraction) == truth()
    for grounding in record.grounding:
        assert 0 <= grounding.start < grounding.end <= len(getattr(record, grounding.field))
    assert {g.path for g in record.grounding} >= {"/tasks/0", "/results/0/score", "/links/0/url", "/code_url"}


def test_a_model_says_the_setting_but_not_whose_a_result_is() -> None:
    paper = Abstract(abstract="Heron reaches over 76.3% zero-shot; Egret reaches 71.0%.")
    told = [
        ("76.3%", "Heron", "zero-shot", "Heron reaches over 76.3% zero-shot"),
        ("71.0%", "Egret", None, "reaches 71.0%"),
    ]
    results = [
        {"score": score, "kind": "value", "method": method, "setting": setting, "evidence": evidence, "own": "perhaps"}
        for score, method, setting, evidence in told
    ]
    record, requests = through([{"methods": ["Heron"], "results": results}], paper=paper)
    assert (record.status, len(requests)) == ("ok", 1)
    found: Any = record.extraction
    assert [(r.setting, r.bound) for r in found.results] == [("zero-shot", ">"), (None, None)]
    assert found.results[0].own is True
    assert "/results/0/setting" in {place.path for place in record.grounding}


def test_a_wrong_number_is_sent_back_and_mended() -> None:
    record, requests = through([wrong(score="93.1%"), truth()])
    assert (record.status, record.extractor.attempts) == ("ok", 2)
    assert as_answered(record.extraction) == truth()
    assert "93.1%" in requests[1].body["messages"][-1]["content"]
    assert record.extractor.usage is not None
    assert record.extractor.usage.total_tokens == 240


def test_without_reasks_the_wrong_result_is_dropped_with_a_finding() -> None:
    record, requests = through([wrong(score="93.1%")], max_reasks=0)
    assert len(requests) == 1
    assert record.status == "flagged"
    assert record.extraction is not None
    assert [result.score for result in record.extraction.results] == ["88.9%", "2.5x"]
    finding = record.findings[0]
    assert (finding.path, finding.code, finding.value, finding.action) == (
        "/results/0/score",
        "number_not_in_source",
        "93.1%",
        "dropped",
    )


def test_unsupported_values_can_be_kept_with_their_finding() -> None:
    record, _ = through([wrong(score="93.1%")], max_reasks=0, unsupported="keep")
    assert record.extraction is not None
    assert record.extraction.results[0].score == "93.1%"
    assert (record.findings[0].code, record.findings[0].action) == ("number_not_in_source", "kept")
    assert "/results/0/score" not in {g.path for g in record.grounding}


def test_the_better_answer_is_kept() -> None:
    worse = wrong(score="93.1%", dataset="ImageNet", method="Curlew")
    record, _ = through([wrong(score="93.1%"), worse])
    assert {f.value for f in record.findings if f.severity == "error"} == {"93.1%"}


def test_a_warning_alone_is_no_reason_to_ask_again() -> None:
    answer = truth() | {"links": [], "code_url": None}
    record, requests = through([answer])
    assert len(requests) == 1
    assert [finding.code for finding in record.findings] == ["url_unclaimed"]
    assert record.status == "flagged"


def test_an_answer_that_is_no_json_is_asked_for_again() -> None:
    record, requests = through(["I think the F1 is 91.3%.", truth()])
    assert (record.status, len(requests)) == ("ok", 2)
    assert "not valid JSON" in requests[1].body["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("no json at all", "answer_not_json"),
        ("[]", "schema_mismatch"),
        ("{}", "schema_mismatch"),
        ('{"error": "overloaded"}', "schema_mismatch"),
    ],
)
def test_an_answer_that_cannot_be_used_never_looks_like_nothing_found(answer: str, code: str) -> None:
    record, _ = through([answer] * 3)
    assert (record.status, record.extraction) == ("failed", None)
    assert record.error is not None
    assert record.error.code == code
    assert answer in record.error.message


def test_the_error_shows_head_and_tail_of_a_long_answer() -> None:
    record, _ = through(["begin " + "x" * 5000 + " end"] * 3)
    assert record.error is not None
    assert "begin" in record.error.message
    assert record.error.message.endswith(" end")
    assert len(record.error.message) < 600


def test_one_bad_item_does_not_lose_its_siblings() -> None:
    answer = truth()
    answer["results"][1] = {"score": "88.9%"}
    record, _ = through([answer], max_reasks=0)
    assert record.extraction is not None
    assert [result.score for result in record.extraction.results] == ["91.3%", "2.5x"]
    assert record.findings[0].code == "schema_mismatch"


def test_a_refusal_is_final() -> None:
    script = [lambda request: refusal(request, "I cannot help with that.")]

    def respond(request: Request) -> Reply:
        return script.pop()(request)

    with OpenAIServer(respond) as server:
        record = extract(TEXT, model="openai/m", base_url=server.base_url, cache=False)
    assert record.error is not None
    assert record.error.code == "refused"
    assert "cannot help" in record.error.message


def test_a_provider_error_becomes_the_records_error() -> None:
    record, _ = through([error(400, "no such thing")])
    assert record.status == "failed"
    assert record.error is not None
    assert (record.error.code, record.error.message) == ("bad_request", "HTTP 400: no such thing")


def test_a_failed_reask_keeps_the_first_answer() -> None:
    record, _ = through([wrong(score="93.1%"), error(400, "too long")])
    assert record.status == "flagged"
    assert record.extraction is not None
    assert len(record.extraction.results) == 2


def test_a_bug_of_ours_costs_one_record(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("absextract.validation.validator.review", broken)
    record, _ = through([truth()])
    assert record.error is not None
    assert record.error.code == "internal"
    assert "oops" in caplog.text


class Trial(BaseModel):
    """A schema of one's own."""

    system: Annotated[str, Mention()]
    rival: Annotated[str, Mention()] | None = None
    remark: str = ""


class Required(BaseModel):
    task: Annotated[str, Mention()]
    seen: bool


def twice_through(
    replies: list[Callable[[Request], Reply]], cache: Path, schema: type[BaseModel] = PaperExtraction
) -> tuple[list[Record[Any]], list[int]]:
    """The records of our paper in two runs over one cache, and how many requests each sent."""

    async def go(base_url: str) -> tuple[Record[Any], int]:
        async with Extractor(model="openai/m", base_url=base_url, cache=cache, schema=schema) as extractor:
            return await extractor.extract(PAPER), extractor.traffic.requests

    with OpenAIServer(lambda request: replies.pop(0)(request)) as server:
        first, second = (asyncio.run(go(server.base_url)) for _ in range(2))
    return [first[0], second[0]], [first[1], second[1]]


@pytest.mark.parametrize("useless", ["no JSON", "[]", '{"error": "overloaded"}', "", "cut off"])
def test_a_second_run_is_the_same_without_a_request_also_where_an_answer_was_useless(
    tmp_path: Path, useless: str
) -> None:
    first = (lambda r: cut_off(r, '{"tasks": ["a')) if useless == "cut off" else lambda r: completion(r, useless)
    records, sent = twice_through([first, lambda r: completion(r, truth())], tmp_path)
    assert (records[0].status, records[0].extractor.attempts, sent) == ("ok", 2, [2, 0])
    assert records[0].to_json() == records[1].to_json()


def test_a_failed_record_is_asked_for_anew_by_the_next_run(tmp_path: Path) -> None:
    lacking, whole = {"task": "citation analysis"}, {"task": "citation analysis", "seen": True}
    replies: Iterator[dict[str, Any]] = iter([lacking, lacking, lacking, whole, whole])
    records, sent = twice_through([lambda r: completion(r, next(replies))] * 5, tmp_path, Required)
    assert records[0].error is not None
    assert (records[0].error.code, records[1].error) == ("schema_mismatch", None)
    assert sent[1] > 0


def test_any_pydantic_model_is_a_schema() -> None:
    answer = {"system": "Sandpiper", "rival": "Curlew", "remark": "not checked"}
    record, requests = through([answer], schema=Trial, max_reasks=0)
    assert record.extraction == Trial(system="Sandpiper", rival=None, remark="not checked")
    assert [f.path for f in record.findings] == ["/rival"]
    assert requests[0].body["tools"][0]["function"]["name"] == "Trial"
    assert record.extractor.model_dump(by_alias=True)["schema"].startswith("Trial@")


def test_a_required_part_at_the_top_becomes_null() -> None:
    record, _ = through([{"system": "Curlew", "rival": None, "remark": ""}], schema=Trial, max_reasks=0)
    assert json.loads(record.to_json())["extraction"] == {"system": None, "rival": None, "remark": ""}


def test_the_builtin_extractor_fills_papers_alone() -> None:
    with pytest.raises(SchemaError, match="fills only the schema of papers"):
        Extractor(model="builtin", schema=Trial)


def test_the_model_can_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABSEXTRACT_MODEL", "openai/from-env")
    assert Extractor(base_url="http://127.0.0.1:1/v1", cache=False).model == "openai/from-env"


def test_extract_blocks_and_works_offline() -> None:
    record = extract(TEXT)
    assert record.extractor.model == "builtin"
    assert record.title == TITLE
    assert record.extraction is not None
    assert record.extraction.code_url == "https://github.com/made-up-lab/sandpiper"


def test_extract_works_inside_a_running_event_loop() -> None:
    async def notebook() -> Record[PaperExtraction]:
        return extract(TEXT, model="builtin")

    assert asyncio.run(notebook()) == extract(TEXT, model="builtin")


def test_stream_keeps_the_order() -> None:
    papers = [Abstract(id=str(i), title=TITLE, abstract=ABSTRACT) for i in range(50)]

    async def go() -> list[str]:
        async with Extractor(model="builtin", concurrency=7) as extractor:
            return [record.id async for record in extractor.stream(iter(papers))]

    assert asyncio.run(go()) == [str(i) for i in range(50)]


def test_validate_checks_what_any_tool_found() -> None:
    theirs = truth() | {"code_url": "https://github.com/made-up-lab/sandpiper-2"}
    record = validate(theirs, TEXT)
    assert record.extractor.model == "external"
    assert [(f.path, f.code) for f in record.findings] == [("/code_url", "url_not_in_source")]
    assert record.extraction is not None
    assert record.extraction.code_url is None


def test_validate_takes_an_instance_and_leaves_it_as_it_is() -> None:
    theirs = PaperExtraction.model_validate(wrong(score="90%"))
    record = validate(theirs, PAPER)
    assert len(theirs.results) == 3
    assert record.extraction is not None
    assert len(record.extraction.results) == 2


def test_validate_fails_what_does_not_fit_at_all() -> None:
    record = validate({"nothing": "here"}, TEXT)
    assert (record.status, record.error.code if record.error else None) == ("failed", "schema_mismatch")


class TestConfidence:
    def test_what_is_not_sure_enough_is_left_out_and_told(self) -> None:
        everything = extract(PAPER, model="builtin", min_confidence=0)
        sure = extract(PAPER, model="builtin", min_confidence=1.0)
        assert everything.extraction is not None
        assert sure.extraction is not None
        assert len(everything.extraction.results) == 3
        assert (sure.extraction.results, sure.extraction.links, sure.extraction.code_url) == ([], [], None)
        assert (everything.status, sure.status) == ("ok", "ok")
        assert {(f.code, f.severity, f.action) for f in sure.findings} == {("confidence_low", "info", "dropped")}
        assert {place.path for place in everything.grounding} >= {finding.path for finding in sure.findings}

    def test_values_of_a_language_model_have_none_and_stay(self) -> None:
        plain, _ = through([truth()])
        asked, _ = through([truth()], min_confidence=1.0)
        assert asked.to_json() == plain.to_json()
        assert "confidence" not in plain.to_json()

    @pytest.mark.parametrize("least", [-0.1, 1.01, float("nan")])
    def test_it_is_a_number_from_0_to_1(self, least: float) -> None:
        with pytest.raises(UsageError, match="expected a number from 0 to 1"):
            Extractor(model="builtin", min_confidence=least)


class TestFallback:
    FAILED = staticmethod(lambda: error(400, "cannot do this one"))

    def test_where_the_model_fails_for_good_builtin_fills_in_and_the_record_says_so(self) -> None:
        record, _ = through([self.FAILED()], fallback="builtin")
        alone = extract(PAPER, model="builtin")
        assert (record.extraction, record.grounding) == (alone.extraction, alone.grounding)
        assert (record.status, record.error) == ("flagged", None)
        assert (record.extractor.model, record.extractor.prompt) == ("builtin", None)
        told, *others = record.findings
        assert (told.code, told.severity, told.path, told.value) == ("filled_by_builtin", "warning", "", "bad_request")
        assert "openai/m gave no extraction (bad_request: HTTP 400: cannot do this one)" in told.message
        assert tuple(others) == alone.findings

    def test_an_answer_is_never_replaced(self) -> None:
        record, _ = through([truth()], fallback="builtin")
        assert (record.status, record.extractor.model) == ("ok", "openai/m")

    def test_a_refused_key_is_no_case_for_it(self) -> None:
        record, _ = through([error(401, "Incorrect API key provided.")], fallback="builtin")
        assert (record.status, record.error and record.error.code) == ("failed", "authentication")

    def test_what_it_fills_in_has_a_confidence_and_can_be_asked_to_be_sure(self) -> None:
        record, _ = through([self.FAILED()], fallback="builtin", min_confidence=0.5)
        alone = extract(PAPER, model="builtin", min_confidence=0.5)
        assert (record.extraction, record.grounding) == (alone.extraction, alone.grounding)
        sure = {place.path: place.confidence for place in record.grounding}
        assert 0.5 <= (sure["/code_url"] or 0) <= 1

    def test_it_fills_papers_alone(self) -> None:
        class Card(BaseModel):
            name: Annotated[str, Mention()]

        with pytest.raises(SchemaError, match="offline model fills only the schema of papers"):
            Extractor(model="openai/m", base_url="http://127.0.0.1:9/v1", schema=Card, fallback="builtin")


def test_a_model_that_is_refused_leaves_no_cache_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[AnswerCache] = []
    close = AnswerCache.close

    def note(cache: AnswerCache) -> None:
        closed.append(cache)
        close(cache)

    monkeypatch.setattr(AnswerCache, "close", note)
    with pytest.raises(ProviderSetupError):
        Extractor(model="opnai/gpt-5-mini", cache=tmp_path)
    assert len(closed) == 1
