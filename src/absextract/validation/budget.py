"""How much of an answer is looked at: one that is too large to be an answer must not hold up the others."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from ..records import Finding
from ..schema.pointers import step

__all__ = [
    "MOST_IN_ALL",
    "MOST_ITEMS",
    "NOT_COMPARED",
    "compared_in_part",
    "few_findings",
    "left_out_items",
    "with_bounded_lists",
]

NOT_COMPARED = "not_compared"
MOST_ITEMS = 500
"""Items of one list."""
MOST_IN_ALL = 5_000
"""Items of all lists."""
_MOST_FINDINGS = 1_000


def with_bounded_lists(data: Any) -> tuple[Any, list[Finding]]:
    """JSON values without the items that are too many, and one finding for each list that loses some.

    Raises:
        RecursionError: they are nested too deeply.
    """
    bounds = _Bounds()
    return bounds.cut(data, ""), bounds.findings


class _Bounds:
    def __init__(self) -> None:
        self.left = MOST_IN_ALL
        self.findings: list[Finding] = []

    def cut(self, node: Any, path: str) -> Any:
        if isinstance(node, dict):
            changed = {
                k: new
                for k, old in node.items()
                if isinstance(old, dict | list) and (new := self.cut(old, step(path, k))) is not old
            }
            return node | changed if changed else node
        if not isinstance(node, list):
            return node
        most = min(MOST_ITEMS, self.left)
        self.left -= min(most, len(node))
        if len(node) > most:
            self.findings.append(left_out_items(path, len(node), most))
        kept = [
            self.cut(item, step(path, i)) if isinstance(item, dict | list) else item
            for i, item in enumerate(islice(node, most))
        ]
        same = len(kept) == len(node) and all(a is b for a, b in zip(kept, node, strict=True))
        return node if same else kept


def left_out_items(path: str, there: int, kept: int) -> Finding:
    """What is said of a list that is too long."""
    return Finding(
        path=path,
        code="too_many_items",
        severity="warning",
        message=f"of {there} items the first {kept} are kept",
        value=there,
        action="dropped",
    )


def compared_in_part() -> Finding:
    """What is said of an answer that holds more than is compared with one text."""
    return Finding(
        path="",
        code=NOT_COMPARED,
        severity="warning",
        message="the answer holds more than is compared with one text; it was checked in part",
        action="kept",
    )


def few_findings(findings: Iterable[Finding]) -> list[Finding]:
    """The first findings, and one that says how many more there are."""
    everything = list(findings)
    more = len(everything) - _MOST_FINDINGS
    if more <= 0:
        return everything
    told = Finding(
        path="",
        code="too_many_findings",
        severity="warning",
        message=f"{more} more findings are left out",
        value=more,
        action="kept",
    )
    return [*everything[:_MOST_FINDINGS], told]
