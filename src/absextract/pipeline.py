"""One abstract down the road: extract, validate, ask again if need be, and out comes a record."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, get_args

from pydantic import BaseModel
from typing_extensions import TypeVar

from .attempts import Attempt, Outcome, ask, judge
from .choices import MOST_ANSWER_TOKENS, MOST_SAMPLES, Mode, Unsupported
from .errors import OutputError, SchemaError, StoppedError, UsageError
from .extractors.answers import Answer, Backend, Forecast, Replay, Traffic
from .extractors.llm.backend import LlmBackend
from .extractors.llm.cache import AnswerCache, cache_limit, default_cache_dir
from .extractors.llm.guidance import Example
from .extractors.llm.limits import Limits
from .extractors.llm.retry import HOPELESS
from .ordered import ordered_map
from .records import FILLED_IN, NO_ABSTRACT, Abstract, BadInput, ErrorInfo, ExtractorInfo, Finding, Record, Usage
from .schema.export import schema_digest
from .schema.marked import marks_of
from .schema.paper import PaperExtraction
from .text.stand_ins import is_no_abstract
from .worked_examples import guidance_for

if TYPE_CHECKING:
    from .validation.validator import Review

__all__ = ["BUILTIN", "Extractor", "SchemaT", "check_answer_tokens", "check_samples", "default_model", "record_of"]

SchemaT = TypeVar("SchemaT", bound=BaseModel, default=PaperExtraction)

BUILTIN = "builtin"
_log = logging.getLogger(__name__)
_NOTHING_TO_READ = ErrorInfo(code=NO_ABSTRACT, message="the paper has no abstract")
_READY = 2  # abstracts in work for each request in flight: an answer's checks must not hold up the next request


def _offline() -> Backend:
    """The offline model; its weights are loaded for those alone who use it."""
    from .extractors.builtin.backend import BuiltinBackend

    return BuiltinBackend()


def default_model() -> str:
    """`ABSEXTRACT_MODEL`, else `builtin`."""
    return os.environ.get("ABSEXTRACT_MODEL") or BUILTIN


def check_answer_tokens(most: int) -> None:
    """Finds out whether an answer may have so many tokens.

    Raises:
        UsageError: it may not have less than one.
    """
    if most < 1:
        raise UsageError(f"max_answer_tokens={most}: expected more than 0")


def check_samples(number: int, model: str) -> None:
    """Finds out whether a model may be asked so often for each paper.

    Raises:
        UsageError: it may not.
    """
    if not 1 <= number <= MOST_SAMPLES:
        raise UsageError(f"samples={number}: expected a number from 1 to {MOST_SAMPLES}")
    if number > 1 and model == BUILTIN:
        raise UsageError("samples: the offline model answers the same each time, and tells its confidence at once")


@dataclass(frozen=True, slots=True)
class WorkedOut(Generic[SchemaT]):
    """What came of one abstract.

    Attributes:
        record: in any case.
        reasks: answers that were asked for to correct another one.
        lasts: the record is an extraction of the model, and all of its answers are kept.
    """

    record: Record[SchemaT]
    reasks: int = 0
    lasts: bool = False


class Extractor(Generic[SchemaT]):
    """Turns abstracts into checked records; an async context manager.

    Args:
        model: `builtin`, or `provider/model` as instructor names them. Default: `ABSEXTRACT_MODEL`, else `builtin`.
        schema: any Pydantic model; marks on its fields say what is checked.
        base_url: an OpenAI-compatible server for the openai provider. Default: `OPENAI_BASE_URL`.
        cache: folder for the model's answers; True for the user's cache folder, False or None for no cache.
        concurrency: requests in flight at once.
        mode: how the provider is asked for structure.
        timeout: seconds to wait for one answer.
        max_answer_tokens: the most tokens an answer may have, sent along with each request. An answer that is cut off
            there is asked for once more with four times the room.
        instructions: words of your own that are added to the system message, the same for each paper.
        examples: papers with the extractions that are right for them, shown to the model before each paper, as
            `read_examples` gives them. A paper that is one of them is asked for without it.
        samples: how often each paper is asked for. With more than 1, what most of the answers hold is kept, and each
            value gets a confidence; with 2, a third answer is asked for where the two differ.
        max_reasks: how often an answer with errors is sent back. One that cannot be used at all (no JSON, cut off,
            another shape) has two more tries of its own.
        unsupported: whether what the text does not support is dropped or kept; there is a finding either way.
        limits: requests and tokens a minute, tokens and cost in all.
        fallback: `builtin` fills in where the model fails for good; the record says so in its `extractor` and with a
            finding `filled_by_builtin`. A key, model or quota that the provider refuses is no such case.
        min_confidence: from 0 to 1; values of a lower confidence are left out, each with a finding `confidence_low`,
            which does not flag the record. Default: 0.5, and more for the parts of a result, as the offline model says.
            Values without a confidence stay, as all of a language model do that is asked once.
        link: whether each record tells what its names are in the vocabulary, in `entities`.
        replay: gives the response to each request in place of the server, e.g. from a batch; nothing is sent then.

    Raises:
        UsageError: an argument that is none of those it can be.
        SchemaError: `builtin` with a schema other than `PaperExtraction`, or marks that cannot be checked.
        ProviderSetupError: unknown provider, missing package or key.
    """

    def __init__(
        self,
        *,
        schema: type[SchemaT] = PaperExtraction,  # type: ignore[assignment]  # the default of SchemaT
        model: str | None = None,
        base_url: str | None = None,
        cache: str | os.PathLike[str] | bool | None = True,
        concurrency: int = 32,
        mode: Mode = "tools",
        timeout: float = 120.0,
        max_answer_tokens: int = MOST_ANSWER_TOKENS,
        instructions: str | None = None,
        examples: Iterable[Example] = (),
        samples: int = 1,
        max_reasks: int = 1,
        unsupported: Unsupported = "drop",
        limits: Limits = Limits(),  # noqa: B008  # it is frozen
        fallback: Literal["builtin"] | None = None,
        min_confidence: float | None = None,
        link: bool = False,
        replay: Replay | None = None,
    ) -> None:
        self.model: str = model or default_model()
        self.schema = schema
        self.concurrency = concurrency
        self.max_reasks = max_reasks
        self.unsupported: Unsupported = unsupported
        self.min_confidence = min_confidence
        self.samples = samples
        self.link: bool = link
        self.reasks: int = 0
        self._backend: Backend
        marks_of(schema)  # raises where a mark stands on something that cannot be checked
        if unsupported not in get_args(Unsupported):
            raise UsageError(f'unsupported="{unsupported}": expected one of {", ".join(get_args(Unsupported))}')
        check_answer_tokens(max_answer_tokens)
        if min_confidence is not None and not 0 <= min_confidence <= 1:
            raise UsageError(f"min_confidence={min_confidence}: expected a number from 0 to 1")
        if BUILTIN in (self.model, fallback) and schema is not PaperExtraction:
            raise SchemaError("the offline model fills only the schema of papers; choose a language model with --model")
        check_samples(samples, self.model)
        self._fallback = _offline() if fallback else None
        if self.model == BUILTIN:
            self._backend = _offline()
            return
        with ExitStack() as undo:
            answers = None
            if cache:
                answers = AnswerCache(default_cache_dir() if cache is True else cache, limit=cache_limit())
                undo.callback(answers.close)  # where the model is refused
            self._backend = LlmBackend(
                self.model,
                schema,
                base_url=base_url,
                mode=mode,
                timeout=timeout,
                cache=answers,
                concurrency=concurrency,
                limits=limits,
                max_answer_tokens=max_answer_tokens,
                guidance=guidance_for(schema, instructions, examples),
                replay=replay,
            )
            undo.pop_all()

    async def __aenter__(self) -> Extractor[SchemaT]:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Gives back connections and files."""
        await self._backend.close()

    @property
    def in_work(self) -> int:
        """Abstracts to be worked on at once, so that there are `concurrency` requests in flight."""
        return self.concurrency if self.model == BUILTIN else _READY * self.concurrency

    def stop(self, reason: str) -> None:
        """Sends nothing more; what is under way may land. What would have to be sent raises `StoppedError`."""
        self._backend.stop(reason)

    def sync(self) -> None:
        """Has the disk keep the answers that have arrived, whatever happens to the power; callable from any thread."""
        self._backend.sync()

    @property
    def stopped(self) -> str | None:
        """Why nothing more is sent: a limit is reached, or `stop` was called."""
        return self._backend.stopped

    @property
    def traffic(self) -> Traffic:
        """Requests, retries, cache hits and tokens so far."""
        return self._backend.traffic

    @property
    def pause(self) -> float:
        """Seconds until more is sent, where the server asked for a pause."""
        return self._backend.pause if isinstance(self._backend, LlmBackend) else 0.0

    def describe(self, attempts: int = 1, usage: Usage | None = None) -> ExtractorInfo:
        """What this extractor writes into its records."""
        return ExtractorInfo(
            model=self.model,
            prompt=self._backend.prompt,
            schema=schema_digest(self.schema),
            attempts=attempts,
            usage=usage,
        )

    @property
    def records_beside(self) -> Path | None:
        """The folder of the answers, where records can be kept beside them; None where they cannot.

        They cannot where code of the user's shapes them, names are linked, a limit is set to the folder's size, or the
        folder takes no more.
        """
        if not isinstance(self._backend, LlmBackend) or self.schema is not PaperExtraction:
            return None
        return None if self.link or cache_limit() is not None else self._backend.cache_folder

    def shape_of(self, abstract: Abstract) -> str:
        """All that shapes the record of an abstract but its title and text, and this program.

        Raises:
            UsageError: the builtin extractor keeps none.
        """
        if not isinstance(self._backend, LlmBackend):
            raise UsageError("the builtin extractor keeps no records")
        return f"{self._backend.shape_of(abstract)} {self._same_for_all}"

    @cached_property
    def _same_for_all(self) -> str:
        """What shapes the records of all abstracts alike."""
        settings = (self.samples, self.max_reasks, self.unsupported, self.min_confidence)
        return f"{self.describe().model_dump_json()} {settings}"

    def forecast(self, abstract: Abstract, sample: int = 0) -> Forecast:
        """A first request for an abstract, as it would be sent, with an estimate of its tokens.

        Args:
            abstract: the paper.
            sample: which of the answers to it, from 0.

        Raises:
            UsageError: the builtin extractor sends none.
        """
        if not isinstance(self._backend, LlmBackend):
            raise UsageError("the builtin extractor sends no requests")
        return self._backend.forecast(abstract, sample)

    async def extract(self, abstract: Abstract | BadInput | str) -> Record[SchemaT]:
        """One abstract, one record; whatever fails, also in its input, ends as the record's `error`.

        A paper without an abstract is not sent; its error is `no_abstract`.

        Raises:
            StoppedError: it would have to be sent, and a limit is reached.
            OutputError: by `replay`, which cannot write.
        """
        return (await self.work_out(abstract)).record

    async def work_out(self, abstract: Abstract | BadInput | str) -> WorkedOut[SchemaT]:
        """The same as `extract`, with what is to be known of it beside the record.

        Raises:
            StoppedError: it would have to be sent, and a limit is reached.
            OutputError: by `replay`, which cannot write.
        """
        if isinstance(abstract, BadInput):
            return WorkedOut(Record[SchemaT].unreadable(abstract, self.describe(attempts=0)))
        paper = Abstract.from_text(abstract) if isinstance(abstract, str) else abstract
        if is_no_abstract(paper.abstract):
            return WorkedOut(Record[SchemaT].failed(paper, self.describe(attempts=0), _NOTHING_TO_READ))
        try:
            if self.samples == 1:
                outcome = await self._ask(paper)
            else:
                from .several_answers import ask_several

                outcome = await ask_several(
                    self.samples, partial(self._ask, paper), partial(self._judge, paper=paper), self.schema
                )
            best, info = outcome.best, self.describe(outcome.attempts, outcome.usage)
            if best.checked is not None:
                record = self._told(record_of(paper, info, self.schema, best.checked, best.findings))
                return WorkedOut(record, outcome.reasks, outcome.lasts)
            error = best.error or ErrorInfo(code="internal", message="no answer")
            if self._fallback and error.code not in HOPELESS:
                return WorkedOut(self._told(await self._filled_in(paper, info, error, self._fallback)))
            return WorkedOut(Record[SchemaT].failed(paper, info, error))
        except (OutputError, StoppedError):
            raise
        except Exception as error:  # a bug, ours or the schema's, must not cost the other abstracts
            _log.error("abstract %s: %r", paper.id, error, exc_info=_log.isEnabledFor(logging.INFO))
            told = ErrorInfo(code="internal", message=repr(error))
            return WorkedOut(Record[SchemaT].failed(paper, self.describe(), told))

    def _told(self, record: Record[SchemaT]) -> Record[SchemaT]:
        """The record with what its names are, where that is asked for."""
        if not self.link:
            return record
        from .entities.linking import link

        return link(record)

    async def stream(self, abstracts: Iterable[Abstract]) -> AsyncIterator[Record[SchemaT]]:
        """Many abstracts, their records in the same order, at most `in_work` of them at once.

        Raises:
            StoppedError: a limit is reached, behind the last record that could be made.
        """
        async for record in ordered_map(self.extract, abstracts, concurrency=self.in_work):
            yield record

    async def _ask(self, paper: Abstract, sample: int = 0) -> Outcome[SchemaT]:
        outcome = await ask(
            self._backend,
            paper,
            judged=lambda answer: self._judge(answer, paper),
            max_reasks=self.max_reasks,
            sample=sample,
        )
        self.reasks += outcome.reasks
        return outcome

    async def _filled_in(
        self, paper: Abstract, info: ExtractorInfo, error: ErrorInfo, fallback: Backend
    ) -> Record[SchemaT]:
        """The record that the fallback makes where the model failed."""
        attempt = self._judge(await fallback.answer(paper), paper)
        if attempt.checked is None:
            return Record[SchemaT].failed(paper, info, error)
        said = f"{self.model} gave no extraction ({error.code}: {error.message}); this is {fallback.model}'s"
        told = Finding(path="", code=FILLED_IN, severity="warning", message=said, value=error.code, action="kept")
        made_by = info.model_copy(update={"model": fallback.model, "prompt": fallback.prompt})
        return record_of(paper, made_by, self.schema, attempt.checked, (told, *attempt.findings))

    def _judge(self, answer: Answer, paper: Abstract) -> Attempt[SchemaT]:
        return judge(answer, paper, self.schema, unsupported=self.unsupported, min_confidence=self.min_confidence)


def record_of(
    paper: Abstract,
    info: ExtractorInfo,
    schema: type[SchemaT],
    checked: Review[SchemaT],
    findings: tuple[Finding, ...],
) -> Record[SchemaT]:
    """The record of an abstract whose extraction went through the validator.

    Whatever made the extraction, here it gets what is told from title and abstract alone.
    """
    from .own_results import with_own

    found: Any = checked.extraction
    finished = with_own(found, paper, checked.grounding) if isinstance(found, PaperExtraction) else found
    return _record_type(schema).checked(paper, info, finished, checked.grounding, findings)


@lru_cache(maxsize=32)  # Pydantic forgets a type that nobody holds, and building it takes as long as an extraction
def _record_type(schema: type[SchemaT]) -> type[Record[SchemaT]]:
    return Record[schema]  # type: ignore[valid-type]  # the schema is known at run time
