from __future__ import annotations

import pytest

from absextract.extractors.builtin import fill_paper
from absextract.schema.paper import Result


def results(abstract: str, title: str = "Kites") -> list[Result]:
    return fill_paper(title, abstract).results


@pytest.mark.parametrize(
    ("sentence", "score", "kind"),
    [
        ("Our model reaches an accuracy of 81.2% here.", "81.2%", "value"),
        ("Our model reaches 81.2\\% accuracy.", "81.2\\%", "value"),
        ("Our model improves accuracy by 3.9%.", "3.9%", "change"),
        ("Our model is 2.5x faster.", "2.5x", "change"),
        ("Our model gains 12.3 points over the baseline.", "12.3", "change"),
        ("Our model is better by over 10 percentage points.", "10", "change"),
        ("Our model needs 40% fewer parameters.", "40%", "change"),
        ("Our model attains a BLEU score of 28.4.", "28.4", "value"),
        ("Our method lowers the error rate by 10-20%.", "10-20%", "change"),
        ("Our raters agree (kappa = 0.81).", "0.81", "value"),
        ("Our method is three times faster.", "three times", "change"),
    ],
)
def test_an_outcome_gives_its_score_and_kind(sentence: str, score: str, kind: str) -> None:
    assert [(result.score, result.kind) for result in results(sentence)] == [(score, kind)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Our corpus has 12,000 sentences from 35 books of 2019.",
        "Our model has 7B parameters and 24 layers.",
        "We train on only 10% of the labeled data.",
        "We look at the top 5% of cases.",
        "We set the temperature = 0.7 and find p < 0.05.",
        "We ask 24 participants to rate on a 5-point scale.",
        pytest.param(
            "Over 80% of kites fall. We ask why.",
            marks=pytest.mark.xfail(strict=True, reason="a sentence of motivation reads like a finding"),
        ),
        "We fine-tune LLaMA 3.1 and GPT-4 for 3 epochs.",
    ],
)
def test_sizes_settings_names_and_motivation_are_no_outcomes(sentence: str) -> None:
    assert results(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("We improve pass@1 from 35.5% to 44.5% on MBPP.", ["35.5%", "44.5%"]),
        (
            "We lift accuracy from 35.5% to 44.5% on the questions of all schools in KiteQA that have a picture, and"
            " 61.0% to 70.1% on WindQA.",
            ["35.5%", "44.5%", "61.0%", "70.1%"],
        ),
        ("We raise accuracy on KiteQA (52.5% to 61.0%).", ["52.5%", "61.0%"]),
        (
            "Our method leads to gains of accuracy on KiteQA (52.5% to 61.0%) and WindQA (40% to 44%).",
            ["52.5%", "61.0%", "40%", "44%"],
        ),
        ("We reduce the error rate on KiteQA (34.5% to 12.1%).", ["34.5%", "12.1%"]),
        ("Accuracy on long spans rises from 35% to 44%.", ["35%", "44%"]),
        ("With our cues, accuracy on WindQA jumps (52.5% to 61.0%).", ["52.5%", "61.0%"]),
        ("We improve accuracy of real-time detection, e.g., on KiteQA (52% to 61%).", ["52%", "61%"]),
    ],
)
def test_from_to_gives_both_levels(sentence: str, levels: list[str]) -> None:
    assert [(result.score, result.kind) for result in results(sentence)] == [(level, "value") for level in levels]


@pytest.mark.parametrize(
    ("sentence", "score"),
    [
        ("We improve accuracy by 3.1% to 4.5% over the best parser from Kiteland.", "3.1% to 4.5%"),
        ("We show improvements in accuracy ranging from 3.1% to 4.5%.", "3.1% to 4.5%"),
        ("We show gains of accuracy on all tasks (3.1% to 4.5%).", "3.1% to 4.5%"),
        ("We raise speed on all phones (40% to 50%).", "40% to 50%"),
        ("We reduce the error rate on all tasks (20% to 31%).", "20% to 31%"),
        ("We improve flying in strong winds (25% to 40% fewer errors).", "25% to 40%"),
        ("With features from KiteNet, accuracy improves nearly 3% to 5%.", "3% to 5%"),
        ("The loss changes by 5% to 3%.", "5% to 3%"),
    ],
)
def test_a_range_of_changes_stays_whole(sentence: str, score: str) -> None:
    assert [result.score for result in results(sentence)] == [score]


def test_a_dash_range_stays_whole() -> None:
    assert [result.score for result in results("We improve recall@5 by 1.4%-19.8%.")] == ["1.4%-19.8%"]


def test_the_metric_nearby_is_the_metric() -> None:
    found = results("Our parser reaches a success rate of 71% at a latency of 20 ms.")
    assert (found[0].score, found[0].metric) == ("71%", "success rate")


def test_what_is_said_to_shrink_is_the_metric() -> None:
    assert [result.metric for result in results("Our parser reduces memory consumption by 50%.")] == [
        "memory consumption"
    ]


def test_as_many_scores_as_datasets_belong_together_in_order() -> None:
    found = results("We obtain 93.1%, 71.0% and 64.2% accuracy on MNIST, CIFAR-10 and ImageNet.")
    assert [(result.score, result.dataset) for result in found] == [
        ("93.1%", "MNIST"),
        ("71.0%", "CIFAR-10"),
        ("64.2%", "ImageNet"),
    ]


