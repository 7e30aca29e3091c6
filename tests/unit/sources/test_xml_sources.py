"""arXiv feeds and PubMed XML as input."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.errors import InputError
from absextract.records import Abstract
from absextract.sources.arxiv import read_arxiv
from absextract.sources.read import Reader, read_inputs
from absextract.sources.xml_files import read_xml
from formats import structured_pubmed

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">{}</feed>'
ENTRY = """<entry><id>http://arxiv.org/abs/2601.00001v2</id><published>2026-01-01T00:00:00Z</published>
<title>Kites &amp;
  Sails</title><summary>  We fly $x &lt; 3$
kites.

They fly.
</summary><author><name>A. Kite</name></author><author><name>B. Sail</name></author>
<arxiv:doi>10.1/k</arxiv:doi><link title="pdf" href="http://arxiv.org/pdf/2601.00001v2" rel="related"/>
<category term="cs.CL"/><category term="cs.AI"/></entry>"""


def read(reader: Reader, content: str | bytes) -> list[Abstract]:
    items = list(reader(io.BytesIO(content.encode() if isinstance(content, str) else content), "papers.xml"))
    assert all(isinstance(item, Abstract) for item in items), items
    return [item for item in items if isinstance(item, Abstract)]


def test_an_entry_of_arxiv_is_a_paper_with_its_metadata() -> None:
    (paper,) = read(read_arxiv, ATOM.format(ENTRY))
    assert (paper.id, paper.title) == ("http://arxiv.org/abs/2601.00001v2", "Kites & Sails")
    assert paper.abstract == "We fly $x < 3$ kites.\n\nThey fly."
    assert paper.metadata["authors"] == ["A. Kite", "B. Sail"]
    assert paper.metadata["categories"] == ["cs.CL", "cs.AI"]
    assert (paper.metadata["doi"], paper.metadata["published"]) == ("10.1/k", "2026-01-01T00:00:00Z")
    assert paper.metadata["links"] == {"pdf": "http://arxiv.org/pdf/2601.00001v2"}


def test_a_feed_without_entries_holds_no_papers() -> None:
    assert read(read_arxiv, ATOM.format("")) == []


def test_the_parts_of_a_structured_abstract_keep_their_labels() -> None:
    parts = [("BACKGROUND", "Kites fly."), ("RESULTS", "They <i>do</i>."), ("UNLABELLED", "Yes."), ("NOTE", " ")]
    (paper,) = read(read_xml, structured_pubmed("On <i>E. coli</i>", parts))
    assert (paper.title, paper.abstract) == ("On E. coli", "BACKGROUND: Kites fly. RESULTS: They do. Yes.")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<sup>6</sup> cells", "10^6 cells"),
        ("<b>2.5 × 10</b>", "2.5 × 10"),
        ("10<sup>-3</sup> mol", "10^-3 mol"),
        ("<sup>18</sup>F-FDG", "18F-FDG"),
        ("kg/m<sup>2</sup>", "kg/m2"),
        ("CO<sub>2</sub> &lt; 5%", "CO2 < 5%"),
        ("<i>p</i>&#x2009;=&#160;0.05", "p\u2009=\u00a00.05"),
    ],
)
def test_markup_goes_and_an_exponent_stays_one(markup: str, text: str) -> None:
    assert read(read_xml, structured_pubmed("T", [("A", markup)]))[0].abstract == f"A: {text}"


def test_an_article_of_pubmed_brings_its_metadata() -> None:
    article = (
        "<PubmedArticle><MedlineCitation><PMID Version='1'>123</PMID><Article><Journal><JournalIssue><PubDate>"
        "<Year>2026</Year><Month>Jan</Month></PubDate></JournalIssue><Title>Kites</Title></Journal>"
        "<ArticleTitle>T</ArticleTitle><AuthorList><Author><LastName>Kite</LastName><ForeName>Ann</ForeName></Author>"
        "<Author><CollectiveName>The Sails</CollectiveName></Author></AuthorList></Article></MedlineCitation>"
        "<PubmedData><ArticleIdList><ArticleId IdType='doi'>10.1/k</ArticleId></ArticleIdList></PubmedData>"
        "</PubmedArticle>"
    )
    (paper,) = read(read_xml, f"<PubmedArticleSet>{article}</PubmedArticleSet>")
    assert (paper.id, paper.abstract) == ("123", "")
    assert paper.metadata == {
        "authors": ["Ann Kite", "The Sails"],
        "journal": "Kites",
        "venue": "Kites",
        "date": "2026 Jan",
        "year": "2026",
        "doi": "10.1/k",
    }


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>'
ENTITIES = [
    (BOMB, "&l9;"),
    ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "&a;"),
    ('<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1/a.dtd"> %a;]>', "x"),
    ('<!DOCTYPE x [<!ENTITY a "b">]>', "&a;"),
]


@pytest.mark.parametrize(("declaration", "text"), ENTITIES)
@pytest.mark.parametrize("reader", [read_arxiv, read_xml])
def test_files_with_entities_of_their_own_are_refused(reader: Reader, declaration: str, text: str) -> None:
    content = (
        ATOM.format(f"<entry><title>{text}</title></entry>")
        if reader is read_arxiv
        else f"<PubmedArticleSet><PubmedArticle><ArticleTitle>{text}</ArticleTitle></PubmedArticle></PubmedArticleSet>"
    )
    with pytest.raises(InputError, match=r"papers\.xml: the XML declares an entity, .* are refused"):
        read(reader, declaration + content)


def test_a_bomb_in_an_attribute_of_the_root_is_refused_too() -> None:
    with pytest.raises(InputError, match=r"entity amplification .* are refused"):
        read(read_xml, f'{BOMB}<PubmedArticleSet a="&l9;"></PubmedArticleSet>')


@pytest.mark.parametrize(
    ("reader", "content", "reason"),
    [
        (read_xml, "<PubmedArticleSet>\n<PubmedArticle>", r":2: not valid XML: "),
        (read_xml, "<kites/>", r":1: an unknown kind of XML, with the root <kites>"),
        (read_xml, "<!DOCTYPE html><html><body/></html>", r":1: this is a web page"),
        (read_xml, "<", r":1: not valid XML: "),
        (read_arxiv, ATOM.format("<entry>\n&nbsp;</entry>"), r":2: not valid XML: Entity 'nbsp' not defined"),
        (read_arxiv, ATOM.format("\n\n<entry>\0</entry>"), r":3: not valid XML: "),
    ],
)
def test_broken_and_other_xml_is_an_input_error(reader: Reader, content: str, reason: str) -> None:
    with pytest.raises(InputError, match=r"^papers\.xml" + reason):
        read(reader, content)


def test_xml_says_itself_how_it_is_encoded() -> None:
    content = '<?xml version="1.0" encoding="ISO-8859-1"?>' + ATOM.format("<entry><title>Été</title></entry>")
    assert read(read_arxiv, content.encode("latin-1"))[0].title == "Été"


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_an_input_error(content: bytes) -> None:
    for reader, frame in ((read_arxiv, ATOM.encode()), (read_xml, b"<PubmedArticleSet>{}</PubmedArticleSet>")):
        with contextlib.suppress(InputError):
            list(reader(io.BytesIO(frame.replace(b"{}", content)), "papers.xml"))


def test_an_article_without_text_is_a_paper_without_an_abstract() -> None:
    content = b"<PubmedArticleSet>\n\n<PubmedArticle><PMID>1</PMID></PubmedArticle></PubmedArticleSet>"
    (paper,) = read_xml(io.BytesIO(content), "papers.xml")
    assert isinstance(paper, Abstract)
    assert (paper.id, paper.title, paper.abstract) == ("1", "", "")


@pytest.mark.parametrize("content", ["<zs:answer>x</zs:answer>", "<jats:p>On kites.</jats:p>", "<a:b:c/>"])
def test_a_root_with_an_undeclared_prefix_is_not_recognised(content: str, tmp_path: Path) -> None:
    path = tmp_path / "papers.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"format not recognised|unknown kind of XML"):
        list(read_inputs([str(path)]))
