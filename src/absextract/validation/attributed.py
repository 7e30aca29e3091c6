"""What the attribution of the text says of the names that objects put beside their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel

from ..attribution.engine import Attribution, Likely, attribute
from ..attribution.finding import CLAIMED, key_of
from ..attribution.scene import Scene, read_scene
from ..attribution.stage import Outcome, Role
from ..schema.marked import Slot
from ..schema.marks import Mention, Number
from ..text.quantities import parse_quantity
from .object_slots import leaves, named_by_role, texts_of
from .source_text import SourceText
from .verdicts import Span, as_text

__all__ = ["Attributed", "Weighed"]

_MOST_OUTCOMES = 60
_LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the attribution thinks of a name beside a number.

    Attributes:
        claimed: the likeliest reading of the name, None where the text is not thought to mean it at all.
        best: the likeliest other name, None where there is none.
        listed: the likeliest other name that the extraction holds in this role too.
        numbers: how many numbers were looked at.
        elsewhere: for each of the three, the highest probability that it has at another number.
        claims: for each of the three, how many objects have it in this role.
    """

    claimed: Likely | None
    best: Likely | None
    listed: Likely | None
    numbers: int
    elsewhere: tuple[float, ...]
    claims: tuple[int, ...]


class Attributed:
    """The attribution of the numbers that the objects of a list have; made when it is first asked for.

    Args:
        objects: those of the list.
        slots: of their class.
        root: the whole extraction, whose lists may name more.
        source: the text.
    """

    def __init__(
        self, objects: Sequence[BaseModel], slots: Sequence[Slot], root: BaseModel, source: SourceText
    ) -> None:
        self._objects, self._slots, self._root, self._source = objects, slots, root, source

    @cached_property
    def _scene(self) -> Scene:
        return read_scene(self._source.text("title"), self._source.text("abstract"))

    def weigh(self, number: Span, role: Role, name: str) -> Weighed | None:
        """What is thought of a name; None where the number is none that was looked at."""
        start, end = self._in_scene(number)
        found = next((a for a in self._attributions if a.outcome.start < end and start < a.outcome.end), None)
        if found is None:
            return None
        same = [likely for likely in found.ranked[role] if _is_alike(found, likely, name)]
        others = [likely for likely in found.ranked[role] if likely not in same]
        listed = (likely for likely in others if likely.mention.key in self._keys[role])
        three = (next(iter(same), None), next(iter(others), None), next(listed, None))
        return Weighed(
            *three,
            numbers=len(self._attributions),
            elsewhere=tuple(self._elsewhere(found, role, each) for each in three),
            claims=tuple(self._claims(role, each) for each in three),
        )

    def _elsewhere(self, found: Attribution, role: Role, likely: Likely | None) -> float:
        """The highest probability that a name has at another number."""
        if likely is None:
            return 0.0
        others = (a.ranked[role] for a in self._attributions if a is not found)
        return max((each.probability for ranked in others for each in ranked if each.thing == likely.thing), default=0)

    def _claims(self, role: Role, likely: Likely | None) -> int:
        """How many objects have a name in a role."""
        return self._said[role][likely.mention.key] if likely and role in self._said else 0

    @cached_property
    def _said(self) -> dict[Role, Counter[str]]:
        """By role, how many objects have each name."""
        said: dict[Role, Counter[str]] = {}
        for slot, mark in leaves(self._slots, Mention):
            if mark.role:
                names = [name for each in self._objects if isinstance(name := getattr(each, slot.name, None), str)]
                known = {name: key_of(name) for name in texts_of(self._objects, slot, self._source)}
                said[mark.role] = Counter(known[name] for name in names if name in known)
        return said

    def place(self, likely: Likely) -> Span:
        """Where a name stands."""
        start, end = likely.mention.start, likely.mention.end
        moved = self._scene.offset
        return Span("abstract", start - moved, end - moved) if start >= moved else Span("title", start, end)

    @cached_property
    def _keys(self) -> dict[Role, set[str]]:
        """By role, the names that the extraction holds."""
        return {role: {*said, *map(key_of, self._named.get(f"{role}s", ()))} for role, said in self._said.items()}

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        return named_by_role(self._root, self._source)

    @cached_property
    def _attributions(self) -> list[Attribution]:
        outcomes = self._outcomes()
        if not 0 < len(outcomes) <= _MOST_OUTCOMES or len(self._scene.text) > _LONGEST_TEXT:
            return []
        slots = (slot for slot, _ in leaves(self._slots, Mention))
        claimed = (text for slot in slots for text in texts_of(self._objects, slot, self._source))
        return attribute(self._scene, outcomes, {**self._named, CLAIMED: dict.fromkeys(claimed)})

    def _outcomes(self) -> list[Outcome]:
        """The numbers of the text that an object has, in order."""
        kinds = dict(self._claimed())
        found: dict[int, Outcome] = {}
        for value, kind in kinds.items():
            for span, quantity in self._source.readings.get(value, ()):
                if not quantity.in_name:
                    start, end = self._in_scene(span)
                    number = self._scene.number_at(start, end) or quantity
                    found.setdefault(start, Outcome(start, end, number, kind))
        return [found[start] for start in sorted(found)]

    def _claimed(self) -> Iterable[tuple[Any, Literal["value", "change"]]]:
        for slot, mark in leaves(self._slots, Number):
            for each in self._objects:
                quantity = parse_quantity(as_text(getattr(each, slot.name, "")))
                kind = getattr(each, mark.kind, None) if mark.kind else None
                if quantity is not None:
                    yield quantity.value, "change" if kind == "change" else "value"

    def _in_scene(self, span: Span) -> tuple[int, int]:
        return self._scene.in_text(span.field, span.start, span.end)


def _is_alike(found: Attribution, likely: Likely, name: str) -> bool:
    """Whether two names may be one: the same, short and full form, or the words of one among those of the other."""
    claimed, other = f" {key_of(name)} ", f" {likely.mention.key} "
    return claimed in other or other in claimed or found.thing(name) in (likely.thing, found.thing(likely.mention.text))
