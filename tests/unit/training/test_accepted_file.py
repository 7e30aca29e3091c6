"""The texts accepted for the answered papers: keys and places alone, for the papers are not ours to print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from absextract.extractors.builtin.names.ranking import FIELDS
from answered import HeldOut, paper_key, read_papers

FILE = Path(__file__).parents[3] / "training" / "accepted.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
KEY = re.compile(r"[0-9a-f]{16}")
PLACE = re.compile(r"t?(0|[1-9]\d{0,4})-([1-9]\d{0,4})")
LONGEST = 300


def places_of(row: dict[str, Any]) -> Iterator[str]:
    for field in FIELDS:
        for names in row[field].values():
            yield from (place for places in names for place in places)
    for result in row["results"]:
        yield from (result["score"], *(result["metric"] or ()))


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_in(part)


def test_each_line_has_a_key_of_its_own_and_all_fields() -> None:
    assert all(list(row) == ["paper", *FIELDS, "results"] for row in ROWS)
    assert all(KEY.fullmatch(row["paper"]) for row in ROWS)
    assert len({row["paper"] for row in ROWS}) == len(ROWS) > 0


def test_names_are_groups_of_places_demanded_or_optional() -> None:
    for row in ROWS:
        for field in FIELDS:
            assert list(row[field]) == ["required", "optional"]
            assert all(group for groups in row[field].values() for group in groups)


def test_results_have_a_place_a_kind_and_a_metric_or_none() -> None:
    results = [result for row in ROWS for result in row["results"]]
    assert results
    for result in results:
        assert {"score", "kind", "metric"} <= result.keys() <= {"score", "kind", "metric", "optional"}
        assert result["kind"] in ("value", "change")
        assert result["metric"] is None or result["metric"]
        assert result.get("optional", True) is True


def test_no_text_of_anybody_stands_in_it() -> None:
    for row in ROWS:
        kinds = [result["kind"] for result in row["results"]]
        assert sorted([row["paper"], *kinds, *places_of(row)]) == sorted(strings_in(row))
        for place in places_of(row):
            match = PLACE.fullmatch(place)
            assert match
            assert 0 < int(match[2]) - int(match[1]) <= LONGEST


def test_places_lie_within_the_papers(shared: Path) -> None:
    answers = [json.loads(line) for line in (shared / "answers" / "seeds.jsonl").read_text("utf-8").splitlines()]
    papers = {paper_key(paper["title"], paper["abstract"]): paper for paper in answers}
    assert {row["paper"] for row in ROWS} == papers.keys()
    for row in ROWS:
        paper = papers[row["paper"]]
        for place in places_of(row):
            text = paper["title"] if place.startswith("t") else paper["abstract"]
            start, end = map(int, place.removeprefix("t").split("-"))
            assert end <= len(text)
            assert text[start:end] == text[start:end].strip()
        assert not [result for result in row["results"] if result["score"].startswith("t")]


def test_the_papers_are_read_with_what_is_accepted(shared: Path) -> None:
    papers = read_papers(shared / "answers" / "seeds.jsonl", HeldOut.of(()), FILE)
    assert len(papers) == len(ROWS)
    names = [name for paper in papers for field in FIELDS for name in paper.names[field]]
    assert any(name.optional for name in names)
    assert any(len(name.texts) > 1 for name in names)
    assert all(paper.abstract[o.start : o.end] == o.score for paper in papers for o in paper.results)
