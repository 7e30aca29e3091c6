"""Records as a pandas DataFrame."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, get_args

from ..errors import SchemaError, UsageError
from ..records import Record, confidences_in
from ..runs.record_files import line_of
from ..schema.paper import is_paper
from ..sources.record_lines import SavedRecord
from .rows import COLUMNS, Paper, rows_of

if TYPE_CHECKING:
    import pandas

__all__ = ["FrameTable", "to_dataframe"]

FrameTable = Literal["results", "papers", "links", "findings"]

_PAPERS = (
    "paper_id",
    "paper",
    "status",
    "tasks",
    "methods",
    "datasets",
    "metrics",
    "results",
    "code_url",
    "model",
    "error",
)
_LINKS = ("paper_id", "paper", "url", "kind")
_FINDINGS = ("paper_id", "paper", "path", "code", "severity", "action", "value", "message")


def to_dataframe(records: Iterable[Record[Any] | SavedRecord], table: FrameTable = "results") -> pandas.DataFrame:
    """Records of papers as a table of pandas.

    Args:
        records: of the schema of papers; failed ones have no results and no links.
        table: `results`: a row for each score, with the columns of `absextract export`; `papers`: a row for each
            record, with lists of names and the number of results; `links`: a row for each URL; `findings`: a row for
            each finding, its value as JSON.

    Raises:
        UsageError: there is no such table, or pandas is not installed.
        SchemaError: a record is of another schema; findings are had of any.
    """
    try:
        import pandas
    except ImportError:
        raise UsageError("to_dataframe needs pandas: pip install 'absextract[pandas]'") from None
    if table not in get_args(FrameTable):
        raise UsageError(f'table="{table}": expected one of {", ".join(get_args(FrameTable))}')
    rows = [row for record in records for row in _rows(json.loads(line_of(record)), table)]
    columns = {"results": tuple(COLUMNS), "papers": _PAPERS, "links": _LINKS, "findings": _FINDINGS}[table]
    frame = pandas.DataFrame(rows, columns=list(columns))
    numbers = [name for name in columns if table == "results" and COLUMNS[name] is float]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def _rows(record: dict[str, Any], table: FrameTable) -> Iterator[dict[str, Any]]:
    paper = {"paper_id": record["id"], "paper": record["title"] or record["id"]}
    if table == "findings":
        yield from ({**paper, **each, "value": _as_json(each["value"])} for each in record["findings"])
        return
    found = record["extraction"] or {}
    if found and not is_paper(found, record["extractor"]["schema"].partition("@")[0]):
        raise SchemaError(f"{paper['paper']}: a record of another schema; only findings can be had as a table")
    if table == "results":
        sure = confidences_in(record["grounding"])
        yield from rows_of(Paper(record["id"], record["title"], record["abstract"], record["metadata"], found, sure))
    elif table == "links":
        yield from ({**paper, "url": each["url"], "kind": each["kind"]} for each in found.get("links", ()))
    else:
        names = {field: found.get(field, []) for field in ("tasks", "methods", "datasets", "metrics")}
        yield {
            **paper,
            **names,
            "status": record["status"],
            "results": len(found.get("results", ())),
            "code_url": found.get("code_url"),
            "model": record["extractor"]["model"],
            "error": (record["error"] or {}).get("code"),
        }


def _as_json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
