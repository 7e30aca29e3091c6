"""What belongs to each number: verdicts by role, whole and false results, whose they are."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from absextract import Abstract, extract, read_abstracts
from absextract.errors import InputError
from absextract.evaluation.bindings import binding_figures
from absextract.evaluation.figures import MACRO, MICRO, difference, figures
from absextract.evaluation.gold import ROLES, read_gold, read_run
from absextract.evaluation.scoring import FIELDS, Evaluation, evaluate
from papers import ABSTRACT, TITLE, truth

WANTED: list[dict[str, Any]] = [
    {
        "score": "91.3%",
        "kind": "value",
        "metric": ["F1", "F1 score"],
        "dataset": ["SQuAD 2.0"],
        "method": ["Sandpiper"],
        "baseline": ["DPR"],
        "setting": None,
        "owner": "own",
    },
    {
        "score": "88.9%",
        "kind": "value",
        "metric": ["F1"],
        "dataset": ["SQuAD 2.0"],
        "method": ["DPR"],
        "baseline": None,
        "setting": None,
        "owner": "other",
        "optional": True,
    },
    {
        "score": "2.5x",
        "kind": "change",
        "metric": None,
        "dataset": ["long documents"],
        "dataset_named": False,
        "method": ["Sandpiper"],
        "baseline": None,
        "setting": ["on one core"],
        "owner": "own",
    },
]


def write(path: Path, *lines: dict[str, Any]) -> str:
    path.write_text(
        "".join(json.dumps({"title": TITLE, "abstract": ABSTRACT} | line) + "\n" for line in lines), "utf-8"
    )
    return str(path)


def run(tmp_path: Path, results: list[Any], wanted: list[dict[str, Any]] | None = None) -> Evaluation:
    gold = read_gold(write(tmp_path / "gold.jsonl", {"results": WANTED if wanted is None else wanted}))
    return evaluate(gold, read_run(write(tmp_path / "run.jsonl", {"extraction": {"results": results}})))


def measured(tmp_path: Path, results: list[Any], wanted: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = figures(run(tmp_path, results, wanted))["bindings"]
    return found


def complete() -> list[dict[str, Any]]:
    """All that is wanted, as a model would give it."""
    first, second, third = truth()["results"]
    return [
        first | {"setting": None, "own": True},
        second | {"setting": None, "own": False},
        third | {"setting": "on one core", "own": True},
    ]


def test_the_truth_is_whole_and_nothing_of_it_false(tmp_path: Path) -> None:
    found = measured(tmp_path, complete())
    assert {name: found[name] for name in ("given", "required", "found", "matched", "whole", "false")} == {
        "given": 3,
        "required": 2,
        "found": 2,
        "matched": 3,
        "whole": 3,
        "false": 0,
    }
    assert (found["whole_f1"], found["false_share"]) == (1.0, 0.0)
    assert {role: found["roles"][role]["f1"] for role in ROLES} == dict.fromkeys(ROLES, 1.0)
    assert {name: found["own"][name] for name in ("right", "wrong", "null", "f1")} == {
        "right": 3,
        "wrong": 0,
        "null": 0,
        "f1": 1.0,
    }


@pytest.mark.parametrize(
    ("index", "role", "name", "verdict", "whole", "false"),
    [
        (0, "metric", "the F1 Score", "right", 3, 0),
        (0, "metric", "recall", "wrong", 2, 1),
        (0, "metric", None, "missing", 2, 0),
        (0, "metric", "", "missing", 2, 0),
        (2, "metric", "speed", "invented", 2, 1),
        (2, "metric", None, "null", 3, 0),
        (0, "dataset", "TriviaQA", "wrong", 2, 1),
        (0, "dataset", None, "missing", 2, 0),
        (2, "dataset", None, "null", 3, 0),
        (2, "dataset", "long documents", "right", 3, 0),
        (2, "dataset", "SQuAD 2.0", "wrong", 2, 1),
        (1, "method", "Sandpiper", "wrong", 2, 1),
        (0, "baseline", None, "missing", 3, 0),
        (0, "baseline", "Sandpiper", "wrong", 3, 1),
        (1, "baseline", "Sandpiper", "invented", 3, 1),
        (0, "setting", "zero-shot", "invented", 3, 0),
        (2, "setting", "zero-shot", "wrong", 3, 0),
        (2, "setting", 5, "missing", 3, 0),
    ],
)
def test_one_changed_role(
    tmp_path: Path, index: int, role: str, name: Any, verdict: str, whole: int, false: int
) -> None:
    alone = measured(tmp_path, [complete()[index] | {role: name}])
    assert alone["roles"][role][verdict] == 1
    results = complete()
    results[index][role] = name
    found = measured(tmp_path, results)
    assert (found["whole"], found["false"]) == (whole, false)


def test_a_wrong_name_is_one_too_much_and_one_that_lacks(tmp_path: Path) -> None:
    first, second, third = complete()
    found = measured(tmp_path, [first | {"metric": "recall"}, second | {"metric": None}, third | {"metric": "speed"}])
    metric = found["roles"]["metric"]
    assert [metric[verdict] for verdict in ("right", "wrong", "missing", "invented", "null")] == [0, 1, 1, 1, 0]
    found = measured(tmp_path, [first, second | {"metric": "recall"}, third | {"metric": "speed"}])
    metric = found["roles"]["metric"]
    assert (metric["p"], metric["r"], metric["f1"]) == (pytest.approx(1 / 3), 0.5, pytest.approx(0.4))


def test_another_kind_makes_a_result_false(tmp_path: Path) -> None:
    found = measured(tmp_path, [complete()[0] | {"kind": "change"}])
    assert (found["matched"], found["whole"], found["false"]) == (1, 0, 1)


def test_a_score_that_is_not_in_the_gold_is_false_and_belongs_to_nothing(tmp_path: Path) -> None:
    found = measured(tmp_path, [*complete(), complete()[0] | {"score": "91.4%"}, complete()[0], {"score": None}])
    assert (found["given"], found["matched"], found["false"]) == (6, 3, 3), "each gold result is taken once"
    assert found["roles"]["metric"]["right"] == 2
    assert found["whole_f1"] == pytest.approx(2 * 0.5 * 1 / 1.5)


def test_of_equal_scores_the_one_that_agrees_is_taken(tmp_path: Path) -> None:
    twice = [WANTED[0], WANTED[0] | {"metric": ["exact match"], "dataset": ["TriviaQA"]}]
    results = [complete()[0] | {"metric": "exact match", "dataset": "TriviaQA"}, complete()[0]]
    found = measured(tmp_path, results, twice)
    assert (found["whole"], found["false"]) == (2, 0)


@pytest.mark.parametrize(("own", "verdict", "f1"), [(True, "right", 1.0), (False, "wrong", 0.0), (None, "null", 0.0)])
def test_whose_a_result_is(tmp_path: Path, own: bool | None, verdict: str, f1: float) -> None:
    found = measured(tmp_path, [complete()[0] | {"own": own}])
    assert (found["own"][verdict], found["own"]["f1"]) == (1, f1)
    assert (found["whole"], found["false"]) == (1, 0)


def test_records_without_setting_and_own_say_neither(tmp_path: Path) -> None:
    found = measured(tmp_path, truth()["results"])
    assert (found["roles"]["setting"]["missing"], found["roles"]["setting"]["null"]) == (1, 2)
    assert found["own"]["null"] == 3


def test_what_the_gold_does_not_have_is_not_judged(tmp_path: Path) -> None:
    found = measured(tmp_path, complete(), [{"score": "91.3%", "kind": "value", "metric": ["F1"]}])
    assert (found["matched"], found["whole"]) == (1, 1)
    assert found["roles"]["metric"]["f1"] == 1.0
    for untold in (found["roles"]["dataset"], found["roles"]["setting"], found["own"]):
        assert (untold["right"], untold["f1"], untold["f1_interval"]) == (0, None, None)


def test_papers_without_a_record_lack_their_results(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path / "gold.jsonl", {"results": WANTED}, {"results": WANTED, "title": "Other"}))
    lines = ({"extraction": {"results": complete()}}, {"title": "Other", "extraction": None})
    found = figures(evaluate(gold, read_run(write(tmp_path / "run.jsonl", *lines))))["bindings"]
    assert (found["given"], found["required"], found["found"]) == (3, 4, 2)
    low, high = found["whole_f1_interval"]
    assert low == 0.0
    assert high == 1.0
    assert low < found["whole_f1"] < high


def test_gold_with_results_alone_measures_nothing_else(tmp_path: Path) -> None:
    evaluation = run(tmp_path, complete())
    found = figures(evaluation)
    assert evaluation.fields == ("scores", "results")
    assert [field for field in FIELDS if found[field] is None] == [
        field for field in FIELDS if field not in ("scores", "results")
    ]
    assert (found[MACRO], found[MICRO]["tp"], found["exact"]["tasks"]) == (1.0, 4, None)
    assert difference(evaluation, evaluation)["results"] == {"f1": 0.0, "interval": [0.0, 0.0]}


def test_lines_with_gold_and_with_results_alone_go_together(tmp_path: Path) -> None:
    whole = {"tasks": [{"any_of": ["retrieval"]}], "results": WANTED}
    gold = read_gold(write(tmp_path / "gold.jsonl", {"gold": whole}, {"results": WANTED, "title": "Other"}))
    extraction = {"tasks": ["retrieval"], "results": complete()}
    lines = ({"extraction": extraction}, {"extraction": extraction, "title": "Other"})
    evaluation = evaluate(gold, read_run(write(tmp_path / "run.jsonl", *lines)))
    assert evaluation.fields == FIELDS
    found = figures(evaluation)
    assert (found["tasks"]["tp"], found["tasks"]["fp"]) == (1, 0), "the second paper's tasks are not judged"
    assert found["results"]["tp"] == 4


def test_records_as_gold_tell_what_they_have(tmp_path: Path) -> None:
    record = {"extraction": truth() | {"results": complete()}}
    gold = read_gold(write(tmp_path / "gold.jsonl", record))
    found = figures(evaluate(gold, read_run(write(tmp_path / "run.jsonl", record))))["bindings"]
    assert (found["whole"], found["false"], found["own"]["right"]) == (3, 0, 3)
    without = [{name: part for name, part in each.items() if name != "setting"} for each in truth()["results"]]
    old = read_gold(write(tmp_path / "old.jsonl", {"extraction": truth() | {"results": without}}))
    found = figures(evaluate(old, read_run(write(tmp_path / "run.jsonl", record))))["bindings"]
    assert (found["roles"]["method"]["right"], found["roles"]["setting"]["f1"], found["own"]["f1"]) == (3, None, None)


@pytest.mark.parametrize("results", [5, [{"score": "1%"}], [{"score": "1%", "kind": "value", "dataset": "MNIST"}]])
def test_results_that_are_no_gold_say_where(tmp_path: Path, results: Any) -> None:
    with pytest.raises(InputError, match=":1: results"):
        read_gold(write(tmp_path / "gold.jsonl", {"results": results}))


def test_a_second_run_gains_what_it_binds_better(tmp_path: Path) -> None:
    good, bad = run(tmp_path, complete()), run(tmp_path, [each | {"metric": "recall"} for each in complete()])
    gain = difference(bad, good)["bindings"]
    assert gain["metric"] == {"gain": 1.0, "interval": [1.0, 1.0]}
    assert (gain["whole"]["gain"], gain["false"]["gain"], gain["method"]["gain"]) == (1.0, -1.0, 0.0)


@pytest.mark.parametrize("gold", ["bindings/train.jsonl", "gold/dev.jsonl"])
@pytest.mark.parametrize("spoil", [False, True])
def test_the_counts_are_those_of_the_shared_scorer(shared: Path, tmp_path: Path, gold: str, spoil: bool) -> None:
    lines = []
    for number, paper in enumerate(read_abstracts(shared / gold)):
        record = json.loads(extract(Abstract(title=paper.title, abstract=paper.abstract), model="builtin").to_json())
        if spoil:
            _spoil(number, record["extraction"]["results"])
        lines.append(record)
    path = tmp_path / "run.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    scorer = runpy.run_path(str(shared / "bindings" / "score_bindings.py"))
    papers = [json.loads(line) for line in (shared / gold).read_bytes().splitlines()]
    expected, _ = scorer["evaluate"](papers, lines)
    evaluation = evaluate(read_gold(str(shared / gold)), read_run(str(path)))
    found = binding_figures(paper.bindings for paper in evaluation.papers)
    counts = expected["counts"]
    assert {name: found[name] for name in counts if name in found} == {
        name: pytest.approx(counts[name]) for name in counts if not name.startswith("own_")
    }
    assert {f"own_{name}": found["own"][name] for name in ("right", "wrong", "null")} == {
        name: count for name, count in counts.items() if name.startswith("own_")
    }
    for role, verdicts in expected["roles"].items():
        assert {name: found["roles"][role][name] for name in verdicts} == verdicts, role


def _spoil(number: int, results: list[dict[str, Any]]) -> None:
    """Trades and takes away parts, another one in each paper."""
    names = [[result[role] for result in results] for role in ("metric", "dataset", "method", "baseline")]
    for index, result in enumerate(results):
        result["metric"] = names[(number + index) % 4][index - 1]
        result["dataset"] = names[1][index - 1] if number % 3 else names[2][index]
        result["setting"] = (None, "zero-shot", result["evidence"])[index % 3]
        result["own"] = (True, False, None)[(number + index) % 3]
        result["kind"] = "value" if number % 5 == 0 else result["kind"]
        result["score"] = result["score"].replace("%", "") if number % 7 == 0 else result["score"]
    results.extend(results[: number % 3])
