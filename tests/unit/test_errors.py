"""What absextract raises."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable

import pytest

from absextract import errors
from absextract.errors import (
    AbsextractError,
    AnswerError,
    ExtractionError,
    InputError,
    OutputError,
    ProviderError,
    ProviderSetupError,
    SchemaError,
    UsageError,
)

CLASSES = [value for value in vars(errors).values() if inspect.isclass(value)]


def test_the_docstring_draws_the_tree_as_it_is() -> None:
    drawn: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        name = line.lstrip("│├└─ ").split(" ")[0]
        if name.endswith("Error"):
            drawn.append((line.index(name) // 4, name))
    parents: dict[int, str] = {}
    for depth, name in drawn:
        parents[depth] = name
        if depth:
            assert getattr(errors, name).__bases__[0].__name__ == parents[depth - 1]
    assert sorted(name for _, name in drawn) == sorted(kind.__name__ for kind in CLASSES)


def test_every_error_has_a_sentence_and_one_base() -> None:
    assert all(kind.__doc__ and issubclass(kind, AbsextractError) for kind in CLASSES)
    assert errors.__all__ == sorted(kind.__name__ for kind in CLASSES)


@pytest.mark.parametrize("kind", [InputError, OutputError, ProviderSetupError, SchemaError])
def test_what_the_user_can_put_right_is_a_usage_error_and_a_value_error(kind: type[Exception]) -> None:
    assert issubclass(kind, UsageError)
    assert issubclass(kind, ValueError)


@pytest.mark.parametrize("kind", [ProviderError, AnswerError])
def test_what_becomes_a_record_is_an_extraction_error(kind: type[Exception]) -> None:
    assert issubclass(kind, ExtractionError)
    assert not issubclass(kind, UsageError)


@pytest.mark.parametrize(("line", "text"), [(None, "in.csv: torn"), (3, "in.csv:3: torn")])
def test_an_input_error_says_where(line: int | None, text: str) -> None:
    error = InputError("torn", path="in.csv", line=line)
    assert (str(error), error.path, error.line) == (text, "in.csv", line)


def test_an_extraction_error_says_its_code_and_message() -> None:
    error = ProviderError("rate_limited", "slow down", retryable=True, retry_after=2.5)
    assert str(error) == "rate_limited: slow down"
    assert (error.code, error.message, error.retryable, error.retry_after) == ("rate_limited", "slow down", True, 2.5)
    assert not ProviderError("refused", "no").retryable


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
@pytest.mark.parametrize(
    "error",
    [
        UsageError("wrong"),
        InputError("torn", path="in.csv", line=3),
        InputError("torn", path="in.csv"),
        AnswerError("schema_mismatch", "no"),
        ProviderError("rate_limited", "slow down", retryable=True, retry_after=2.5),
    ],
)
def test_errors_survive_the_way_to_another_process(
    error: Exception, duplicate: Callable[[Exception], Exception]
) -> None:
    again = duplicate(error)  # by the same road as between processes
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)
