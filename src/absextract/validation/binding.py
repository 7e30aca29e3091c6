"""Whether a name belongs to the number beside which an object puts it."""

from __future__ import annotations

import re
from functools import lru_cache
from math import nan

from ..attribution.learned import load_attribution_model
from ..attribution.stage import Role
from ..attribution.traits import odds_of
from ..patterns import regex
from ..text.values import value_class
from .attributed import Attributed, Weighed
from .peers import Peers
from .source_text import SourceText
from .verdicts import Problem, Span

__all__ = ["BINDING_WEAK", "Claim", "Said", "belongs", "by_rules", "check_binding", "doubt_traits"]

BINDING_WEAK = "binding_weak"
"""Code of a problem that leaves the name where it is."""

# What stands before a name that a thing is compared with, or made from
_COMPARED_WITH = regex(
    r"\b(?:than|over|against|versus|vs\.?|from|outperform\w*|surpass\w*|exceed\w*|beat\w*|compared (?:to|with)|"
    r"improv\w+ (?:up)?on|relative to|above|below|baselines?|(?:train|build|built|bas|tun)\w* (?:only )?on|using|with|"
    r"adding)\s(?:the\s|an?\s)?$",
    re.IGNORECASE,
)
_CHANGE = regex(r"\b(?:gains?|improvements?|increase|decrease|reduction)\W*$")
_OWN_NUMBER = regex(r"\s?[(=:]\s?(?=\d)")
"""Behind a name that has a number of its own: "the first place on A (33.5), B (49.7)", "68.5% (F1 = 0.66)"."""
_CUE = 30
_FAR_APART = _MANY = 3
_NO_ODDS = -9.5
_NOT_ASKED = [nan] * 17
_LEAST_CONFLICT, _LEAST_RULED, _LEAST_DOUBT = 0.95, 0.7, 0.4
"""So likely must it be that the text says otherwise: for an error, for one where plain rules say so too, for a warning
(`benchmarks/traded_parts.py` shows how many true names are doubted as much)."""


@value_class
class Said:
    """What plain rules say of a claim.

    Attributes:
        is_conflict: the number goes to another name.
        other: the name that it goes to, where they know.
    """

    is_conflict: bool
    other: Span | None = None


_NOTHING = Said(is_conflict=False)


@value_class
class Claim:
    """A name that an object puts beside its number.

    Attributes:
        name: as the object has it.
        span: where it stands.
        number: where the object's number stands.
        quote: the passage that the object gives as evidence, if any.
        companions: all names of the object.
        peers: what the objects beside it have in the same field, where that is more than one name.
        rival: the number is compared with what is named, which may have a number of its own.
        role: what the name is to the number, where the schema says so.
        attributed: what belongs to the numbers of the text.
    """

    name: str
    span: Span
    number: Span
    quote: Span | None = None
    companions: tuple[str, ...] = ()
    peers: Peers | None = None
    rival: bool = False
    role: Role | None = None
    attributed: Attributed | None = None

    @property
    def is_attributed(self) -> bool:
        """Whether the attribution of the text is asked about the name."""
        return self.attributed is not None and self.role not in (None, "setting")

    def weighed(self) -> Weighed | None:
        """What the attribution of the text thinks of the name; None where it does not know."""
        if not self.is_attributed:
            return None
        assert self.attributed is not None
        assert self.role is not None
        return self.attributed.weigh(self.number, self.role, self.name)

    def competes(self, other: str) -> bool:
        """Whether another name could take the number: it and the object's names are no parts of each other.

        A change ("relative gain") takes none: it names no metric of its own.
        """
        words = _words(other)
        own = (_words(name) for name in (self.name, *self.companions))
        return not _CHANGE.search(words) and not any(words in name or name in words for name in own)


def belongs(number: Span, name: Span, source: SourceText, *, rival: bool = False) -> bool:
    """Whether the text leaves room for a name to go with a number: false where it plainly says otherwise."""
    if number.field != name.field:
        return True
    return not source.pairing(number).excludes((name.start, name.end), rival=rival)


