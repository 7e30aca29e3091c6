"""Excel workbooks (XLSX): the first sheet with a column for an abstract."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice, zip_longest
from typing import IO, Any, BinaryIO

from ..errors import InputError
from ..patterns import regex
from ..records import Abstract, BadInput, Source
from .bounds import LONGEST_RECORD, TOO_LONG, has_too_many_columns
from .cell_values import as_json, is_blank
from .columns import Columns
from .row_fit import RowFit, UnfitError
from .spooling import seekable
from .table_header import MOST_ABOVE, is_header, unlike_names
from .table_metadata import CommonNames
from .xlsx_parts import BoundedArchive, TooMuchError

__all__ = ["read_xlsx"]

_MOST_SHEETS, _MOST_ROWS = 200, 1_048_576
_ESCAPED = regex(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads the rows below a header; formulas give the value that was saved with them.

    The place of a record is the number of its row. What is no plain file is written to a temporary one first.

    Raises:
        InputError: it is no workbook, is too large, or no sheet has a column for an abstract.
    """
    columns = columns or Columns()
    with ExitStack() as stack:
        file = seekable(stream, path, "XLSX", stack)
        with _as_input_error(path):
            book = _opened(file)
            stack.callback(book.close)
            for number, rows, names in _tables(book, columns):
                if names is not None:
                    yield from _papers(rows, number, names, path, columns)
                    return
        fault = columns.fault(path)
        raise fault or InputError("no sheet has a header with a column for an abstract", path=path)


def _opened(file: IO[bytes]) -> Any:
    from openpyxl.reader.excel import ExcelReader  # not needed for most runs

    reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
    reader.archive = BoundedArchive(file)
    reader.read()
    return reader.wb


@contextmanager
def _as_input_error(path: str) -> Iterator[None]:
    """Turns whatever the library raises on a damaged workbook into an `InputError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (InputError, GeneratorExit):
        raise
    except TooMuchError:
        reason = "more in one part of the workbook than a table of papers has; save its table as CSV"
        raise InputError(reason, path=path) from None
    except Exception as error:  # KeyError, ValueError, BadZipFile, ParseError, … wherever the damage is
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise InputError(f"not a workbook that can be read: {reason}; save it anew, or as CSV", path=path) from None


def _tables(book: Any, columns: Columns) -> Iterator[tuple[int, Iterator[list[Any]], list[str] | None]]:
    """For each sheet the number of its header's row, the rows below, and the names there; None where it has none."""
    for sheet in islice(book.worksheets, _MOST_SHEETS):
        sheet.reset_dimensions()  # what the file says of them may be anything
        rows = (list(row) for row in islice(sheet.iter_rows(values_only=True), _MOST_ROWS))
        fullest: list[str] = []
        first = True
        for number, row in enumerate(islice(rows, MOST_ABOVE), start=1):
            names = ["" if cell is None else _text(cell) for cell in row]
            while names and not names[-1]:
                names.pop()
            if not names:
                continue
            if is_header(names, columns.chosen, first=first) and not has_too_many_columns(names):
                yield number, rows, unlike_names(names)
                return
            fullest = names if sum(map(bool, names)) > sum(map(bool, fullest)) else fullest
            first = False
        columns.meet([name for name in fullest if name])
        yield 0, rows, None


def _papers(
    rows: Iterator[list[Any]], header: int, names: list[str], path: str, columns: Columns
) -> Iterator[Abstract | BadInput]:
    layout = columns.meet(names)
    if fault := columns.fault(path, header):
        raise fault
    fit, common = RowFit(names, layout), CommonNames(names)
    texts = {*layout.title, *layout.abstract}
    index = 0
    for number, cells in enumerate(rows, start=header + 1):
        if all(map(is_blank, cells)):
            continue
        source = Source(path=path, index=index)
        index += 1
        if sum(len(cell) for cell in cells if isinstance(cell, str)) > LONGEST_RECORD:
            yield BadInput(source=source, line=number, message=TOO_LONG)
            continue
        values = [_value(cell, as_text=name in texts) for name, cell in zip_longest(names, cells)]
        try:
            yield columns.paper(common.added_to(fit.row(values)), source, number)
        except UnfitError:
            yield BadInput(source=source, line=number, message=fit.told(values))


def _value(cell: Any, *, as_text: bool = False) -> Any:
    if as_text and cell is not None:
        return _text(cell)
    return _unescaped(cell) if isinstance(cell, str) else as_json(cell)


def _text(cell: Any) -> str:
    return (_unescaped(cell) if isinstance(cell, str) else str(as_json(cell))).strip()


def _unescaped(text: str) -> str:
    """A text without the escapes of XLSX: a line break of Windows may stand there as `_x000D_`."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "")
