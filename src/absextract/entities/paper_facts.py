"""When, where and as what a paper came out, by its metadata; and whether two records are of one paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from ..patterns import regex
from ..text.identifiers import arxiv_id_in, doi_in, year_in

__all__ = ["FACTS", "KnownPapers", "PaperFacts", "facts_of", "keys_of_paper"]

_NAMES = {
    "date": ("date", "published", "publication_date", "publishedAt", "created"),
    "changed": ("update_date", "updated"),
    "year": ("year", "publication_year", "pub_year"),
    "venue": (
        "venue",
        "journal",
        "booktitle",
        "container-title",
        "source_title",
        "journal_ref",
        "journal.name",
        "venue.name",
        "primary_location.source.display_name",
        "host_venue.display_name",
    ),
    "url": ("url", "link", "landing_page_url", "html_url", "URL", "primary_location.landing_page_url"),
    "doi": ("doi", "DOI"),
}
"""Where readers put them first; then what other tools' records call them, with points between the keys of objects."""
_OF_ARXIV = ("arxiv_id", "eprint", "id", "entry_id", "url", "link", "doi")
_DATE = regex(r"(?<!\d)((?:19|20)\d\d)(?:[-/]?(0[1-9]|1[0-2])(?:[-/]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905  # as they are said
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_WRITTEN_DATE = regex(
    rf"(?P<year>(?:19|20)\d\d)[\s/-]+{_MONTH}(?:[\s/-]+(?P<day>0?[1-9]|[12]\d|3[01])\b)?", re.IGNORECASE
)
_IGNORED = regex(r"[\W_]+")
_IGNORED_IN_ASCII = {code: None for code in range(128) if not chr(code).isalnum()}
_ARXIV_DOI = regex(r"10\.48550/arxiv\.", re.IGNORECASE)


class PaperFacts(NamedTuple):
    """Empty where nothing is known.

    Attributes:
        year: four digits.
        date: `2024`, `2024-05` or `2024-05-17`.
        arxiv_id: without version.
        doi: without a host.
        venue: journal or conference.
        url: its page.
    """

    year: str = ""
    date: str = ""
    arxiv_id: str = ""
    doi: str = ""
    venue: str = ""
    url: str = ""


FACTS = PaperFacts._fields


def facts_of(metadata: Any, record_id: Any = "") -> PaperFacts:
    """What metadata say of a paper, under the names of our readers or other usual ones.

    An arXiv identifier gives the month of a paper that has no date, and the page of one that has none.
    """
    given = metadata if isinstance(metadata, Mapping) else {}
    found = {name: _first(given, names) for name, names in _NAMES.items()}
    doi = doi_in(found["doi"], whole=True) or doi_in(found["doi"])
    arxiv = _arxiv_id(given, record_id)
    date = _date(found["date"]) or _date(found["year"]) or _month_of(arxiv) or _date(found["changed"])
    url = found["url"] if found["url"].startswith(("https://", "http://")) else ""
    if not url and (doi or arxiv):
        url = f"https://arxiv.org/abs/{arxiv}" if arxiv else f"https://doi.org/{doi}"
    return PaperFacts(year_in(found["year"]) or date[:4], date, arxiv, doi, found["venue"], url)


def keys_of_paper(title: Any, abstract: Any, metadata: Any, record_id: Any = "") -> tuple[int, ...]:
    """What tells a paper from others: its DOI, its arXiv identifier, its title with its abstract; 64 bits each."""
    facts = facts_of(metadata, record_id)
    body = _folded(abstract)
    keys = []
    if facts.doi and not _ARXIV_DOI.match(facts.doi):
        keys.append(f"doi {facts.doi.casefold()}")
    if facts.arxiv_id:
        keys.append(f"arxiv {facts.arxiv_id.casefold()}")
    if body:  # many an "Editorial" has no abstract
        keys.append(f"text {_folded(title)} {body}")
    return tuple(int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()) for key in keys)


class KnownPapers:
    """The papers met so far, so that one that stands twice counts once.

    Attributes:
        copies: how many records were of a paper met before.
    """

    def __init__(self) -> None:
        self.copies: int = 0
        self._seen: set[int] = set()

    def is_new(self, title: Any, abstract: Any, metadata: Any, record_id: Any = "") -> bool:
        """Takes in a paper; whether it was not met before."""
        keys = keys_of_paper(title, abstract, metadata, record_id)
        new = self._seen.isdisjoint(keys)
        self.copies += not new
        self._seen.update(keys)
        return new


def _first(given: Mapping[str, Any], names: tuple[str, ...]) -> str:
    if not given:
        return ""
    for name in names:
        value: Any = given
        for key in name.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, list | tuple) and value:
            value = value[0]
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def _arxiv_id(given: Mapping[str, Any], record_id: Any) -> str:
    for name in _OF_ARXIV:
        value = given.get(name)
        if isinstance(value, str):
            bare = arxiv_id_in(value, bare=True) if name in ("arxiv_id", "eprint") else ""
            if found := bare or arxiv_id_in(value):
                return found
    return (arxiv_id_in(record_id, bare=True) or arxiv_id_in(record_id)) if isinstance(record_id, str) else ""


def _date(text: str) -> str:
    if written := _WRITTEN_DATE.search(text):  # "2031 May 17" of PubMed
        month = _MONTHS.index(written["month"].lower()) + 1
        return f"{written['year']}-{month:02}" + (f"-{int(written['day']):02}" if written["day"] else "")
    found = _DATE.search(text)
    if not found:
        return year_in(text)
    return "-".join(part for part in found.groups() if part)


def _month_of(arxiv: str) -> str:
    """`2405.01234` is of May 2024."""
    found = re.match(r"(\d\d)(0[1-9]|1[0-2])\.", arxiv)
    return f"20{found[1]}-{found[2]}" if found else ""


def _folded(text: Any) -> str:
    """The letters and digits of a text, without what case and form make of them."""
    if not isinstance(text, str):
        return ""
    if text.isascii():
        return text.lower().translate(_IGNORED_IN_ASCII)
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())