def check_binding(claim: Claim, source: SourceText) -> Problem | None:
    """Says if the text gives the number to another name than the one claimed, or likely does (`BINDING_WEAK`).

    Plain rules say so, or the attribution of the text, which looks beyond the sentence. It weighs what the rules say
    where other names compete for the number.
    """
    said = by_rules(claim, source)
    other, doubt = said.other, float(said.is_conflict)
    compete = claim.is_attributed and claim.peers is not None
    weighed = claim.weighed() if (compete if said.is_conflict else _may_be_doubted(claim, source)) else None
    if weighed is not None:
        doubt = load_attribution_model().doubt.probability(doubt_traits(claim, weighed, source, said))
        likely = weighed.listed or weighed.best
        other = other or (claim.attributed.place(likely) if claim.attributed and likely else None)
    if doubt < _LEAST_DOUBT and not said.is_conflict:
        return _find_weakness(claim, source)
    number, name = source.slice(claim.number), source.slice(claim.span)
    goes_with = source.slice(other) if other else "another name"
    if doubt < (_LEAST_RULED if said.is_conflict else _LEAST_CONFLICT):
        return Problem(BINDING_WEAK, f"the text rather gives {number} to {goes_with} than to {name}")
    return Problem("binding_conflict", f"the text gives {number} to {goes_with}, not to {name}")


def _may_be_doubted(claim: Claim, source: SourceText) -> bool:
    """Whether there is anything that attribution could think of a claim so that it were doubted.

    It thinks for longer than all else takes, and most names stand beside their numbers.
    """
    if not claim.is_attributed:
        return False
    return _highest_doubt(tuple(doubt_traits(claim, None, source, _NOTHING))) >= _LEAST_DOUBT


@lru_cache(maxsize=256)
def _highest_doubt(traits: tuple[float, ...]) -> float:
    return load_attribution_model().doubt.highest(traits)


def doubt_traits(claim: Claim, weighed: Weighed | None, source: SourceText, said: Said) -> list[float]:
    """What is weighed of a claim to tell whether the text says otherwise: a row of numbers for the trees.

    Args:
        claim: the claim.
        weighed: what the attribution thinks of its name; None while nobody asked, which leaves nan in its places.
        source: the text.
        said: what plain rules say.
    """
    beside = source.sentence(claim.number).overlaps(claim.span)
    low, high = min(claim.span.end, claim.number.end), max(claim.span.start, claim.number.start)
    measured = source.pairing(claim.number).measured if beside else ()
    between = sum(low <= quantity.start and quantity.end <= high for quantity in measured) if beside else _FAR_APART
    *of_names, is_missing, has_others, is_listed = _of_weighed(claim, weighed) if weighed else _NOT_ASKED
    return [
        float(said.is_conflict),
        *of_names,
        float(beside),
        float(min(between, _FAR_APART)),
        is_missing,
        has_others,
        float(claim.peers is not None),
        is_listed,
        float(claim.role == "metric"),
        float(claim.role == "dataset"),
    ]


def _of_weighed(claim: Claim, weighed: Weighed) -> list[float]:
    likely = (weighed.claimed, weighed.best, weighed.listed)
    return [
        *(odds_of(each.probability) if each else _NO_ODDS for each in likely),
        *(odds_of(each.share) if each else _NO_ODDS for each in likely),
        *(float(bool(each and claim.competes(each.mention.text))) for each in likely[1:]),
        *(odds_of(each) for each in weighed.elsewhere),
        *(float(min(each, _MANY)) for each in weighed.claims),
        float(weighed.claimed is None),
        float(weighed.numbers > 1),
        float(weighed.listed is not None and weighed.listed is weighed.best),
    ]


