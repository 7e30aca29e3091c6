"""The blocking functions of the package: one abstract with a model, one extraction without."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pydantic import BaseModel

from .errors import AnswerError
from .pipeline import Extractor, SchemaT, record_of
from .records import Abstract, ErrorInfo, ExtractorInfo, Record
from .schema.export import schema_digest
from .schema.paper import PaperExtraction
from .validation.conform import conform
from .validation.validator import UNKNOWN, Confidence, Unsupported, review

__all__ = ["extract", "validate"]


def extract(
    text: str | Abstract,
    *,
    model: str | None = None,
    schema: type[SchemaT] = PaperExtraction,  # type: ignore[assignment]  # the default of SchemaT
    base_url: str | None = None,
    cache: str | os.PathLike[str] | bool | None = True,
    min_confidence: float | None = None,
) -> Record[SchemaT]:
    r"""One abstract, blocking: `extract("Title\n\nAbstract …", model="openai/gpt-5-mini")`.

    Works inside a running event loop too (notebooks), in a thread of its own. For many abstracts use
    `Extractor.stream`; the arguments are described there.
    """

    async def once() -> Record[SchemaT]:
        async with Extractor(
            model=model, schema=schema, base_url=base_url, cache=cache, min_confidence=min_confidence
        ) as extractor:
            return await extractor.extract(text)

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(once())
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, once()).result()


def validate(
    extraction: BaseModel | dict[str, Any],
    abstract: Abstract | str,
    *,
    schema: type[BaseModel] | None = None,
    unsupported: Unsupported = "drop",
    extractor: ExtractorInfo | None = None,
    confidence: Confidence = UNKNOWN,
) -> Record[Any]:
    """Checks an extraction from any tool against its abstract, without a model.

    Args:
        extraction: an instance of a schema, or the same as JSON values.
        abstract: the text it was taken from.
        schema: the schema of the JSON values; `PaperExtraction` where none is given.
        unsupported: whether what the text does not support is dropped or kept.
        extractor: what made the extraction, for the record; `external` where nothing is said.
        confidence: how likely values are right, by their JSON Pointer, e.g. `{"/tasks/0": 0.9}`, for the record.

    Returns:
        The record; `failed` with `schema_mismatch` where the extraction does not fit the schema at all.
    """
    paper = Abstract.from_text(abstract) if isinstance(abstract, str) else abstract
    model = schema or (type(extraction) if isinstance(extraction, BaseModel) else PaperExtraction)
    info = extractor or ExtractorInfo(model="external", schema=schema_digest(model), attempts=0)
    try:
        instance, misfits, left_out = conform(extraction, model)
    except AnswerError as error:
        return Record[Any].failed(paper, info, ErrorInfo(code=error.code, message=error.message))
    checked = review(
        instance,
        paper.title,
        paper.abstract,
        unsupported=unsupported,
        left_out=left_out,
        confidence=confidence,
        min_confidence=0,  # it goes along; what was to be left out is not there any more
    )
    return record_of(paper, info, model, checked, (*misfits, *checked.findings))
