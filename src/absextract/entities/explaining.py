"""What a name links to, in words for people."""

from __future__ import annotations

from collections.abc import Iterator

from .cues import PaperText
from .linker import Linked, Linker
from .vocabulary import Entry

__all__ = ["explained", "in_few_words"]

_WAYS = {"higher": "higher is better", "lower": "lower is better", "unknown": "which way is better is not known"}


def explained(name: str, linker: Linker, text: PaperText | None) -> list[str]:
    """Lines that tell what a name is as a dataset and as a metric, and why; none where nothing is known of it."""
    lines: list[str] = []
    for linked in linker.dataset(name, text):
        lines += _of_dataset(name, linked, linker)
    metric, how = linker.measure(name)
    if how != "unknown" and not (lines and how == "parsed"):
        family = f"; a kind of {metric.family}" if metric.family not in ("", metric.id) else ""
        unit = f"; in {metric.unit}" if metric.unit else ""
        lines += [
            f"metric {metric.id}: {metric.label}",
            f"  {_WAYS[metric.direction]}{_range(metric.low, metric.high)}{unit}{family}",
        ]
        linked_metric = linker.metric(name)
        if linked_metric:
            lines.append(f'  "{name}" {linked_metric.why} ({linked_metric.how}, {linked_metric.confidence})')
    return lines


def in_few_words(identifier: str, linker: Linker) -> str:
    """An entry on one line: its name and kind, other names, what it is part of, its paper."""
    entry = linker.vocabulary.by_id.get(identifier)
    if entry is None:
        return identifier
    more = [*(f"also {alias}" for alias in entry.aliases[:4]), *([f"part of {entry.parent}"] if entry.parent else [])]
    more += [f"arXiv:{entry.arxiv}"] if entry.arxiv else []
    return f"{entry.label} ({'; '.join([entry.kind, *more])})"


def _of_dataset(name: str, linked: Linked, linker: Linker) -> Iterator[str]:
    if linked.id is None:
        yield f'open: "{name}" {_because(linked)}'
        for candidate in linked.candidates:
            if entry := linker.vocabulary.by_id.get(candidate):
                yield from (f"  {line}" for line in _about(entry))
        return
    entry = linker.vocabulary.by_id.get(linked.id)
    yield from _about(entry) if entry else [f"{linked.id}: {linked.label}"]
    yield f'  "{name}" {_because(linked)} ({linked.how}, {linked.confidence})'


def _because(linked: Linked) -> str:
    return linked.why if linked.why.startswith(("is ", "could ", "names ")) else f"- {linked.why}"


def _about(entry: Entry) -> Iterator[str]:
    yield f"{entry.kind} {entry.id}: {entry.label}"
    facts = {
        "also": ", ".join(entry.aliases),
        "part of": entry.parent,
        "not": ", ".join(entry.is_not),
        "paper": f"arXiv:{entry.arxiv}" if entry.arxiv else "",
        "elsewhere": ", ".join(entry.same_as),
        "metric": entry.metric,
        "sources": f"{entry.sources}; needs a word in the text" if entry.needs_cue else str(entry.sources),
    }
    for what, value in facts.items():
        if value:
            yield f"  {what:<10}{value}"


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    return f", from {'-∞' if low is None else f'{low:g}'} to {'∞' if high is None else f'{high:g}'}"
