"""JSON documents: papers in arrays or under their ids, as search services answer, or a paper alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .columns import Columns
from .json_candidates import Candidate, Path
from .json_elements import Element, Elements
from .json_papers import candidates_in, is_about, is_key, may_hold_papers
from .json_shape import spine_of
from .json_sorting import Placed, Sorting
from .jsonl import as_paper, value_of
from .opening import BLOCK, Ahead

__all__ = ["read_json"]


def read_json(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads the papers of a document one after the other, in all its arrays, without holding the document.

    Raises:
        InputError: it is not JSON, or nothing in it may be a paper.
    """
    columns = columns or Columns()
    sorting = Sorting(path)
    index = 0
    for placed in _papers(stream, path, columns, sorting):
        yield as_paper(placed, Source(path=path, index=index), columns)
        index += 1
    sorting.tell(nothing_else=index == 0)


def _papers(stream: BinaryIO, path: str, columns: Columns, sorting: Sorting) -> Iterator[Placed]:
    for placed in _candidates(stream, path, columns):
        yield from sorting.of(placed)
    rest = sorting.rest()
    if rest and sorting.is_overfull:  # of all that there is, not one with an abstract
        for placed in rest:
            as_paper(placed, Source(path=path, index=0), columns)
        if fault := columns.fault(path):
            raise fault
    yield from rest


def _candidates(stream: BinaryIO, path: str, columns: Columns) -> Iterator[Placed]:
    ahead = Ahead(stream)
    spine = spine_of(ahead.look(BLOCK).decode("utf-8-sig", "replace"), columns.chosen)
    array: Path = ()
    number = 0
    for where, found in _pieces(ahead, path, spine):
        if not all(map(may_hold_papers, filter(None, where))):
            continue
        number = number + 1 if where == array else 1
        array = where
        place = where[-1] if where and where[-1] else number
        if not isinstance(found, Element):
            yield Placed(Candidate("null" if found is None else "other", found, where), None, place)
            continue
        value = value_of(found.raw, Source(path=path, index=0), found.line)
        if isinstance(value, BadInput):
            yield Placed(Candidate("bad", value, where), found.line, place)
            continue
        candidates = candidates_in(value, columns.chosen, where)
        is_beside_papers = spine.endswith("[") and place != number and is_about(where[-1])
        for candidate in candidates:
            if not (is_beside_papers and candidate.is_all_of(value)):
                yield Placed(candidate, found.line, place, len(found.raw or b"") // len(candidates))


def _pieces(ahead: Ahead, path: str, spine: str) -> Iterator[tuple[Path, Any]]:
    """The elements of a document, and what else stands in its arrays of papers, with the names on the way to them."""
    import ijson  # not needed for most runs

    where: list[str] = []
    with io.BufferedReader(ahead, BLOCK) as again:
        elements = Elements(again, path, spine)
        try:
            for event, value in ijson.basic_parse(elements, use_float=True, multiple_values=True):
                if event == "map_key":
                    where[-1] = value
                elif event.startswith("start_"):
                    where.append("")
                elif event.startswith("end_"):
                    where.pop()
                elif where and (element := elements.behind(where[-1], value)):
                    yield tuple(where[:-1]), element
                elif len(where) == len(spine) and (spine.endswith("[") or (value is None and is_key(where[-1]))):
                    yield tuple(where), value
        except (ijson.JSONError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            reason = str(error).partition("\n")[0]
            raise InputError(f"not valid JSON: {reason}", path=path, line=elements.line) from None
