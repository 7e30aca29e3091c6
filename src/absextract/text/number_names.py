"""Digits that are part of a name: versions, years, sizes of models, counters, citations, identifiers."""

from __future__ import annotations

import re

__all__ = ["is_in_name"]

_COMMAND = re.compile(r"\\[A-Za-z]+$")
_COUNTER = re.compile(
    r"(?:\b(?:Fig(?:ure|s|\.)?|Tab(?:le|\.)|Sec(?:tion|\.)|Eq(?:uation|\.)|Appendix|Algorithm|Theorem|Lemma|Version|version))\s?\(?$"
)
_NAME_BEFORE = re.compile(r"\b[A-Z][\w-]*[)\]]?\s$")
_VERSION_BEFORE = re.compile(r"\b[A-Z][A-Za-z-]+(?:\s\d(?:\.\d+)?|\d[\d.]*)\s$")  # "Llama 3.1 405B"
_CITED_BEFORE = re.compile(r"\[(?:\d+,\s?)*$")
_DECADE = re.compile(r"(?:19|20)\d0s")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MODEL_NUMBER = re.compile(r"\d|\d{4}|[1-9]\.\d")
_PARAMETER = re.compile(r"(?<![\w\\])\$?[kKnNmM]\s?=\s?$")
_ADJECTIVE = re.compile(r"-(?!to\b|fold)[A-Za-z]")
# fmt: off
_COMMON = frozenset({
    "About", "Accuracy", "All", "An", "And", "As", "At", "Average", "Both", "By", "Cosine", "Dice", "Elo", "Error",
    "For", "From", "In", "Jaccard", "Kappa", "Loss", "Mean", "Of", "On", "Only", "Over", "Pearson", "Perplexity",
    "Precision", "Recall", "Score", "Spearman", "Than", "The", "These", "To", "Under", "Up", "Using", "We", "With",
})
# fmt: on


def is_in_name(text: str, match: re.Match[str], unit: str | None, *, follows_name: bool | None) -> bool:
    """Whether the digits of a number belong to a name and measure nothing.

    Args:
        text: what is read.
        match: the number, with the groups `digits`, `power` and `scale`.
        unit: its unit.
        follows_name: whether the number one sign before it is part of a name; None where there is none.
    """
    start, end = match.span()
    before, after = text[max(0, start - 24) : start], text[end : end + 2]
    if _glued(before, follows_name) or after[:1].isalpha() or _DECADE.fullmatch(match.group()):
        return True
    if after[:1] == "." and after[1:].isdigit():
        return True
    if match["scale"] in ("B", "M") and _VERSION_BEFORE.search(before):
        return True
    if unit or match["scale"] or match["power"]:
        return False
    if _COUNTER.search(before) or _PARAMETER.search(before) or _ADJECTIVE.match(text, end):
        return True
    if _CITED_BEFORE.search(before) and after[:1] in ("]", ","):
        return True
    return _is_version_or_year(match["digits"], before)


def _is_version_or_year(digits: str, before: str) -> bool:
    """Whether a bare number behind a name says which one: "SQuAD 2.0", "Llama 3", "WMT 2014", "Atari 2600"."""
    if not _NAME_BEFORE.search(before):
        return bool(_YEAR.fullmatch(digits)) and bool(re.search(r"\b(?:in|since|by|until|of|from)\s$", before))
    name = before.split()[-1].strip("()[]")
    if _YEAR.fullmatch(digits):
        return True
    # "BLEU 2.1" and "Accuracy 9" are scores
    return name not in _COMMON and not name.isupper() and _MODEL_NUMBER.fullmatch(digits) is not None


def _glued(before: str, follows_name: bool | None) -> bool:
    if before.endswith(("^", "^{", "_{", "$_")):
        return True
    last = before[-1:]
    if last == "@" or (last in "'’" and before[-2:-1].isupper()):  # "pass@1", "WMT'14"
        return True
    if last in "-–_.,":
        if follows_name is not None:
            return follows_name
        return last != "," and len(before) > 1 and before[-2].isalnum() and not _COMMAND.search(before[:-1])
    return last.isalnum() and not _COMMAND.search(before)
