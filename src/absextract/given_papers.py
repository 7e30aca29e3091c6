"""Papers as people hand them over in Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import UsageError
from .records import Abstract, BadInput, Source
from .sources.cell_values import as_json
from .sources.columns import to_abstract

__all__ = ["PaperLike", "paper_of"]

PaperLike = Abstract | str | Mapping[str, Any]
"""An `Abstract`, a text, or a mapping with `title` and `abstract` (or other usual names), the rest of it metadata."""

_NO_PLACE = Source(path="", index=0)


def paper_of(given: PaperLike | None, title: str | None = None, abstract: str | None = None) -> Abstract:
    """The paper that is meant.

    Args:
        given: the paper, or None where title and abstract are given by themselves.
        title: its title; may be left out.
        abstract: its abstract.

    Raises:
        UsageError: it is given twice, or not at all, or is a mapping in which no title or abstract is found.
    """
    apart = title is not None or abstract is not None
    if apart and given is not None:
        raise UsageError("give a paper, or title= and abstract=, not both")
    if apart:
        if abstract is None:
            raise UsageError("title= without abstract=")
        return Abstract(title=title or "", abstract=abstract)
    if isinstance(given, Abstract):
        return given
    if isinstance(given, str):
        return Abstract.from_text(given)
    if isinstance(given, Mapping):
        paper = to_abstract(as_json(dict(given)), _NO_PLACE)
        if isinstance(paper, BadInput):
            raise UsageError(f"no paper in the mapping: {paper.message}; its keys: {', '.join(map(str, given))}")
        return paper
    raise UsageError(f"expected a text, a mapping, an Abstract, or title= and abstract=, not {type(given).__name__}")
