"""Answers that are almost JSON: what is mended, what is not, and that nothing is asked for twice."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from absextract import Abstract, Extractor, PaperExtraction, Record, extract
from absextract.choices import Mode
from absextract.extractors.llm.answer_text import AnswerReader
from openai_server import OpenAIServer, completion
from papers import as_answered
from work import calls_of

ABSTRACT = (
    r"We present Plover\textsubscript{2}, a frugal ranker. On MarshBench it reaches an F1 of $\rho \approx 84.2\%$, "
    r"$3\times$ the recall, with $\beta$ and $\frac{1}{2}$ of the \nu{} budget."
    "\nexists of it we share nothing. Schr\\\"odinger's \\upshape weights don't count: \tan apple."
)
PAPER = Abstract(title="Plover: Ranking on a Budget", abstract=ABSTRACT)
CLAUSE = r"On MarshBench it reaches an F1 of $\rho \approx 84.2\%$"


def whole(**parts: Any) -> dict[str, Any]:
    names = {"tasks": [], "methods": ["Plover"], "datasets": ["MarshBench"], "metrics": ["F1"]}
    result: dict[str, Any] = {"score": "84.2%", "kind": "value", "metric": "F1", "dataset": "MarshBench"}
    result |= {"method": None, "baseline": None, "setting": None, "evidence": CLAUSE}
    return {**names, "results": [result], "links": [], "code_url": None, **parts}


RIGHT = json.dumps(whole())
LONE = RIGHT.replace("\\\\", "\\")
MENDED = {
    "single backslashes": LONE,
    "a raw line break": RIGHT.replace("MarshBench it", "MarshBench\nit"),
    "a raw tab": RIGHT.replace("MarshBench it", "MarshBench\tit"),
    "a comma behind the last item": RIGHT.replace('"Plover"]', '"Plover",]').replace("}", " , }", 1),
    "a comment to the end of the line": RIGHT.replace(', "links"', ', // none [yet}\n"links"'),
    "a comment between signs": RIGHT.replace(', "links"', ', /* "none" */ "links"'),
    "a comment of Python": "{ # the answer\n" + RIGHT[1:],
    "prose with brackets behind": f"```json\n{RIGHT}\n```\nSee [1], {{docs}} and [0, 1) for more.",
    "prose with brackets before": f"As asked [see {{schema}} and {{note: it}}]:\n```\n{RIGHT}\n```",
    "prose with brackets and no fence": f"From [1]: {RIGHT} {{as asked}}",
    "a draft before": f'It has the form {{"methods": [...], "tasks": [...]}}, so: {RIGHT}',
    "a thought before": f'<think>Start with {{"methods": ["A</think>\n{RIGHT}',
    "a brace too many": RIGHT + "}",
    "a list around it": f"[{RIGHT}]",
    "quotes around it": json.dumps(RIGHT),
    "single quotes and the words of Python": repr(whole()),
    "an apostrophe of Python": RIGHT.replace('"Plover"', "\"Plover\", 'don\\'t'"),
    "keys without quotes": RIGHT.replace('"methods"', "methods"),
    "no last brace": RIGHT[:-1],
    "no last brace in a fence": f"```json\n{RIGHT[:-1]}\n```",
    "no end of the list around it": f"[{RIGHT}",
    "many faults at once": f"Here [1]:\n```json\n[{LONE[:-1]}, // done\n}},\n]\n```\n{{end}}",
}
NOT_MENDED = {
    "an end within a text": '{"methods": ["Plov',
    "an end within a number": RIGHT[:-1] + ', "year": 20',
    "an end within a word": RIGHT[: -len("ull}")],
    "an end within a list": '{"methods": ["Plover"',
    "an end within an item": '{"methods": ["Plover"], "results": [{"score": "84.2%", "kind": "value"',
    "an end between items": RIGHT[: RIGHT.index("}") + 1],
    "an end between fields": '{"tasks": [], "methods": ["Plover"]',
    "an end behind a comma": RIGHT[:-1] + ",",
    "an end behind a whole draft": RIGHT + ' No: {"methods": ["Plov',
    "quotes within quotes": '{"methods": ["the "Plover" ranker"]}',
    "single quotes within such": "{'methods': ['Plover's']}",
    "no comma": '{"methods": ["Plover"] "tasks": []}',
    "something left out": '{"methods": [...]}',
    "a value without quotes": '{"methods": [Plover]}',
    "a number with a unit": '{"methods": ["Plover"], "score": 84.2%}',
    "nothing but prose": "I found {nothing} [1].",
    "null": "null",
}


def read(text: str, source: str = ABSTRACT, schema: type[BaseModel] = PaperExtraction) -> Any:
    reading = AnswerReader(schema).read(text, source)
    return reading and reading.value


def extracted(answers: list[str], mode: Any, **options: Any) -> tuple[Record[Any], int]:
    """The record that a server's answers in turn come to, and how many of them were asked for."""
    replies = iter(answers)

    async def go(base_url: str) -> Record[Any]:
        settings: dict[str, Any] = {"cache": False, "mode": mode, "base_url": base_url, **options}
        async with Extractor(model="openai/m", **settings) as extractor:
            return await extractor.extract(PAPER)

    with OpenAIServer(lambda request: completion(request, next(replies))) as server:
        return asyncio.run(go(server.base_url)), len(server.requests)


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("fault", MENDED)
def test_what_is_almost_json_is_not_paid_for_twice(fault: str, mode: str) -> None:
    record, requests = extracted([MENDED[fault]], mode)
    assert requests == 1
    assert record.extraction is not None
    (result,) = record.extraction.results
    assert (record.extraction.methods[0], result.score, result.dataset) == ("Plover", "84.2%", "MarshBench")
    (told,) = [finding for finding in record.findings if finding.code == "answer_mended"]
    assert (told.severity, told.path, told.action) == ("info", "", "kept")
    if fault not in ("a raw line break", "a raw tab", "an apostrophe of Python"):
        assert as_answered(record.extraction) == whole()


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("fault", NOT_MENDED)
def test_what_is_cut_off_or_unclear_is_asked_for_again(fault: str, mode: str) -> None:
    record, requests = extracted([NOT_MENDED[fault], RIGHT], mode)
    assert requests == 2
    assert as_answered(record.extraction) == whole()
    assert "answer_mended" not in {finding.code for finding in record.findings}


