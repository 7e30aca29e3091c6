"""What a text says about a name in it: that it is a dataset's, what it abbreviates, that the paper brings it in."""

from __future__ import annotations

import re
from functools import lru_cache

from ..patterns import regex
from .folding import fold, folded_text

__all__ = ["PaperText"]

_NOUN = (
    r"(?:data\s?sets?|benchmarks?|corpus|corpora|test\s?sets?|suites?|leader\s?boards?|environments?|domains?|tasks?"
    r"|games?|competitions?|collections?|testbeds?|evaluat\w+|experiments?\son|trained\son|tested\son|results?\son"
    r"|performance\son)"
)
_BEFORE, _AFTER = 140, 60
_BRINGS_IN = (
    r"(?:introduc|propos|present|releas|construct|build(?!ing)|built|creat|develop|contribut|curat|collect|publish|compil"
    r"|design|establish|annotat)\w*"
)
_NEAR = 80
_LONGEST_FORM = 80


class PaperText:
    """Title and abstract of a paper, to be asked about names.

    Args:
        title: the title.
        abstract: the abstract.
    """

    def __init__(self, title: str, abstract: str) -> None:
        self.title = title
        self.text: str = f"{title}\n{abstract}"
        self._folded: str | None = None

    def holds(self, name: str) -> bool:
        """Whether the text holds a name however it is written; names of a few letters are not looked for."""
        if self._folded is None:
            self._folded = folded_text(self.text)
        key = fold(name)
        return len(key) >= 8 and key in self._folded

    def has_cue(self, name: str) -> bool:
        """Whether the words around a name say that it is a dataset, a benchmark or the like."""
        for place in _found(name).finditer(self.text):
            around = self.text[max(0, place.start() - _BEFORE) : place.end() + _AFTER]
            if _cue(name).search(around):
                return True
        return False

    def long_form(self, name: str) -> str:
        """What a name abbreviates by the text's own words: "Long Form (NAME)", "NAME (Long Form)"; empty if nothing."""
        if len(name) > 12 or " " in name:
            return ""
        for place in _defined(name).finditer(self.text):
            if place["inside"]:
                if _abbreviates(name, place["inside"]):
                    return place["inside"].strip()
            elif form := _form_before(name, self.text[max(0, place.start() - _LONGEST_FORM) : place.start()]):
                return form
        return ""

    def brings_in(self, name: str) -> bool:
        """Whether the paper says that the name is its own: "we introduce NAME", or the title begins with it."""
        if re.match(rf"{re.escape(name)}\s*[:\u2014\u2013-]\s", self.title):
            return True
        return any(
            _INTRODUCES.search(self.text[max(0, place.start() - _NEAR) : place.start()])
            for place in _found(name).finditer(self.text)
        )


_PART_OF = r"(?:lists?|versions?|subsets?|splits?|variants?|annotations?|labels?) of"
_ELSEWHERE = rf"{_PART_OF}|on|using|with|from|for|over|against|in|beyond|evidence|results|findings|improvements|gains"
_INTRODUCES = regex(rf"\b{_BRINGS_IN}\b(?![^.;]*\b(?:{_ELSEWHERE})\s)[^.;]*$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _found(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w+])")


@lru_cache(maxsize=4096)
def _cue(name: str) -> re.Pattern[str]:
    escaped = re.escape(name)
    return re.compile(rf"\b{_NOUN}\b[^.;!?]*{escaped}|{escaped}[^.;!?]*\b{_NOUN}\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _defined(name: str) -> re.Pattern[str]:
    escaped = re.escape(name)
    return re.compile(rf"(?<!\w){escaped}\s*\((?P<inside>[^()]{{4,{_LONGEST_FORM}}})\)|\(\s*{escaped}\s*\)")


def _form_before(name: str, before: str) -> str:
    """The fewest words before a bracket whose initials, or letters, are the name."""
    words = re.findall(r"[\w'/+.-]+", re.split(r"[.;:]\s|\n", before)[-1])
    for start in range(len(words) - 1, -1, -1):
        form = " ".join(words[start:])
        if _abbreviates(name, form):
            return form
    return ""


def _abbreviates(name: str, form: str) -> bool:
    """Whether the letters of a name are the first letters of the words of a form, parts of words included.

    The first letters must be the same, and each letter of the name must stand in the form, in order, most of them at
    the start of a word.
    """
    letters = [sign for sign in name.casefold() if sign.isalpha()]
    text = form.casefold()
    if len(letters) < 2 or len(text.split()) < 2 or not text.lstrip().startswith(letters[0]):
        return False
    at, starts = -1, 0
    for letter in letters:
        boundary = re.compile(rf"(?<![^\W_]){re.escape(letter)}").search(text, at + 1)
        place = boundary.start() if boundary else text.find(letter, at + 1)
        if place < 0:
            return False
        starts += boundary is not None
        at = place
    return starts * 2 >= len(letters)
