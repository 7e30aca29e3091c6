"""The weights of the package, as they are read."""

from __future__ import annotations

from absextract.text.outcome_numbers import OUTCOMES_FILE
from absextract.text.weight_files import read_weight_file


def test_equal_weights_are_one_number() -> None:
    weights = read_weight_file("absextract.text", OUTCOMES_FILE)["weights"].values()
    assert len({id(weight) for weight in weights}) == len({(weight, str(weight)) for weight in weights}) < len(weights)
