"""Which numbers are what another is held against."""

from __future__ import annotations

import pytest

from absextract.text.compared_numbers import is_compared_with

# a text with the number between bars
COMPARED = [
    "Heron scores 61%, compared to |52%| of the teacher.",
    "It solves 61% of the mazes, compared with only |52%| before.",
    "It wins 61% vs. |52%|.",
    "an error of 3.1 (vs.|4.2|)",
    "at 61 BLEU, on par with the |60.4| of the ensemble",
    "61 BLEU, against the baseline's |58.2|",
    "The score is 61%, up from |52%|.",
    "errors fall to 3.1%, the same as the |3.1%| of humans",
    "It is faster than the published |52| FPS.",
    "improving over the previous best IS of |52.5|",
    "This goes beyond the previously reported error of |4.2|.",
    "raises F1 from |52.3| to 61.4",
    "gains on MazeBench (|52.3%|→61.4%)",
    "gains on MazeBench (|52.3%|rightarrow61.4%)",
    "improves detection (|36.1| mAP → 39.9 mAP)",
    "raises F1 from about |52.3| on mazes to over 61.4",
    "surpassing recent trackers such as Tern (|43.1| AP)",
    "outperforms Tern [12] (AP = |43.1|)",
    "outperforming both the best score reached without search (pass@1 = |41.4%|)",
]
NOT_COMPARED = [
    "Heron scores |61%|, compared to 52% of the teacher.",
    "It wins |61%| vs. 52%.",
    "raises F1 from 52.3 to |61.4|",
    "It solves more than |61%| of the mazes.",
    "goes no further than |61%|",
    "Compared to the teacher, Heron gains |4.1| points.",
    "Outperforms Tern with |61%|.",
    "drawn from |61%| of the mazes",
    "sampled from |12| rooms. It walks to 5 others.",
    "our method exceeds previous ones with an F1 score of |61.4|",
    "Heron runs faster than |60 FPS| on MazeBench.",
    "Answers from Heron reach |61.4%| accuracy on MazeBench, close to 72% of humans.",
    "improves the accuracy of the previous best result to one of |61.4%|",
    "raises the previous best to an F1 of |61.4|",
    "errors smaller than |3%|",
    "never worse than |61%|",
    "Heron wins against |95%| of players.",
    "faster than the baseline with |61| FPS",
    "scores ranging from |52.3| to 61.4",
    "gains on MazeBench (52.3%→|61.4%|)",
    "Heron beats Tern (|61.3%| vs. 57.8%)",
    "Heron beats Tern on MazeBench (|61.3%|)",
    "good at beat tracking (|61.3%|)",
    "|61%|",
]


@pytest.mark.parametrize("text", COMPARED)
def test_a_number_that_another_is_held_against_is_told(text: str) -> None:
    assert is_compared(text)


@pytest.mark.parametrize("text", NOT_COMPARED)
def test_other_numbers_are_not(text: str) -> None:
    assert not is_compared(text)


def is_compared(text: str) -> bool:
    before, number, behind = text.split("|")
    return is_compared_with(before + number + behind, len(before), len(before + number))
