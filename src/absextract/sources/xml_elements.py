"""Elements of XML files one after the other, in constant memory; entities and outside files are refused."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from ..errors import InputError
from .bounds import LARGEST_ELEMENT
from .encodings import how_to_convert
from .xml_documents import XmlDocuments
from .xml_papers import CUT_OUT, PapersOnly
from .xml_rows import local_name

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["TOO_LARGE", "elements", "root_of"]

TOO_LARGE = f"larger than {LARGEST_ELEMENT >> 20} MB, which no record of a paper is"
_REFUSED = "(files with entities of their own are refused: they may be bombs, or reach for other files)"
_LAST_LINE_COUNTED = 65535  # libxml2 keeps line numbers in 16 bits
_HARMLESS = {"NS_ERR_UNDEFINED_NAMESPACE", "DTD_ID_REDEFINED"}  # all elements are there all the same
_WRONG_BYTES = {"ERR_INVALID_ENCODING", "ERR_INVALID_CHAR", "I18N_CONV_FAILED"}


def elements(
    stream: BinaryIO, path: str, root: str, names: tuple[str, ...]
) -> Iterator[tuple[etree._Element | None, int | None]]:
    """The outermost elements of these names with their lines, each gone when the next is asked for.

    A file may hold several documents with the same root, one behind the other.

    Args:
        stream: the XML.
        path: where it comes from.
        root: the name of its root, without a namespace, as the others.
        names: those of the elements.

    Yields:
        The element, None in place of one that is too large, and its line where that is known.

    Raises:
        InputError: it is not valid XML, or declares entities.
    """
    documents = XmlDocuments(stream, root)
    yield from _elements(documents, path, root, names)
    while documents.next():
        yield from _elements(documents, path, root, names)


def _elements(
    documents: XmlDocuments, path: str, root: str, names: tuple[str, ...]
) -> Iterator[tuple[etree._Element | None, int | None]]:
    """Those of one document."""
    from lxml import etree  # not needed for most runs

    above = documents.lines
    walk = etree.iterparse(
        PapersOnly(documents, path, names),
        events=("start", "end"),
        tag=tuple(f"{{*}}{name}" for name in (root, *names)),
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        collect_ids=False,
    )
    try:
        for element, line in _outermost(walk, path, names):
            yield element, line and above + line
    except etree.XMLSyntaxError as error:
        if (refusal := _refusal(error, walk, path)) is not None:
            line = refusal.line and above + refusal.line
            raise InputError(refusal.message, path=path, line=line) from None


def root_of(head: bytes) -> str | None:
    """The name of the root of an XML file that begins like this, without its namespace."""
    from lxml import etree  # as above

    parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, load_dtd=False)
    with contextlib.suppress(etree.XMLSyntaxError):
        parser.feed(head.lstrip())
    root = next(iter(parser.read_events()), None)
    return None if root is None else local_name(str(root[1].tag))


def _outermost(
    walk: etree.iterparse, path: str, names: tuple[str, ...]
) -> Iterator[tuple[etree._Element | None, int | None]]:
    depth, known = 0, False
    for event, element in walk:
        if not known:
            _refuse_entities(element, path)
            known = True
        if local_name(element.tag) not in names:
            continue
        depth += 1 if event == "start" else -1
        if event == "end" and not depth:
            yield (element if element.get(CUT_OUT) is None else None), _line_of(element)
            _forget(element)


def _refusal(error: etree.XMLSyntaxError, walk: etree.iterparse, path: str) -> InputError | None:
    """What is wrong; nothing where it is only a prefix without declaration, or an id that papers share."""
    reason, line = str(error.msg).rpartition(", line ")[0] or str(error.msg), error.lineno
    first = walk.error_log[0] if len(walk.error_log) else None
    if not line and first is not None:  # what is raised is a consequence only
        reason, line = first.message, first.line
    kinds = {entry.type_name for entry in walk.error_log}
    if kinds and kinds <= _HARMLESS:
        return None
    if "amplification" in reason or "entity reference loop" in reason:
        reason = f"{reason} {_REFUSED}"
    if kinds & _WRONG_BYTES:
        reason = f"{reason}; if it is not UTF-8, {how_to_convert(path)}"
    return InputError(f"not valid XML: {reason}", path=path, line=line or None)


def _line_of(element: etree._Element) -> int | None:
    line = element.sourceline
    return line if line and line < _LAST_LINE_COUNTED else None


def _refuse_entities(element: etree._Element, path: str) -> None:
    declared: Any = element.getroottree().docinfo.internalDTD
    name = next((entity.name for entity in declared.iterentities()), None) if declared is not None else None
    if name is not None:
        raise InputError(f'the XML declares an entity, "{name}" {_REFUSED}', path=path)


def _forget(element: etree._Element) -> None:
    """Empties an element, and removes all before it that is closed."""
    element.clear()
    here: etree._Element | None = element
    while here is not None:
        while here.getprevious() is not None:
            del here.getparent()[0]
        here = here.getparent()
