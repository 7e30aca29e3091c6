"""The shortest wording of a part of a result that still says what it is."""

from __future__ import annotations

from collections.abc import Mapping

from ....attribution.stage import Role
from ....patterns import regex
from ....reading.name_shapes import is_generic, is_shaped

__all__ = ["short_name"]

_ARTICLE = regex(r"^(?:[Tt]he|[Aa]n?) (?=[a-z])")
"""Before what has no name: "The baseline parser"."""
_DESCRIBING = (
    r"(?:(?:public|popular|challenging|widely[ -]used|well-known|large-scale|proposed|resulting|[a-z]+-long) )*"
)
_NAME = r"(?!non-)(\S+)(?<!-based)(?<!-style)(?<!-trained)(?<!-level)(?<!,)"
_ABOUT: Mapping[Role, str] = {
    "dataset": r"benchmarks?|data ?sets?|corpus",
    "method": r"model|method|framework|architecture|system|algorithm|approach|technique",
    "baseline": r"model|method|framework|architecture|system|algorithm|approach|technique|baseline",
}
_AROUND = {role: regex(rf"(?:[Tt]he |[Oo]ur )?{_DESCRIBING}{_NAME}(?: (?:{nouns}))?") for role, nouns in _ABOUT.items()}
"""By role, one name with what is said of it: "the public SeedBench dataset"."""
_SIZE = regex(r"[\d.]+[BMK]")


def short_name(role: Role, name: str) -> str:
    """A name without what only describes it: "SeedBench" for "the public SeedBench dataset"."""
    named = _AROUND[role].fullmatch(name) if role in _AROUND else None
    if named and is_shaped(named[1]) and not is_generic(named[1]) and not _SIZE.fullmatch(named[1]):
        return named[1]
    return _ARTICLE.sub("", name)
