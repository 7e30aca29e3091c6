r"""Units as they are written behind a number, and the one spelling each is compared by."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["SCALES", "UNIT_PATTERN", "canonical_unit"]

# canonical unit -> spellings (regular expressions, matched case-sensitively where case tells units apart)
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "points": (
        r"percentage[- ]points?",
        r"percent[- ]points?",
        r"\\?%[- ]points?",
        r"%p",
        r"points?",
        r"pts?",
        r"pp[ts]?",
        r"p\.p\.",
    ),
    "%": (
        r"\\?%",
        r"\\textpercent",
        r"percent",
        r"per cent",
        r"pct",
        r"Prozent",
        r"pour cents?",
        r"por cientos?",
        r"por ?cento",
        r"per cento",
        r"prosent",
        r"procent",
        r"процент(?:ов|а)?",
    ),
    "x": (r"[xX×](?!\s?\d)", r"\\times(?!\s?\d)", r"times", r"folds?(?![- ]cross)"),  # 2x, not 224 x 224
    "ns": (r"ns", r"nanoseconds?"),
    "us": (r"[µμ]s", r"microseconds?"),
    "ms": (r"ms", r"msec", r"milliseconds?"),
    "seconds": (r"s", r"secs?", r"seconds?"),
    "minutes": (r"min", r"mins", r"minutes?"),
    "hours": (r"h", r"hrs?", r"hours?"),
    "days": (r"days?",),
    "weeks": (r"weeks?",),
    "months": (r"months?",),
    "years": (r"years?", r"yrs?"),
    "Hz": (r"[Hh]z",),
    "kHz": (r"kHz", r"KHz"),
    "MHz": (r"MHz",),
    "GHz": (r"GHz",),
    "FPS": (r"FPS", r"fps", r"frames per second", r"frames/s(?:ec(?:ond)?)?"),
    "dB": (r"dB",),
    "KB": (r"[kK]B", r"KiB"),
    "MB": (r"MB", r"MiB", r"megabytes?"),
    "GB": (r"GB", r"GiB", r"gigabytes?"),
    "TB": (r"TB", r"TiB", r"terabytes?"),
    "FLOPs": (r"FLOP[sS]?",),
    "GFLOPs": (r"GFLOP[sS]?",),
    "TFLOPs": (r"TFLOP[sS]?",),
    "bits": (r"bits?",),
    "bpb": (r"bpb", r"bits per byte"),
    "nm": (r"nm", r"nanomet(?:er|re)s?"),
    "µm": (r"µm", r"μm", r"micromet(?:er|re)s?"),
    "mm": (r"mm", r"millimet(?:er|re)s?"),
    "cm": (r"cm", r"centimet(?:er|re)s?"),
    "m": (r"m", r"meters?", r"metres?"),
    "km": (r"km", r"kilomet(?:er|re)s?"),
    "ha": (r"ha", r"hectares?"),
    "L": (r"lit(?:er|re)s?",),
    "mL": (r"mL", r"ml", r"millilit(?:er|re)s?"),
    "µL": (r"µL", r"μL", r"µl", r"μl", r"microlit(?:er|re)s?"),
    "kg": (r"kg", r"kilograms?"),
    "g": (r"g", r"grams?"),
    "mg": (r"mg", r"milligrams?"),
    "µg": (r"µg", r"μg", r"micrograms?"),
    "ng": (r"ng", r"nanograms?"),
    "mol": (r"mol", r"moles?"),
    "mmol": (r"mmol", r"millimoles?"),
    "mM": (r"mM",),
    "µM": (r"µM", r"μM"),
    "nM": (r"nM",),
    "ppm": (r"ppm",),
    "Pa": (r"Pa", r"pascals?"),
    "kPa": (r"kPa", r"kilopascals?"),
    "MPa": (r"MPa", r"megapascals?"),
    "GPa": (r"GPa", r"gigapascals?"),
    "mmHg": (r"mm ?Hg",),
    "V": (r"V", r"volts?"),
    "mV": (r"mV", r"millivolts?"),
    "kV": (r"kV", r"kilovolts?"),
    "meV": (r"meV",),
    "eV": (r"eV",),
    "keV": (r"keV",),
    "MeV": (r"MeV",),
    "GeV": (r"GeV",),
    "TeV": (r"TeV",),
    "W": (r"W", r"watts?"),
    "kWh": (r"kWh",),
    "J": (r"J", r"joules?"),
    "kJ": (r"kJ", r"kilojoules?"),
    "°C": (r"°\s?C", r"℃", r"degrees? (?:C|[Cc]elsius|[Cc]entigrade)", r"\^\\circ\s?C", r"\^\{\\circ\}\s?C"),
    "°F": (r"°\s?F", r"℉", r"degrees? (?:F|[Ff]ahrenheit)"),
    "degrees": (r"°", r"degrees?", r"\^\\circ"),
    "$": (r"USD", r"dollars?"),
}

_BY_LENGTH = sorted((spelling for group in _SPELLINGS.values() for spelling in group), key=len, reverse=True)
_WORDS = "|".join(spelling for spelling in _BY_LENGTH if spelling[-1].isalnum() or spelling[-1] in "?])")
_SIGNS = "|".join(spelling for spelling in _BY_LENGTH if not (spelling[-1].isalnum() or spelling[-1] in "?])"))
# A spelling that ends in a letter must end the word: "5 s" is seconds, "5 systems" is not.
UNIT_PATTERN: str = rf"(?:(?:{_WORDS})(?![A-Za-z0-9_])|{_SIGNS})"
SCALES: dict[str, int] = {
    "hundred": 100, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6,
    "mn": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9, "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7,
    "t": 10**12, "trillion": 10**12,
}  # fmt: skip


@lru_cache(maxsize=1024)
def canonical_unit(written: str) -> str:
    """The spelling by which a unit is compared; what no spelling covers stands for itself."""
    text = re.sub(r"\s+", " ", written.strip().lstrip("-~").strip())
    return next((unit for pattern, unit in _canonical() if pattern.fullmatch(text)), text)


@lru_cache(maxsize=1)
def _canonical() -> list[tuple[re.Pattern[str], str]]:
    """A pattern a unit, compiled when the first one is read."""
    return [(re.compile("|".join(f"(?:{s})" for s in group)), unit) for unit, group in _SPELLINGS.items()]
