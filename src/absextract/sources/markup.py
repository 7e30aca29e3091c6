"""Markup in plain strings, as databases leave it in titles and abstracts: tags of HTML, JATS and MathML, entities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from typing import Any, TypeVar

from ..patterns import regex
from ..records import Abstract, BadInput, stable_id
from .shown import BLOCKS, INLINE, MATHS, Shown

ItemT = TypeVar("ItemT", Abstract, BadInput, Abstract | BadInput)

__all__ = ["as_shown", "begins_with_markup", "shown", "values_as_shown"]

_KNOWN = BLOCKS | INLINE | MATHS
_OF_TEXTS = _KNOWN - {"title", "head", "list", "section", "sec", "div", "label", "table"}
_NAME = r"[\w:.-]{1,60}"
_VALUE = r"""\s{0,3}=\s{0,3}(?:"[^"<]{0,4000}"|'[^'<]{0,4000}'|[^\s"'<>=`]{1,500})"""
_TAG = regex(
    r"<(?P<closing>/?)(?P<prefix>[A-Za-z][\w.-]{0,30}:)?(?P<name>[A-Za-z][A-Za-z0-9-]{0,30})"
    rf"(?P<attributes>(?:\s{{1,20}}{_NAME}{_VALUE}){{0,20}})\s{{0,20}}(?P<empty>/?)>"
)
_ATTRIBUTE = regex(rf"({_NAME})({_VALUE})")
_ENTITY = regex(r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});")
_ALONE = frozenset({"br", "hr", "wbr", "break"})
_CLOSED_BY_THE_NEXT = frozenset({"p", "li", "dt", "dd", "tr", "td", "th"})
_WHERE_PARAGRAPHS_PART = regex(r"(?:^|[\n.:!?>)])\s*\Z")
_QUOTES = "\"'`“”‘’„"
_BETWEEN_NAMED_TAGS = regex(r"\s+(?:and|or|to|und|et|y)\s+|\s*(?:\.{3}|…)\s*")
_LOOK = 20
_COMMENT = ("<!--", "-->")
_CDATA = ("<![CDATA[", "]]>")
_DEEPEST_VALUE = 20
_MOST_LAYERS = 4  # of escapes upon escapes


@dataclass(slots=True)
class _Tag:
    start: int
    end: int
    name: str
    prefix: str
    attributes: str
    closing: bool
    empty: bool
    meant: bool = False
    """It is markup and not part of what the text says."""

    @property
    def is_alone(self) -> bool:
        """There is nothing in it to be closed behind."""
        return self.empty or self.name in _ALONE or (self.name == "img" and "src" in self.attributes)


def as_shown(item: ItemT) -> ItemT:
    """The paper with the title and the abstract that a reader sees; what could not be read stays as it is."""
    if isinstance(item, BadInput):
        return item
    title, abstract = shown(item.title, between=" ", targets=False), shown(item.abstract)
    if (title, abstract) == (item.title, item.abstract):
        return item
    if title != item.title and "\n" in title:  # its tags were set on lines of their own
        title = " ".join(title.split())
    of_its_own = item.id != stable_id(item.title, item.abstract)
    identifier = item.id if of_its_own else stable_id(title, abstract)
    return item.model_copy(update={"id": identifier, "title": title, "abstract": abstract})


def shown(text: str, *, between: str = "\n", targets: bool = True) -> str:
    """What a reader sees of a text that may hold markup.

    Tags of HTML, JATS and MathML go, whatever their prefix, with what they mean kept: exponents of numbers, headings,
    paragraphs. Entities become their characters. Where a tag opens without closing, or its name is none of theirs, the
    angle brackets belong to the text, as in `p < 0.05` or `<unk>`. A text without markup stays character for character.

    Args:
        text: the text, with markup or without.
        between: what parts paragraphs.
        targets: whether it is said where links lead, behind their words.
    """
    for _ in range(_MOST_LAYERS):
        before, text = text, _without_one_layer(text, between, targets=targets)
        if text == before:
            break
    return text


