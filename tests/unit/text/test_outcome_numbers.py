"""Which numbers look like outcomes, by learned weights."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.text.number_cues import cues_of
from absextract.text.outcome_numbers import CueWeights, may_be_outcome, read_numbers, read_outcomes
from absextract.text.quantities import read_quantities


def likely(text: str) -> list[str]:
    return [text[r.quantity.start : r.quantity.end] for r in read_outcomes(text) if r.score > 0]


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("We reach an accuracy of 81.2% with 40 kites.", ["81.2%"]),
        ("Our model, trained on 10% of the data for 300 epochs, gains 2.4 BLEU.", ["2.4"]),
        ("We cut latency by 35% at a batch size of 64 and a dropout of 0.1.", ["35%"]),
        ("Our winder is 2.5x faster on 8 GPUs.", ["2.5x"]),
        ("We collected 1,200 letters of 31 sailors between 1790 and 1812.", []),
        ("We study kites.", []),
        ("", []),
    ],
)
def test_outcomes_stand_out(text: str, outcomes: list[str]) -> None:
    assert likely(text) == outcomes


def test_names_and_counted_things_are_no_readings() -> None:
    text = "We fly three kites with SQuAD 2.0 and twice the string, 5% shorter."
    assert [text[r.quantity.start : r.quantity.end] for r in read_outcomes(text)] == ["twice", "5%"]
    assert [may_be_outcome(text, quantity) for quantity in read_quantities(text)] == [False, False, True, True]


def test_a_list_goes_on_as_it_began() -> None:
    """The cues of a number tell whether the one before it is an outcome."""
    text = "We gain 3.1 and 4.2 points."
    first, second = read_quantities(text)
    assert "prev=True" in cues_of(text, second, (first, True), None)
    assert "prev=False" in cues_of(text, second, (first, False), None)
    assert not any(cue.startswith("prev") for cue in cues_of(text, first, None, second))


def test_what_is_known_of_the_numbers_before_need_not_be_guessed() -> None:
    text = "We gain 3.1 and 4.2 points."
    start = read_quantities(text)[0].start
    nothing = CueWeights(-1.0, {})
    assert "prev=False" in read_numbers(text, nothing)[1].cues
    assert "prev=True" in read_numbers(text, nothing, {start: True})[1].cues


def test_cues_stand_in_one_order() -> None:
    """A sum of floats depends on it, and the same text must give the same score on every machine."""
    text = "Our new winder of kites gains up to 3.1% in lift over all of the old winders of kites."
    (quantity,) = read_quantities(text)
    cues = cues_of(text, quantity, None, None)
    assert [cue for cue in cues if cue.startswith("b=")] == [
        "b=gains", "b=kites", "b=winder", "b=new", "b=our",
    ]  # fmt: skip


def test_a_text_full_of_numbers_is_read_up_to_a_limit() -> None:
    assert len(read_outcomes("We gain 3.1%. " * 2000)) == 200


@given(st.text(alphabet="we gain3.1%,$x() ", max_size=60))
def test_never_raises_and_readings_stand_in_order(text: str) -> None:
    starts = [reading.quantity.start for reading in read_outcomes(text)]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("The film reaches 2.5 K and 9.5 nm.", []),
        ("The errors are 2.5 nm and 3.5 nm at 4.5 GPa.", ["2.5 nm", "3.5 nm"]),
        ("It reaches 0.3 eV MAE at 2.5 mm.", ["0.3 eV", "2.5 mm"]),
    ],
)
def test_a_unit_of_another_science_needs_a_metric_beside_it(text: str, possible: list[str]) -> None:
    found = [quantity for quantity in read_quantities(text) if may_be_outcome(text, quantity)]
    assert [text[quantity.start : quantity.end] for quantity in found] == possible
