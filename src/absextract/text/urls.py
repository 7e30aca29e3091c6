r"""Finding URLs in running text and telling whether two name the same resource."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

__all__ = ["FoundUrl", "canonical_url", "find_urls", "plain_url"]

_TLD = (
    "com|org|net|edu|gov|io|ai|co|dev|app|me|info|science|tech|cloud|site|online|xyz|page|land|so|sh|gg|ly|to|tv|"
    "uk|de|fr|ch|at|nl|be|it|es|pt|se|no|fi|dk|pl|cz|eu|us|ca|au|nz|jp|cn|kr|in|sg|hk|tw|il|br|ru"
)
_TILDE = r"\$?\\(?:sim|textasciitilde|~)(?:\{\})?\$?"
# A line break belongs to a URL behind a slash, hyphen or underscore, where what follows looks like a path.
_BREAK = r"(?<=[/_-])[ \t]*\r?\n[ \t]*(?=[\w%~.-]*[/_\d-]|[\w%~.-]+[,;)]?[ \t]*(?:\r?\n|$))"
_PATH = rf"(?:(?![,;]https?:|\]\()[^\s<>\"'’“”`{{}}\\|^]|{_TILDE}|\\[_%&#]|{_BREAK}|'(?=\w))"
_URL = re.compile(
    rf"""(?:
      (?i:https?):\s?//\s?{_PATH}+
    | (?<![\w@./-]) (?i:www)\.{_PATH}+
    | (?<![\w@./-]) (?:[a-z0-9](?:[a-z0-9-]{{0,62}})\.){{1,4}}(?:{_TLD})(?:/{_PATH}+|/)
    | (?<![\w@./-]) [a-z0-9-]{{1,63}}\.(?:github\.io|gitlab\.io|readthedocs\.io|org|io|ai)(?![\w/@.-]*[\w/@])
    )""",
    re.VERBOSE,
)
# Without any of these there is no URL; beginning with two rare characters, it skips most text quickly.
_HINT = re.compile(rf"[:.](?:(?<=:)\s?//|(?<=[wW]{{3}}\.)|(?<=\.)(?:{_TLD})(?![a-z]))")
_TRAILING = ".,;:!?*'’”"
_CLOSING = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class FoundUrl:
    """A URL as it is written in a text: `text[start:end]`."""

    start: int
    end: int
    url: str


@lru_cache(maxsize=16)  # extractor and validator read the same abstract
def find_urls(text: str) -> tuple[FoundUrl, ...]:
    """All URLs in order, without sentence punctuation and unbalanced closing brackets.

    A scheme may be missing (`github.com/a/b`) or broken by a space (`https: //github.com/a/b`).
    """
    hint = _HINT.search(text)
    if hint is None:
        return ()
    found = []
    for match in _URL.finditer(text, text.rfind(" ", 0, hint.start()) + 1):
        url = _trim(match.group())
        if _has_host(url):
            found.append(FoundUrl(match.start(), match.start() + len(url), url))
    return tuple(found)


def plain_url(url: str) -> str:
    r"""A URL as it is meant: without the blanks, line breaks and LaTeX (`\_`, `$\sim$`) it was written with."""
    return re.sub(r"\\([_%&#])", r"\1", re.sub(_TILDE, "~", re.sub(r"\s+", "", url)))


def canonical_url(url: str) -> str:
    r"""What two spellings of the same resource have in common.

    Scheme, `www.`, case of the host, a default port, a trailing slash, `.git`, percent-encoding and LaTeX
    escapes (`\_`) make no difference; path, query, fragment and host do.
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
    return "." in re.sub(r"^https?:\s?//\s?", "", url, flags=re.IGNORECASE).partition("/")[0]