def values_as_shown(value: Any, depth: int = 0) -> Any:
    """The JSON values that somebody took from a text with markup, as they stand in what a reader sees of it."""
    if isinstance(value, str):
        return shown(value)
    if depth >= _DEEPEST_VALUE:
        return value
    if isinstance(value, list):
        return [values_as_shown(each, depth + 1) for each in value]
    if isinstance(value, dict):
        return {name: values_as_shown(each, depth + 1) for name, each in value.items()}
    return value


def begins_with_markup(text: str) -> bool:
    """Whether a text that begins with an angle bracket begins with a tag of a text, not of a file of XML."""
    tag = _TAG.match(text.lstrip())
    return tag is not None and (tag["prefix"] == "jats:" or tag["name"].lower() in _OF_TEXTS)


def _without_one_layer(text: str, between: str, *, targets: bool) -> str:
    if "<" not in text:
        return _resolved(text)
    text = _without_comments(text)
    tags = _tags(text)
    if not tags:
        return _resolved(text)
    seen, end = Shown(between, targets=targets), 0
    for tag in tags:
        seen.text(_resolved(text[end : tag.start]))
        end = tag.end
        attributes = _attributes(tag)
        if not tag.closing:
            seen.start(tag.name, attributes)
        if tag.closing or tag.is_alone:
            seen.end(tag.name, attributes)
    seen.text(_resolved(text[end:]))
    return seen.whole()


def _resolved(text: str) -> str:
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    named = entity[0][1:]
    return unescape(entity[0]) if named[0] == "#" or named in html5 else entity[0]


def _without_comments(text: str) -> str:
    begin, end = _CDATA
    if begin in text and end in text:
        text = text.replace(begin, "").replace(end, "")
    begin, end = _COMMENT
    if begin not in text:
        return text
    kept, start = [], 0
    while (opened := text.find(begin, start)) >= 0 and (closed := text.find(end, opened)) >= 0:
        kept.append(text[start:opened])
        start = closed + len(end)
    return "".join([*kept, text[start:]])


def _tags(text: str) -> list[_Tag]:
    """The tags that are markup, in order."""
    tags = [
        _Tag(
            found.start(),
            found.end(),
            found["name"].lower(),
            (found["prefix"] or "").lower(),
            found["attributes"],
            closing=bool(found["closing"]),
            empty=bool(found["empty"]),
        )
        for found in _TAG.finditer(text)
    ]
    open_tags: dict[tuple[str, str], list[_Tag]] = {}
    for tag in tags:
        is_known = tag.name in _KNOWN
        waiting = open_tags.setdefault((tag.prefix, tag.name), [])
        if tag.prefix in ("jats:", "mml:") or (tag.prefix and is_known):
            tag.meant = True
        elif not is_known or _is_quoted(text, tag):
            continue
        elif tag.is_alone:
            tag.meant = True
        elif not tag.closing:
            waiting.append(tag)
        elif waiting:
            opener = waiting.pop()
            opener.meant = tag.meant = not _are_named(text, opener, tag)
    return [tag for tag in tags if tag.meant or _parts_paragraphs(text, tag)]


def _attributes(tag: _Tag) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag.attributes)
    return {name.rpartition(":")[2]: value.lstrip(" \t\r\n=").strip("\"'") for name, value in found}


def _is_quoted(text: str, tag: _Tag) -> bool:
    """Whether it stands in quotation marks of its own."""
    before, behind = text[max(0, tag.start - 1) : tag.start], text[tag.end : tag.end + 1]
    return bool(before and behind) and before in _QUOTES and behind in _QUOTES


def _are_named(text: str, opener: _Tag, closer: _Tag) -> bool:
    """Whether the text tells of both, as in "between <b> and </b>"."""
    between = closer.start - opener.end
    return between <= _LOOK and bool(_BETWEEN_NAMED_TAGS.fullmatch(text, opener.end, closer.start))


def _parts_paragraphs(text: str, tag: _Tag) -> bool:
    """Whether it stands where paragraphs part, so that it need not be closed, or opened."""
    ahead = text[max(0, tag.start - _LOOK) : tag.start]
    return (
        tag.name in _CLOSED_BY_THE_NEXT
        and not tag.prefix
        and not _is_quoted(text, tag)
        and bool(_WHERE_PARAGRAPHS_PART.search(ahead))
    )
