"""Marked quantities of a text in other spellings of the same, and what comes near them and is false."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["Marked", "read_sentences", "variants"]

SENTENCES = Path(__file__).with_name("unit_sentences.txt")
SPELLINGS = Path(__file__).with_name("unit_spellings.txt")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTED = frozenset({"years", "months", "days", "minutes", "hours"})
_NUMBER = r"(?:[−-])?\d[\d,]*(?:\.\d+)?(?:\s?×\s?10\^?[−-]?\d+)?(?:\s(?:million|billion))?"
_SPLIT = re.compile(rf"(?P<a>{_NUMBER})(?:(?P<joint>–|\sto\s|\sand\s|\s±\s)(?P<b>{_NUMBER}))?(?P<unit>\D.*)?")
_POWER = re.compile(r"\s?×\s?10\^?(?P<exponent>[−-]?\d+)")


@dataclass(frozen=True)
class Marked:
    """A sentence and the quantities in it."""

    text: str
    quantities: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """How else a unit is written, and another one that it is not."""

    other: str | None
    spellings: tuple[str, ...]


def read_sentences() -> list[Marked]:
    """The sentences without their brackets."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [Marked(re.sub(r"\[\[|\]\]", "", line), tuple(re.findall(r"\[\[(.*?)\]\]", line))) for line in lines if line]


@lru_cache(maxsize=1)
def _units() -> dict[str, Unit]:
    units = {}
    for line in SPELLINGS.read_text(encoding="utf-8").splitlines()[1:]:
        name, other, *spellings = line.split(" ; ")
        units[name] = Unit(None if other == "-" else other, tuple(spelling.replace("_", " ") for spelling in spellings))
    return units


def variants(sentence: Marked, quantity: str) -> Iterator[tuple[str, str]]:
    """Kind and value: a kind that begins with "true" says what the text says."""
    yield "true: verbatim", quantity
    parts = _SPLIT.fullmatch(quantity)
    if parts is None:
        return
    yield from (("true: respelled", spelled) for spelled in _respelled(parts))
    if parts["joint"] in (None, " ± "):
        yield from _near_misses(sentence, quantity, parts)
    else:
        unit = parts["unit"] or ""
        yield "false: one end of a range", f"{parts['a']}{unit}"
        yield "false: one end of a range", f"{parts['b']}{unit}"


def _near_misses(sentence: Marked, quantity: str, parts: re.Match[str]) -> Iterator[tuple[str, str]]:
    unit = parts["unit"] or ""
    bare = unit.strip()
    other = _units()[bare].other if bare in _units() else None
    if other and (changed := quantity[: len(quantity) - len(bare)] + other) not in sentence.text:
        yield "false: other unit", changed
    matches = [match for each in sentence.quantities if each != quantity and (match := _SPLIT.fullmatch(each))]
    for match in matches:
        if (match["unit"] or "") != unit:
            yield from _exchanged(sentence, parts, match)
    there = {match["a"] for match in matches}
    for near in _neighbours(parts["a"]):
        if near not in there:
            yield "false: neighbouring digit", near + quantity[len(parts["a"]) :]
    for number in _other_powers(parts["a"]):
        yield "false: other exponent", number + unit
    if not parts["a"].startswith("−"):
        yield "false: other sign", f"-{quantity}"


def _exchanged(sentence: Marked, parts: re.Match[str], other: re.Match[str]) -> Iterator[tuple[str, str]]:
    unit = parts["unit"]
    if other["unit"] and not other["joint"] and f"{parts['a']}{other['unit']}" not in sentence.quantities:
        yield "false: unit of another number", f"{parts['a']}{other['unit']}"
    if unit and f"{other['a']}{unit}" not in sentence.quantities:
        yield "false: number of another", f"{other['a']}{unit}"


def _other_powers(number: str) -> Iterator[str]:
    if "×" in number:
        yield f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
        yield re.sub(r"10(\^?)([−-]?)", lambda m: f"10{m[1] or '^'}{'' if m[2] else '-'}", number)


def _respelled(parts: re.Match[str]) -> Iterator[str]:
    a, joint, b, unit = parts["a"], parts["joint"], parts["b"], parts["unit"] or ""
    number = f"{a}{joint}{b}" if joint else a
    yield from _other_units(number, unit)
    yield from (other + unit for other in _other_numbers(a) if not joint)
    if joint:
        yield from _other_joints(a, joint, b, unit)
    else:
        yield f"about {a}{unit}"
        yield f"{a}{unit}."
        if re.fullmatch(r"[1-9]", a) and unit.strip() in _COUNTED:
            yield f"{_NUMBERS[int(a) - 1]}{unit}"


def _other_units(number: str, unit: str) -> Iterator[str]:
    bare = unit.strip()
    if bare not in _units():
        return
    for spelling in _units()[bare].spellings:
        blank = "" if spelling[0] in " %°℃×σ″\\/-" or spelling.startswith("x") else " "
        yield f"{number}{blank}{spelling}"
    if unit.startswith(" ") and not bare[0].isupper():
        yield f"{number}{bare}"
        yield f"{number}\u00a0{bare}"
        yield f"{number}-{bare}"


def _other_numbers(number: str) -> Iterator[str]:
    if "," in number:
        yield number.replace(",", "")
    if re.fullmatch(r"\d{4,}", number):
        yield f"{int(number):,}"
    if "−" in number:
        yield number.replace("−", "-")
    if power := _POWER.search(number):
        mantissa, exponent = number[: power.start()], power["exponent"]
        lost = [f"{mantissa} x 10{exponent}"] if exponent.startswith("−") else []
        plain = f"{mantissa}e{exponent.replace('−', '-')}"
        braces = "^{" + exponent + "}"
        yield from (f"{mantissa} x 10{braces}", rf"{mantissa} \times 10{braces}", f"{mantissa} x 10^{exponent}", plain)
        yield from lost


def _other_joints(a: str, joint: str, b: str, unit: str) -> Iterator[str]:
    if joint == " ± ":
        yield from (f"{a}±{b}{unit}", f"{a} +/- {b}{unit}", f"{a}{unit} ± {b}{unit}")
        return
    yield from (f"{a}–{b}{unit}", f"between {a} and {b}{unit}")
    if joint != " and ":
        yield from (f"{a}{other}{b}{unit}" for other in ("-", "--", " to ", " – "))
        yield f"{a}{unit} to {b}{unit}"


def _neighbours(number: str) -> Iterator[str]:
    for at, char in enumerate(number):
        if char.isdigit() and "×" not in number[:at]:
            for near in ((int(char) + 1) % 10, (int(char) - 1) % 10):
                if at or near:
                    yield f"{number[:at]}{near}{number[at + 1 :]}"
