"""What probabilities are worth, on things made up so that it is known."""

from __future__ import annotations

from typing import Any

import pytest

from absextract.extractors.builtin.names.model import FieldRanker
from absextract.extractors.builtin.weights.odds import AS_IT_IS, confidence_of

np = pytest.importorskip("numpy", reason="needs the extra 'train'")
calibration = pytest.importorskip("calibration", reason="needs the extra 'train'")

RANKER = FieldRanker([], 0.0, 0.5, 0.5, 3)


def judged(right_at: dict[float, float], *, each: int = 200, told: bool = False) -> Any:
    """So many things of each probability, of which the given share is right, over two folds."""
    probabilities = np.repeat(list(right_at), each)
    right = np.concatenate([np.arange(each) < share * each for share in right_at.values()])
    return calibration.Judged(probabilities, np.full(len(right), told), right, np.arange(len(right)) % 2)


def together(*parts: Any) -> Any:
    columns = ("probabilities", "told", "right", "folds")
    return calibration.Judged(*(np.concatenate([getattr(part, column) for part in parts]) for column in columns))


@pytest.mark.parametrize(
    ("shown", "true"),
    [((0.6, 0.8, 0.95, 0.99), (0.5, 0.6, 0.75, 0.85)), ((0.2, 0.5, 0.7), (0.4, 0.75, 0.9))],
)
def test_probabilities_are_brought_to_what_is_right(shown: tuple[float, ...], true: tuple[float, ...]) -> None:
    """Down where they are over-sure, and up where they are not sure enough."""
    found = calibration.calibration_of(judged(dict(zip(shown, true, strict=True))))
    assert [confidence_of(probability, found) for probability in shown] == pytest.approx(true, abs=0.05)


def test_probabilities_that_hold_stay() -> None:
    slope, offset = calibration.calibration_of(judged({p: p for p in (0.1, 0.3, 0.5, 0.7, 0.9)}, each=1000))
    assert slope == pytest.approx(1, abs=0.01)
    assert offset == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_all_are_right_or_none_nothing_can_be_learned(share: float) -> None:
    assert calibration.calibration_of(judged({0.5: share, 0.9: share})) == AS_IT_IS


def test_probabilities_of_nought_and_one_are_calibrated_too() -> None:
    slope, offset = calibration.calibration_of(judged({0.0: 0.1, 1.0: 0.8}))
    assert 0 < confidence_of(0.0, (slope, offset)) < 0.5 < confidence_of(1.0, (slope, offset)) < 1


def test_what_patterns_tell_is_measured_apart() -> None:
    learned, told = judged({0.7: 0.5, 0.9: 0.7}), judged({1.0: 0.915}, told=True)
    ranker = calibration.calibrated(RANKER, together(learned, told))
    assert ranker.told == 0.915
    assert ranker.calibration == calibration.calibration_of(learned)
    assert calibration.calibrated(RANKER, learned).told is None


def test_reliability_shows_confidences_beside_what_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    learned = judged({0.8: 0.55, 0.99: 0.75}, each=400)
    calibration.show_reliability([learned, judged({1.0: 0.97}, told=True)])
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["confidence", "things", "mean", "right"]
    shown = {row[:12]: [float(figure) for figure in row[12:].split()] for row in rows}
    assert {span: things for span, (things, _, _) in shown.items()} == {
        "0.50 to 0.60": 400,
        "0.70 to 0.80": 400,
        "0.95 to 1.00": 200,
    }
    for _, mean, right in shown.values():
        assert mean == pytest.approx(right, abs=0.02)
