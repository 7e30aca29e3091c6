"""Lines that begin with a tag: what RIS and the formats like it share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from ..patterns import regex
from .bounds import CutLine, Gathered, bounded_lines
from .encodings import line_of
from .layout import unwrap

__all__ = [
    "Dialect",
    "Field",
    "Matcher",
    "Reference",
    "by_tag",
    "fields_of",
    "references",
    "text_lines",
    "without_notices",
]

Matcher = Callable[[str], re.Match[str] | None]
_NOTICE = regex(
    r"\s*(?:\(c\)|©|&copy;|copyright\b|all rights reserved|\[?abstract from (?:author|publisher))", re.IGNORECASE
)


class Dialect(NamedTuple):
    """How references are written in a format.

    Attributes:
        match: matches a line that begins a field, with groups `tag` and `value`.
        begins: the tags with which a reference begins; others may come before them.
        end: the tag with which it ends, where there is one.
        beside: tags that belong to the file, not to a reference.
        by_blank_lines: blank lines part references, too.
    """

    match: Matcher
    begins: frozenset[str]
    end: str = ""
    beside: frozenset[str] = frozenset()
    by_blank_lines: bool = False

    def tag_of(self, line: str) -> str:
        """The tag of a line; empty where it goes on with the line before, or belongs to no reference."""
        found = self.match(line)
        return found["tag"].strip() if found else ""


class Reference(NamedTuple):
    """The lines of a reference; None where they are too many."""

    first: int
    """The number of the first of them, from 1."""
    lines: Sequence[str] | None
    wrong: tuple[int, str] | None = None
    """The number and text of the first of them that is no UTF-8."""

    @classmethod
    def of(cls, gathered: Gathered) -> Reference:
        """A reference of the lines that were gathered."""
        return cls(gathered.first, None if gathered.is_too_long else gathered.lines, gathered.wrong)


class Field(NamedTuple):
    """A tag and the lines of its value."""

    tag: str
    lines: list[str]

    @property
    def text(self) -> str:
        """The value in one line; blank lines part paragraphs."""
        return unwrap("\n".join(self.lines))


def text_lines(stream: BinaryIO) -> Iterator[tuple[int, str, bool]]:
    """The lines of a text without their ends, of whatever system; number, line, and whether it is only a beginning."""
    number = 0
    for raw in bounded_lines(stream):
        text = line_of(raw, number + 1)
        text = text.removesuffix("\n").removesuffix("\r")
        start = 0
        while start <= len(text):
            end = text.find("\r", start)
            end = len(text) if end < 0 else end
            number += 1
            yield number, text[start:end], isinstance(raw, CutLine) and end == len(text)
            start = end + 1


def references(stream: BinaryIO, dialect: Dialect) -> Iterator[Reference]:
    """The references of a file, one at a time; what stands between them is passed over."""
    gathered, seen, after_blank = Gathered(), set[str](), False
    for number, line, is_cut in text_lines(stream):
        tag = dialect.tag_of(line)
        if seen and tag and _begins_another(dialect, tag, seen, after_blank=after_blank):
            yield Reference.of(gathered)
            gathered, seen = Gathered(), set()
        if tag in dialect.beside:
            continue
        if tag:
            seen.add(tag)
        if seen:
            gathered.add(number, line, is_cut=is_cut)
        if tag and tag == dialect.end:
            yield Reference.of(gathered)
            gathered, seen = Gathered(), set()
        after_blank = not line.strip()
    if seen & dialect.begins or (seen and dialect.by_blank_lines):
        yield Reference.of(gathered)


def _begins_another(dialect: Dialect, tag: str, seen: set[str], *, after_blank: bool) -> bool:
    parted, has_begun = after_blank and dialect.by_blank_lines, bool(seen & dialect.begins)
    if tag in dialect.begins:
        return has_begun or parted
    return parted and (tag in seen or not has_begun)


def fields_of(lines: Iterable[str], match: Matcher) -> list[Field]:
    """The fields that some lines hold; a line without a tag goes on with the one before."""
    fields: list[Field] = []
    for line in lines:
        if found := match(line):
            fields.append(Field(found["tag"].strip(), [found["value"] or ""]))
        elif fields:
            fields[-1].lines.append(line)
    return fields


def by_tag(fields: Iterable[Field]) -> dict[str, list[str]]:
    """The values of each tag that are not blank, in their order."""
    values: dict[str, list[str]] = {}
    for field in fields:
        if text := field.text:
            values.setdefault(field.tag, []).append(text)
    return values


def without_notices(texts: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """The text of an abstract that was given in several fields, and the copyright notices among them as metadata."""
    kept = [text for text in texts if not _NOTICE.match(text)] if len(texts) > 1 else list(texts)
    notices = [text for text in texts if text not in kept] if kept else []
    return "\n".join(kept or texts), {"copyright": "\n".join(notices)} if notices else {}
