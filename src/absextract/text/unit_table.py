"""Units of all sciences: their symbols, names and what each is in simpler ones.

The table is small and ours, so that the ordinary case loads nothing. A name that it lacks is looked up in Pint
(`deep`), which knows some thousand more and takes half a second to load.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

__all__ = ["PHRASES", "UnitForm", "known_unit"]

UnitForm = tuple[Fraction, frozenset[tuple[str, int]]]
"""How many of what: a factor, and dimensions with their exponents. Equal forms are one unit."""

# Name in a form | definition, where it is not simple | symbols that take a prefix | other symbols | names
_TABLE = """
m | | m | | metre meter
inch | 254/10000 m | | inch | inches
foot | 3048/10000 m | | ft | foot feet
yard | 9144/10000 m | | yd | yard
mile | 1609344/1000 m | | mi | mile
Å | 1/10000000000 m | | Å | angstrom ångström angstroem ångstrom
pc | | pc | | parsec
ly | | | ly | lightyear
au | | | AU au |
ha | 10000 m^2 | | ha | hectare
acre | 40468564224/10000000 m^2 | | ac | acre
L | 1/1000 m^3 | L l ℓ | | litre liter
cc | 1/1000000 m^3 | | cc ccm |
gallon | | | gal | gallon
bushel | | | bu bsh | bushel
g | | g | gm gms | gram gramme
t | 1000000 g | t | | tonne
q | 100000 g | | q | quintal
lb | 45359237/100000 g | | lb lbs | pound
oz | 28349523125/1000000000 g | | oz | ounce
Da | | Da | | dalton
amu | | | amu |
s | | s sec | secs | second
min | 60 s | | min mins | minute
h | 3600 s | | h hr hrs | hour
d | 86400 s | | d | day
wk | 604800 s | | wk wks | week
mo | | | mo mos | month
yr | | | yr yrs y | year annum
ka | 1000 yr | | ka kyr kyrs |
Ma | 1000000 yr | | Ma Myr Myrs myr |
Ga | 1000000000 yr | | Ga Gyr Gyrs |
decade | | | dec | decade
Hz | | Hz hz | | hertz
√Hz | | | √Hz |
rpm | | | rpm RPM |
bpm | | | bpm BPM |
FPS | | | FPS fps |
mph | 1 mi h^-1 | | mph |
knot | | | kn | knot
km/h | 1 km h^-1 | | kph kmph kmh |
K | | K | | kelvin
°C | | | °C ℃ degC oC | celsius
°F | | | °F ℉ degF oF | fahrenheit
° | | | ° deg | degree
rad | | rad | | radian
sr | | sr | | steradian
c | | | c |
sq | | | sq □ |
arcsec | | arcsec | ″ | arcsecond
mas | 1/1000 arcsec | | mas |
µas | 1/1000000 arcsec | | µas uas |
arcmin | | | arcmin ′ | arcminute
A | | A | | ampere amp
V | | V | | volt
W | | W | | watt
Wh | 3600 W s | Wh | | watthour
Ah | 3600 A s | Ah | | amperehour
Ω | | Ω ohm | | ohm
kΩ | 1000 Ω | | | kilohm
MΩ | 1000000 Ω | | | megohm
F | | F | | farad
C | | C | | coulomb
S | | S | | siemens
H | | H | |
T | | T | | tesla
G | 1/10000 T | G | | gauss
Wb | | Wb | | weber
Oe | | Oe | | oersted
dB | | | dB | decibel
N | | N | | newton
Nm | 1 N m | Nm | |
dyn | | dyn | | dyne
Pa | | Pa | | pascal
bar | 100000 Pa | bar | | bar
atm | 101325 Pa | | atm | atmosphere
Torr | | Torr torr | |
psi | | | psi |
mmHg | | | mmHg |
J | | J | | joule
cal | | cal | | calorie
Cal | 1000 cal | | Cal |
eV | | eV | | electronvolt
erg | | erg | | erg
hp | | | hp | horsepower
P | | P | | poise
St | | St | | stokes
D | | | D | debye dioptre diopter
lm | | lm | | lumen
lx | | lx | | lux
cd | | cd | | candela
Jy | | Jy | | jansky
mag | | mag | mags | magnitude
dex | | | dex |
Bq | | Bq | | becquerel
Ci | | Ci | | curie
Gy | | Gy | | gray
Sv | | Sv | | sievert
mol | | mol | | mole
M | 1000 mol m^-3 | M | | molar
eq | | Eq eq | equiv | equivalent
osm | | Osm osm | | osmole
kat | | kat | | katal
barn | | | barn | barn
nb | 1/1000000000 barn | | nb |
pb | 1/1000000000000 barn | | pb |
fb | 1/1000000000000000 barn | | fb |
ab | 1/1000000000000000000 barn | | ab |
U | | U | | unit
IU | | IU | |
CFU | | CFU cfu | |
bp | | bp | | basepair
kb | | | kb Kb |
Mb | 1000 kb | | Mb | megabase
Gb | 1000000 kb | | Gb | gigabase
B | | | B | byte
KB | | | KB kB KiB | kilobyte
MB | | | MB MiB | megabyte
GB | | | GB GiB | gigabyte
TB | | | TB TiB | terabyte
bits | | | | bit
flop | | FLOP FLOPs FLOPS | |
% | | | % pct | percent
‰ | | | ‰ | permil permille
ppm | | | ppm ppmv |
ppb | | | ppb ppbv |
ppt | | | ppt |
wt% | | | wt% |
vol% | | | vol% |
mol% | | | mol% |
at% | | | at% |
points | | | points pp |
x | | | x |
σ | | | σ | sigma sd
$ | | | $ | dollar usd
€ | | | € | euro eur
£ | | | £ | gbp
Msun | | | Msun |
Lsun | | | Lsun |
Rsun | | | Rsun |
"""
# Prefixed symbols that mean something else: "5 pH", "5 ft"
_NOT_PREFIXED = frozenset({"pH", "ft", "PS", "pt", "GL"})
_SYMBOL_PREFIXES = {
    "f": -15, "p": -12, "n": -9, "µ": -6, "u": -6, "m": -3, "c": -2, "d": -1, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15,
    "h": 2,
}  # fmt: skip
_NAME_PREFIXES = {
    "atto": -18, "femto": -15, "pico": -12, "nano": -9, "micro": -6, "milli": -3, "centi": -2, "deci": -1,
    "deka": 1, "deca": 1, "hecto": 2, "kilo": 3, "mega": 6, "giga": 9, "tera": 12, "peta": 15,
}  # fmt: skip
_RARE = {"h": "Pa L l", "d": "m L l B g S", "c": "m L l g P Gy"}
_ALSO = {
    "Kg": "kg", "KG": "kg", "Km": "km", "KHz": "kHz", "Khz": "kHz", "khz": "kHz", "Mhz": "MHz", "mhz": "MHz",
    "Ghz": "GHz", "ghz": "GHz", "mcg": "µg", "mcL": "µL", "mcM": "µM", "Kcal": "kcal", "KCal": "kcal", "Kpa": "kPa",
    "KPa": "kPa", "kpa": "kPa", "Mpa": "MPa", "Gpa": "GPa", "KV": "kV", "KeV": "keV", "KW": "kW", "Kw": "kW",
    "KDa": "kDa", "kda": "kDa", "kd": "kDa", "kD": "kDa", "micron": "µm", "microns": "µm",
    "db": "dB", "kwh": "kWh", "KWh": "kWh", "kWhr": "kWh", "mv": "mV", "ev": "eV", "Min": "min",
    "PSI": "psi",
}  # fmt: skip

_DEGREE = r"(?:[°º˚◦∘]|degrees?|deg\.?|\^\{?\s?\\circ\s?\}?|\\degree)\$?\s?(?:\\mathrm\{|\\text\{|\{?\\rm\s|\\,)?"
PHRASES: tuple[tuple[str, str], ...] = (
    (r"(?:percentage|percent|%)[ -]points?|p\.p\.", "points"),
    (r"per ?cent(?:age)?(?![A-Za-z])|\\%|процент(?:ов|а)?(?!\w)", "%"),
    (r"(?:Prozent|pour cents?|por cientos?|por ?cento|per cento|pro[cs]ent)(?!\w)", "%"),
    (r"per mil(?:le)?(?![A-Za-z])", "‰"),
    (r"(?:√|\\?sqrt\s?)\s?[{(]?\s?Hz[})]?|Hz\s?\^?\s?\{?(?:1/2|0\.5)\}?|rtHz", "√Hz"),
    (r"parts[ -]per[ -]million(?: by volume)?", "ppm"),
    (r"parts[ -]per[ -]billion(?: by volume)?", "ppb"),
    (r"parts[ -]per[ -]trillion", "ppt"),
    (r"(?:wt\.?|weight|mass)[ -]?(?:%|per ?cent)|%\s?\(?w/w\)?|%\s?\(?by weight\)?", "wt%"),
    (r"(?:vol\.?|volume)[ -]?(?:%|per ?cent)|%\s?\(?v/v\)?|%\s?\(?by volume\)?", "vol%"),
    (r"(?:mole|mol\.?)[ -]?(?:%|per ?cent)", "mol%"),
    (r"(?:atomic|at\.?)[ -]?(?:%|per ?cent)", "at%"),
    (_DEGREE + r"(?:C|[Cc]elsius|[Cc]entigrade)(?![A-Za-z])", "°C"),
    (_DEGREE + r"(?:F|[Ff]ahrenheit)(?![A-Za-z])", "°F"),
    (r"degrees?\s?(?:K|[Kk]elvins?)(?![A-Za-z])", "K"),
    (r"\^\\circ|\^\{\\circ\}|\\degree", "°"),
    (r"mm\s?Hg(?![A-Za-z])|milli(?:metres?|meters?) of mercury", "mmHg"),
    (r"in\.(?!\w)", "inch"),
    (r"electron[ -]volts?", "eV"),
    (r"light[ -]years?", "ly"),
    (r"base[ -]pairs?", "bp"),
    (r"astronomical units?", "au"),
    (r"international units?", "IU"),
    (r"colony[ -]forming units?", "CFU"),
    (r"enzyme units?", "U"),
    (r"revolutions per minute", "rpm"),
    (r"beats (?:per minute|min\s?[-−⁻]\s?[1¹])|beats/min(?:ute)?(?![A-Za-z])", "bpm"),
    (r"frames per second|frames?\s?/\s?s(?:ec(?:ond)?)?(?![A-Za-z])|frames?\ss\s?[-−⁻]\s?[1¹]", "FPS"),
    (r"standard deviations?", "σ"),
    (r"solar mass(?:es)?|M_?\{?(?:⊙|\\odot)\}?|M☉", "Msun"),
    (r"solar luminosit(?:y|ies)|L_?\{?(?:⊙|\\odot)\}?|L☉", "Lsun"),
    (r"solar radi(?:us|i)|R_?\{?(?:⊙|\\odot)\}?|R☉", "Rsun"),
    (r"arc[ -]?seconds?", "arcsec"),
    (r"arc[ -]?min(?:ute)?s?", "arcmin"),
    (r"-?folds?(?![A-Za-z]|[- ]cross)|times(?![A-Za-z])|(?:[xX×]|\\times)(?!\s?\d|[A-Za-z])", "x"),
    (r"kilo-?bases?(?: ?pairs?)?", "kb"),
    (r"U\.?S\.? dollars?|US\$", "$"),
)  # fmt: skip
"""Units of several words or signs as regular expressions, and the symbol each stands for."""

_SAME_LETTER = str.maketrans({"μ": "µ", "Ω": "Ω", "Å": "Å", "º": "°", "˚": "°", "◦": "°", "∘": "°"})
_LEAST_DEEP = 4
"""Letters of a name that Pint is asked for; shorter ones are words ("as", "at", "are") as often as units."""
_ONE = Fraction(1)


@lru_cache(maxsize=4096)
def known_unit(name: str, *, deep: bool = False) -> UnitForm | None:
    """What one symbol or name means ("mL", "millilitres", "µg"), or None.

    Args:
        name: without blanks and exponent.
        deep: whether to ask Pint for what our own table lacks.
    """
    symbols, names = _tables()
    name = name.translate(_SAME_LETTER)
    if not name.isascii() and name not in symbols:
        name = unicodedata.normalize("NFKC", name).translate(_SAME_LETTER)
    if found := symbols.get(name) or symbols.get(_ALSO.get(name, "")):
        return found
    lower = name.lower()
    if found := names.get(lower) or (names.get(lower[:-1]) if lower.endswith("s") else None):
        return found
    return _from_pint(name) if deep and len(name) >= _LEAST_DEEP and name.isalpha() and name.isascii() else None


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, UnitForm], dict[str, UnitForm]]:
    """Symbols, and names in lower case, with all their prefixes."""
    symbols: dict[str, UnitForm] = {}
    names: dict[str, UnitForm] = {}
    plain: dict[str, UnitForm] = {}
    for key, definition, prefixable, others, named in _rows():
        form = _defined(definition, symbols | plain) if definition else (_ONE, frozenset({(key, 1)}))
        for symbol in prefixable:
            plain[symbol] = form
            for prefix, power in _SYMBOL_PREFIXES.items():
                common = prefix not in _RARE or symbol in _RARE[prefix].split()
                if common and prefix + symbol not in _NOT_PREFIXED:
                    symbols.setdefault(prefix + symbol, _scaled(form, power))
        for symbol in others:
            plain[symbol] = form
        for name in named:
            names[name] = form
            for prefix, power in _NAME_PREFIXES.items():
                names.setdefault(prefix + name, _scaled(form, power))
    return symbols | plain, names


def _rows() -> Iterator[tuple[str, str, list[str], list[str], list[str]]]:
    for line in _TABLE.strip().splitlines():
        key, definition, prefixable, others, named = (cell.strip() for cell in line.split("|"))
        yield key, definition, prefixable.split(), others.split(), named.split()


def _defined(definition: str, known: dict[str, UnitForm]) -> UnitForm:
    """A definition such as "1/1000 m^3"."""
    factor, *parts = definition.split()
    scale = Fraction(factor)
    dimensions: dict[str, int] = {}
    for part in parts:
        symbol, _, power = part.partition("^")
        times, dims = known[symbol]
        scale *= times ** int(power or 1)
        for dimension, exponent in dims:
            dimensions[dimension] = exponent * int(power or 1)
    return scale, frozenset(dimensions.items())


def _scaled(form: UnitForm, power: int) -> UnitForm:
    return form[0] * Fraction(10) ** power, form[1]


def _from_pint(name: str) -> UnitForm | None:
    """What Pint knows under a name, its prefix as a factor."""
    registry = _pint()
    for spelling in dict.fromkeys((name, name.lower())):
        for prefix, unit, _ in registry.parse_unit_name(spelling):
            factor = registry.Quantity(_ONE, prefix + unit).to(unit).magnitude if prefix else _ONE
            return Fraction(factor), frozenset({(f"pint:{unit}", 1)})
    return None


@lru_cache(maxsize=1)
def _pint() -> Any:
    from pint import UnitRegistry  # half a second, for rare units alone

    return UnitRegistry(non_int_type=Fraction)
