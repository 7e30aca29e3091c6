"""Papers of our own making, with what is true of them."""

from __future__ import annotations

from typing import Any

from absextract import Abstract

TITLE = "Sandpiper: Patient Retrieval for Long Documents"
ABSTRACT = (
    "Retrieval over long documents forgets what it has read. We present Sandpiper, a retriever that keeps a small "
    "memory of passages. On SQuAD 2.0, Sandpiper reaches an F1 of 91.3%, against 88.9% for DPR, and it answers "
    "2.5x faster. Code is available at https://github.com/made-up-lab/sandpiper."
)
TOLD_BY_LIBRARY = ("own", "value", "upper", "unit", "deviation", "bound")
PAPER = Abstract(title=TITLE, abstract=ABSTRACT)
TEXT = f"{TITLE}\n\n{ABSTRACT}"


def truth() -> dict[str, Any]:
    """The right answer; a fresh one, to be spoilt at will."""
    return {
        "tasks": ["Retrieval over long documents"],
        "methods": ["Sandpiper"],
        "datasets": ["SQuAD 2.0"],
        "metrics": ["F1"],
        "results": [
            {
                "score": "91.3%",
                "kind": "value",
                "metric": "F1",
                "dataset": "SQuAD 2.0",
                "method": "Sandpiper",
                "baseline": "DPR",
                "setting": None,
                "evidence": "Sandpiper reaches an F1 of 91.3%",
            },
            {
                "score": "88.9%",
                "kind": "value",
                "metric": "F1",
                "dataset": "SQuAD 2.0",
                "method": "DPR",
                "baseline": None,
                "setting": None,
                "evidence": "against 88.9% for DPR",
            },
            {
                "score": "2.5x",
                "kind": "change",
                "metric": None,
                "dataset": None,
                "method": "Sandpiper",
                "baseline": None,
                "setting": None,
                "evidence": "it answers 2.5x faster",
            },
        ],
        "links": [{"url": "https://github.com/made-up-lab/sandpiper", "kind": "code"}],
        "code_url": "https://github.com/made-up-lab/sandpiper",
    }


def as_answered(extraction: Any) -> dict[str, Any]:
    """A record's extraction without what the library computed."""
    plain: dict[str, Any] = extraction if isinstance(extraction, dict) else extraction.model_dump(mode="json")
    results = [{k: v for k, v in r.items() if k not in TOLD_BY_LIBRARY} for r in plain["results"]]
    return {**plain, "results": results}
