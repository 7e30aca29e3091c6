"""How well numbers with units are judged in all sciences: true ones in other spellings, false ones that come near.

    python benchmarks/units.py [--show N]

Sentences of our own making (`unit_sentences.txt`, each quantity in double brackets) are asked about one quantity at a
time, in a schema that holds nothing but a number. The spellings come from a list kept beside them, apart from the
library's own table, and the near misses from the sentence itself: another unit, exponent, sign or digit, another number
with this unit, one end of a range. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.unit_variants import read_sentences, variants

from absextract import Abstract, Number, validate


class Amounts(BaseModel):
    """What is asked of every sentence."""

    amounts: list[Annotated[str, Number()]] = []


def main() -> None:
    """Prints how often each kind goes wrong."""
    options = _options()
    wrong: dict[str, list[str]] = defaultdict(list)
    asked: Counter[str] = Counter()
    for sentence in read_sentences():
        for quantity in sentence.quantities:
            for kind, value in variants(sentence, quantity):
                asked[kind] += 1
                if accepted(sentence.text, value) is not kind.startswith("true"):
                    wrong[kind].append(f"{value!r} for {quantity!r}: {sentence.text}")
    for kind, n in sorted(asked.items()):
        print(f"{kind:36s}{len(wrong[kind]):5d} of {n:5d} wrong {len(wrong[kind]) / n:7.1%}")
        for line in wrong[kind][: options.show]:
            print(f"    {line}")


def accepted(text: str, value: str) -> bool:
    """Whether a value is kept without anything being told of it but a conversion."""
    record = validate({"amounts": [value]}, Abstract(title="", abstract=text), schema=Amounts)
    return not any(finding.severity != "info" for finding in record.findings)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--show", type=int, default=0, help="show so many of what goes wrong, of each kind")
    return parser.parse_args()


if __name__ == "__main__":
    main()
