"""What a package calls a thing."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FoundMetric", "FoundName"]


class FoundName(NamedTuple):
    """A dataset, benchmark or environment as one package names it."""

    label: str
    aliases: tuple[str, ...] = ()
    arxiv: str = ""
    same_as: tuple[str, ...] = ()
    metric: str = ""
    parent: str = ""
    kind: str = "dataset"


class FoundMetric(NamedTuple):
    """A metric as one package names it."""

    label: str
    higher_is_better: bool
