"""Year, date, DOI, authors and the like of a table's rows under the names that they have in all formats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .column_names import plain
from .common_names import add_common_names

__all__ = ["CommonNames"]

_COLUMNS = {
    "authors": ("authors", "author", "authornames", "authorfullnames", "authorlist", "creators", "creator", "au"),
    "year": ("year", "publicationyear", "pubyear", "yearofpublication", "py"),
    "date": ("date", "publicationdate", "datepublished", "pubdate", "coverdate", "onlinedate"),
    "doi": ("doi", "doilink", "di"),
    "arxiv_id": ("arxivid", "arxiv"),
    "venue": ("venue", "sourcetitle", "journal", "journaltitle", "journalname", "journalbook", "publicationtitle",
              "booktitle", "conferencename", "so"),
    "url": ("url", "link", "articleurl", "dimensionsurl", "urls"),
}  # fmt: skip
_PARTING = re.compile(r"\s*;\s*")


class CommonNames:
    """Adds to rows what their columns hold under common names; what they have stays.

    Args:
        names: the columns.
    """

    def __init__(self, names: Sequence[str]) -> None:
        by_plain = {plain(name): name for name in reversed(names)}
        self._sources = {
            common: [by_plain[each] for each in columns if each in by_plain] for common, columns in _COLUMNS.items()
        }

    def added_to(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The row, and its metadata under common names."""
        told = dict(row)
        add_common_names(told, self._sources)
        added = {common: told[common] for common in _COLUMNS if told.get(common)}
        if isinstance(authors := added.get("authors"), list) and len(authors) == 1 and isinstance(authors[0], str):
            added["authors"] = [name for name in _PARTING.split(authors[0]) if name]
        return {**row, **added}
