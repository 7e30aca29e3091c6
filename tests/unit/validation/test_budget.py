"""Answers that are far too large: checking them takes no time and no memory, and says what was left out."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, create_model

from absextract import Mention, PaperExtraction, validate
from absextract.validation.source_text import SourceText, comparison_form, normalize
from bounded import run_bounded
from work import calls_of

TEXT = "Foo reaches 91.3% accuracy on MNIST and 76.2 F1 on SQuAD 2.0; it is 2x faster. Code: https://github.com/a/b."

ATTACKS = """
from absextract import validate
text = %r
def result(**parts):
    return {"score": "91.3%%", "kind": "value", "metric": "accuracy", "dataset": "MNIST", "method": "Foo",
            "evidence": "Foo reaches 91.3%% accuracy on MNIST", **parts}
many, long = range(100_000), 5_000_000
def answers():
    yield {"results": [result() for _ in many]}
    yield {"results": [result(score="99.9%%") for _ in many]}
    yield {"results": [result(score=f"{i}.5%%", metric=f"metric {i}", dataset=f"Set-{i}", method=f"M{i}",
                              evidence=f"it reaches {i}.5%% metric {i}") for i in many]}
    yield {"results": [{"nothing": i} for i in many]}
    yield {"results": [result() if i %% 2 else 3 for i in many]}
    yield {"tasks": [f"task {i}" for i in many], "links": [{"url": f"https://a.org/{i}", "kind": "code"} for i in many]}
    yield {"tasks": ["image" + " " * long + "classification", " " * long], "code_url": "https://a.org/" + "a/" * long}
    for part in ("score", "metric", "evidence", "kind"):
        for unit in ("a", "9 ", "one ", "1.3%% ", " ", "accuracy ", "\\\\text{", "1/"):
            yield {"results": [result(**{part: (unit * long)[:long]})]}
for answer in answers():
    record = validate(answer, text)
    assert len(record.written()[1]) < 2_000_000
print("done")
"""


def test_answers_of_a_hundred_thousand_parts_and_of_megabytes_are_checked_at_once() -> None:
    done = run_bounded(ATTACKS % TEXT)
    assert done.stdout == "done\n", done.stderr[-2000:]


LONG = """
from random import Random
from absextract import Abstract, validate
words = "accuracy precision F1 dataset model method our transformer with over of the and reaches error".split()
draw = Random(1)
def claimed(text, **false):
    def piece(size):
        start = draw.randrange(len(text) - size)
        return text[start : start + size]
    results = [{"score": piece(6), "kind": "value", "metric": piece(20), "dataset": piece(20), "method": piece(20),
                "baseline": piece(20), "evidence": piece(300), **false} for _ in range(500)]
    names = [[result[part] for result in results] for part in ("metric", "dataset", "method", "baseline")]
    return {"metrics": names[0], "datasets": names[1], "methods": names[2], "tasks": names[3], "results": results,
            "code_url": "https://a.example/c"}
def texts():
    numbers = " ".join(map(str, range(20_000)))
    yield numbers, claimed(numbers, score="91.3%", evidence=numbers[:5000])  # each is held against all pairs of numbers
    yield "F1 of 91.3% " * 9_000, claimed("F1 of 91.3% " * 9_000, score="91.3%")
    prose = " ".join(draw.choices(words, k=16_000))
    yield prose, claimed(prose)
    links = "https://a.example/c " * 5_000
    yield links, claimed(links)
    units = " ".join(f"{i} ms {i} GB {i}x" for i in range(6_000))
    yield units, claimed(units)
for text, answer in texts():
    validate(answer, Abstract(id="x", title="Of F1", abstract=text))
