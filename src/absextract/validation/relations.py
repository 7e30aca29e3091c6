"""Warnings about how the parts of one object fit together: kind, range, what a link leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from ..patterns import regex
from ..schema.marked import Leaf, Slot
from ..schema.marks import Link, Mention, Number
from ..text.disowned import disowned
from ..text.metric_units import fits
from ..text.quantities import Quantity, parse_quantity
from ..text.told_kind import kind_told
from ..text.urls import canonical_url
from .source_text import SourceText, comparison_form
from .verdicts import Problem, Span, as_text

__all__ = ["find_mismatches"]

_BOUNDED = regex(
    r"\b(?:accurac|precision|recall|f1|f-?score|auroc|auc|success rate|win rate|error rate|exact match)", re.IGNORECASE
)
_NEVER_NEGATIVE = regex(r"\b(?:numbers? of|counts?|sizes?|parameters|latency|memory|times?|costs?)\b", re.IGNORECASE)
_NO_OUTCOME = {
    "quoted": "it stands in quotation marks",
    "denied": "the text denies it",
    "supposed": "the text only supposes it",
    "share": "it is a share of what was used",
    "condition": "it says under which condition, how surely or on which machine something holds",
    "size": "it is the size of a model or of its data",
    "base": "it is the base of a power",
    "introduction": "it stands before all that the abstract says of its own work",
    "demanded": "it is what the text demands or aims at",
    "data": "it says what the data are like",
    "bound": "it is a bound that holds by proof",
}
_LEADS_ELSEWHERE = {
    "code": regex(r"^(?:youtube\.com|youtu\.be|vimeo\.com|huggingface\.co/datasets)/"),
    "model": regex(r"^(?:youtube\.com|youtu\.be|vimeo\.com|huggingface\.co/(?:datasets|spaces))/"),
    "data": regex(r"^(?:youtube\.com|youtu\.be|vimeo\.com)/"),
}


def find_mismatches(
    value: BaseModel, slots: tuple[Slot, ...], spans: dict[str, Span], source: SourceText
) -> Iterator[tuple[str, Problem]]:
    """Yields field name and problem for each pair of parts of an object that do not fit."""
    for slot in slots:
        if isinstance(slot.node, Leaf) and slot.name in spans:
            match slot.node.mark:
                case Number() as mark:
                    yield from _number(value, slot.name, mark, source, spans[slot.name])
                case Mention(against=str() as rival) if _same_name(getattr(value, slot.name), _part(value, rival)):
                    yield slot.name, Problem("baseline_is_method", f"the same as {rival}, which it is compared with")
                case Link(kind=str() as kind_field):
                    yield from _link(getattr(value, slot.name), kind_field, str(_part(value, kind_field)))


def _number(value: BaseModel, name: str, mark: Number, source: SourceText, span: Span) -> Iterator[tuple[str, Problem]]:
    if mark.complete and (why := _why_no_outcome(source, span)):
        yield name, Problem("number_no_outcome", f"{why}, so it is no outcome")
    kind = _part(value, mark.kind)
    metric = _part(value, mark.metric)
    metric = metric if isinstance(metric, str) and source.may_hold(metric) else None
    read = source.pairing(span).quantity
    told = _told(read, metric, source.text(span.field), span) if kind in ("change", "value") else None
    if told and told != kind:
        yield name, Problem("kind_mismatch", f"the text tells it as a {told}, the kind says {kind}")
    if metric is None:
        return
    if read and not fits(metric, kind, read, source.text(span.field)):
        yield name, Problem("metric_unit_mismatch", f"{metric} is not given as {source.slice(span)}")
    quantity = parse_quantity(as_text(getattr(value, name)))
    if quantity and kind != "change" and (fault := _out_of_range(metric, quantity)):
        yield name, Problem("value_out_of_range", fault)


def _out_of_range(metric: str, quantity: Quantity) -> str | None:
    lowest, highest = sorted((quantity.value, quantity.value if quantity.upper is None else quantity.upper))
    if _BOUNDED.search(metric) and quantity.unit in ("%", None) and not 0 <= lowest <= highest <= 100:
        return f"{metric} lies between 0 and 100"
    return f"{metric} is never negative" if _NEVER_NEGATIVE.search(metric) and lowest < 0 else None


def _told(read: Quantity | None, metric: str | None, text: str, span: Span) -> str | None:
    end = max(span.end, read.end) if read else span.end
    return kind_told(text, span.start, end, read.unit if read else None, (metric,) if metric else ())


def _why_no_outcome(source: SourceText, span: Span) -> str | None:
    quantity = source.pairing(span).quantity
    reason = disowned(source.text(span.field), quantity) if quantity else None
    return _NO_OUTCOME.get(reason) if reason else None


def _link(url: Any, kind_field: str, kind: str) -> Iterator[tuple[str, Problem]]:
    elsewhere = _LEADS_ELSEWHERE.get(kind)
    if elsewhere and elsewhere.match(canonical_url(str(url))):
        yield kind_field, Problem("link_kind_mismatch", f"{url} does not look like {kind}")


def _same_name(a: Any, b: Any) -> bool:
    return isinstance(a, str) and isinstance(b, str) and comparison_form(a) == comparison_form(b)


def _part(value: BaseModel, name: str | None) -> Any:
    part = getattr(value, name, None) if name else None
    return getattr(part, "value", part)
