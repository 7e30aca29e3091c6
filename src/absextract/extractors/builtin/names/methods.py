"""Methods: what the paper puts forward, by the verbs of putting forward and by its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....patterns import regex
from ....reading.name_shapes import NAME, PARENTHESISED, is_acronym_of, is_distinctive, is_foreign_model, is_shaped
from ....reading.passage import Passage
from ....reading.sentences import sentence_at
from ....reading.titles import read_title
from ....reading.wordlists import words
from .datasets import DATASET_HEAD

__all__ = ["find_methods"]

_PROPOSING = words("we i paper work study article report contribution thesis authors")
_PROPOSAL = regex(
    r"(?:[Ww]e|I|[Pp]aper|[Ww]ork|[Ss]tudy|[Aa]rticle|[Rr]eport|[Cc]ontribution|[Tt]hesis"
    r"|[Aa]uthors)\b(?:,? [\w-]+,?){0,4}?"
    r" (?:propos(?:e|es|ed)|introduc(?:e|es|ed)|present(?:s|ed)?|develop(?:s|ed)?|devis(?:e|es|ed)"
    r"|design(?:s|ed)?|describes?|formulate[sd]?"
    r"|create[sd]?|offers?|puts? forward|call|term|name|derive|build|built|contribute)\b"
)
_WINDOW = 260
_FAR = 180
_MOST = 3
_CALLED = regex(
    r"\b(?:called|named|dubbed|termed|coined|namely|a\.k\.a\.?|i\.e\.,|denoted(?: as| by)?|abbreviated as"
    r"|we call|which we (?:call|term|name|dub)"
    r"|referred to as|(?:which )?we refer to as|call it) (?:the )?[\"'`“‘]*(" + NAME + r")"
)
_HEADS = words(
    """
    framework method approach model algorithm architecture technique strategy paradigm theory mechanism pipeline system
    scheme procedure toolkit toolbox library recipe objective formalism methodology platform agent network module
    regularizer optimizer loss
    """
)
_HEAD = rf"(?:{'|'.join(sorted(_HEADS))})"
_NAMING = _HEADS | words("our proposed new novel")
_OURS_CALLED = regex(
    rf"(?:(?:[Oo]ur|proposed|new|novel) (?:[\w-]+ ){{0,4}}?{_HEAD},?(?: called| named| dubbed"
    rf"| termed|,)|{_HEAD},? (?:called|named|dubbed|termed))"
    rf" [\"'`“‘]*({NAME})(?=[\"'`”’]*(?:[,.;:()]|$| that| which| to| for| with))"
)
_OWN_BEFORE = regex(r"\b(?:[Ww]e|[Oo]ur|[Nn]ovel|[Nn]ew|[Tt]he proposed)\b[^.;]*$")
_START = regex(
    rf"^ (?:the |a |an |our )?(?:(?:novel|new|simple|first|so-called|general|unified|efficient"
    rf"|[a-z]+-[a-z-]+) ){{0,3}}[\"'`“‘]*({NAME})"
)
_APPOSITION = regex(
    rf"^[^.,:;()]{{0,120}}?\b{_HEAD}s?(?:,|:)? [\"'`“‘]*({NAME})(?=[\"'`”’]*(?:[,.;:()]|$| that| which| to"
    rf"| for| with| based| consisting| comprising))"
)
_INTRODUCED = regex(
    rf"^ [\"'`“‘]*({NAME})[\"'`”’]*(?: \([^()]{{1,60}}\))?(?:, (?:an?|the first|our)"
    rf"|: an?) (?:[\w-]+ ){{0,7}}?{_HEAD}\b"
)
_EXPLAINED = regex(
    rf"^ (?:the |a )?((?:[\w-]+ ){{0,3}}[\w-]+)(?:, (?:an?|the first)|: an?) (?:[\w-]+ ){{0,5}}?{_HEAD}\b"
)
_DESCRIPTION = regex(
    r"^ (?:an? |the |our )?(?:(?:novel|new|simple|general|unified|efficient|effective|first|powerful) )*"
    rf"((?:(?!(?:of|for|to|in|that|and|with|on|by|which|from|how|the|an?|as|is|are)\b)[\w'-]+ ){{1,4}}?{_HEAD})\b"
)
_SAYS_NOTHING = regex(
    r"(?:(?:flexible|holistic|theoretical|advanced|modified|formal|highly|automated|learning|modeling|training|two-\w+"
    r"|three-\w+|multi-\w+|unsupervised|self-supervised|conceptual|alternative|different|comprehensive|systematic|large"
    r"|deep|neural|artificial|yet|but|interesting|straightforward|lightweight|principled|practical|computational"
    r"|framework|model) )+\w+"
)
_NO_METHOD_TITLE = regex(
    rf"\b(?:[Ss]urvey|[Rr]eview|[Oo]verview|[Tt]utorial|[Pp]osition|{DATASET_HEAD}|[Bb]enchmarking"
    rf"|[Ee]valuating|[Cc]hallenges|[Cc]ase [Ss]tudy|[Pp]erspectives?)\b"
)
_DATASET_FIRST = regex(rf"^(?:,? (?!that|which|to|for|on|using|with)[\w'\"`()-]+){{0,9}}?,? {DATASET_HEAD}\b")
_PLAIN_WORD = regex(
    r"(?:The|A|An|Our|This|These|In|We|It|To|For|On|Section|Theorem|Bayesian|Markov|Gaussian|English|Large"
    r"|Deep|Neural)\b"
)


def find_methods(title: Passage, abstract: Passage) -> list[str]:
    """Names of what the paper puts forward, else the shortest description of it; most certain first."""
    windows = list(_windows(abstract))
    names: dict[str, str] = {}
    for name in _names(title, abstract, windows):
        names.setdefault(name.lower(), name)
    if names:
        return list(names.values())[:_MOST]
    means = read_title(title.text).means
    if means and not is_foreign_model(title.text[slice(*means)]) and not _NO_METHOD_TITLE.search(title.text):
        return [title.text[slice(*means)]]
    return list(_descriptions(windows))[:1]


def _names(title: Passage, abstract: Passage, windows: list[str]) -> Iterator[str]:
    yield from _title_name(title, abstract)
    for window in windows:
        yield from _names_in_window(window)
    for match in _matches(_OURS_CALLED, abstract, _NAMING):
        if _is_method_name(match[1]):
            yield _acronym_behind(abstract.text, match) or match[1]
    yield from _defined_acronyms(abstract)


def _defined_acronyms(abstract: Passage) -> Iterator[str]:
    """The "R3" of "our Rollout Routing Replay (R3)"."""
    text = abstract.text
    for match in PARENTHESISED.finditer(text):
        before = text[max(0, match.start() - 80) : match.start()]
        own = _OWN_BEFORE.search(before)
        if own and is_acronym_of(match[1], before) and not is_foreign_model(match[1]) and text.count(match[1]) > 1:
            yield match[1]


def _title_name(title: Passage, abstract: Passage) -> Iterator[str]:
    span = read_title(title.text).name
    if span is None or _NO_METHOD_TITLE.search(title.text) or is_foreign_model(title.text[slice(*span)]):
        return
    name = title.text[slice(*span)]
    single = " " not in name
    if (single and is_distinctive(name)) or (len(name.split()) < 5 and abstract.text.count(name) > 0):
        yield name


def _windows(abstract: Passage) -> Iterator[str]:
    """What follows each verb of putting forward, to the end of its sentence; not where a dataset follows."""
    text = abstract.text
    for match in _matches(_PROPOSAL, abstract, _PROPOSING):
        end = sentence_at(abstract.sentences, match.end() - 1)[1]
        if end > match.end() + _WINDOW:
            end = text.rfind(" ", match.end(), match.end() + _WINDOW)
        window = text[match.end() : end]
        if not _DATASET_FIRST.match(window):
            yield window


def _matches(pattern: re.Pattern[str], abstract: Passage, openings: frozenset[str]) -> Iterator[re.Match[str]]:
    """The matches that do not overlap of a pattern that begins with one of some words, in lower case."""
    end = 0
    for start, word in zip(abstract.tokens.starts, abstract.tokens.words, strict=True):
        if word in openings and start >= end:
            match = pattern.match(abstract.text, start)
            if match:
                end = match.end()
                yield match


def _names_in_window(window: str) -> Iterator[str]:
    introduced = _INTRODUCED.match(window)
    if introduced and not is_foreign_model(introduced[1]) and not _PLAIN_WORD.match(introduced[1]):
        yield _acronym_behind(window, introduced) or introduced[1]
        return
    for match in (_CALLED.search(window), _START.match(window), _APPOSITION.match(window)):
        if match and is_shaped(match[1]) and _is_method_name(match[1]):
            yield _acronym_behind(window, match) or match[1]
            return
    for match in PARENTHESISED.finditer(window[:_FAR]):
        if is_acronym_of(match[1], window[: match.start()]) and not is_foreign_model(match[1]):
            yield match[1]
            return
    unshaped = _CALLED.search(window) or _START.match(window)
    if unshaped and _is_method_name(unshaped[1]):
        yield unshaped[1]


def _acronym_behind(window: str, match: re.Match[str]) -> str | None:
    """The "CD" of "Curriculum Designer (CD)"."""
    behind = PARENTHESISED.match(window, match.end(1) + 1)
    return behind[1] if behind and is_acronym_of(behind[1], match[1]) else None


def _is_method_name(name: str) -> bool:
    return is_distinctive(name) and not is_foreign_model(name) and not _PLAIN_WORD.match(name)


def _descriptions(windows: list[str]) -> Iterator[str]:
    """The noun phrases behind the verbs of putting forward, the head of each a word such as "framework"."""
    for window in windows:
        match = _EXPLAINED.match(window) or _DESCRIPTION.match(window)
        if match and not _SAYS_NOTHING.fullmatch(match[1]):
            yield match[1]
