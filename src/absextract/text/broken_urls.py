"""Whether a URL that breaks off at a blank or at the end of a line goes on behind it.

Texts out of PDF files have such breaks: `https://github.com/ ann/kite`, `https://github. com/ann/kite`. An ordinary
word behind a whole URL must stay one, so each rule asks for a sign that the URL is not whole: a host without its
domain, a code host without owner and repository, or a next word that looks like a path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..patterns import regex

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
    "doi.org": 2, "arxiv.org": 2, "osf.io": 1, "youtu.be": 1, "bit.ly": 1, "goo.gl": 1, "git.io": 1, "aka.ms": 1,
    "t.ly": 1, "tinyurl.com": 1,
}  # fmt: skip
"""How many parts the path of a host has at least; with fewer it leads to nothing of the authors'."""
KNOWN_HOSTS = frozenset(_WHOLE_WITH)
_SHARED = (".github.io", ".gitlab.io", ".readthedocs.io", ".gitbook.io", ".netlify.app", ".vercel.app", ".hf.space")
_ONE_MORE = frozenset(("datasets", "spaces", "archive"))
_NEVER_LAST = regex(r"tree|blob|master|main|wiki|abs|pdf|projects|view|drive|folders|file|[dpr]")

# What goes on with a sentence behind a noun, so that the word before it may be the end of a URL.
_BEHIND_NOUN = (
    "and|or|for|with|to|in|on|at|by|as|from|of|under|via|which|where|that|while|but|when|upon|if|along|alongside|together|"
    "including|so|we|our|this|these|it"
)
_ORDINARY = regex(
    rf"{_BEHIND_NOUN}|a|an|the|is|are|was|were|be|been|has|have|had|can|could|may|might|will|would|should|must|not|also|both|"
    r"either|after|before|until|since|soon|now|here|there|then|thus|hence|however|moreover|furthermore|finally|additionally|"
    r"respectively|later|today|online|free|freely|publicly|i\.e|e\.g|etc|and/or|w/o|w/|i/o|he|she|they|you|their|its|his|her|"
    r"all|any|each|more|most|other|some|such|no|yes|see|please|your|contains?|provides?|includes?|hosts?|offers?|shows?|"
    r"gives?|holds?|extensive|one|two|three|four|five|first|second|using|based|during|between|through|than|because|although|"
    r"though|abstract|keywords|introduction|preprint|paper|accepted|appendix|supplement(?:ary)?|fig(?:ure)?|table|note|index|"
    r"work|github|arxiv|repositor(?:y|ies)|projects?|platforms?|accounts?|organi[sz]ations?|users?"
)
_OFTEN_ORDINARY = regex(r"code|data|experiments|results|models|videos|demos")
_ENDINGS = ("ing", "ed", "ly")
_FILE = regex(
    r"(?:html?|php|aspx?|jsp|cgi|pdf|git|md|py|ipynb|zip|gz|tar|txt|json|csv|xml|jl|pytorch)(?![\w-])", re.ASCII
)
_PATH_SIGN = regex(rf"_|[=%]|^~|/$|/[^/]+/|\.{_FILE.pattern}")
_NAME_SIGN = regex(r"[/_\d-]|[a-z][A-Z]|[A-Z]{2}")
_HOST_BEHIND = regex(r"\.?(?:[a-z0-9-]{1,63}\.){0,4}[a-z0-9-]{1,63}(?=[/:?#.,;)\]]|$)", re.IGNORECASE)
_SITE_BEHIND = regex(r"\s{1,3}(?:io|com|org|co)\b")
_EMPHASIS_END = regex(r"\w_(?!\w)")
_NUMBER = regex(r"\d{1,3}(?:st|nd|rd|th)?")
_VERSION = regex(r"(?:^|[/_v-]|\.)\d+\.$")
_CAPITALIZED = regex(r"[A-Z][a-z]*\Z")


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
    def is_last(self) -> bool:
        """Whether the word is surely the last of its sentence or brackets."""
        return self.is_end and (self.signs or self.following.lstrip())[:1] in ("", ".", ";", ")", "]", "}")

    @property
    def is_noun(self) -> bool:
        """Whether the word may end a clause: "… ann/ kite for more"."""
        following = re.match(r"\s*(\w+)", self.following)
        return self.is_end or bool(not self.signs and following and re.fullmatch(_BEHIND_NOUN, following[1].lower()))

    @property
    def is_before_name(self) -> bool:
        """Whether the next word is a name or begins a sentence."""
        return re.match(r"\s*\w*[A-Z]", self.following) is not None

    @property
    def is_ordinary(self) -> bool:
        """Whether the word is one that goes on with a sentence."""
        plain = self.word.lower()
        if _ORDINARY.fullmatch(plain) or (self.signs.startswith(":") and "/" not in plain):
            return True
        if self.is_end:
            return False
        return bool(_OFTEN_ORDINARY.fullmatch(plain)) or (
            plain.isalpha() and plain.endswith(_ENDINGS) and not self.is_noun
        )


