"""Record files to make reports of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from absextract import Abstract, validate
from papers import ABSTRACT, TITLE, truth

__all__ = ["EVIL", "hostile_record", "some_records", "write"]

EVIL = (
    '</script><script>window.hit=1</script><img src=x onerror="window.hit=2"><svg onload=window.hit=3> '
    '--><!--<script> {{7*7}} \'" & \u202egpj.exe\u202c \u2028 <iframe srcdoc="<script>parent.hit=4</script>">'
)
_DATASETS = ("SQuAD 2.0", "squad-2.0", "Natural Questions", "NQ", "KiteBench")
_METRICS = ("F1", "f1", "accuracy", "word error rate")


def some_records(count: int) -> Iterator[dict[str, Any]]:
    """Validated records of papers that differ; every third has a value that is dropped, the eighth has failed."""
    for number in range(count):
        dataset, metric = _DATASETS[number % len(_DATASETS)], _METRICS[number % len(_METRICS)]
        score = f"{60 + number * 7 % 391 / 10:.1f}%"
        abstract, claimed = ABSTRACT, json.dumps(truth())
        for old, new in (("SQuAD 2.0", dataset), ("F1", metric), ("91.3%", score), ("sandpiper", f"sandpiper{number}")):
            abstract, claimed = abstract.replace(old, new), claimed.replace(old, new)
        extraction = json.loads(claimed)
        if number % 3 == 0:
            extraction["methods"].append("Invented")
        if number % 4 == 0:
            del extraction["results"][1]  # a number that nobody claims
        if number % 5 == 0:
            extraction.update(links=[], code_url=None)
        paper = Abstract(id=f"p{number}", title=f"{TITLE}, part {number}", abstract=abstract, metadata={"year": 2020})
        record = json.loads(validate(extraction, paper).to_json())
        usage = {"prompt_tokens": 900 + number, "completion_tokens": 100, "total_tokens": 1000 + number}
        record["extractor"].update(model="openai/some-model", usage=usage)
        if number == 7:
            error = {"code": "rate_limited", "message": "HTTP 429, after 6 tries"}
            record.update(status="failed", extraction=None, grounding=[], findings=[], error=error)
        yield record


def hostile_record() -> dict[str, Any]:
    """A record that says in every place what must not be run, and that it was found in the text."""
    result = {
        "score": "91.3%",
        "kind": EVIL,
        "metric": EVIL,
        "dataset": EVIL,
        "method": '=HYPERLINK("http://x.example")',
    }
    extraction = {
        "tasks": [EVIL],
        "methods": [EVIL],
        "datasets": [EVIL],
        "metrics": [EVIL],
        "results": [result | {"baseline": EVIL, "evidence": EVIL, "value": 91.3, "upper": None, "unit": EVIL}],
        "links": [
            {"url": "javascript:window.hit=5", "kind": EVIL},
            {"url": f"https://x.example/{EVIL}", "kind": "code"},
        ],
        "code_url": "javascript:window.hit=6",
        EVIL: {EVIL: EVIL},
    }
    finding = {"path": f"/{EVIL}", "code": EVIL, "severity": "error", "message": EVIL, "value": EVIL}
    return {
        "schema_version": "1",
        "id": EVIL,
        "title": EVIL,
        "abstract": f"{EVIL} reaches 91.3%.",
        "source": {"path": EVIL, "index": 200},
        "metadata": {EVIL: EVIL, "url": "javascript:window.hit=7", "nested": {EVIL: [EVIL]}},
        "status": "flagged",
        "extraction": extraction,
        "grounding": [
            {"path": path, "field": field, "start": 0, "end": len(EVIL), "match": "exact"}
            for path in ("/methods/0", "/results/0/evidence", f"/{EVIL}")
            for field in ("title", "abstract")
        ],
        "findings": [finding | {"action": action} for action in ("dropped", "kept")],
        "extractor": {"model": EVIL, "prompt": None, "schema": "PaperExtraction@1", "attempts": 1, "usage": None},
        "error": None,
    }


def write(path: Path, records: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> Path:
    """The records as a file."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path
