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
        "Over 80% of kites fall. We ask why.",
        "We fine-tune LLaMA 3.1 and GPT-4 for 3 epochs.",
    ],
)
def test_sizes_settings_names_and_motivation_are_no_outcomes(sentence: str) -> None:
    assert results(sentence) == []


def test_from_to_gives_both_levels() -> None:
    found = results("We improve pass@1 from 35.5% to 44.5% on MBPP.")
    assert [(result.score, result.kind) for result in found] == [("35.5%", "value"), ("44.5%", "value")]


def test_a_dash_range_stays_whole() -> None:
    assert [result.score for result in results("We improve recall@5 by 1.4%-19.8%.")] == ["1.4%-19.8%"]


def test_the_measure_nearby_is_the_metric() -> None:
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
