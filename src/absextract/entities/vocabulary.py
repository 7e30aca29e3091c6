"""The vocabulary: what datasets, benchmarks, environments and metrics are called, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Literal

from ..patterns import regex
from .folding import fold, year_forms

__all__ = ["Direction", "Entry", "Metric", "Vocabulary", "shipped_metrics", "shipped_vocabulary"]

Direction = Literal["higher", "lower", "unknown"]

_THOUSANDS = regex(r"(?<!\d)(\d{1,3})k$")
_VERSION = regex(r"^(.*[^\d.])v?(\d)(?:\.0)?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset, benchmark or environment.

    Attributes:
        id: its identifier.
        kind: `dataset`, `benchmark` or `environment`.
        label: its usual name.
        aliases: other names.
        parent: identifier of what it is a subset, version or split of; empty where it is none.
        arxiv: arXiv identifier of the paper that introduced it, where known.
        same_as: what others call it: `hf:…`, `tfds:…`, `mteb:…`.
        metric: identifier of the metric that is meant where none is named.
        needs_cue: whether its name is so short or common that the text has to say that a dataset is meant.
        is_not: identifiers of what it is taken for and is not.
        sources: how many sources know it; one of our own counts as two.
    """

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    arxiv: str = ""
    same_as: tuple[str, ...] = ()
    metric: str = ""
    needs_cue: bool = False
    is_not: tuple[str, ...] = ()
    sources: int = 1


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure.

    Attributes:
        id: its identifier, by which boards are kept apart.
        label: its usual name.
        aliases: other names.
        family: what it is a kind of, for filters.
        direction: which way is better; `unknown` where that is not known.
        low: its smallest value, or None.
        high: its largest value, or None: 1 for shares, 100 where it is told in hundredths.
        unit: the unit it is told in.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    family: str = ""
    direction: Direction = "unknown"
    low: float | None = None
    high: float | None = None
    unit: str = ""


class Vocabulary:
    """Entries and the names that lead to them.

    Args:
        entries: the entries; of two with one identifier the later stands.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.by_id: dict[str, Entry] = {entry.id: entry for entry in entries}

    @cached_property
    def labels(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by their folded labels."""
        return _index((entry, (entry.label,)) for entry in self.by_id.values())

    @cached_property
    def names(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by all their folded names, years and versions in each of their forms."""
        return _index((entry, (entry.label, *entry.aliases)) for entry in self.by_id.values())


def _index(names: Iterable[tuple[Entry, tuple[str, ...]]]) -> dict[str, tuple[Entry, ...]]:
    """Exact forms lead to their entries; other forms only where no exact one is the same."""
    exact: dict[str, dict[str, Entry]] = {}
    derived: dict[str, dict[str, Entry]] = {}
    for entry, each in names:
        for name in each:
            key = fold(name)
            if key:
                exact.setdefault(key, {})[entry.id] = entry
                for form in _forms(key):
                    derived.setdefault(form, {})[entry.id] = entry
    return {key: tuple(found.values()) for key, found in {**derived, **exact}.items()}


def _forms(key: str) -> Iterator[str]:
    yield from year_forms(key)[1:]
    if thousands := _THOUSANDS.search(key):
        yield f"{key[: thousands.start()]}{thousands[1]}000"
    if version := _VERSION.match(key):
        base, digit = version.groups()
        base = base.removesuffix("v") or base
        yield from (f"{base}{digit}", f"{base}v{digit}", f"{base}{digit}.0", f"{base}v{digit}.0")


@lru_cache(maxsize=1)
def shipped_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the package."""
    return Vocabulary(map(_entry, _rows("names.tsv")))


@lru_cache(maxsize=1)
def shipped_metrics() -> Mapping[str, Metric]:
    """The metrics that come with the package, by their folded names."""
    found: dict[str, Metric] = {}
    for metric in map(_metric, _rows("metrics.tsv")):
        for name in (metric.label, *metric.aliases):
            found.setdefault(fold(name), metric)
    return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = (files(__package__) / name).read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(head, line.split("\t"), strict=True))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        row["id"],
        row["kind"],
        row["label"],
        _listed(row["aliases"]),
        row["parent"],
        row["arxiv"],
        _listed(row["same_as"]),
        row["metric"],
        row["cue"] == "cue",
        _listed(row["not"]),
        int(row["sources"]),
    )


def _metric(row: dict[str, str]) -> Metric:
    direction: Direction = (
        "higher" if row["direction"] == "higher" else "lower" if row["direction"] == "lower" else "unknown"
    )
    low, high = (float(row[name]) if row[name] else None for name in ("low", "high"))
    return Metric(row["id"], row["label"], _listed(row["aliases"]), row["family"], direction, low, high, row["unit"])
