"""One kind of papers in XML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .xml_rows import Paths, Row

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Kind"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of element that holds papers.

    Attributes:
        paths: where the parts of a paper are.
        papers: where the papers are in the element.
        mended: what becomes of a row: a better one, the words that tell why it is none, or None for no paper.
    """

    paths: Paths
    papers: str = "."
    mended: Callable[[etree._Element, Row], Row | str | None] = lambda _, row: row
