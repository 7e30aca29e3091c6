"""What plain rules say of the sentence of a number: lists read in order, "on …" behind it, "… of" before it."""

from __future__ import annotations

from ..text.pairing import Pairing, pairing_at
from ..text.values import value_class
from .finding import Mention
from .scene import Scene

__all__ = ["Rules", "rules_of"]


@value_class
class Rules:
    """What plain rules read of the sentence of an outcome, for mentions of that sentence."""

    pairing: Pairing
    offset: int

    def partner(self, mention: Mention) -> bool | None:
        """Whether a mention has the outcome's place in a list read in order; None where there is no such list."""
        partners = self.pairing.partners()
        return any(self._holds(place, mention) for place in partners) if partners else None

    def excluded(self, mention: Mention) -> bool:
        """Whether the sentence plainly gives a mention to another number."""
        return self.pairing.excludes((mention.start - self.offset, mention.end - self.offset))

    def attached(self, mention: Mention) -> bool | None:
        """Whether an "on …" behind the outcome speaks of a mention; None where nothing stands there."""
        attached = self.pairing.attached()
        return self._holds(attached, mention) if attached else None

    def cues(self, mention: Mention) -> list[str]:
        """What the rules say of a mention, as short strings that weights are kept for."""
        cues = ["excluded"] if self.excluded(mention) else []
        if (partner := self.partner(mention)) is not None:
            cues.append(f"partner={partner}")
        attached = self.pairing.attached()
        if attached:
            inside = self._holds(attached, mention)
            cues.append(f"attached={inside}|{inside and mention.start - self.offset - attached[0] < 5}")
        before = self.pairing.before
        if before:
            inside = self._holds(before[:2], mention)
            cues.append(f"before={inside}|{inside and before[1] - mention.end + self.offset < 3}|{before[2][:3]}")
        return cues

    def _holds(self, place: tuple[int, int], mention: Mention) -> bool:
        return place[0] <= mention.start - self.offset and mention.end - self.offset <= place[1]


def rules_of(scene: Scene, start: int, end: int) -> Rules:
    """The rules for the number in an interval of the scene's text."""
    if start < scene.offset:
        return Rules(pairing_at(scene.title, start, end), 0)
    return Rules(pairing_at(scene.abstract, start - scene.offset, end - scene.offset), scene.offset)