def goes_on(url: str, gap: Gap) -> bool:
    """Whether what stands behind a gap belongs to a URL.

    Args:
        url: as far as it was read, without blanks and LaTeX.
        gap: what comes next.
    """
    host, slash, path = re.sub(r"^https?://", "", url, flags=re.IGNORECASE).partition("/")
    word = gap.word
    if not word or ":" in word:
        return False
    if (
        not slash and "://" in url and _completes_known_host(host, word)
    ):  # "https://git hub.com", "https://ann.github.i o"
        return True
    if not slash and not _is_whole_host(host):
        return _is_rest_of_host(host, gap, is_address="://" in url)
    if gap.is_url:
        return False
    if word == "/":
        return _missing(host, path) > 0 and url[-1] != "/"
    if word[0] == "/" or (slash and word[0] == "." and _FILE.match(word, 1)):
        return url[-1].isalnum() and word[1:2].isalnum()
    if word[0] == "_" and slash:  # "…/ann/kite _net", and not "… _for free_"
        return url[-1].isalnum() and word[1:2].isalnum() and not _EMPHASIS_END.search(word + gap.signs + gap.following)
    if word[0] in "-_" and "/" in word[2:]:  # "https://github.com/wren -lab/kite"
        return _missing(host, path) > 0 and url[-1].isalnum() and word[1].isalnum()
    if not slash:
        country, more, _ = word.partition("/")
        is_country = len(country) == 2 and country in _DOMAINS
        return bool(more) and is_country and host.split(".")[-2:] in [[before, ""] for before in _BEFORE_COUNTRY]
    return (word[0].isalnum() or word[0] == "~") and not gap.is_ordinary and _is_rest_of_path(host, path, gap)


def _is_whole_host(host: str) -> bool:
    labels = host.partition(":")[0].lower().rstrip(".").removeprefix("www.").split(".")
    return len(labels) > 1 and labels[-1] in _DOMAINS


def _completes_known_host(host: str, word: str) -> bool:
    """Whether the beginning of a host, and a word behind it, make one where many share their pages."""
    rest = _HOST_BEHIND.match(word)
    if rest is None or not host[-1:].isalnum() or not word[0].isalnum() or _is_known_host(host):
        return False
    return _is_known_host(host + rest.group())


def _is_known_host(host: str) -> bool:
    plain = host.lower().removeprefix("www.")
    return plain in KNOWN_HOSTS or plain.endswith(_SHARED)


def _is_rest_of_host(host: str, gap: Gap, *, is_address: bool) -> bool:
    """Whether `com/ann` behind "github.", `lab.org` behind "kite-" or `.com/ann` behind "github"."""
    word = gap.word
    rest = _HOST_BEHIND.match(word)
    if rest is None or not host[:1].isalnum():
        return False
    if is_address and "." not in host and word.islower() and "/" in word and _is_whole_host(host + rest.group()):
        return True  # "https://ki te.org/a": without its rest it would be no address
    if not (host.endswith((".", "-")) or word[0] == "."):
        return False
    if is_address and word.islower() and gap.signs == "." and _SITE_BEHIND.match(gap.following):  # "a. github. io"
        return True
    if "/" not in word and (gap.is_ordinary or not word.islower()):
        return False
    if is_address and "/" in word:  # of whatever domain
        return True
    return _is_whole_host(host + rest.group()) or (word[0].islower() and rest.end() == len(word) and word[-1] == "-")


def _is_rest_of_path(host: str, path: str, gap: Gap) -> bool:
    """Whether a word that is no ordinary one goes on with a path."""
    missing = _missing(host, path)
    match path[-1:]:
        case "" | "/" if _NUMBER.fullmatch(gap.word):
            return False
        case "" | "/" if missing > 0:
            return _names_repository(gap, missing)
        case "" | "/":
            is_page = host.lower().endswith(".github.io") and gap.word.islower() and gap.is_last
            return is_page or _is_path(gap)
        case "_":
            return True
        case "-":
            return gap.is_noun or gap.is_before_name or not _CAPITALIZED.match(gap.word)
        case ".":
            return _goes_on_behind_stop(path, gap, missing)
        case "=" | "&" | "%":
            return True
        case "?":
            return "=" in gap.word
    return gap.is_line_end and missing > 0 and "/" in gap.word


def _missing(host: str, path: str) -> int:
    """How many parts of a path are missing until it leads somewhere."""
    parts = [part for part in path.split("/") if part]
    whole = _WHOLE_WITH.get(host.lower().removeprefix("www."), 0)
    missing = whole + (bool(parts) and parts[0] in _ONE_MORE) - len(parts) if whole else 0
    return max(missing, int(bool(parts) and _NEVER_LAST.fullmatch(parts[-1]) is not None))


def _names_repository(gap: Gap, missing: int) -> bool:
    """Whether a word is the owner, the repository or both, where these are missing."""
    if re.search(r"[/_]", gap.word) or re.match(r"\s/\s", gap.following):
        return True
    if not _NAME_SIGN.search(gap.word) and (missing > 1 or not gap.word.islower()):
        return gap.is_last  # "… ann/ Kites and ravens are birds"
    if re.fullmatch(r"[A-Z][a-z]*(?:-[A-Za-z][a-z]*)+", gap.word):  # "… ann/ Multi-Task Learning (MTL) is"
        return gap.is_last or (gap.is_noun and not gap.is_end)
    return gap.is_noun or (gap.is_before_name and not gap.word.islower())


def _is_path(gap: Gap) -> bool:
    """Whether a word looks like the path of a URL that may be whole already."""
    if _PATH_SIGN.search(gap.word) and not gap.word[0].isdigit():
        return True
    if gap.is_line_end and gap.word[0].islower():
        return "/" in gap.word or gap.is_last or bool(_NAME_SIGN.search(gap.word) and gap.is_noun)
    has_sign = _NAME_SIGN.search(gap.word.replace("/", ""))
    if "/" in gap.word:
        return gap.is_noun if has_sign else gap.is_end
    return bool(has_sign) and gap.is_last


def _goes_on_behind_stop(path: str, gap: Gap, missing: int) -> bool:
    """A full stop and a blank end a sentence, unless what follows begins none."""
    word = gap.word
    if _FILE.match(word):
        return True
    if _VERSION.search(path) and re.match(r"\d+(?:/|$)", word):
        return gap.is_end
    return word[0].islower() and "/" in word and (missing > 0 or bool(_PATH_SIGN.search(word)))
