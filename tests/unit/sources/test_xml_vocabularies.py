"""XML of archives, services and reference managers: each paper once, with its metadata under the common names."""

from __future__ import annotations

import contextlib
import io
import random
import re
from typing import Any

import pytest

from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources.markup import as_shown
from absextract.sources.xml_files import read_xml
from formats import WRITERS, papers
from xml_formats import XML_WRITERS

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{}</ListRecords></OAI-PMH>'
RECORD = "<record><header><identifier>oai:kites:7</identifier></header><metadata>{}</metadata></record>"
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://purl.org/rss/1.0/modules/prism/">'
    '<channel rdf:about="http://kites.example"><title>All</title><items><rdf:Seq/></items></channel>{}</rdf:RDF>'
)


def crossref(*records: str) -> str:
    queries = "".join(f"<query><doi_record><crossref>{record}</crossref></doi_record></query>" for record in records)
    return f"<crossref_result><query_result><body>{queries}</body></query_result></crossref_result>"


def marc(tag: str, prefix: str = "", **codes: str) -> str:
    fields = "".join(f'<{prefix}subfield code="{code}">{text}</{prefix}subfield>' for code, text in codes.items())
    return f'<{prefix}datafield tag="{tag}">{fields}</{prefix}datafield>'


def read(content: str) -> list[Abstract | BadInput]:
    return [as_shown(item) for item in read_xml(io.BytesIO(content.encode()), "papers.xml")]


def only(content: str) -> Abstract:
    (paper,) = read(content)
    assert isinstance(paper, Abstract), paper
    return paper


