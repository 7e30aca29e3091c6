"""What may be a paper in JSON, and the columns that are made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from .column_names import Layout, plain
from .columns import ColumnNames, has_title_column, with_inner
from .inverted_index import as_text, is_inverted_index
from .json_metadata import own_id, own_id_at, usual_metadata
from .json_texts import abstract_in, title_in

__all__ = [
    "Candidate",
    "Object",
    "Own",
    "Path",
    "alike",
    "is_weak_name",
    "is_work",
    "own_of",
    "title_within",
    "wrapped_in",
]

Object = dict[str, Any]
Path = tuple[str, ...]
Kind = Literal["paper", "titled", "other", "null", "beside", "bad"]

# beside the names that columns of tables have, where there is none of those
_TITLES = ("titles", "titledisplay", "dc:title", "dc.title", "maintitle")
_NAMES = ("headline", "name")  # titles of what has an abstract
_ABSTRACTS = ("abstracts", "dc:description", "dc.description.abstract", "descriptions", "description")
_DESCRIBED = tuple(  # services by their own names, of which a description is the abstract
    map(
        frozenset,
        (
            ("creators", "publication_date"),  # Zenodo and others of Invenio
            ("dateofacceptance",),  # OpenAIRE
            ("mainTitle",),
            ("publicationdateyear", "publicationtype"),  # ERIC
            ("date_published", "is_published"),  # OSF
            ("defined_type_name",),  # Figshare
        ),
    )
)
_SEVERAL = ("abstracts", "descriptions", "description")  # each of a list is an abstract of its own
_WEAK = ("summary", "dc:description")  # names of other texts too
_BEYOND_TABLES = frozenset((*_TITLES, *_NAMES, *_ABSTRACTS))
_MOST_LETTERS = 20_000
_KEY = "(the name it stands under)"
_MAY_LACK_ABSTRACT = frozenset(("titles", "itemType", "bibcode", "container-title", "journalInfo", "forum"))
_WORK = {"DOI", "is-referenced-by-count", "prefix"}
_LIKE_A_PAPER = frozenset(("author", "authors", "creators", "authorstring", "doi", "arxivid"))


class Candidate(NamedTuple):
    """What may be a paper.

    Attributes:
        kind: it has a place for an abstract; a title alone; neither; it is null; it belongs to a paper, as reviews and
            attachments do; it cannot be read, and `value` says why.
        value: the object, or what stands in its place.
        array: the names on the way to what it stands in; "" for a list.
        title: its title.
        abstract: its abstract.
        rest: all else that it tells.
        is_plain: it has columns as tables have them.
        levels: the objects that it is made of, the innermost first.
        key: the name it stands under, where that is its id.
        is_weak: its abstract may be another text, by its name.
        title_at: the names on the way to its title, `a.b`.
        abstract_at: the same of its abstract.
    """

    kind: Kind
    value: Any
    array: Path = ()
    title: str = ""
    abstract: str = ""
    rest: Object = {}  # noqa: RUF012  # never changed
    is_plain: bool = True
    levels: tuple[Object, ...] = ()
    key: str | None = None
    is_weak: bool = False
    title_at: str = ""
    abstract_at: str = ""

    @property
    def has_authors(self) -> bool:
        """Whether it is like a paper, whether or not it has an abstract."""
        return any(plain(name) in _LIKE_A_PAPER for level in self.levels for name in level)

    def is_all_of(self, value: Any) -> bool:
        """Whether an object is this paper."""
        return bool(self.levels) and self.levels[-1] is value

    def row(self, chosen: ColumnNames) -> Object:
        """Its columns, by the usual names or those that the user chose."""
        row: Object = dict(self.value if self.is_plain else self.rest)
        if not self.is_plain:
            row[chosen.title or "title"] = self.title
            if self.kind == "paper":
                row[chosen.abstract or "abstract"] = self.abstract
        if (given := self._id(chosen)) is not None:
            row[chosen.id or "id"] = given
        return row

    def places(self, chosen: ColumnNames) -> dict[str, str]:
        """Where title, abstract and id stand, as far as that is not simply a column."""
        if self.is_plain:
            return {} if self.key is None or chosen.id or self._id(chosen) is None else {"id": _KEY}
        given = chosen.id or own_id_at(self.levels if self.key is None else self.levels[:1])
        places = {"title": self.title_at, "abstract": self.abstract_at, "id": given or (_KEY if self.key else "")}
        return {part: place for part, place in places.items() if place}

    def metadata(self, given: Object) -> Object:
        """The metadata as it stands, and year, date, DOI and the like under their usual names."""
        told = usual_metadata(self.levels)
        return given | {
            name: value for name, value in told.items() if name not in given or self._is_listed(given[name])
        }

    def _is_listed(self, value: Any) -> bool:
        """Whether a single value stands in a list, as all do in some services."""
        return not self.is_plain and isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)

    def _id(self, chosen: ColumnNames) -> Any:
        """Its id, where that is not simply in a column."""
        if chosen.id:
            found = (with_inner(level, chosen).get(chosen.id) for level in self.levels)
            return next((given for given in found if given is not None), None)
        if self.is_plain:
            has_id = any(self.value.get(name) not in (None, "") for name in _layout(tuple(self.value), chosen).id)
            return None if has_id else self.key
        return own_id(self.levels) if self.key is None else (own_id(self.levels[:1]) or self.key)


class Own(NamedTuple):
    """What an object has at its own level: the names of its title and abstract, and these.

    No abstract: there is no place for one.
    """

    title_key: str | None
    title: str
    abstract_key: str | None
    abstract: str | None
    is_plain: bool

    @property
    def is_weak(self) -> bool:
        """Whether the abstract may be another text, by its name."""
        return self.abstract_key is not None and is_weak_name(self.abstract_key)

    def is_of_many(self, value: Object) -> bool:
        """Whether there is a list of titles and a list of as many abstracts: a table by its columns."""
        sizes = []
        for key in (self.title_key, self.abstract_key):
            column = value.get(key or "")
            if not isinstance(column, list) or not all(isinstance(item, str) for item in column):
                return False
            sizes.append(len(column))
        return sizes[0] == sizes[1] > 1

    def candidate(self, value: Object, array: Path) -> Candidate:
        """The object as what may be a paper."""
        kind: Kind = "titled" if self.abstract is None else "paper"
        is_plain = self.is_plain
        if kind == "titled" and _may_lack_abstract(value):
            kind, is_plain = "paper", False
        rest = self.rest(value)
        return Candidate(
            kind, value, array, self.title, self.abstract or "", rest, is_plain, (value,), is_weak=self.is_weak,
            title_at=self.title_key or "", abstract_at=self.abstract_key or "",
        )  # fmt: skip

    def rest(self, value: Object) -> Object:
        """The object without its title and abstract."""
        return {name: inner for name, inner in value.items() if name not in (self.title_key, self.abstract_key)}


def own_of(value: Object, chosen: ColumnNames) -> Own:
    """What an object has at its own level."""
    value = dict(with_inner(value, chosen))
    names = tuple(value)
    layout = _layout(names, chosen)
    abstract_key, abstract = _abstract(value, layout.abstract)
    title_key, title = _title(value, [name for name in layout.title if abstract or plain(name) not in _NAMES])
    keys = [key for key in (title_key, abstract_key) if key is not None]
    is_plain = all(plain(key) not in _BEYOND_TABLES and _is_cell(key, value[key]) for key in keys)
    return Own(title_key, title, abstract_key, abstract, is_plain)


def _title(value: Object, names: Iterable[str]) -> tuple[str | None, str]:
    empty = None
    for name in names:
        if (text := title_in(value.get(name))) and text.strip():
            return name, text
        if empty is None and value.get(name) in ([], {}):
            empty = name
    return empty, ""


def _abstract(value: Object, names: Iterable[str]) -> tuple[str | None, str | None]:
    """The name of the abstract and its text; none where there is nothing like one."""
    empty = None
    for name in names:
        if name not in value or (name in ("descriptions", "description") and not _is_described(value, name)):
            continue
        inner = value[name]
        text = as_text(inner) if is_inverted_index(name) else abstract_in(inner, several=plain(name) in _SEVERAL)
        if isinstance(text, str) and text.strip():
            return name, text
        is_count = type(inner) in (int, float)  # of abstracts, as Crossref has it for its members
        if empty is None and not is_count and (not inner or isinstance(inner, str) or text is not None):
            empty = name
    return empty, None if empty is None else ""


def _is_described(value: Object, name: str) -> bool:
    """Whether a description is an abstract: it says so, as DataCite's do, or comes from a service that has them."""
    given = value[name]
    has_types = isinstance(given, list) and any(isinstance(each, dict) and "descriptionType" in each for each in given)
    return has_types or any(names <= value.keys() for names in _DESCRIBED)


