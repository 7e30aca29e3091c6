"""The shortest wording of a part of a result."""

import pytest

from absextract.attribution.stage import Role
from absextract.extractors.builtin.numbers.short_names import short_name


@pytest.mark.parametrize(
    ("role", "name", "short"),
    [
        ("dataset", "the public SeedBench dataset", "SeedBench"),
        ("dataset", "GustBench-2 benchmark", "GustBench-2"),
        ("dataset", "noisy GustBench", "noisy GustBench"),
        ("dataset", "popular datasets", "popular datasets"),
        ("method", "resulting KiteNet model", "KiteNet"),
        ("method", "CNN model", "CNN model"),
        ("method", "fine-tuned KiteNet", "fine-tuned KiteNet"),
        ("method", "The baseline parser", "baseline parser"),
        ("metric", "the error rate", "error rate"),
        ("metric", "GustScore model", "GustScore model"),
        ("baseline", "the KiteNet baseline", "KiteNet"),
        ("baseline", "existing LiDAR methods", "existing LiDAR methods"),
        ("method", "7B model", "7B model"),
        ("baseline", "LiDAR-based approach", "LiDAR-based approach"),
        ("dataset", "the original SeedBench dataset", "original SeedBench dataset"),
    ],
)
def test_a_name_loses_what_only_describes_it(role: Role, name: str, short: str) -> None:
    assert short_name(role, name) == short
