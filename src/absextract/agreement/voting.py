"""Merging several extractions of one paper: what most of them hold stays, with how likely it is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, RootModel

from ..records import Grounding
from ..schema.export import only_asked
from ..schema.marked import Entries, Items, Leaf, Nested, Node, slots_of
from ..schema.marks import Link, Mention, Number, Quote
from ..schema.pointers import step
from ..validation.validator import Review
from .same_values import folded, overlap, same_phrase
from .vote_odds import Votes, chances

__all__ = ["Merged", "merge"]


@dataclass(frozen=True, slots=True)
class Merged:
    """What several answers say together.

    Attributes:
        data: JSON values of the schema.
        confidence: for the JSON Pointer of a value in `data`, how likely it is right.
        unanimous: all answers say the same.
    """

    data: Any
    confidence: Mapping[str, float]
    unanimous: bool


def merge(answers: Sequence[Review[Any]], schema: type[BaseModel]) -> Merged:
    """Puts checked answers to one question together.

    Values are the same where they fold to the same text (names), have the same value (numbers) or, for objects, are
    supported by the same characters (a result by its score). A value stays where more than half of the answers have it;
    a part of an object, where more than half of those that have the object agree on it. What carries no mark, and
    quotes, are taken as most have them, without a confidence.

    Args:
        answers: two or more.
        schema: of all of them.
    """
    said = [_Said(number, "", _as_json(each, schema), _places(each)) for number, each in enumerate(answers)]
    counting = _Counting()
    data = counting.model(said, schema, "")
    chance = chances(counting.votes)
    return Merged(data, {place: chance[votes] for place, votes in counting.kept.items()}, counting.unanimous)


def _as_json(answer: Review[Any], schema: type[BaseModel]) -> Any:
    dumped = answer.extraction.model_dump(mode="json", by_alias=True, warnings=False)
    return only_asked(dumped, schema)


def _places(answer: Review[Any]) -> dict[str, Grounding]:
    return {grounding.path: grounding for grounding in answer.grounding}


@dataclass(frozen=True, slots=True)
class _Said:
    """A value in one of the answers: whose, where, what, and what supports the values of that answer."""

    voice: int
    path: str
    value: Any
    places: Mapping[str, Grounding]

    def at(self, key: str | int) -> _Said:
        held = self.value.get(key) if isinstance(self.value, dict) else self.value[key]
        return _Said(self.voice, step(self.path, key), held, self.places)

    def items(self) -> Iterator[_Said]:
        yield from (self.at(index) for index in range(len(self.value)) if isinstance(self.value, list))


@dataclass(slots=True)
class _Counting:
    votes: list[Votes] = field(default_factory=list)
    kept: dict[str, Votes] = field(default_factory=dict)
    unanimous: bool = True

    def model(self, said: Sequence[_Said], schema: type[BaseModel], path: str) -> Any:
        """An object, part by part; all of `said` are taken to mean the same one."""
        slots = {slot.key: slot.node for slot in slots_of(schema)}
        if issubclass(schema, RootModel):
            return self.node(said, next(iter(slots.values()), None), path)
        keys = dict.fromkeys(key for each in said if isinstance(each.value, dict) for key in each.value)
        return {
            key: self.node(
                [each.at(key) for each in said if isinstance(each.value, dict)], slots.get(key), step(path, key)
            )
            for key in keys
        }

    def node(self, said: Sequence[_Said], node: Node | None, path: str) -> Any:
        match node:
            case Items(inner):
                return self.items([each for each in said if isinstance(each.value, list)], inner, path, len(said))
            case Entries(inner):
                return self.entries([each for each in said if isinstance(each.value, dict)], inner, path, len(said))
            case Nested():
                there = [each for each in said if each.value is not None]
                if not self._is_majority(len(there), len(said)):
                    return None
                return self.model(there, _model_of(node, there[0].value), path)
            case Leaf(mark) if not isinstance(mark, Quote):
                return self.leaf(said, path)
        return self.most_common(said, counts=node is None)

    def leaf(self, said: Sequence[_Said], path: str) -> Any:
        """A marked value, null where no majority has the same."""
        groups = _grouped([each for each in said if each.value is not None])
        most: list[_Said] = max(groups, key=len, default=[])
        self.votes += [(len(group), len(said)) for group in groups]
        if not self._is_majority(len(most), len(said)):
            return None
        self.kept[path] = len(most), len(said)
        return _wording(most)

    def most_common(self, said: Sequence[_Said], *, counts: bool) -> Any:
        """The value that most have, of equally many the first."""
        groups = _grouped(said)
        if counts and len(groups) > 1:
            self.unanimous = False
        return _wording(max(groups, key=len)) if groups else None

    def items(self, said: Sequence[_Said], node: Node, path: str, asked: int) -> list[Any]:
        every = [item for each in said for item in each.items()]
        groups = _grouped(every, node)
        kept: list[Any] = []
        for group in groups:
            votes = len(group), asked
            self.votes.append(votes)
            if not self._is_majority(*votes):
                continue
            place = step(path, len(kept))
            if isinstance(node, Leaf):
                self.kept[place] = votes
                kept.append(_wording(group))
            elif isinstance(node, Nested):
                model = _model_of(node, group[0].value)
                kept.append(self.model(group, model, place))
                if key := _identity(model):
                    self.kept[step(place, key)] = votes
            else:
                kept.append(self.node(group, node, place))
        return kept

    def entries(self, said: Sequence[_Said], node: Node, path: str, asked: int) -> dict[str, Any]:
        keys = dict.fromkeys(key for each in said for key in each.value)
        found = {}
        for key in keys:
            there = [each.at(key) for each in said if key in each.value]
            if self._is_majority(len(there), asked):
                found[key] = self.node(there, node, step(path, key))
        return found

    def _is_majority(self, have: int, asked: int) -> bool:
        if 0 < have < asked:
            self.unanimous = False
        return 2 * have > asked


def _grouped(said: Iterable[_Said], node: Node | None = None) -> list[list[_Said]]:
    """Values that are the same in one group, in the order of their first appearance; of one answer, one in each."""
    groups: list[list[_Said]] = []
    for item in said:
        fitting = [(fit, -place) for place, group in enumerate(groups) if (fit := _fit(item, group, node))]
        if fitting:
            groups[-max(fitting)[1]].append(item)
        else:
            groups.append([item])
    return groups


def _fit(item: _Said, group: Sequence[_Said], node: Node | None) -> float:
    """How well a value fits into a group, 0 where it does not."""
    if any(each.voice == item.voice for each in group):
        return 0.0
    first = group[0]
    if isinstance(node, Nested) and isinstance(item.value, dict) and isinstance(first.value, dict):
        return _object_fit(item, first, _model_of(node, first.value))
    one, other = folded(item.value), folded(first.value)
    if one == other:
        return 2.0
    is_name = isinstance(item.value, str) and isinstance(first.value, str) and "://" not in item.value
    return 1.0 if is_name and same_phrase(one, other) else 0.0


def _object_fit(item: _Said, first: _Said, model: type[BaseModel]) -> float:
    key = _identity(model)
    if key is None:
        return float(folded(item.value) == folded(first.value))
    here, there = (each.places.get(step(each.path, key)) for each in (item, first))
    same = overlap(here, there) if here and there else folded(item.value.get(key)) == folded(first.value.get(key))
    if not same:
        return 0.0
    parts = item.value.keys() | first.value.keys()
    return 1.0 + sum(folded(item.value.get(part)) == folded(first.value.get(part)) for part in parts)


def _identity(model: type[BaseModel]) -> str | None:
    """The field that says which of its kind an object is: its number or link, else its first name."""
    leaves = [(slot, slot.node.mark) for slot in slots_of(model) if isinstance(slot.node, Leaf)]
    for kind in (Number, Link, Mention):
        for slot, mark in leaves:
            if isinstance(mark, kind) and slot.required:
                return slot.key
    return None


def _model_of(node: Nested, value: Any) -> type[BaseModel]:
    """Of several models the one whose fields a value has most of."""
    keys = set(value) if isinstance(value, dict) else set()
    return max(node.models, key=lambda model: len(keys & {slot.key for slot in slots_of(model)}))


def _wording(group: Sequence[_Said]) -> Any:
    """The value as most of a group write it, of equally many the first."""
    written = [each.value for each in group]
    return max(written, key=written.count)
