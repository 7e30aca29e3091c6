"""Counting what was found, missed and made up, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from .bindings import bind
from .gold import Gold, GoldItem, GoldLink, GoldPaper, GoldResult
from .matching import same_name, same_score, same_url
from .shares import Counts

__all__ = ["FIELDS", "Evaluation", "Outcome", "PaperOutcome", "evaluate"]

FIELDS = ("tasks", "methods", "datasets", "metrics", "scores", "results", "links", "code_url")
"""`scores` asks for the number of a result alone; `results` for number, kind and metric together."""

_OF_RESULTS = ("scores", "results")


class _Wanted(Protocol):
    @property
    def optional(self) -> bool: ...


WantedT = TypeVar("WantedT", bound=_Wanted)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One field of one paper."""

    hits: int
    missed: tuple[Any, ...]
    extra: tuple[Any, ...]

    @property
    def counts(self) -> Counts:
        return Counts(self.hits, len(self.extra), len(self.missed))


@dataclass(frozen=True, slots=True)
class PaperOutcome:
    """One paper; the outcomes of the fields its gold tells, leniently and exactly matched, and what `bind` counts."""

    id: str
    title: str
    lenient: Mapping[str, Outcome]
    exact: Mapping[str, Outcome]
    bindings: Counter[str]

    def counts(self, field: str, *, exact: bool = False) -> Counts:
        """The counts of a field; none of one that its gold does not tell."""
        outcome = (self.exact if exact else self.lenient).get(field)
        return outcome.counts if outcome else Counts()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run against gold."""

    papers: tuple[PaperOutcome, ...]
    absent: int
    """Gold papers of which the run says nothing; all of theirs is missed."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the gold of some paper tells."""
        return tuple(field for field in FIELDS if any(field in paper.lenient for paper in self.papers))

    def counts(self, field: str, *, exact: bool = False) -> Counts:
        """The counts of a field, over all papers."""
        return sum((paper.counts(field, exact=exact) for paper in self.papers), Counts())


def evaluate(gold: Iterable[GoldPaper], run: Mapping[str, Mapping[str, Any]]) -> Evaluation:
    """Holds a run against gold, as `read_gold` and `read_run` read them."""
    papers, absent = [], 0
    for paper in gold:
        found = run.get(paper.key)
        absent += found is None
        told = _OF_RESULTS if paper.results_alone else FIELDS
        lenient, exact = (_outcomes(paper.gold, found or {}, told, exact=exact) for exact in (False, True))
        bindings = bind(paper.gold.results, _objects(found or {}, "results"))
        papers.append(PaperOutcome(paper.id, paper.title, lenient, exact, bindings))
    return Evaluation(tuple(papers), absent)


def _objects(found: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [item for item in found.get(name) or () if isinstance(item, dict)]


def _outcomes(gold: Gold, found: Mapping[str, Any], told: Sequence[str], *, exact: bool) -> dict[str, Outcome]:
    results, links = _objects(found, "results"), _objects(found, "links")
    names = {
        name: _compare(getattr(gold, name), found.get(name) or (), partial(_is_item, exact=exact))
        for name in ("tasks", "methods", "datasets", "metrics")
    }
    outcomes = {
        **names,
        "scores": _compare(gold.results, results, partial(_is_score, exact=exact)),
        "results": _compare(gold.results, results, partial(_is_result, exact=exact)),
        "links": _compare(gold.links, links, partial(_is_link, exact=exact)),
        "code_url": _compare_one(gold.code_url, found.get("code_url")),
    }
    return {field: outcomes[field] for field in told}


def _compare(wanted: Sequence[WantedT], found: Sequence[Any], fits: Callable[[WantedT, Any], bool]) -> Outcome:
    """Each wanted item takes the first fitting one that is left, required items before optional ones.

    Something left over is made up, unless it is another wording of what is wanted.
    """
    left = list(range(len(found)))
    missed: list[WantedT] = []
    hits = 0
    for item in sorted(wanted, key=lambda item: item.optional):
        taken = next((index for index in left if fits(item, found[index])), None)
        if taken is not None:
            left.remove(taken)
            hits += not item.optional
        elif not item.optional:
            missed.append(item)
    extra = [found[index] for index in left if not any(fits(item, found[index]) for item in wanted)]
    return Outcome(hits, tuple(missed), tuple(extra))


def _compare_one(wanted: str | None, found: Any) -> Outcome:
    if wanted and isinstance(found, str) and same_url(wanted, found):
        return Outcome(1, (), ())
    return Outcome(0, (wanted,) if wanted else (), (found,) if found else ())


def _is_item(item: GoldItem, name: Any, *, exact: bool) -> bool:
    return isinstance(name, str) and any(same_name(wording, name, exact=exact) for wording in item.any_of)


def _is_score(wanted: GoldResult, result: Mapping[str, Any], *, exact: bool) -> bool:
    score = result.get("score")
    return isinstance(score, str) and same_score(wanted.score, score, exact=exact)


def _is_result(wanted: GoldResult, result: Mapping[str, Any], *, exact: bool) -> bool:
    if not _is_score(wanted, result, exact=exact) or wanted.kind != result.get("kind"):
        return False
    metric = result.get("metric")
    if not wanted.metric:
        return not (exact and metric)
    return isinstance(metric, str) and any(same_name(wording, metric, exact=exact) for wording in wanted.metric)


def _is_link(wanted: GoldLink, link: Mapping[str, Any], *, exact: bool) -> bool:
    url, kind = link.get("url"), link.get("kind")
    same_kind = wanted.kind == kind or (not exact and "other" in (wanted.kind, kind))
    return isinstance(url, str) and same_url(wanted.url, url) and same_kind
