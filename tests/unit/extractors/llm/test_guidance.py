"""Words of the user's own and worked examples in the prompt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from absextract import Abstract, Example, Extractor, InputError, PaperExtraction, UsageError, read_examples
from absextract.extractors.llm.backend import LlmBackend
from absextract.extractors.llm.guidance import Guidance
from absextract.worked_examples import guidance_for
from papers import ABSTRACT, PAPER, TITLE, truth

OTHER = Abstract(title="Plover: Counting Waders", abstract="Plover counts waders. It reaches 77.5% recall on DuneSet.")
ANSWER = {
    "tasks": ["Counting Waders"],
    "methods": ["Plover"],
    "datasets": ["DuneSet"],
    "metrics": ["recall"],
    "results": [{"score": "77.5%", "kind": "value", "metric": "recall", "dataset": "DuneSet", "method": "Plover",
                 "baseline": None, "setting": None, "evidence": "It reaches 77.5% recall on DuneSet"}],
    "links": [],
    "code_url": None,
}  # fmt: skip
GOLD = {
    "tasks": [{"any_of": ["wader counting", "Counting Waders"]}, {"any_of": ["birds"], "optional": True}],
    "methods": [{"any_of": ["Plover"]}],
    "datasets": [{"any_of": ["DuneSet"]}],
    "metrics": [{"any_of": ["recall"]}],
    "results": [
        {"score": "77.5%", "kind": "value", "metric": ["recall"], "dataset": ["DuneSet"], "method": ["Plover"]}
    ],
}


def example() -> Example:
    return Example(OTHER.title, OTHER.abstract, ANSWER)


def backend(guidance: Guidance) -> LlmBackend:
    return LlmBackend("openai/m", PaperExtraction, base_url="http://127.0.0.1:1/v1", guidance=guidance)


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_instructions_and_examples_stand_in_the_system_message_before_the_paper() -> None:
    guidance = guidance_for(PaperExtraction, "Only birds count.\n", [example()])
    system, user = json.loads(backend(guidance).request_for(PAPER))["messages"]
    assert "\nOnly birds count.\n" in system["content"]
    assert system["content"].endswith(json.dumps(ANSWER, separators=(",", ":")))
    assert OTHER.abstract in system["content"]
    assert ABSTRACT in user["content"]
    assert OTHER.abstract not in user["content"]


def test_all_that_is_added_is_in_the_static_part_and_in_the_prompts_name() -> None:
    plain, worded, shown = (
        guidance_for(PaperExtraction, words, examples)
        for words, examples in ((None, []), ("Only birds.", []), ("Only birds.", [example()]))
    )
    assert len({plain.prompt, worded.prompt, shown.prompt}) == 3
    assert "+" not in plain.prompt
    assert worded.prompt.startswith(f"{plain.prompt}+")
    first, second = (backend(shown).request_for(paper).partition(b'{"role":"user"')[0] for paper in (PAPER, TITLE_ONLY))
    assert first == second


TITLE_ONLY = Abstract(title=TITLE, abstract="Another text.")


def test_a_paper_that_is_an_example_does_not_get_its_own_answer() -> None:
    request = backend(guidance_for(PaperExtraction, None, [example()])).request_for(OTHER).decode()
    assert request.count("77.5%") == 1, "in the abstract alone"


def test_what_the_text_of_an_example_does_not_support_is_not_taught() -> None:
    invented = Example(OTHER.title, OTHER.abstract, ANSWER | {"methods": ["Plover", "Albatross"]})
    (shown,) = guidance_for(PaperExtraction, None, [invented]).examples
    assert shown.extraction["methods"] == ["Plover"]


@pytest.mark.parametrize(
    ("words", "examples", "reason"),
    [
        (" \n", [], "the instructions are empty"),
        (None, [Example("Odd", "A text.", {"papers": 3})], "“Odd” is no extraction of PaperExtraction"),
        ("x" * 300_000, [], "at most 200,000"),
        ("\ud83d", [], "half a character"),
    ],
)
def test_what_cannot_be_added_is_refused(words: str | None, examples: list[Example], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        Extractor(model="openai/m", base_url="http://127.0.0.1:1/v1", instructions=words, examples=examples)


def test_gold_becomes_an_answer_in_wordings_of_the_text(tmp_path: Path) -> None:
    path = written(tmp_path / "gold.jsonl", {"title": OTHER.title, "abstract": OTHER.abstract, "gold": GOLD})
    (shown,) = guidance_for(PaperExtraction, None, read_examples(path)).examples
    assert shown.extraction == ANSWER


def reviewed(number: int, *, complete: bool) -> dict[str, Any]:
    review = {"by": "person", "at": "2026-03-01T12:00:00Z", "complete": complete, "sampled": False, "actions": []}
    return {"title": f"Paper {number}", "abstract": ABSTRACT, "extraction": truth(), "review": review}


def test_of_a_reviewed_file_only_papers_reviewed_to_the_end_are_examples(tmp_path: Path) -> None:
    drafts = [{"title": f"Draft {n}", "abstract": ABSTRACT, "extraction": truth()} for n in range(4)]
    begun, done = reviewed(1, complete=False), [reviewed(n, complete=True) for n in (2, 3, 4, 5)]
    path = written(tmp_path / "corrected.jsonl", *drafts, begun, *done)
    assert [each.title for each in read_examples(path)] == ["Paper 2", "Paper 3", "Paper 4"]
    assert [each.title for each in read_examples(path, 9)] == ["Paper 2", "Paper 3", "Paper 4", "Paper 5"]
    with pytest.raises(InputError, match="holds no paper reviewed to the end"):
        read_examples(written(tmp_path / "begun.jsonl", *drafts, begun))


def test_records_are_examples_and_as_many_as_asked_for_are_taken(tmp_path: Path) -> None:
    rows = [{"title": f"Paper {n}", "abstract": ABSTRACT, "extraction": truth()} for n in range(5)]
    failed = {"title": "Failed", "abstract": ABSTRACT, "extraction": None}
    path = written(tmp_path / "records.jsonl", failed, *rows)
    assert [each.title for each in read_examples(path)] == ["Paper 0", "Paper 1", "Paper 2"]
    assert len(read_examples(path, 1)) == 1
    with pytest.raises(UsageError, match="count=0"):
        read_examples(path, 0)
    with pytest.raises(InputError, match="no paper with an abstract"):
        read_examples(written(tmp_path / "none.jsonl", failed))
    with pytest.raises(InputError, match=r"bad\.jsonl:1: holds neither"):
        read_examples(written(tmp_path / "bad.jsonl", {"title": "T", "abstract": "A text."}))
