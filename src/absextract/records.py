"""The records that pass between the stages: an `Abstract` goes in, a `Record` comes out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import partial
from operator import is_
from typing import Annotated, Any, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError, model_validator
from pydantic.config import JsonDict
from pydantic.json_schema import SkipJsonSchema

from .display.record_html import record_html
from .display.short import counts_of, shortened

__all__ = [
    "Abstract",
    "BadInput",
    "Entity",
    "ErrorInfo",
    "ExtractorInfo",
    "Finding",
    "Grounding",
    "Record",
    "ReviewAction",
    "ReviewInfo",
    "Severity",
    "Source",
    "TextField",
    "Usage",
    "confidences_in",
    "is_reviewed",
    "schema_name",
]

SCHEMA_VERSION: Literal["2"] = "2"

FILLED_IN = "filled_by_builtin"
"""Code of the finding that tells why the offline extractor made a record in place of the run's model."""

MENDED = "answer_mended"
"""Code of the finding that tells what was mended in a model's answer that was almost JSON."""

NO_ABSTRACT = "no_abstract"
"""Code of the error of a paper that has no abstract, which is no failure of a run."""

_SHOWN_OF_TITLE = 60
_LONGEST_TITLE = 500  # characters; what is longer is a paragraph

TextField = Literal["title", "abstract"]
Severity = Literal["error", "warning", "info"]
SchemaT = TypeVar("SchemaT", bound=BaseModel)


class _Frozen(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True,
        extra="forbid",
        protected_namespaces=(),
        json_schema_serialization_defaults_required=True,  # nothing is left out of a record but an unknown confidence
    )


def stable_id(title: str, abstract: str) -> str:
    """The first 12 hex digits of SHA-256 over title, line feed, abstract (UTF-8)."""
    return hashlib.sha256(f"{title}\n{abstract}".encode()).hexdigest()[:12]


class Source(_Frozen):
    """Where an abstract was read from."""

    path: str
    """The file as the user named it, `-` for standard input, empty for text given in Python."""
    index: int = Field(ge=0)
    """0-based position among the records of that file."""


