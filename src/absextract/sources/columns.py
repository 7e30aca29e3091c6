"""From named columns to an abstract: title, abstract and id by their names, usual or told; the rest is metadata."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pydantic import ValidationError

from ..errors import InputError, UsageError
from ..patterns import regex
from ..records import Abstract, BadInput, Source
from ..schema.faults import fault_of
from ..text.stand_ins import is_no_abstract
from .bounds import shortened
from .cell_values import is_blank
from .column_names import Layout, layout_of, nearest, plain
from .encodings import wrong_text
from .inverted_index import as_text, is_inverted_index

__all__ = [
    "AT",
    "NO_TEXT",
    "USUAL",
    "ColumnNames",
    "Columns",
    "has_abstract_column",
    "has_title_column",
    "places_in",
    "to_abstract",
    "with_inner",
]

NO_TEXT = "neither a title nor an abstract"
"""What is wrong with a row that has no column for either."""

AT = "\0"
"""Before `title`, `abstract` and `id` in a row: the column that says where they stood; see `places_in`."""

_MOST_TOLD = 200
_MOST_TAKEN = 10
_AS_THEY_STAND: Mapping[str, str] = {}
_NEEDS_NO_QUOTES = regex(r"[\w=,.:/@%+-]+")
_NEXT_PAIR = regex(r",(?=\s*(?:title|abstract|id)\s*=)")  # a name may hold commas


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The columns a user named; None where the usual names are looked for. In JSON, `a.b` is what `a` has under `b`."""

    abstract: str | None = None
    title: str | None = None
    id: str | None = None

    @classmethod
    def of(cls, given: str | Mapping[str, str] | ColumnNames | None) -> ColumnNames:
        """Names as they are given: `abstract=COL,title=COL,id=COL`, or the same as a mapping.

        Raises:
            UsageError: it is no such text or mapping.
        """
        if given is None or isinstance(given, ColumnNames):
            return given or USUAL
        pairs = _pairs(given) if isinstance(given, str) else dict(given)
        known = [field.name for field in fields(cls)]
        if not pairs or not pairs.keys() <= set(known) or not all(isinstance(n, str) and n for n in pairs.values()):
            raise UsageError(f"columns: expected abstract=COL,title=COL,id=COL, found {given!r}")
        return cls(**pairs)

    def layout(self, names: Sequence[Any]) -> Layout:
        """Which of these columns hold what."""
        usual = layout_of(names)
        return Layout(*(_named(names, getattr(self, part), getattr(usual, part)) for part in Layout._fields))


USUAL = ColumnNames()


def _pairs(text: str) -> dict[str, str]:
    parted = (pair.partition("=") for pair in _NEXT_PAIR.split(text))
    return {part.strip(): name.strip() for part, _, name in parted}


def _named(names: Sequence[Any], given: str | None, usual: tuple[Any, ...]) -> tuple[Any, ...]:
    if given is None:
        return usual
    exact = tuple(name for name in names if name == given)
    return exact or tuple(name for name in names if plain(name) == plain(given))


def has_abstract_column(names: Iterable[Any], chosen: ColumnNames = USUAL) -> bool:
    """Whether one of the names, in any case, is one for an abstract."""
    return bool(chosen.layout(list(names)).abstract)


def has_title_column(names: Iterable[Any], chosen: ColumnNames = USUAL) -> bool:
    """Whether one of the names, in any case, is one for a title."""
    return bool(chosen.layout(list(names)).title)


def to_abstract(row: Mapping[str, Any], source: Source, line: int | None = None) -> Abstract | BadInput:
    """The abstract in a row, by the usual names of its columns; see `Columns.paper`."""
    return Columns().paper(row, source, line)


def places_in(row: dict[str, Any]) -> dict[str, str]:
    """Where title, abstract and id of a row stood before it was made, taken out of it."""
    return {part: row.pop(f"{AT}{part}", "") for part in Layout._fields}


