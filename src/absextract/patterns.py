"""Regular expressions that are compiled when they are first used: most runs need few of the hundreds there are."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

__all__ = ["regex"]

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")
_BOUND = (*_METHODS, "flags", "groupindex", "groups")


class _Compiled:
    """A pattern whose methods are those of a compiled one, bound to it."""

    pattern: str | bytes
    flags: int
    _given: int

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled and copied as what it was made from."""
        return regex, (self.pattern, self._given)


class _Late(_Compiled):
    """A pattern that is not compiled yet."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self.pattern = text
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet."""
        if name not in _BOUND:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._given)
        vars(self).update((each, getattr(compiled, each)) for each in _BOUND)
        self.__class__ = _Compiled  # type: ignore[assignment]  # with `__getattr__` whatever it is asked for takes longer
        return vars(self)[name]


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, later; a mistake in it is told at its first use.

    It has the methods of a compiled pattern, and `re.sub(pattern, …)` does not take it.
    """
    return cast("re.Pattern[AnyStr]", _Late(text, flags))
