"""Texts whose results are known with all that belongs to them, for learning attribution.

Three forms are read: lines of `title`, `abstract` and `results` (surfaces as texts; a score stands at `start`, else in
its `evidence`, else where it stands first); lines of which `results` stands under `gold`; and our own passages, with
`text` for `abstract`. Lines of titles and abstracts alone take their results from `bindings.jsonl`, which gives every
text of a result by its place (see README.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from absextract.attribution.scene import Scene
from absextract.attribution.stage import ROLES, Outcome, Role
from absextract.extractors.builtin.fill import known_names
from answered import HeldOut, paper_key, text_at

__all__ = ["PASSAGES", "BoundResult", "BoundText", "group_numbers", "read_bound_texts"]

PASSAGES = "outcomes"
"""Where our own passages come from."""
_OURS = (PASSAGES, "abstracts")
_REAL_COUNTS = 2.0

Names = dict[str, list[str]]


@dataclass(frozen=True)
class BoundResult:
    """An outcome and what belongs to it.

    Attributes:
        outcome: in the text of the scene.
        names: by role, the texts accepted for it; empty where the text names none. A role that nobody looked at lacks.
        described: the dataset is only described, so that none is accepted too.
        rival: whether a rival attains it; None where nobody said.
        optional: a fair reader accepts the result and does not demand it.
    """

    outcome: Outcome
    names: Mapping[Role, tuple[str, ...]]
    described: bool
    rival: bool | None
    optional: bool


@dataclass(frozen=True)
class BoundText:
    """A title and an abstract with their results in order, and the names that the offline model finds in them.

    Attributes:
        origin: the file it comes from, without its ending.
        after: the key of the real paper in whose manner it was written, or its own.
        told: by type, further texts that are known to be of it.
    """

    origin: str
    after: str
    scene: Scene
    results: tuple[BoundResult, ...]
    known: Names
    told: Names

    @property
    def counts(self) -> float:
        """How much is learned from it: a real abstract counts for two that we wrote."""
        return 1.0 if self.origin in _OURS else _REAL_COUNTS


def read_bound_texts(paths: Iterable[Path], bindings: Path, without: Iterable[Path] = ()) -> list[BoundText]:
    """The texts of files that have results of which all is known, but those that are held out by files `without`."""
    by_key = {row["paper"]: row["results"] for row in _rows(bindings)}
    held_out = HeldOut.of(without)
    found = []
    for path in paths:
        for row in _rows(path):
            title, abstract = row.get("title") or "", row.get("abstract") or row.get("text", "")
            if held_out.holds(row):
                continue
            key = paper_key(title, abstract)
            placed = by_key.get(key)
            told = row.get("gold") or row.get("extraction") or {}
            given = row["gold"]["results"] if "gold" in row else row.get("results") or []
            if placed is not None:
                given = [_with_texts(result, title, abstract) for result in placed]
            elif given and "kind" not in given[0]:
                continue  # a list of scores, not of results
            after = next(iter(row.get("after", ())), key)
            text = _bound_text((path.stem, after), title, abstract, given, told)
            found += [text] if text.results else []
    return found


def group_numbers(texts: Sequence[BoundText]) -> list[int]:
    """For each text a number that a paper and what was written in its manner share, in order from 0."""
    number: dict[str, int] = {}
    return [number.setdefault(text.after, len(number)) for text in texts]


def _bound_text(
    origin: tuple[str, str], title: str, abstract: str, given: Iterable[dict[str, Any]], gold: Mapping[str, Any]
) -> BoundText:
    scene = Scene(title, abstract)
    results = {result.outcome.start: result for result in _results(scene, abstract, given)}
    told = {
        type_: [text for item in gold.get(field, ()) for text in ([item] if isinstance(item, str) else item["any_of"])]
        for type_, field in (("metric", "metrics"), ("dataset", "datasets"), ("method", "methods"), ("own", "methods"))
    }
    known = known_names(title, abstract) if results else {}
    return BoundText(*origin, scene, tuple(results[start] for start in sorted(results)), known, told)


def _results(scene: Scene, abstract: str, given: Iterable[dict[str, Any]]) -> Iterator[BoundResult]:
    for result in given:
        at = _place(result, abstract)
        start, end = at + scene.offset, at + scene.offset + len(result["score"])
        number = next((q for q in scene.numbers if q.start < end and start < q.end), None)
        if at >= 0 and number is not None:
            yield BoundResult(
                Outcome(start, end, number, result["kind"]),
                {role: tuple(result[role] or ()) for role in ROLES if role in result},
                bool(result.get("dataset")) and result.get("dataset_named") is False,
                result["owner"] == "other" if "owner" in result else None,
                bool(result.get("optional")),
            )


def _place(result: Mapping[str, Any], abstract: str) -> int:
    score, start = result["score"], result.get("start")
    if start is not None and abstract.startswith(score, start):
        return int(start)
    evidence = abstract.find(result.get("evidence") or "\0")
    at = abstract.find(score, evidence) if evidence >= 0 and "nth" not in result else -1
    for _ in range(result.get("nth", 0) + 1 if at < 0 else 0):
        at = abstract.find(score, at + 1)
    return at


def _with_texts(placed: Mapping[str, Any], title: str, abstract: str) -> dict[str, Any]:
    """A result of `bindings.jsonl` with the texts that stand at its places."""
    return {
        "score": text_at(placed["score"], title, abstract),
        "start": int(placed["score"].partition("-")[0]),
        "kind": placed["kind"],
        **{role: [text_at(place, title, abstract) for place in placed.get(role, ())] for role in ROLES},
        "dataset_named": not placed.get("described", False),
        "owner": "other" if placed.get("rival") else "own",
        "optional": placed.get("optional", False),
    }


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
