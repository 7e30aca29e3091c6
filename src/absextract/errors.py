"""Everything absextract raises.

AbsextractError
├── UsageError            the user must change something: option, file, environment
│   ├── InputError        an input that cannot be read
│   ├── SchemaError       a schema that cannot be loaded or used
│   ├── OutputError       an output that cannot be written, resumed or overwritten
│   └── ProviderSetupError  a model, key, server or extra package that is not there
├── StoppedError          nothing more is sent: a budget is used up, or somebody interrupted
└── ExtractionError       one abstract could not be extracted; becomes the record's `error`
    ├── ProviderError     the provider did not answer, or refused the request
    └── AnswerError       the provider answered something that cannot be used
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = [
    "AbsextractError",
    "AnswerError",
    "ExtractionError",
    "InputError",
    "OutputError",
    "ProviderError",
    "ProviderSetupError",
    "SchemaError",
    "StoppedError",
    "UsageError",
]


class AbsextractError(Exception):
    """Base of all errors raised by absextract."""


class UsageError(AbsextractError, ValueError):
    """Something the user can put right; the command line exits with status 2."""


class InputError(UsageError):
    """An input that cannot be read.

    Attributes:
        path: the file as the user named it, `-` for standard input.
        line: 1-based line in the file, where one is known.
    """

    def __init__(self, message: str, path: str, line: int | None = None) -> None:
        super().__init__(message, path, line)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"


class SchemaError(UsageError):
    """A schema that cannot be loaded, or cannot be filled by the chosen model."""


class OutputError(UsageError):
    """An output that cannot be written, or that belongs to another run."""


class ProviderSetupError(UsageError):
    """A model name, key, server or package without which no request can succeed."""


class StoppedError(AbsextractError):
    """Nothing more is sent to the provider; what is not yet extracted can be done by a later run."""


class ExtractionError(AbsextractError):
    """One abstract could not be extracted.

    Attributes:
        code: stable, machine-readable reason, e.g. `rate_limited`.
        message: the reason for a person; never holds a key.
    """

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(code, message)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class ProviderError(ExtractionError):
    """The provider did not answer, or refused the request.

    Attributes:
        retry_after: seconds the provider asked to wait, if it did.
        retryable: whether the same request may succeed later.
        status: the HTTP status, where there was an answer.
        headers: of that answer.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        retryable: bool = False,
        retry_after: float | None = None,
        status: int | None = None,
        headers: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code, message)
        self.retryable = retryable
        self.retry_after = retry_after
        self.status = status
        self.headers = headers


class AnswerError(ExtractionError):
    """The provider answered something that cannot be used."""
