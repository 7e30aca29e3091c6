"""Whether a URL that breaks off at a blank or at the end of a line goes on behind it.

Texts that were taken out of PDF files have such breaks: `https://github.com/ ann/kite`, `https://github. com/ann/kite`.
An ordinary word behind a whole URL must stay one, so each rule asks for a sign that the URL is not whole: a host without
its domain, a code host without owner and repository, or a next word that looks like a path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["KNOWN_HOSTS", "TOP_LEVEL", "Gap", "goes_on"]

TOP_LEVEL = (
    "com|org|net|edu|gov|io|ai|co|dev|app|me|info|science|tech|cloud|site|online|xyz|page|land|so|sh|gg|ly|to|tv|"
    "uk|de|fr|ch|at|nl|be|it|es|pt|se|no|fi|dk|pl|cz|eu|us|ca|au|nz|jp|cn|kr|in|sg|hk|tw|il|br|ru|gl"
)
"""The domains at the top that a URL without a scheme may have, as a pattern."""

_DOMAINS = frozenset(TOP_LEVEL.split("|"))
_BEFORE_COUNTRY = frozenset(("ac", "co", "com", "edu", "gov", "net", "org"))
_WHOLE_WITH = {
    "github.com": 2, "gitlab.com": 2, "bitbucket.org": 2, "codeberg.org": 2, "gitee.com": 2, "huggingface.co": 2,
    "hf.co": 2, "kaggle.com": 2, "sourceforge.net": 2, "anonymous.4open.science": 2, "sites.google.com": 2,
    "code.google.com": 2, "colab.research.google.com": 2, "drive.google.com": 3, "docs.google.com": 3, "zenodo.org": 2,
    "doi.org": 2, "arxiv.org": 2, "osf.io": 1, "youtu.be": 1, "bit.ly": 1, "goo.gl": 1, "tinyurl.com": 1,
}  # fmt: skip
"""How many parts the path of a host has at least; with fewer it leads to nothing of the authors'."""
KNOWN_HOSTS = frozenset(_WHOLE_WITH)
_ONE_MORE = frozenset(("datasets", "spaces", "archive"))

# What goes on with a sentence behind a noun, so that the word before it may be the end of a URL.
_BEHIND_NOUN = frozenset(
    "and or for with to in on at by as from of under via which where that while but when upon if along alongside "
    "together including so we our this these it".split()
)
_ORDINARY = _BEHIND_NOUN | frozenset(
    "a an the is are was were be been has have had can could may might will would should must not also both either "
    "after before until since soon now here there then thus hence however moreover furthermore finally additionally "
    "respectively later today online free freely publicly i.e e.g etc and/or w/o w/ i/o he she they you their its his "
    "her all any each more most other some such no yes see please you your contains contain provides provide includes "
    "include hosts host offers offer shows show gives give holds hold code data experiments results extensive "
    "one two three four five first second using based during between through than because although though "
    "abstract keywords introduction".split()
)
_ENDINGS = ("ing", "ed", "ly")
_FILE = re.compile(
    r"(?:html?|php|aspx?|jsp|cgi|pdf|git|md|py|ipynb|zip|gz|tar|txt|json|csv|xml|jl|pytorch)(?![\w-])", re.ASCII
)
_PATH_SIGN = re.compile(rf"_|[=%]|^~|/$|/[^/]+/|\.{_FILE.pattern}$")
_NAME_SIGN = re.compile(r"[/_\d-]|[a-z][A-Z]|[A-Z]{2}")
_HOST_BEHIND = re.compile(r"\.?(?:[a-z0-9-]{1,63}\.){0,4}[a-z0-9-]{1,63}(?=[/:?#.,;)\]]|$)", re.IGNORECASE)
_CAPITALIZED = re.compile(r"[A-Z][a-z]*\Z")


@dataclass(frozen=True, slots=True)
class Gap:
    """A break and what stands behind it.

    Attributes:
        is_line_end: a line ends here, not only a word.
        word: up to the next blank, without the signs of the sentence at its end.
        signs: these signs.
        following: what stands behind the word and its signs, as far as it tells whether the sentence goes on.
        is_url: the word is a URL, or a host, of its own.
    """

    is_line_end: bool
    word: str
    signs: str
    following: str
    is_url: bool

    @property
    def is_end(self) -> bool:
        """Whether the word ends a sentence or a passage in brackets, or no word follows it in its line."""
        if self.signs:
            return self.signs[0] != ":"
        if re.match(r"[ \t]*\r?\n[ \t]*\r?\n", self.following):
            return True
        following = self.following.lstrip(" \t" if self.is_line_end else None)
        return not (following[:1].isalpha() or following[:1] in ("$", "\\"))

    @property
    def is_noun(self) -> bool:
        """Whether the word may end a clause: "… ann/ kite for more"."""
        following = re.match(r"\s*(\w+)", self.following)
        return self.is_end or bool(not self.signs and following and following[1].lower() in _BEHIND_NOUN)

    @property
    def is_ordinary(self) -> bool:
        """Whether the word is one that goes on with a sentence."""
        plain = self.word.lower()
        if plain in _ORDINARY or (self.signs.startswith(":") and "/" not in plain):
            return True
        return plain.isalpha() and plain.endswith(_ENDINGS) and not self.is_end


