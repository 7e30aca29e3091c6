"""The overview of a report: counts, and charts with the table of what they show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from ..boards.grouping import RULES
from .charts import Bar, bar_chart
from .counts import Counts
from .merged_names import MergedNames
from .papers import NAMED

__all__ = ["overview"]

_MOST_NAMES = 12
_MOST_BAD_LINES = 50
_STATUSES = ("ok", "flagged", "failed")
_STEPS = (1, 2, 5)
_Merged = Mapping[str, MergedNames]
_Row = tuple[str, int, str, str]
"""Label, number, class of its bar, and the value of the filter that its button sets."""


def overview(counts: Counts, merged: _Merged, uses: Mapping[str, Counter[int]], bad: Sequence[str]) -> str:
    """The view as HTML.

    Args:
        counts: what there is.
        merged: the merged names of each kind.
        uses: in how many papers each of them stands.
        bad: the lines that are no records.
    """
    panels = "".join(_panels(counts, merged, uses))
    return "".join([*_figures_first(counts), f'<div class="figures">{panels}</div>', *_bad(bad)])


def _figures_first(counts: Counts) -> Iterator[str]:
    """The numbers a reader looks for first."""
    facts = {"papers": f"{counts.papers:,}", "values supported by the text": f"{counts.supported:,}"}
    facts["values dropped"] = f"{counts.dropped:,}"
    if counts.copies:
        facts["more records of papers that stood before, not counted"] = f"{counts.copies:,}"
    if counts.of_papers:
        facts["results"] = f"{counts.results:,}"
        facts["papers with results"] = _share(counts.with_results, counts.of_papers)
        facts["papers with code"] = _share(counts.with_code, counts.of_papers)
    if counts.tokens:
        facts["tokens"] = f"{counts.usage.total_tokens:,}"
    items = "".join(f"<li><b>{number}</b> {name}</li>" for name, number in facts.items())
    yield f'<ul class="big">{items}</ul>'
    made_by = {"Filled by": counts.models, "Schema": counts.schemas}
    rows = (f"<dt>{name}</dt><dd><bdi>{escape(_list(counter))}</bdi></dd>" for name, counter in made_by.items())
    yield f'<dl class="facts">{"".join(rows)}</dl>' if counts.papers else ""


def _panels(counts: Counts, merged: _Merged, uses: Mapping[str, Counter[int]]) -> Iterator[str]:
    statuses = [(status, counts.statuses[status], status, status) for status in _STATUSES if counts.statuses[status]]
    yield _panel("Papers by status", statuses, "status")
    if counts.of_papers:
        with_code, without = counts.with_code, counts.of_papers - counts.with_code
        code = [("with code", with_code, "ok", "yes"), ("without code", without, "without", "no")]
        yield _panel("Papers with a link to their code", code, "code")
    yield _panel("Findings by code", _findings(counts), "finding")
    yield _panel("Why papers failed", [(code, n, "error", code) for code, n in counts.errors.most_common()], "finding")
    for kind in NAMED:
        note = f"{RULES} Counted in papers." if kind == NAMED[0] else ""
        yield _panel(f"Most used {kind}", _names(uses[kind], merged[kind]), kind, note)
    if counts.tokens:
        said = (
            f"{counts.usage.prompt_tokens:,} read and {counts.usage.completion_tokens:,} written by the model, "
            f"for {len(counts.tokens):,} papers: {counts.usage.total_tokens / len(counts.tokens):,.0f} a paper."
        )
        yield _panel("Papers by tokens", _histogram(counts.tokens), "", said)


def _panel(title: str, rows: Sequence[_Row], filter_name: str, note: str = "") -> str:
    """A chart and its table, the names of which lead to their papers."""
    if not rows:
        return ""
    bars: list[Bar] = [(label, number, colour) for label, number, colour, _ in rows]
    lines = "".join(_line(label, number, filter_name, value) for label, number, _, value in rows)
    return (
        f'<figure class="panel"><h3>{escape(title)}</h3>{bar_chart(bars)}'
        f"{f'<p>{escape(note)}</p>' if note else ''}"
        f"<details><summary>As a table{', with the way to the papers' if filter_name else ''}</summary>"
        f"<table><tbody>{lines}</tbody></table></details></figure>"
    )


def _line(label: str, number: int, filter_name: str, value: str) -> str:
    name = f"<bdi>{escape(label)}</bdi>"
    if filter_name:
        name = f'<button type="button" data-filter="{filter_name}" data-value="{escape(value)}">{name}</button>'
    return f'<tr><th scope="row">{name}</th><td class="num">{number:,}</td></tr>'


def _findings(counts: Counts) -> list[_Row]:
    return [
        (code.replace("_", " "), number, severity, code)
        for severity, counter in counts.findings.items()
        for code, number in counter.most_common()
    ]


def _names(uses: Counter[int], merged: MergedNames) -> list[_Row]:
    return [(merged.names[place][0], number, "name", str(place)) for place, number in uses.most_common(_MOST_NAMES)]


def _histogram(numbers: Sequence[int]) -> list[_Row]:
    """How many numbers fall into each of at most ten equal ranges with round ends."""
    width = next(step * 10**power for power in range(19) for step in _STEPS if max(numbers) < 10 * step * 10**power)
    ends = range(min(numbers) // width * width, max(numbers) + width + 1, width)
    return [
        (f"{low:,} to {high - 1:,}", sum(low <= number < high for number in numbers), "name", "")
        for low, high in pairwise(ends)
        if low <= max(numbers)
    ]


def _bad(bad: Sequence[str]) -> Iterator[str]:
    if bad:
        items = "".join(f"<li><bdi>{escape(line)}</bdi></li>" for line in bad[:_MOST_BAD_LINES])
        more = f"<p>… and {len(bad) - _MOST_BAD_LINES:,} more</p>" if len(bad) > _MOST_BAD_LINES else ""
        yield f'<section class="panel"><h3>Lines that are no records: {len(bad):,}</h3><ul>{items}</ul>{more}</section>'


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({part / whole:.0%})"


def _list(counter: Counter[str]) -> str:
    if len(counter) == 1:
        return next(iter(counter))
    return ", ".join(f"{name} ({number:,})" for name, number in counter.most_common(20))
