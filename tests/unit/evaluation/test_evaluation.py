"""Runs against gold: what counts as found, missed and made up, and the figures made of it."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from absextract import Abstract, extract, read_abstracts
from absextract.errors import InputError
from absextract.evaluation.figures import MACRO, MICRO, difference, differences, figures
from absextract.evaluation.gold import read_gold, read_run
from absextract.evaluation.scoring import FIELDS, Evaluation, evaluate
from absextract.evaluation.shares import Counts
from absextract.text.urls import plain_url
from papers import ABSTRACT, TITLE, truth

GOLD: dict[str, Any] = {
    "tasks": [{"any_of": ["document retrieval", "retrieval over long documents"], "optional": False}],
    "methods": [{"any_of": ["Sandpiper"]}, {"any_of": ["memory of passages"], "optional": True}],
    "datasets": [{"any_of": ["SQuAD 2.0"]}],
    "metrics": [{"any_of": ["F1"]}],
    "results": [
        {"score": "91.3%", "kind": "value", "metric": ["F1"]},
        {"score": "88.9%", "kind": "value", "metric": ["F1"], "optional": True},
        {"score": "2.5x", "kind": "change", "metric": None},
    ],
    "links": [{"url": "https://github.com/made-up-lab/sandpiper", "kind": "code"}],
    "code_url": "https://github.com/made-up-lab/sandpiper",
}


def write(path: Path, *lines: dict[str, Any]) -> str:
    path.write_text(
        "".join(json.dumps({"title": TITLE, "abstract": ABSTRACT} | line) + "\n" for line in lines), "utf-8"
    )
    return str(path)


def against(tmp_path: Path, extraction: Any, gold: Any = None) -> Evaluation:
    wanted = read_gold(write(tmp_path / "gold.jsonl", {"gold": gold or GOLD}))
    return evaluate(wanted, read_run(write(tmp_path / "run.jsonl", {"extraction": extraction})))


def test_the_truth_is_right_in_every_field(tmp_path: Path) -> None:
    run = against(tmp_path, truth())
    assert {field: run.counts(field).f1 for field in FIELDS} == dict.fromkeys(FIELDS, 1.0)
    assert run.counts("results") == Counts(2, 0, 0), "the optional one costs nothing and brings nothing"


def test_another_wording_of_what_is_found_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    run = against(tmp_path, truth() | {"tasks": ["document retrieval", "retrieval over long documents", "nonsense"]})
    assert run.counts("tasks") == Counts(1, 1, 0)
    assert run.papers[0].lenient["tasks"].extra == ("nonsense",)


def test_one_wording_stands_for_one_item(tmp_path: Path) -> None:
    gold = GOLD | {"tasks": [{"any_of": ["retrieval"]}, {"any_of": ["retrieval", "search"]}]}
    assert against(tmp_path, truth() | {"tasks": ["retrieval"]}, gold).counts("tasks") == Counts(1, 0, 1)


@pytest.mark.parametrize(
    ("change", "scores", "results"),
    [
        ({"score": "91.4%"}, Counts(1, 1, 1), Counts(1, 1, 1)),
        ({"kind": "change"}, Counts(2, 0, 0), Counts(1, 1, 1)),
        ({"metric": "recall"}, Counts(2, 0, 0), Counts(1, 1, 1)),
        ({"metric": None}, Counts(2, 0, 0), Counts(1, 1, 1)),
    ],
)
def test_a_result_needs_number_kind_and_metric(
    tmp_path: Path, change: dict[str, Any], scores: Counts, results: Counts
) -> None:
    claimed = truth()
    claimed["results"][0] |= change
    run = against(tmp_path, claimed)
    assert (run.counts("scores"), run.counts("results")) == (scores, results)


def test_exact_matching_forgives_less(tmp_path: Path) -> None:
    claimed = truth() | {"tasks": ["retrieval over documents"]}
    claimed["links"][0]["kind"] = "other"
    claimed["results"][2] |= {"score": "2.5", "metric": "speed"}
    run = against(tmp_path, claimed)
    for field in ("tasks", "links", "scores", "results"):
        assert run.counts(field).f1 == 1.0, field
        assert run.counts(field, exact=True).f1 < 1.0, field


def test_papers_without_a_record_and_failed_ones_are_missed(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path / "gold.jsonl", {"gold": GOLD}, {"gold": GOLD, "title": "Other"}))
    lines = ({"extraction": None}, {"extraction": truth(), "title": "Third"})
    run = evaluate(gold, read_run(write(tmp_path / "run.jsonl", *lines)))
    assert run.absent == 1
    assert run.counts("methods") == Counts(0, 0, 2)


def test_plain_records_are_gold_too(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path / "gold.jsonl", {"extraction": truth()}, {"extraction": None, "title": "Failed"}))
    run = evaluate(gold, read_run(write(tmp_path / "run.jsonl", {"extraction": truth()})))
    assert {field: run.counts(field).f1 for field in FIELDS} == dict.fromkeys(FIELDS, 1.0)
    assert run.counts("results") == Counts(3, 0, 0)


def test_papers_without_a_title_are_joined_by_their_abstract(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path / "gold.jsonl", {"gold": GOLD, "title": ""}))
    run = read_run(write(tmp_path / "run.jsonl", {"extraction": truth(), "title": ""}))
    assert evaluate(gold, run).counts("methods") == Counts(1, 0, 0)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({}, ":1: holds neither gold nor an extraction"),
        ({"gold": {"tasks": [{"any_of": []}]}}, r":1: tasks.0.any_of: "),
        ({"gold": 5}, ":1: "),
        ({"extraction": None}, "holds no gold"),
    ],
)
def test_what_is_no_gold_says_where(tmp_path: Path, line: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_gold(write(tmp_path / "gold.jsonl", line))


def test_a_run_of_another_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no extraction with one of the fields tasks, methods"):
        read_run(write(tmp_path / "run.jsonl", {"extraction": {"doses": []}}))


@pytest.mark.parametrize("extraction", [{"tasks": [5, None]}, {"results": ["x", {"score": None}]}, {"links": [{}]}])
def test_malformed_values_are_made_up_ones(tmp_path: Path, extraction: dict[str, Any]) -> None:
    assert against(tmp_path, extraction).counts("methods") == Counts(0, 0, 1)


class TestFigures:
    def runs(self, tmp_path: Path) -> tuple[Evaluation, Evaluation]:
        gold = read_gold(write(tmp_path / "gold.jsonl", *({"gold": GOLD, "title": f"T{i}"} for i in range(40))))
        worse = [
            {"extraction": truth() | ({"methods": ["Nonsense"], "results": []} if i % 4 == 0 else {}), "title": f"T{i}"}
            for i in range(40)
        ]
        good = [line | {"extraction": truth()} for line in worse]
        files = write(tmp_path / "worse.jsonl", *worse), write(tmp_path / "good.jsonl", *good)
        first, second = (evaluate(gold, read_run(path)) for path in files)
        return first, second

    def test_micro_counts_items_and_macro_fields(self, tmp_path: Path) -> None:
        found = figures(self.runs(tmp_path)[0])
        f1s = [found[field]["f1"] for field in FIELDS]
        assert found[MACRO] == pytest.approx(sum(f1s) / 8)
        assert found[MICRO]["tp"] == sum(found[field]["tp"] for field in FIELDS)
        assert (found["papers"], found["absent"]) == (40, 0)
        assert found["methods"]["f1"] == found["methods"]["p"] == 0.75

    def test_intervals_hold_the_figure_and_are_the_same_each_time(self, tmp_path: Path) -> None:
        run = self.runs(tmp_path)[0]
        found = figures(run)
        assert found == figures(run)
        low, high = found["methods"]["f1_interval"]
        assert 0.55 < low < 0.75 < high < 0.95
        assert found["tasks"]["f1_interval"] == [1.0, 1.0]

    def test_a_gain_is_that_of_the_second_run_on_the_same_papers(self, tmp_path: Path) -> None:
        first, second = self.runs(tmp_path)
        gain = difference(first, second)
        assert gain["methods"]["f1"] == pytest.approx(0.25)
        low, high = gain["methods"]["interval"]
        assert 0 < low < 0.25 < high
        assert difference(first, first)[MICRO] == {"f1": 0.0, "interval": [0.0, 0.0]}

    def test_differences_tell_what_is_missed_and_made_up(self, tmp_path: Path) -> None:
        listed = differences(self.runs(tmp_path)[0])
        assert {each["title"] for each in listed} == {f"T{i}" for i in range(0, 40, 4)}
        methods = next(each for each in listed if each["field"] == "methods")
        assert (methods["missed"], methods["extra"]) == ([{"any_of": ["Sandpiper"], "optional": False}], ["Nonsense"])
        json.dumps(listed)


@pytest.mark.parametrize("run", ["answers", "spoilt", "builtin"])
def test_the_figures_are_those_of_the_shared_scorer(shared: Path, tmp_path: Path, run: str) -> None:
    gold, path = shared / "gold" / "dev.jsonl", shared / "answers" / "seeds.jsonl"
    if run == "spoilt":
        lines = path.read_bytes().splitlines()
        path = tmp_path / "spoilt.jsonl"
        path.write_text("".join(map(_spoil, enumerate(lines))), encoding="utf-8")
    elif run == "builtin":
        read = [Abstract(title=paper.title, abstract=paper.abstract) for paper in read_abstracts(gold)]
        path = tmp_path / "builtin.jsonl"
        path.write_text("".join(extract(paper, model="builtin").to_json() + "\n" for paper in read), encoding="utf-8")
    scorer = runpy.run_path(str(shared / "gold" / "score.py"))
    papers, answers = ([json.loads(line) for line in file.read_bytes().splitlines()] for file in (gold, path))
    for said in (*(paper["gold"] for paper in papers), *(answer["extraction"] for answer in answers)):
        _mend_urls(said)  # the scorer compares them as they stand
    expected, _ = scorer["evaluate"](papers, {scorer["norm"](a["title"]): a["extraction"] for a in answers})
    found = figures(evaluate(read_gold(str(gold)), read_run(str(path))))
    assert {field: {key: found[field][key] for key in expected[field]} for field in FIELDS} == {
        field: expected[field] for field in FIELDS
    }
    assert (found[MACRO], found["absent"]) == (pytest.approx(expected["macro_f1"]), expected["absent"])


def _mend_urls(said: dict[str, Any]) -> None:
    for link in said["links"]:
        link["url"] = plain_url(link["url"])
    said["code_url"] = said["code_url"] and plain_url(said["code_url"])


def _spoil(numbered: tuple[int, bytes]) -> str:
    """A line with something wrong in it, another thing in each."""
    number, line = numbered
    paper = json.loads(line)
    said = paper["extraction"]
    for field in ("tasks", "methods", "datasets", "metrics"):
        said[field] = [name.upper() if number % 2 else f"{name} of the kite" for name in said[field]][number % 3 :]
    for result in said["results"]:
        result["score"] = result["score"].replace("%", "" if number % 4 == 0 else " percent").replace("x", "")
        result["kind"] = "value" if number % 5 == 0 else result["kind"]
        result["metric"] = None if number % 6 == 0 else result["metric"]
    for link in said["links"]:
        link["kind"] = "other" if number % 3 else "demo"
        link["url"] = link["url"] + ("/" if number % 2 else "x")
    return json.dumps(paper) + "\n"
