"""What training reads: answers, and the texts accepted in their place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from absextract.extractors.builtin.names.ranking import FIELDS
from answered import HeldOut, Name, Outcome, Paper, paper_key, read_papers

TITLE = "Kite steering with Halyard"
ABSTRACT = "We steer kites with Halyard (HY). On SkyBench it reaches an accuracy rate of 61.5%, and 2x more lift."
NOTHING: dict[str, Any] = {field: {"required": [], "optional": []} for field in FIELDS} | {"results": []}


def place(text: str) -> str:
    start = ABSTRACT.index(text)
    return f"{start}-{start + len(text)}"


def answer(title: str = TITLE) -> dict[str, Any]:
    results = [{"score": "61.5%", "kind": "value", "metric": "accuracy", "evidence": "accuracy rate of 61.5%"}]
    extraction = {"tasks": ["steer kites"], "methods": ["HY"], "datasets": [], "metrics": [], "results": results}
    return {"title": title, "abstract": ABSTRACT, "extraction": extraction}


def accepted(**fields: Any) -> dict[str, Any]:
    return {"paper": paper_key(TITLE, ABSTRACT), **NOTHING, **fields}


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Reads the answer, with what is accepted in its place and with the titles held out."""

    def from_files(*widened: dict[str, Any], held_out: str = "") -> list[Paper]:
        files = {"answers": [answer()], "accepted": widened, "gold": [{"title": held_out}]}
        for name, rows in files.items():
            (tmp_path / name).write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        held_out_papers = HeldOut.of([tmp_path / "gold"])
        return read_papers(tmp_path / "answers", held_out_papers, tmp_path / "accepted" if widened else None)

    return from_files


def test_an_answer_gives_one_text_for_each_name(read: Any) -> None:
    (paper,) = read()
    assert paper.names == {
        "tasks": (Name(("steer kites",)),),
        "methods": (Name(("HY",)),),
        "datasets": (),
        "metrics": (),
    }
    assert paper.results == (Outcome(ABSTRACT.index("61.5%"), "61.5%", "value"),)


def test_accepted_texts_stand_in_place_of_those_of_the_answer(read: Any) -> None:
    tasks = {"required": [["t0-13", place("steer kites")]], "optional": [[place("lift")]]}
    methods = {"required": [], "optional": [[place("HY"), place("Halyard")]]}
    (paper,) = read(accepted(tasks=tasks, methods=methods))
    assert paper.names == {
        "tasks": (Name(("Kite steering", "steer kites")), Name(("lift",), optional=True)),
        "methods": (Name(("HY", "Halyard"), optional=True),),
        "datasets": (),
        "metrics": (),
    }
    assert paper.results == ()


def test_accepted_results_have_a_place_and_a_kind(read: Any) -> None:
    metric = [place("accuracy rate"), place("accuracy")]
    level = {"score": place("61.5%"), "kind": "value", "metric": metric}
    change = {"score": place("2x"), "kind": "change", "metric": None, "optional": True}
    (paper,) = read(accepted(results=[level, change]))
    first, second = paper.results
    assert first == Outcome(ABSTRACT.index("61.5%"), "61.5%", "value")
    assert second == Outcome(ABSTRACT.index("2x"), "2x", "change", optional=True)
    assert ABSTRACT[first.start : first.end] == "61.5%"


def test_papers_of_which_nothing_is_accepted_keep_their_answer(read: Any) -> None:
    (paper,) = read({**accepted(), "paper": paper_key("Another", ABSTRACT)})
    assert paper.names["methods"] == (Name(("HY",)),)


def test_accepted_papers_that_are_held_out_are_not_read(read: Any) -> None:
    assert read(accepted(), held_out="Kite Steering, with Halyard!") == []


def test_a_paper_is_known_by_title_and_abstract() -> None:
    keys = {paper_key(TITLE, ABSTRACT), paper_key(TITLE, ABSTRACT + " "), paper_key(TITLE + "\n", ABSTRACT)}
    assert len(keys) == 3
    assert paper_key(TITLE, ABSTRACT) == paper_key(TITLE, ABSTRACT)
    assert all(len(key) == 16 and set(key) <= set("0123456789abcdef") for key in keys)


def test_what_was_written_in_the_manner_of_a_held_out_paper_is_held_out_too(tmp_path: Path) -> None:
    (tmp_path / "gold").write_text(json.dumps({"title": TITLE, "abstract": ABSTRACT}), encoding="utf-8")
    held_out = HeldOut.of([tmp_path / "gold"])
    assert held_out.holds({"title": "Kite Steering with HALYARD"})
    assert held_out.holds({"title": "Of Gulls", "after": ["0" * 16, paper_key(TITLE, ABSTRACT)]})
    assert not held_out.holds({"title": "Of Gulls", "after": ["0" * 16]})
    assert not held_out.holds({"title": "Of Gulls"})
