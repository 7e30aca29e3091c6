"""What belongs to each number: whether results name the right metric, dataset, method, baseline and setting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .bootstrap import Figures, Row, intervals, sums
from .gold import ROLES, GoldResult
from .matching import same_name, same_score
from .shares import Counts

__all__ = ["FALSE", "JUDGED", "OWN", "WHOLE", "bind", "binding_figures", "binding_gain", "role_is_right"]

OWN, WHOLE, FALSE = "own", "whole", "false"
JUDGED = (*ROLES, OWN)

_VERDICTS = ("right", "wrong", "missing", "invented", "null")  # null: rightly none
_TOTALS = ("given", "required", "found", "matched", WHOLE, FALSE)
_COLUMNS = (*_TOTALS, *(f"{role} {verdict}" for role in JUDGED for verdict in _VERDICTS))
_PASSED = ("right", "null")
_OF_WHOLE = ("metric", "dataset", "method")
_TELLING = ("metric", "dataset", "method", "baseline")


def bind(wanted: Sequence[GoldResult], given: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Counts of one paper: how many results are given, required, found, whole and false, and the verdicts by role.

    Each result given takes, of the wanted results with its score that are left, the one it agrees with most.
    """
    left = list(wanted)
    counts = Counter(required=sum(not result.optional for result in wanted))
    for result in given:
        counts["given"] += 1
        fitting = [each for each in left if _is_score(each, result)]
        if not fitting:
            counts[FALSE] += 1
            continue
        taken = max(fitting, key=lambda each: _agreement(each, result))
        del left[next(index for index, each in enumerate(left) if each is taken)]
        counts.update(_judged(taken, result))
    return counts


def binding_figures(papers: Iterable[Counter[str]]) -> dict[str, Any]:
    """The counts of all papers, with shares, F1 and their intervals, as JSON.

    Of a role, `p` is the share of the names given that are right, `r` that of the names to be given. The F1 of `whole`
    is made of the shares of whole results in those given and in those required. A role that was judged nowhere has no
    figures, only counts.
    """
    rows = [_row(paper) for paper in papers]
    total = dict(zip(_COLUMNS, sums(rows), strict=True))
    values, ends = _figures(list(total.values())), intervals(rows, _figures)
    roles = {role: {verdict: total[f"{role} {verdict}"] for verdict in _VERDICTS} for role in JUDGED}
    own = roles[OWN]
    return {
        **{name: total[name] for name in _TOTALS},
        "whole_f1": values[WHOLE],
        "whole_f1_interval": ends[WHOLE],
        "false_share": values[FALSE],
        "false_share_interval": ends[FALSE],
        "roles": {role: roles[role] | _quality(roles[role], ends[role]) for role in ROLES},
        OWN: {"right": own["right"], "wrong": own["wrong"], "null": own["missing"]} | _quality(own, ends[OWN]),
    }


def binding_gain(first: Iterable[Counter[str]], second: Iterable[Counter[str]]) -> dict[str, dict[str, Any]]:
    """By how much the F1 of each role and of whole results, and the share of false ones, differ in a second run."""
    rows = [[*_row(a), *_row(b)] for a, b in zip(first, second, strict=True)]
    ends = intervals(rows, _gain)
    return {name: {"gain": gain, "interval": ends[name]} for name, gain in _gain(sums(rows)).items()}


def _is_score(wanted: GoldResult, result: Mapping[str, Any]) -> bool:
    score = result.get("score")
    return isinstance(score, str) and same_score(wanted.score, score)


def _agreement(wanted: GoldResult, result: Mapping[str, Any]) -> int:
    return sum(verdict in _PASSED for verdict in _verdicts(wanted, result).values())


def _verdicts(wanted: GoldResult, result: Mapping[str, Any]) -> dict[str, str]:
    """Of each role that the gold tells."""
    return {role: _verdict(wanted, role, result.get(role)) for role in ROLES if role in wanted.model_fields_set}


def role_is_right(wanted: GoldResult, role: str, name: Any) -> bool | None:
    """Whether a name is right for a role of a number; None where its gold does not tell that role."""
    return _verdict(wanted, role, name) in _PASSED if role in wanted.model_fields_set else None


def _verdict(wanted: GoldResult, role: str, name: Any) -> str:
    wordings = getattr(wanted, role)
    if not isinstance(name, str) or not name:
        may_lack = not wordings or (role == "dataset" and not wanted.dataset_named)
        return "null" if may_lack else "missing"
    if not wordings:
        return "invented"
    return "right" if any(same_name(wording, name) for wording in wordings) else "wrong"


def _judged(wanted: GoldResult, result: Mapping[str, Any]) -> Counter[str]:
    """The counts of a result that has its wanted one."""
    said = _verdicts(wanted, result)
    same_kind = wanted.kind == result.get("kind")
    counts = Counter(f"{role} {verdict}" for role, verdict in said.items())
    counts["matched"] = 1
    counts["found"] = not wanted.optional
    counts[WHOLE] = same_kind and all(said.get(role, "null") in _PASSED for role in _OF_WHOLE)
    counts[FALSE] = not same_kind or any(said.get(role) in ("wrong", "invented") for role in _TELLING)
    if wanted.owner is not None:
        counts[f"{OWN} {_own_verdict(wanted.owner == OWN, result.get(OWN))}"] = 1
    return counts


def _own_verdict(own: bool, said: Any) -> str:
    if said is None:
        return "missing"
    return "right" if said == own else "wrong"


def _row(paper: Counter[str]) -> list[int]:
    return [paper[column] for column in _COLUMNS]


def _figures(total: Row) -> Figures:
    """F1 of each role, of `own` and of whole results; the share of results with something false."""
    named = dict(zip(_COLUMNS, total, strict=True))
    f1s = {role: _counts({v: named[f"{role} {v}"] for v in _VERDICTS}).f1 for role in JUDGED}
    given, required, whole = named["given"], named["required"], named[WHOLE]
    precision, recall = whole / max(given, 1), min(whole / max(required, 1), 1.0)
    both = precision + recall
    return f1s | {WHOLE: 2 * precision * recall / both if both else 0.0, FALSE: named[FALSE] / max(given, 1)}


def _gain(total: Row) -> Figures:
    half = len(total) // 2
    first, second = _figures(total[:half]), _figures(total[half:])
    return {name: second[name] - first[name] for name in first}


def _counts(verdicts: Mapping[str, int]) -> Counts:
    """A wrong name is one too much and one that lacks."""
    wrong = verdicts["wrong"]
    return Counts(verdicts["right"], wrong + verdicts["invented"], wrong + verdicts["missing"])


def _quality(verdicts: Mapping[str, int], ends: list[float]) -> dict[str, Any]:
    if not any(verdicts.values()):
        return dict.fromkeys(("p", "r", "f1", "f1_interval"))
    counts = _counts(verdicts)
    return {"p": counts.precision, "r": counts.recall, "f1": counts.f1, "f1_interval": ends}
