"""How likely a value is right that so many of so many answers have."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from absextract.agreement.vote_odds import chances


def made_up(error: float, number: int, *, share_wrong: int, papers: int = 80) -> list[tuple[int, float, bool]]:
    """Votes, confidence and truth of the values that a majority of a made-up model's answers hold.

    Of each of a paper's 12 values, an answer gives another one with the probability `error`, one of `share_wrong`.
    """
    draw = random.Random(f"{error} {number} {share_wrong}")
    found = []
    for _ in range(papers):
        votes: Counter[tuple[int, int | None]] = Counter()
        for value in range(12):
            for _ in range(number):
                votes[value, draw.randrange(share_wrong) if draw.random() < error else None] += 1
        chance = chances((have, number) for have in votes.values())
        found += [
            (have, chance[have, number], wrong is None) for (_, wrong), have in votes.items() if 2 * have > number
        ]
    return found


@pytest.mark.parametrize("number", [2, 3, 5])
@pytest.mark.parametrize("error", [0.05, 0.1, 0.15])
@pytest.mark.parametrize("share_wrong", [1, 3, 6])  # false values that meet each other, to ones that scatter
def test_confidence_is_calibrated_for_models_of_known_error_rates(error: float, number: int, share_wrong: int) -> None:
    found = made_up(error, number, share_wrong=share_wrong)
    off = 0.0
    for have in {have for have, *_ in found}:
        same = [(chance, right) for votes, chance, right in found if votes == have]
        off += abs(sum(chance for chance, _ in same) - sum(right for _, right in same))
    assert off / len(found) <= 0.05


@pytest.mark.parametrize("number", [3, 4, 5, 9])
def test_more_votes_are_more_confidence(number: int) -> None:
    votes = [(number, number)] * 10 + [(have, number) for have in range(1, number + 1)]
    chance = chances(votes)
    by_votes = [chance[have, number] for have in range(1, number + 1)]
    assert by_votes == sorted(by_votes)
    assert by_votes[0] < by_votes[number // 2] < by_votes[-1]
    assert all(0 <= each < 1 for each in by_votes)


def test_a_paper_on_which_answers_agree_makes_a_lone_value_less_likely() -> None:
    agreeing = chances([(5, 5)] * 12 + [(1, 5)])
    scattered = chances([(5, 5)] * 2 + [(2, 5)] * 10 + [(1, 5)])
    assert agreeing[1, 5] < scattered[1, 5]


def test_nothing_makes_nothing() -> None:
    assert chances([]) == {}
