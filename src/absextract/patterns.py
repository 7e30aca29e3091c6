"""Regular expressions that are compiled when they are first used: most runs need few of the hundreds there are."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

__all__ = ["regex"]

_BOUND = (
    "findall",
    "finditer",
    "flags",
    "fullmatch",
    "groupindex",
    "groups",
    "match",
    "search",
    "split",
    "sub",
    "subn",
)


class _Pattern:
    """Stands in for a compiled pattern; from its first use on, its methods are that pattern's own."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self.pattern = text
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet."""
        if name not in _BOUND:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._given)
        vars(self).update((each, getattr(compiled, each)) for each in _BOUND)
        return vars(self)[name]


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, later; a mistake in it is told at its first use."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))
