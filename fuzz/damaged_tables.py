"""Tables as broken exports leave them: rows cut, doubled, in another order, with cells or quotes too many or too few.

Each text of a paper has the paper's number in it, so that a paper put together of two, or of other cells, is seen.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

__all__ = ["damaged_table", "of_one_paper"]

_COLUMNS = ("Authors", "Title", "Year", "Source title", "DOI", "Abstract", "Keywords")
_MARK = re.compile(r"([TAX])(\d\d)x")  # of titles, abstracts and all else
_WORDS = (
    "We", "present", "a", "small", "model", "of", "wind", "and", "water", "that", "reaches", "more", "than", "any",
    "before", "it", "in", "all", "of", "the", "tests",
)  # fmt: skip


def damaged_table(rng: random.Random) -> bytes:
    """A table of some papers after a few accidents, as text or in an archive."""
    delimiter = rng.choice(",\t;")
    quoted = rng.random() < 0.7
    rows = [_row(number, delimiter, quoted=quoted, rng=rng) for number in range(rng.choice((1, 2, 6)))]
    if rng.random() < 0.8:
        rng.choice(_ACCIDENTS)(rows, rng)
    for accident in rng.choices(_HARMLESS, k=rng.choice((0, 1, 2))):
        accident(rows, rng)
    above = rng.choice(("", "", "sep=" + delimiter + "\n", '"Search","kites"\n\n', "About the data\n"))
    end = rng.choice(("\n", "\r\n"))
    lines = [delimiter.join(_COLUMNS), *(delimiter.join(row) for row in rows)]
    data = (above + end.join(lines) + rng.choice(("", end))).encode(
        rng.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16"))
    )
    return _zipped(data) if rng.random() < 0.1 else data


def of_one_paper(title: str, abstract: str) -> bool:
    """Whether the title is that of a paper, and the abstract that of the same."""
    titles, abstracts = _MARK.findall(title), _MARK.findall(abstract)
    kinds = {kind for kind, _ in titles} <= {"T"} and {kind for kind, _ in abstracts} <= {"A"}
    return kinds and len({number for _, number in titles + abstracts}) <= 1


def _row(number: int, delimiter: str, *, quoted: bool, rng: random.Random) -> list[str]:
    def text(kind: str, words: int) -> str:
        said = f"{kind}{number:02}x {' '.join(rng.choices(_WORDS, k=words))}"
        if quoted and rng.random() < 0.3:
            said = said.replace(" ", rng.choice((f"{delimiter} ", "\n", ' ""so"" ')), 1)
        return f'"{said}"' if quoted else said

    beside = [text("X", rng.choice((0, 3))) for _ in range(3)]
    return [beside[0], text("T", 6), "2024", beside[1], f"10.1000/{number}", text("A", 40), beside[2]]


def _lone_quote(rows: list[list[str]], rng: random.Random) -> None:
    row = rng.choice(rows)
    place = rng.randrange(len(row))
    row[place] = f'"{row[place].strip(chr(34))}'


def _cell_too_many(rows: list[list[str]], rng: random.Random) -> None:
    place, cell = rng.choice((3, 4, 5, 7)), rng.choice(("", '""', '"X99x fund"', "X99x"))
    for row in rows if rng.random() < 0.6 else [rng.choice(rows)]:
        row.insert(place, cell)


def _cell_too_few(rows: list[list[str]], rng: random.Random) -> None:
    place = rng.choice((0, 1, 2, 3, 4, 6))  # without its abstract a row may look whole
    for row in rows if rng.random() < 0.6 else [rng.choice(rows)]:
        del row[place : place + 1]


def _empty_ends(rows: list[list[str]], rng: random.Random) -> None:
    for row in rows:
        row += [""] * rng.choice((1, 3))


def _cut(rows: list[list[str]], rng: random.Random) -> None:
    row = rows[-1]
    row[:] = row[: rng.randrange(len(row) + 1)] or [""]
    row[-1] = row[-1][: rng.randrange(len(row[-1]) + 1)]


def _doubled(rows: list[list[str]], rng: random.Random) -> None:
    rows.insert(rng.randrange(len(rows) + 1), list(rng.choice(rows)))


def _shuffled(rows: list[list[str]], rng: random.Random) -> None:
    rng.shuffle(rows)


def _blank(rows: list[list[str]], rng: random.Random) -> None:
    rows.insert(rng.randrange(len(rows) + 1), [""] * rng.choice((1, 7, 9)))


_Accident = Callable[[list[list[str]], random.Random], None]
_ACCIDENTS: tuple[_Accident, ...] = (_lone_quote, _cell_too_many, _cell_too_few, _cut)
_HARMLESS: tuple[_Accident, ...] = (_empty_ends, _doubled, _shuffled, _blank)


def _zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export.csv", data)
    return file.getvalue()
