"""Results of many papers side by side: one board a dataset, metric, kind and unit."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from ..display.told_score import told_score
from ..schema.saved_paper import computed_of
from ..sources.record_lines import SavedRecord
from .merged_names import MergedNames
from .papers import is_of_paper

__all__ = ["LOWER_RULE", "boards", "lower_is_better", "results_of"]

_NAMED = ("score", "method", "baseline", "evidence", "setting")
_LOWER_WORDS = (
    "error", "loss", "perplexity", "ppl", "time", "latency", "runtime", "delay", "cost", "distance", "divergence",
    "memory", "energy", "regret", "bias", "variance", "violations?", "false", "hallucinations?", "toxicity",
    "fid", "kid", "fvd", "lpips", "wer", "cer", "ter", "eer", "mse", "rmse", "mae", "mape", "nll", "ece", "flops",
)  # fmt: skip
_LOWER = re.compile(rf"(?<![^\W_])(?:{'|'.join(_LOWER_WORDS)})(?:e?s)?(?![^\W_])", re.IGNORECASE)
LOWER_RULE = (
    "Higher counts as better, unless the metric's name has one of these words: "
    + ", ".join(word.removesuffix("s?") for word in _LOWER_WORDS)
    + ". Changes stand by size."
)


def lower_is_better(metric: str) -> bool:
    """Whether a metric counts the better the smaller, by a word in its name."""
    return bool(_LOWER.search(metric))


def results_of(record: SavedRecord) -> Iterator[dict[str, Any]]:
    """The results of a paper that have the parts of one."""
    results = (record.extraction or {}).get("results")
    for result in results if is_of_paper(record) and isinstance(results, list) else ():
        if isinstance(result, dict) and isinstance(result.get("score"), str):
            yield result


def boards(papers: Iterable[tuple[int, list[dict[str, Any]], str | None]], names: dict[str, MergedNames]) -> list[Any]:
    """The boards as the page reads them, those of most papers first, those without a dataset or metric last.

    Args:
        papers: index, results and code URL of each paper.
        names: the merged names of `datasets` and `metrics`.
    """
    found: defaultdict[tuple[int, int, str, str], list[list[Any]]] = defaultdict(list)
    for paper, results, code in papers:
        for result in results:
            computed = computed_of(result)
            place = _index(names["datasets"], result.get("dataset")), _index(names["metrics"], result.get("metric"))
            kind = "change" if result.get("kind") == "change" else "value"
            unit = _text(computed["unit"]) or ""
            found[(*place, kind, unit)].append(_row(paper, result, computed, code))
    ordered = sorted(found.items(), key=lambda item: (-1 in item[0], -len({row[0] for row in item[1]}), -len(item[1])))
    return [_board(key, rows, names["metrics"]) for key, rows in ordered]


def _board(key: tuple[int, int, str, str], rows: list[list[Any]], metrics: MergedNames) -> dict[str, Any]:
    dataset, metric, kind, unit = key
    spellings = metrics.names[metric] if metric >= 0 else []
    lower = kind == "value" and any(map(lower_is_better, spellings))
    return {"d": dataset, "m": metric, "k": kind, "u": unit, "low": lower, "r": _ranked(rows, lower=lower)}


def _ranked(rows: list[list[Any]], *, lower: bool) -> list[list[Any]]:
    """The rows, best first; those without a number last."""

    def rank(row: list[Any]) -> tuple[bool, float]:
        value: float = row[1] or 0.0
        return row[1] is None, value if lower else -value

    return sorted(rows, key=rank)


def _row(paper: int, result: dict[str, Any], computed: dict[str, Any], code: str | None) -> list[Any]:
    """The cells of a result: first what sorts it, last its score as a person reads it, where that says more."""
    score, method, baseline, evidence, setting, bound = (
        _text(part) for part in (*(result.get(name) for name in _NAMED), computed["bound"])
    )
    value, upper, deviation = (_number(computed[name]) for name in ("value", "upper", "deviation"))
    told = told_score(score or "", bound, deviation)
    own = result.get("own") if isinstance(result.get("own"), bool) else None
    cells = [paper, value, upper, score, method, baseline, evidence, code, setting, deviation, bound, own]
    return [*cells, None if told == score else told]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _index(names: MergedNames, name: Any) -> int:
    return names.index(name) if isinstance(name, str) and name else -1


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= sys.float_info.max else None
