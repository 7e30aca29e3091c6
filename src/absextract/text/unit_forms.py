r"""Units as they are written behind a number, read whole: "mg/dL", "kg ha−1", "µmol·m^{-2} s^{-1}", "per 100 mL"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product

from ..patterns import regex
from .unit_table import PHRASES, UnitForm, known_unit

__all__ = ["UnitForm", "UnitReading", "form_of", "goes_on", "read_unit"]


@dataclass(frozen=True, slots=True)
class UnitReading:
    """A unit and where it ends in the text read."""

    form: UnitForm
    end: int


_BLANK = r"[\s~\u00a0\u2009\u202f]|\\[,;:! ]"
_TEX = r"\\(?:mathrm|mathit|textrm|text|rm|unit|si|mbox)\b\s?\{?|[{}$]"
_GAP = regex(rf"(?:{_BLANK}|{_TEX}|[-‐‑](?=[^\s\d])){{0,8}}")
_MU = regex(r"\\mu[\s}$]{0,2}(?:\\mathrm\{)?")
_NAME = regex(
    r"(?:milli|micro|nano|kilo|mega|giga|tera|centi)-[a-z]+|\\mu(?![A-Za-z])[\s}$]{0,2}(?:\\mathrm\{)?[A-Za-z]*|\\Omega|%|‰|[°º˚◦∘]|[A-Za-zµμΩΩÅÅåσℓö]+|[℃℉″′€£☉□]|(?<=\d)\""
)
_SQUARE = regex(r"(?:(?P<two>square|sq\.?)|(?P<three>cubic|cu\.?))[\s-]", re.IGNORECASE)
_INVERSE = regex(r"(?:inverse|reciprocal)[\s-]", re.IGNORECASE)
_RAISED = regex(
    r"(?:[}$]{0,2}\s?\^\s?\{?\s?(?P<tex>[-−–+]?\s?\d)(?:\s?[}$]{1,2})?|(?P<super>[⁻⁺]?[¹²³⁴-⁶])"
    r"|\((?P<brackets>[-−–][1-6]|[23])\)(?![A-Za-z])"  # "mg kg(-1)"
    r"|(?P<lost>\s?[-−–‐‑]\s?[1-6]|[23])(?![\d]|[.,]\d|[A-Za-zµ%]))"
)
# Below a stroke: "27.3 kg/m 2"
_RAISED_BELOW = regex(r"\s([23])(?=\s(?!\d)|[.,;)]\s|[.,;)]?$)")
_LENGTH = frozenset({("m", 1)})
_POWER_NAMES = regex(r"\s(?:(?P<two>squared)|(?P<three>cubed))\b")
# Below a stroke two units stand side by side or without any sign between them
_GLUED_BELOW = regex(
    r"(?:(?P<first>c?m|k?g|k?mol)(?:\^?\{?(?P<power>[23²³])\}?\s?)?(?P<second>K)"
    r"|(?P<force>[VN])(?P<time>[sm]))(?![A-Za-z0-9^⁻²³-])"
)
_BELOW_STROKE = regex(r"(?:K|°C|s|h|d|day|min|mol|m|kg|g)(?![A-Za-z+])(?!\s?[-−–⁻])")
# A K behind other units is potassium: "4.2 mmol/L K", and not "0.6 W/m K"
_OF_HEAT = regex(r"(?:W|J|cal|Btu|eV)\s?[/⁄∕]\s?(?:c?m|k?g|k?mol)\W{1,3}$")
_LONGEST_OF_HEAT = 16
_PER = regex(r"\s(?i:per)\s(?:each\s|every\s)?|\s(?:an?|each|every)\s(?=(?:day|week|month|year|hour|minute|second)\b)")
_SLASH = regex(rf"(?:{_BLANK}|[}}$])?[/⁄∕]\s?(?:\\mathrm\{{)?")
_TIMES = regex(rf"(?:{_BLANK})?(?:[·⋅∙•‧*×]|\\cdot|\\times)(?:{_BLANK})?|\.(?=[A-Za-zµμ])")
_BESIDE = regex(rf"(?:{_BLANK}|{_TEX}|[-‐‑](?=[A-Za-zµμ])){{1,4}}")
_THING = regex(r"(?:[a-z]{3,}|[A-Z]{2,5})(?=\s?[/⁄]\s?[A-Za-zµμ(]|\sper\s|\s[A-Za-zµμ]{1,6}(?:\(?[-−⁻][1-6¹²³]|\^))")
# What a mass or an amount is of: "kg N ha−1", "µmol CO2 m−2"
_SPECIES = regex(
    r"\s((?:[A-Z][a-z]?\d?){1,4})(?=\s?[/⁄]\s?[A-Za-zµμ]|\sper\s|\s[A-Za-zµμ]{1,4}\s?(?:\^|⁻|\(?[-−–][1-6]))"
)
_GAS = regex(r"(?:[HNOF]2|O3)(?![A-Za-z0-9])")
_COUNT = regex(r"(\d{1,3}(?:[, ]\d{3})+|\d{1,7}(?:\.\d{1,4})?)(?![\d.])\s?")
_WORD = regex(r"[A-Za-z][A-Za-z]+")
# Two units side by side without an exponent are a product only where that is a unit of its own: "N m", "Ω cm", "kW h".
_PRODUCTS = frozenset(product(("N", "Pa", "Ω", "W", "A", "V", "J", "eV", "T", "P", "C", "cal", "bar", "S"), ("m", "s")))
_MASSES = (frozenset({("g", 1)}), frozenset({("mol", 1)}))
_ACCELERATION = ("x", "g")  # "12,000 × g"
_GOES_ON = regex(
    r"\s(?:[A-Z][a-z]?\d?){1,4}[\s/]|\s?[/⁄∕·⋅∙]|\^|[²³⁻]|\([-−–23]|[-−–][1-6](?!\d)|[23](?!\d)|\s[A-Za-zµμ°]+\s?(?:\^|⁻|\(?[-−–][1-6])|\sg\b"
)
_TIMES_OF_DAY = frozenset({"s", "wk", "mo", "yr", "decade"})
_ONE = Fraction(1)
_INCHES = frozenset('"″')  # and seconds of arc
_MOST_FACTORS = 8
_LONGEST_QUOTE = 200


def form_of(unit: str) -> UnitForm:
    """The form of a unit in the spelling by which quantities name theirs; what is not known stands for itself."""
    return known_unit(unit) or (_ONE, frozenset({(f"word:{unit}", 1)}))


def goes_on(text: str, at: int) -> bool:
    """Whether what stands behind a unit may be the rest of it ("/ha" behind "kg"); quick, and never wrong in its no."""
    return _GOES_ON.match(text, at) is not None


def read_unit(text: str, at: int, *, base: UnitForm | None = None, deep: bool = False) -> tuple[UnitReading, ...]:
    """What can be the unit of the number that ends at a position, the longest reading first.

    "20 mg per day" is also 20 mg; "20 mg/day" is not.

    Args:
        text: what is read.
        at: where the number ends, or, with a base, its unit.
        base: the unit that was read up to there.
        deep: whether to ask for rare names too.
    """
    found = _Reader(text, at, deep).read(base)
    if found and base is None and text[found[-1].end - 1] in _INCHES:
        return (*found, UnitReading(form_of("inch"), found[-1].end))
    return found


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    """All units of several words, compiled when the first one may be read."""
    return re.compile("|".join(f"({pattern})" for pattern, _ in PHRASES))


class _Reader:
    """One unit being read."""

    def __init__(self, text: str, at: int, deep: bool) -> None:
        self._text = text
        self._at = at
        self._deep = deep
        self._factor = _ONE
        self._dimensions: dict[tuple[str, bool], int] = {}  # apart above and below the stroke: mg/kg is not mL/L
        self._last: UnitForm | None = None
        self._stroke = False

    def read(self, base: UnitForm | None) -> tuple[UnitReading, ...]:
        if base is not None:
            self._last = base
            raised = None if base == known_unit("x") else self._raised(self._at, base)
            self._multiply(base, _exponent(raised) if raised else 1)
            self._at = raised.end() if raised else self._at
        elif not self._first():
            return ()
        found = [self._reading()]
        for _ in range(_MOST_FACTORS):
            shorter = found if self._is_rate() else []
            if not self._next():
                break
            found = [*shorter, self._reading()]
        return tuple(reversed(found))

    def _is_rate(self) -> bool:
        """Whether words behind the unit say how often it is given, or to whom, and make no other unit of it."""
        per = _PER.match(self._text, self._at)
        if per is None:
            return False
        form = self._name(per.end(), words=False)[0]
        return form is None or {name for name, _ in form[1]} <= _TIMES_OF_DAY

    def _reading(self) -> UnitReading:
        dimensions = frozenset((name, power) for (name, _), power in self._dimensions.items())
        return UnitReading((self._factor, dimensions), self._at)

    def _first(self) -> bool:
        gap = _GAP.match(self._text, self._at)
        at = gap.end() if gap else self._at
        return self._take(at, 1, words=False) or self._divide(words=False) or self._counted(at)

    def _counted(self, at: int) -> bool:
        """Things in, on or during something: "cells/mL", "eggs day−1"."""
        return _THING.match(self._text, at) is not None and self._take(at, 1, words=True)

    def _next(self) -> bool:
        if self._divide(words=True) or self._of_species():
            return True
        if times := _TIMES.match(self._text, self._at):
            return self._take(times.end(), -1 if self._is_below_stroke(times.end()) else 1, words=False)
        beside = _BESIDE.match(self._text, self._at)
        if beside is None or _GAS.match(self._text, beside.end()):
            return False
        if self._takes_below_stroke(beside.end()):
            return self._take(beside.end(), -1, words=False)
        return self._take(beside.end(), 1, words=False, beside=True)

    def _is_below_stroke(self, at: int) -> bool:
        """Whether a factor belongs to what a stroke before it divides by: "W/m·K"; a minus would say so itself."""
        if not self._stroke:
            return False
        end = self._name(at, words=False)[1]
        raised = _RAISED.match(self._text, end)
        return raised is None or _exponent(raised) > 0

    def _takes_below_stroke(self, at: int) -> bool:
        """Whether a unit side by side with one below a stroke is another below it: "W/m K", "cm2/V s"."""
        below = _BELOW_STROKE.match(self._text, at)
        if below is None or not self._is_below_stroke(at):
            return False
        return below[0] != "K" or _OF_HEAT.search(self._text[max(0, at - _LONGEST_OF_HEAT) : at]) is not None

    def _of_species(self) -> bool:
        species = _SPECIES.match(self._text, self._at) if self._last and self._last[1] in _MASSES else None
        if species is None:
            return False
        self._last = (_ONE, frozenset({(f"of:{species[1]}", 1)}))
        self._multiply(self._last, 1)
        self._at = species.end()
        return True

    def _divide(self, *, words: bool) -> bool:
        stroke = _SLASH.match(self._text, self._at)
        over = stroke or _PER.match(self._text, self._at)
        if over is None:
            return False
        at = over.end()
        if self._text[at : at + 1] == "(":
            return self._take_group(at + 1)
        self._stroke = stroke is not None
        if stroke and (glued := _GLUED_BELOW.match(self._text, at)):  # "W/mK" is divided by no millikelvin
            return self._take_each(glued)
        count = _COUNT.match(self._text, at)
        if count:
            if not self._take(count.end(), -1, words=False):
                return False
            self._factor /= Fraction(re.sub(r"[, ]", "", count[1])) or 1
            return True
        return self._take(at, -1, words=words)

    def _take_each(self, glued: re.Match[str]) -> bool:
        """Two units without a sign between them, below a stroke."""
        power = int(unicodedata.normalize("NFKC", glued["power"] or "1"))
        self._last = form_of(glued["second"] or glued["time"])
        self._multiply(form_of(glued["first"] or glued["force"]), -power)
        self._multiply(self._last, -1)
        self._at = glued.end()
        return True

    def _take_group(self, at: int) -> bool:
        """The units in brackets behind a stroke: "W/(m·K)"."""
        before = self._at, self._factor, dict(self._dimensions)
        taken = self._take(at, -1, words=False)
        while taken and self._text[self._at : self._at + 1] != ")":
            joint = _TIMES.match(self._text, self._at) or _BESIDE.match(self._text, self._at)
            taken = joint is not None and self._take(joint.end(), -1, words=False)
        if taken:
            self._at += 1
        else:
            self._at, self._factor, self._dimensions = before
        return taken

    def _take(self, at: int, sign: int, *, words: bool, beside: bool = False) -> bool:
        """One factor with its exponent, if there is one."""
        power = 1
        if inverse := _INVERSE.match(self._text, at):
            at, sign = inverse.end(), -sign
        if square := _SQUARE.match(self._text, at):
            at, power = square.end(), 2 if square["two"] else 3
        form, end = self._name(at, words=words and square is None)
        if form is None and square and square["two"]:  # "Ω/sq"
            form, end, power = known_unit("sq"), square.end() - 1, 1
        if form is None:
            return False
        raised = self._raised(end, form) if power == 1 else None
        if raised is None and power == 1:
            raised = _POWER_NAMES.match(self._text, end)
        if raised is not None:
            power, end = _exponent(raised), raised.end()
        elif self._stroke and power == 1 and (blank := _RAISED_BELOW.match(self._text, end)) and form[1] == _LENGTH:
            power, end = int(blank[1]), blank.end()
        if beside and raised is None and not self._makes_product(form) and not self._raised_behind(end):
            return False
        self._multiply(form, sign * power)
        self._at, self._last = end, form
        return True

    def _raised(self, at: int, form: UnitForm) -> re.Match[str] | None:
        """The exponent at a place, unless its sign is the dash of a range: "1 h–3 days"."""
        raised = _RAISED.match(self._text, at)
        if raised and raised["lost"] and self._text[raised.end() : raised.end() + 1] in (" ", "\u00a0", "-"):
            behind = self._name(raised.end() + 1, words=False)[0]
            if behind and behind[1] == form[1]:
                return None
        return raised

    def _raised_behind(self, at: int) -> bool:
        """Whether the next symbol has an exponent, so that the one before it belongs to the unit: "mol m s−1"."""
        return re.match(r"[ ·⋅][A-Za-zµμ]{1,4}(?:[-−–⁻^(][\d{¹²³])", self._text[at : at + 12]) is not None

    def _makes_product(self, form: UnitForm) -> bool:
        """Whether the unit before and this one, side by side, are one."""
        dimensions = [*(self._last[1] if self._last else ()), *form[1]]
        names = tuple(name for name, power in dimensions if power == 1)
        return len(dimensions) == 2 and (names in _PRODUCTS or names == _ACCELERATION)

    def _name(self, at: int, *, words: bool) -> tuple[UnitForm | None, int]:
        text = self._text
        if phrase := _phrases().match(text, at):
            return known_unit(PHRASES[(phrase.lastindex or 1) - 1][1]), phrase.end()
        name = _NAME.match(text, at)
        if name is None:
            return None, at
        written = _MU.sub("µ", name.group()).replace("\\Omega", "Ω").replace("-", "")
        if written == '"':
            return (None if _is_quoted(text, at) else known_unit("arcsec")), name.end()
        if written == "a" and _RAISED.match(text, name.end()):  # "kg ha−1 a−1"
            return known_unit("yr"), name.end()
        form = None if written == "x" else known_unit(written, deep=self._deep)  # "224 x 224"
        if form is None and words and _WORD.fullmatch(written):
            form = (_ONE, frozenset({(f"word:{written.lower().removesuffix('s')}", 1)}))
        return form, name.end()

    def _multiply(self, form: UnitForm, power: int) -> None:
        self._factor *= form[0] ** power
        for name, exponent in form[1]:
            raised = exponent * power
            key = (name, raised > 0)
            self._dimensions[key] = self._dimensions.get(key, 0) + raised


def _is_quoted(text: str, at: int) -> bool:
    """Whether a quotation mark closes what another has opened: the last one before it stands behind a blank."""
    last = text.rfind('"', max(0, at - _LONGEST_QUOTE), at)
    return last >= 0 and (last == 0 or text[last - 1] in " \n(") and not text[last + 1].isspace()


def _exponent(raised: re.Match[str]) -> int:
    groups = raised.groupdict()
    if groups.get("two") or groups.get("three"):
        return 2 if groups["two"] else 3
    digits = unicodedata.normalize("NFKC", raised.group()).translate(
        {0x2212: "-", 0x2013: "-", 0x2010: "-", 0x2011: "-"}
    )
    return int("".join(c for c in digits if c.isdigit() or c == "-"))
