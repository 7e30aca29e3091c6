"""Links: the same resource must stand in the text, whatever scheme, `www.` or trailing slash it wears."""

from __future__ import annotations

import re
from functools import lru_cache

from ..patterns import regex
from ..text.urls import canonical_url
from .mentions import nearest
from .source_text import SourceText
from .verdicts import Problem, Span, Support

__all__ = ["check_link"]

_CODE_WORD = regex(
    r"\b(?:codes?|codebase|implementations?|scripts?|toolkit|toolbox|repo|repositor(?:y|ies)|github|gitlab)\b",
    re.IGNORECASE,
)
_OTHER_WORD = regex(
    r"\b(?:data|datasets?|corpus|benchmarks?|questions|documents|demos?|videos?|samples|weights|checkpoints?|models?|"
    r"web ?site|web ?page|home ?page|page)\b",
    re.IGNORECASE,
)
_CODE_HOST = regex(r"(?:github|gitlab|bitbucket|codeberg)\.(?:com|org)/|anonymous\.4open\.science/")
_SENTENCE_END = regex(r"[.!?]\s")
_NEXT_THING = regex(r"[,;(]|\b(?:and|while|whereas)\b")
_IN_BRACKETS = regex(r"\s?\(([^()]*)\)")
_REACH = 200


def check_link(value: str, source: SourceText, anchor: Span | None, *, code: bool = False) -> Support | Problem:
    """Looks for a URL among those of the text; another host or path, longer or shorter, is another one.

    Args:
        value: the URL.
        source: the text to search.
        anchor: of several places the one nearest to it is taken.
        code: whether it is said to lead to code, so that a text that has the code elsewhere does not support it.
    """
    places = source.url_places.get(canonical_url(value), [])
    span = nearest(places, anchor)
    if span is None:
        return Problem("url_not_in_source", _not_found(source))
    case = ("code elsewhere", canonical_url(value))
    if code and (elsewhere := source.judged(case, lambda: _code_elsewhere(frozenset(places), source))):
        return Problem("binding_conflict", f"the text says that the code is at {source.slice(elsewhere)}")
    return Support(span, "exact" if source.slice(span) == value else "normalized")


def _code_elsewhere(places: frozenset[Span], source: SourceText) -> Span | None:
    """A URL that the text says is the code, where it says that these are something else."""
    if all(span in places for span, _ in source.urls) or any(_is_code_host(span, source) for span in places):
        return None
    words = _words_about(source)
    said = [words.get(span, "") for span in places]
    if any(map(_CODE_WORD.search, said)) or not any(map(_OTHER_WORD.search, said)):
        return None
    others = (span for span in words if span not in places)
    return next((s for s in others if _is_code(words[s]) or _is_code_host(s, source)), None)


def _is_code(words: str) -> bool:
    return bool(_CODE_WORD.search(words))


def _is_code_host(span: Span, source: SourceText) -> bool:
    return bool(_CODE_HOST.match(canonical_url(source.slice(span))))


@lru_cache(maxsize=4)  # each link that is said to lead to code asks for it
def _words_about(source: SourceText) -> dict[Span, str]:
    """What the text says of each URL: in front of it and directly behind, as far as its sentence goes.

    Of what stands between two URLs the first clause goes with the one before ("A has the code, the data is at B");
    where nothing does, both are introduced together ("A and B").
    """
    words: dict[Span, str] = {}
    spans = [span for span, _ in source.urls]
    for previous, span, following in zip([None, *spans], spans, [*spans[1:], None], strict=False):
        text = source.text(span.field)
        start = previous.end if previous and previous.field == span.field else 0
        end = following.start if following and following.field == span.field else len(text)
        before, behind = (
            text[max(start, span.start - _REACH) : span.start],
            text[span.end : min(end, span.end + _REACH)],
        )
        front = _SENTENCE_END.split(before)[-1]
        if start and front == before:
            front = _behind_first_clause(before)
        if previous and before.strip(" ,;&/") in ("", "and", "or"):
            front = words[previous][: 2 * _REACH]  # of a thousand URLs side by side, not all that is said before each
        words[span] = f"{front} | {_first_clause(behind)}"
    return words


def _first_clause(behind: str) -> str:
    if brackets := _IN_BRACKETS.match(behind):
        return brackets[1]
    return _NEXT_THING.split(_SENTENCE_END.split(behind)[0])[0]


def _behind_first_clause(between: str) -> str:
    if brackets := _IN_BRACKETS.match(between):
        return between[brackets.end() :]
    cut = _NEXT_THING.search(between)
    return between[cut.start() :] if cut else between


def _not_found(source: SourceText) -> str:
    if not source.urls:
        return "the text holds no URL"
    return "not a URL of the text, which has " + ", ".join(found.url for _, found in source.urls[:5])
