"""One name in several spellings."""

from __future__ import annotations

import pytest

from absextract.report.merged_names import MergedNames, folded


def merged(*names: str) -> list[set[str]]:
    return [set(group) for group in MergedNames(dict.fromkeys(names, 1)).names]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIFAR-10", "cifar 10"),
        ("CIFAR-10", "CIFAR10"),
        ("SQuAD 2.0", "squad-2.0"),
        ("F1", "$F_1$"),
        ("top–1 accuracy", "Top-1 Accuracy"),
        ("NQ", "Natural Questions"),
        ("NQ", "natural-questions"),
        ("mIoU", "mean intersection-over-union"),
        ("AUC", "area under the curve"),
        ("Natural Questions (NQ)", "Natural Questions"),
        ("Natural Questions (NQ)", "NQ"),
    ],
)
def test_these_are_one(one: str, other: str) -> None:
    assert merged(one, other) == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIFAR-10", "CIFAR-100"),
        ("SQuAD 1.1", "SQuAD 2.0"),
        ("WMT 1 4", "WMT 14"),
        ("ImageNet", "ImageNet-C"),
        ("F1", "F2"),
        ("C++", "C"),
        ("nq", "Natural Questions"),  # not written as an acronym
        ("BLEU", "ROUGE"),
    ],
)
def test_these_are_two(one: str, other: str) -> None:
    assert merged(one, other) == [{one}, {other}]


def test_an_acronym_of_two_names_is_neither() -> None:
    assert len(merged("EM", "exact match", "expectation maximization")) == 3


def test_the_most_used_spelling_comes_first_and_the_most_used_name() -> None:
    names = MergedNames({"nestbench": 1, "NestBench": 4, "KiteBench": 3, "Kite-Bench": 3})
    assert names.names == [["KiteBench", "Kite-Bench"], ["NestBench", "nestbench"]]
    assert names.index("nestbench") == 1


def test_a_name_of_signs_alone_stays_itself() -> None:
    assert folded("$$") == "$$"
    assert merged("$$", "--", "$") == [{"$$"}, {"--"}, {"$"}]
