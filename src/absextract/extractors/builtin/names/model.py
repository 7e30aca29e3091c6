"""The learned weights, read from the package when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from operator import mul
from typing import Any

from ....text.weight_files import check_format
from ..weights.odds import AS_IT_IS, Calibration, confidence_of, probability_of
from ..weights.packed_files import NAMES_FILE, read_packed
from ..weights.packing import pack, pack_columns
from .ranking import FIELDS
from .span_scores import SpanScorer

__all__ = ["FORMAT", "FieldRanker", "LearnedModel", "load_model"]

FORMAT = 3
"""Version of the file's layout."""


@dataclass(frozen=True)
class FieldRanker:
    """The second step for one field: a sure probability for each row, and how many names are taken.

    Attributes:
        weights: one for each number of a row.
        bias: added to their sum.
        first: least probability of the first name.
        further: least probability of any further name.
        most: so many names at most.
        calibration: slope and offset, in log odds, that make a probability hold on papers not learned from.
        told: how many of the names that patterns tell are right; None where it was not measured.
    """

    weights: list[float]
    bias: float
    first: float
    further: float
    most: int
    calibration: Calibration = AS_IT_IS
    told: float | None = None

    def probability(self, row: list[float]) -> float:
        """How likely the candidate is one of the field's names."""
        return probability_of(fsum([self.bias, *map(mul, self.weights, row)]))

    def confidence(self, probability: float) -> float:
        """How many of the names of such a probability are right, as measured."""
        return confidence_of(probability, self.calibration)


@dataclass(frozen=True)
class LearnedModel:
    """Both steps: `scorer` looks at runs of words, `rankers` at the candidates of a paper, in the order of `FIELDS`."""

    scorer: SpanScorer
    rankers: list[FieldRanker]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LearnedModel:
        """The model that a parsed file describes.

        Raises:
            ValueError: the file is of another version, or its weights are not as many as its features.
        """
        check_format(data, FORMAT)
        packed, features = pack_columns(data["weights"]), data["features"]
        count = sum(map(len, features.values()))
        if len(packed) != count:
            raise ValueError(f"weights of {len(packed)} features, which are {count}")
        rows = iter(packed)
        weights = {kind: {name: next(rows) for name in names} for kind, names in features.items()}
        return cls(SpanScorer(weights, pack(data["bias"])), [FieldRanker(**data["rankers"][name]) for name in FIELDS])


@lru_cache(maxsize=1)
def load_model() -> LearnedModel:
    """The model of this package."""
    return LearnedModel.from_json(read_packed(NAMES_FILE))
