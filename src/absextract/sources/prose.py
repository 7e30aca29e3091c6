"""Whether a plain text is papers, or something else that no other format knows: an export, a whole collection."""

from __future__ import annotations

import re
from collections import Counter

from ..patterns import regex

__all__ = ["LONGEST_ABSTRACT", "PARTING", "doubt_about", "is_titled", "too_long_for_one"]

LONGEST_ABSTRACT = 30_000
"""Characters: the longest abstracts there are, of Cochrane reviews and theses, have a third of that."""
PARTING = regex(r"-{3,}\s*|\f\s*")
_AS_IT_STANDS = "take it as it stands with --format text"
_PUBMED = f'PubMed\'s text for readers; save it there in the format "PubMed", or {_AS_IT_STANDS}'
_LONGEST_TITLE = 500
_RULER = regex(r"([_=*#~+–—])\1{9,}\s*")
_HEADING = regex(r"#{1,6} \S.*")
_NUMBER = regex(
    r"(?:document|record|article|paper|result|reference)\s{1,3}#?\d{1,6}(?:\s{1,3}of\s{1,3}\d{1,6})?\W*",
    re.IGNORECASE,
)
_LABEL = regex(
    r"(abstract|(?:document |article |publication )?title|authors?|author information|affiliations?|journal|source|"
    r"year|volume|issue|pages|publisher|publication (?:year|date|type)|document type|date|language|keywords|subjects?|"
    r"doi|pmid|pmcid|issn|isbn|url|links?|arxiv(?: id)?|accession (?:number|no\.?)|unique identifier|database|"
    r"citation|venue|conference)[ \t]*:",
    re.IGNORECASE,
)
_TAG = regex(r"(?:--)?([A-Z][A-Z0-9]{1,3})(?: {0,2}[-:]| (?=\S))")
_LATEX = regex(r"\\(?:documentclass\b|documentstyle\b|begin\{document\})")
_ITEM = regex(r"\s*(?:[-*+•–]|\[?\d{1,4}[.:)\]])\s+\S.*")
_NUMBERED = regex(r"\s*\[?(\d{1,4})[.:)\]]\s+\S")
_CODE = regex(
    r"\s*(?:import [\w.]+(?: as \w+)?|from [\w.]+ import [\w., ]+|(?:async )?def \w+\(.*|class \w+[(:].*|return\b.*|"
    r"\w[\w.]*\(.*\)[;:]?|\w[\w.]* ?[+-]?= ?\S.*|#include .*|#!/.*|using [\w.]+;|[{}()\[\];]+)"
)
_IDENTIFIER = regex(
    r"(?:pmid|pmcid|doi|arxiv)?:?\s*(?:\d{4,9}|PMC\d{4,9}|(?:https?://\S+/)?10\.\d{3,9}/\S+|\d{4}\.\d{4,5}(?:v\d+)?|W\d{6,12}|"
    r"https?://\S+)[,;]?",
    re.IGNORECASE,
)
_YAML = regex(r"\s*(?:-\s+)?[a-z][a-z_-]*:(?:\s.*|$)|\s*-\s.*|---\s*|\.\.\.\s*")
_OF_PUBMED = regex(r"\bPMID: \d+\b")
_SECTION = regex(
    r"\b(?:background|introduction|objectives?|aims?|purpose|context|motivation|importance|hypothesis|methods?|"
    r"methodology|design|settings?|participants|patients|subjects|interventions?|exposures?|measures|measurements|"
    r"outcomes?|data|sources|selection|extraction|synthesis|materials?|approach|results?|findings|discussion|"
    r"conclusions?|interpretation|implications|limitations|significance|relevance|funding|registration|availability|"
    r"implementation|keywords|summary|abstract|trial|contributions?|code|supplementary|acknowledge?ments)\b",
    re.IGNORECASE,
)
_NO_TITLE_END = tuple(".!?:;,…。")
_MOST_TITLE_LINE = 300


def is_titled(text: str) -> bool:
    """A line, a blank line, and more: a title and its abstract."""
    title, *rest = text.strip().splitlines()
    return len(title) <= _LONGEST_TITLE and len(rest) > 1 and not rest[0].strip()


def too_long_for_one(size: int) -> str:
    """What is told of a text that is no single abstract."""
    return (
        f"{size:,} characters of plain text without a line of three dashes, which is more than an abstract; "
        "part the papers by such lines, or export them as RIS, BibTeX, CSV or JSON"
    )


def doubt_about(text: str) -> tuple[int, str] | None:
    """Why a text is not to be taken for papers, with the line that shows it; None where nothing speaks against it."""
    if not is_titled(text):
        return _doubt_as_export(text.splitlines())
    first, lines = 1, list[str]()
    for number, line in enumerate([*text.splitlines(), "---"], start=1):
        if not PARTING.fullmatch(line):
            lines.append(line)
            continue
        found = _doubt_as_too_long(lines) if first == 1 else None  # a later one is told in its place
        if found := found or _doubt_as_export(lines) or _doubt_as_two(lines):
            return first - 1 + found[0], found[1]
        first, lines = number + 1, []
    return None