class Columns:
    """The columns of one file: which of them hold title, abstract and id, and which there are at all.

    Args:
        chosen: what the user says of them.
        taken: where it is noted which were taken, see there.
    """

    def __init__(self, chosen: ColumnNames = USUAL, taken: dict[str, dict[str, None]] | None = None) -> None:
        self.chosen = chosen
        self._seen: dict[str, None] = {}
        self._met: set[str] = set()
        self.taken: dict[str, dict[str, None]] = taken or {part: {} for part in Layout._fields}
        """For title, abstract and id, the columns they were taken from, the first first; "" where there is no id."""
        self._keys: list[Any] | None = None
        self._layout = Layout((), (), ())

    @property
    def has_abstract(self) -> bool:
        """Whether a row had a column for an abstract, filled or not."""
        return "abstract" in self._met

    @property
    def is_any(self) -> bool:
        """Whether there was any column."""
        return bool(self._seen)

    def paper(
        self,
        row: Mapping[str, Any],
        source: Source,
        line: int | None = None,
        *,
        places: Mapping[str, str] = _AS_THEY_STAND,
    ) -> Abstract | BadInput:
        """The abstract in a row; null or missing title or abstract is empty.

        A row with neither, and with no column for an abstract, is a bad one.

        Args:
            row: what it holds.
            source: where it comes from.
            line: the line there.
            places: where title, abstract and id stood before the row was made, if they are not simply its columns.
        """
        row = with_inner(row, self.chosen)
        layout = self._layout_of(row)
        title_key, abstract_key, id_key = _pick(row, layout.title), _pick(row, layout.abstract), _pick(row, layout.id)
        title, abstract, given = (
            row.get(key) if key is not None else None for key in (title_key, abstract_key, id_key)
        )
        if is_inverted_index(abstract_key):
            abstract = as_text(abstract)
        if abstract_key is None and is_blank(title):
            return BadInput(source=source, line=line, message=NO_TEXT)
        used = {title_key, abstract_key} | ({id_key} if given not in (None, "") else set())
        if given in (None, "") and is_blank(title) and is_blank(abstract):
            given = BadInput(source=source, line=line, message="").place  # what makes up an id else is not there
        self._take((title_key, abstract_key, None if given in (None, "") else id_key), places)
        try:
            return Abstract(
                id="" if given is None else str(given),
                title="" if title is None else title,
                abstract="" if abstract is None else abstract,
                source=source,
                metadata={str(key): value for key, value in row.items() if key not in used},
            )
        except ValidationError as error:
            return BadInput(source=source, line=line, message=wrong_text(row, source.path) or _reason(error))

    def _take(self, keys: Sequence[Any], places: Mapping[str, str]) -> None:
        for part, key in zip(Layout._fields, keys, strict=True):
            name = "" if part == "id" and key is None else places.get(part) or key
            if name is not None and len(self.taken[part]) < _MOST_TAKEN:
                self.taken[part].setdefault(str(name))

    def meet(self, names: Sequence[Any]) -> Layout:
        """Takes note of the columns that a row, or a header, has; which of them hold what."""
        layout = self.chosen.layout(names)
        self._met.update(part for part in Layout._fields if getattr(layout, part))
        for name in names if len(self._seen) < _MOST_TOLD else ():
            self._seen.setdefault(str(name))
        return layout

    def fault(self, path: str, line: int | None = None) -> InputError | None:
        """What is wrong with a file whose columns have all been met: it lacks what was named, or an abstract's."""
        for part in Layout._fields:
            name = getattr(self.chosen, part)
            if name is not None and part not in self._met:
                return InputError(f'no column "{name}" for the {part}; {self._told()}', path=path, line=line)
        if self.has_abstract:
            return None
        return InputError(f'no column "abstract" or "summary"; {self._told()}', path=path, line=line)

    def _told(self) -> str:
        """The columns there are, and which of them may be meant."""
        found = f"found {shortened(', '.join(self._seen)) or 'nothing'}"
        guess = {} if self.has_abstract else {"abstract": nearest(self._seen, "abstract")}
        if guess.get("abstract") and "title" not in self._met:
            guess["title"] = nearest(self._seen, "title")
        if pairs := ",".join(f"{part}={name}" for part, name in guess.items() if name):
            is_plain = _NEEDS_NO_QUOTES.fullmatch(pairs)
            return f"{found}; did you mean --columns {pairs if is_plain else shlex.quote(pairs)}?"
        return f"{found}; name it with --columns abstract=COL"

    def _layout_of(self, row: Mapping[str, Any]) -> Layout:
        keys = list(row)
        if keys != self._keys:
            self._keys, self._layout = keys, self.meet(keys)
        return self._layout


def with_inner(row: Mapping[str, Any], chosen: ColumnNames) -> Mapping[str, Any]:
    """The row, and as columns of their own what the user named within its objects."""
    for part in Layout._fields:
        name = getattr(chosen, part)
        if name is not None and "." in name and name not in row:
            inner: Any = row
            for step in name.split("."):
                inner = inner.get(step) if isinstance(inner, Mapping) else None
            if inner is not None:
                row = {**row, name: inner}
    return row


def _pick(row: Mapping[str, Any], names: Sequence[Any]) -> Any:
    """The first of these columns that says something, else the first that is filled, else the first there is."""
    if len(names) < 2:
        return next(iter(names), None)
    filled = [name for name in names if not is_blank(row[name])]
    says = (name for name in filled if not (isinstance(row[name], str) and is_no_abstract(row[name])))
    return next(says, next(iter(filled), next(iter(names), None)))


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"][:2])) or "cannot be used"  # deeper places may be long and strange
    return f"{where}: {fault_of(first)}"
