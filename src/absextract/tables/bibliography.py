"""Papers as BibTeX: what was found stands in the note and the keywords."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import IO, Any

from ..display.told_score import told_score
from ..output.own_files import BIB_HEAD
from ..patterns import regex
from ..schema.saved_paper import computed_of
from .table_papers import Paper

__all__ = ["authors_of", "told_results", "write_bibtex"]

_NOT_IN_KEYS = regex(r"[^\w.:/+-]+")
_TYPES = frozenset(
    ("article", "book", "conference", "inbook", "incollection", "inproceedings", "mastersthesis", "misc", "phdthesis",
     "proceedings", "techreport", "unpublished")
)  # fmt: skip
_OF_CONFERENCE = regex(r"\b(?:proc(?:eedings|\.)|conference|workshop|symposium|meeting|advances in)\b", re.IGNORECASE)
_ESCAPED_BRACE = regex(r"\\[{}]")
_TOKEN = regex(r"\\.|\$[^$]*\$|[&%#_]", re.DOTALL)
_TOKEN_WITHOUT_FORMULAS = regex(r"\\.|[&%#_$]", re.DOTALL)


def write_bibtex(papers: Iterable[Paper], file: IO[str]) -> int:
    """Writes an entry a paper; returns their number."""
    file.write(f"{BIB_HEAD}\n\n")
    keys: Counter[str] = Counter()
    for paper in papers:
        key = _NOT_IN_KEYS.sub("_", paper.id)
        keys[key] += 1
        fields = "".join(f"  {name} = {{{text}}},\n" for name, text in _fields(paper).items() if text)
        file.write(f"@{_type(paper)}{{{key}{f'-{keys[key]}' if keys[key] > 1 else ''},\n{fields}}}\n\n")
    return keys.total()


def _fields(paper: Paper) -> dict[str, str]:
    found = paper.extraction
    names = [name for field in ("tasks", "methods", "datasets") for name in found.get(field) or ()]
    return {
        "title": _to_tex(paper.title),
        "author": _to_tex(" and ".join(authors_of(paper.metadata))),
        "year": paper.facts.year,
        **_venue(paper),
        "doi": paper.facts.doi,
        **({"eprint": paper.facts.arxiv_id, "archiveprefix": "arXiv"} if paper.facts.arxiv_id else {}),
        "url": paper.facts.url or str(found.get("code_url") or ""),
        "keywords": _to_tex(", ".join(name.replace(",", " ") for name in names)),
        "note": _to_tex("; ".join(told_results(paper))),
        "abstract": _to_tex(paper.abstract),
    }


def told_results(paper: Paper) -> list[str]:
    """The results of a paper and where its code is, a line each."""
    code = paper.extraction.get("code_url")
    return [
        *map(_result, paper.extraction.get("results") or ()),
        *([f"code: {code}"] if code and paper.facts.url else []),
    ]


def _type(paper: Paper) -> str:
    """The type that the input had, else by where it came out."""
    given = paper.metadata.get("type") or paper.metadata.get("ENTRYTYPE")
    if isinstance(given, str) and given.casefold() in _TYPES:
        return given.casefold()
    if not paper.facts.venue:
        return "misc"
    return "inproceedings" if _OF_CONFERENCE.search(paper.facts.venue) else "article"


def _venue(paper: Paper) -> dict[str, str]:
    kind = _type(paper)
    name = (
        "booktitle"
        if kind in ("inproceedings", "incollection", "conference")
        else "journal"
        if kind == "article"
        else ""
    )
    return {name or "howpublished": _to_tex(paper.facts.venue)} if paper.facts.venue else {}


def _result(result: Mapping[str, Any]) -> str:
    computed = computed_of(result)
    score = told_score(result.get("score") or "", computed["bound"], computed["deviation"])
    parts = [result.get("metric") or "", "change" if result.get("kind") == "change" else "", score]
    where = f" on {result['dataset']}" if result.get("dataset") else ""
    how = f" ({result['setting']})" if result.get("setting") else ""
    return " ".join(part for part in parts if part) + where + how


def authors_of(metadata: Mapping[str, Any]) -> list[str]:
    """The names of the authors."""
    given = metadata.get("authors") or metadata.get("author") or ""
    if isinstance(given, str):
        return [name.strip() for name in re.split(r"\s+and\s+|\s*;\s*", given) if name.strip()]
    authors = given if isinstance(given, list) else [given]
    names = [author.get("name") if isinstance(author, dict) else author for author in authors]
    return [name for name in names if isinstance(name, str)]


def _to_tex(text: str) -> str:
    """The text with its bare special signs escaped; escaped ones and formulas stay, and so do braces in pairs."""
    if not (_is_paired(text) and _is_paired(_ESCAPED_BRACE.sub("", text))):  # BibTeX counts escaped ones, others do not
        text = re.sub(r"\\?([{}])", lambda brace: "\\lbrace{}" if brace[1] == "{" else "\\rbrace{}", text)
    tokens = _TOKEN if text.count("$") % 2 == 0 else _TOKEN_WITHOUT_FORMULAS
    tex = tokens.sub(lambda token: f"\\{token[0]}" if len(token[0]) == 1 else token[0], text)
    return f"{tex} " if tex.endswith("\\") else tex  # lest it take the closing brace for its own


def _is_paired(text: str) -> bool:
    """Whether each brace has its other half."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0
