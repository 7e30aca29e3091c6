"""What a job was made with: all that shapes its requests and records, and no key."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from typing import Annotated, Any, Self

from pydantic import Field, TypeAdapter

from ..errors import OutputError, UsageError
from ..extractors.answers import MOST_ANSWER_TOKENS, Replay
from ..extractors.llm.guidance import Example
from ..extractors.llm.providers import Mode
from ..pipeline import Extractor
from ..records import Abstract
from ..schema.load import load_schema
from ..sources.read import OnBadInput
from ..validation.validator import Unsupported
from .request_files import request_key

__all__ = ["NOTHING_NAMED", "JobSettings", "Named", "check_same_shape", "shape_of", "whole_schema"]

_MOST = 2**53
_LATER = {"columns", "max_answer_tokens", "instructions", "examples"}  # ledgers of earlier versions have none
_PROBE = Abstract(id="probe", abstract="What shapes a request shapes this one.")


@dataclass(frozen=True, slots=True)
class JobSettings:
    """The settings of a job; each step after the first takes them from the ledger.

    Attributes:
        model: `openai/…`.
        server: its address, without user name and password.
        schema: a reference as `load_schema` takes it, files by their whole path.
        mode: how the model is asked for structure.
        max_reasks: how often an answer with errors is sent back.
        unsupported: what happens to values the text does not support.
        cache_dir: the answer cache.
        inputs: as the user named them.
        format: their format, where it was named.
        limit: the most input records.
        on_bad_input: what becomes of an unreadable one.
        max_answer_tokens: the most tokens of an answer.
        columns: what the user says of the columns of tables and JSON.
        instructions: words of the user's own for the model.
        examples: papers and the answers that are right for them.
    """

    model: str
    server: str
    schema: str
    mode: Mode
    max_reasks: Annotated[int, Field(ge=0, le=_MOST)]
    unsupported: Unsupported
    cache_dir: str
    inputs: list[str]
    format: str | None
    limit: Annotated[int | None, Field(ge=0, le=_MOST)]
    on_bad_input: OnBadInput
    max_answer_tokens: Annotated[int | None, Field(ge=1, le=_MOST)] = MOST_ANSWER_TOKENS
    columns: str | None = None
    instructions: str | None = None
    examples: tuple[Example, ...] = ()

    @classmethod
    def stored(cls, settings: dict[str, Any], directory: object) -> Self:
        """The settings as a ledger has them.

        Raises:
            UsageError: they are not those of this version, or no settings at all.
        """
        names = {field.name for field in fields(cls)}
        if not names - _LATER <= set(settings) <= names:
            raise UsageError(f"{directory}: its job was made by another version of absextract; go on with that version")
        try:
            stored = TypeAdapter(cls).validate_python(settings)
            if not (stored.model + stored.server).isprintable():  # paths may be anything
                raise ValueError("a name that cannot be sent")
            return stored
        except ValueError as error:
            raise UsageError(f"{directory}: the settings of its job are damaged; submit a new job") from error

    @property
    def base_url(self) -> str:
        """The server's address; with user name and password where `OPENAI_BASE_URL` has them for this server."""
        given = os.environ.get("OPENAI_BASE_URL", "")
        head, at, host = given.rpartition("@")
        scheme = head.partition("://")[0]
        return given if at and f"{scheme}://{host}".rstrip("/") == self.server else self.server

    def check_same(self, other: JobSettings, directory: object) -> None:
        """Finds out whether a command means the job that is there.

        Raises:
            OutputError: it means another one.
        """
        there, now = asdict(self), asdict(other)
        for name in there:
            if there[name] != now[name]:
                differs = f"{name} {there[name]}, this command has {now[name]}"
                if name in ("instructions", "examples"):  # whole texts
                    differs = f"other {name} than this command has"
                raise OutputError(f"{directory}: holds a job with {differs}; choose another -o")

    def extractor(self, replay: Replay | None = None) -> Extractor[Any]:
        """The extractor of this job, which sends nothing with `replay`.

        Raises:
            UsageError: the schema cannot be loaded any more, or there is no key.
        """
        return Extractor(
            model=self.model,
            schema=load_schema(self.schema),
            base_url=self.base_url,
            cache=self.cache_dir,
            concurrency=1,
            mode=self.mode,
            max_reasks=self.max_reasks,
            unsupported=self.unsupported,
            max_answer_tokens=self.max_answer_tokens or MOST_ANSWER_TOKENS,  # of a job made before there was a limit
            instructions=self.instructions,
            examples=self.examples,
            replay=replay,
        )

    def summary(self) -> dict[str, Any]:
        """For the run summary."""
        names = ("model", "schema", "mode", "max_reasks", "unsupported", "inputs")
        return {name: getattr(self, name) for name in names}


def whole_schema(reference: str) -> str:
    """A schema reference that means the same from any folder."""
    place, colon, name = reference.rpartition(":")
    return f"{os.path.abspath(place)}:{name}" if colon and place.endswith(".py") else reference


@dataclass(frozen=True, slots=True)
class Named:
    """What the user names again beside a job's folder.

    Attributes:
        schema: as `--schema` has it.
        base_url: as `--base-url` has it.
    """

    schema: str | None = None
    base_url: str | None = None


NOTHING_NAMED = Named()


def shape_of(extractor: Extractor[Any]) -> dict[str, Any]:
    """What has to be the same when answers come, for them to be found and read as they were asked for."""
    info = extractor.describe().model_dump(by_alias=True)
    request = request_key(extractor.forecast(_PROBE).body)
    return {"prompt": info["prompt"], "schema": info["schema"], "request": request}


def check_same_shape(then: dict[str, Any], now: dict[str, Any], directory: object) -> None:
    """Finds out whether requests are still made as they were when the job was submitted.

    Raises:
        UsageError: they are not, so that no answer would be found.
    """
    for name, what in (("schema", "the schema"), ("prompt", "the prompt"), ("request", "the form of requests")):
        if then[name] != now[name]:
            raise UsageError(
                f"{directory}: {what} has changed since the job was submitted ({then[name]}, now {now[name]}); "
                "go back to the schema and the version of absextract that it was submitted with"
            )
