"""What is taken from a server's word on files and batches, checked: it may say anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ..errors import ProviderError
from ..extractors.llm.secrets import redact_json
from ..schema.faults import first_fault

__all__ = ["BatchState", "FileState", "read_batch", "read_file"]

_END_OF_YEAR_9999 = 253_402_300_799
_MOST = 2**53
_LONGEST = 500
_LISTED = 5

StateT = TypeVar("StateT", bound=BaseModel)


def _or(instead: Any) -> BeforeValidator:
    return BeforeValidator(lambda value: value or instead)


_Id = Annotated[str, Field(pattern=r"^[!-~]{1,500}$")]
_MaybeId = Annotated[_Id | None, _or(None)]
_Moment = Annotated[float, Field(ge=0, le=_END_OF_YEAR_9999)]
_Count = Annotated[int, Field(ge=0, le=_MOST), _or(0)]


class _State(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)


class _Counts(_State):
    completed: _Count = 0
    failed: _Count = 0


class FileState(_State):
    """A file, as far as it matters here."""

    id: _Id
    bytes: _Count = 0


class BatchState(_State):
    """A batch, as far as it matters here; `problem` is what the server says is wrong with the whole of it."""

    id: _Id
    status: Annotated[str, Field(pattern=r"^[a-z_]{1,50}$")]
    created_at: _Moment
    expires_at: _Moment | None = None
    request_counts: Annotated[_Counts, _or({})] = _Counts()
    output_file_id: _MaybeId = None
    error_file_id: _MaybeId = None
    problem: str | None = None


def read_file(said: Any, redact: Callable[[str], str]) -> FileState:
    """A file as the openai package gives it.

    Raises:
        ProviderError: it is none.
    """
    return _checked(FileState, redact_json(_plain(said), redact))


def read_batch(said: Any, redact: Callable[[str], str]) -> BatchState:
    """A batch as the openai package gives it; what it tells people is without keys.

    Raises:
        ProviderError: it is none.
    """
    plain = redact_json(_plain(said), redact)
    told = _told(plain.get("errors")).encode("utf-8", "replace").decode()
    return _checked(BatchState, plain | {"problem": told[:_LONGEST] or None})


def _plain(said: Any) -> dict[str, Any]:
    """What the package has not checked, though its types say so; it gives pages of HTML as text."""
    plain = said.model_dump(warnings=False) if isinstance(said, BaseModel) else said
    return plain if isinstance(plain, dict) else {}


def _checked(kind: type[StateT], plain: dict[str, Any]) -> StateT:
    try:
        return kind.model_validate(plain)
    except ValidationError as error:
        what = kind.__name__.removesuffix("State").lower()
        message = f"the server's answer is no {what} ({first_fault(error)})"
        raise ProviderError("server_error", message) from None


def _told(errors: Any) -> str:
    told = errors.get("data") if isinstance(errors, dict) else errors
    items = told if isinstance(told, list) else [told] if told else []
    return "; ".join(map(_in_words, items[:_LISTED]))


def _in_words(error: Any) -> str:
    if not isinstance(error, dict):
        return str(error)
    code = error.get("code")
    return f"{error.get('message')} ({code})" if code else str(error.get("message"))
