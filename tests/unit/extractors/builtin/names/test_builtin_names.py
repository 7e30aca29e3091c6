from __future__ import annotations

import pytest

from absextract.extractors.builtin import fill_paper


@pytest.mark.parametrize(
    ("abstract", "method"),
    [
        ("In this paper, we propose KiteNet, a framework for flying.", "KiteNet"),
        ("We introduce Quad, a new approach to kites.", "Quad"),
        ("We present a novel framework called WindRose for kites.", "WindRose"),
        ("We propose Gentle Wind Steering (GWS), which steers.", "GWS"),
        ("We develop a new algorithm, SkyHook, that holds.", "SkyHook"),
        ("Our method, LiftOff, is simple.", "LiftOff"),
        ("We introduce a lightweight steering framework for kites.", "lightweight steering framework"),
    ],
)
def test_what_the_authors_put_forward_is_the_method(abstract: str, method: str) -> None:
    assert fill_paper("On kites", abstract).methods == [method]


def test_the_name_before_the_colon_of_a_title_is_the_method() -> None:
    filled = fill_paper("KiteNet: Steering in Strong Winds", "Kites are hard to steer. KiteNet steers them.")
    assert filled.methods == ["KiteNet"]


def test_without_a_name_the_means_of_the_title_is_the_method() -> None:
    assert fill_paper("Kite Detection via Gust Filtering", "Kites rise in the wind.").methods == ["Gust Filtering"]


def test_a_description_that_says_nothing_is_no_method() -> None:
    assert fill_paper("On kites", "We propose a novel framework. We present a simple learning algorithm.").methods == []


def test_models_of_others_are_no_methods() -> None:
    assert fill_paper("On kites", "We propose LLaMA and GPT-4 as pilots of kites.").methods == []


@pytest.mark.parametrize(
    ("abstract", "datasets"),
    [
        ("We evaluate on the KiteBank dataset.", ["KiteBank"]),
        ("We test on three benchmarks: GSM8K, WindQuiz, and MMLU.", ["GSM8K", "WindQuiz", "MMLU"]),
        ("We introduce SkyBench, a benchmark of kites.", ["SkyBench"]),
        ("We use benchmarks such as AirEval and WindQA.", ["AirEval", "WindQA"]),
        ("We release the Bridge V2 corpus.", ["Bridge V2"]),
        ("We use two public datasets and several NLP benchmarks.", []),
        ("The benchmark is hard. This dataset is new.", []),
        ("We evaluate on the Kites3.6M dataset. Lift grows on Kites3.6M.", ["Kites3.6M"]),
        ("We evaluate on the WindNet-v1.3 dataset and on the SkyQA2.0 dataset.", ["WindNet-v1.3", "SkyQA2.0"]),
        ("It reaches 92% accuracy on CIFAR-10.1.", ["CIFAR-10.1"]),
        ("It is best on PASCAL VOC 2007 and PASCAL VOC 2012.", ["PASCAL VOC 2007", "PASCAL VOC 2012"]),
        ("It is best on PASCAL VOC 2007 and 2012.", ["PASCAL VOC 2007 and 2012"]),
        ("We evaluate on LongBench v2, CoNLL-2014 and AIME 2025.", ["LongBench v2", "CoNLL-2014", "AIME 2025"]),
        ("It has 69.6% accuracy on Windy-Windy v2.", ["Windy-Windy v2"]),
        ("It has 82.8% accuracy on ImageNet-1K with 28.3M and 49.7M parameters.", ["ImageNet-1K"]),
        ("It has 56.8% AP on GPU V100.", []),
        ("It takes 3.1 ms on an NVIDIA A100 and 5.2 ms on RTX 4090.", []),
    ],
)
def test_names_called_datasets_are_datasets(abstract: str, datasets: list[str]) -> None:
    assert fill_paper("On kites", abstract).datasets == datasets


def test_a_benchmark_introduced_by_the_title_is_a_dataset_and_no_method() -> None:
    filled = fill_paper("WindQuiz: A Benchmark for Kites", "We present WindQuiz, a benchmark for kites.")
    assert (filled.datasets, filled.methods) == (["WindQuiz"], [])


@pytest.mark.parametrize(
    ("abstract", "metrics"),
    [
        ("We measure accuracy and F1.", ["accuracy", "F1"]),
        ("We report top-1 accuracy, BLEU and the win rate.", ["top-1 accuracy", "BLEU", "win rate"]),
        ("We report pass@1 and Recall@10.", ["pass@1", "Recall@10"]),
        ("We report precision and recall.", ["precision", "recall"]),
        ("Humans recall kites with precision.", []),
        ("We draw a map of a meteor with spice.", []),
    ],
)
def test_metrics_named_are_metrics(abstract: str, metrics: list[str]) -> None:
    assert fill_paper("On kites", abstract).metrics == metrics


@pytest.mark.parametrize(
    ("title", "task"),
    [
        ("KiteNet: A Robust Network for Wind Speed Forecasting", "Wind Speed Forecasting"),
        ("Improving Kite Detection via Deep Gusts", "Kite Detection"),
        ("A Survey of Kite Navigation", "Kite Navigation"),
        ("Towards Feature Lifting with Strings", "Feature Lifting"),
    ],
)
def test_the_topic_of_the_title_is_a_task(title: str, task: str) -> None:
    assert fill_paper(title, "Kites rise in the wind.").tasks == [task]


def test_a_problem_that_returns_in_the_abstract_is_a_task() -> None:
    abstract = "Aerial route planning is hard. We study aerial route planning. It is done."
    assert fill_paper("Of strings", abstract).tasks == ["Aerial route planning"]
