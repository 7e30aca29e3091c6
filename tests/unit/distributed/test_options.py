"""What shapes records can be said on every road to them."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from absextract import Extractor, Limits, PaperExtraction
from absextract.distributed.options import Options
from absextract.distributed.row_dataset import extract_dataset
from absextract.errors import UsageError

OF_AN_EXTRACTOR = set(inspect.signature(Extractor).parameters) - {"replay"}


def test_a_dataset_takes_all_that_an_extractor_takes() -> None:
    assert set(inspect.signature(extract_dataset).parameters) >= OF_AN_EXTRACTOR


def test_options_travel_whole() -> None:
    assert {field.name for field in dataclasses.fields(Options)} == OF_AN_EXTRACTOR


def test_an_extractor_gets_the_room_of_its_options(key: str) -> None:
    options = Options(
        PaperExtraction, "openai/m", None, None, 1, "tools", 10.0, 1, "drop", Limits(), max_answer_tokens=0
    )
    with pytest.raises(UsageError, match="max_answer_tokens=0"):
        options.extractor()


def test_a_dataset_is_refused_at_once_where_an_answer_may_have_no_token() -> None:
    pytest.importorskip("ray")
    with pytest.raises(UsageError, match="max_answer_tokens=0"):
        extract_dataset(None, max_answer_tokens=0)
