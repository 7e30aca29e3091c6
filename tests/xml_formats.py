"""The same papers written in the vocabularies of XML that are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from absextract import Abstract

__all__ = ["XML_WRITERS"]

_OAI = """<record><header><identifier>oai:kites:{id}</identifier><datestamp>2026-01-02</datestamp></header>
<metadata>{}</metadata></record>"""

# root, paper
_SHAPES: dict[str, tuple[str, str]] = {
    "oai-arxiv": (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-02T00:00:00Z</responseDate>'
        '<ListRecords>{}<resumptionToken cursor="0">7</resumptionToken></ListRecords></OAI-PMH>',
        _OAI.replace(
            "{}",
            '<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{id}</id><created>2026-01-01</created>'
            "<authors><author><keyname>Kite</keyname><forenames>Ann</forenames></author></authors>"
            "<title>{title}</title><categories>cs.CL cs.AI</categories><abstract>  {abstract}\n</abstract></arXiv>",
        ),
    ),
    "endnote": (
        "<xml><records>{}</records></xml>",
        '<record><rec-number>{id}</rec-number><ref-type name="Journal Article">17</ref-type><contributors><authors>'
        '<author><style face="normal" font="default">Kite, Ann</style></author></authors></contributors><titles><title>'
        '<style face="normal">{title}</style></title></titles><abstract>{abstract}</abstract></record>',
    ),
    "jats": (
        '<pmc-articleset xmlns:mml="http://www.w3.org/1998/Math/MathML">{}</pmc-articleset>',
        '<article article-type="research-article"><front><article-meta><article-id pub-id-type="doi">{id}</article-id>'
        "<title-group><article-title>{title}</article-title></title-group><abstract abstract-type='graphical'><p>Not "
        "this.</p></abstract><abstract><p>{abstract}</p></abstract></article-meta></front><body><p>Body.</p></body>"
        "<back><ref-list><ref><element-citation><article-title>Another</article-title></element-citation></ref>"
        "</ref-list></back></article>",
    ),
    "tei": (
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{}</teiCorpus>',
        '<TEI xml:id="{id}"><teiHeader><fileDesc><titleStmt><title level="a" type="main">{title}</title></titleStmt>'
        "</fileDesc><profileDesc><abstract><div><p>{abstract}</p></div></abstract></profileDesc></teiHeader><text><back>"
        "<listBibl><biblStruct><analytic><title>Another</title></analytic></biblStruct></listBibl></back></text></TEI>",
    ),
    "mods": (
        '<modsCollection xmlns="http://www.loc.gov/mods/v3">{}</modsCollection>',
        '<mods ID="{id}"><titleInfo><title>{title}</title></titleInfo><abstract>{abstract}</abstract>'
        '<relatedItem type="host"><titleInfo><title>Another</title></titleInfo></relatedItem></mods>',
    ),
    "crossref": (
        '<crossref_result xmlns="http://www.crossref.org/qrschema/3.0"><query_result><body>{}</body></query_result>'
        "</crossref_result>",
        "<query><doi_record><crossref><journal><journal_metadata><full_title>Another</full_title></journal_metadata>"
        '<journal_article><titles><title>{title}</title></titles><jats:abstract xmlns:jats="http://www.ncbi.nlm.nih.gov/'
        'JATS1"><jats:title>Abstract</jats:title><jats:p>{abstract}</jats:p></jats:abstract><doi_data><doi>{id}</doi>'
        "</doi_data><citation_list><citation><article_title>Another</article_title></citation></citation_list>"
        "</journal_article></journal></crossref></doi_record></query>",
    ),
    "marc": (
        '<collection xmlns="http://www.loc.gov/MARC21/slim">{}</collection>',
        '<record><controlfield tag="001">{id}</controlfield><datafield tag="245"><subfield code="a">{title}</subfield>'
        '</datafield><datafield tag="520"><subfield code="a">{abstract}</subfield></datafield><datafield tag="490">'
        '<subfield code="a">Another</subfield></datafield></record>',
    ),
    "rss": (
        '<rss version="2.0"><channel><title>Kites</title><description>All of them</description>{}</channel></rss>',
        "<item><title>{title}</title><guid>{id}</guid><description>arXiv:2601.00001v1 Announce Type: new\nAbstract: "
        "{abstract}</description></item>",
    ),
    "bioc": (
        "<collection><source>PMC</source><date>2026</date><key>k</key>{}</collection>",
        '<document><id>{id}</id><passage><infon key="type">title</infon><text>{title}</text></passage><passage><infon '
        'key="type">abstract</infon><text>{abstract}</text></passage><passage><infon key="type">paragraph</infon><text>'
        "Body.</text></passage></document>",
    ),
    "solr": (
        '<response><result name="response">{}</result></response>',
        '<doc><str name="id">{id}</str><arr name="title"><str>{title}</str></arr><arr name="abstract"><str>{abstract}'
        "</str></arr></doc>",
    ),
    "europe-pmc": (
        "<responseWrapper><resultList>{}</resultList></responseWrapper>",
        "<result><id>{id}</id><title>{title}</title><abstractText>{abstract}</abstractText></result>",
    ),
}


def _writer(root: str, paper: str) -> Callable[[Sequence[Abstract]], bytes]:
    def write(papers: Sequence[Abstract]) -> bytes:
        parts = (
            paper.replace("{id}", each.id)
            .replace("{title}", escape(each.title))
            .replace("{abstract}", escape(each.abstract))
            for each in papers
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{root.replace("{}", chr(10).join(parts))}\n'.encode()

    return write


XML_WRITERS = {name: _writer(root, paper) for name, (root, paper) in _SHAPES.items()}
"""A writer for each vocabulary."""
