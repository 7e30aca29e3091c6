"""What is left of a name when the ways to write it are taken away: case, hyphens, blanks, TeX, accents.

Two names that fold alike are one spelling of one thing. `+` and `*` are letters (`HumanEval+`), digits keep their
borders (`MNIST 1 2` is not `MNIST 12`), and nothing is compared by likeness.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..patterns import regex

__all__ = ["fold", "folded_text", "slug", "split_in", "without_qualifiers", "without_task", "year_forms"]

_GREEK = {"τ": "tau", "α": "alpha", "β": "beta", "κ": "kappa", "ρ": "rho", "∞": "infty", "π": "pi", "μ": "mu"}
_GREEK_SIGN = regex("[" + "".join(_GREEK) + "]")
_TEX_COMMAND = regex(r"\\(?:text\w*|math\w+|emph|rm|bf|it|sc|tt)\b|\\[,;! ]")
_TEX_SIGNS = regex(r"[\\${}]")
_UPPER = regex(r"(?<!pass)\^")
_BETWEEN_DIGITS = regex(r"(?<=\d)[^\w+*@^.]+(?=\d)")
_DROPPED = regex(r"[^\w+*@^.]|_")
_LONE_POINT = regex(r"(?<!\d)\.|\.(?!\d)")
_SLUG = regex(r"[^\w+*@^.]+|_")

_BEFORE = regex(
    r"^(?:(?:the|an?|our|its|their|public|official|original|standard|popular|challenging|well-known|widely[- ]used"
    r"|real-world|large-scale|full)\s+)+",
    re.IGNORECASE,
)
_NOUN = (
    r"(?:(?:pre-?training|training|fine-?tuning|instruction|evaluation)\s)?"
    r"(?:data\s?sets?|benchmarks?|corpus|corpora|test\s?suites?|suites?|leader\s?boards?|collections?|shared\stasks?"
    r"|environments?|domains?|tasks?|games?|problems?|challenges?|competitions?|evaluations?|test\s?beds?|simulators?"
    r"|gym|data)"
)
_SPLITS = (
    r"test-?(?:dev|std|challenge|reserve)|train(?:ing)?|dev(?:elopment)?|(?:mini|train)?val(?:idation)?|held-?out|public"
    r"|private"
)
_MINI = r"test-?mini|minitest"
_SET = r"(?:[\s-](?:set|split|data|partition|subset|portion)s?)?"
_SPLIT = rf"(?:(?:{_SPLITS}|test|eval(?:uation)?){_SET}|{_MINI})"
_BEHIND = regex(rf"[\s_-]+(?:{_NOUN}|{_SPLIT})$|\s+\((?:{_NOUN}|{_SPLIT})\)$", re.IGNORECASE)
_PART = regex(rf"[\s_(-](?P<part>{_SPLITS}|{_MINI}){_SET}\)?$", re.IGNORECASE)
_TASK = regex(
    r"\s+(?:(?:image|object|action|video|text|speech|semantic|instance|panoptic|sentiment|language|machine|pose|node|graph)\s)?"
    r"(?:classification|detection|segmentation|recognition|captioning|translation|model+ing|summari[sz]ation|estimation"
    r"|question\s?answering|retrieval)$",
    re.IGNORECASE,
)
_YEAR = regex(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """The key of a name: lower case, no blanks, hyphens, accents or TeX."""
    return folded_text(name)


def folded_text(name: str) -> str:
    """A whole text folded as names are; nothing of it is kept."""
    text = _plain(name).casefold()
    text = _TEX_SIGNS.sub("", _UPPER.sub("", _TEX_COMMAND.sub("", text).replace("\\&", "&").replace("{", "")))
    text = text.replace("&", " and ").replace("×", "x")
    return _LONE_POINT.sub("", _DROPPED.sub("", _BETWEEN_DIGITS.sub(".", text)))


def slug(label: str) -> str:
    """The identifier that a label gives: `MS COCO` is `ms-coco`, `HumanEval+` is `humaneval+`."""
    text = _plain(label).lower().replace("&", " and ")
    return _SLUG.sub("-", text.replace("'", "-" if re.search(r"'\d", text) else "")).strip("-.")


def _plain(text: str) -> str:
    """The text without accents, its Greek letters by name."""
    apart = unicodedata.normalize("NFKD", text)
    return _GREEK_SIGN.sub(lambda sign: _GREEK[sign[0]], "".join(filter(_is_no_accent, apart)))


def _is_no_accent(sign: str) -> bool:
    return not unicodedata.combining(sign)


@lru_cache(maxsize=65_536)
def without_qualifiers(name: str) -> str:
    """A name without what only says what sort of thing it is: "the SciQ test set" is "SciQ"."""
    text = _BEFORE.sub("", name.strip())
    while (shorter := _BEHIND.sub("", text)) != text and shorter.strip():
        text = shorter
    return text.strip()


def without_task(name: str) -> str:
    """A name without what is done on it: "CIFAR-10 image classification" is "CIFAR-10"."""
    return _TASK.sub("", name)


def split_in(name: str) -> str:
    """The part of a dataset that a name ends with, where it is not the usual one, the test set: "Nest testmini"."""
    found = _PART.search(name.strip())
    return found["part"].lower() if found else ""


def year_forms(key: str) -> tuple[str, ...]:
    """A folded name and, where it has one year of four digits, the same with two: `voc2007`, `voc07`."""
    years = _YEAR.findall(key)
    return (key, key.replace(years[0], years[0][2:])) if len(years) == 1 and key != years[0] else (key,)
