"""What a metric can be given in."""

from __future__ import annotations

import pytest

from absextract.text.metric_units import fits
from absextract.text.quantities import read_quantities


def fit(text: str, metric: str, kind: str | None = "value") -> bool:
    """Whether the first number of a text that measures something can be one of the metric."""
    return fits(metric, kind, next(q for q in read_quantities(text) if not q.in_name), text)


@pytest.mark.parametrize(
    "metric",
    [
        "accuracy", "top-1 accuracy", "accuracy (ACC)", "Rank-1 accuracies", "macro F1", "F1 score", "F-measure",
        "BLEU", "ROUGE-L", "AP", "AP 50", "mAP@0.5", "mIoU", "AUC", "precision", "recall@10", "success rate",
        "win rates", "exact match", "PSNR", "perplexity", "word error rate (WER)", "pass@1",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "clause",
    ["runs at 28 FPS", "needs 35 ms", "trained for 12 hours", "takes 3 GB", "draws 5 W", "costs $40", "is 2x the other",
     "has 7B parameters", "emits 120 tokens/s", "reads 30 frames per second"],
)  # fmt: skip
def test_quality_is_in_no_unit_of_speed_time_size_or_cost(clause: str, metric: str) -> None:
    assert not fit(f"Heron {clause} on a phone.", metric)


@pytest.mark.parametrize(
    ("text", "metric", "kind"),
    [
        ("Heron reaches 81.2%", "accuracy", "value"),
        ("Heron reaches 81.2 on NestBench", "accuracy", "value"),
        ("Heron solves 45/50", "success rate", "value"),
        ("Heron gains 3.1 points", "recall", "change"),
        ("Heron is 2x higher in accuracy", "accuracy", "change"),
        ("Heron improves accuracy 3 times", "accuracy", "change"),
        ("Heron is 2x higher", "accuracy", None),
        ("Heron reaches 31.4 dB", "PSNR", "value"),
        ("Heron runs at 28 FPS", "inference speed", "value"),
        ("Heron runs at 28 FPS", "accuracy per second", "value"),
        ("Heron finds them within 5 cm", "localization accuracy", "value"),
        ("Heron hits within 4 degrees", "mean accuracy", "value"),
        ("Heron hits within 20 ms", "timing accuracy", "value"),
        ("Heron hits within 2 Hz", "frequency precision", "value"),
        ("Heron reaches 81.2 parametrically", "accuracy", "value"),
        ("Heron uses 16 tokens", "tokens", "value"),
        ("It takes 12 hours", "training time", "value"),
        ("Heron cuts latency by 30%", "latency", "change"),
        ("Heron cuts latency to 30% with no loss", "latency", "value"),
        ("Heron keeps 95% of the throughput", "throughput", "value"),
        ("Heron has 95% there", "relative throughput", "value"),
        ("Heron is at 12%", "real-time factor", "value"),
        ("Heron is there 12% more", "uptime", "value"),
    ],
)
def test_what_can_be_fits(text: str, metric: str, kind: str | None) -> None:
    assert fit(text, metric, kind)


@pytest.mark.parametrize("metric", ["latency", "inference time", "FPS", "throughput", "Decoding speed"])
def test_a_level_of_speed_is_no_percentage(metric: str) -> None:
    assert not fit("Heron scores 81.2% there", metric, "value")
    assert fit("Heron scores 81.2% there", metric, "change")
    assert fit("Heron scores 81.2% there", metric, None)