def goes_on(url: str, gap: Gap) -> bool:
    """Whether what stands behind a gap belongs to a URL.

    Args:
        url: as far as it was read, without blanks and LaTeX.
        gap: what comes next.
    """
    host, slash, path = re.sub(r"^https?://", "", url, flags=re.IGNORECASE).partition("/")
    word, last = gap.word, url[-1:]
    if not word or "://" in word:
        return False
    if not slash and not _is_whole_host(host):
        return _is_rest_of_host(host, gap)
    if gap.is_url:
        return False
    if word[0] == "/":
        return last.isalnum() and word[1:2].isalnum()
    if not word[0].isalnum() and word[0] != "~":
        return False
    if last == "." and not slash:
        country, more, _ = word.partition("/")
        return bool(more) and country in _DOMAINS and len(country) == 2 and host.split(".")[-2] in _BEFORE_COUNTRY
    if not slash or gap.is_ordinary:
        return False
    missing = _missing(host, path)
    match last:
        case "/":
            return _names_repository(gap, missing) if missing > 0 else _is_path(gap)
        case "_" | "-":
            return last == "_" or gap.is_noun or not _CAPITALIZED.match(word)
        case ".":
            return _goes_on_behind_stop(path, gap, missing)
        case "=" | "&" | "%":
            return True
        case "?":
            return "=" in word
    return gap.is_line_end and missing > 0 and "/" in word


def _is_whole_host(host: str) -> bool:
    labels = host.partition(":")[0].lower().rstrip(".").removeprefix("www.").split(".")
    return len(labels) > 1 and labels[-1] in _DOMAINS


def _is_rest_of_host(host: str, gap: Gap) -> bool:
    """Whether `com/ann` behind "github.", `lab.org` behind "kite-" or `.com/ann` behind "github"."""
    word = gap.word
    rest = _HOST_BEHIND.match(word)
    if rest is None or not (host.endswith((".", "-")) or word[0] == ".") or not host[:1].isalnum():
        return False
    if "/" not in word and (gap.is_ordinary or not word.islower()):
        return False
    return _is_whole_host(host + rest.group()) or (word[0].islower() and rest.end() == len(word) and word[-1] == "-")


def _missing(host: str, path: str) -> int:
    """How many parts of a path are missing until it leads somewhere."""
    parts = [part for part in path.split("/") if part]
    whole = _WHOLE_WITH.get(host.lower().removeprefix("www."), 0)
    return whole + (bool(parts) and parts[0] in _ONE_MORE) - len(parts) if whole else 0


def _names_repository(gap: Gap, missing: int) -> bool:
    """Whether a word is the owner, the repository or both, where these are missing."""
    if re.search(r"[/_]", gap.word):
        return True
    if missing > 1 and not _NAME_SIGN.search(gap.word):
        return gap.is_end
    return gap.is_noun


def _is_path(gap: Gap) -> bool:
    """Whether a word looks like the path of a URL that may be whole already."""
    if _PATH_SIGN.search(gap.word) and not gap.word[0].isdigit():
        return True
    if gap.is_line_end and gap.word[0].islower():
        return gap.is_end or bool(_NAME_SIGN.search(gap.word) and gap.is_noun)
    has_sign = "/" in gap.word and _NAME_SIGN.search(gap.word.replace("/", ""))
    return gap.is_noun if has_sign else "/" in gap.word and gap.is_end


def _goes_on_behind_stop(path: str, gap: Gap, missing: int) -> bool:
    """A full stop and a blank end a sentence, unless what follows begins none."""
    word = gap.word
    if _FILE.match(word):
        return True
    if re.search(r"\d\.$", path) and re.match(r"\d+(?:/|$)", word):
        return gap.is_end
    return word[0].islower() and "/" in word and (missing > 0 or bool(_PATH_SIGN.search(word)))