PAPERS: dict[str, tuple[str, dict[str, Any]]] = {
    "arXiv over OAI-PMH": (
        OAI.format(
            RECORD.format(
                '<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2601.00001</id><created>2026-01-01</created><authors>'
                "<author><keyname>Kite</keyname><forenames>Ann B.</forenames></author></authors><title>Kites\n  and"
                " sails</title><categories>cs.CL cs.AI</categories><journal-ref>Proc. Kites 7</journal-ref>"
                "<doi>10.1000/k</doi><abstract>  We\nfly. </abstract></arXiv>"
            )
        ),
        {
            "id": "2601.00001",
            "title": "Kites and sails",
            "abstract": "We fly.",
            "authors": ["Ann B. Kite"],
            "categories": ["cs.CL", "cs.AI"],
            "date": "2026-01-01",
            "year": "2026",
            "doi": "10.1000/k",
            "venue": "Proc. Kites 7",
            "arxiv_id": "2601.00001",
        },
    ),
    "arXivRaw": (
        OAI.format(
            RECORD.format(
                '<arXivRaw><id>hep-th/0001001</id><version version="v1"><date>Mon, 3 Jan 2000 00:00:00 GMT</date>'
                "</version><title>Kites</title><authors>Ann Kite, Bo Sail and Cy Mast</authors><abstract>We fly."
                "</abstract></arXivRaw>"
            )
        ),
        {"id": "hep-th/0001001", "authors": ["Ann Kite", "Bo Sail", "Cy Mast"], "year": "2000"},
    ),
    "Dublin Core": (
        OAI.format(
            RECORD.format(
                '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
                'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Kites</dc:title><dc:creator>Kite, Ann'
                "</dc:creator>"
                "<dc:description>Comment: 12 pages</dc:description><dc:description>We fly.</dc:description>"
                "<dc:date>2026-01-01</dc:date><dc:identifier>http://arxiv.org/abs/2601.00001</dc:identifier>"
                "<dc:identifier>doi:10.1000/k</dc:identifier></oai_dc:dc>"
            )
        ),
        {
            "id": "oai:kites:7",
            "abstract": "We fly.",
            "authors": ["Kite, Ann"],
            "date": "2026-01-01",
            "year": "2026",
            "doi": "10.1000/k",
            "arxiv_id": "2601.00001",
            "url": "http://arxiv.org/abs/2601.00001",
        },
    ),
    "MARC over OAI-PMH": (
        OAI.format(
            RECORD.format(
                '<m:record xmlns:m="m"><m:controlfield tag="001">12</m:controlfield>'
                + marc("024", "m:", a="urn:nbn:1")
                + marc("024", "m:", a="10.1000/k")
                + marc("100", "m:", a="Kite, Ann")
                + marc("700", "m:", a="Mast, Cy", e="ths")
                + marc("245", "m:", a="Kites :", b="a study /", c="by Ann")
                + marc("264", "m:", c="2026")
                + marc("520", "m:", a="We fly.")
                + marc("773", "m:", t="J. Kites")
                + marc("856", "m:", u="https://kites.example")
                + "</m:record>"
            )
        ),
        {
            "id": "12",
            "title": "Kites: a study",
            "abstract": "We fly.",
            "authors": ["Kite, Ann"],
            "date": "2026",
            "year": "2026",
            "doi": "10.1000/k",
            "venue": "J. Kites",
            "url": "https://kites.example",
        },
    ),
    "MARC": (
        f"<collection><record><controlfield tag='001'>7</controlfield>{marc('245', a='Kites')}"
        f"{marc('520', a='We fly.')}{marc('856', u='https://arxiv.org/abs/2601.00001')}</record></collection>",
        {"id": "7", "title": "Kites", "abstract": "We fly.", "arxiv_id": "2601.00001"},
    ),
    "articles of publishers for PubMed": (
        "<ArticleSet><Article><Journal><JournalTitle>J. Kites</JournalTitle><PubDate><Year>2026</Year></PubDate>"
        "</Journal><ArticleTitle>Kites.</ArticleTitle><AuthorList><Author><FirstName>Ann</FirstName><MiddleName>B"
        "</MiddleName><LastName>Kite</LastName></Author></AuthorList><Abstract>We fly.</Abstract></Article>"
        "</ArticleSet>",
        {"title": "Kites.", "abstract": "We fly.", "authors": ["Ann B Kite"], "year": "2026", "venue": "J. Kites"},
    ),
    "EndNote": (
        "<xml><records><record><rec-number>12</rec-number><contributors><authors><author><style face='normal'>Kite, Ann"
        "</style></author></authors></contributors><titles><title><style face='normal'>Kites at 10</style><style "
        "face='superscript'>6</style><style face='italic'> m</style></title><secondary-title>J. Kites</secondary-title>"
        "</titles><dates><year><style>2026</style></year></dates><abstract><style>We fly.&#xD;With CO</style><style "
        "face='subscript'>2</style></abstract><electronic-resource-num>https://doi.org/10.1000/k"
        "</electronic-resource-num><urls><related-urls><url>https://kites.example</url></related-urls></urls></record>"
        "</records></xml>",
        {
            "id": "12",
            "title": "Kites at 10^6 m",
            "abstract": "We fly. With CO2",
            "authors": ["Kite, Ann"],
            "year": "2026",
            "venue": "J. Kites",
            "doi": "10.1000/k",
            "url": "https://kites.example",
        },
    ),
    "JATS": (
        '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "jats.dtd"><article xmlns:mml="http://www.w3.org/1998/Math/'
        'MathML" xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta><journal-title-group><journal-title>J '
        "Kites</journal-title></journal-title-group></journal-meta><article-meta><article-id pub-id-type='pmc'>PMC7"
        "</article-id><article-id pub-id-type='doi'>10.1000/k</article-id><title-group><article-title>On <italic>K. "
        "ite</italic><xref ref-type='fn' rid='f'>*</xref></article-title><subtitle>A study</subtitle></title-group>"
        "<contrib-group><contrib contrib-type='author'><name><surname>Kite</surname><given-names>Ann"
        "</given-names></name>"
        "</contrib><contrib contrib-type='author'><collab>The Sails</collab></contrib><contrib contrib-type='editor'>"
        "<name><surname>No</surname></name></contrib></contrib-group><pub-date pub-type='epub'><day>2</day><month>1"
        "</month><year>2026</year></pub-date><abstract abstract-type='graphical'><p>A picture.</p>"
        "</abstract><abstract>\n"
        "<title>Abstract</title>\n<sec><title>Aim</title>\n<p>To fly\n 10<sup>6</sup>&nbsp;times.</p></sec><sec><title>"
        "Results</title><p><inline-formula><mml:math><mml:mi>p</mml:mi><mml:mo>&lt;</mml:mo><mml:mn>0.05</mml:mn>"
        "</mml:math></inline-formula>.</p></sec></abstract></article-meta></front></article>",
        {
            "id": "PMC7",
            "title": "On K. ite: A study",
            "abstract": "Aim: To fly 10^6\u00a0times.\nResults: p<0.05.",
            "authors": ["Ann Kite", "The Sails"],
            "date": "2026-01-02",
            "year": "2026",
            "venue": "J Kites",
            "doi": "10.1000/k",
        },
    ),
    "JATS in another language alone": (
        "<article><front><article-meta><title-group><article-title/><trans-title-group><trans-title>Kites</trans-title>"
        "</trans-title-group></title-group><trans-abstract><p>We fly.</p></trans-abstract></article-meta></front>"
        "</article>",
        {"title": "Kites", "abstract": "We fly."},
    ),
    "TEI": (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title type="main">Kites</title>'
        "</titleStmt><sourceDesc><biblStruct><analytic><author><persName><forename type='first'>Ann"
        "</forename><forename "
        "type='middle'>B</forename><surname>Kite</surname></persName><affiliation>U</affiliation></author><author>"
        "<affiliation>V</affiliation></author><idno type='DOI'>10.1000/k</idno></analytic><monogr>"
        "<title>J Kites</title>"
        "<imprint><date when='2026-01'/></imprint></monogr><idno type='arXiv'>arXiv:2601.00001v1[cs.CL]</idno>"
        "</biblStruct></sourceDesc></fileDesc><profileDesc><abstract><p><s>We fly.</s><s>We land.</s></p></abstract>"
        "</profileDesc></teiHeader></TEI>",
        {
            "title": "Kites",
            "abstract": "We fly. We land.",
            "authors": ["Ann B Kite"],
            "doi": "10.1000/k",
            "venue": "J Kites",
            "date": "2026-01",
            "year": "2026",
            "arxiv_id": "2601.00001",
        },
    ),
    "MODS": (
        "<mods ID='kite-2026'><titleInfo><nonSort>The</nonSort><title>Kites</title><subTitle>a study</subTitle>"
        "</titleInfo><name><namePart type='given'>Ann</namePart><namePart type='family'>Kite</namePart><role><roleTerm>"
        "author</roleTerm></role></name><name><namePart>No</namePart><role><roleTerm>editor</roleTerm></role></name>"
        "<relatedItem type='host'><titleInfo><title>Proc. Kites</title></titleInfo></relatedItem>"
        "<originInfo><dateIssued>"
        "2026-01</dateIssued></originInfo><abstract>We fly.</abstract><identifier type='doi'>10.1000/k</identifier>"
        "<location><url>https://kites.example</url></location></mods>",
        {
            "id": "kite-2026",
            "title": "The Kites: a study",
            "abstract": "We fly.",
            "authors": ["Ann Kite"],
            "year": "2026",
            "venue": "Proc. Kites",
            "doi": "10.1000/k",
            "url": "https://kites.example",
        },
    ),
    "DataCite": (
        "<resource xmlns='http://datacite.org/schema/kernel-4'>"
        "<identifier identifierType='DOI'>10.48550/arXiv.2601.00001"
        "</identifier><creators><creator><creatorName>Kite, Ann</creatorName><givenName>Ann</givenName><familyName>Kite"
        "</familyName></creator></creators><titles><title titleType='Subtitle'>no</title><title>Kites</title></titles>"
        "<publisher>arXiv</publisher><publicationYear>2026</publicationYear><descriptions><description "
        "descriptionType='Other'>12 pages</description><description descriptionType='Abstract'>We fly.<br/>We land."
        "</description></descriptions></resource>",
        {
            "id": "10.48550/arXiv.2601.00001",
            "title": "Kites",
            "abstract": "We fly.\nWe land.",
            "authors": ["Ann Kite"],
            "year": "2026",
            "venue": "arXiv",
            "arxiv_id": "2601.00001",
        },
    ),
    "RSS of arXiv": (
        "<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>cs.CL</title><description>All</description>"
        "<item><title>Kites</title><link>https://arxiv.org/abs/2601.00001</link>"
        "<description>arXiv:2601.00001v2 Announce "
        "Type: replace-cross \nAbstract: We fly $x &lt; 3$ kites.</description><guid>oai:arXiv.org:2601.00001v2</guid>"
        "<pubDate>Thu, 01 Jan 2026 00:00:00 -0500</pubDate><dc:creator>Ann Kite, Bo Sail</dc:creator></item></channel>"
        "</rss>",
        {
            "title": "Kites",
            "abstract": "We fly $x < 3$ kites.",
            "authors": ["Ann Kite", "Bo Sail"],
            "year": "2026",
            "arxiv_id": "2601.00001",
            "url": "https://arxiv.org/abs/2601.00001",
        },
    ),
    "RSS of arXiv as it was": (
        RDF.format(
            "<item rdf:about='http://arxiv.org/abs/2101.00001'>"
            "<title>Kites. (arXiv:2101.00001v1 [cs.CL] UPDATED)</title>"
            "<description rdf:parseType='Literal'>&lt;p&gt;We\nfly.&lt;/p&gt;</description><dc:creator>&lt;a "
            'href="http://arxiv.org/a"&gt;Ann Kite&lt;/a&gt;, &lt;a href="http://arxiv.org/b"&gt;Bo Sail&lt;/a&gt;'
            "</dc:creator></item>"
        ),
        {"title": "Kites", "abstract": "We fly.", "authors": ["Ann Kite", "Bo Sail"], "arxiv_id": "2101.00001"},
    ),
    "RSS of preprint servers": (
        RDF.format(
            "<item rdf:about='http://kites.example/1'><title><![CDATA[Kites of <i>E. coli</i>]]></title><link>"
            "http://kites.example/1</link><description><![CDATA[We fly 10<sup>6</sup>.]]></description>"
            "<dc:creator>Kite,"
            " A., Sail, B.</dc:creator><dc:date>2026-01-01</dc:date><dc:identifier>doi:10.1101/7</dc:identifier>"
            "<prism:publicationName>bioKites</prism:publicationName></item>"
        ),
        {
            "title": "Kites of E. coli",
            "abstract": "We fly 10^6.",
            "date": "2026-01-01",
            "doi": "10.1101/7",
            "venue": "bioKites",
            "url": "http://kites.example/1",
        },
    ),
    "BioC": (
        "<collection><document><id>12</id><passage><infon key='section_type'>TITLE</infon><infon key='type'>front"
        "</infon><infon key='name_0'>surname:Kite;given-names:Ann</infon><infon key='year'>2026</infon>"
        "<text>Kites</text>"
        "</passage><passage><infon key='section_type'>ABSTRACT</infon><infon key='type'>abstract_title_1</infon><text>"
        "Methods</text></passage><passage><infon key='section_type'>ABSTRACT</infon><infon key='type'>abstract</infon>"
        "<text>We fly.</text></passage><passage><infon key='section_type'>REF</infon><text>Another</text></passage>"
        "</document></collection>",
        {"id": "12", "title": "Kites", "abstract": "Methods: We fly.", "authors": ["Ann Kite"], "year": "2026"},
    ),
    "Elsevier's answer": (
        "<full-text-retrieval-response xmlns:dc='d' xmlns:prism='p'><coredata><dc:title>\n Kites </dc:title>"
        "<prism:doi>10.1016/k</prism:doi><pii>S1</pii><dc:creator>Kite, Ann</dc:creator><prism:publicationName>J Kites"
        "</prism:publicationName><prism:coverDate>2026-01-01</prism:coverDate><dc:description>Abstract\n   We fly."
        "</dc:description></coredata></full-text-retrieval-response>",
        {"id": "S1", "title": "Kites", "abstract": "We fly.", "doi": "10.1016/k", "venue": "J Kites", "year": "2026"},
    ),
    "Elsevier's article": (
        "<article xmlns='http://www.elsevier.com/xml/ja/dtd' xmlns:ce='c'><item-info><ce:doi>10.1016/k</ce:doi>"
        "</item-info><head><ce:title>Kites at 10<ce:sup>6</ce:sup></ce:title><ce:author-group>"
        "<ce:author><ce:given-name>"
        "Ann</ce:given-name><ce:surname>Kite</ce:surname></ce:author></ce:author-group><ce:abstract "
        "class='author-highlights'><ce:simple-para>No</ce:simple-para></ce:abstract><ce:abstract class='author'>"
        "<ce:section-title>Abstract</ce:section-title><ce:abstract-sec><ce:section-title>Aim</ce:section-title>"
        "<ce:simple-para>CO<ce:inf>2</ce:inf> flies.</ce:simple-para></ce:abstract-sec></ce:abstract></head></article>",
        {"title": "Kites at 10^6", "abstract": "Aim: CO2 flies.", "authors": ["Ann Kite"], "doi": "10.1016/k"},
    ),
    "anthology": (
        "<collection id='2026.kite'><volume><meta><booktitle>Proc. Kites</booktitle><year>2026</year>"
        "</meta><frontmatter>"
        "<url>f</url></frontmatter><paper id='1'><title><fixed-case>K</fixed-case>ites</title><author>"
        "<first>Ann</first>"
        "<last>Kite</last></author><abstract>We fly.</abstract><url>2026.kite.1</url></paper></volume></collection>",
        {
            "id": "2026.kite.1",
            "title": "Kites",
            "abstract": "We fly.",
            "authors": ["Ann Kite"],
            "year": "2026",
            "venue": "Proc. Kites",
        },
    ),
    "PubMed in another language alone": (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>[Not Available]."
        "</ArticleTitle><VernacularTitle>Drachen</VernacularTitle></Article>"
        "<OtherAbstract Language='ger'><AbstractText>"
        "Wir fliegen.</AbstractText></OtherAbstract></MedlineCitation></PubmedArticle></PubmedArticleSet>",
        {"id": "1", "title": "Drachen", "abstract": "Wir fliegen."},
    ),
    "PubMed with a plain summary beside an abstract in another language": (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>K</ArticleTitle>"
        "</Article><OtherAbstract Type='plain-language-summary' Language='eng'><AbstractText>Plain."
        "</AbstractText></OtherAbstract>"
        "<OtherAbstract Type='Publisher' Language='spa'><AbstractText>Volamos.</AbstractText></OtherAbstract>"
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>",
        {"title": "K", "abstract": "Volamos."},
    ),
    "books of PubMed": (
        "<PubmedBookArticleSet><PubmedBookArticle><BookDocument><PMID>2</PMID><Book><BookTitle>Kites</BookTitle></Book>"
        "<Abstract><AbstractText>We fly.</AbstractText></Abstract></BookDocument></PubmedBookArticle>"
        "</PubmedBookArticleSet>",
        {"id": "2", "title": "Kites", "abstract": "We fly."},
    ),
    "Zotero": (
        "<rdf:RDF xmlns:rdf='r' xmlns:bib='b' xmlns:dc='d' xmlns:dcterms='t' xmlns:foaf='f'>"
        "<bib:Article rdf:about='#1'><dcterms:isPartOf><bib:Journal><dc:title>J Kites</dc:title>"
        "</bib:Journal></dcterms:isPartOf>"
        "<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Kite</foaf:surname><foaf:givenName>Ann"
        "</foaf:givenName>"
        "</foaf:Person></rdf:li></rdf:Seq></bib:authors><dc:title>Kites</dc:title><dcterms:abstract>We fly."
        "</dcterms:abstract><dc:date>2026-01</dc:date><dc:identifier>DOI 10.1000/k</dc:identifier></bib:Article>"
        "<bib:Memo><rdf:value>A note</rdf:value></bib:Memo></rdf:RDF>",
        {
            "id": "#1",
            "title": "Kites",
            "abstract": "We fly.",
            "authors": ["Ann Kite"],
            "year": "2026",
            "venue": "J Kites",
            "doi": "10.1000/k",
        },
    ),
    "SRU with prefixes that were never declared": (
        "<zs:searchRetrieveResponse xmlns:zs='z'><zs:records><zs:record><zs:recordData><m:mods><m:titleInfo><m:title>"
        "Kites</m:title></m:titleInfo></m:mods></zs:recordData></zs:record></zs:records></zs:searchRetrieveResponse>",
        {"title": "Kites", "abstract": ""},
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_comes_out_with_its_metadata(name: str) -> None:
    content, expected = PAPERS[name]
    paper = only(content)
    whole = {"id": paper.id, "title": paper.title, "abstract": paper.abstract, **paper.metadata}
    assert {name: whole.get(name) for name in expected} == expected


def test_an_entry_of_arxiv_has_the_common_names_too() -> None:
    paper = only(
        ATOM.format(
            "<entry><id>http://arxiv.org/abs/2601.00001v2</id><published>2026-01-01T00:00:00Z</published><title>Kites"
            '</title><summary>We fly.</summary><link href="http://arxiv.org/abs/2601.00001v2" rel="alternate"/></entry>'
        )
    )
    assert paper.metadata | {"year": "2026", "arxiv_id": "2601.00001"} == paper.metadata
    assert (paper.metadata["date"], paper.metadata["url"]) == ("2026-01-01T00:00:00Z", paper.id)


ANSWERS = [
    (
        ATOM.format(
            "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary></entry>"
        ),
        "arXiv answered with an error: bad id",
    ),
    ("<OAI-PMH><error code='none'>no records</error></OAI-PMH>", "the server answered with an error: none: no records"),
    (OAI.format(RECORD.format("<marc><x/></marc>")), "its metadata is none of those that are read .* but <marc>"),
    (crossref("<error>not found</error>"), "the server answered with an error: not found"),
    ("<collection><document><passage><text>x</text></passage></document></collection>", "no passage of the document"),
]


@pytest.mark.parametrize(("content", "message"), ANSWERS)
def test_what_is_no_paper_is_told_in_its_place(content: str, message: str) -> None:
    (bad,) = read(content)
    assert isinstance(bad, BadInput)
    assert re.match(message, bad.message)
    assert bad.line == 1


def test_papers_that_share_an_id_are_papers() -> None:
    tei = '<TEI xml:id="b0"><teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt></fileDesc></teiHeader></TEI>'
    papers_read = read(f"<teiCorpus>{tei.format('A')}{tei.format('B')}</teiCorpus>")
    assert [item.title for item in papers_read if isinstance(item, Abstract)] == ["A", "B"]


def test_blank_lines_before_the_declaration_are_no_matter() -> None:
    assert only('\n\n<?xml version="1.0"?>' + ATOM.format("<entry><title>K</title></entry>")).title == "K"


def test_an_error_among_papers_costs_itself() -> None:
    journal = "<journal><journal_article><titles><title>{}</title></titles></journal_article></journal>"
    queries = [journal.format("A"), "<error>not found</error>", journal.format("B")]
    items = read(crossref(*queries))
    assert [item.title if isinstance(item, Abstract) else None for item in items] == ["A", None, "B"]
    assert [item.source.index for item in items] == [0, 1, 2]


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        (OAI.format("<record><header status='deleted'><identifier>7</identifier></header></record>"), []),
        (crossref("<journal><journal_metadata><full_title>J</full_title></journal_metadata></journal>"), []),
        (
            crossref(
                "<book><book_metadata><titles><title>B</title></titles></book_metadata><content_item><titles><title>C"
                "</title></titles></content_item></book>"
            ),
            ["C"],
        ),
        (crossref("<book><book_metadata><titles><title>B</title></titles></book_metadata></book>"), ["B"]),
        (crossref("<posted_content><titles><title>P</title></titles></posted_content>"), ["P"]),
        (
            "<mods><titleInfo><title>M</title></titleInfo><relatedItem><mods><titleInfo><title>N</title></titleInfo>"
            "</mods></relatedItem></mods>",
            ["M"],
        ),
        (ATOM.format("<entry><title>K</title><arxiv:doi>10.1/k</arxiv:doi></entry>"), ["K"]),
    ],
)
def test_only_papers_come_out(content: str, titles: list[str]) -> None:
    assert [item.title for item in read(content) if isinstance(item, Abstract)] == titles


