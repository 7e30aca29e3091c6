"""Which of the names that may belong to a score make sense beside it, and beside the scores of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ....attribution.engine import Attribution, Likely
from ....attribution.finding import Mention
from ....attribution.rivals import is_compared
from ....attribution.scene import Scene
from ....attribution.stage import NOT_AT_ALL, ROLES, Role
from ....patterns import regex
from ....reading.wordlists import words
from ....text.metric_units import fits
from ....text.number_cues import classes_of
from ....text.pairing import pairing_at
from ....text.reading_order import Reading, in_lists, in_turns, once_more
from .list_order import list_of, runs_of
from .scores import Score

__all__ = ["choose_parts"]

_LEAST_TOLD = 0.35
"""What is less likely is no guess at all."""
_LIKELY = 0.5
"""What is as likely may be meant beside what is chosen."""
_OF_WHAT = regex(r"\$?\s(?:of\s)?(?:(?:the|all|our|these)\s)?")
"""What stands between a share and what is counted: "43% of the questions"."""
_NO_METRIC = regex(
    r"\b(?:methods?|models?|approach(?:es)?|baselines?|algorithms?|frameworks?|networks?)(?:\s[A-Z]\S*)?$"
    r"|^(?:\w+ )?performance (?:gains?|improvements?|metrics?)$|^(?:metrics?|improvements?|gains?)$"
    r"|^(?:max|min|mean|median|geomean|average|[A-EGHIK-QS-Z])$"
    r"|^(?:tok(?:en)?s?|frames?|images?|samples?|iterations?|steps?)/s(?:ec)?$"
)
_NO_METHOD = frozenset(("ours", "model", "models", "agent", "network", "system", "gate"))
_IN_BRACKET = regex(r"[\w@:=.%\\,;~$\s-]*")
_COMPARING = words("vs versus by over than from to with compared against up about")
"""What does not stand between a bracket and a number in it that are both of what stands before the bracket."""
_LONGEST_BRACKET = 90
_LABEL = regex(r"\(([^\W\d][^():;,]{0,40}):\s$")
"""As in "the strongest rival (Heron: 76.6%)"."""
_LONGEST_LABEL = 45
_SPLIT = regex(
    r"(?:(?:the|our|a|an|its|their|this)\s)?(?:(?:public|private|held-out|hidden|official|full|whole|same|independent)\s)*"
    r"(?:test(?:ing)?|dev|development|val|validation|train(?:ing)?|eval|evaluation)[\s-]?(?:sub)?(?:sets?|splits?|data)",
    re.IGNORECASE,
)
"""A part of a dataset that is not named: it tells nothing."""
_LISTED: tuple[Role, ...] = ("metric", "dataset")
_IN_ORDER: tuple[Role, ...] = ("metric", "dataset", "baseline", "setting")
"""Roles whose lists are read in order."""


def choose_parts(
    scene: Scene, scores: Sequence[Score], attributions: Sequence[Attribution]
) -> list[Mapping[Role, Likely]]:
    """For each score the names that are given, by role.

    Of the names of a role the likeliest is taken that makes sense: a metric that can have such a number, a method other
    than the paper's own for a number that its own is compared with, a baseline or setting that the text does not
    plainly give to another number. One name has one role, that which it is likelier.

    Args:
        scene: title and abstract.
        scores: the outcomes of the abstract, in order.
        attributions: what may belong to each.
    """
    choices = [_Choice(scene, *each) for each in zip(scores, attributions, strict=True)]
    for _, group in groupby(choices, key=lambda choice: choice.sentence):
        of_sentence = list(group)
        _go_through_lists(scene.text, of_sentence)
        _keep_order(of_sentence)
    return [choice.parts for choice in choices]


class _Choice:
    """The parts of one score.

    Attributes:
        start, end: where the score stands in the scene.
        sentence: the number of its sentence.
        parts: by role, the name that is chosen.
    """

    def __init__(self, scene: Scene, score: Score, attribution: Attribution) -> None:
        self._scene, self._score = scene, score
        self.start = score.start + scene.offset
        self.end = self.start + score.end - score.start
        self.sentence = scene.sentence_of(self.start)
        self._attribution = attribution
        self._pairing = pairing_at(scene.abstract, score.start, score.end)
        self._is_compared = is_compared(scene, attribution.outcome)
        self._ranked = {
            role: self._in_its_place(role, [each for each in attribution.ranked[role] if self._makes_sense(role, each)])
            for role in ROLES
        }
        self.parts: Mapping[Role, Likely] = {}
        self._choose()

    def _in_its_place(self, role: Role, ranked: list[Likely]) -> list[Likely]:
        """Those that label the score, or have its place in a list that is read in order; all, where none does."""
        label = _LABEL.search(self._scene.text, max(0, self.start - _LONGEST_LABEL), self.start)
        labels = [each for each in ranked if label and each.mention.text == label[1]]
        if labels:
            return labels
        if role == "method" and (before := self._before_bracket(ranked)):
            return before
        places, offset = self._pairing.partners(), self._scene.offset
        there = [
            each
            for each in ranked
            if any(start + offset <= each.mention.start and each.mention.end <= end + offset for start, end in places)
        ]
        return there or ranked

    def _before_bracket(self, ranked: Sequence[Likely]) -> list[Likely]:
        """The method right before the bracket that a level stands in: "Tern (MR: 391, MRR: 0.41)"."""
        text = self._scene.text
        opened = text.rfind("(", max(0, self.start - _LONGEST_BRACKET), self.start)
        if opened < 0 or self._score.kind != "value" or not _IN_BRACKET.fullmatch(text, opened + 1, self.start):
            return []
        if not _COMPARING.isdisjoint(text[opened + 1 : self.start].lower().replace(".", " ").split()):
            return []
        end = len(text[:opened].rstrip(" "))
        return [each for each in ranked if each.mention.end == end and _is_method(each.mention)]

    def likely(self, role: Role) -> list[Mention]:
        """The names that may be a role."""
        return [each.mention for each in self._ranked[role] if each.probability >= _LIKELY]

    def beside(self, role: Role) -> list[Mention]:
        """The names of its sentence that may be a role, however unlikely."""
        return [each.mention for each in self._attribution.ranked[role] if each.mention.sentence == self.sentence]

    def take(self, role: Role, name: Mention, probability: float) -> None:
        """Chooses anew, with a name for a role."""
        ranked = (each for each in self._attribution.ranked[role] if each.mention.start == name.start)
        found = next(ranked, None)
        if found is not None:
            self._ranked[role] = [replace(found, probability=probability)]
            self._choose()

    def pass_over(self, role: Role) -> None:
        """Chooses anew, without what is chosen for a role."""
        self._ranked[role].remove(self.parts[role])
        self._choose()

    def _choose(self) -> None:
        chosen: dict[Role, Likely] = {}
        told = [role for role in ROLES if self._ranked[role]]
        for role in sorted(told, key=lambda role: -self._ranked[role][0].probability):
            taken = {_name(likely) for likely in chosen.values()}
            first = next((likely for likely in self._ranked[role] if _name(likely) not in taken), None)
            if first is not None:
                chosen[role] = first
        self.parts = chosen

    def _makes_sense(self, role: Role, likely: Likely) -> bool:
        if likely.probability < _LEAST_TOLD:
            return False
        score, mention = self._score, likely.mention
        if role == "metric":
            fitting = fits(mention.text, score.kind, score.quantity, self._scene.abstract)
            return fitting and not self._counts(mention) and _NO_METRIC.search(mention.text) is None
        if role == "dataset":
            return _SPLIT.fullmatch(mention.text) is None
        if role == "method":
            return mention.text.lower() not in _NO_METHOD and not (self._is_compared and _is_own(mention))
        if mention.start < self._scene.offset:
            return True
        place = mention.start - self._scene.offset, mention.end - self._scene.offset
        return not self._pairing.excludes(place, rival=role == "baseline")

    def _counts(self, mention: Mention) -> bool:
        """Whether a level is the share of some things, as in "43% of questions", and a mention are these things."""
        word, text = mention.text, self._scene.text
        things = word.islower() and word.isalpha() and word.endswith("s") and "M" not in classes_of(word)
        end = self.start + self._score.end - self._score.start
        share = self._score.kind == "value" and self._score.quantity.unit == "%"
        return things and share and mention.start > end and _OF_WHAT.fullmatch(text, end, mention.start) is not None


def _is_own(mention: Mention) -> bool:
    """Whether a name is what the paper puts forward, as likely as not."""
    return mention.is_ours or mention.odds.get("own", NOT_AT_ALL) > 0


def _is_method(mention: Mention) -> bool:
    """Whether a name is a method rather than a dataset or a metric."""
    odds = mention.odds
    return odds.get("method", NOT_AT_ALL) > max(odds.get("dataset", NOT_AT_ALL), odds.get("metric", NOT_AT_ALL))


def _name(likely: Likely) -> str:
    return likely.mention.text.casefold()


def _go_through_lists(text: str, choices: Sequence[_Choice]) -> None:
    """Gives the scores of a list the names of a list of as many, in order, where one of these is chosen at all."""
    for run in runs_of(text, [(choice.start, choice.end) for choice in choices]):
        listed = [choices[i] for i in run]
        for role in _LISTED:
            chosen = [choice.parts[role] for choice in listed if role in choice.parts]
            beside = [mention for choice in listed for mention in choice.beside(role)]
            names = list_of(text, beside, len(listed), [each.mention for each in chosen])
            sure = max((each.probability for each in chosen if each.mention in names), default=0.0)
            for choice, name in zip(listed, names, strict=False):
                choice.take(role, name, sure)


def _keep_order(choices: Sequence[_Choice]) -> None:
    """Passes over names that a sentence gives to other numbers, as it goes through names and numbers in order."""
    for role in _IN_ORDER:
        while astray := list(_astray(choices, role)):
            for choice in astray:
                choice.pass_over(role)


def _astray(choices: Sequence[_Choice], role: Role) -> Iterator[_Choice]:
    """The scores of a sentence whose name has another place in its order."""
    named: list[tuple[_Choice, Mention]] = [(each, each.parts[role].mention) for each in choices if role in each.parts]
    starts, sentence = [choice.start for choice, _ in named], choices[0].sentence
    given = _places((mention for _, mention in named), sentence)
    pairs = _read(given, starts, in_lists) or _read(given, starts, in_turns)
    if not pairs and role == "dataset":  # one that is chosen twice may have a neighbour
        likely = (mention for choice, _ in named for mention in choice.likely(role))
        pairs = in_lists(_places(likely, sentence), starts)
    return (choice for choice, mention in named if pairs.get(choice.start, mention.key) != mention.key)


def _places(mentions: Iterable[Mention], sentence: int) -> list[tuple[int, str]]:
    return sorted({(mention.start, mention.key) for mention in mentions if mention.sentence == sentence})


def _read(names: Sequence[tuple[int, str]], numbers: Sequence[int], read: Reading) -> dict[int, str]:
    return read(names, numbers) or once_more(names, numbers, read)
