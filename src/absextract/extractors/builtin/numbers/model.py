"""What is learned about numbers: which are outcomes, and of which kind."""

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

NUMBERS_FORMAT = 4
"""Version of the file's layout."""


@dataclass(frozen=True)
class NumberModel:
    """All of it.

    Attributes:
        outcome: what is added to the log odds of `text.outcome_numbers` for what patterns say of a number.
        change: log odds that an outcome is a change and no level.
        least_outcome: probability from which a number is taken for an outcome.
        outcome_calibration: what the probabilities of outcomes are worth.
    """

    outcome: CueWeights
    change: CueWeights
    least_outcome: float
    outcome_calibration: Calibration = AS_IT_IS

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> NumberModel:
        """The model that a parsed file describes.

        Raises:
            ValueError: the file is of another version.
        """
        check_format(data, NUMBERS_FORMAT)
        outcome, change = (CueWeights(**data[name]) for name in ("outcome", "change"))
        return cls(outcome, change, data["least_outcome"], data["outcome_calibration"])


@lru_cache(maxsize=1)
def load_number_model() -> NumberModel:
    """The model of this package."""
    return NumberModel.from_json(read_packed(NUMBERS_FILE))
