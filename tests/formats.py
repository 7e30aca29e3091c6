"""The same papers written in every format that is read."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pyarrow
from pyarrow import parquet

from absextract import Abstract, read_abstracts
from json_shapes import SHAPES
from xml_formats import XML_WRITERS

EXAMPLES = Path(__file__).parents[1] / "examples"

_HARD = {
    "Kites & Sails: <b>Bold</b> Claims at p < 0.05": "We fly 3 < 5 kites & win. Windy gets 91.3% accuracy.",
    'Quotes "inside", commas, and semicolons; all of them': 'They say "it works, always"; we say 76\\% of the time.',
    "Größe zählt: naïve Übertragung für Łódź": "Die Größe ändert 12,5 % der Ergebnisse – sagt Erdős.",
    "论文标题:汉字也是标题": "我们提出一种方法,在数据集上达到 93.7% 的准确率。",
    "Formulas such as $\\alpha_{i}$ in a title": "With $\\lambda \\to 0$ it is $3.2\\times10^{-4}$, below $\\epsilon$.",
    "An emoji 🪁 and a combining é": "The kite 🪁 flies at 2.5× the speed of the café’s kite.",
    "Apostrophes, ‘curly’ and 'straight'": "It's 5% better; the code: https://example.org/it's?a=1&b=2#c.",
    "Backslashes \\emph{emphasised} and a tab": "C:\\kites\\new stays, and so does \\textbf{bold} text of 41.2 BLEU.",
    "URLs with tildes and percent signs": "Code: https://example.org/~kite/a%20b_c.html (also https://example.org/x_y).",
    "Equals = signs, plus + signs, at @ signs": "=SUM(A1:A9) is no formula here; +5.4 points on @handles are.",
    "Hashes # and underscores_in_names": "Our kite_net_v2 reaches an F1 of 88.1 on KITE_DATA #3.",
    "Angles <|endoftext|> and brackets [MASK]": "Tokens such as <s> and [CLS] cost 0.3% each; ]]> ends nothing here.",
    "Dashes - – — and ranges 10--20": "Latency falls by 10–20%, or by 1.5-3 times, or by 10--20\\%.",
    "A title that ends with a full stop.": "An abstract that ends without one, at 12.0 mAP",
    "Numbers 1,000 and 1{,}000": "There are 1,000 kites, 1{,}000 sails and 2,310 masts; recall is 0.912.",
    "One": "Two.",
    "A question? An exclamation!": "Yes! 7% more. Did it help? In 3 of 4 cases.",
}


def papers() -> list[Abstract]:
    """Thirty papers: those of the examples, and some with all that formats stumble over."""
    examples = [paper for name in ("trending.txt", "spaced.txt") for paper in read_abstracts(EXAMPLES / name)]
    texts = [(paper.title, paper.abstract) for paper in examples] + list(_HARD.items())
    return [Abstract(id=f"p{i:02}", title=title, abstract=abstract) for i, (title, abstract) in enumerate(texts)]


def _rows(papers: Sequence[Abstract]) -> list[dict[str, str]]:
    return [{"id": paper.id, "title": paper.title, "abstract": paper.abstract} for paper in papers]


def _lines(rows: Sequence[object]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _table(papers: Sequence[Abstract], delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, ["id", "title", "abstract"], delimiter=delimiter)
    table.writeheader()
    table.writerows(_rows(papers))
    return text.getvalue().encode()


def _inverted(abstract: str) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for place, word in enumerate(abstract.split(" ")):
        index.setdefault(word, []).append(place)
    return index


def _wrapped(text: str) -> str:
    """With a line break in the middle, as arXiv has it."""
    words = text.split(" ")
    half = len(words) // 2
    return " ".join(words[:half]) + "\n  " + " ".join(words[half:]) if half else text


def arxiv(papers: Sequence[Abstract]) -> bytes:
    entries = (
        f"<entry><id>{paper.id}</id><updated>2026-01-01T00:00:00Z</updated><title>{escape(_wrapped(paper.title))}"
        f"</title>\n<summary>  {escape(_wrapped(paper.abstract))}\n</summary><author><name>A. Kite</name></author>"
        f'<category term="cs.CL"/></entry>\n'
        for paper in papers
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>query</title>{"".join(entries)}</feed>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{feed}\n'.encode()


def arxiv_dump(papers: Sequence[Abstract]) -> bytes:
    return _lines(
        [
            row
            | {"title": _wrapped(row["title"]), "abstract": f"  {_wrapped(row['abstract'])}\n"}
            | {"update_date": "2026-01-01", "authors_parsed": [["Kite", "A.", ""]]}
            for row in _rows(papers)
        ]
    )


def openalex_works(papers: Sequence[Abstract]) -> list[dict[str, object]]:
    return [
        {"id": paper.id, "display_name": paper.title, "abstract_inverted_index": _inverted(paper.abstract)}
        for paper in papers
    ]


def openalex(papers: Sequence[Abstract]) -> bytes:
    return json.dumps({"meta": {"count": len(papers)}, "results": openalex_works(papers), "group_by": []}).encode()


def pubmed(papers: Sequence[Abstract]) -> bytes:
    articles = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>{paper.id}</PMID><Article><ArticleTitle>{escape(paper.title)}"
        f"</ArticleTitle><Abstract><AbstractText>{escape(paper.abstract)}</AbstractText></Abstract></Article>"
        "</MedlineCitation></PubmedArticle>\n"
        for paper in papers
    )
    kind = (
        '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.example.org/pubmed_190101.dtd">'
    )
    return f'<?xml version="1.0" ?>\n{kind}\n<PubmedArticleSet>{articles}</PubmedArticleSet>'.encode()


def structured_pubmed(title: str, parts: Sequence[tuple[str, str]]) -> bytes:
    """One article whose abstract has labelled parts; the parts are XML."""
    texts = "".join(f"<AbstractText Label={quoteattr(label)}>{text}</AbstractText>" for label, text in parts)
    article = f"<ArticleTitle>{title}</ArticleTitle><Abstract>{texts}</Abstract>"
    return f"<PubmedArticleSet><PubmedArticle>{article}</PubmedArticle></PubmedArticleSet>".encode()


def _for_tex(text: str) -> str:
    """As it is written to be set like this; formulas are meant as such."""
    escaped = {"\\": r"\textbackslash{}"}
    return re.sub(r"(\$[^$]*\$)|([\\{}%&#_])", lambda found: found[1] or escaped.get(found[2], f"\\{found[2]}"), text)


def bibtex(papers: Sequence[Abstract]) -> bytes:
    return "".join(
        f"@article{{{paper.id},\n  title = {{{_for_tex(paper.title)}}},\n  author = {{Kite, A. and Sail, B.}},\n"
        f"  abstract = {{{_wrapped(_for_tex(paper.abstract))}}},\n  year = 2026\n}}\n\n"
        for paper in papers
    ).encode()


def ris(papers: Sequence[Abstract]) -> bytes:
    return "".join(
        f"TY  - JOUR\r\nID  - {paper.id}\r\nTI  - {paper.title}\r\nAU  - Kite, A.\r\n"
        f"AB  - {paper.abstract}\r\nER  - \r\n\r\n"
        for paper in papers
    ).encode()


def _wrapped_behind(begin: str, text: str, indent: str) -> str:
    """Some text behind its tag, in lines of which all but the first are indented."""
    return (
        f"{begin}{text}"
        if "  " in text
        else textwrap.fill(
            text, 70, initial_indent=begin, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
    )


def nbib(papers: Sequence[Abstract]) -> bytes:
    return "".join(
        f"PMID- {paper.id}\nOWN - NLM\n{_wrapped_behind('TI  - ', paper.title, ' ' * 6)}\n"
        f"FAU - Kite, Ada\nAU  - Kite A\n{_wrapped_behind('AB  - ', paper.abstract, ' ' * 6)}\nSO  - Kites. 2026.\n\n"
        for paper in papers
    ).encode()


def eric(papers: Sequence[Abstract]) -> bytes:
    return "".join(
        f"\nOWN - ERIC\n{_wrapped_behind('TI  - ', paper.title, ' ' * 6)}\nAU  - Kite, Ada\nOID - {paper.id}\n"
        f"{_wrapped_behind('AB  - ', paper.abstract, ' ' * 6)}\nISSN - ISSN-0000-0000\nPT  - Journal Articles\n\n"
        for paper in papers
    ).encode()


def wos(papers: Sequence[Abstract]) -> bytes:
    records = "".join(
        f"PT J\nAU Kite, A\n   Sail, B\n{_wrapped_behind('TI ', paper.title, ' ' * 3)}\nSO KITES\n"
        f"{_wrapped_behind('AB ', paper.abstract, ' ' * 3)}\nPY 2026\nUT {paper.id}\nER\n\n"
        for paper in papers
    )
    return f"FN Clarivate Analytics Web of Science\nVR 1.0\n{records}EF\n".encode()


def refer(papers: Sequence[Abstract]) -> bytes:
    return "".join(
        f"%0 Journal Article\n%A Kite, A.\n%T {paper.title}\n%M {paper.id}\n%X {paper.abstract}\n%D 2026\n\n"
        for paper in papers
    ).encode()


def refworks(papers: Sequence[Abstract]) -> bytes:
    return "".join(
        f"RT Journal Article\nSR Electronic\nID {paper.id}\nA1 Kite,A.\nT1 {paper.title}\nAB {paper.abstract}\nER\n\n"
        for paper in papers
    ).encode()


def numbered(papers: Sequence[Abstract]) -> bytes:
    return "".join(
        f"<{number}>\nUnique Identifier\n  {paper.id}\nTitle\n{_wrapped_behind('  ', paper.title, '  ')}\n"
        f"Authors\n  Kite A. Sail B.\nAbstract\n{_wrapped_behind('  ', paper.abstract, '  ')}\n\n"
        for number, paper in enumerate(papers, start=1)
    ).encode()


def proquest(papers: Sequence[Abstract]) -> bytes:
    rule = f"{'_' * 60}\n"
    documents = "".join(
        f"{rule}\nDocument {number} of {len(papers)}\n\n{paper.title}\n\n"
        f"Author: Kite, A.\n\nAbstract: {paper.abstract}\n\n"
        f"ProQuest document ID: {paper.id}\n\n"
        for number, paper in enumerate(papers, start=1)
    )
    return f"{rule}\nReport Information from a database\n{documents}{rule}".encode()


def pubtator(papers: Sequence[Abstract]) -> bytes:
    return "".join(
        f"{paper.id}|t|{paper.title}\n{paper.id}|a|{paper.abstract}\n{paper.id}\t0\t5\tKites\tGene\t1\n\n"
        for paper in papers
    ).encode()


def text(papers: Sequence[Abstract]) -> bytes:
    return "\n---\n".join(f"{paper.title}\n\n{paper.abstract}\n" for paper in papers).encode()


def trending(papers: Sequence[Abstract]) -> bytes:
    pairs = "".join(f"{paper.title}\n{paper.abstract}\n" for paper in papers)
    return f"Get trending papers in your email inbox!\nSubscribe{pairs}".encode()


def table(papers: Sequence[Abstract]) -> bytes:
    file = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(_rows(papers)), file, row_group_size=7)
    return file.getvalue()


def workbook(papers: Sequence[Abstract]) -> bytes:
    file, book = io.BytesIO(), openpyxl.Workbook()
    for number, row in enumerate(
        [["id", "title", "abstract"], *(list(row.values()) for row in _rows(papers))], start=1
    ):
        for place, text in enumerate(row, start=1):
            book.active.cell(number, place, text).data_type = "s"  # one may begin like a formula
    book.save(file)
    return file.getvalue()


def _written_as(shape: Callable[[Sequence[Abstract]], object]) -> Callable[[Sequence[Abstract]], bytes]:
    return lambda papers: json.dumps(shape(papers)).encode()


WRITERS: dict[str, Callable[[Sequence[Abstract]], bytes]] = {
    "arxiv": arxiv,
    "bibtex": bibtex,
    "csv": lambda papers: _table(papers, ","),
    "json": lambda papers: json.dumps(_rows(papers), indent=1).encode(),
    "jsonl": lambda papers: _lines(_rows(papers)),
    "nbib": nbib,
    "numbered": numbered,
    "openalex": openalex,
    "parquet": table,
    "proquest": proquest,
    "pubmed": pubmed,
    "pubtator": pubtator,
    "refer": refer,
    "refworks": refworks,
    "ris": ris,
    "text": text,
    "trending": trending,
    "tsv": lambda papers: _table(papers, "\t"),
    "wos": wos,
    "xlsx": workbook,
    "xml": XML_WRITERS["oai-arxiv"],
}
"""A writer for each format of `absextract.sources.read.FORMATS`."""


def zipped(papers: Sequence[Abstract]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("papers/all.csv", _table(papers, ","))
        archive.writestr("__MACOSX/papers/._all.csv", b"\0\5")
    return file.getvalue()


VARIANTS: dict[str, Callable[[Sequence[Abstract]], bytes]] = {
    "arxiv-dump": arxiv_dump,
    "eric": eric,
    "csv-semicolon": lambda papers: _table(papers, ";"),
    "json-object": lambda papers: json.dumps({"total": 30, "data": _rows(papers)}).encode(),
    "json-pretty": lambda papers: json.dumps({"response": {"docs": _rows(papers)}}, indent=2).encode(),
    "openalex-lines": lambda papers: _lines(openalex_works(papers)),
    "csv-utf-16": lambda papers: _table(papers, "\t").decode().encode("utf-16"),
    "zip": zipped,
    **XML_WRITERS,
    **{f"json-{name}": _written_as(shape) for name, shape in SHAPES.items()},
    "semantic-scholar": lambda papers: _lines(
        [{"paperId": p.id, "corpusId": 1, "title": p.title, "abstract": p.abstract} for p in papers]
    ),
}
"""Other shapes of the same formats."""
