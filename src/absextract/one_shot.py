"""The blocking functions of the package: papers with a model, an extraction without."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sized
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, overload

from pydantic import BaseModel

from .display.counter import Counter
from .errors import AnswerError, UsageError
from .given_papers import PaperLike, paper_of
from .pipeline import Extractor, SchemaT, record_of
from .record_list import RecordList
from .records import Abstract, ErrorInfo, ExtractorInfo, Record
from .schema.export import schema_digest
from .schema.faults import TOO_DEEP
from .schema.marked import slots_of
from .schema.paper import PaperExtraction
from .validation.conform import conform
from .validation.validator import UNKNOWN, Confidence, Unsupported, review

__all__ = ["extract", "extract_many", "validate"]

ModelT = TypeVar("ModelT", bound=BaseModel)
ResultT = TypeVar("ResultT")

_TOO_DEEP = ErrorInfo(code="schema_mismatch", message=f"the extraction is {TOO_DEEP}")


def extract(
    paper: PaperLike | None = None,
    /,
    *,
    title: str | None = None,
    abstract: str | None = None,
    model: str | None = None,
    schema: type[SchemaT] = PaperExtraction,  # type: ignore[assignment]  # the default of SchemaT
    base_url: str | None = None,
    cache: str | os.PathLike[str] | bool | None = True,
    min_confidence: float | None = None,
) -> Record[SchemaT]:
    r"""One abstract, blocking: `extract("Title\n\nAbstract …", model="openai/gpt-5-mini")`.

    Works inside a running event loop too (notebooks), in a thread of its own.

    Args:
        paper: a text, an `Abstract`, or a mapping with `title` and `abstract`, whose other items become metadata.
        title: in place of `paper`, together with `abstract`; may be left out.
        abstract: in place of `paper`.
        model: `builtin`, or `provider/model`.
        schema: any Pydantic model.
        base_url: an OpenAI-compatible server.
        cache: a folder for the model's answers; True for the user's, False for none.
        min_confidence: from 0 to 1; values of a lower confidence are left out.

    Raises:
        UsageError: an argument that cannot be used; `Extractor` lists them.
    """
    one = paper_of(paper, title, abstract)

    async def once() -> Record[SchemaT]:
        async with Extractor(
            model=model, schema=schema, base_url=base_url, cache=cache, min_confidence=min_confidence
        ) as extractor:
            return await extractor.extract(one)

    return _awaited(once)


def extract_many(
    papers: Iterable[PaperLike],
    *,
    model: str | None = None,
    schema: type[SchemaT] = PaperExtraction,  # type: ignore[assignment]  # the default of SchemaT
    base_url: str | None = None,
    cache: str | os.PathLike[str] | bool | None = True,
    concurrency: int = 32,
    min_confidence: float | None = None,
    progress: bool = True,
) -> RecordList[SchemaT]:
    """Many abstracts, blocking; their records in the same order, failed ones among them.

    All records are in memory at the end. For more than fits there, or to write them as they come, use
    `Extractor.stream`, or the command `absextract extract`, which also resumes.

    Args:
        papers: texts, mappings or `Abstract`s, as `extract` takes them; e.g. what `read_abstracts` gives.
        model: as in `extract`.
        schema: as in `extract`.
        base_url: as in `extract`.
        cache: as in `extract`.
        concurrency: requests in flight at once.
        min_confidence: as in `extract`.
        progress: shows how far it is, where standard error is a terminal, and in notebooks.

    Raises:
        UsageError: an argument that cannot be used, or something among the papers that is none.
    """
    if isinstance(papers, str | Mapping | Abstract):
        raise UsageError('extract_many takes many papers, e.g. read_abstracts("papers.csv"); for one there is extract')
    total = len(papers) if isinstance(papers, Sized) else None

    async def all_of_them() -> RecordList[SchemaT]:
        records: RecordList[SchemaT] = RecordList()
        async with Extractor(
            model=model,
            schema=schema,
            base_url=base_url,
            cache=cache,
            concurrency=concurrency,
            min_confidence=min_confidence,
        ) as extractor:
            with Counter(total, shown=progress) as counter:
                async for record in extractor.stream(_papers(papers)):
                    records.append(record)
                    counter.advance()
        return records

    return _awaited(all_of_them)


def _papers(given: Iterable[PaperLike]) -> Iterator[Abstract]:
    return map(paper_of, given)


def _awaited(work: Callable[[], Coroutine[Any, Any, ResultT]]) -> ResultT:
    """What a coroutine gives, also where an event loop is running in this thread already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work())
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work()).result()


@overload
def validate(
    extraction: BaseModel | Mapping[str, Any],
    abstract: PaperLike,
    *,
    schema: type[ModelT],
    unsupported: Unsupported = "drop",
    extractor: ExtractorInfo | None = None,
    confidence: Confidence = UNKNOWN,
) -> Record[ModelT]: ...


@overload
def validate(
    extraction: ModelT,
    abstract: PaperLike,
    *,
    schema: None = None,
    unsupported: Unsupported = "drop",
    extractor: ExtractorInfo | None = None,
    confidence: Confidence = UNKNOWN,
) -> Record[ModelT]: ...


@overload
def validate(
    extraction: Mapping[str, Any],
    abstract: PaperLike,
    *,
    schema: None = None,
    unsupported: Unsupported = "drop",
    extractor: ExtractorInfo | None = None,
    confidence: Confidence = UNKNOWN,
) -> Record[PaperExtraction]: ...


def validate(
    extraction: BaseModel | Mapping[str, Any],
    abstract: PaperLike,
    *,
    schema: type[BaseModel] | None = None,
    unsupported: Unsupported = "drop",
    extractor: ExtractorInfo | None = None,
    confidence: Confidence = UNKNOWN,
) -> Record[Any]:
    """Checks an extraction from any tool against its abstract, without a model.

    Args:
        extraction: an instance of a schema, or the same as JSON values.
        abstract: the paper it was taken from, as `extract` takes it.
        schema: the schema of the JSON values; `PaperExtraction` where none is given.
        unsupported: whether what the text does not support is dropped or kept.
        extractor: what made the extraction, for the record; `external` where nothing is said.
        confidence: how likely values are right, by their JSON Pointer, e.g. `{"/tasks/0": 0.9}`, for the record.

    Returns:
        The record; `failed` with `schema_mismatch` where the extraction does not fit the schema at all.

    Raises:
        UsageError: the abstract or the schema is none.
    """
    paper = paper_of(abstract)
    given = dict(extraction) if isinstance(extraction, Mapping) else extraction  # a broken line may hold anything
    model = schema or (type(extraction) if isinstance(extraction, BaseModel) else PaperExtraction)
    slots_of(model)  # raises where it is no schema
    info = extractor or ExtractorInfo(model="external", schema=schema_digest(model), attempts=0)
    try:
        instance, misfits, left_out = conform(given, model)
        checked = review(
            instance,
            paper.title,
            paper.abstract,
            unsupported=unsupported,
            left_out=left_out,
            confidence=confidence,
            min_confidence=0,  # it goes along; what was to be left out is not there any more
        )
    except AnswerError as error:
        return Record[Any].failed(paper, info, ErrorInfo(code=error.code, message=error.message))
    except RecursionError:
        return Record[Any].failed(paper, info, _TOO_DEEP)
    return record_of(paper, info, model, checked, (*misfits, *checked.findings))