print("done")
"""


def test_no_answer_to_a_text_as_long_as_is_read_takes_more_than_about_a_second() -> None:
    done = run_bounded(LONG)  # five of them
    assert done.stdout == "done\n", done.stderr[-2000:]


def codes_of(record: Any) -> list[str]:
    return [finding.code for finding in record.findings]


def test_a_list_keeps_its_first_items_and_one_finding_tells_of_the_rest() -> None:
    record: Any = validate({"tasks": ["Foo"] * 100_000}, TEXT)
    assert record.extraction.tasks == ["Foo"] * 500
    [told] = [finding for finding in record.findings if finding.code == "too_many_items"]
    assert (told.path, told.severity, told.value, told.action) == ("/tasks", "warning", 100_000, "dropped")
    assert told.message == "of 100000 items the first 500 are kept"


def test_five_hundred_items_are_not_too_many() -> None:
    record: Any = validate({"tasks": ["Foo"] * 500}, TEXT)
    assert len(record.extraction.tasks) == 500
    assert "too_many_items" not in codes_of(record)


def test_an_instance_has_the_same_bound() -> None:
    record: Any = validate(PaperExtraction(tasks=["Foo"] * 501), TEXT)
    assert len(record.extraction.tasks) == 500
    assert codes_of(record).count("too_many_items") == 1


class Own(BaseModel):
    names: dict[str, list[Annotated[str, Mention()]]] = {}
    deep: list[list[list[Annotated[str, Mention()]]]] = []
    free: list[int] = []


def test_lists_in_lists_and_mappings_are_bounded_together() -> None:
    nested = [[["Foo"] * 30] * 30] * 30
    record: Any = validate({"names": {str(i): ["Foo"] for i in range(600)}, "deep": nested}, TEXT, schema=Own)
    kept = sum(len(items) for group in record.extraction.deep for items in group)
    assert kept < 5_000
    assert len(record.extraction.names) == 500
    assert "too_many_items" in codes_of(record)


def test_the_findings_are_bounded() -> None:
    record: Any = validate({"results": [{"score": f"{i}.77%", "kind": "value", "metric": f"m{i}", "evidence": f"e{i}"}
                                   for i in range(500)]}, TEXT)  # fmt: skip
    assert codes_of(record).count("too_many_findings") == 1
    assert len(record.findings) < 1_200


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"tasks": ["Foo" + " " * 9_000]}, "mention_not_in_source"),
        ({"code_url": "https://github.com/a/b" + "/" * 9_000}, "url_not_in_source"),
        ({"results": [{"score": "9" * 9_000, "kind": "value", "evidence": TEXT}]}, "number_not_in_source"),
        ({"results": [{"score": "2x", "kind": "change", "evidence": TEXT * 9}]}, "evidence_not_in_source"),
    ],
)
def test_what_is_longer_than_the_text_is_not_in_it(answer: dict[str, Any], code: str) -> None:
    assert code in codes_of(validate(answer, TEXT))


@given(st.text(alphabet=st.sampled_from("aZ9² \t-–_~{}$\\%&#'´“ﬁéÉİßＦ①፩x2013\u0301\u2060") | st.characters()))
def test_the_comparison_form_is_that_of_a_normalized_text(text: str) -> None:
    assert comparison_form(text) == normalize(text).text


def test_all_values_together_are_compared_with_so_much_text_alone() -> None:
    source = SourceText("", "a" * 10_000)
    found = sum(1 for size in range(1, 2_000) for _ in source.exact("a" * size))
    assert found == 0
    assert not source.spend(0)  # two million places would have been looked at
    record: Any = validate({"tasks": ["a" * size for size in range(1, 400)] + ["b"]}, "a" * 9_000 + " b")
    assert "mention_not_in_source" in codes_of(record)


PROSE = "".join(
    f"On the Lakeside-{i} benchmark, Heron reaches {10 + i}.{i:02d}% top-one accuracy, {i % 7}.5% above Kestrel. "
    for i in range(85)
)
LISTED = "Heron reaches accuracies of " + ", ".join(f"{10 + i % 80}.{i:03d}" for i in range(500)) + " on Lakeside"


def sentence(i: int) -> dict[str, str]:
    """The result of a sentence of PROSE, with what surrounds it as evidence."""
    evidence = PROSE.split(". ")[i].replace("benchmark", "bench-mark")
    names = {"metric": "top one accuracies", "dataset": f"lakeside {i}", "method": "heron", "baseline": "kestrel"}
    return {"score": f"{10 + i}.{i:02d}%", "kind": "value", "evidence": evidence, **names}


@pytest.mark.parametrize(
    ("text", "results"),
    [
        (PROSE, [sentence(i % 85) for i in range(500)]),
        (PROSE, [sentence(i % 85) | {"evidence": PROSE.strip()} for i in range(500)]),
        (
            LISTED,
            [
                {"score": score, "kind": "value", "metric": "Accuracies", "dataset": "lakeside", "evidence": LISTED}
                for score in LISTED.removeprefix("Heron reaches accuracies of ")
                .removesuffix(" on Lakeside")
                .split(", ")
            ],
        ),
    ],
    ids=["sentences", "all of it as evidence", "one sentence"],
)
def test_five_hundred_honest_results_on_a_long_text_are_all_kept(text: str, results: list[dict[str, str]]) -> None:
    record: Any = validate({"results": results}, "T\n\n" + text)
    assert len(record.extraction.results) == 500
    assert all(result.dataset and result.metric for result in record.extraction.results)
    assert "not_compared" not in codes_of(record)


def test_what_was_not_looked_for_is_told() -> None:
    names = [f"foo{'-' * i}reaches" for i in range(1, 500)]
    text = "Foo reaches it. " * 5_000
    record: Any = validate({"tasks": names, "methods": names, "datasets": ["Foo"]}, text)
    told = [finding for finding in record.findings if finding.code == "not_compared"]
    lost = 2 * len(names) + 1 - len(record.extraction.tasks + record.extraction.methods + record.extraction.datasets)
    assert lost > 100
    assert len(told) == lost + 1
    assert {finding.severity for finding in told} == {"warning"}  # to ask again would not help
    assert (told[0].path, told[0].action) == ("", "kept")
    assert all((finding.action, finding.path != "") == ("dropped", True) for finding in told[1:])
    assert "mention_not_in_source" not in codes_of(record)


@pytest.mark.parametrize("unit", ["1/", "one ", "1- ", "9 ", "a 2x ", "10 mg/dL ", "1.3% and ", "\u200b", "2024 "])
@pytest.mark.parametrize("many", [1, 500])
def test_scores_that_stand_everywhere_are_looked_for_in_bounded_time(unit: str, many: int) -> None:
    text = unit * (10_000 // len(unit))
    scores = [(unit * 1000)[i % 7 : i % 7 + 2 + i // 4] for i in range(many)]
    answer = {"results": [{"score": scores[i % many], "kind": "value", "evidence": unit * 9} for i in range(500)]}
    validate({"results": [{"score": "5 mg", "kind": "value", "evidence": "5 mg"}]}, "T\n\nIt took 5 mg.")
    assert calls_of(lambda: validate(answer, "T\n\n" + text)) < 10_000_000


_FIELDS: Any = {f"f{i}": (Annotated[str | None, Mention()], None) for i in range(300)}
Wide: Any = create_model("Wide", **_FIELDS)
Rows: Any = create_model("Rows", rows=(list[Wide], []), by_name=(dict[str, Wide], {}))


@pytest.mark.parametrize("instance", [False, True])
def test_objects_of_many_marked_fields_are_bounded_by_their_values(instance: bool) -> None:
    wide = {f"f{i}": f"Foo {i}" for i in range(300)}
    answer = {"rows": [wide | {"f0": "Foo", "f1": "MNIST"}] * 400, "by_name": {str(i): wide for i in range(400)}}
    given, made = Rows.model_validate(answer) if instance else answer, list[Any]()
    assert calls_of(lambda: made.append(validate(given, TEXT, schema=Rows))) < 6_000_000  # 240,000 values
    (record,) = made
    assert len(record.extraction.rows) < 30
    told = [finding.value for finding in record.findings if finding.code == "too_many_items"]
    assert 400 in told
    assert len(record.findings) < 1_200


def test_junk_beside_it_loses_no_item() -> None:
    record: Any = validate({f"k{i}": i for i in range(100_000)} | {"tasks": ["Foo"] * 400}, TEXT)
    assert len(record.extraction.tasks) == 400
