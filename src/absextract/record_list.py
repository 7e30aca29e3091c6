"""A list of records that is short to look at."""

from __future__ import annotations

from collections import Counter
from html import escape

from .display.short import counts_of, shortened
from .pipeline import SchemaT
from .records import Record

__all__ = ["RecordList"]

_MOST_ROWS = 50
_LONGEST_TITLE = 90


class RecordList(list[Record[SchemaT]]):
    """Records in the order of their papers: a list that shows itself as counts, and in a notebook as a table."""

    def __repr__(self) -> str:
        status = Counter(record.status for record in self)
        told = ", ".join(f"{number} {name}" for name, number in sorted(status.items(), key=lambda each: -each[1]))
        return f"<{len(self)} record{'' if len(self) == 1 else 's'}{told and f': {told}'}>"

    def _repr_html_(self) -> str:
        """A row a paper, for a notebook."""
        rows = [
            f"<tr><td>{number}</td><td>{record.status}</td>"
            f"<td style='text-align:left'>{escape(shortened(record.title or record.abstract, _LONGEST_TITLE))}</td>"
            f"<td style='text-align:left'>{escape(counts_of(record.extraction, record.findings))}</td></tr>"
            for number, record in enumerate(self[:_MOST_ROWS])
        ]
        more = f"<p>and {len(self) - _MOST_ROWS} more</p>" if len(self) > _MOST_ROWS else ""
        head = "<tr><th></th><th>status</th><th>paper</th><th>found</th></tr>"
        return f"<p>{escape(repr(self))}</p><table>{head}{''.join(rows)}</table>{more}"
