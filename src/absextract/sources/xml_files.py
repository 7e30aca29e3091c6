"""XML of services, archives and reference managers, whatever its vocabulary."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .columns import Columns, places_in
from .opening import BLOCK, Ahead
from .vocabularies import VOCABULARIES, Vocabulary, rows_in
from .xml_elements import TOO_LARGE, elements, root_of
from .xml_kinds import ERROR

__all__ = ["read_xml", "unknown_xml"]

_KNOWN = (
    "Atom, RSS, OAI-PMH, PubMed, JATS, EndNote, TEI, MODS, Crossref, DataCite, BioC and some more (see docs/inputs.md)"
)
_NONE = Vocabulary("xml", {"*": ERROR})  # no element has that name; it is read to be told what is wrong with it
_MOST_BEFORE_THE_ROOT = 16 * BLOCK


def read_xml(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads papers one at a time; markup within them becomes the text that a reader sees.

    Args:
        stream: the XML.
        path: where it comes from.
        columns: where it is noted what is taken from where.

    Raises:
        InputError: it is no XML, or broken, or declares entities, or is of a kind that is not known.
    """
    ahead = Ahead(stream)
    root = _root(ahead)
    if root is not None and root not in VOCABULARIES:
        raise unknown_xml(root, path)
    vocabulary, index = VOCABULARIES.get(root or "", _NONE), 0
    usual = Columns(taken=columns.taken if columns else None)
    with io.BufferedReader(ahead, BLOCK) as again:
        for element, line in elements(again, path, root or "*", tuple(vocabulary.kinds)):
            for row in [TOO_LARGE] if element is None else rows_in(element, vocabulary):
                source = Source(path=path, index=index)
                index += 1
                if isinstance(row, str):
                    yield BadInput(source=source, line=line, message=row)
                else:
                    yield usual.paper(row, source, line, places=places_in(row))
    if root is None:
        raise unknown_xml(root, path)


def unknown_xml(root: str | None, path: str) -> InputError:
    """The error that XML is in which no paper would be found."""
    if root is None:
        return InputError("not XML, or broken at its beginning", path=path, line=1)
    if root.lower() == "html":
        return InputError(
            "this is a web page; give a file of data (docs/inputs.md lists the formats)",
            path=path,
            line=1,
        )
    return InputError(
        f"an unknown kind of XML, with the root <{root[:100]}>; known are {_KNOWN}",
        path=path,
        line=1,
    )


def _root(ahead: Ahead) -> str | None:
    size, root = 0, None
    while root is None and size < _MOST_BEFORE_THE_ROOT and len(head := ahead.look(size + 1)) > size:
        size, root = len(head), root_of(head)
    return root
