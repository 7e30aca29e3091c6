"""Pages of trending papers: a header, then title and abstract lines in turn.

Two shapes are met. In one the header ends in "Subscribe" glued to the first title; in the other every
line is followed by a blank one, and a byline and a date stand between "Subscribe" and the first title.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ..errors import InputError
from ..patterns import regex
from ..records import Abstract, BadInput, Source
from .bounds import TOO_LONG, CutLine, bounded_lines
from .encodings import has_wrong_bytes, line_of, wrong_text

__all__ = ["HEADER", "read_trending"]

HEADER = "Get trending papers in your email inbox"
_SUBSCRIBE = "Subscribe"
_BYLINE = regex(r"by\s?AK and the research community")
_DATE = regex(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?")
_TOO_LONG = "\udc00"  # in place of such a line: no line that is read is this one byte


def read_trending(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads titles and abstracts as they stand, character for character.

    Raises:
        InputError: there is no such header.
    """
    lines = _lines(stream)
    for index, (number, title) in enumerate(_without_header(lines, path)):
        source = Source(path=path, index=index)
        below, abstract = next(lines, (number, None))
        if abstract is None:
            yield BadInput(source=source, line=number, message="a title without an abstract at the end of the page")
        elif wrong := [place for place in ((number, title), (below, abstract)) if has_wrong_bytes(place[1])]:
            line, text = wrong[0]
            message = TOO_LONG if text == _TOO_LONG else wrong_text(text, path) or ""
            yield BadInput(source=source, line=line, message=message)
        else:
            yield Abstract(title=title, abstract=abstract, source=source)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, with their 1-based numbers."""
    for number, raw in enumerate(bounded_lines(stream), start=1):
        line = _TOO_LONG if isinstance(raw, CutLine) else line_of(raw, number)
        line = line.removesuffix("\n").removesuffix("\r")
        if line.strip():
            yield number, line


def _without_header(lines: Iterator[tuple[int, str]], path: str) -> Iterator[tuple[int, str]]:
    """The rest of the lines behind the header, the title that was glued to it in front."""
    behind_header = True
    for number, line in lines:
        if line.startswith(_SUBSCRIBE):
            title = line.removeprefix(_SUBSCRIBE)
            if title.strip():
                behind_header = False
                yield number, title
            break
    else:
        raise InputError(f'no page of trending papers: no line begins with "{_SUBSCRIBE}"', path=path)
    for number, line in lines:
        if behind_header and (_BYLINE.fullmatch(line.strip()) or _DATE.fullmatch(line.strip())):
            continue
        behind_header = False
        yield number, line
