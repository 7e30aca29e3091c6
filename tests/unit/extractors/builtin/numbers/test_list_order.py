"""Scores and names that a sentence lists, as many of the one as of the other."""

import re

import pytest

from absextract.extractors.builtin.fill import fill_paper
from absextract.extractors.builtin.numbers.list_order import runs_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SSIM, PSNR and LPIPS reach 0.91, 31.4 and 0.08 on the held-out gusts.", ["SSIM", "PSNR", "LPIPS"]),
        ("On RiverQA, LakeQA and PondQA, its accuracy is 93.7%, 28.4% and 51.0%.", ["RiverQA", "LakeQA", "PondQA"]),
        ("On RiverQA and LakeQA, its accuracy is 93.7% and 28.4%.", ["RiverQA", "LakeQA"]),
    ],
)
def test_the_first_goes_with_the_first(text: str, names: list[str]) -> None:
    results = fill_paper("Kites in the Wind", f"We present Otter. {text}").results
    assert all(name in (r.metric, r.dataset) for name, r in zip(names, results, strict=True))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("3, 4 and 5", [[0, 1, 2]]),
        ("3/4, then 5", [[0, 1]]),
        ("3% on A and 4% on B", []),
        ("3.1 and 4.2 against 5.3 and 6.4", [[0, 1], [2, 3]]),
        ("3", []),
    ],
)
def test_numbers_with_nothing_but_joints_between_them_are_a_list(text: str, runs: list[list[int]]) -> None:
    spans = [match.span() for match in re.finditer(r"\d(?:\.\d)?", text)]
    assert list(runs_of(text, spans)) == runs
