"""What is seen of a mention by itself, whatever the number, as short strings that weights are kept for."""

from __future__ import annotations

from ..patterns import regex
from ..reading.name_shapes import is_foreign_model
from ..text.number_cues import classes_of, stem
from .finding import Mention
from .name_facts import NameFacts
from .scene import Scene

__all__ = ["name_cues"]

_REPEATED = regex(r"(.)\1+")


def name_cues(scene: Scene, mention: Mention, facts: NameFacts) -> list[str]:
    """The words, letters and neighbours of a mention, and what holds for its name in all of the text."""
    first, behind = scene.tokens_in(mention.start, mention.end)
    shape = mention.shape
    left, left2 = stem(scene.word(first - 1)), stem(scene.word(first - 2))
    right, right2 = stem(scene.word(behind)), stem(scene.word(behind + 1))
    return [
        f"l={left}", f"r={right}", f"l2={left2}", f"r2={right2}", f"lr={left}|{right}", f"l={left}|{shape}",
        f"r={right}|{shape}", f"ll={left2} {left}",
        *_of_words(mention, shape),
        *_of_the_name(scene, mention, facts, shape),
    ]  # fmt: skip


def _of_words(mention: Mention, shape: str) -> list[str]:
    text = mention.text
    parts = text.lower().split()
    head = mention.head
    cues = [f"s={shape}", f"h={head[:9]}", f"f={parts[0][:9]}", f"n={min(len(parts), 6)}", f"x={text[-5:].lower()}"]
    cues += [f"p{size}={text[:size].lower()}" for size in (3, 4, 5)]
    cues += [f"head {letter}" for letter in classes_of(head)]
    for source in sorted(mention.sources):
        cues += (f"src={source}", f"src={source}|{shape}")
    if len(head) > 4:
        cues.append(f"e={head[-4:]}")
    if len(parts) > 1:
        cues.append(f"hh={parts[-2][:7]} {head[:7]}")
    if is_foreign_model(text):
        cues.append("foreign")
    if any(map(str.isdigit, text)):
        signs = "".join("0" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c for c in text)
        cues += ("digit", "pat=" + _REPEATED.sub(r"\1", signs)[:10])
    return cues


def _of_the_name(scene: Scene, mention: Mention, facts: NameFacts, shape: str) -> list[str]:
    key, thing = mention.key, facts.thing(mention.key)
    title, proposed = key in facts.in_title, key in facts.proposed
    acts = key in facts.acts or thing in facts.acts
    cues = [
        f"count={min(facts.count[key], 5)}|{shape}", f"title={title}", f"proposed={proposed}|{shape}",
        f"tp={title}{proposed}", f"acts={acts}|{shape}", f"acts={acts}|p={proposed}",
    ]  # fmt: skip
    if key == facts.title_name:
        cues.append("title name")
    if mention.end <= len(scene.title):
        cues.append("in title")
    if thing in facts.introduced:
        cues += (f"acronym|{shape}", f"acronym|{thing in facts.proposed or proposed}")
    before, behind = facts.longer(mention)
    if before:
        cues += ("longer", f"longer={before.split()[-1][:8]}", f"longer|{shape}")
    if behind:
        cues += ("goes on", f"goes on={behind.split()[0][:8]}", f"goes on|{shape}")
    known = facts.known.get(key)
    for role in sorted(known or ("",)):
        cues += (f"known={role}", f"known={role}|{shape}") if role else (f"known=|{shape}",)
    return cues
