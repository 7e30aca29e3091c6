"""Results as two communities exchange them: every-eval-ever's JSON, and the YAML of Hugging Face's `.eval_results`.

Both want a file for each model, so what is written is a folder. A result goes there if it is a level with a method, a
dataset and a metric; nothing is guessed: where nobody knows which way is better, or what the dataset is called on the
hub, the result stays out, and is counted.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as date_type
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import UUID

from ..display.told_score import readable
from ..entities.folding import slug
from ..entities.linked_results import LinkedResult, NameLinks, linked_results
from ..patterns import regex
from ..version import __version__
from .table_papers import Paper

__all__ = ["write_eval_results", "write_every_eval_ever"]

SCHEMA_VERSION = "0.3.0"
"""Of every-eval-ever's `eval.schema.json`."""
_COLLECTION = "absextract"
_HUB = "hf:"
_NO_FILE = regex(r"[^a-z0-9.+-]+")
_RESERVED = regex(r"(?:con|prn|aux|nul|com\d|lpt\d|data|unknown)(?:\.|$)")
_NOT_IN_YAML = regex("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Level:
    """A result that can be told to others."""

    paper: Paper
    linked: LinkedResult
    method: str
    dataset: str

    @property
    def setting(self) -> str:
        return str(self.linked.result.get("setting") or "")

    @property
    def score(self) -> float:
        """On the scale from 0 to 1 where the metric is a share, else as it was told."""
        return float(self.linked.computed["value"] if self.linked.share is None else self.linked.share)

    @property
    def hub(self) -> str:
        """What its dataset is called on Hugging Face's hub; empty where that is not known."""
        entry = self.paper.linker.vocabulary.by_id.get(self.linked.dataset_id)
        return next((same.removeprefix(_HUB) for same in entry.same_as if same.startswith(_HUB)), "") if entry else ""


def write_every_eval_ever(papers: Iterable[Paper], folder: Path, made: float) -> tuple[int, int]:
    """Writes a file for each method of each paper, as `data/absextract/SOURCE/METHOD/UUID.json`.

    Args:
        papers: the papers.
        folder: an empty folder.
        made: when the records were made, in seconds of Unix time.

    Returns:
        The number of results written, and of those left out.
    """
    entries = left_out = 0
    for paper in papers:
        groups: defaultdict[tuple[str, bool | None], list[_Level]] = defaultdict(list)  # by names of files
        for level in _levels(paper):
            if level and level.linked.direction in ("higher", "lower"):
                own = level.linked.result.get("own")
                groups[_file_name(level.method), own if isinstance(own, bool) else None].append(level)
                entries += 1
            else:
                left_out += 1
        for (_, own), levels in groups.items():
            log = _log(paper, levels[0].method, own, levels, str(int(made)))
            source, name = log["model_info"]["id"].split("/")
            place = folder / "data" / _COLLECTION / source / name
            place.mkdir(parents=True, exist_ok=True)
            text = json.dumps(log, ensure_ascii=False, indent=1, allow_nan=False)
            (place / f"{_uuid(log['evaluation_id'])}.json").write_text(f"{text}\n", encoding="utf-8", errors="replace")
    return entries, left_out


def _log(paper: Paper, method: str, own: bool | None, levels: list[_Level], made: str) -> dict[str, Any]:
    facts = paper.facts
    source = _file_name(f"arxiv-{facts.arxiv_id}" if facts.arxiv_id else f"doi-{facts.doi}" if facts.doi else paper.id)
    model = f"{source}/{_file_name(method)}"
    whose = {True: "own", False: "others", None: "unknown"}[own]
    about = {
        "title": paper.title,
        "arxiv_id": facts.arxiv_id,
        "doi": facts.doi,
        "date": facts.date,
        "paper_id": paper.id,
    }
    relation = {True: "first_party", False: "third_party", None: "other"}[own]
    return {
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": f"{_COLLECTION}-{whose}/{model}/{made}",
        "retrieved_timestamp": made,
        "source_metadata": {
            "source_name": paper.name,
            "source_type": "documentation",
            "source_organization_name": facts.venue or ("arXiv" if facts.arxiv_id else "unknown"),
            **({"source_organization_url": facts.url} if facts.url else {}),
            "evaluator_relationship": relation,
            "additional_details": {name: value for name, value in about.items() if value}
            | {"extracted_by": f"absextract {__version__}", "extracted_with": paper.model or "unknown"},
        },
        "eval_library": {"name": "unknown", "version": "unknown"},
        "model_info": {
            "name": method,
            "id": model,
            "additional_details": {"deployment_type": "unknown", "model_availability": "unknown"},
        },
        "evaluation_results": [_entry(level) for level in levels],
    }


def _entry(level: _Level) -> dict[str, Any]:
    linked, metric = level.linked, level.linked.metric
    assert metric is not None
    said = linked.result
    is_share = linked.share is not None
    source: dict[str, Any] = {"dataset_name": level.dataset, "source_type": "hf_dataset" if level.hub else "other"}
    details = {
        "score": readable(said["score"]),
        "score_verbatim": said["score"],
        **{name: str(said[name]) for name in ("setting", "baseline", "evidence") if said.get(name)},
        **{name: str(linked.computed[name]) for name in ("upper", "bound", "deviation") if linked.computed.get(name)},
        **({"metric_by_default": "true"} if linked.by_default else {}),
    }
    return {
        "evaluation_result_id": f"{level.paper.id}#/results/{linked.number}",
        "evaluation_name": level.dataset,
        "source_data": source | ({"hf_repo": level.hub} if level.hub else {}),
        "metric_config": {
            "metric_id": metric.id,
            "metric_name": metric.label,
            **({"metric_kind": metric.family} if metric.family else {}),
            "metric_unit": "proportion" if is_share else str(linked.computed["unit"] or "as told"),
            "lower_is_better": metric.direction == "lower",
            "score_type": "continuous",
            "min_score": metric.low if metric.low is not None and metric.low <= level.score else "-Infinity",
            "max_score": 1 if is_share else "Infinity",
        },
        "score_details": {"score": level.score, "details": details},
    }


def write_eval_results(papers: Iterable[Paper], folder: Path) -> tuple[int, int]:
    """Writes `METHOD/.eval_results/DATASET.yaml`: a folder for each method, to be copied into its model's repository.

    Settings, and metrics that are not the dataset's usual one, have files of their own and stand in the notes.

    Args:
        papers: the papers.
        folder: an empty folder.

    Returns:
        The number of results written, and of those left out.
    """
    files: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    left_out = 0
    for paper in papers:
        for level in _levels(paper):
            if level and level.hub and level.linked.result.get("own") is not False:
                unusual = _unusual_metric(level)
                parts = (level.linked.dataset_id, unusual, level.setting)
                name = "_".join(_file_name(part) for part in parts if part)
                files[_file_name(level.method), name].append(_yaml_entry(level, unusual))
            else:
                left_out += 1
    for (method, name), entries in files.items():
        place = folder / method / ".eval_results"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{name}.yaml").write_text("".join(entries), encoding="utf-8", newline="\n")
    return sum(map(len, files.values())), left_out


def _unusual_metric(level: _Level) -> str:
    """The metric, where it is not the one that is meant if none is named."""
    entry = level.paper.linker.vocabulary.by_id.get(level.linked.dataset_id)
    metric = level.linked.metric
    return "" if metric is None or (entry and entry.metric == metric.id) else metric.label


def _yaml_entry(level: _Level, metric: str) -> str:
    facts, value = level.paper.facts, level.linked.computed["value"]
    notes = "; ".join(filter(None, [f"metric: {metric}" if metric else "", level.setting]))
    lines = [
        "- dataset:",
        f"    id: {_yaml(level.hub)}",
        '    task_id: "default"',
        f"  value: {json.dumps(value)}",
        *([f"  date: {_yaml(day)}"] if (day := _day(facts.date)) else []),
        *(["  source:", f"    url: {_yaml(facts.url)}", f"    name: {_yaml(level.paper.name)}"] if facts.url else []),
        *([f"  notes: {_yaml(notes)}"] if notes else []),
    ]
    return "".join(f"{line}\n" for line in lines)


def _day(date: str) -> str:
    """A whole date; empty where the day is not known."""
    try:
        return date_type.fromisoformat(date).isoformat() if len(date) == len("2031-05-17") else ""
    except ValueError:
        return ""


def _yaml(text: str) -> str:
    """A text in double quotes: JSON, with escapes for what YAML would take for a break or not take at all."""
    return _NOT_IN_YAML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))


def _levels(paper: Paper) -> Iterator[_Level | None]:
    """The results of a paper that are levels of a method on a dataset by a metric; None for each other one."""
    links = NameLinks.of({**paper.row, "entities": paper.linked}, paper.linker)
    for linked in linked_results(paper.row, paper.linker, links):
        said, value = linked.result, linked.computed["value"]
        method, dataset = said.get("method"), linked.dataset_label or said.get("dataset")
        known = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if method and dataset and known and linked.metric and said.get("kind") == "value":
            yield _Level(paper, linked, str(method), str(dataset))
        else:
            yield None


def _file_name(text: str) -> str:
    """A name for a file on any system; texts that differ in case and signs alone may share it ("GPT-4" and "GPT 4")."""
    name = _NO_FILE.sub("-", slug(text)).strip("-.")[:_LONGEST].strip("-.")
    if name and name == slug(text) and not _RESERVED.match(name):
        return name
    return f"{name or 'name'}-{blake2b(text.encode('utf-8', 'replace'), digest_size=3).hexdigest()}"


def _uuid(text: str) -> UUID:
    """A UUID of version 4 in form; the same text has the same one."""
    return UUID(bytes=blake2b(text.encode("utf-8", "replace"), digest_size=16).digest(), version=4)
