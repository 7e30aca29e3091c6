"""The shortest wording of a part of a result that still says what it is."""

from __future__ import annotations

from ....attribution.stage import Role
from ....patterns import regex
from ....reading.name_shapes import is_generic, is_shaped

__all__ = ["short_name"]

_ARTICLE = regex(r"^(?:[Tt]he|[Aa]n?) (?=[a-z])")
"""Before what has no name: "The baseline parser"."""
_AROUND = regex(
    r"(?:[Tt]he |[Oo]ur )?"
    r"(?:(?:public|popular|challenging|standard|widely[ -]used|well-known|large-scale|new|novel|full|entire|original"
    r"|official|real-world|proposed|resulting|recent|existing|previous|[a-z]+-long) )*"
    r"(\S+)"
    r"(?: (?:benchmarks?|data ?sets?|corpus|models?|methods?|frameworks?|architectures?|systems?|algorithms?"
    r"|approach(?:es)?|techniques?|baselines?))?"
)
"""One name with what is said of it: "the public SeedBench dataset"."""


def short_name(role: Role, name: str) -> str:
    """A name without what only describes it: "SeedBench" for "the public SeedBench dataset"."""
    if role in ("dataset", "method", "baseline"):
        named = _AROUND.fullmatch(name)
        if named and is_shaped(named[1]) and not is_generic(named[1]):
            return named[1]
    return _ARTICLE.sub("", name)
