"""Links: what each URL of the text leads to, and which of them leads to the authors' code."""

from __future__ import annotations

import re

from ...patterns import regex
from ...reading.passage import Passage
from ...reading.sentences import sentence_at
from ...schema.paper import LinkKind, PaperLink
from ...text.urls import canonical_url

__all__ = ["find_code_url", "find_links"]

_CODE_HOST = regex(
    r"(?:github|gitlab|bitbucket)\.(?:com|org)|anonymous\.4open\.science|\bcodeberg\.org|\bgitee\.com|\bsourceforge\.net"
    r"|\bcolab\.research\.google\.com"
    r"|^https?://git(?:lab)?\.(?!io/)",
    re.I,
)
_FRONT_PAGE = regex(r"(?:https?://)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|huggingface\.co)/?", re.I)
_PAGES_HOST = regex(r"github\.io|gitlab\.io|sites\.google\.com|\bproject", re.I)
_VIDEO_HOST = regex(r"youtu\.?be|vimeo\.com|huggingface\.co/spaces|replicate\.com", re.I)
_FILM_HOST = regex(r"youtu\.?be|vimeo\.com", re.I)
_DATA_HOST = regex(
    r"huggingface\.co/datasets|zenodo\.org|kaggle\.com|figshare|osf\.io|doi\.org/10\.5281",
    re.I,
)
_MODEL_HOST = regex(r"huggingface\.co/(?!datasets|spaces|papers|collections)|\bmodelscope", re.I)

_CODE_WORD = regex(
    r"\b(?:codes?|codebase|implementations?|source|toolbox|toolkit|library|software|scripts?|package"
    r"|open[- ]?source[ds]?|github|repository|repo)\b",
    re.I,
)
_PLAIN_CODE_WORD = regex(
    r"\b(?:codes?|codebase|implementations?|source code|toolbox|toolkit|library|software|scripts?|package)\b", re.I
)
_DATA_WORD = regex(r"\b(?:data|datasets?|data sets?|corpus|corpora|benchmarks?|leaderboard)\b", re.I)
_MODEL_WORD = regex(r"\b(?:models?|weights|checkpoints?)\b", re.I)
_PROJECT_WORD = regex(
    r"\b(?:project|website|webpage|homepage|web ?site|web ?page|home ?page|page)\b",
    re.I,
)
_DEMO_WORD = regex(r"\b(?:demos?|videos?|samples)\b", re.I)
_LITERATURE = r"(?:papers|literature|studies|publications|bibliography|related works?)\b"
# A list of other people's work, where the text says so: a repository, but no code of the authors'.
_COLLECTION = regex(
    rf"\b(?:lists?|collections?|bibliograph(?:y|ies)) of (?:[\w-]+ ){{0,4}}{_LITERATURE}"
    rf"|\b(?:collect|survey|review|list|curat)ed {_LITERATURE}|\blists {_LITERATURE}"
    rf"|\b{_LITERATURE} (?:[\w-]+ ){{0,2}}(?:are|is) (?:\w+ ){{0,2}}(?:collect|list|track|updat|summari[sz]|curat)ed\b"
    rf"|\b(?:collect|summari[sz]e|curate)[ds]? (?:and released? )?(?:[\w-]+ ){{0,5}}{_LITERATURE}"
    r"|\bpapers?[- ]?list\b|\bcurated bibliography\b|\breading list(?! recommend)",
    re.IGNORECASE,
)
# What the authors build on or compare with, put in brackets behind its name: "builds on nanoGPT (https://…)".
_OTHERS_WORK = regex(
    r"\b(?:buil[dt]s? (?:up)?on|based on|on top of|adapted from|baselines?|evaluate[ds]? (?:\w+ )?with"
    r"|compared? (?:with|to)|[Ww]e use|integrated in(?:to)?)\b[^.;:]{0,60}\($"
)
_RELEASED = regex(r"\b(?:available|releas\w+|publish\w*|open-?sourc\w+|provid\w+|our (?:code|implementation))\b")
_OTHER_SUBJECT = regex(r"[,;.(]|\b(?:and|while|whereas)\b|(?:^|\s)[A-Z][\w ]{2,24}:")
_SEEN_BEFORE = 300
_SEEN_BEHIND = 80
_SHORTEST_STATEMENT = 25