def test_no_beginning_of_an_answer_is_an_answer() -> None:
    ends = range(1, len(RIGHT) - 1)
    assert [end for end in ends for text in (RIGHT, repr(whole())) if read(text[:end]) is not None] == []


@pytest.mark.parametrize(
    "text",
    [RIGHT, f"```json\n{RIGHT}\n```", f"Sure, here it is:\n```json\n{RIGHT}\n```\nAnything else?", f"\n {RIGHT} "],
)
def test_json_in_a_fence_or_plain_prose_is_no_fault(text: str) -> None:
    reading = AnswerReader(PaperExtraction).read(text, ABSTRACT)
    assert reading is not None
    assert (reading.value, reading.mended) == (whole(), ())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"3\times", r"3\times"),
        (r"\beta \rho \frac \nu", r"\beta \rho \frac \nu"),
        (r"\textsubscript{2}", r"\textsubscript{2}"),
        (
            r"\tau, \neq, \right) and \bar, which the text has not",
            r"\tau, \neq, \right) and \bar, which the text has not",
        ),
        (
            r"\alpha 91\% \_ \{ \, \usepackage \upshape \xi \(x\)",
            r"\alpha 91\% \_ \{ \, \usepackage \upshape \xi \(x\)",
        ),
        (r"Schr\"odinger", r"Schr\"odinger"),
        (r"\\times, \\%, \\\\", r"\times, \%, \\"),
        (r"budget.\nexists", "budget.\nexists"),
        (r"count: \tan apple", "count: \tan apple"),
        (r"one\ntwo\tthree\r\nfour \"five\" 1\/2", 'one\ntwo\tthree\r\nfour "five" 1/2'),
        (r"\u00b1 \ud83d\udc26 \u00", "\u00b1 \U0001f426 \\u00"),
        (r"don\'t 5\xa0mm", "don't 5\u00a0mm"),
        (r"\bnone \ffoo", "\bnone \ffoo"),
    ],
)
def test_a_backslash_is_read_as_the_text_has_it(written: str, meant: str) -> None:
    assert read(RIGHT.replace('"Plover"', f'"{written}"'))["methods"] == [meant]


def test_what_is_read_stands_in_the_text_to_the_letter() -> None:
    assert CLAUSE in ABSTRACT
    assert read(LONE)["results"][0]["evidence"] == CLAUSE


def test_several_objects_in_a_list_are_none() -> None:
    assert read(f"[{RIGHT}, {RIGHT}]") == [whole(), whole()]
    assert read(f"So: [{RIGHT}, {RIGHT}]") == [whole(), whole()]


def test_a_part_with_keys_of_the_whole_is_not_the_answer() -> None:
    class Species(BaseModel):
        name: str
        kin: list[Species] = []

    for broken in ('{"name": "a", "kin": [{"name": "b"}, {"na', '{"name": "a", "kin": [{"name": "b"}], "x": [...]}'):
        assert read(broken, schema=Species) is None


def test_a_mended_answer_comes_from_the_cache_as_it_came_from_the_model(tmp_path: Path) -> None:
    with OpenAIServer(lambda request: completion(request, LONE)) as server:
        options: dict[str, Any] = {"model": "openai/m", "base_url": server.base_url, "cache": tmp_path}
        lines = [extract(PAPER, **options).to_json() for _ in range(2)]
        assert len(server.requests) == 1
    assert lines[0] == lines[1]


def test_a_key_in_a_mended_answer_is_told_to_nobody(key: str) -> None:
    record, _ = extracted([f"See [{key}]: {{'methods': ['{key}']}}"], "tools", max_reasks=0)
    assert "answer_mended" in {finding.code for finding in record.findings}
    assert key not in record.to_json()


# a tab before "imes" is read as LaTeX, and Python's escapes of rare signs are not read
TEXTS = st.text(st.characters(max_codepoint=0xFFFF, exclude_characters="\b\t\n\f\r", exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | st.text("\\\"'{}[],:/*#ntbfrux0 `"),
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=10,
)


@given(VALUES)
def test_json_in_any_wrapping_says_what_it_said(value: Any) -> None:
    answer = {"methods": value}
    text = json.dumps(answer)
    assert read(text, "") == answer
    assert read(f"{{x}} ```json\n{text[:-1]},}}\n``` [2", "") == answer
    assert read(repr(answer), "") == answer


@given(st.text("{}[]\"'\\,:/*#`\n ax1-"))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    "piece",
    ["{", '{"', "{'", "{/*", '{"a":"```', "{'k':'```{',", '["\\"', '{"\\"', '{"\\\\"a', "{':'```{':'```", "[0,"],
)
def test_reading_takes_time_in_proportion(piece: str) -> None:
    text = "x" + piece * (200_000 // len(piece))
    assert calls_of(lambda: read(text)) < 20 * len(text)
