"""Which words are English: a name that is one needs more in a text than itself to be a dataset's."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

__all__ = ["english_words"]

_LEAST = 50  # occurrences in the package's corpus; what is rarer is a name or a slip


def english_words(root: Path) -> frozenset[str]:
    """The words of a spelling checker that are met more than rarely."""
    with gzip.open(root / "spellchecker/resources/en.json.gz") as file:
        counts: dict[str, int] = json.load(file)
    return frozenset(word for word, count in counts.items() if count >= _LEAST)
