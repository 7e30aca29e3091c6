"""What is learned about numbers: which are outcomes, of which kind, and which metric each belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ....text.outcome_numbers import CueWeights
from ....text.weight_files import check_format
from ..weights.odds import AS_IT_IS, Calibration
from ..weights.packed_files import NUMBERS_FILE, read_packed

__all__ = ["NUMBERS_FORMAT", "NumberModel", "load_number_model"]

NUMBERS_FORMAT = 3
"""Version of the file's layout."""


@dataclass(frozen=True)
class NumberModel:
    """All of it.

    Attributes:
        outcome: what is added to the log odds of `text.outcome_numbers` for what patterns say of a number.
        change: log odds that an outcome is a change and no level.
        metric: how strongly a candidate is the metric of an outcome, against the other candidates of it.
        least_outcome: probability from which a number is taken for an outcome.
        against_none: by how much "the text names no metric" must be stronger than any candidate.
        outcome_calibration, metric_calibration: what the probabilities of outcomes and of their metrics are worth.
    """

    outcome: CueWeights
    change: CueWeights
    metric: CueWeights
    least_outcome: float
    against_none: float
    outcome_calibration: Calibration = AS_IT_IS
    metric_calibration: Calibration = AS_IT_IS

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> NumberModel:
        """The model that a parsed file describes.

        Raises:
            ValueError: the file is of another version.
        """
        check_format(data, NUMBERS_FORMAT)
        outcome, change, metric = (CueWeights(**data[name]) for name in ("outcome", "change", "metric"))
        calibrations = (data["outcome_calibration"], data["metric_calibration"])
        return cls(outcome, change, metric, data["least_outcome"], data["against_none"], *calibrations)


@lru_cache(maxsize=1)
def load_number_model() -> NumberModel:
    """The model of this package."""
    return NumberModel.from_json(read_packed(NUMBERS_FILE))
