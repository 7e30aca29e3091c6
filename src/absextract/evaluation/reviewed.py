"""What reviews say: how often a model was right, field by field, and how far two people agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ..errors import InputError, UsageError
from ..records import ReviewInfo, is_reviewed
from ..schema.faults import first_fault
from ..schema.pointers import at_first
from ..sources.record_lines import read_with_papers
from .bootstrap import Row, intervals, sums
from .proportions import share, share_interval

__all__ = ["ALL", "VERDICTS", "Reviewed", "agreement", "read_reviewed", "right_of", "summary", "tally", "verdicts"]

VERDICTS = ("right", "changed", "removed", "added")
_OF_ACTION = {"confirmed": "right"}
ALL = "all values"

Tally = Mapping[str, Counter[str]]
"""For a field, how many values of one paper got each verdict."""


@dataclass(slots=True)
class Reviewed:
    """What one file tells of reviews.

    Attributes:
        reviews: for the key of each paper that was judged to the last value, its review.
        records: how many records the file has.
    """

    reviews: dict[tuple[str, str, str], ReviewInfo] = field(default_factory=dict)
    records: int = 0


def read_reviewed(path: str, left_out: list[str] | None = None) -> Reviewed:
    """The complete reviews of a file that `absextract review` wrote.

    Args:
        path: the file.
        left_out: takes what is to tell of lines that are no records; without it, the first ends the reading.

    Raises:
        InputError: it cannot be read, or nothing in it was judged to the last value.
    """
    found = Reviewed()
    for paper, row in read_with_papers([path], fault=_fault, left_out=left_out):
        found.records += 1
        if is_reviewed(row):
            found.reviews[paper.id, paper.title, paper.abstract] = ReviewInfo.model_validate(row["review"])
    if not found.reviews:
        raise InputError("holds no paper that a person has reviewed to the end", path=path)
    return found


def tally(review: ReviewInfo) -> dict[str, Counter[str]]:
    """The verdicts on the values of a paper by field, e.g. `results/metric`.

    An object, e.g. a result, has a verdict of its own under the name of its list: removed, added, or right where it
    stayed, whatever was changed in it. The parts of one that was removed or added are not judged.
    """
    found: dict[str, Counter[str]] = {}
    objects: set[tuple[str, ...]] = set()
    for each in review.actions:
        keys = each.path.split("/")[1:]
        found.setdefault(_field(keys), Counter())[_OF_ACTION.get(each.action, each.action)] += 1
        if each.action in ("confirmed", "changed"):
            objects |= {tuple(keys[: at + 1]) for at, key in enumerate(keys[:-1]) if key.isdigit()}
    for place in objects:
        found.setdefault(_field(place), Counter())["right"] += 1
    return found


def summary(reviews: Iterable[ReviewInfo]) -> dict[str, Any]:
    """By field how many values were right, changed, removed and added, with shares and intervals, as JSON.

    `right_share` is the share of the model's values that were right; `found_share` the share of the values that should
    be there that the model had, right or not. `sampled` counts the papers that were drawn at random: without them the
    shares are those of the papers looked at, not of all.
    """
    whole = list(reviews)
    papers = [tally(review) for review in whole]
    fields = list(dict.fromkeys(name for paper in papers for name in paper))
    rows = {name: [paper.get(name, Counter()) for paper in papers] for name in sorted(fields, key=_place(fields))}
    return {
        "papers": len(whole),
        "sampled": sum(review.sampled for review in whole),
        "untouched": sum(_is_untouched(review) for review in whole),
        "fields": {name: _figures(each) for name, each in rows.items()},
        ALL: _figures([_verdict_counts(review) for review in whole]),
    }


def right_of(review: ReviewInfo) -> tuple[int, int]:
    """How many of the model's values in a paper were right, and how many there were."""
    counts = _verdict_counts(review)
    return counts["right"], counts["right"] + counts["changed"] + counts["removed"]


