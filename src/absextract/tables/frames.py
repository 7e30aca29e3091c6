"""Records as a pandas DataFrame."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, get_args

from ..errors import SchemaError, UsageError
from ..records import Record
from ..runs.record_files import line_of
from ..sources.record_lines import SavedRecord
from .item_rows import ITEMS, item_tables
from .rows import TABLES, Table
from .table_papers import Paper

if TYPE_CHECKING:
    import pandas

__all__ = ["FrameTable", "to_dataframe"]

FrameTable = Literal["results", "papers", "links", "findings", "entities", "items"]


def to_dataframe(records: Iterable[Record[Any] | SavedRecord], table: FrameTable = "results") -> pandas.DataFrame:
    """Records as a table of pandas, with the rows and columns of `absextract export`; names in lists stay lists.

    Args:
        records: of `PaperExtraction`, or for `items` and `findings` of any schema; failed ones have no results and no
            links.
        table: `results`: a row for each score; `papers`: a row for each record; `links`: a row for each URL;
            `findings`: a row for each finding, its value as JSON; `entities`: a row for each name that was linked, or
            left open; `items`: of records of a schema of your own, a row for each item of the innermost lists.

    Raises:
        UsageError: there is no such table, or pandas is not installed.
        SchemaError: a record is of another schema; its items and findings can be had.
    """
    try:
        import pandas
    except ImportError:
        raise UsageError("to_dataframe needs pandas: pip install 'absextract[pandas]'") from None
    if table not in get_args(FrameTable):
        raise UsageError(f'table="{table}": expected one of {", ".join(get_args(FrameTable))}')
    papers = [Paper.of(json.loads(line_of(record))) for record in records]
    columns, rows = _tables(papers, table)[table]
    frame = pandas.DataFrame([row for paper in papers for row in rows(paper)], columns=list(columns))
    return frame.astype({name: "float64" for name, kind in columns.items() if kind is float})


def _tables(papers: list[Paper], table: FrameTable) -> dict[str, Table]:
    """The tables of these records.

    Raises:
        SchemaError: there is none of that name for records of that schema.
    """
    if table == ITEMS:
        return item_tables(papers)
    for paper in papers:
        if table != "findings" and paper.extraction and not paper.is_of_papers:
            raise SchemaError(f'{paper.name}: a record of another schema; it has the tables "items" and "findings"')
    return TABLES
