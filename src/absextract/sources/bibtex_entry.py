"""The entries of BibTeX, read with the mistakes that exports and people make.

Not bibtexparser, which gives up an entry with a missing comma, without a key or with a field that is there twice, and
leaves its braces to an entry whose key has been there before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..patterns import regex
from .bounds import LONGEST_RECORD, MOST_FIELDS, TOO_LONG

__all__ = ["Entry", "EntryError", "entries_in"]

_BEGIN = regex(r"@(\w+)\s*([{(])\s*")
_FIELD = r"[\w:.+-]{1,100}\s*="
_KEY = regex(
    rf"""(?: (?P<key>[^,{{}}=\"\n]{{1,300}}?)\s*(?:,|(?=[}})]\s*(?:\Z|\n|,|@)))   # with a comma, or alone
          | (?P<bare>[^\s,{{}}=\"]++)\s+(?={_FIELD})                                 # its comma is missing
          | ,? )""",
    re.VERBOSE,
)
_BETWEEN = regex(r"(?:[\s,;]|%[^\n]*)*")
_NAME = regex(rf"({_FIELD})\s*")
_FIELD_OF_LINE = regex(r"^[ \t]*([^\W\d][^\s=,{}\"#%]{0,60}[^\S\n]{0,10}=)[ \t]*([{\"])", re.MULTILINE)
_NAME_OF_WORDS = regex(
    r"([^\W\d][^\s=,{}\"#%]{0,60}(?:[^\S\n]{1,3}[^\s=,{}\"#%]{1,60}){0,4}\s*=)\s*(?=[{\"])"
)  # Scopus has some
_REST = regex(rf"[\s,]*({_FIELD})\s*[{{\"]")
_JOIN = regex(r"\s*#\s*")
_MARKS = (regex(r"\\.|([{}\"])", re.DOTALL), regex(r"\\\"|([{}\"])"))  # BibTeX itself counts `\{`, too
_BARE = {
    close: regex(rf"[^\s,{{}}\"#{close}]+(?:[ \t]+(?![^\s,{{}}\"#=]*\s*=)[^\s,{{}}\"#{close}]+)*+") for close in "})"
}
_KINDS = frozenset({
    "article", "book", "booklet", "collection", "conference", "dataset", "electronic", "inbook", "incollection",
    "inproceedings", "inreference", "manual", "mastersthesis", "misc", "online", "patent", "phdthesis", "proceedings",
    "report", "software", "techreport", "thesis", "unpublished",
})  # fmt: skip
_LONGEST_INDENT = 100
_NO_PAPERS = frozenset({"comment", "preamble", "control", "xdata"})


class EntryError(ValueError):
    """What is wrong with an entry, and at which character of the text."""

    def __init__(self, message: str, place: int) -> None:
        super().__init__(message)
        self.message: str = message
        self.place: int = place


class Entry(NamedTuple):
    """An entry; its fields by their names in lower case, each with its value as it stands between its braces."""

    kind: str
    key: str
    fields: dict[str, str]


def entries_in(text: str, strings: Mapping[str, str]) -> Iterator[tuple[int, Entry | EntryError]]:
    """The entries of a text that holds one as a rule, definitions of strings too, each with the place of its `@`."""
    end = line = 0
    while begin := _BEGIN.search(text, end):
        kind, close = begin[1].lower(), "}" if begin[2] == "{" else ")"
        line = text.rfind("\n", end, begin.start()) + 1 or line
        before = text[line : min(begin.start(), line + _LONGEST_INDENT)].strip()
        if before.startswith("%") and end <= line:  # a remark
            end = begin.end()
            continue
        is_sure = not before or kind in _KINDS
        found: Entry | EntryError
        try:
            found, end = _entry(text, begin.end(), kind, close, strings)
        except EntryError as error:
            found, end = error, max(error.place, begin.end())
        if kind not in _NO_PAPERS and (is_sure or (isinstance(found, Entry) and found.fields)):
            yield begin.start(), found
            if isinstance(found, EntryError):
                return


def _entry(text: str, place: int, kind: str, close: str, strings: Mapping[str, str]) -> tuple[Entry, int]:
    """An entry, and where it ends.

    Raises:
        EntryError: it is not valid, and cannot be mended.
    """
    if kind in _NO_PAPERS:
        return Entry(kind, "", {}), _closing(text, place, close, _MARKS[0]) + 1
    key = None if kind == "string" else _KEY.match(text, place)
    start = key.end() if key else place
    fault: EntryError | None = None
    for marks in _MARKS:
        try:
            fields, end = _fields(text, start, close, marks, strings)
        except EntryError as error:
            fault = fault or error
        else:
            return Entry(kind, ((key["key"] or key["bare"] or "") if key else "").strip(), fields), end
    if written := _fields_of_lines(text, start, close):
        return Entry(kind, ((key["key"] or key["bare"] or "") if key else "").strip(), written[0]), written[1]
    assert fault is not None
    raise fault


def _fields_of_lines(text: str, place: int, close: str) -> tuple[dict[str, str], int] | None:
    """The fields of an entry by its lines, where braces of the texts do not pair, and where it ends; None if it is not
    written so that every field begins a line and ends one, as databases write them.
    """
    if not (end := re.compile(rf"^[ \t]*{re.escape(close)}[ \t]*$", re.MULTILINE).search(text, place)):
        return None
    begins = list(_FIELD_OF_LINE.finditer(text, place, end.start()))
    if not begins or text[place : begins[0].start()].strip():
        return None
    fields: dict[str, str] = {}
    seen = Counter[str]()
    for begin, limit in zip(begins, [*(each.start() for each in begins[1:]), end.start()], strict=True):
        value = text[begin.end() : limit].rstrip().removesuffix(",").rstrip()
        if value[-1:] != ("}" if begin[2] == "{" else '"') or len(begins) > MOST_FIELDS:
            return None
        _add(fields, seen, _name_in(begin[1]), value[:-1])
    return fields, end.end()


def _name_in(found: str) -> str:
    return " ".join(found.rstrip("=").lower().split())


def _fields(
    text: str, place: int, close: str, marks: re.Pattern[str], strings: Mapping[str, str]
) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    seen = Counter[str]()
    for _ in range(MOST_FIELDS):
        between = _BETWEEN.match(text, place)
        assert between is not None
        place = between.end()
        if place == len(text):
            raise EntryError("the entry has no end; is a closing brace missing?", place)
        if text[place] == close:
            if rest := _REST.match(text, place + 1):
                raise EntryError(f"the entry ends before {_quoted(rest[1])}; is a brace one too many?", place + 1)
            return fields, place + 1
        if not (name := _NAME.match(text, place) or _NAME_OF_WORDS.match(text, place)):
            behind = f' behind field "{list(fields)[-1]}"' if fields else ""
            raise EntryError(f"expected a field{behind}, found {_quoted(text[place : place + 60])}", place)
        value, place = _value(text, name.end(), close, marks, strings)
        _add(fields, seen, _name_in(name[1]), value)
    raise EntryError(TOO_LONG, place)


def _add(fields: dict[str, str], seen: Counter[str], name: str, value: str) -> None:
    """BibTeX takes the first of several fields of one name; the others stay beside it, under numbers."""
    seen[name] += 1
    if not fields.get(name, "").strip():
        fields[name] = value
    elif value.strip() and value != fields[name]:
        fields.setdefault(f"{name}_{seen[name]}", value)


def _value(text: str, place: int, close: str, marks: re.Pattern[str], strings: Mapping[str, str]) -> tuple[str, int]:
    """A value, its parts put together, and where it ends."""
    parts: list[str] = []
    size = 0
    while True:
        if text[place : place + 1] in ("{", '"'):
            end = _closing(text, place + 1, "}" if text[place] == "{" else '"', marks)
            parts.append(text[place + 1 : end])
            place = end + 1
        elif word := _BARE[close].match(text, place):
            parts.append(strings.get(word[0].lower(), word[0]))
            place = word.end()
        else:
            return "".join(parts), place
        size += len(parts[-1])
        if size > LONGEST_RECORD:
            raise EntryError(TOO_LONG, place)
        if not (join := _JOIN.match(text, place)):
            return "".join(parts), place
        place = join.end()


def _closing(text: str, start: int, close: str, marks: re.Pattern[str]) -> int:
    """Where what begins at `start` is closed."""
    depth = 0
    if close == ")":
        marks = re.compile(r"\\.|([{})])", re.DOTALL)
    for mark in marks.finditer(text, start):
        if mark[1] == close and depth == 0:
            return mark.start()
        if mark[1] == "{":
            depth += 1
        elif mark[1] == "}":
            depth -= 1
            if depth < 0:
                raise EntryError("a brace is closed that was not opened; is a closing quote missing?", start)
    raise EntryError("the entry has no end; is a closing brace or quote missing?", len(text))


def _quoted(text: str) -> str:
    first = text.strip().partition("\n")[0].strip()
    return repr(first if len(first) <= 40 else f"{first[:40]}…")
