"""Where papers are in a JSON value: objects with a title and an abstract, by their names and shapes.

A paper may have them at its own level, or in an object within it (`_source`, `attributes`, `paper`, …). An array that
belongs to a paper (its references, its authors) is none of papers; an array of papers in an object with a title makes
that object a digest or a session.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from ..patterns import regex
from .column_names import plain
from .columns import USUAL, ColumnNames, has_abstract_column
from .json_bioc import with_texts
from .json_candidates import Candidate, Object, Own, Path, alike, is_work, own_of, title_within, wrapped_in

__all__ = ["candidates_in", "is_about", "is_holder", "is_key", "likely_row", "may_hold_papers"]

_DEEPEST = 12
_LONGEST_FIELD = 60  # letters
_WORDS_OF_TITLE = 3

_RELATED = regex(
    r"refer|cit(e|ing|ation)|bibl|relat|similar|recommend|neighbo|version|repl(y|ies)|follow|seealso|translat|correct"
    r"|supplement|retract|comment|review|figure|table|question|award|grant|parent|previous|duplicate"
)
_NO_PAPERS = regex(
    r"author|editor|speaker|presenter|chair|contributor|person|people|creator|organi[sz]er|user|member|affiliation"
    r"|institution|journal|venue|publisher|funder|keyword|topic|concept|licen[sc]e|metrics$|highlight|snippet"
)
_HOLDER = regex(
    r"paper|article|items?$|results?$|entr(y|ies)|records?$|docs?$|document|works?$|publication|data$|hits?$|notes?$"
    r"|submission|collection|poster|oral|talk|spotlight|presentation|preprint|accepted"
)
_WRAPPER = regex(
    r"paper|work|article|message|attributes|metadata|data|content|source|document|doc|publication|record|item|node"
    r"|bibjson|details?|fields|info|entry|result|value|hit|citingpaper|citedpaper|coredata|properties|resource|body"
    r"|payload|response|json|note|submission|object|medlinecitation|pubmedarticle"
)
_ABOUT = regex(
    r"about|channel|collection|conference|config|feed|header|info|meta|metadata|proceedings|query|request|volume"
)
_PAPERS = ("papers", "articles", "preprints", "publications", "works", "submissions")
_ATTACHED = ("attachment", "note", "annotation")


class _Group(NamedTuple):
    """What is found under a name; `itself` says that the value there is an object that is one paper."""

    key: str
    found: list[Candidate]
    itself: bool

    @property
    def is_wrapper(self) -> bool:
        return _is_wrapper(self.key)

    def has(self, kind: str) -> bool:
        return any(each.kind == kind for each in self.found)


def may_hold_papers(name: str, *, related: bool = False) -> bool:
    """Whether what stands under a name may be papers of the file, or those that belong to one of them."""
    return _holds(name) == ("related" if related else "papers")


def _holds(name: str) -> str:
    """What may stand under a name; remembered, unless it is as long as no name of a field."""
    return "papers" if is_key(name) else _named(name)


@lru_cache(maxsize=2048)
def _named(name: str) -> str:
    name = plain(name)
    if _NO_PAPERS.search(name):
        return "nothing"
    return "related" if _RELATED.search(name) and not _WRAPPER.fullmatch(name) else "papers"


def is_holder(name: str) -> bool:
    """Whether papers stand under a name in what is itself none: under `papers`, or under a day, say."""
    return is_key(name) or bool(_HOLDER.search(plain(name)))


def candidates_in(value: Any, chosen: ColumnNames = USUAL, array: Path = ()) -> list[Candidate]:
    """What may be papers in a value, in its order; an object that is none, and holds none, is an "other".

    Args:
        value: what was decoded.
        chosen: the names of title, abstract and id that the user gives.
        array: the names on the way to it.
    """
    found = _in_value(value, chosen, array)
    if any(each.kind != "other" for each in found):
        is_named = array and array[-1] and len(found) == 1 and found[0].is_all_of(value)
        return [_keyed(found[0], array[-1])] if is_named else found
    if not isinstance(value, dict):
        return [Candidate("null" if value is None else "other", value, array)]
    pages = [inner for name, inner in value.items() if isinstance(inner, list) and _HOLDER.search(plain(name))]
    is_wrapper_of_nothing = "" in array and any(inner is None and _is_wrapper(name) for name, inner in value.items())
    if is_wrapper_of_nothing or any(all(each is None for each in page) for page in pages):
        return [Candidate("null", None, array)] * (1 if is_wrapper_of_nothing else sum(len(page) for page in pages))
    return [Candidate("other", value, array)]


def is_about(name: str) -> bool:
    """Whether an object of this name, beside arrays of papers, tells of the file rather than of a paper."""
    return _ABOUT.fullmatch(plain(name)) is not None


def likely_row(value: Object) -> Object:
    """The object in it that may be what was meant for a paper, in an array as a rule."""
    for inner in value.values():
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            return inner[0]
    inner = next(iter(value.values())) if len(value) == 1 else None
    return likely_row(inner) if isinstance(inner, dict) and inner else value


def _in_value(value: Any, chosen: ColumnNames, path: Path) -> list[Candidate]:
    if len(path) > _DEEPEST:
        return []
    if isinstance(value, dict):
        return _in_object(value, chosen, path)
    return _in_list(value, chosen, path) if isinstance(value, list) else []


def _in_list(values: list[Any], chosen: ColumnNames, path: Path) -> list[Candidate]:
    path = (*path, "")
    found = [each for value in values for each in candidates_in(value, chosen, path)]
    is_of_papers = any(each.kind not in ("other", "null") for each in found)
    return found if is_of_papers else [each for each in found if isinstance(each.value, dict)]


def _in_object(value: Object, chosen: ColumnNames, path: Path) -> list[Candidate]:
    if _is_beside(value):
        return [Candidate("beside", value, path)]
    value = with_texts(value)
    own = own_of(value, chosen)
    if not path and own.is_of_many(value):
        return []
    if not path and (rows := _rows_of_columns(value, chosen)):
        return [own_of(row, chosen).candidate(row, ("",)) for row in rows]
    if not own.title and own.abstract is None:
        if is_work(value):
            return [own.candidate(value, path)]
        return _in_holder(value, own, chosen, path)
    groups = list(_groups(value, chosen, path, only_holders=bool(own.abstract) and not own.is_weak))
    if inner := _inner(own, groups):
        return [wrapped_in(value, own, inner.key, inner.found[0], path)]
    held = [group for group in groups if group.has("paper") and not group.itself]
    itself = own.candidate(value, path)
    if own.is_weak and not itself.has_authors and any(value.get(name) == [] for name in _PAPERS):
        return []  # the digest of a day without papers
    if held and (own.is_weak or not itself.has_authors or any(is_holder(group.key) for group in held)):
        return _flat(group for group in groups if group.has("paper"))
    return [itself if own.title else title_within(itself, _may_tell_title, chosen)]


def _rows_of_columns(value: Object, chosen: ColumnNames) -> list[Object]:
    """The rows of a table that is written by its columns, each with its cells under their numbers, as pandas does."""
    first = next(iter(value.values()), None)
    if not isinstance(first, dict) or not first or not all(map(str.isdecimal, first)):
        return []
    if not has_abstract_column(value, chosen) or any(
        not isinstance(column, dict) or column.keys() != first.keys() for column in value.values()
    ):
        return []
    return [{name: column[number] for name, column in value.items()} for number in first]


def _in_holder(value: Object, own: Own, chosen: ColumnNames, path: Path) -> list[Candidate]:
    """What is in an object that has neither a title nor an abstract itself."""
    found: list[_Group] = []
    for related in (False,) if "" in path else (False, True):  # in an array, each is a paper or none
        groups = list(_groups(value, chosen, path, related=related))
        if any(group.has("paper") and not group.itself for group in groups):
            return _flat(group for group in groups if not (group.itself and is_about(group.key)))
        for kind in ("paper", "titled"):
            some = [group for group in groups if group.has(kind)]
            one = [group for group in some if group.itself and (group.is_wrapper or len(some) == 1)]
            one = [group for group in one if group.found[0].title.strip()] if len(one) > 1 else one
            if len(one) == 1 and all(group.itself for group in some) and not _is_name_of(one[0].found[0], one[0].key):
                whole = wrapped_in(value, own, one[0].key, one[0].found[0], path)
                return [whole if whole.title.strip() else _titled_beside(whole, groups)]
            if some:
                return _flat(groups)
        found += groups
    return _flat(found)


def _titled_beside(found: Candidate, groups: list[_Group]) -> Candidate:
    """A paper without a title, with that of the one object beside it that has one: `info.title`."""
    titled = [group for group in groups if group.itself and group.has("titled")]
    if len(titled) != 1:
        return found
    (beside,) = titled[0].found
    levels = (*found.levels[:-1], *beside.levels, found.levels[-1])
    rest = found.rest | {titled[0].key: beside.rest}
    return found._replace(title=beside.title, levels=levels, rest=rest, title_at=f"{titled[0].key}.{beside.title_at}")


def _groups(
    value: Object, chosen: ColumnNames, path: Path, *, only_holders: bool = False, related: bool = False
) -> Iterator[_Group]:
    for key, inner in value.items():
        if not isinstance(inner, dict | list) or not may_hold_papers(key, related=related):
            continue
        if only_holders and not is_holder(key):
            continue
        found = _in_value(inner, chosen, (*path, key))
        yield _Group(key, found, itself=len(found) == 1 and found[0].is_all_of(inner))


def _inner(own: Own, groups: list[_Group]) -> _Group | None:
    """The object that holds the abstract of the paper, or its better one."""
    inside = [group for group in groups if group.itself and group.has("paper") and _belongs(own, group)]
    return min(inside, key=lambda group: not group.is_wrapper, default=None)


def _belongs(own: Own, group: _Group) -> bool:
    (found,) = group.found
    is_same = bool(own.title) and alike(own.title, found.title)
    if own.abstract:
        return own.is_weak and group.is_wrapper and (is_same or not found.is_weak)
    return group.is_wrapper or is_same or not own.title or (not found.title and not found.is_weak)


def _flat(groups: Iterable[_Group]) -> list[Candidate]:
    return [each for group in groups for each in ([_keyed(group.found[0], group.key)] if group.itself else group.found)]


def _keyed(found: Candidate, name: str) -> Candidate:
    """A paper that stands under a name, which may be its id, or its title."""
    found = found._replace(array=(*found.array[:-1], "*"))
    if not _is_name_of(found, name):
        return found
    return found._replace(key=name) if found.title else found._replace(title=name, is_plain=False)


def _is_name_of(found: Candidate, name: str) -> bool:
    return is_key(name) if found.title else " " in name.strip()


def is_key(name: str) -> bool:
    """Whether a name is one of a paper, its id or its title, or of a day, rather than of a field."""
    return len(name) > _LONGEST_FIELD or name.count(" ") >= _WORDS_OF_TITLE or any(map(str.isdigit, name))


def _is_wrapper(name: str) -> bool:
    """Whether an object of this name may hold what its paper is."""
    return _WRAPPER.fullmatch(plain(name)) is not None


def _may_tell_title(name: str) -> bool:
    return _is_wrapper(name) or plain(name) == "meta"


def _is_beside(value: Object) -> bool:
    """Whether it is a review (of OpenReview), an attachment or a note (of Zotero), or a figure (of Crossref)."""
    if value.get("itemType") in _ATTACHED or (value.get("type") == "component" and is_work(value)):
        return True
    forum, own = value.get("forum"), value.get("id")
    return isinstance(forum, str) and isinstance(own, str) and forum != own