class Abstract(_Frozen):
    """One paper's title and abstract; every offset counts in them, so nothing changes them once they are here."""

    id: str = ""
    """The input's own identifier, else `stable_id(title, abstract)`."""
    title: str = ""
    abstract: str
    source: Source = Source(path="", index=0)
    metadata: dict[str, JsonValue] = {}
    """Whatever else the input carried, untouched."""

    @model_validator(mode="before")
    @classmethod
    def _fill_id(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("id"):
            title, abstract = data.get("title", ""), data.get("abstract")
            if isinstance(title, str) and isinstance(abstract, str):
                return {**data, "id": stable_id(title, abstract)}
        return data

    @model_validator(mode="after")
    def _can_be_written(self) -> Self:
        self.model_dump_json()  # raises on lone surrogates and on bottomless nesting
        return self

    def __repr__(self) -> str:
        return f"<Abstract {self.id}: {shortened(self.title or self.abstract, _SHOWN_OF_TITLE)!r}>"

    __str__ = __repr__

    @classmethod
    def from_text(cls, text: str) -> Abstract:
        r"""Reads `"Title\n\nAbstract …"`; without a blank line, or where no title is as long, it is all abstract."""
        head, blank, rest = text.partition("\n\n")
        title = head.strip("\n")
        if blank and "\n" not in title and len(title) <= _LONGEST_TITLE:
            return cls(title=title, abstract=rest)
        return cls(abstract=text)


class BadInput(_Frozen):
    """An input record that cannot be read; it becomes a failed record, so that none is lost."""

    source: Source
    line: int | None = None
    """1-based line in the file, where the format has lines and says where we are."""
    message: str
    empty: bool = False
    """There is a place for an abstract and nothing in it, as in the record of an unreadable input."""

    @property
    def place(self) -> str:
        """`path:line`; where no line is known, `path#index`."""
        return f"{self.source.path}#{self.source.index}" if self.line is None else f"{self.source.path}:{self.line}"

    @property
    def told(self) -> str:
        """What is wrong, and where."""
        return f"{self.place}: {self.message}"

    def as_abstract(self) -> Abstract:
        """An empty abstract in its place."""
        return Abstract(id=self.place, abstract="", source=self.source)


def _without_default(schema: JsonDict) -> None:
    del schema["default"]


class Grounding(_Frozen):
    """The characters of the source that support one value of the final extraction."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_serialization_defaults_required=False)

    path: str
    """JSON Pointer into `Record.extraction`."""
    field: TextField
    start: int = Field(ge=0)
    """Unicode code points from the start of the field, inclusive."""
    end: int = Field(ge=0)
    """Exclusive: `getattr(record, field)[start:end]` is the supporting text."""
    match: Literal["exact", "normalized", "fuzzy"]
    confidence: Annotated[float, Field(ge=0, le=1)] | SkipJsonSchema[None] = Field(
        None, exclude_if=partial(is_, None), json_schema_extra=_without_default
    )
    """Probability that a careful reader accepts the value for its field; left out where nobody knows it."""


def confidences_in(grounding: Any) -> dict[str, float]:
    """For the path of a value its confidence, from a record's grounding as JSON; none where that is no grounding."""
    try:
        places = _GROUNDINGS.validate_python(grounding)
    except ValidationError:
        return {}
    return {place.path: place.confidence for place in places if place.confidence is not None}


def schema_name(record: Mapping[str, Any]) -> str:
    """The name of the schema that a record as JSON was made for; empty where it does not say."""
    extractor = record.get("extractor")
    return str(extractor.get("schema", "")).partition("@")[0] if isinstance(extractor, dict) else ""


_GROUNDINGS = TypeAdapter(list[Grounding])


class Entity(_Frozen):
    """What one name of the extraction is: the thing in the vocabulary that it stands for."""

    path: str
    """JSON Pointer into `Record.extraction`; a list of names ("CIFAR-10 and CIFAR-100") has one entity for each."""
    id: str | None
    """Identifier in the vocabulary; null where the name could be several things, or the text does not say enough."""
    label: str
    """Its usual name; empty where there is no identifier."""
    how: Literal["exact", "alias", "acronym", "parsed", "model", "user"]
    """By its usual or another name, an acronym that the text defines, its parts, a model, the user's vocabulary."""
    confidence: float = Field(ge=0, le=1)
    """Probability that it is the thing that is meant."""
    candidates: tuple[str, ...] = ()
    """Identifiers to choose from where there is none."""


class Finding(_Frozen):
    """Something the validator has to say about a value, or about what is missing."""

    path: str
    """JSON Pointer: into the final extraction, or into the answer where the value was dropped."""
    code: str
    severity: Severity
    message: str
    value: JsonValue = None
    action: Literal["dropped", "kept"]


class Usage(_Frozen):
    """Tokens as the provider counted them, summed over the answers behind one record."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            total_tokens=self.total_tokens + other.total_tokens,
        )


class ExtractorInfo(_Frozen):
    """What filled the schema."""

    model: str
    """`builtin`, `provider/model`, or `external` for an extraction made by another tool."""
    prompt: str | None = None
    """Version of the prompt; null where no prompt was sent."""
    schema_: str = Field(alias="schema", serialization_alias="schema")
    """Name and digest of the schema, e.g. `PaperExtraction@0f3a…`."""
    attempts: int = 1
    """Answers asked for: 1 and the re-asks. Transport retries do not count."""
    usage: Usage | None = None


class ErrorInfo(_Frozen):
    """Why a record has no extraction."""

    code: str
    message: str


class ReviewAction(_Frozen):
    """What a person did with one value."""

    path: str
    """JSON Pointer into the final extraction; of what was removed, into the extraction as it was before."""
    action: Literal["confirmed", "changed", "added", "removed"]
    was: JsonValue = None
    """What stood there, where it was changed or removed."""


class ReviewInfo(_Frozen):
    """What a person has made of an extraction."""

    by: str
    """Who it was."""
    at: str
    """When the last of it was done: `2026-03-01T12:00:00Z`."""
    complete: bool
    """Whether the person said that nothing is missing; then all values are judged."""
    sampled: bool
    """Whether the paper was one of a random sample."""
    actions: tuple[ReviewAction, ...]
    """One for each value that was judged, in the order of the extraction."""


def is_reviewed(row: Mapping[str, Any]) -> bool:
    """Whether a record as JSON was judged by a person to the last value."""
    review = row.get("review")
    return isinstance(review, dict) and review.get("complete") is True


class Record(_Frozen, Generic[SchemaT]):
    """One line of output: what went in, what came out, and what supports it."""

    schema_version: Literal["2"] = SCHEMA_VERSION
    id: str
    title: str
    abstract: str
    source: Source
    metadata: dict[str, JsonValue]
    status: Literal["ok", "flagged", "failed"]
    """`ok`: no error or warning; `flagged`: there is one; `failed`: no extraction."""
    extraction: SchemaT | None
    grounding: tuple[Grounding, ...] = ()
    findings: tuple[Finding, ...] = ()
    extractor: ExtractorInfo
    error: ErrorInfo | None = None
    entities: tuple[Entity, ...] | SkipJsonSchema[None] = Field(
        None, exclude_if=lambda given: given is None, json_schema_extra=_without_default
    )
    """What the names are, once they are linked; left out where nobody asked."""
    review: ReviewInfo | SkipJsonSchema[None] = Field(
        None, exclude_if=lambda given: given is None, json_schema_extra=_without_default
    )
    """What a person has made of it; left out where nobody has looked."""

    @classmethod
    def failed(cls, abstract: Abstract, extractor: ExtractorInfo, error: ErrorInfo) -> Record[SchemaT]:
        """The record of an abstract that could not be extracted."""
        return cls(**_input_part(abstract), status="failed", extraction=None, extractor=extractor, error=error)

    @classmethod
    def checked(
        cls,
        abstract: Abstract,
        extractor: ExtractorInfo,
        extraction: SchemaT,
        grounding: tuple[Grounding, ...],
        findings: tuple[Finding, ...],
    ) -> Record[SchemaT]:
        """The record of an abstract whose extraction went through the validator."""
        return cls(
            **_input_part(abstract),
            status="flagged" if any(finding.severity != "info" for finding in findings) else "ok",
            extraction=extraction,
            grounding=grounding,
            findings=findings,
            extractor=extractor,
        )

    @classmethod
    def unreadable(cls, bad: BadInput, extractor: ExtractorInfo) -> Record[SchemaT]:
        """The record of an input that cannot be read."""
        error = ErrorInfo(code="bad_input", message=bad.told)
        return cls.failed(bad.as_abstract(), extractor, error)

    def to_json(self) -> str:
        """The record as one line of JSON, without the line feed.

        Raises:
            Exception: whatever a computed field of the schema raises.
        """
        # A required value that was dropped is null, which its own schema does not allow for.
        return self.model_dump_json(by_alias=True, warnings="none")

    def __repr__(self) -> str:
        shown = shortened(self.title or self.abstract, _SHOWN_OF_TITLE)
        found = self.error.code if self.error else counts_of(self.extraction, self.findings)
        return f"<Record {self.id}, {self.status}: {shown!r}{found and f'; {found}'}>"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        """The record for a notebook: marked text, values, findings."""
        return record_html(json.loads(self.written()[1]))

    def written(self) -> tuple[Record[SchemaT], str]:
        """The record and its line; where it cannot be written, the failed record in its place and that one's line."""
        try:
            line = self.to_json()
            _STRICT.decode(line)  # a schema's own serialization may write NaN, or an integer that nobody reads again
            return self, line
        except Exception as error:  # raised by the user's schema
            message = ascii(error)  # it may quote what UTF-8 cannot hold
            failed = self.model_copy(
                update={
                    "status": "failed",
                    "extraction": None,
                    "grounding": (),
                    "findings": (),
                    "error": ErrorInfo(code="internal", message=message),
                }
            )
            return failed, failed.to_json()


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


_STRICT = json.JSONDecoder(parse_constant=_refuse)


def _input_part(abstract: Abstract) -> dict[str, Any]:
    return {name: getattr(abstract, name) for name in Abstract.model_fields}