def agreement(first: Reviewed, second: Reviewed) -> dict[str, Any]:
    """How far two people agree on which of the model's values are right: Cohen's kappa (1960), as JSON.

    Counts the values of papers that both judged to the last. `kappa` is None where both took everything for right, or
    everything for wrong: chance alone would agree as well. The interval is that of 1,000 bootstrap samples.

    Raises:
        UsageError: they have no paper in common.
    """
    common = [key for key in first.reviews if key in second.reviews]
    if not common:
        raise UsageError("the two files have no paper in common that was reviewed to the end in both")
    rows = [_both(first.reviews[key], second.reviews[key]) for key in common]
    total = sums(rows)
    both, one, other, neither = total
    count = sum(total)
    return {
        "papers": len(common),
        "values": count,
        "both_right": both,
        "first_alone": one,
        "second_alone": other,
        "both_wrong": neither,
        "agreement": (both + neither) / count if count else None,
        "kappa": _kappa(total),
        "kappa_interval": intervals(rows, lambda row: {"kappa": _kappa_or(row)})["kappa"],
    }


def verdicts(review: ReviewInfo) -> dict[str, bool]:
    """For the path of each value in what the model gave, whether the person left it as it was."""
    removed: dict[str, list[int]] = {}
    for each in review.actions:
        holder, _, last = each.path.rpartition("/")
        if each.action == "removed" and last.isdigit():
            removed.setdefault(holder, []).append(int(last))
    for indexes in removed.values():
        indexes.sort()
    found = {}
    for each in review.actions:
        if each.action == "removed":
            found[each.path] = False
        elif each.action != "added":
            found[_as_given(each.path, removed)] = each.action == "confirmed"
    return found


def _as_given(path: str, removed: Mapping[str, Sequence[int]]) -> str:
    """The path of a value before items in front of it were removed."""
    place = ""
    for key in path.split("/")[1:]:
        place = f"{place}/{at_first(int(key), removed.get(place, ()))}" if key.isdigit() else f"{place}/{key}"
    return place


def _both(first: ReviewInfo, second: ReviewInfo) -> list[int]:
    """Values that both take for right, only the first, only the second, neither."""
    one, other = verdicts(first), verdicts(second)
    counts = Counter(
        (_verdict(one, path), _verdict(other, path))
        for path in one | other
        if not any(_is_above(path, each) for each in one | other)  # its parts are counted
    )
    return [counts[pair] for pair in ((True, True), (True, False), (False, True), (False, False))]


def _is_above(path: str, other: str) -> bool:
    return other.startswith(f"{path}/")


def _verdict(judged: Mapping[str, bool], path: str) -> bool:
    """That on the value or on what holds it; a value that one left null or untouched is right for them."""
    while path:
        if path in judged:
            return judged[path]
        path = path.rpartition("/")[0]
    return True


def _kappa(total: Row) -> float | None:
    both, one, other, neither = total
    count = sum(total)
    if not count:
        return None
    seen = (both + neither) / count
    by_chance = ((both + one) * (both + other) + (other + neither) * (one + neither)) / count**2
    return (seen - by_chance) / (1 - by_chance) if by_chance < 1 else None


def _kappa_or(total: Row) -> float:
    kappa = _kappa(total)
    return 1.0 if kappa is None else kappa


def _figures(papers: Sequence[Counter[str]]) -> dict[str, Any]:
    counts = {verdict: sum(paper[verdict] for paper in papers) for verdict in VERDICTS}
    right = [(paper["right"], paper["right"] + paper["changed"] + paper["removed"]) for paper in papers]
    there = [
        (paper["right"] + paper["changed"], paper["right"] + paper["changed"] + paper["added"]) for paper in papers
    ]
    return {
        **counts,
        "right_share": share(right),
        "right_interval": share_interval(right),
        "found_share": share(there),
        "found_interval": share_interval(there),
    }


def _verdict_counts(review: ReviewInfo) -> Counter[str]:
    """The verdicts on single values, and on objects that came or went as a whole."""
    return Counter(_OF_ACTION.get(each.action, each.action) for each in review.actions)


def _is_untouched(review: ReviewInfo) -> bool:
    return all(each.action == "confirmed" for each in review.actions)


def _field(keys: Iterable[str]) -> str:
    return "/".join(key for key in keys if not key.isdigit())


def _place(fields: Sequence[str]) -> Any:
    """Fields as they came, the parts of an object behind it."""
    first = {name.partition("/")[0]: at for at, name in reversed(list(enumerate(fields)))}
    return lambda name: (first[name.partition("/")[0]], "/" in name, fields.index(name))


def _fault(row: dict[str, Any]) -> str | None:
    if not is_reviewed(row):
        return None
    try:
        ReviewInfo.model_validate(row["review"])
    except ValidationError as error:
        return f"review.{first_fault(error)}"
    return None
