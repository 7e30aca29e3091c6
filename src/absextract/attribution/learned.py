"""What is learned about attribution, as it lies in the package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..text.outcome_numbers import CueWeights
from ..text.weight_files import check_format, read_weight_file
from .boosted_trees import BoostedTrees
from .stage import TYPES, Role

__all__ = ["ATTRIBUTION_FILE", "ATTRIBUTION_FORMAT", "AttributionModel", "TypeWeights", "load_attribution_model"]

ATTRIBUTION_FORMAT = 2
"""Version of the file's layout."""
ATTRIBUTION_FILE = "attribution.json.gz"


@dataclass(frozen=True, slots=True)
class TypeWeights:
    """What the cues of a name say of its type, in hundredths.

    Attributes:
        bias: what the sums of `TYPES` start with.
        places: where the weights of a cue stand in the columns.
        columns: for each of `TYPES` the weights of all cues.
    """

    bias: Sequence[int]
    places: Mapping[str, int]
    columns: Sequence[Sequence[int]]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TypeWeights:
        """The weights that a part of a parsed file describes."""
        return cls(data["bias"], {cue: place for place, cue in enumerate(data["cues"])}, data["columns"])

    def odds(self, cues: Iterable[str]) -> dict[str, float]:
        """The log odds that a name with these cues is of each type."""
        places = [place for cue in cues if (place := self.places.get(cue)) is not None]
        sums = [
            sum(map(column.__getitem__, places), start) for start, column in zip(self.bias, self.columns, strict=True)
        ]
        return {type_: hundredths / 100 for type_, hundredths in zip(TYPES, sums, strict=True)}


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """All of it.

    Attributes:
        types: what a mention is, whatever the number.
        rival: log odds that an outcome is a rival's.
        roles: how strongly a mention is each role of an outcome, against the other mentions of it.
        trees: how likely the names that are ranked first are right.
        doubt: how likely the text gives a number to another name than one that is claimed for it.
    """

    types: TypeWeights
    rival: CueWeights
    roles: Mapping[Role, CueWeights]
    trees: Mapping[Role, BoostedTrees]
    doubt: BoostedTrees

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> AttributionModel:
        """The model that a parsed file describes.

        Raises:
            ValueError: the file is of another version.
        """
        check_format(data, ATTRIBUTION_FORMAT)
        return cls(
            TypeWeights.from_json(data["types"]),
            CueWeights(**data["rival"]),
            {role: CueWeights(**weights) for role, weights in data["roles"].items()},
            {role: BoostedTrees.from_json(trees) for role, trees in data["trees"].items()},
            BoostedTrees.from_json(data["doubt"]),
        )


@lru_cache(maxsize=1)
def load_attribution_model() -> AttributionModel:
    """The model of this package."""
    return AttributionModel.from_json(read_weight_file(__package__, ATTRIBUTION_FILE))
