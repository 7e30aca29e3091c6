"""JSON documents: papers in arrays or under their ids, as search services answer, or a paper alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .columns import Columns, has_abstract_column
from .json_candidates import Candidate, Path, is_weak_name
from .json_elements import Element, Elements
from .json_papers import candidates_in, is_about, is_holder, is_key, may_hold_papers
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
    doubtful: dict[Path, str] = {}  # objects that hold papers under a name that does not say so
    for where, found, line in _pieces(ahead, path, spine):
        if isinstance(found, str) and where[-1]:
            if where[:-1] in doubtful and _is_abstract(where[-1], columns):
                reason = f'an abstract, "{where[-1]}", behind papers under "{doubtful[where[:-1]]}" in the same object'
                raise InputError(
                    f"{reason}: is it one paper or many? Make a file of what is meant", path=path, line=line
                )
            continue
        if not all(map(may_hold_papers, filter(None, where))):
            continue
        number = number + 1 if where == array else 1
        array = where
        place = where[-1] if where and where[-1] else number
        for candidate, size in _of_piece(where, found, path, spine, columns):
            if candidate.kind == "paper":
                doubtful |= {where[:depth]: name for depth, name in enumerate(where) if name and not is_holder(name)}
            yield Placed(candidate, found.line if isinstance(found, Element) else None, place, size)


def _of_piece(where: Path, found: Any, path: str, spine: str, columns: Columns) -> Iterator[tuple[Candidate, int]]:
    """What may be papers in a piece, and how many bytes each is."""
    if not isinstance(found, Element):
        yield Candidate("null" if found is None else "other", found, where), 0
        return
    value = value_of(found.raw, Source(path=path, index=0), found.line)
    if isinstance(value, BadInput):
        yield Candidate("bad", value, where), 0
        return
    candidates = candidates_in(value, columns.chosen, where)
    is_beside_papers = spine.endswith("[") and where[-1:] != ("",) and bool(where) and is_about(where[-1])
    for candidate in candidates:
        if not (is_beside_papers and candidate.is_all_of(value)):
            yield candidate, len(found.raw or b"") // len(candidates)


def _is_abstract(name: str, columns: Columns) -> bool:
    return not is_weak_name(name) and has_abstract_column([name], columns.chosen)


def _pieces(ahead: Ahead, path: str, spine: str) -> Iterator[tuple[Path, Any, int]]:
    """What stands on the way to the papers, with the names on the way to it and the line we are at.

    These are elements; what else stands in arrays of papers, or in place of a paper; and texts under a name.
    """
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
                    yield tuple(where[:-1]), element, elements.line
                elif _is_text_under_a_name(where, value) or _is_in_place_of_a_paper(where, value, spine):
                    yield tuple(where), value, elements.line
        except (ijson.JSONError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            reason = str(error).partition("\n")[0]
            raise InputError(f"not valid JSON: {reason}", path=path, line=elements.line) from None


def _is_text_under_a_name(where: list[str], value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and where[-1:] not in ([], [""])


def _is_in_place_of_a_paper(where: list[str], value: Any, spine: str) -> bool:
    return len(where) == len(spine) and (spine.endswith("[") or (value is None and bool(where) and is_key(where[-1])))
