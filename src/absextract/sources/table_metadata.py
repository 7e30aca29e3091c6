"""Year, date, DOI, authors and the like of a table's rows under the names that they have in all formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .column_names import plain
from .common_names import add_common_names, parted_names
from .metadata_names import COMMON, NAMES

__all__ = ["CommonNames"]


class CommonNames:
    """Adds to rows what their columns hold under common names; what they have stays.

    Args:
        names: the columns.
    """

    def __init__(self, names: Sequence[str]) -> None:
        by_plain = {plain(name): name for name in reversed(names)}
        self._sources = {
            common: [by_plain[each] for each in columns if each in by_plain]
            for common, columns in NAMES["tables"].items()
        }

    def added_to(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The row, and its metadata under common names."""
        told = dict(row)
        add_common_names(told, self._sources)
        added = {common: told[common] for common in COMMON if told.get(common)}
        if isinstance(authors := added.get("authors"), list) and len(authors) == 1 and isinstance(authors[0], str):
            added["authors"] = parted_names(authors[0])
        return {**row, **added}
