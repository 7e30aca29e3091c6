"""One record as the page reads it: what can be worked out before is worked out here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from ..display.spans import Part, nest
from ..display.told_score import RESULT_ORDER, SCORE_PARTS, readable, told_score
from ..display.unclaimed import unclaimed_spans
from ..patterns import regex
from ..records import Finding, Grounding
from ..schema.paper import is_paper
from ..schema.pointers import step
from ..schema.saved_paper import computed_of
from ..sources.record_lines import SavedRecord

__all__ = ["NAMED", "Shown", "as_text", "code_url", "is_of_paper", "place_of", "shown", "tasks_in"]

NAMED = ("datasets", "tasks", "metrics")
"""The fields of a paper by whose names papers are found."""
_LONGEST_META = 600
_WITHOUT_SCHEME = regex(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)
_LINKS_IN_METADATA = ("url", "link", "paper_url", "landing_page_url", "pdf_url", "doi")


@dataclass(slots=True)
class Shown:
    """The values of one extraction as a flat list, and a tree that refers to it."""

    values: list[list[str]] = field(default_factory=list)  # path, text, last key, and a score as it is read
    index: dict[str, int] = field(default_factory=dict)

    def tree(self, node: Any, path: str = "", key: str = "") -> Any:
        """The node with each value replaced by its number; None where there is nothing to show."""
        if isinstance(node, dict):
            said = _as_shown(node) if isinstance(node.get("score"), str) else node
            parts = ((k, self.tree(v, step(path, k), k)) for k, v in said.items())
            return {k: part for k, part in parts if part is not None} or None
        if isinstance(node, list):
            items = (self.tree(item, step(path, number), key) for number, item in enumerate(node))
            return [item for item in items if item is not None] or None
        if node is None or node == "":
            return None
        self.index[path] = len(self.values)
        text = as_text(node)
        read = readable(text) if key == "score" else text
        self.values.append([path, text, key] if read == text else [path, text, key, read])
        return self.index[path]


def shown(record: SavedRecord) -> dict[str, Any]:
    """Everything the page shows of a record.

    Raises:
        RecursionError: the extraction is nested without end.
    """
    values = Shown()
    tree = values.tree(record.extraction) if record.extraction else None
    usage = record.extractor.usage
    return {
        "id": record.id,
        "s": record.status,
        "from": f"{record.source.path.rpartition('/')[2]} #{record.source.index + 1}" if record.source.path else "",
        "url": _link_in(record.metadata),
        "meta": [[key, _short(value)] for key, value in record.metadata.items() if value not in (None, "", [], {})],
        "t": _marked(record, "title", values),
        "a": _marked(record, "abstract", values),
        "v": values.values,
        "p": {values.index[place.path]: place.confidence for place in record.grounding if _is_rated(place, values)},
        "x": tree,
        "f": [_finding(finding, values) for finding in record.findings],
        "e": [record.error.code, record.error.message] if record.error else None,
        "by": record.extractor.model,
        "n": record.extractor.attempts,
        "u": [usage.prompt_tokens, usage.completion_tokens] if usage else None,
        "c": code_url(record),
        "g": len({place.path for place in record.grounding}),
        "sc": record.schema_name or "unknown",
        "of": is_of_paper(record),
    }


def _as_shown(result: dict[str, Any]) -> dict[str, Any]:
    """A result in the order of all views, with its score told whole in place of what is computed from it."""
    computed = computed_of(result)
    score = told_score(result["score"], computed["bound"], computed["deviation"]) if result["score"] else ""
    named = {key: result[key] for key in RESULT_ORDER if key in result} | {"score": score}
    return named | {key: value for key, value in result.items() if key not in named and key not in SCORE_PARTS}


def _is_rated(place: Grounding, values: Shown) -> bool:
    return place.confidence is not None and place.path in values.index


def is_of_paper(record: SavedRecord) -> bool:
    """Whether the extraction is one of `PaperExtraction`."""
    return record.extraction is not None and is_paper(record.extraction, record.schema_name)


def code_url(record: SavedRecord) -> str | None:
    """Where a paper's code is."""
    url = (record.extraction or {}).get("code_url") if is_of_paper(record) else None
    return url if isinstance(url, str) and url else None


def tasks_in(record: SavedRecord) -> list[str]:
    """The tasks of a paper, each once."""
    names = _list((record.extraction or {}).get("tasks"))
    return list(dict.fromkeys(name for name in names if isinstance(name, str) and name))


def place_of(path: str) -> str:
    """A JSON Pointer in words: `/results/0/score` is `results 1, score`."""
    words: list[str] = []
    for part in path.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if part.isascii() and part.isdigit() and words:
            words[-1] += f" {int(part) + 1}" if len(part) < 10 else f" {part}"
        else:
            words.append(name.replace("_", " "))
    return ", ".join(words)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _marked(record: SavedRecord, name: str, values: Shown) -> list[Any]:
    """A text as nested parts; values have their number, findings theirs below zero."""
    text = getattr(record, name)
    spans = [
        (place.start, place.end, values.index[place.path])
        for place in record.grounding
        if place.field == name and place.path in values.index
    ]
    spans += [
        (start, end, -1 - number)
        for start, end, number in unclaimed_spans(((each.code, each.message) for each in record.findings), name)
    ]
    return [_plain(part) for part in nest(text, spans)]


def _plain(part: Part) -> Any:
    return part if isinstance(part, str) else [part.labels, [_plain(inner) for inner in part.parts]]


def _finding(finding: Finding, values: Shown) -> list[Any]:
    dropped = finding.action == "dropped"
    value = None if finding.value is None else as_text(finding.value)
    kept_value = -1 if dropped else values.index.get(finding.path, -1)
    return [finding.code, finding.severity, finding.message, value, dropped, kept_value, place_of(finding.path)]


def as_text(value: Any) -> str:
    """A value as a reader sees it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    text = as_text(value)
    return text if len(text) <= _LONGEST_META else f"{text[:_LONGEST_META]}…"


def _link_in(metadata: dict[str, Any]) -> str | None:
    """The paper's own page, where the input names one."""
    for key in _LINKS_IN_METADATA:
        link = metadata.get(key)
        if isinstance(link, str) and link.startswith(("https://", "http://")):
            return link
        if isinstance(link, str) and _WITHOUT_SCHEME.match(link):
            return f"https://{link}"
        if isinstance(link, str) and key == "doi" and link.startswith("10."):
            return f"https://doi.org/{link}"
    return None
