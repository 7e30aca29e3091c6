"""Dresses true values in other clothes: copies of extractions in each of which one value is spelled differently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from benchmarks.planted_cases import (
    PERCENT,
    RANGE,
    TIMES,
    Case,
    Variant,
    link_paths,
    mention_paths,
    split_scheme,
    value_at,
    variant,
)

__all__ = ["true_variants"]

_REPOSITORY = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/([\w.-]+)/([\w.-]+?)/?$")


def true_variants(case: Case) -> Iterator[Variant]:
    """Copies of the extraction, each with one value in another spelling of the same."""
    for i, result in enumerate(case.extraction["results"]):
        for kind, score in _respelled_scores(result["score"], result["kind"]):
            yield from variant(case, kind, f"/results/{i}/score", score)
        for kind, quote in _respelled_quotes(result["evidence"]):
            yield from variant(case, kind, f"/results/{i}/evidence", quote)
    for path in link_paths(case.extraction):
        for kind, url in _respelled_urls(value_at(case.extraction, path)):
            yield from variant(case, kind, path, url)
    for path in mention_paths(case.extraction):
        for kind, name in _respelled_mentions(value_at(case.extraction, path)):
            yield from variant(case, kind, path, name)


def _respelled_scores(score: str, kind: str) -> Iterator[tuple[str, str]]:
    for pattern, spellings in ((PERCENT, ("%", r"\%", " %", " percent")), (TIMES, ("x", "×", r"\times", " times"))):
        for match in re.finditer(rf"(?<=\d){pattern.pattern}$", score):
            for spelling in spellings:
                yield "unit respelled", score[: match.start()] + spelling
    for comma in ("", ",", "{,}"):
        respelled = re.sub(r"(?<=\d)(?:,|\{,\})(?=\d{3}(?!\d))", comma, score)
        yield "thousands respelled", respelled
    if ends := RANGE.fullmatch(score):
        for dash in ("-", "–", "--"):
            yield "range respelled", f"{ends[1]}{dash}{ends[3]}{ends[4]}"
    if score.startswith("+"):
        yield "plus dropped", score[1:]
    elif kind == "change" and re.fullmatch(r"\d+(?:\.\d+)?(?:\\?%)?", score):
        yield "plus added", f"+{score}"
    if "$" not in score and score[:1].isdigit():
        yield "put between $", f"${score}$"


def _respelled_quotes(quote: str) -> Iterator[tuple[str, str]]:
    yield "quote respelled", quote.replace(r"\%", "%") if r"\%" in quote else quote.replace("%", r"\%")
    yield "quote respelled", quote.replace("--", "–").replace("'", "’")
    yield "quote respelled", quote[:1].swapcase() + quote[1:]
    yield "quote respelled", quote.replace(" ", "  ", 1)


def _respelled_urls(url: str) -> Iterator[tuple[str, str]]:
    rest = split_scheme(url)[1]
    bare = rest.removeprefix("www.")
    yield "scheme changed", f"http://{rest}"
    yield "scheme changed", f"https://{rest}"
    yield "scheme changed", rest
    yield "www changed", f"https://{bare}" if bare != rest else f"https://www.{rest}"
    if "?" not in url and "#" not in url:
        yield "slash changed", url.rstrip("/") if url.endswith("/") else f"{url}/"
    if _REPOSITORY.fullmatch(url):
        yield ".git changed", url.removesuffix(".git") if url.endswith(".git") else f"{url.rstrip('/')}.git"
    host, slash, tail = rest.partition("/")
    yield "host in capitals", f"https://{host.upper()}{slash}{tail}"


def _respelled_mentions(name: str) -> Iterator[tuple[str, str]]:
    respellings: list[Callable[[str], str]] = [
        str.lower,
        lambda s: s if "\\" in s else s.upper(),  # \RHO is no LaTeX
        lambda s: s.replace("-", " "),
        lambda s: s.replace("-", "–"),
        lambda s: s.replace(" ", "-"),
        lambda s: s.replace("'", "’"),
        lambda s: s.replace(r"\%", "%"),
    ]
    for respelled in respellings:
        yield "name respelled", respelled(name)
