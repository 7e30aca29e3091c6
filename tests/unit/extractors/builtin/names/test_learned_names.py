from __future__ import annotations

from collections import defaultdict
from operator import gt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.extractors.builtin.names.model import FieldRanker, LearnedModel, load_model
from absextract.extractors.builtin.names.span_features import features_of
from absextract.extractors.builtin.names.span_scores import CLASSES, LEAST_SCORES, SpanScorer
from absextract.extractors.builtin.names.word_runs import LONGEST, places
from absextract.extractors.builtin.weights.packing import LANES, above, pack, pack_columns, unpack
from absextract.reading.passage import Passage
from absextract.reading.word_facts import name_key, run_key

ABSTRACT = (
    "Steering kites in gusts is hard. We propose Gust-aware Steering (GAS), a method for kite control in strong winds. "
    "It is trained on WindBench and on the logs of 12 pilots.\n\nGAS reaches 91.2% accuracy, e.g. on WindBench-Hard."
)
WEIGHTS = st.lists(st.integers(-5_000, 5_000), min_size=len(CLASSES), max_size=len(CLASSES))


@given(st.lists(WEIGHTS, max_size=60))
def test_sums_of_packed_weights_are_the_sums_of_the_weights(rows: list[list[int]]) -> None:
    sums = [sum(column) for column in zip(*rows, strict=True)] or [0] * len(CLASSES)
    assert unpack(sum(map(pack, rows))) == tuple(sums)
    assert pack_columns(list(zip(*rows, strict=True)) or [()] * LANES) == list(map(pack, rows))


@given(WEIGHTS, st.lists(st.integers(-1_000, 1_000), min_size=4, max_size=4))
def test_a_packed_sum_tells_at_once_whether_one_of_the_fields_is_above_its_level(
    row: list[int], levels: list[int]
) -> None:
    lift, signs = above(levels)
    assert bool((pack(row) + lift) & signs) == any(map(gt, row, levels))


@pytest.mark.parametrize("in_title", [True, False])
@pytest.mark.parametrize(
    "text", [ABSTRACT, "Kite", "Kite control. Kites.", "", "(GAS) - GAS", "a of the", "Kites.\n\n_"]
)
def test_running_adds_up_the_features_that_training_saw(text: str, in_title: bool) -> None:
    tokens = Passage(text, in_title=in_title).tokens
    runs = [(first, end) for first, ends in places(tokens) for end in ends]
    names = sorted({name for place in runs for name in features_of(tokens, place)})
    weights = {name: pack([100 + 3 * i, i, 0, -i, 2, 1, 0]) for i, name in enumerate(names)}
    by_kind: dict[str, dict[str, int]] = defaultdict(dict)
    for name in names:
        kind, rest = name.split(" ", maxsplit=1)
        by_kind[kind][rest] = weights[name]
    scored = dict(SpanScorer(by_kind, pack([7] * 7)).score(tokens))
    assert list(scored) == runs
    for place, scores in scored.items():
        assert scores == unpack(pack([7] * 7) + sum(weights[name] for name in features_of(tokens, place)))


def test_what_is_no_name_in_any_field_is_left_out() -> None:
    tokens = Passage("kite control", in_title=True).tokens
    low, high = (pack([level + step for level in LEAST_SCORES] + [0] * 3) for step in (0, 1))
    assert list(SpanScorer({}, low).score(tokens)) == []
    assert len(list(SpanScorer({}, high).score(tokens))) == 3


def test_runs_begin_and_end_as_names_do() -> None:
    tokens = Passage("we study the theory of mind, in our novel kites").tokens
    texts = {tokens.text[tokens.starts[first] : tokens.ends[end - 1]] for first, ends in places(tokens) for end in ends}
    assert texts == {"theory", "theory of mind", "mind", "kites"}


@given(st.text(alphabet="aB9 .,-()of\n", max_size=60))
def test_tokens_are_where_they_say(text: str) -> None:
    tokens = Passage(text).tokens
    columns = (tokens.starts, tokens.ends, tokens.shapes, tokens.sentences)
    assert {len(column) for column in columns} == {len(tokens.words)}
    for start, end, word in zip(tokens.starts, tokens.ends, tokens.words, strict=True):
        assert text[start:end].lower() == word
    assert all(0 < end - first <= LONGEST for first, ends in places(tokens) for end in ends)


@pytest.mark.parametrize(
    ("name", "other"), [("Kite Steering", "kite-steering"), ("the kites", "Kite"), ("KITE.", "kite")]
)
def test_surfaces_of_one_name_share_a_key(name: str, other: str) -> None:
    assert name_key(name) == name_key(other)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_confidence_is_a_probability_that_keeps_the_order(lower: float, higher: float) -> None:
    lower, higher = sorted((lower, higher))
    ranker = FieldRanker([], 0.0, 0.1, 0.2, 3, calibration=(0.7, -0.4))
    assert 0 < ranker.confidence(lower) <= ranker.confidence(higher) < 1


def test_a_confidence_is_the_probability_until_it_is_calibrated() -> None:
    assert FieldRanker([], 0.0, 0.1, 0.2, 3).confidence(0.8) == pytest.approx(0.8)
    assert FieldRanker([], 0.0, 0.1, 0.2, 3, calibration=(0.5, 0.0)).confidence(0.8) == pytest.approx(2 / 3)


@given(st.text(alphabet="aA9é .,-'%+()\n", max_size=60))
def test_the_words_of_a_run_give_the_key_of_its_text(text: str) -> None:
    tokens = Passage("our an-on " + text).tokens
    for first, ends in places(tokens):
        for end in ends:
            surface = tokens.text[tokens.starts[first] : tokens.ends[end - 1]]
            assert run_key(tokens.keys[first:end]) == name_key(surface)


def test_a_model_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format 0"):
        LearnedModel.from_json({"format": 0})


def test_the_model_of_the_package_is_read_once() -> None:
    assert load_model() is load_model()
    assert all(0 <= ranker.first <= ranker.further <= 1 for ranker in load_model().rankers)