def test_what_is_outperformed_is_the_baseline() -> None:
    found = results("We propose KiteNet. KiteNet outperforms plain gliders by 4.5% on GSM8K.")
    assert [(result.method, result.baseline) for result in found] == [("KiteNet", "plain gliders")]


def test_the_evidence_is_the_clause_and_not_the_sentence() -> None:
    found = results("We fly often; our kite reaches an accuracy of 81.2%, which nobody expected.")
    assert [result.evidence for result in found] == ["our kite reaches an accuracy of 81.2%"]


def test_the_evidence_of_an_endless_sentence_stays_short() -> None:
    found = results("We reach an accuracy of 81.2% " + "on a very windy day " * 200)
    assert len(found[0].evidence) < 500


@pytest.mark.parametrize(
    ("sentence", "scores"),
    [
        ("It scores 62.3 on MMLU.", ["62.3"]),
        ("We see gains of 3.1, 4.2 and 5.0 on three sets.", ["3.1", "4.2", "5.0"]),
        ("It beats the best method so far (81.3 vs. 78.9).", ["81.3", "78.9"]),
        ("The error is reduced by a factor of 3.", ["3"]),
        ("The film reaches 2.5 K and 9.5 nm.", []),
        ("It was trained for 4.5 days on version 2.1.", []),
    ],
)
def test_bare_numbers_are_scores_where_words_of_reaching_lead_to_them(sentence: str, scores: list[str]) -> None:
    results = fill_paper("On kites", f"We propose KiteNet. {sentence}").results
    assert [result.score for result in results] == scores


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("It retains 99.2% of the accuracy.", "change"),
        ("Accuracy rises to 83%.", "value"),
        ("Accuracy drops only 0.5%.", "change"),
        ("It costs less than 1% loss of accuracy.", "change"),
        ("We obtain 5% absolute improvement.", "change"),
    ],
)
def test_levels_and_shares(sentence: str, kind: str) -> None:
    (result,) = fill_paper("On kites", f"We propose KiteNet. {sentence}").results
    assert result.kind == kind


@pytest.mark.parametrize(
    ("sentence", "metrics"),
    [
        ("It gives a 3.2x speedup over sails.", ["speedup"]),
        ("It cuts training time by 40% and GPU memory by 35%.", ["training time", "GPU memory"]),
        ("It gives a relative error reduction of 14%.", ["relative error reduction"]),
        ("BLEU is 28.7, and it runs 2.3x faster. We also report latency.", ["BLEU", "faster"]),
        ("We report accuracy. It gains 4% on the test set.", ["accuracy"]),
    ],
)
def test_the_metric_of_a_score(sentence: str, metrics: list[str | None]) -> None:
    results = fill_paper("On kites", f"We propose KiteNet. {sentence}").results
    assert [result.metric for result in results] == metrics


def test_a_version_of_a_baseline_is_whole() -> None:
    (result,) = fill_paper("On kites", "We find that KiteNet improves accuracy by 3% over Sail2.5 pilots.").results
    assert result.baseline in ("Sail2.5", "Sail2.5 pilots")


@pytest.mark.parametrize(
    "sentence",
    [
        "Halyard lowers the MAE on SkyBench from 0.296 to 0.271. The advantage grows with time.",
        "Halyard raises recall from 0.61 to 0.74. Better strings help.",
    ],
)
def test_the_next_sentence_makes_no_change_of_two_levels(sentence: str) -> None:
    assert [(each.kind, " " in each.score) for each in results(sentence)] == [("value", False)] * 2


@pytest.mark.parametrize(
    ("sentence", "score"),
    [
        ("Halyard outperforms the best winders by 15.4% MPJPE and 23.8% PA-MPJPE on SkyBench.", "23.8%"),
        ("Halyard outperforms earlier winders, providing 33% of lifetime extension.", "33%"),
        ("Halyard yields 30% extra lift on SkyBench.", "30%"),
    ],
)
def test_what_is_gained_is_a_change(sentence: str, score: str) -> None:
    assert {each.score: each.kind for each in results(sentence)}[score] == "change"


@pytest.mark.parametrize(
    ("sentence", "metric"),
    [
        ("We present Halyard. Halyard reduces the mean per joint position error to 33.4 mm on SkyBench.",
         "mean per joint position error"),
        ("We present Halyard. Halyard reaches 83.6% 3D PCK on SkyBench.", "3D PCK"),
        ("We present Halyard. On SkyBench, Halyard reaches a macro F1 of 61.2%.", "macro F1"),
        ("We present Halyard. On SkyBench, Halyard reaches a remarkable F1 of 83.2%.", "F1"),
        ("We present Halyard. On SkyBench, Halyard has a near-perfect accuracy of 99.8%.", "accuracy"),
        ("We present Halyard. On SkyBench, Halyard obtains an impressive average accuracy of 71.2%.",
         "average accuracy"),
        ("We present Halyard. On SkyBench, Halyard obtains the best mean average precision of 38.1%.",
         "mean average precision"),
    ],
)  # fmt: skip
def test_a_metric_is_given_with_the_words_that_say_which_one_it_is(sentence: str, metric: str) -> None:
    assert [each.metric for each in results(sentence)] == [metric]
