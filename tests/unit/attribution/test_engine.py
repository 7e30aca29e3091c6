"""What belongs to each number, as the learned model of this package says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given as for_any

from absextract import Abstract, PaperExtraction, extract
from absextract.attribution.engine import MOST_RANKED, attribute
from absextract.attribution.scene import Scene
from absextract.attribution.stage import ROLES
from staged import outcomes_of
from strategies import TEXTS

TITLE = "Otter: Reading Quiet Rivers"


def told(abstract: str, title: str = TITLE, least: float | None = None) -> dict[str, dict[str, str]]:
    """By score, the parts that the offline model gives by default, or from a confidence."""
    extraction: Any = extract(
        Abstract(title=title, abstract=abstract), model="builtin", min_confidence=least
    ).extraction
    assert isinstance(extraction, PaperExtraction)
    return {
        result.score: {role: text for role in ROLES if (text := getattr(result, role)) is not None}
        for result in extraction.results
        if result.score
    }


def likeliest(role: str, abstract: str) -> dict[str, str | None]:
    """By score, what is the likeliest for a role."""
    return {score: parts.get(role) for score, parts in told(abstract, least=0).items()}


def given(role: str, abstract: str) -> dict[str, str | None]:
    """The same, where it is sure enough."""
    return {score: parts.get(role) for score, parts in told(abstract).items()}


@pytest.mark.parametrize(
    ("abstract", "datasets"),
    [
        (
            "We present Otter, a reader. All flights use the RiverScenes dataset. Otter reaches an mIoU of 71.2%."
            " Without the flow head it drops to 68.4%.",
            {"71.2%": "RiverScenes", "68.4%": "RiverScenes"},
        ),
        (
            "We present Otter and test it on RiverScenes. It is simple and fast. Otter attains 81.2% accuracy.",
            {"81.2%": "RiverScenes"},
        ),
    ],
)
def test_the_only_dataset_of_a_paper_is_that_of_its_scores(abstract: str, datasets: dict[str, str]) -> None:
    assert likeliest("dataset", abstract) == datasets


@pytest.mark.parametrize(
    "abstract",
    [
        "We evaluate readers by word error rate. Our decoder uses a small memory. It reaches 4.7% on GustSpeech.",
        "We report the word error rate. Otter has a small memory. On GustSpeech, it attains 4.7%.",
        "The word error rate is what counts here. Otter is a small reader. Otter reaches 4.7% on GustSpeech.",
    ],
)
def test_a_metric_may_stand_two_sentences_before(abstract: str) -> None:
    assert likeliest("metric", abstract) == {"4.7%": "word error rate"}


@pytest.mark.parametrize(
    "abstract",
    [
        "We introduce Otter. We achieve 81.3% accuracy on RiverScenes.",
        "We propose Otter, a reader of rivers. On RiverScenes we obtain an accuracy of 81.3%.",
        "We present Otter, a parser. Our model achieves 81.3% F1 on RiverBank.",
    ],
)
def test_what_we_achieve_the_papers_method_does(abstract: str) -> None:
    assert likeliest("method", abstract) == {"81.3%": "Otter"}


@pytest.mark.parametrize(
    ("abstract", "datasets"),
    [
        (
            "We present Otter. It is accurate on three sets: MNIST (92.45%), CIFAR-10 (92.7%) and SVHN (88.1%).",
            {"92.45%": "MNIST", "92.7%": "CIFAR-10", "88.1%": "SVHN"},
        ),
        (
            "We present Otter. The accuracy is high on RiverQA (92.45%), LakeQA (92.7%).",
            {"92.45%": "RiverQA", "92.7%": "LakeQA"},
        ),
        (
            "We present Otter. Otter obtains an F1 of 93.7 and 28.4 on RiverQA and LakeQA, respectively.",
            {"93.7": "RiverQA", "28.4": "LakeQA"},
        ),
        (
            "We present Otter. It has an accuracy of 93.7% on RiverQA, 28.4% on LakeQA and 51.0% on PondQA.",
            {"93.7%": "RiverQA", "28.4%": "LakeQA", "51.0%": "PondQA"},
        ),
        (
            "We present Otter. On RiverQA, LakeQA and PondQA, its accuracy is 93.7%, 28.4% and 51.0%.",
            {"93.7%": "RiverQA", "28.4%": "LakeQA", "51.0%": "PondQA"},
        ),
    ],
)
def test_names_go_with_numbers_in_order(abstract: str, datasets: dict[str, str]) -> None:
    assert likeliest("dataset", abstract) == datasets


def test_metrics_go_with_numbers_in_order() -> None:
    abstract = "We present Otter. Otter has a precision of 0.91, a recall of 0.84 and an F1 of 0.87 on RiverQA."
    assert likeliest("metric", abstract) == {"0.91": "precision", "0.84": "recall", "0.87": "F1"}


RIVAL = "We present Otter. Otter attains 81.2% accuracy on RiverScenes, well above the strongest rival (Heron: 76.6%)."


def test_the_number_of_a_rival_in_brackets_is_not_that_of_the_papers_method() -> None:
    found = told(RIVAL)
    assert (found["81.2%"]["method"], found["81.2%"]["metric"]) == ("Otter", "accuracy")
    assert found["76.6%"].get("method") != "Otter"
    assert (found["76.6%"]["metric"], found["76.6%"]["dataset"]) == ("accuracy", "RiverScenes")


def test_the_number_of_a_rival_in_brackets_is_the_rivals() -> None:
    record = extract(Abstract(title=TITLE, abstract=RIVAL), model="builtin", min_confidence=0.3)
    assert record.extraction is not None
    assert [result.method for result in record.extraction.results] == ["Otter", "Heron"]


def test_a_rivals_result_is_told_as_such() -> None:
    record = extract(Abstract(title=TITLE, abstract=RIVAL), model="builtin")
    assert record.extraction is not None
    assert [result.own for result in record.extraction.results] == [True, False]


def test_what_is_gained_is_gained_over_the_one_it_is_compared_with() -> None:
    found = told("We present Otter. Otter is 3.2x faster than Heron on RiverScenes.", least=0.5)
    assert found["3.2x"]["baseline"] == "Heron"
    assert found["3.2x"]["method"] == "Otter"


@pytest.mark.parametrize(
    ("abstract", "speed"),
    [
        ("We present Otter. Otter attains 81.2% accuracy on RiverScenes. It runs at 45 FPS.", "45 FPS"),
        (
            "We present Otter. It reaches an accuracy of 81.2% on RiverScenes and runs 3.2x faster than Heron.",
            "3.2x",
        ),
        ("We present Otter. Otter has an F1 of 81.2% on RiverQA and is 2.1 times as fast as Heron.", "2.1 times"),
    ],
)
def test_a_speed_is_not_measured_in_a_metric_of_quality(abstract: str, speed: str) -> None:
    found = given("metric", abstract)
    assert speed in found
    assert found.pop(speed) not in ("accuracy", "F1")
    assert len(found) == 1
    assert None not in found.values()


def test_where_a_text_names_nothing_nothing_is_given() -> None:
    assert told("We study kites. It is 12.5% better than before.", title="") == {"12.5%": {}}


def test_a_condition_is_told() -> None:
    assert likeliest(
        "setting", "We present Otter. In the zero-shot setting Otter reaches 61.0% accuracy on RiverQA."
    ) == {"61.0%": "zero-shot"}


def test_no_outcomes_have_nothing() -> None:
    assert attribute(Scene(TITLE, "We present Otter."), [], {}) == []


@for_any(title=TEXTS, abstract=TEXTS)
def test_any_text_is_read_and_what_belongs_to_its_numbers_stands_in_it(title: str, abstract: str) -> None:
    scene = Scene(title, abstract)
    outcomes = outcomes_of(scene)
    found = attribute(scene, outcomes, {"metrics": ["accuracy"], "methods": ["GPT-4"], "datasets": ["SQuAD 2.0"]})
    assert [each.outcome for each in found] == outcomes
    for each in found:
        assert set(each.ranked) == set(ROLES)
        for ranked in each.ranked.values():
            assert len(ranked) <= MOST_RANKED
            assert [likely.probability for likely in ranked] == sorted((x.probability for x in ranked), reverse=True)
            for likely in ranked:
                assert 0 <= likely.probability <= 1
                mention = likely.mention
                assert scene.text[mention.start : mention.end] == mention.text


def test_the_same_text_gives_the_same_answer() -> None:
    scene = Scene(TITLE, RIVAL)
    first, second = (attribute(scene, outcomes_of(scene), {}) for _ in range(2))

    def plain(found: Any) -> Any:
        return [[(x.thing, x.probability) for r in ROLES for x in each.ranked[r]] for each in found]

    assert plain(first) == plain(second)


def test_roles_are_ranked_alike_whichever_is_asked_for_first() -> None:
    scene = Scene(TITLE, RIVAL)
    one, other = (attribute(scene, outcomes_of(scene), {"methods": ["Otter"]}) for _ in range(2))
    told = [{role: each.ranked[role] for role in ROLES} for each in one]
    backwards = [{role: each.ranked[role] for role in reversed(ROLES)} for each in reversed(other)][::-1]
    assert [len(each.ranked) for each in one] == [len(ROLES)] * len(one)

    def plain(ranked: Any) -> Any:
        return [{role: [(x.thing, x.share, x.probability) for x in each[role]] for role in ROLES} for each in ranked]

    assert plain(told) == plain(backwards)
