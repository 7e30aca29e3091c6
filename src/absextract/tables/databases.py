"""Records as an SQLite database: a table of each kind, with keys between them and indexes."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping

from .rows import TABLES, Columns, Row, Table
from .table_papers import Paper

__all__ = ["write_sqlite"]

_TYPES = {str: "TEXT", float: "REAL", int: "INTEGER", bool: "INTEGER"}
_INDEXES = {
    "results": ("paper_key", "dataset_id, metric_id", "metric_id", "method"),
    "papers": ("paper_id", "arxiv_id", "doi"),
    "links": ("paper_key",),
    "findings": ("paper_key", "code"),
    "entities": ("paper_key", "id"),
    "items": ("paper_key",),
}


def write_sqlite(papers: Iterable[Paper], path: str, tables: Mapping[str, Table] = TABLES) -> int:
    """Writes a database with all tables; returns the number of rows of the first, the results.

    Each row of the others has in `paper_key` the `key` of its paper.
    """
    main, count = next(iter(tables)), 0
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        for name, table in tables.items():
            database.execute(_create(name, table.columns))
        for key, paper in enumerate(papers, start=1):
            for name, table in tables.items():
                rows = [_values(name, row, key) for row in table.flat_rows(paper)]
                if rows:
                    places = ", ".join("?" * len(rows[0]))
                    database.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
                count += len(rows) if name == main else 0
        for name in tables:
            for number, columns in enumerate(_INDEXES[name]):
                database.execute(f"CREATE INDEX {name}_{number} ON {name} ({columns})")
    return count


def _create(name: str, columns: Columns) -> str:
    told = ['"{}" {}'.format(column.replace('"', '""'), _TYPES[kind]) for column, kind in columns.items()]
    key = "key INTEGER PRIMARY KEY" if name == "papers" else "paper_key INTEGER NOT NULL REFERENCES papers (key)"
    told = [key, *told] if name == "papers" else [*told, key]
    return f"CREATE TABLE {name} ({', '.join(told)})"


def _values(name: str, row: Row, key: int) -> tuple[object, ...]:
    return (key, *row.values()) if name == "papers" else (*row.values(), key)