@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="UTF-8"?>'])
def test_latin_1_that_says_it_is_something_else_is_told_with_what_to_do(declared: str) -> None:
    content = f"{declared}{ATOM.format('<entry><title>Größe</title></entry>')}".encode("latin-1")
    with pytest.raises(InputError, match=r"papers\.xml:1: not valid XML: .* iconv -f WINDOWS-1252 -t UTF-8"):
        list(read_xml(io.BytesIO(content), "papers.xml"))


ALL = {**XML_WRITERS, "atom": WRITERS["arxiv"], "pubmed": WRITERS["pubmed"]}


def read_as_far_as_it_goes(content: bytes) -> list[tuple[str, str]]:
    items: list[Abstract | BadInput] = []
    with contextlib.suppress(InputError):
        items.extend(read_xml(io.BytesIO(content), "papers.xml"))
    return [(item.title, item.abstract) for item in items if isinstance(item, Abstract)]


@pytest.mark.parametrize("name", ALL)
def test_of_a_file_that_breaks_off_the_whole_papers_come_out_and_no_other(name: str) -> None:
    content = ALL[name](papers()[:3])
    whole = read_as_far_as_it_goes(content)
    assert len(whole) == 3
    for end in range(0, len(content), 23):
        found = read_as_far_as_it_goes(content[:end])
        assert found == whole[: len(found)]


@pytest.mark.parametrize("name", ALL)
def test_damaged_files_raise_nothing_else_and_hold_no_more_papers_than_elements(name: str) -> None:
    chance = random.Random(name)
    content = ALL[name](papers()[:3])
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 4)):
            at, size = chance.randrange(len(damaged)), chance.randrange(1, 200)
            piece = damaged[at : at + size]
            match chance.randrange(4):
                case 0:
                    damaged[at:at] = piece
                case 1:
                    del damaged[at : at + size]
                case 2:
                    damaged[at : at + size] = bytes(chance.sample(piece, len(piece)))
                case _:
                    damaged[at] = chance.randrange(256)
        titles = damaged.count(b"<title") + damaged.count(b"<article-title") + damaged.count(b"<ArticleTitle")
        others = max(map(damaged.count, (b"<document", b"<doc", b'<record><controlfield tag="001">')))
        assert len(read_as_far_as_it_goes(bytes(damaged))) <= max(titles, others)
