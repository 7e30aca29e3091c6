"""Walks the marks of an extraction, grounds what the source supports and drops or keeps the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, RootModel

from ..choices import Unsupported
from ..records import Finding, Grounding, Severity
from ..schema.marked import Entries, Items, Leaf, Nested, Node, json_key, slots_of
from ..schema.marks import Link, Mark, Mention, Number, Quote
from ..schema.pointers import NOTHING_LEFT_OUT, LeftOut, at_first, step
from ..text.longest import first_parts
from ..text.values import value_class
from .attributed import Attributed
from .binding import BINDING_WEAK, Claim, check_binding
from .budget import NOT_COMPARED, Room, few_findings, looked_at_in_part
from .coverage import find_unclaimed
from .disguise import as_kept, without_invisible
from .links import check_link
from .mentions import check_mention, check_quote
from .numbers import check_contradiction, check_number
from .object_slots import checking_order, names_in
from .peers import Peers, peers_by_slot
from .relations import find_mismatches
from .source_text import SourceText
from .verdicts import Problem, Span, Support, as_text, shown

__all__ = ["UNKNOWN", "Confidence", "Review", "review"]

Confidence = Mapping[str, float]
"""For the JSON Pointer of a value in the answer, how likely it is right, 0 to 1."""
UNKNOWN: Confidence = MappingProxyType({})
LIKELIER_RIGHT = 0.5
"""Confidence below which a value is left out: better nothing than what is likelier wrong than right."""
SchemaT = TypeVar("SchemaT", bound=BaseModel)
_ABSENT: dict[type[Mark], str] = {
    Number: "number_not_in_source",
    Link: "url_not_in_source",
    Quote: "evidence_not_in_source",
    Mention: "mention_not_in_source",
}
_TOLD: dict[str, Severity] = {"range_end": "warning", "unit_converted": "info"}


@dataclass(frozen=True, slots=True)
class Review(Generic[SchemaT]):
    """A checked extraction, with what supports it and what is wrong with it."""

    extraction: SchemaT
    grounding: tuple[Grounding, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")


def review(
    extraction: SchemaT,
    title: str,
    abstract: str,
    *,
    unsupported: Unsupported = "drop",
    left_out: LeftOut = NOTHING_LEFT_OUT,
    confidence: Confidence = UNKNOWN,
    least: Confidence = UNKNOWN,
    min_confidence: float | None = None,
) -> Review[SchemaT]:
    """Holds every marked value against title and abstract.

    Args:
        extraction: an instance of any Pydantic model with marks.
        title: the paper's title, may be empty.
        abstract: the paper's abstract.
        unsupported: whether a value without support is dropped or kept; there is a finding either way.
        left_out: items of the answer that the extraction lacks already, so that findings point into the answer.
        confidence: of the answer's values; it goes along into what supports them.
        least: for the JSON Pointer of a value the confidence that it must have unless `min_confidence` is given; 0.5
            where nothing stands there.
        min_confidence: a value of less goes as an unsupported one does, with a finding that is no warning. Values
            of which no confidence is known stay.

    Returns:
        The extraction without what was dropped (the argument is left as it is), the supporting
        passages and the findings, both in the order of checking. Never raises on any text.
    """
    source = SourceText(*first_parts(title, abstract))
    sureness = _Sureness(confidence, least, min_confidence)
    walk = _Walk(extraction, source, unsupported == "drop", left_out, sureness)
    checked, _ = walk.model(extraction, _Path("", ""), top=True)
    walk.findings[:0] = looked_at_in_part(source, title, abstract)
    unclaimed = find_unclaimed(type(extraction), source, [*walk.claims, *walk.passed_over])
    return Review(checked, tuple(walk.grounding), (*few_findings(walk.findings), *unclaimed))


@value_class
class _Path:
    """A JSON Pointer into the answer, and where the same value will stand in the final extraction."""

    answer: str
    final: str

    def key(self, key: str) -> _Path:
        place = step(self.answer, key)
        return _Path(place, place if self.final == self.answer else step(self.final, key))

    def index(self, answer: int, final: int) -> _Path:
        return _Path(step(self.answer, answer), step(self.final, final))


@dataclass(frozen=True, slots=True)
class _Sureness:
    """How sure the values of an answer are, and must be."""

    confidence: Confidence
    least: Confidence
    asked: float | None

    def is_met(self, path: _Path) -> bool:
        """Whether a value is sure enough, as one is of which nobody knows how sure it is."""
        known, asked = self.of(path.answer)
        return known is None or known >= asked

    def of(self, place: str) -> tuple[float | None, float]:
        """The confidence of a value, None if nobody knows it, and that which it must have."""
        known = self.confidence.get(place)
        return known, self.least.get(place, LIKELIER_RIGHT) if self.asked is None else self.asked


@dataclass(slots=True)
class _Siblings:
    """The names one object holds, what stands beside it in a list, and where its marked fields were found so far."""

    names: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    peers: Mapping[str, Peers] = field(default_factory=dict)
    attributed: Attributed | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    number: Span | None = None
    quote: Span | None = None

    def add(self, name: str, mark: Mark, span: Span) -> None:
        self.spans[name] = span
        if isinstance(mark, Number) and self.number is None:
            self.number = span
        if isinstance(mark, Quote) and self.quote is None:
            self.quote = span

    def anchor_of(self, mark: Mark) -> Span | None:
        """A number is looked for in its quote; what stands beside a number or quote, close to it."""
        if isinstance(mark, Number):
            return self.spans.get(mark.within) if mark.within else None
        return self.number or next(iter(self.spans.values()), None)


@dataclass(slots=True)
class _Walk:
    root: BaseModel
    source: SourceText
    drop: bool
    left_out: LeftOut
    sureness: _Sureness
    grounding: list[Grounding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    claims: list[tuple[Mark, Span]] = field(default_factory=list)
    passed_over: list[tuple[Mark, Span]] = field(default_factory=list)  # claims of values that are not sure enough
    room: Room = field(default_factory=Room)

    def model(self, value: Any, path: _Path, beside: _Siblings | None = None, *, top: bool = False) -> tuple[Any, bool]:
        """The checked model, and whether it still holds all it cannot do without."""
        schema: type[BaseModel] = type(value)
        slots = slots_of(schema)
        names, rivals = (names_in(value, self.source, rivals=rivals) for rivals in (False, True))
        beside = beside or _Siblings()
        siblings = _Siblings(names, rivals, beside.peers, beside.attributed)
        changed: dict[str, Any] = {}
        intact = True
        for slot in checking_order(schema):
            content = getattr(value, slot.name)
            if content is None:
                continue
            default = slot.default_in(value)
            if not slot.required and content == default:  # nothing was said
                continue
            place = path if isinstance(value, RootModel) else path.key(slot.key)
            checked, kept = self._attempt(slot.node, content, place, siblings, slot.name)
            if not kept:
                intact = intact and not slot.required
                changed[slot.name] = default
            elif checked is not content:
                changed[slot.name] = checked
        result = value.model_copy(update=changed) if changed else value
        if intact or top:
            for name, problem in find_mismatches(result, slots, siblings.spans, self.source):
                key = json_key(name, schema.model_fields[name])
                self._warn(problem, path.key(key), getattr(result, name))
        return result, intact

    def _node(self, node: Node, value: Any, path: _Path, siblings: _Siblings, name: str = "") -> tuple[Any, bool]:
        match node:
            case Leaf(mark):
                support = self._leaf(mark, value, path, siblings, name)
                if support is None and self.drop:
                    return value, False
                if not self._is_sure(path, value):
                    self.passed_over += [(mark, support.span)] if support else []
                    return value, False
                if support is None:
                    return value, True
                passage = self.source.slice(support.span)
                if type(value) is str and (kept := as_kept(mark, value, passage)) != value:
                    value, support = kept, Support(support.span, "normalized")
                self._ground(mark, support, path)
                siblings.add(name, mark, support.span)
                return value, True
            case Nested():
                return self.model(value, path, siblings) if isinstance(value, BaseModel) else (value, True)
            case Items(inner):
                return self._items(inner, value, path), True
            case Entries(inner):
                return self._entries(inner, value, path), True

    def _items(self, node: Node, values: Sequence[Any], path: _Path) -> Any:
        kept: list[Any] = []
        left_out = self.left_out.get(path.answer, ())
        beside = self._beside(self.room.first(values)) if isinstance(node, Nested) else _Siblings()
        for i, value in enumerate(self.room.looked_at(values, path.answer, self.findings)):
            place = path.index(at_first(i, left_out), len(kept))
            checked, intact = self._attempt(node, value, place, beside)
            if intact:
                kept.append(checked)
        same = len(kept) == len(values) and all(a is b for a, b in zip(kept, values, strict=True))
        return values if same else type(values)(kept)  # type: ignore[call-arg]  # a list, tuple or set

    def _beside(self, values: Sequence[Any]) -> _Siblings:
        """What the items of a list of objects have beside them."""
        objects = [value for value in values if isinstance(value, BaseModel)]
        attributed = Attributed(objects, slots_of(type(objects[0])), self.root, self.source) if objects else None
        return _Siblings(peers=peers_by_slot(values, self.root, self.source), attributed=attributed)

    def _entries(self, node: Node, values: dict[str, Any], path: _Path) -> dict[str, Any]:
        kept = {}
        for key, value in self.room.looked_at(values.items(), path.answer, self.findings):
            checked, intact = self._attempt(node, value, path.key(str(key)), _Siblings())
            if intact:
                kept[key] = checked
        return kept

    def _attempt(self, node: Node, value: Any, path: _Path, siblings: _Siblings, name: str = "") -> tuple[Any, bool]:
        """Checks a part; one that must go takes its groundings along, and what is said of values that stay."""
        if value is None:
            return value, True
        before = len(self.grounding), len(self.findings), len(self.claims)
        checked, intact = self._node(node, value, path, siblings, name)
        if not intact:
            del self.grounding[before[0] :]
            self.findings[before[1] :] = [f for f in self.findings[before[1] :] if f.action == "dropped"]
            del self.claims[before[2] :]
        return checked, intact

    def _leaf(self, mark: Mark, value: Any, path: _Path, siblings: _Siblings, name: str) -> Support | None:
        self.room.take(mark)
        content = getattr(value, "value", value)
        if not (isinstance(mark, Number) and isinstance(content, int | float | Decimal)):
            content = as_text(content)
            seen = without_invisible(content)
            content = content if seen == content or self.source.says(content) else seen
        anchor = siblings.anchor_of(mark)
        verdict = self._verdict(mark, content, anchor, siblings)
        if (
            isinstance(mark, Mention)
            and isinstance(verdict, Support)
            and siblings.number
            and self.sureness.is_met(path)
        ):
            verdict = self._bound(mark, content, verdict, path, siblings, name)
        if isinstance(verdict, Support):
            if verdict.told:
                self._report(verdict.told, _TOLD[verdict.told.code], path.final, value, "kept")
            return verdict
        self._blame(verdict, path, value)
        if isinstance(mark, Number) and (contradiction := check_contradiction(verdict, self.source, anchor)):
            self._blame(contradiction, path, value)
        return None

    def _verdict(self, mark: Mark, content: Any, anchor: Span | None, siblings: _Siblings) -> Support | Problem:
        verdict: Support | Problem
        match mark:
            case _ if isinstance(content, str) and not self.source.may_hold(content):
                return Problem(_ABSENT[type(mark)], "it is longer than the text")
            case Number() as mark:
                verdict = check_number(content, self.source, anchor, siblings.names, mark.role)
            case Link():
                return check_link(content, self.source, anchor, code=mark.code)
            case Quote():
                verdict = check_quote(content, self.source, anchor)
            case _:
                verdict = check_mention(content, self.source, anchor)
        if isinstance(verdict, Problem) and self.source.is_spent:
            return Problem(NOT_COMPARED, "the answer holds more than is compared with one text; it was not looked for")
        return verdict

    def _ground(self, mark: Mark, support: Support, path: _Path) -> None:
        span = support.span
        self.claims.append((mark, span))
        self.grounding.append(
            Grounding(
                path=path.final,
                field=span.field,
                start=span.start,
                end=span.end,
                match=support.match,
                confidence=self.sureness.confidence.get(path.answer),
            )
        )

    def _is_sure(self, path: _Path, value: Any) -> bool:
        """Whether a value is as likely right as is asked for; tells of one that is not."""
        if self.sureness.is_met(path):
            return True
        confidence, asked = self.sureness.of(path.answer)
        message = f"its confidence of {confidence:g} is below the {asked:g} asked for"
        self._report(Problem("confidence_low", message), "info", path.answer, value, "dropped")
        return False

    def _bound(
        self, mark: Mention, name: str, found: Support, path: _Path, siblings: _Siblings, slot: str
    ) -> Support | Problem:
        """The support of a name, unless the text gives the number beside it to another one."""
        assert siblings.number is not None
        claim = Claim(
            name,
            found.span,
            siblings.number,
            quote=siblings.quote,
            companions=(*siblings.names, *siblings.rivals),
            peers=siblings.peers.get(slot),
            rival=mark.against is not None,
            role=mark.role,
            attributed=siblings.attributed,
        )
        problem = check_binding(claim, self.source)
        if problem and problem.code == BINDING_WEAK:
            self._warn(problem, path, name)
            return found
        return problem or found

    def _blame(self, problem: Problem, path: _Path, value: Any) -> None:
        place = path.answer if self.drop else path.final
        severity: Severity = "warning" if problem.code == NOT_COMPARED else "error"  # to ask again would not help
        self._report(problem, severity, place, value, "dropped" if self.drop else "kept")

    def _warn(self, problem: Problem, path: _Path, value: Any) -> None:
        self._report(problem, "warning", path.final, value, "kept")

    def _report(
        self,
        problem: Problem,
        severity: Severity,
        place: str,
        value: Any,
        action: Literal["dropped", "kept"],
    ) -> None:
        self.findings.append(
            Finding(
                path=place,
                code=problem.code,
                severity=severity,
                message=problem.message,
                value=shown(value),
                action=action,
            )
        )
