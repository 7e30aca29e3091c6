"""One abstract that is typed, pasted or pointed at: found, extracted, printed."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..errors import InputError, UsageError
from ..one_shot import extract
from ..patterns import regex
from ..pipeline import BUILTIN
from ..records import NO_ABSTRACT, Abstract, BadInput, Record
from ..schema.load import load_schema
from ..sources.input_files import expand
from ..sources.markup import as_shown
from ..sources.opening import BLOCK, STDIN, as_input_error, opened
from ..sources.prose import LONGEST_ABSTRACT, too_long_for_one
from ..sources.read import in_its_place, read_inputs
from ..sources.record_lines import SavedRecord
from .drawing import chosen, print_paper
from .messages import note
from .starting import clear_screen

__all__ = ["try_one"]

_MOST_NAMED = 5
_LONGEST_PATH = 4096
_MARKED_UP = regex(r"""\s*(?:\[?\s*\{\s*["}]|<\?xml|<!doctype)""", re.IGNORECASE)


def try_one(text: str, *, model: str | None, schema: str, base_url: str | None) -> bool:
    """Extracts one abstract and prints it; whether the model gave an answer."""
    wanted = load_schema(schema)
    file, which = _file_and_id(text)
    paper = _pasted(_on_stdin() if text == STDIN else text) if file is None else _paper_of(file, which)
    record = extract(paper, model=model, schema=wanted, base_url=base_url)
    clear_screen()
    print_paper(_saved(record))
    sys.stdout.flush()
    options = {"--model": model, "--base-url": base_url, "--schema": None if schema == "paper" else schema}
    note(_next(record, file, options))
    return record.error is None or record.error.code == NO_ABSTRACT


def _file_and_id(text: str) -> tuple[str | None, str | None]:
    """The file that is meant, and which paper of it; a text is no file."""
    if text == STDIN:
        return None, None
    if os.path.exists(text):
        return text, None
    for at in (place for place, sign in enumerate(text[:_LONGEST_PATH]) if sign == "#"):
        if os.path.exists(text[:at]):
            return text[:at], text[at + 1 :]
    if text.isascii() and text and not any(map(str.isspace, text)):
        path, _, which = text.partition("#")
        return path, which or None  # no abstract is one word; opening it says that it is not there
    return None, None


def _on_stdin() -> str:
    """What is typed, pasted or piped in.

    Raises:
        UsageError: it is no UTF-8.
    """
    if sys.stdin.isatty():
        note("paste an abstract, with a title and a blank line before it or without; then Ctrl-D on a line of its own")
    with opened(STDIN) as ahead, as_input_error(STDIN), io.BufferedReader(ahead, BLOCK) as stream:
        data = stream.read(4 * LONGEST_ABSTRACT + 4)
    if len(data) > 4 * LONGEST_ABSTRACT:
        raise UsageError("standard input: more than one abstract; give a file as FILE#ID")
    return data.decode("utf-8-sig", "surrogateescape")


def _pasted(text: str) -> Abstract:
    """The paper in a text as it was typed or pasted.

    Raises:
        UsageError: there is none in it.
    """
    if not text.strip():
        raise UsageError('no text: give an abstract, "-" for standard input, or FILE#ID')
    if _MARKED_UP.match(text):
        raise UsageError("this is JSON or XML, not an abstract; save it as a file, and give FILE#ID")
    if len(text) > LONGEST_ABSTRACT:
        raise UsageError(too_long_for_one(len(text)))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError("the text is not valid UTF-8") from None
    return as_shown(Abstract.from_text("\n".join(map(str.rstrip, text.strip().splitlines()))))


def _paper_of(path: str, which: str | None) -> Abstract:
    """The one paper of a file, or the one that is meant.

    Raises:
        InputError: there is no such file or paper, or it cannot be read, or several are meant.
    """
    papers = _numbered(path)
    try:
        found = list(islice(papers, _MOST_NAMED)) if which is None else chosen(papers, which, path)
    except InputError as error:
        said, unknown, _ = error.message.partition("; choose one with --format")
        if not unknown:
            raise
        advice = f"{said}; to take all of it for one abstract: absextract try - < {shlex.quote(path)}"
        raise InputError(advice, path=path, line=error.line) from None
    if not found:
        raise InputError("holds no papers", path=path)
    if len(found) > 1:
        named = "; ".join(f"{path}#{number} {paper.title[:60]}" for number, paper in found[:_MOST_NAMED])
        raise InputError(
            f"holds several papers; choose one by its number, its id or a part of its title: {named}", path=path
        )
    return found[0][1].paper()


class _Listed:
    """A paper of a file, or what is there in place of one."""

    def __init__(self, item: Abstract | BadInput) -> None:
        self._item = item
        self.id, self.title = ("", "") if isinstance(item, BadInput) else (item.id, item.title)

    def paper(self) -> Abstract:
        """The paper.

        Raises:
            InputError: it cannot be read.
        """
        if isinstance(self._item, BadInput):
            raise in_its_place(self._item)
        return self._item


def _numbered(path: str) -> Iterator[tuple[int, _Listed]]:
    return enumerate(map(_Listed, read_inputs(expand([path]))), start=1)


def _saved(record: Record[Any]) -> SavedRecord:
    """The record as it would be read from a file, which is what is drawn."""
    return SavedRecord.model_validate(json.loads(record.to_json()))


def _next(record: Record[Any], file: str | None, options: dict[str, str | None]) -> str:
    """What to do next, in one line."""
    if record.error and record.error.code != NO_ABSTRACT:
        return "next: mend --model, --base-url or the key; or leave --model out, which works offline"
    given = [word for name, value in options.items() if value for word in (name, value)]
    command = shlex.join(["absextract", "extract", file or "papers.jsonl", "-o", "facts.jsonl", *given])
    if record.extractor.model == BUILTIN:
        return f"next: {command}  # a whole file; --model openai/gpt-5-mini finds more and errs less"
    return f"next: {command}  # a whole file"
