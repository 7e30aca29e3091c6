"""From the references of a tagged format to abstracts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ..records import Abstract, BadInput, Source
from .bounds import TOO_LONG
from .columns import Columns, places_in
from .encodings import wrong_text
from .tag_lines import Reference

__all__ = ["papers_of", "single_or_list", "taken"]


def papers_of(
    found: Iterable[Reference],
    path: str,
    row_of: Callable[[Sequence[str]], dict[str, Any]],
    columns: Columns | None = None,
) -> Iterator[Abstract | BadInput]:
    """The paper of each reference, or why there is none.

    Args:
        found: the references of a file.
        path: the file.
        row_of: what the lines of one hold, by names.
        columns: where it is noted what is taken from where.
    """
    usual = Columns(taken=columns.taken if columns else None)
    for index, reference in enumerate(found):
        source, lines = Source(path=path, index=index), reference.lines
        if lines is None:
            yield BadInput(source=source, line=reference.first, message=TOO_LONG)
        elif reference.wrong:
            number, line = reference.wrong
            yield BadInput(source=source, line=number, message=wrong_text(line, path) or "")
        else:
            row = row_of(lines)
            if not row.get("id", "-"):
                del row["id"]
            yield usual.paper(row, source, reference.first, places=places_in(row))


def taken(values: dict[str, list[str]], tags: Sequence[str]) -> tuple[str, list[str]]:
    """The first tag that has values, and these, taken out; where there is none, the tag that should have had some."""
    return next(((tag, values.pop(tag)) for tag in tags if tag in values), (tags[0] if tags else "", []))


def single_or_list(values: Sequence[str]) -> str | list[str]:
    """One value as it is, more of them as a list."""
    return values[0] if len(values) == 1 else list(values)
