"""Whose score it is: which results the paper's own approach attains."""

from __future__ import annotations

from .schema.paper import PaperExtraction, Result
from .validation.source_text import comparison_form

__all__ = ["with_own"]


def with_own(extraction: PaperExtraction) -> PaperExtraction:
    """The extraction with `own` of each result told anew, whatever stood there; null where it is not known."""
    methods = {comparison_form(name) for name in extraction.methods}
    results = [_told(result, methods) for result in extraction.results]
    if all(told is result for told, result in zip(results, extraction.results, strict=True)):
        return extraction
    return extraction.model_copy(update={"results": results})


def _told(result: Result, methods: set[str]) -> Result:
    own = True if result.method and comparison_form(result.method) in methods else None
    return result if result.own is own else result.model_copy(update={"own": own})
