"""What holds for a name in all of a text: how often and where it stands, its acronym, whether the paper proposes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ..patterns import regex
from ..reading.name_shapes import is_acronym_of
from ..reading.wordlists import words
from .finding import KNOWN, NAME, PHRASE, Mention, key_of
from .scene import Scene

__all__ = ["NameFacts"]

_PROPOSES = regex(
    r"(?:propos|introduc|present|develop|call|dub|nam|term|design|describ|releas|build|creat|devis|denot|refer)\w*"
)
_ACTS = words(
    """
    achieves achieve outperforms outperform surpasses surpass reaches reach obtains obtain attains attain improves
    improve yields yield exceeds exceed delivers deliver reduces reduce boosts beats gains shows significantly
    consistently substantially can is provides enables establishes sets gives scores
    """
)
_PROPOSED_WITHIN = 9


class NameFacts:
    """The facts, by the keys of names.

    Attributes:
        count: how many mentions a name has.
        in_title: names of the title.
        title_name: what stands before the title's colon; empty where none is.
        known: by name, the roles in which it is known.
        proposed: names that first stand behind "we propose" and the like.
        introduced: acronyms that the text puts in brackets behind their full names.
        acts: names behind which a verb of reaching stands: "Heron achieves".
    """

    def __init__(self, scene: Scene, mentions: Sequence[Mention]) -> None:
        self._scene = scene
        self.count = Counter(mention.key for mention in mentions)
        self.in_title = {mention.key for mention in mentions if mention.end <= len(scene.title)}
        self.title_name = key_of(scene.title.partition(":")[0]) if ":" in scene.title else ""
        self.known: dict[str, set[str]] = {}
        self.introduced: set[str] = set()
        self._acronyms: dict[str, str] = {}
        self._by_start: dict[int, list[Mention]] = {}
        self._by_end: dict[int, list[Mention]] = {}
        first: dict[str, Mention] = {}
        for mention in mentions:
            first.setdefault(mention.key, mention)
            self._by_start.setdefault(mention.start, []).append(mention)
            self._by_end.setdefault(mention.end, []).append(mention)
            if KNOWN in mention.sources:
                self.known.setdefault(mention.key, set()).update(s for s in mention.sources if s.startswith("known "))
        self.proposed = {key for key, mention in first.items() if self._is_proposed(mention)}
        self.acts = {mention.key for mention in mentions if self.is_acting(mention)}
        for mention in mentions:
            self._read_acronym(mention)

    def thing(self, key: str) -> str:
        """The key of the acronym, where a name has one; its own else."""
        return self._acronyms.get(key, key)

    def longer(self, mention: Mention) -> tuple[str, str]:
        """The words by which the next longer name or phrase that ends, or begins, in the same place is longer."""
        before = [m for m in self._by_end[mention.end] if m.start < mention.start and m.sources & {NAME, PHRASE}]
        behind = [m for m in self._by_start[mention.start] if m.end > mention.end and m.sources & {NAME, PHRASE}]
        longer = max(before, key=lambda m: m.start, default=None)
        further = min(behind, key=lambda m: m.end, default=None)
        return (
            longer.text[: mention.start - longer.start].strip().lower() if longer else "",
            further.text[mention.end - mention.start :].strip().lower() if further else "",
        )

    def is_acting(self, mention: Mention) -> bool:
        """Whether a verb of reaching stands right behind a mention."""
        return self._scene.word(self._scene.tokens_in(mention.start, mention.end)[1]) in _ACTS

    def _is_proposed(self, mention: Mention) -> bool:
        first, _ = self._scene.tokens_in(mention.start, mention.end)
        before = self._scene.words[max(0, first - _PROPOSED_WITHIN) : first]
        return "." not in before and any(map(_proposes, before))

    def _read_acronym(self, mention: Mention) -> None:
        text = self._scene.text
        before, behind = text[mention.start - 1 : mention.start], text[mention.end : mention.end + 1]
        if before != "(" or behind not in (")", ",", ";") or " " in mention.text:
            return
        for full in self._by_end.get(len(text[: mention.start - 1].rstrip(" ")), ()):
            if is_acronym_of(mention.text, full.text):
                self._acronyms.setdefault(full.key, mention.key)
                self.introduced.add(mention.key)


@lru_cache(maxsize=20_000)
def _proposes(word: str) -> bool:
    return _PROPOSES.fullmatch(word) is not None