def _doubt_as_export(lines: list[str]) -> tuple[int, str] | None:
    if other := _doubt_as_other(lines):
        return other
    if (place := _export_line(lines)) is None:
        return None
    if any(map(_OF_PUBMED.search, lines)):
        return place + 1, _PUBMED
    what = f"looks like an export that is not known, not like a title and its abstract ({_quoted(lines[place])})"
    return place + 1, f"{what}; export it as RIS, BibTeX, CSV or JSON, or {_AS_IT_STANDS}"


def _doubt_as_other(lines: list[str]) -> tuple[int, str] | None:
    """Whether it is something that needs no second look: code, a list, identifiers."""
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    for number, line in filled:
        if _LATEX.match(line.lstrip()):
            return number, f"a document of LaTeX; give its title and abstract alone, or {_AS_IT_STANDS}"
    if filled and all(_IDENTIFIER.fullmatch(line.strip()) for _, line in filled):
        return 1, "a list of identifiers, not of abstracts; get their records first, e.g. from PubMed or OpenAlex"
    if sum(1 for _, line in filled if _CODE.fullmatch(line)) > max(1, len(filled) // 3):
        return 1, f"looks like a program, not like a title and its abstract; to have it read, {_AS_IT_STANDS}"
    if len(filled) > 1 and all(_YAML.fullmatch(line) for _, line in filled) and any(":" in line for _, line in filled):
        return 1, "looks like YAML, which is not read; write it as JSON first"
    numbers = [found[1] for _, line in filled if (found := _NUMBERED.match(line))]
    is_list = filled and (numbers[:2] == ["1", "2"] and _NUMBERED.match(filled[0][1]))
    if is_list or (len(filled) > 1 and all(_ITEM.fullmatch(line) for _, line in filled[1:])):
        is_of_pubmed = any(map(_OF_PUBMED.search, lines))
        what = f"looks like a list, not like a title and its abstract; to have it read, {_AS_IT_STANDS}"
        return filled[0][0], _PUBMED if is_of_pubmed else what
    return None


def _doubt_as_too_long(lines: list[str]) -> tuple[int, str] | None:
    size = sum(map(len, lines)) + len(lines)
    return (1, too_long_for_one(size)) if size > LONGEST_ABSTRACT else None


def _doubt_as_two(lines: list[str]) -> tuple[int, str] | None:
    if (place := _second_title(lines)) is None:
        return None
    what = f"looks like the title of a further paper ({_quoted(lines[place])})"
    return place + 1, f"{what}; part papers by a line of three dashes, or take all for one with --format text"


def _quoted(line: str) -> str:
    return repr(line.strip()[:40])


def _export_line(lines: list[str]) -> int | None:
    """The line that shows an export: rulers, numbers of documents, labels or tags that no abstract has so many of."""
    for sign in (_RULER, _HEADING, _NUMBER):
        places = [place for place, line in enumerate(lines) if sign.fullmatch(line)]
        if len(places) > 1:
            return places[0]
    labels = [(found[1].lower(), place) for place, line in enumerate(lines) if (found := _LABEL.match(line.strip()))]
    often = Counter(label for label, _ in labels)
    if len(often) >= 3 or any(count > 1 for count in often.values()):
        return labels[0][1]
    tags = [(found[1], place) for place, line in enumerate(lines) if (found := _TAG.match(line)) and not line.isupper()]
    filled = sum(1 for line in lines if line.strip())
    if len({tag for tag, _ in tags}) >= 3 and 3 * len(tags) >= filled:
        return tags[0][1]
    return None


def _second_title(lines: list[str]) -> int | None:
    """The line that stands alone between paragraphs like a title, and is no heading of a section."""
    paragraphs: list[tuple[int, list[str]]] = []
    for place, line in enumerate(lines):
        if line.strip():
            if place == 0 or not lines[place - 1].strip():
                paragraphs.append((place, []))
            paragraphs[-1][1].append(line.strip())
    for (_, before), (place, here), (_, behind) in zip(paragraphs[1:], paragraphs[2:], paragraphs[3:], strict=False):
        size = len(here[0])
        if len(here) == 1 and _is_like_title(here[0]) and _is_prose(before, size) and _is_prose(behind, size):
            return place
    return None


def _is_like_title(line: str) -> bool:
    words = line.split()
    if len(words) < 2 or len(line) > _MOST_TITLE_LINE or line.endswith(_NO_TITLE_END) or "://" in line:
        return False
    return words[0][0].isalnum() and not words[0][0].islower() and not _SECTION.search(line)


def _is_prose(lines: list[str], longer_than: int) -> bool:
    text = " ".join(lines)
    return len(text) > longer_than and text.rstrip("\"')]").endswith((".", "!", "?", "。"))