def by_rules(claim: Claim, source: SourceText) -> Said:
    """What plain rules say of a claim."""
    # A setting may hold for several numbers, and a number under several settings: only their order tells
    looks = (_in_its_place,) if claim.role == "setting" else (_attached_to_it, _quoted_with_it, _in_its_place)
    for look in looks:
        if claim.peers and (other := look(claim, claim.peers, source)):
            return Said(is_conflict=True, other=other)
    if claim.role != "setting" and not belongs(claim.number, claim.span, source, rival=claim.rival):
        return Said(is_conflict=True)
    return _NOTHING


def _find_weakness(claim: Claim, source: SourceText) -> Problem | None:
    """Says if the name stands in other sentences alone, and in that of the number a competing one stands next to it."""
    sentence = source.sentence(claim.number)
    if not claim.peers or sentence.overlaps(claim.span):
        return None
    places = claim.peers.places(sentence)
    if claim.peers.key(claim.name) in places.values():
        return None
    beside = (span for span in places if _adjoin(span, claim.number, source) and claim.competes(source.slice(span)))
    other = next(beside, None)
    if other is None:
        return None
    number, name, beside_it = (source.slice(span) for span in (claim.number, claim.span, other))
    return Problem(BINDING_WEAK, f"{name} does not stand in the sentence of {number}, but {beside_it} does")


def _attached_to_it(claim: Claim, peers: Peers, source: SourceText) -> Span | None:
    """The competing name that hangs on the number, as in "59.4% accuracy on A"."""
    attached = source.pairing(claim.number).attached()
    if attached is None or peers.compared or claim.rival:
        return None
    places = peers.places(Span(claim.number.field, *attached))
    first = next(iter(places), None)
    if first is None or first.start != attached[0] or peers.key(claim.name) in places.values():
        return None
    if _has_own_number(first, claim.number, source):
        return None
    return first if claim.competes(source.slice(first)) else None


def _quoted_with_it(claim: Claim, peers: Peers, source: SourceText) -> Span | None:
    """A competing name in the number's own evidence, where the one claimed stands in another number's evidence."""
    quote = claim.quote
    if quote is None or quote.overlaps(claim.span) or not peers.quoted_apart(claim.span, quote):
        return None
    places = peers.places(quote)
    pairing = source.pairing(claim.number)
    others = {q.start for q in pairing.measured if quote.start <= q.start < quote.end}
    if peers.key(claim.name) in places.values() or not others <= {start for start, _ in pairing.run}:
        return None
    text = source.text(quote.field)
    return next(
        (
            span
            for span in places
            if not _COMPARED_WITH.search(text, max(0, span.start - _CUE), span.start)
            and not _has_own_number(span, claim.number, source)
            and claim.competes(source.slice(span))
        ),
        None,
    )


def _in_its_place(claim: Claim, peers: Peers, source: SourceText) -> Span | None:
    """The competing name that the number gets where its sentence goes through names and numbers in order."""
    quantity = source.pairing(claim.number).quantity
    name = peers.pairs(claim.number).get(quantity.start) if quantity else None
    if name is None or name == peers.key(claim.name):
        return None
    places = peers.places(source.sentence(claim.number))
    if peers.key(claim.name) not in places.values():
        return None
    other = next(span for span, key in places.items() if key == name)
    return other if claim.competes(source.slice(other)) else None


def _has_own_number(name: Span, number: Span, source: SourceText) -> bool:
    """Whether another number than this one is told of a name right behind it."""
    told = _OWN_NUMBER.match(source.text(name.field), name.end)
    return told is not None and (name.field, told.end()) != (number.field, number.start)


def _adjoin(name: Span, number: Span, source: SourceText) -> bool:
    """Whether no other number stands between the two."""
    start, end = min(name.end, number.end), max(name.start, number.start)
    return not any(start <= quantity.start and quantity.end <= end for quantity in source.pairing(number).measured)


def _words(name: str) -> str:
    """The words of a name between blanks, so that one name is looked for in another at the ends of words."""
    return " ".join(["", *re.findall(r"\w+", name.casefold()), ""])
