"""What may belong to a number: the names and phrases of a text, each at its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter

from ..patterns import regex
from ..reading.name_shapes import is_generic, is_shaped
from ..reading.phrases import is_modifier
from ..reading.sentences import Span
from ..reading.titles import read_title
from ..reading.wordlists import words
from ..text.number_cues import classes_of
from .scene import Scene

__all__ = ["CLAIMED", "Mention", "find_mentions", "key_of"]

NAME, PART, NUMBERED, PHRASE, CUT = "name", "part", "numbered", "phrase", "cut"
DESCRIBED, HEADED, COMPARED, TITLE, CONDITION, KNOWN = "described", "headed", "compared", "title", "condition", "known"
"""Ways in which a mention is found."""
CLAIMED = "claimed"
"""In place of a role: names that somebody says the text holds, as what is not known."""

_WORD = r"(?:[A-Z][\w]*|[a-z]{1,8}[A-Z]\w*|\d{1,2}[A-Z][a-z]\w*)(?:[-/+'’.$](?=\w)\w+){0,8}(?:\+{1,2}(?!\w))?"
_NAME = regex(rf"(?<![\w./=-]){_WORD}(?: {_WORD}){{0,11}}")
_NUMBER_BEHIND = regex(r" (?:v?\d{1,4}(?:\.\d)?|V\d|\d\.\dM)(?![\w%]|[.,]\d|\s?(?:%|\\%|x\b|×|percent|points))")
_NO_NAME = words(
    """
    The This These Those That Our We It In On For From With By At As To And Or But If When While Using Through Across
    Existing Current Several Experiments Experiment Results Result Extensive Evaluations Evaluation New Both All Most
    Many Such Two Three Four Five Six Unlike Given However Finally Code Data Their Recent Recently Additionally Moreover
    Furthermore Specifically Unfortunately Here There Its An A I Empirical Empirically Evaluating First Second Third
    Despite Although Since Because Under Over Multiple Various Notably Compared Also Then Thus Hence Therefore Further
    Overall Experimental Previous Prior Remarkably Surprisingly Interestingly Importantly Not Only Even Based Trained
    Combined Combining Applying Applied After Before During Without Within Between Among Towards Toward Via Per Each
    Every Some Any Other Another Model Models Method Methods Source Available More Less Instead Together Besides
    Consequently Meanwhile Nevertheless Nonetheless Simply Simulation Simulations Numerical Codes Particularly
    Especially Similarly Conversely Subsequently Background Objective Objectives Conclusion Conclusions Purpose Aim Aims
    Introduction Findings Significance Abstract Setting Performance Analysis Tests Testing Training Learning They He She
    What Which How Why Who Where Can Could Does Do Is Are Was Were Be Has Have Had Will May Might Should Must So Yet
    Still Just Yes No
    """
)
_DATASET_HEAD = (
    r"(?:data ?sets?|benchmarks?|corpus|corpora|test ?beds?|test suites?|treebanks?|leaderboards?|collections?"
    r"|challenges?|competitions?|(?:test|validation)[ -]sets?|databases?|tasks?|environments?|suites?|splits?|tracks?"
    r"|scenes|images|videos|domains|games|languages|problems|questions|scenarios|instances|workloads|documents|queries"
    r"|patients|samples|cohorts?|populations?|texts|dialogues|conversations|settings|graphs|simulations?)"
)
_METHOD_HEAD = (
    r"(?:methods?|approach(?:es)?|models?|frameworks?|networks?|algorithms?|systems?|techniques?|agents?|architectures?"
    r"|pipelines?|strateg(?:y|ies)|classifiers?|detectors?|ensembles?|variants?|baselines?|polic(?:y|ies)|parsers?"
    r"|encoders?|decoders?|transformers?|learners?|LLMs?|VLMs?|MLLMs?|LMs?|CNNs?|RNNs?|LSTMs?|GNNs?|humans?|experts?"
    r"|solvers?|tools?|training|learning|tuning|search|pre-?training|attention|augmentation|distillation|prompting"
    r"|optimizers?|loss|regularization|schemes?|procedures?|designs?|state[- ]of[- ]the[- ]arts?|SOTA|prior art"
    r"|competitors?|counterparts?|works?|results?|annotators|performance|features|embeddings?|representations?)"
)
_ADJECTIVE = (
    r"(?:(?!(?:and|or|of|in|on|for|to|by|from|with|than|over|is|are|was|were|that|which|while|when|as|at|we|it|achieves?"
    r"|outperforms?|improves?|surpass(?:es)?|exceeds?)\b)[\w'’-]{1,40} )"
)
_DESCRIBED = regex(rf"(?<![\w-]){_ADJECTIVE}{{1,4}}{_DATASET_HEAD}(?![\w-])")
_HEADED = regex(rf"(?<![\w-]){_ADJECTIVE}{{1,5}}{_METHOD_HEAD}(?![\w-])")
_COMPARED = regex(
    r"\b(?:over|than|against|compared (?:to|with)|relative to|versus|vs\.?|outperform(?:s|ed|ing)?"
    r"|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|improv(?:es|ing|ed) (?:up)?on|that of|those of|behind"
    r"|below|above)"
    r" ((?:(?!by\b|on\b|in\b|with\b|while\b|and\b|across\b|for\b|at\b|to\b|that\b|using\b|when\b|up\b|which\b|under\b"
    r"|from\b|\d+(?:\.\d+)?(?![\w.]))[\w’'+/.-]{0,40}[\w’'+/-] ?){1,7})"
)
_CONDITION = regex(
    r"\b(?:(?:zero|few|one|two|three|five|ten|\d{1,3})[- ]shot|\d{1,2}[- ]bits?|(?:un|semi-|self-)?supervised"
    r"|(?:with(?:out)?|using|under|at|in|on|for|when|after|during) (?:(?!and\b|while\b|which\b|by\b|compared\b|than\b)"
    r"[\w'’+/%=-]{1,40}(?:\.\d\w*)*(?: |(?=[,;:()]|\.(?!\d)|$))){1,7})"
)
_DETERMINER = regex(r"(?:the|an?|our|all|both|its|their|this|these) ", re.IGNORECASE)
_PREPOSITION = regex(r"(?:with|using|under|at|in|on|for|when|after|during) (?:the |an? )?")
_PHRASE_WORD = regex(r"(?<!\w)[^\W\d_][\w@'’+/^-]*(?:\.\d[\w-]*)*(?: ?@ ?\d+)?")
_RATE_OF = regex(
    r"\b(?:(?!the |an? )[\w-]{1,40} )?(?:rate|share|proportion|probability|likelihood|frequency|number|fraction"
    r"|percentage|cost|amount|error|area|intersection)s? (?:of|over|under) (?:the )?[a-z-]+(?: [a-z-]+)?"
)
_VERB = regex(
    r"(?:(?:fall|drop|declin|decreas|increas|improv|ris|differ|go|attain|reach|achiev|obtain|yield|exceed|surpass"
    r"|outperform|degrad|deteriorat|shrink|grow|jump|climb|stay|remain|tak|mov|rang|equal|amount|appear|cut|lift|rais"
    r"|keep|bring|cost|run|need|show|solv|win|beat|spend|get|gain|sav|lower|reduc|boost|chang|clos|halv|doubl|vari"
    r"|plateau)(?:e?s|e?d)|grew|went|rose|fell|took|gave|got|won|came|stood|out|once|away|only|up|down|e|i|g|alone|mere"
    r"|as)"
)
_JOINING_IN_TITLES = (" for ", " with ", " via ", " by ", " using ", " through ", " in ", " of ", " on ", " from ")
_OURS = regex(
    r"(?:[Oo]ur|[Tt]his|[Tt]hese|[Tt]he (?:proposed|resulting|new|novel|present)|[Pp]roposed|novel|[Nn]ew) "
    r"(?!work\b|paper\b|study\b|problem\b)"
)
_LEFT_OVER = regex(r"(?: (?:on|in|of|for|with|to|by|from|over|at|the|an?|our|its|respectively))+$")
"""What a phrase that was cut off ends with."""
_LONGEST_PHRASE = 4
_MOST_HERE = 120
"""Mentions of a sentence; the fullest known has 71, and what has more would take its time for nothing."""
_ARTICLES = regex(r"^(?:the|an?|our)\s+")
_NO_WORD = regex(r"[^\w%.+@]+")
_HEAD_NOUN = regex(
    r"(?<=\w) (?:methods?|approach|models?|frameworks?|networks?|algorithms?|systems?|techniques?|architectures?"
    r"|pipelines?|datasets?|data sets?|benchmarks?|corpus|test sets?|leaderboard|challenge|scores?|metrics?|values?)$"
)


@dataclass(eq=False)
class Mention:
    """A text that may be something of a number.

    Attributes:
        start, end: its half-open interval in the scene's text.
        text: what stands there.
        key: what its spellings have in common.
        sentence: the number of its sentence.
        sources: the ways in which it was found.
        odds: by type, the log odds that it is such a thing, whatever the number.
    """

    start: int
    end: int
    text: str
    key: str
    sentence: int
    sources: set[str]
    odds: dict[str, float] = field(default_factory=dict)

    @cached_property
    def head(self) -> str:
        """Its last word, in lower case."""
        return self.text.lower().split()[-1]

    @cached_property
    def shape(self) -> str:
        """A letter for how it is written: small, everybody's acronym, capitals, shaped, capitalised or mixed."""
        text = self.text
        if text.islower():
            return "o"
        if is_generic(text):
            return "G"
        if text.isupper():
            return "U"
        if is_shaped(text):
            return "S"
        return "C" if all(word[:1].isupper() for word in text.split()) else "m"

    @cached_property
    def found_as(self) -> str:
        """The ways in which it was found, but for what was known before."""
        return "+".join(sorted(source for source in self.sources if not source.startswith("known")))

    @cached_property
    def is_ours(self) -> bool:
        """Whether it speaks of the paper's own without a name: "our model", "the proposed method", "ours"."""
        return _OURS.match(self.text) is not None or self.text in ("ours", "Ours")

    def anew(self) -> Mention:
        """The same without what was found out about it."""
        return Mention(self.start, self.end, self.text, self.key, self.sentence, set(self.sources))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with an interval."""
        return self.start < end and start < self.end


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """What the spellings of a name have in common: without case, articles, signs and the noun that says what it is."""
    return _HEAD_NOUN.sub("", _ARTICLES.sub("", _NO_WORD.sub(" ", name.lower()).strip(" .")))


def find_mentions(scene: Scene, rich: set[int], known: Mapping[str, Iterable[str]]) -> list[Mention]:
    """All mentions, in the order of the text.

    Args:
        scene: the text.
        rich: the sentences that hold outcomes; the noun phrases of others are looked at only where they end as
            metrics do.
        known: by role, names that the text is known to hold, or is said to.
    """
    found = _Found(scene, _by_themselves(scene, frozenset(rich)))
    for role, name in ((role, name) for role, names in known.items() for name in names):
        found.add_known(name, role)
    by_sentence = groupby(found.in_order(), attrgetter("sentence"))
    return [m for _, mentions in by_sentence for n, m in enumerate(mentions) if n < _MOST_HERE or CLAIMED in m.sources]


@lru_cache(maxsize=16)  # extractor and validator read the same paper
def _by_themselves(scene: Scene, rich: frozenset[int]) -> list[Mention]:
    """The mentions that are found without knowing a name."""
    found = _Found(scene)
    for match in _NAME.finditer(scene.text):
        found.add_name(*match.span())
    for pattern, text, source in ((_DESCRIBED, scene.lower, DESCRIBED), (_HEADED, scene.text, HEADED)):
        for match in pattern.finditer(text):
            found.add_from_determiner(*match.span(), source)
    for match in _RATE_OF.finditer(scene.text):
        found.add(*match.span(), PHRASE)
    for number, sentence in enumerate(scene.sentences):
        found.add_of_sentence(sentence, everything=number in rich)
    for start, end in _title_parts(scene.title):
        found.add(start, end, TITLE)
    return found.in_order()


class _Found:
    """The mentions found so far, each once."""

    def __init__(self, scene: Scene, found: Iterable[Mention] = ()) -> None:
        self._scene = scene
        self._text = scene.text
        self._found = {(m.start, m.end): m.anew() for m in found}

    def add(self, start: int, end: int, *sources: str) -> None:
        """Takes in what stands in an interval, unless a measured number stands in it or it is a lone sign."""
        numbers = self._scene.number_starts
        at = bisect_left(numbers, start)
        if at < len(numbers) and numbers[at] < end and not {KNOWN, CLAIMED, NUMBERED, CONDITION} & set(sources):
            return
        name = self._text[start:end]
        if name.isspace() or (len(name) < 2 and not name.isalpha()):
            return
        mention = self._found.get((start, end))
        if mention is None:
            mention = Mention(start, end, name, key_of(name), self._scene.sentence_of(start), set())
            self._found[start, end] = mention
        mention.sources.update(sources)

    def add_name(self, start: int, end: int) -> None:
        """Takes in a name, without words that only open the sentence, with a number behind it, and its shaped words."""
        text = self._text
        names = text[start:end].split(" ")
        while names and names[0].removesuffix("'s") in _NO_NAME:
            start += len(names.pop(0)) + 1
        if not names:
            return
        end -= 2 if text[end - 2 : end] in ("'s", "’s") else 0
        self.add(start, end, NAME)
        behind = _NUMBER_BEHIND.match(text, end)
        if behind:
            self.add(start, behind.end(), NAME, NUMBERED)
        if len(names) > 1:
            at = start
            for word in names:
                if is_shaped(word):
                    self.add(at, at + len(word), PART)
                at += len(word) + 1

    def add_from_determiner(self, start: int, end: int, source: str) -> None:
        """Takes in a phrase as it stands and without its article."""
        self.add(start, end, source)
        determiner = _DETERMINER.match(self._text, start, end)
        if determiner and " " in self._text[determiner.end() : end]:
            self.add(determiner.end(), end, source)

    def add_of_sentence(self, sentence: Span, *, everything: bool) -> None:
        """Takes in noun phrases; of everything also what stands behind words of comparison, and conditions."""
        text = self._text
        for phrase in _noun_phrases(text, sentence):
            self.add_phrase(phrase, everything=everything)
        if not everything:
            return
        for match in _COMPARED.finditer(text, *sentence):
            end = len(text[: match.end(1)].rstrip(" .,"))
            self.add_from_determiner(match.start(1), end, COMPARED)
        for match in _CONDITION.finditer(text, *sentence):
            end = match.start() + len(_LEFT_OVER.sub("", match.group().rstrip()))
            self.add(match.start(), end, CONDITION)
            behind = _PREPOSITION.match(text, match.start(), end)
            if behind:
                self.add(behind.end(), end, CONDITION)

    def add_phrase(self, phrase: list[Span], *, everything: bool) -> None:
        """Takes in a noun phrase and its ends."""
        end = phrase[-1][1]
        if not everything and "M" not in classes_of(self._text[phrase[-1][0] : end].lower()):
            return
        for size in range(1, min(len(phrase), _LONGEST_PHRASE) + 1):
            self.add(phrase[-size][0], end, PHRASE)
        if everything and len(phrase) > 1:
            self.add(phrase[-3:][0][0], phrase[-2][1], CUT)

    def add_known(self, name: str, role: str) -> None:
        """Takes in every place of a name, as whole words."""
        text, start = self._text, self._text.find(name) if name else -1
        while start >= 0:
            end = start + len(name)
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                self.add(start, end, *((CLAIMED,) if role == CLAIMED else (KNOWN, f"known {role}")))
            start = text.find(name, end)

    def in_order(self) -> list[Mention]:
        """All of them."""
        return [self._found[place] for place in sorted(self._found)]


def _title_parts(title: str) -> Iterator[Span]:
    """The title, what stands before and behind its colon, and each of these up to a preposition."""
    if not title:
        return
    stop = len(title.rstrip(" ."))
    parts = read_title(title)
    yield from (span for span in (parts.name, parts.means) if span)
    colon = title.find(": ")
    starts = [0] if colon < 0 else [0, colon + 2]
    yield 0, stop
    if colon > 0:
        yield 0, colon
        yield colon + 2, stop
    for word in _JOINING_IN_TITLES:
        at = title.find(word)
        yield from ((start, at) for start in starts if start < at)


def _noun_phrases(text: str, reach: Span) -> list[list[Span]]:
    """Runs of words that can belong to one phrase, each by the intervals of its words."""
    phrases: list[list[Span]] = [[]]
    for match in _PHRASE_WORD.finditer(text, *reach):
        word, current = match[0], phrases[-1]
        if current and text[current[-1][1] : match.start()] != " ":
            phrases.append([])
        if _can_belong(word):
            phrases[-1].append(match.span())
        else:
            phrases.append([match.span()] if word.endswith("ing") and len(word) > 6 else [])
    return [phrase for phrase in phrases if phrase]


@lru_cache(maxsize=4096)
def _can_belong(word: str) -> bool:
    if _VERB.fullmatch(word):
        return False
    if is_modifier(word) or (len(word) == 1 and not word.isascii()):
        return True
    return word[0].isupper() and ("@" in word or "^" in word)  # "R1@0.5", "R^2"
