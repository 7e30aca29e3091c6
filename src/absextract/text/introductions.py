"""Where an abstract stops to speak of its field and begins to speak of its own work."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from ..patterns import regex
from .number_cues import sentence_spans

__all__ = ["end_of_introduction"]

_FIRST_PERSON = (
    r"(?:[Ww]e|[Oo]urs?|us|[Tt]h(?:is|e present|e current) (?:paper|work|study|article|survey|report|review"
    r"|thesis|letter|note|research|dissertation|manuscript|tutorial|dataset|method|approach|framework"
    r"|benchmark|contribution|project|chapter|essay)|[Hh]ere(?:in)?)"
)
# How reports without "we" speak of themselves: "A model was trained", "Methods:", "The aim was to", "Using kites, …"
_UNNAMED_AUTHORS = (
    r"(?:is|are) (?:hereby |first |then )?(?:proposed|presented|introduced|described|investigated|developed"
    r"|studied|reported here)"
    r"|(?:was|were) (?:\w+ly |then |first |also )?(?!(?:reported|claimed|said|thought|believed|known|considered"
    r"|estimated|expected"
    r"|supposed|assumed|advertised|rumou?red|introduced|invented|killed|lost)\b)[a-z]+(?:ed|en|ne"
    r"|wn)\b(?! by (?:19|20)\d\d)"
    r"|[Tt]he (?:proposed|presented|resulting|suggested|new|novel)|[Ee]xperimental results|(?:Results"
    r"|Experiments) (?:on|for|in|with)"
    r"|(?:[Rr]esults|[Ff]indings|[Ee]xperiments) (?:show|demonstrate|suggest|indicate|reveal|confirm)"
    r"|A (?:new|novel)|(?:The )?(?:[Aa]im|[Pp]urpose|[Oo]bjectives?|[Gg]oal)s?(?: of| is| was|:)|To (?:this"
    r"|that) end|To address (?:this|these)"
)
_OPENING_WORK = (
    r"(?:Methods?|MATERIALS?|METHODS?|RESULTS?|OBJECTIVES?|AIMS?|Design|Approach|Introducing|Meet|Using|Through"
    r"|Based on|By \w+ing)\b"
    r"|The (?:models?|methods?|algorithm|system|framework|network|approach|dataset|corpus|benchmark|tool"
    r"|primary|mean|median)\b"
)
_OWN_WORK = regex(rf"\b(?:{_FIRST_PERSON}|{_UNNAMED_AUTHORS})\b")
# A result that opens the abstract: "Lift was 12%", "61% vs. 43%", "Training on gusts raises lift"
_FOUND = regex(
    r"\b(?:was|were) (?:only |about |just )?[~$]?\d|\d\\?%?\)? (?:vs\.?|versus) |±|\\pm\b|\b[pP]\s?[<=]\s?0?\.\d"
    r"|^[A-Z][a-z]+ing [^.;]{0,80}?\b(?:raises|lowers|reduces|improves|increases|decreases|cuts|boosts|brings"
    r"|lifts|halves|doubles)\b"
)
_YEAR = regex(r"\b(?:19|20)\d\d\b")
_OPENED = regex(_OPENING_WORK)
# "We address winding, which takes 40% of a flyer's day": the topic, and nothing is done yet
_TOPIC = regex(
    r"(?:(?:In|Throughout) this (?:paper|work|study), )?(?:[Ww]e|This (?:paper|work|study)) (?:address(?:es)?"
    r"|tackles?|considers?"
    r"|focus(?:es)? on|targets?|stud(?:y|ies) the (?:problem|task|setting|challenge) of) (?!this\b|these\b|it\b"
    r"|that\b|how\b|whether\b)"
)
_DOING = regex(
    r"\b(?:by|with|using|through|via|propos\w+|present\w*|introduc\w+|develop\w*|design\w*|show\w*|find|prove"
    r"|deriv\w+|evaluat\w+"
    r"|experiment\w*|our|us|and we)\b"
)
# "KitePilot is a winder", and a name that acts again later on: what the paper made, or cannot be told from it
_NAME = regex(r"[A-Z](?=\S{0,30}[A-Z\d])[\w+.-]{0,30}(?<![A-Z]s)(?=[\s,])")
_DEFINED = regex(r"(?:\s\([^()]{1,60}\))?(?:,|\s(?:is|are))\s(?:an?|our|the first)\s")
_ACTS = r"(?:\s\([^()]{1,60}\))?\s(?:also\s)?[a-z]+(?:s|ed)\b"
_TOLD_ON = regex(r"[.!?]\s+Its?\s")
_LATEST = 2 / 3
"""How much of a text may be introduction; where its authors are silent for longer, it is their report."""
_MOST_SENTENCES = 12
_SEEN_BEHIND, _NEXT = 3000, 400


@lru_cache(maxsize=16)  # asked for each number of a text
def end_of_introduction(text: str) -> int:
    """Where the first sentence of an abstract that speaks of the paper's own work begins; 0 where none can be told.

    A sentence that names the topic alone does not count, unless no other follows.
    """
    topic = 0
    for start, end in islice(sentence_spans(text), _MOST_SENTENCES):
        if start > _LATEST * len(text):
            break
        if _is_topic(text, start, end):
            topic = topic or start
        elif _is_of_own_work(text, start, end):
            return start
    return topic


def _is_topic(text: str, start: int, end: int) -> bool:
    named = _TOPIC.match(text, start)
    return named is not None and _DOING.search(text, named.end(), end) is None


def _is_of_own_work(text: str, start: int, end: int) -> bool:
    if _OPENED.match(text, start) or _OWN_WORK.search(text, start, end) or _is_of_own_name(text, start):
        return True
    sentence = text[start:end]
    return _FOUND.search(sentence) is not None and not _YEAR.search(sentence)


def _is_of_own_name(text: str, start: int) -> bool:
    name = _NAME.match(text, start)
    if name is None:
        return False
    if _DEFINED.match(text, name.end()):
        return True
    acting = re.compile(rf"\b{re.escape(name[0])}{_ACTS}")
    return acting.match(text, start) is not None and (
        acting.search(text, name.end(), name.end() + _SEEN_BEHIND) is not None
        or _TOLD_ON.search(text, name.end(), name.end() + _NEXT) is not None
    )