def _is_cell(name: str, inner: Any) -> bool:
    """Whether a value is as tables have it."""
    return inner is None or isinstance(inner, str) or is_inverted_index(name)


def _may_lack_abstract(value: Object) -> bool:
    """Whether it comes from a service that leaves out the abstracts it does not have."""
    return (
        not _MAY_LACK_ABSTRACT.isdisjoint(value)
        or is_work(value)
        or ("DOI" in value and isinstance(value.get("title"), list))
    )


def is_work(value: Object) -> bool:
    """Whether it is a work of Crossref, which has some without a title."""
    return value.keys() >= _WORK


def title_within(found: Candidate, is_wrapper: Callable[[str], bool], chosen: ColumnNames) -> Candidate:
    """A paper without a place for a title, with the one in an object within it."""
    if has_title_column(found.value, chosen):
        return found
    for name, inner in found.value.items():
        if isinstance(inner, dict) and is_wrapper(name) and (own := own_of(inner, chosen)).title:
            rest = found.rest | {name: own.rest(inner)}
            place = f"{name}.{own.title_key}"
            levels = (inner, *found.levels)
            return found._replace(title=own.title, rest=rest, is_plain=False, levels=levels, title_at=place)
    return found


def wrapped_in(outer: Object, own: Own, name: str, inner: Candidate, array: Path) -> Candidate:
    """The paper that stands in an object under a name, with all that stands around it."""
    rest = own.rest(outer) | {name: inner.rest}
    title = inner.title if inner.title.strip() else own.title
    if own.title and not alike(own.title, title):
        rest["outer_title"] = own.title
    kind: Kind = "paper" if inner.kind == "titled" and _may_lack_abstract(outer) else inner.kind
    levels = (*inner.levels, outer)
    is_within = bool(inner.title.strip())
    return inner._replace(
        kind=kind, value=outer, array=array, title=title, rest=rest, is_plain=False, levels=levels,
        title_at=f"{name}.{inner.title_at}" if is_within else own.title_key or "",
        abstract_at=f"{name}.{inner.abstract_at}" if inner.abstract_at else "",
    )  # fmt: skip


def is_weak_name(name: str) -> bool:
    """Whether an abstract of this name may be another text."""
    return plain(name) in _WEAK


def alike(one: str, other: str) -> bool:
    """Whether two titles are one."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _layout(names: tuple[str, ...], chosen: ColumnNames) -> Layout:
    """Which columns hold what, as in tables and beyond them."""
    is_usual = sum(map(len, names)) < _MOST_LETTERS  # what is strange is not remembered
    return (_layout_of if is_usual else _layout_of.__wrapped__)(names, chosen)


@lru_cache(maxsize=512)
def _layout_of(names: tuple[str, ...], chosen: ColumnNames) -> Layout:
    usual = chosen.layout(names)
    by_plain = {plain(name): name for name in names}
    titles, abstracts = (
        tuple(by_plain[name] for name in more if name in by_plain) for more in ((*_TITLES, *_NAMES), _ABSTRACTS)
    )
    return Layout(
        usual.title if chosen.title else (*usual.title, *titles),
        usual.abstract if chosen.abstract else (*usual.abstract, *abstracts),
        usual.id,
    )