def find_links(*passages: Passage) -> list[PaperLink]:
    """Every resource once, in order, with its kind; of two spellings the one with a scheme, which can be opened."""
    links: dict[str, PaperLink] = {}
    for passage, index, found in ((p, i, found) for p in passages for i, found in enumerate(p.urls)):
        before, behind = _words_about(passage, index)
        is_others = _OTHERS_WORK.search(before) and not _RELEASED.search(before)
        resource = canonical_url(found.url)
        known = links.get(resource)
        if known is None:
            kind = "other" if is_others else _kind(found.url, f"{before} {behind}")
            links[resource] = PaperLink(url=found.url, kind=kind)
        elif "://" in found.url and "://" not in known.url:
            links[resource] = PaperLink(url=found.url, kind=known.kind)
    return list(links.values())


def find_code_url(links: list[PaperLink]) -> str | None:
    """The first link to code, above all in a repository; else the first repository, whatever it is said to hold.

    The front page of a host for code is nobody's code: of a URL that was cut off nothing more is left.
    """
    somewhere = [link for link in links if not _FRONT_PAGE.fullmatch(link.url)]
    repositories = [link for link in somewhere if link.kind != "other" and _CODE_HOST.search(link.url)]
    code = [link for link in somewhere if link.kind == "code"]
    first = next((link for link in repositories if link.kind == "code"), None)
    return next((link.url for link in (first, *code, *repositories) if link), None)


def _words_about(passage: Passage, index: int) -> tuple[str, str]:
    """What is said before and behind a URL: its sentence as far as no other URL comes between.

    If it stands alone, also the sentence before.
    """
    text, urls = passage.text, passage.urls
    found = urls[index]
    begin, stop = sentence_at(passage.sentences, found.start)
    if index and urls[index - 1].start >= begin and _OTHER_SUBJECT.search(text[urls[index - 1].end : found.start]):
        begin = urls[index - 1].end
    before = text[max(begin, found.start - _SEEN_BEFORE) : found.start]
    if len(before.strip()) < _SHORTEST_STATEMENT and begin:
        last = urls[index - 1].end if index else 0
        before = text[max(last, found.start - _SEEN_BEFORE // 2) : found.start]
    behind = text[found.end : min(stop, found.end + _SEEN_BEHIND)]
    if index + 1 < len(urls) and urls[index + 1].start < stop:
        behind = _OTHER_SUBJECT.split(text[found.end : urls[index + 1].start])[0]
    return before, behind


def _kind(url: str, words: str) -> LinkKind:
    if _CODE_HOST.search(url):
        return _kind_of_repository(words)
    if _PLAIN_CODE_WORD.search(words) and not _FILM_HOST.search(url):
        return "code"
    if _VIDEO_HOST.search(url):
        return "demo"
    if _DATA_HOST.search(url):
        return "data"
    if _MODEL_HOST.search(url):
        return "model"
    if _CODE_WORD.search(words) and not (_DATA_WORD.search(words) or _MODEL_WORD.search(words)):
        return "code"
    if _PROJECT_WORD.search(words) or _PAGES_HOST.search(url):
        return "data" if re.search(r"\b(?:of|for) the (?:dataset|benchmark)\b", words) else "project"
    return _kind_by_words(words)


def _kind_of_repository(words: str) -> LinkKind:
    if _PLAIN_CODE_WORD.search(words):
        return "code"
    if _COLLECTION.search(words):
        return "other"
    if _CODE_WORD.search(words) or not _DATA_WORD.search(words) or _MODEL_WORD.search(words):
        return "code"
    return "data"


def _kind_by_words(words: str) -> LinkKind:
    if _DEMO_WORD.search(words):
        return "demo"
    if _DATA_WORD.search(words):
        return "data"
    if _MODEL_WORD.search(words):
        return "model"
    return "other"
