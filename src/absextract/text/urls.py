r"""Finding URLs in running text and telling whether two name the same resource."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from ..patterns import regex
from .broken_urls import KNOWN_HOSTS, TOP_LEVEL, Gap, goes_on
from .named_sites import is_surely_a_site
from .scripts import ZERO_WIDTH

__all__ = ["FoundUrl", "canonical_url", "canonical_urls", "find_urls", "plain_url", "possible_urls"]

# Letters and signs of scripts that set no blanks between words: a URL ends where they begin.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3000-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uffef\U00020000-\U0003ffff"
)
_ARROWS = "\u2190-\u21ff\u25a0-\u25ff\u2713-\u2718\u2794-\u27bf"  # and squares, ticks
_UNSEEN = rf"{ZERO_WIDTH}\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # marks of direction too
_INVISIBLE = regex(f"[{_UNSEEN}]")
_BLANKS = rf"[\s{_UNSEEN}]{{0,20}}"
_TILDE = r"\$?\\(?:sim|textasciitilde|~)(?:\{\})?\$?"
_NEXT_SENTENCE = r"\.(?:We|Our|The|This|These|It|In|To|For|Here|Code|Project|All)(?:\s|$)"
_PATH = (
    rf"(?:(?![.,;]https?:|\]\(|{_NEXT_SENTENCE})[^\s<>\"'’“”«»„`{{}}\\|^…—{_UNSPACED}{_ARROWS}]"
    rf"|{_TILDE}|\\[_%&#]|'(?=\w))"
)
_RUN = regex(f"{_PATH}+")
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,62})"
_TOP = rf"(?:{TOP_LEVEL}|COM|ORG|NET|EDU|IO)"
# Not in a word, an address of mail or a longer path; a scheme may have lost its first letters.
_START = r"(?:(?<![a-zA-Z0-9_\u00c0-\u024f@./-])|(?<=ttp://)|(?<=ttps://)|(?<=\s://)|(?<=\sat://))"
_SUFFIX = r"(?:com|org|edu|gov|io)"
_HEAD = regex(
    rf"""(?:
      (?i:https?|http\ss){_BLANKS}(?:[:：]{_BLANKS}/{_BLANKS}/?|/{_BLANKS}/){_BLANKS}
    | {_START}(?i:www)\s?\.\s{{0,20}}(?=\w)
    | {_START}(?:{_LABEL}\.){{1,4}}{_TOP}(?=/)
    | {_START}(?P<known>(?i:github|gitlab|bitbucket|huggingface)\s?\.\s{{0,20}}(?i:com|org|co))(?=\s{{0,20}}/)
    | {_START}(?:{_LABEL}\.){{0,3}}{_LABEL}(?:\.\s{{1,20}}|\s\.)
        (?:{_SUFFIX}(?=/\w)|(?:com|org|(?<=github\.\s)io)(?![\w@/-]))
    | {_START}(?P<site>(?:{_LABEL}\.){{1,4}}{_TOP})(?![a-zA-Z0-9_/@.-]*[a-zA-Z0-9_/@])
    )""",
    re.VERBOSE,
)
# Every head has one of these in it; beginning with rare characters, it skips most text quickly.
_HINT = regex(
    rf"[:：./](?:(?<=[:：]){_BLANKS}/|(?<=/){_BLANKS}/|(?<=[wW]{{3}}\.)|(?<=[wW]{{3}}\s\.)"
    rf"|(?<=\.)(?:{_TOP}(?![a-z])|\s{{0,20}}(?i:{_SUFFIX}|co)(?!\w)))"
)
_SEEN_BEFORE_HINT = 30
_GAP = regex(r"[^\S\r\n]{0,40}(?:\r?\n[^\S\r\n]{0,40})?")
_MOST_GAPS = 8
_SEEN_BEHIND, _SEEN_BEFORE_SITE = 40, 60
_LEFT_BEHIND = regex(rf"(?<![a-zA-Z0-9_@./-])(?:{_LABEL}\.){{1,3}}\s{{1,20}}$")
_SHARED_HOST = regex(r"(?:(?:github|gitlab|readthedocs)\.io|(?:ac|co|edu|gov)\.[a-z]{2})(?![\w.-])")
_NOTE_BEFORE = regex(r"[a-zA-Z]{0,20}\d{1,2}(?=(?:www\.|github\.com/|gitlab\.com/|huggingface\.co/|bitbucket\.org/)\w)")
"""The digit of a footnote that stuck to the address it has: "available1github.com/ann/kite"."""
_TO_MEND = regex(r"[\\\s]|[^\x00-\x7f]")
"""What `_mended` takes away or replaces begins with one of these."""
_TRAILING = ".,;:!?*'’”–"
_CLOSING = {")": "(", "]": "[", "}": "{"}
_SCHEME = regex(r"^(https?)(?:[:：]/{1,2}|//)(?=[^/])", re.IGNORECASE)
_HOST = regex(r"(?:https?://)?[\w\[][^/]*?\.\w", re.IGNORECASE)
_WRITTEN_HOST = regex(r"(?<![^/])[a-z0-9.\s-]{1,60}(?=/)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundUrl:
    """A URL of a text.

    Attributes:
        start: where it begins in the text.
        end: where it ends; `text[start:end]` is the URL as it is written there.
        url: as it is meant, so that it can be opened.
    """

    start: int
    end: int
    url: str


def find_urls(text: str) -> tuple[FoundUrl, ...]:
    """All URLs in order, without sentence punctuation and unbalanced closing brackets.

    A scheme may be missing (`github.com/a/b`), and blanks or ends of lines may break one (`https: //github.com/ a/b`).
    """
    return _read(text)[0]


def possible_urls(text: str) -> tuple[FoundUrl, ...]:
    """Names that are hosts as well ("Kites.com") and of which nothing tells that the text means the site."""
    return _read(text)[1]


def plain_url(url: str) -> str:
    r"""A URL as it is meant, without what it was written with.

    That are blanks, ends of lines, invisible characters, LaTeX (`\_`, `$\sim$`), and the punctuation behind it.
    """
    return _mended(_trim(url.strip()))


@lru_cache(maxsize=256)  # each of a paper's URLs is asked for several times
def canonical_url(url: str) -> str:
    r"""What two spellings of the same resource have in common.

    Scheme, `www.`, case of the host, a default port, a trailing slash, `.git`, percent-encoding and what
    `plain_url` mends make no difference; path, query, fragment and host do.
    """
    plain = plain_url(url)
    plain = plain if re.match(r"https?://", plain, re.IGNORECASE) else f"https://{plain}"
    try:
        parts = urlsplit(plain)
        host, port = (parts.hostname or "").lower().removeprefix("www."), parts.port
    except ValueError:  # an unbalanced bracket or a port that is no number: compare as written
        return plain
    user, at, _ = parts.netloc.rpartition("@")
    path = quote(unquote(parts.path), errors="surrogatepass").rstrip("/").removesuffix(".git")
    return "".join(
        (
            user + at + host,
            f":{port}" if port not in (None, 80, 443) else "",
            path,
            f"?{parts.query}" if parts.query else "",
            f"#{parts.fragment}" if parts.fragment else "",
        )
    )


def canonical_urls(written: str) -> set[str]:
    """The canonical forms of a URL as it stands in a text: a hyphen at the end of a line may be part of it or not."""
    return {canonical_url(written), canonical_url(re.sub(r"-\s+(?=\w)", "", written))}


@lru_cache(maxsize=16)  # extractor and validator read the same abstract
def _read(text: str) -> tuple[tuple[FoundUrl, ...], tuple[FoundUrl, ...]]:
    """The URLs of a text, and what may be one."""
    found: list[FoundUrl] = []
    possible: list[FoundUrl] = []
    at = 0
    while head := _next_head(text, at):
        start, end = _bounds(text, head, at)
        at = max(head.end(), end)
        if note := _NOTE_BEFORE.match(text, start, end):
            start = note.end()
        url = FoundUrl(start, end, _mended(text[start:end]))
        is_bare = head["site"] is not None and (start, end) == head.span()
        if is_bare and not is_surely_a_site(head["site"], text[max(0, start - _SEEN_BEFORE_SITE) : start]):
            possible.append(url)
        elif _has_host(url.url):
            found.append(url)
    return tuple(found), tuple(possible)


def _next_head(text: str, at: int) -> re.Match[str] | None:
    """The beginning of the next URL from a place on; no word before that of the next hint can be one."""
    hint = _HINT.search(text, at)
    if hint is None:
        return None
    return _HEAD.search(text, max(at, text.rfind(" ", 0, max(0, hint.start() - _SEEN_BEFORE_HINT)) + 1))


def _bounds(text: str, head: re.Match[str], previous_end: int) -> tuple[int, int]:
    """Where a URL with this head begins and ends."""
    start, end = head.start(), head.end()
    if _SHARED_HOST.match(text, start) and (left := _LEFT_BEHIND.search(text[max(previous_end, start - 200) : start])):
        start -= len(left.group())
    if head["site"] is None and (run := _RUN.match(text, end)):
        end = run.end()
    for _ in range(_MOST_GAPS):
        further = _behind_gap(text, start, end)
        if further is None:
            break
        end = further
    return start, start + len(_trim(text[start:end]))


def _behind_gap(text: str, start: int, end: int) -> int | None:
    """Where a URL that breaks off here ends behind the blank, if it goes on there."""
    gap = _GAP.match(text, end)
    run = _RUN.match(text, gap.end()) if gap and gap.group() else None
    if gap is None or run is None:
        return None
    if text[end - 1] == "\u00ad":  # a hyphen that is there for the end of the line alone
        return run.end()
    word = _trim(run.group())
    behind = Gap(
        is_line_end="\n" in gap.group(),
        word=_mended(word),
        signs=run.group()[len(word) :],
        following=text[run.end() : run.end() + _SEEN_BEHIND],
        is_url=_HEAD.match(text, run.start()) is not None,
    )
    return run.end() if goes_on(_mended(text[start:end]), behind) else None


def _mended(url: str) -> str:
    if not _TO_MEND.search(url):
        return _with_scheme(url)
    plain = _INVISIBLE.sub("", re.sub(r"\\([_%&#])", r"\1", re.sub(_TILDE, "~", url)))
    plain = re.sub(r"\s+", "", _WRITTEN_HOST.sub(_without_hyphen, plain))
    return _with_scheme(plain)


def _with_scheme(url: str) -> str:
    if url.startswith(("https://", "http://")):
        return url
    return _SCHEME.sub(r"\1://", url).removeprefix("://")


def _without_hyphen(host: re.Match[str]) -> str:
    """`github.com` for "git-" and "hub.com" in two lines."""
    joined = re.sub(r"-\s+|\s+", "", host.group())
    return joined if joined.lower().removeprefix("www.") in KNOWN_HOSTS else host.group()


def _trim(url: str) -> str:
    unbalanced = {close: url.count(close) - url.count(opening) for close, opening in _CLOSING.items()}
    end = len(url)
    while end:
        last = url[end - 1]
        if unbalanced.get(last, 0) > 0:
            unbalanced[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return url[:end]


def _has_host(url: str) -> bool:
    return _HOST.match(url) is not None
