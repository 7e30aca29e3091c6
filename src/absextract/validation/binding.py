"""Whether a name belongs to the number beside which an object puts it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .mentions import check_quote
from .peers import NO_PEERS, Peers
from .source_text import SourceText, comparison_form
from .verdicts import Problem, Span, Support

__all__ = ["Claim", "belongs", "check_binding", "find_weakness"]

_COMPARED_WITH = re.compile(
    r"\b(?:than|over|against|versus|vs\.?|from|outperform\w*|surpass\w*|exceed\w*|beat\w*|compared (?:to|with)|"
    r"improv\w+ (?:up)?on|relative to|above|below|baselines?)\s(?:the\s|an?\s)?$"
)
_CHANGES = ("gain", "gains", "improvement", "improvements", "increase", "decrease", "reduction")
_CUE = 30


@dataclass(frozen=True, slots=True)
class Claim:
    """A name that an object puts beside its number.

    Attributes:
        name: as the object has it.
        span: where it stands.
        number: where the object's number stands.
        quote: the passage that the object gives as evidence, if any.
        companions: all names of the object.
        peers: what the objects beside it have in the same field.
        rival: the number is compared with what is named, which may have a number of its own.
    """

    name: str
    span: Span
    number: Span
    quote: Span | None = None
    companions: tuple[str, ...] = ()
    peers: Peers = NO_PEERS
    rival: bool = False

    @property
    def key(self) -> str:
        """By which peers know the name."""
        return comparison_form(self.name)

    def competing(self, places: dict[Span, str]) -> list[Span]:
        """Those of the names that could take the number: none that is part of an own name or holds one, no change."""
        own = [comparison_form(name) for name in (self.name, *self.companions)]
        others = {span: other for span, other in places.items() if not any(_nested(other, name) for name in own)}
        return [span for span, other in others.items() if not other.endswith(_CHANGES)]


def belongs(number: Span, name: Span, source: SourceText, *, rival: bool = False) -> bool:
    """Whether the text leaves room for a name to go with a number: false where it plainly says otherwise."""
    if number.field != name.field:
        return True
    return not source.pairing(number).excludes((name.start, name.end), rival=rival)


def check_binding(claim: Claim, source: SourceText) -> Problem | None:
    """Says if the text gives the number to another name than the one claimed."""
    other = _attached_to_it(claim, source) or _quoted_with_it(claim, source) or _in_its_place(claim, source)
    if other is None and belongs(claim.number, claim.span, source, rival=claim.rival):
        return None
    number, name = source.slice(claim.number), source.slice(claim.span)
    goes_with = source.slice(other) if other else "another name"
    return Problem("binding_conflict", f"the text gives {number} to {goes_with}, not to {name}")


def find_weakness(claim: Claim, source: SourceText) -> Problem | None:
    """Says if the name stands in other sentences alone, and in that of the number a competing one stands next to it."""
    sentence = source.sentence(claim.number)
    if not claim.peers.names or sentence.overlaps(claim.span):
        return None
    beside = claim.peers.places(sentence, source)
    other = next((span for span in claim.competing(beside) if _adjoin(span, claim.number, source)), None)
    if other is None or claim.key in beside.values():
        return None
    number, name, beside_it = (source.slice(span) for span in (claim.number, claim.span, other))
    return Problem("binding_weak", f"{name} does not stand in the sentence of {number}, but {beside_it} does")


def _attached_to_it(claim: Claim, source: SourceText) -> Span | None:
    """The competing name that hangs on the number, as in "59.4% accuracy on A"."""
    attached = source.pairing(claim.number).attached()
    if attached is None or not claim.peers.names or claim.peers.compared or claim.rival:
        return None
    places = claim.peers.places(Span(claim.number.field, *attached), source)
    first = next((span for span in claim.competing(places) if span.start == attached[0]), None)
    return None if claim.key in places.values() else first


def _quoted_with_it(claim: Claim, source: SourceText) -> Span | None:
    """A competing name in the number's own evidence, where the one claimed stands in another number's evidence."""
    quote = claim.quote
    if quote is None or not claim.peers.names or quote.overlaps(claim.span):
        return None
    inside = claim.peers.places(quote, source)
    text = source.text(quote.field)
    others = (o for o in claim.competing(inside) if not _COMPARED_WITH.search(text, max(0, o.start - _CUE), o.start))
    other = next(others, None)
    if other is None or claim.key in inside.values():
        return None
    for words in claim.peers.quotes:
        elsewhere = check_quote(words, source, None)
        if isinstance(elsewhere, Support) and elsewhere.span.holds(claim.span) and not elsewhere.span.overlaps(quote):
            return other
    return None


def _in_its_place(claim: Claim, source: SourceText) -> Span | None:
    """The competing name that the number gets where its sentence goes through names and numbers in order."""
    if not claim.peers.names:
        return None
    places = claim.peers.places(source.sentence(claim.number), source)
    others = claim.competing(places)
    if not others or claim.key not in places.values():
        return None
    quantity = source.pairing(claim.number).quantity
    name = claim.peers.pairs(claim.number, source).get(quantity.start) if quantity else None
    return next((span for span in others if places[span] == name), None)


def _adjoin(name: Span, number: Span, source: SourceText) -> bool:
    """Whether no other number stands between the two."""
    start, end = min(name.end, number.end), max(name.start, number.start)
    return not any(start <= quantity.start and quantity.end <= end for quantity in source.pairing(number).measured)


def _nested(a: str, b: str) -> bool:
    return a in b or b in a
