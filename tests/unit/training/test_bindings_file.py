"""What belongs to the results of others' texts: keys and places alone; and our own passages, texts and all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from absextract.attribution.stage import ROLES

TRAINING = Path(__file__).parents[3] / "training"
PLACE = re.compile(r"t?(0|[1-9]\d{0,4})-([1-9]\d{0,4})")
LONGEST = 300


def rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TRAINING / name).read_text(encoding="utf-8").splitlines()]


BINDINGS = rows_of("bindings.jsonl")
PASSAGES = [*rows_of("outcomes.jsonl"), *rows_of("abstracts.jsonl")]


def places_of(result: dict[str, Any]) -> Iterator[str]:
    yield result["score"]
    for role in ROLES:
        yield from result.get(role, ())


def test_each_line_has_a_key_of_its_own_and_results() -> None:
    assert all(list(row) in (["paper", "results"], ["paper", "arxiv", "results"]) for row in BINDINGS)
    assert all(re.fullmatch(r"\d{4}\.\d{4,5}", row["arxiv"]) for row in BINDINGS if "arxiv" in row)
    assert all(re.fullmatch(r"[0-9a-f]{16}", row["paper"]) for row in BINDINGS)
    assert len({row["paper"] for row in BINDINGS}) == len(BINDINGS) > 0


def test_no_text_of_anybody_stands_in_it() -> None:
    results = [result for row in BINDINGS for result in row["results"]]
    assert results
    for result in results:
        assert {"score", "kind"} <= result.keys() <= {"score", "kind", *ROLES, "described", "rival", "optional"}
        assert result["kind"] in ("value", "change")
        assert all(result[role] for role in ROLES if role in result)
        assert all(result.get(flag, True) is True for flag in ("described", "rival", "optional"))
        for place in places_of(result):
            match = PLACE.fullmatch(place)
            assert match
            assert 0 < int(match[2]) - int(match[1]) <= LONGEST


def test_each_score_of_a_text_stands_elsewhere() -> None:
    for row in BINDINGS:
        scores = [result["score"] for result in row["results"]]
        assert len(set(scores)) == len(scores)
        assert not [score for score in scores if score.startswith("t")]


def test_our_passages_have_what_their_results_say_where_they_say_it() -> None:
    assert PASSAGES
    for row in PASSAGES:
        assert row.keys() <= {"title", "text", "results", "after"}
        for result in row["results"]:
            assert row["text"].startswith(result["score"], result["start"])
            assert result["kind"] in ("value", "change")
            assert result["owner"] in ("own", "other")
            for role in ROLES:
                assert result[role] is None or result[role]
                for text in result[role] or ():
                    assert text in row["text"] or text in row["title"]


def test_texts_are_read_with_what_belongs_to_their_results(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="needs the extra 'train'")
    from answered import paper_key
    from bound_texts import read_bound_texts

    title, abstract = "Otter: Rivers", "We present Otter. It reaches an F1 of 81.2% on RiverQA, Heron 76.0%."

    def place(text: str) -> str:
        return f"{abstract.index(text)}-{abstract.index(text) + len(text)}"

    bound = {"score": place("81.2%"), "kind": "value", "metric": [place("F1")], "method": ["t0-5", place("Otter")]}
    rival = {"score": place("76.0%"), "kind": "value", "method": [place("Heron")], "rival": True, "described": True}
    (tmp_path / "bindings").write_text(json.dumps({"paper": paper_key(title, abstract), "results": [rival, bound]}))
    (tmp_path / "texts").write_text(json.dumps({"title": title, "abstract": abstract}))
    (tmp_path / "gold").write_text(json.dumps({"title": "otter rivers"}))
    (text,) = read_bound_texts([tmp_path / "texts"], tmp_path / "bindings")
    own, other = text.results
    assert [text.scene.text[r.outcome.start : r.outcome.end] for r in text.results] == ["81.2%", "76.0%"]
    assert own.names == {"metric": ("F1",), "dataset": (), "method": ("Otter", "Otter"), "baseline": (), "setting": ()}
    assert (own.rival, own.described, other.rival, other.names["method"]) == (False, False, True, ("Heron",))
    assert read_bound_texts([tmp_path / "texts"], tmp_path / "bindings", [tmp_path / "gold"]) == []
