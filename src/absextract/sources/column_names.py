"""What columns are called: the usual names of title, abstract and id, and names that are nearly those."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ..patterns import regex

__all__ = ["Layout", "layout_of", "nearest", "plain"]

# as `plain` writes them, the likelier first
_TITLE = ("title", "displayname", "papertitle", "articletitle", "documenttitle", "primarytitle", "ti")
_ABSTRACT = (
    "abstract",
    "summary",
    "paperabstract",
    "articleabstract",
    "abstracttext",
    "abstractnote",
    "notesabstract",
    "abstractinvertedindex",
    "ab",
)
_ID = ("id", "paperid", "corpusid", "ut(uniquewosid)", "lensid")
_ACCESSION = "ut"  # Web of Science's; its `ID` are keywords
_TAGS = ({"ut", "pt"}, {"ti", "ab"})  # it takes one of each to be a table of Web of Science

# What may stand beside the word itself: `Project Title`, `abstract_en`, but neither `Source title` nor `abstract_url`.
_BESIDE_TITLE = frozenset({
    "article", "award", "brief", "chapter", "deutsch", "dissertation", "document", "en", "eng", "english", "full",
    "grant", "item", "main", "manuscript", "name", "official", "original", "paper", "patent", "poster", "preprint",
    "presentation", "primary", "project", "proposal", "record", "report", "study", "submission", "talk", "text",
    "thesis", "trial", "work", "abstract",
})  # fmt: skip
_BESIDE_ABSTRACT = frozenset({
    "article", "award", "body", "brief", "content", "document", "en", "eng", "english", "full", "grant", "main",
    "manuscript", "note", "notes", "original", "paper", "patent", "plain", "preprint", "primary", "project",
    "proposal", "raw", "record", "study", "submission", "text", "thesis", "trial", "work",
})  # fmt: skip
_WORD = regex(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_a-zA-Z]+")
_SEPARATORS = regex(r"[\s_-]+")
_DOUBLE = regex(r"\.\d{1,2}$")  # the second of a name, as pandas and we write it
_LONGEST = 100

_NEAR_ABSTRACT = (
    "abstract", "summary", "abs", "abstr", "zusammenfassung", "kurzfassung", "kurzbeschreibung", "resumen",
    "resume", "resumo", "riassunto", "samenvatting", "sammanfattning", "sammendrag", "streszczenie", "abstrakt",
    "ozet", "absztrakt", "tiivistelma", "аннотация", "реферат", "резюме", "摘要", "要旨", "抄録", "要約", "초록",
    "요약", "description", "objective", "overview", "synopsis", "text", "content", "body",
)  # fmt: skip
_NEAR_TITLE = (
    "title", "titel", "titre", "titulo", "titolo", "tytul", "titulek", "baslik", "cim", "otsikko", "название",
    "заглавие", "заголовок", "标题", "题名", "題名", "表題", "제목", "name", "heading", "headline",
)  # fmt: skip
_SAY_LITTLE = frozenset({"description", "objective", "overview", "synopsis", "content", "heading", "headline"})
_ABOUT_IT = regex(
    r"(?:types?|ids?|urls?|links?|lang(?:uage)?s?|lengths?|counts?|dates?|numbers?|words?|fields?|areas?)$"
)
_LEAST_ALIKE = 0.75
_LEAST_WITHIN = 6  # letters of a name that may stand within another


class Layout(NamedTuple):
    """The columns that may hold each, the likelier first."""

    title: tuple[str, ...]
    abstract: tuple[str, ...]
    id: tuple[str, ...]


def layout_of(names: Sequence[Any]) -> Layout:
    """Which of these columns hold what, by their usual names."""
    by_plain: dict[str, list[Any]] = {}
    for name in names:
        by_plain.setdefault(plain(name), []).append(name)
    is_tagged = all(not tags.isdisjoint(by_plain) for tags in _TAGS)
    return Layout(
        _ranked(by_plain, names, _TITLE, "title", _BESIDE_TITLE),
        _ranked(by_plain, names, _ABSTRACT, "abstract", _BESIDE_ABSTRACT),
        _ranked(by_plain, (), (_ACCESSION,) if is_tagged else _ID, "id", frozenset()),
    )


def plain(name: Any) -> str:
    """`Paper Title`, `paper_title`, `paperTitle` and a second `paperTitle.1` are one."""
    return _plain(str(name)[:_LONGEST])


@lru_cache(maxsize=1024)  # the rows of a file have the same names
def _plain(name: str) -> str:
    return _DOUBLE.sub("", _SEPARATORS.sub("", name.strip().lower()))


def nearest(names: Iterable[Any], wanted: str) -> str | None:
    """The column that may be meant for title or abstract, by its name: misspelt, short or in another language."""
    near = _NEAR_TITLE if wanted == "title" else _NEAR_ABSTRACT
    bare = {_bare(name): str(name) for name in reversed(list(names))}
    for each in near:
        if each in bare:
            return bare[each]
    for each in near:
        if len(each) < _LEAST_WITHIN:
            continue
        likely = [name for name in bare if not _ABOUT_IT.search(name)]
        alike = difflib.get_close_matches(each, likely, n=1, cutoff=_LEAST_ALIKE)
        if found := alike or [
            name for name in likely if each in name and (name.endswith(each) or each not in _SAY_LITTLE)
        ]:
            return bare[found[0]]
    return None


def _ranked(
    by_plain: dict[str, list[Any]], names: Sequence[Any], usual: Sequence[str], word: str, beside: frozenset[str]
) -> tuple[Any, ...]:
    """Those of a usual name, then those whose name says it in other words."""
    found = [name for each in usual for name in by_plain.get(each, ())]
    return (*found, *(name for name in names if _says(name, word, beside) and name not in found))


def _says(name: Any, word: str, beside: frozenset[str]) -> bool:
    text = str(name)
    if len(text) > _LONGEST or word not in text.lower():
        return False
    words = [each.lower() for each in _WORD.findall(_DOUBLE.sub("", text.strip()))]
    return words.count(word) == 1 and all(each == word or each in beside for each in words)


def _bare(name: Any) -> str:
    """As `plain` writes it, without accents."""
    letters = unicodedata.normalize("NFKD", plain(name))
    return "".join(char for char in letters if not unicodedata.combining(char))
