"""Elements of XML files one after the other, in constant memory; entities and outside files are refused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .bounds import LARGEST_ELEMENT
from .columns import to_abstract
from .xml_papers import CUT_OUT, PapersOnly

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["papers", "root_of", "text_of"]

_REFUSED = "(files with entities of their own are refused: they may be bombs, or reach for other files)"
_TOO_LARGE = f"larger than {LARGEST_ELEMENT >> 20} MB, which no record of a paper is"
_LAST_LINE_COUNTED = 65535  # libxml2 keeps line numbers in 16 bits


def papers(
    stream: BinaryIO,
    path: str,
    tags: tuple[str, ...],
    *,
    root: str,
    row_of: Callable[[etree._Element], Mapping[str, Any]],
) -> Iterator[Abstract | BadInput]:
    """The papers in the elements with these tags.

    Args:
        stream: the XML.
        path: where it comes from.
        tags: with their namespaces, as `{http://…}name`.
        root: the tag of the whole, which may have none of them in it.
        row_of: what an element holds, by columns.

    Raises:
        InputError: it is no such XML, is broken, or declares entities.
    """
    for index, element in enumerate(_elements(stream, path, tags, root=root)):
        source, line = Source(path=path, index=index), _line_of(element)
        if element.get(CUT_OUT) is None:
            yield to_abstract(row_of(element), source, line)
        else:
            yield BadInput(source=source, line=line, message=_TOO_LARGE)


def _elements(stream: BinaryIO, path: str, tags: tuple[str, ...], *, root: str) -> Iterator[etree._Element]:
    """The elements with these tags, each gone when the next is asked for."""
    from lxml import etree  # not needed for most runs

    checked = PapersOnly(stream, path, tuple(map(_local, tags)))
    walk = etree.iterparse(
        checked, events=("start", "end"), tag=(root, *tags), resolve_entities=False, no_network=True, load_dtd=False
    )
    known = False
    try:
        for event, element in walk:
            if not known:
                _refuse_entities(element, path)
                known = True
            if event == "end" and element.tag in tags:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        reason, line = str(error.msg).rpartition(", line ")[0] or error.msg, error.lineno
        if not line and len(walk.error_log):  # what is raised is a consequence only
            reason, line = walk.error_log[0].message, walk.error_log[0].line
        if "amplification" in reason or "entity reference loop" in reason:
            reason = f"{reason} {_REFUSED}"
        raise InputError(f"not valid XML: {reason}", path=path, line=line or None) from None
    if not known:
        raise InputError(f"no <{_local(root)}> in this XML", path=path)


def root_of(head: bytes) -> str | None:
    """The name of the root of an XML file that begins like this, without its namespace."""
    from lxml import etree  # as above

    parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, load_dtd=False)
    with contextlib.suppress(etree.XMLSyntaxError):
        parser.feed(head)
    root = next(iter(parser.read_events()), None)
    return None if root is None else _local(str(root[1].tag))


def text_of(element: etree._Element | None) -> str:
    """All text in an element, without its markup."""
    return "" if element is None else "".join(map(str, element.itertext()))


def _line_of(element: etree._Element) -> int | None:
    line = element.sourceline
    return line if line and line < _LAST_LINE_COUNTED else None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _refuse_entities(element: etree._Element, path: str) -> None:
    declared = element.getroottree().docinfo.internalDTD
    name = next((entity.name for entity in declared.iterentities()), None) if declared is not None else None
    if name is not None:
        raise InputError(f'the XML declares an entity, "{name}" {_REFUSED}', path=path)


def _forget(element: etree._Element) -> None:
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
