"""Excel workbooks as input."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources import xlsx_parts
from absextract.sources.columns import ColumnNames
from absextract.sources.read import read_inputs

HEAD = ["Title", "Year", "Abstract"]


def book(*sheets: Sequence[Any]) -> bytes:
    workbook, file = openpyxl.Workbook(), io.BytesIO()
    workbook.remove(workbook.active)
    for rows in sheets:
        sheet = workbook.create_sheet()
        for row in rows:
            sheet.append(row)
    workbook.save(file)
    return file.getvalue()


def read(folder: Path, content: bytes, columns: str | None = None) -> list[Abstract | BadInput]:
    path = folder / "export"
    path.write_bytes(content)
    return list(read_inputs([str(path)], chosen=ColumnNames.of(columns)))


def papers(folder: Path, content: bytes, columns: str | None = None) -> list[Abstract]:
    items = read(folder, content, columns)
    assert all(isinstance(item, Abstract) for item in items), items
    return [item for item in items if isinstance(item, Abstract)]


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook in which a part of its archive reads otherwise."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            assert name != part or old in data
            after.writestr(name, data.replace(old, new) if name == part else data)
    return file.getvalue()


def test_a_row_is_a_paper_and_its_other_cells_are_metadata(tmp_path: Path) -> None:
    row = ["Kites", 2024, "On kites.\nAnd sails.", 3, datetime.date(2026, 5, 2), True, 1.5, None]
    (paper,) = papers(tmp_path, book([[*HEAD, "ID", "Date", "Open", "Score", "Note"], row]))
    assert (paper.id, paper.title, paper.abstract) == ("3", "Kites", "On kites.\nAnd sails.")
    own = {"Year": 2024, "Date": "2026-05-02T00:00:00", "Open": True, "Score": 1.5, "Note": None}
    assert paper.metadata == own | {"year": "2024", "date": "2026-05-02T00:00:00"}


def test_the_first_sheet_with_an_abstract_is_read(tmp_path: Path) -> None:
    sheets: tuple[list[Any], ...] = (
        [["About"], ["Kites, all of them"]],
        [],
        [HEAD, ["Kites", 1, "On kites."]],
        [HEAD, ["Sails", 1, "On sails."]],
    )
    assert [paper.title for paper in papers(tmp_path, book(*sheets))] == ["Kites"]


def test_what_stands_above_the_header_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    rows = [
        ["Search", "kites"],
        [],
        [None, None],
        HEAD,
        [],
        ["Kites", 1, "On kites."],
        [None, " "],
        ["Sails", 2, "On sails.", None],
    ]
    first, second = papers(tmp_path, book(rows))
    assert (first.title, second.title, second.source.index) == ("Kites", "Sails", 1)


def test_numbers_and_escapes_are_the_text_that_is_shown(tmp_path: Path) -> None:
    (paper,) = papers(tmp_path, book([HEAD, [1984, 1, "On kites._x000D_\nAnd_x0020_sails."]]))
    assert (paper.title, paper.abstract) == ("1984", "On kites.\nAnd sails.")


def test_rows_without_an_abstract_are_papers_without_one(tmp_path: Path) -> None:
    items = papers(tmp_path, book([HEAD, ["Kites", 1, None], ["Sails", 1, "n/a"], ["Masts", 1]]))
    assert [(item.title, item.abstract) for item in items] == [("Kites", ""), ("Sails", "n/a"), ("Masts", "")]


def test_columns_are_named_by_the_user_and_told_where_they_are_missing(tmp_path: Path) -> None:
    content = book([["x"]], [["Titel", "Zusammenfassung"], ["Kites", "On kites."]])
    with pytest.raises(
        InputError, match="found x, Titel, Zusammenfassung; did you mean --columns abstract=Zusammenfassung"
    ):
        read(tmp_path, content)
    (paper,) = papers(tmp_path, content, "abstract=Zusammenfassung,title=Titel")
    assert (paper.title, paper.abstract) == ("Kites", "On kites.")


def test_a_row_that_lies_beyond_all_rows_of_excel_does_not_keep_one_waiting(tmp_path: Path) -> None:
    content = changed(
        book([HEAD, ["Kites", 1, "On kites."]]), "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="99999999999"'
    )
    with pytest.raises(InputError, match="holds no records"):
        read(tmp_path, content)


def shared(content: bytes, strings: bytes) -> bytes:
    """A workbook whose texts stand in a part of their own, as Excel writes them."""
    file = io.BytesIO()
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    more = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(b"</Types>", more) if name == "[Content_Types].xml" else data)
        after.writestr("xl/sharedStrings.xml", strings)
    numbered = re.sub(
        rb'<c r="([A-C])([12])"[^>]*>.*?</c>',
        lambda cell: (
            b'<c r="%s%s" t="s"><v>%d</v></c>' % (cell[1], cell[2], b"ABC".index(cell[1]) + 3 * int(cell[2]) - 3)
        ),
        zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml"),
    )
    return replaced(file.getvalue(), "xl/worksheets/sheet1.xml", numbered)


def _by_number(cell: re.Match[bytes]) -> bytes:
    number = b"ABC".index(cell[1]) + 3 * (int(cell[2]) - 1)
    return b'<c r="%s%s" t="s"><v>%d</v></c>' % (cell[1], cell[2], number)


def replaced(content: bytes, part: str, data: bytes) -> bytes:
    return changed(content, part, zipfile.ZipFile(io.BytesIO(content)).read(part), data)


MAIN = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
ONE = book([HEAD, ["Kites", 1, "On kites."]])
TEXTS = (b"Title", b"Year", b"Abstract", b"Kites", b"2024", b"On <r>kites.</r>")
STRINGS = MAIN + b"".join(b"<si><t>%s</t></si>" % re.sub(rb"<.*?>", b"", text) for text in TEXTS) + b"</sst>"


def test_texts_in_a_part_of_their_own_are_read(tmp_path: Path) -> None:
    (paper,) = papers(tmp_path, shared(ONE, STRINGS))
    assert (paper.title, paper.abstract, paper.metadata) == ("Kites", "On kites.", {"Year": "2024", "year": "2024"})


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", b"<sheets>", b"<sheets"),
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><row><c>"),
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="two"'),
        ("xl/worksheets/sheet1.xml", b"<v>3</v>", b"<v>99</v>"),
        ("xl/sharedStrings.xml", b"<sst", b'<!DOCTYPE sst [<!ENTITY a "b">]><sst'),
        ("xl/sharedStrings.xml", b"</si>", b"</so>"),
        ("xl/sharedStrings.xml", b"</sst>", b""),
        ("[Content_Types].xml", b"worksheet", b"work"),
        ("xl/styles.xml", b"<", b"<<"),
    ],
)
def test_a_damaged_workbook_is_an_input_error_or_read(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    content = changed(shared(ONE, STRINGS), part, old, new)
    with contextlib.suppress(InputError):
        assert [item.model_dump()["title"] for item in read(tmp_path, content)] == ["Kites"]


BOMBS = {
    "a text without end": ("xl/sharedStrings.xml", b"</sst>", b"<si><t>" + b"kite " * 30_000),
    "texts without end": ("xl/sharedStrings.xml", b"</sst>", b"<si/>" * 5_000),
    "a row without end": ("xl/worksheets/sheet1.xml", b"</row>", b"<c/>" * 50_000),
    "rows without end": ("xl/worksheets/sheet1.xml", b"</sheetData>", b"<row/>" * 5_000),
    "styles without end": ("xl/styles.xml", b"<cellXfs", b"<xf/>" * 20_000 + b"<cellXfs"),
    "types without end": ("[Content_Types].xml", b"</Types>", b"<Default/>" * 10_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_part_that_unpacks_to_too_much_is_refused(tmp_path: Path, bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for bound, least in (("_LARGEST_PIECE", 1 << 17), ("_LARGEST_OTHER", 1 << 16), ("_MOST_PIECES", 4_000)):
        monkeypatch.setattr(xlsx_parts, bound, least)
    content = changed(shared(ONE, STRINGS), *BOMBS[bomb])
    with pytest.raises(InputError, match="more in one part of the workbook than a table of papers has; save its table"):
        read(tmp_path, content)
