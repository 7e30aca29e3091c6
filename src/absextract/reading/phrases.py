"""Noun phrases without a grammar: the words that can belong to one."""

from __future__ import annotations

from ..patterns import regex
from .wordlists import words

__all__ = ["OUTSIDE", "is_modifier"]

_WORD = regex(r"[A-Za-z0-9][\w'’+/-]*")
OUTSIDE = words(
    """
    a an the this that these those our their its his her your my it they we you i he she and or nor but of for in on
    at by to from with within without into onto over under between among across through during via using per as than
    then so if when while where which who whom whose what how why because since until unless although though both
    either neither each every all any some many most more less few several various different diverse multiple
    numerous other others another such same own one two three four five six seven eight nine ten first second third
    is are was were be been being am has have had having do does did done can could may might must shall should will
    would not no only also even just still yet often usually typically always never further furthermore moreover
    however thus hence therefore here there now about around above below after before against along toward towards
    like unlike beyond despite improve improves improved improving enhance enhances enhanced enhancing boost boosts
    boosting achieve achieves achieved achieving enable enables enabled enabling allow allows allowing make makes
    made making use uses used study studies studied studying address addresses addressed addressing tackle tackles
    tackling solve solves solving perform performs performed performing support supports supporting provide provides
    provided providing propose proposes proposed introduce introduces introduced present presents presented show
    shows shown showing demonstrate demonstrates demonstrated demonstrating explore explores explored exploring
    investigate investigates investigated investigating examine examines examining analyze analyzes analyzed
    analyzing evaluate evaluates evaluated evaluating require requires required requiring include includes included
    including involve involves involving facilitate facilitates facilitating understand understands advance advances
    advancing advanced increase increases increased increasing reduce reduces reduced reducing mitigate mitigates
    mitigating outperform outperforms outperforming surpass surpasses help helps helping leverage leverages
    leveraging combine combines combining apply applies applied applying develop develops developed developing train
    trains handle handles handling consider considers considering describe describes discuss discusses remain
    remains become becomes becoming given based called named known novel new recent existing previous prior current
    traditional conventional standard effective efficient robust better best strong stronger superior good great
    high higher low lower large larger small smaller significant significantly substantially effectively efficiently
    specifically especially particularly respectively simple simpler complex challenging difficult hard real useful
    important key main major critical crucial successful promising popular common general specific particular
    underlying overall entire whole certain potential state-of-the-art well-known widely seen unseen correct final
    initial original resulting subsequent such-as namely e.g i.e prevent prevents avoid avoids alleviate alleviates
    overcome overcomes elicit elicits exhibit exhibits promote promotes encourage encourages accelerate accelerates
    guide guides influence learn learns generate generates sophisticated re-examine underlie underpin drive drives
    affect affects limit limits measure measures assess assesses quantify compare compares extend extends
    incorporate incorporates integrate integrates capture captures model's
    """
)
"""Words that end a noun phrase on its left."""
_NOUNS_IN_ING = words(
    """
    learning reasoning training tuning planning processing programming modeling modelling understanding engineering
    answering computing imaging driving prompting finetuning pretraining embedding spelling writing editing meaning
    sequencing lifelong
    """
)
_NOUNS_IN_LY = words("family anomaly assembly early")


def is_modifier(word: str) -> bool:
    """Whether a word can stand inside a noun phrase before its head."""
    lower = word.lower()
    if lower in OUTSIDE or lower.isdigit() or _WORD.fullmatch(word) is None:
        return False
    if lower.endswith("ing") and "-" not in lower:
        return lower in _NOUNS_IN_ING
    return not lower.endswith("ly") or lower in _NOUNS_IN_LY
