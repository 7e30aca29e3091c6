r"""Units as they are written behind a number, and the one spelling each is compared by."""

from __future__ import annotations

import re

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
    "%": (r"\\?%", r"\\textpercent", r"percent", r"per cent", r"pct"),
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
    "FPS": (r"FPS", r"fps", r"frames per second"),
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
    "mm": (r"mm",),
    "cm": (r"cm",),
    "m": (r"m", r"meters?", r"metres?"),
    "km": (r"km",),
    "kg": (r"kg",),
    "mg": (r"mg",),
    "W": (r"W", r"watts?"),
    "kWh": (r"kWh",),
    "J": (r"J", r"joules?"),
    "degrees": (r"°", r"degrees?", r"\^\\circ"),
    "$": (r"USD", r"dollars?"),
}

# A spelling that ends in a letter must end the word: "5 s" is seconds, "5 systems" is not.
UNIT_PATTERN: str = (
    "(?:"
    + "|".join(
        sorted(
            (
                s + (r"(?![A-Za-z0-9_])" if s[-1].isalnum() or s[-1] in "?])" else "")
                for group in _SPELLINGS.values()
                for s in group
            ),
            key=len,
            reverse=True,
        )
    )
    + ")"
)
_CANONICAL = [(re.compile("|".join(f"(?:{s})" for s in group)), unit) for unit, group in _SPELLINGS.items()]
SCALES: dict[str, int] = {
    "hundred": 100, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6,
    "b": 10**9, "billion": 10**9, "t": 10**12, "trillion": 10**12,
}  # fmt: skip


def canonical_unit(written: str) -> str:
    """The spelling by which a unit is compared; what no spelling covers stands for itself."""
    text = re.sub(r"\s+", " ", written.strip().lstrip("-~").strip())
    return next((unit for pattern, unit in _CANONICAL if pattern.fullmatch(text)), text)
