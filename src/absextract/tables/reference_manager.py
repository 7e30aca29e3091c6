"""Papers as RIS, which reference managers and screening tools read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from .bibliography import authors_of, told_results
from .table_papers import Paper

__all__ = ["write_ris"]


def write_ris(papers: Iterable[Paper], file: IO[str]) -> int:
    """Writes an entry a paper; returns their number."""
    count = 0
    for paper in papers:
        file.writelines(f"{tag}  - {_line(text)}\n" for tag, text in _fields(paper) if text.strip())
        file.write("ER  - \n\n")
        count += 1
    return count


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    facts, found = paper.facts, paper.extraction
    yield "TY", "JOUR" if facts.venue else "GEN"
    yield "ID", paper.id
    yield "TI", paper.title
    for author in authors_of(paper.metadata):
        yield "AU", author
    yield "PY", facts.year
    yield "DA", facts.date.replace("-", "/")
    yield "JO", facts.venue
    yield "DO", facts.doi
    yield "UR", facts.url
    yield "AB", paper.abstract
    for field in ("tasks", "methods", "datasets"):
        for name in found.get(field) or ():
            yield "KW", name
    for result in told_results(paper):
        yield "N1", result


def _line(text: str) -> str:
    """A text on one line: a break would begin another field."""
    return " ".join(text.split())
