"""Several XML documents one behind the other in one file."""

from __future__ import annotations

import io

import pytest

from absextract.errors import InputError
from absextract.records import Abstract
from absextract.sources.xml_documents import XmlDocuments
from absextract.sources.xml_files import read_xml
from formats import structured_pubmed

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
ARTICLE = (
    "<article><front><article-meta><title-group><article-title>{}</article-title></title-group>"
    "<abstract>\n<p>{}</p></abstract></article-meta></front><back><ref-list/></back></article>\n"
)
MUSSELS = ARTICLE.format("Mussels", "We count 12.")
CRABS = ARTICLE.format("Crabs", "We count 7.")
TEXTS = [("Mussels", "We count 12."), ("Crabs", "We count 7.")]


def texts(content: str) -> list[tuple[str, str]]:
    items = list(read_xml(io.BytesIO(content.encode()), "papers.xml"))
    assert all(isinstance(item, Abstract) for item in items), items
    return [(item.title, item.abstract) for item in items if isinstance(item, Abstract)]


@pytest.mark.parametrize(
    "content",
    [
        MUSSELS + CRABS,
        DECLARATION + MUSSELS + DECLARATION + CRABS,
        MUSSELS + "\n\n<!DOCTYPE article SYSTEM 'JATS.dtd'>\n" + CRABS,
        (DECLARATION + MUSSELS).strip() + (DECLARATION + CRABS).strip(),
    ],
)
def test_each_document_gives_its_papers(content: str) -> None:
    assert texts(content) == TEXTS


def test_answers_of_pubmed_may_be_put_together() -> None:
    one = structured_pubmed("Mussels", [("", "We count 12.")]).decode()
    other = structured_pubmed("Crabs", [("", "We count 7.")]).decode()
    assert texts(f"{one}\n{other}") == TEXTS


def test_a_fault_in_a_later_document_is_told_with_its_line_in_the_file() -> None:
    papers = read_xml(io.BytesIO((MUSSELS + CRABS.replace("</p>", "")).encode()), "papers.xml")
    assert isinstance(next(papers), Abstract)
    with pytest.raises(InputError, match=r"papers\.xml:4: "):
        list(papers)


def test_what_is_no_further_document_is_refused() -> None:
    with pytest.raises(InputError, match="Extra content"):
        texts(MUSSELS + "<other/>")


@pytest.mark.parametrize("size", [1, 7, 50, 5000])
def test_documents_are_parted_wherever_the_blocks_end(size: int) -> None:
    content = (MUSSELS + DECLARATION + CRABS).encode()

    class Slow(io.BytesIO):
        def read1(self, _: int | None = -1, /) -> bytes:
            return self.read(size)

    documents = XmlDocuments(Slow(content), "article")
    read = []
    while True:
        read.append(b"".join(iter(documents.read, b"")).decode().strip())
        if not documents.next():
            break
    assert read == [MUSSELS.strip(), (DECLARATION + CRABS).strip()]
