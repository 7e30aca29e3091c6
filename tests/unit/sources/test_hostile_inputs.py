"""Inputs that would fill the memory: each costs itself, in a process that may have 1 GB."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

LIMITED = """
import io, json, resource, sys
from absextract.errors import InputError
from absextract.records import Abstract
from absextract.sources.opening import Ahead
from absextract.sources.read import FORMATS, unless_hopeless
from absextract.sources.recognise import recognise

class Repeated(io.RawIOBase):
    '''A beginning, a piece again and again, an end.'''
    def __init__(self, begin, piece, end, size):
        once = piece * max(1, min(1 << 20, size) // max(1, len(piece)))
        self.parts = [begin, *([once] * (size // max(1, len(once)))), end]
    def readable(self):
        return True
    def readinto(self, buffer):
        while self.parts and not self.parts[0]:
            self.parts.pop(0)
        if not self.parts:
            return 0
        size = min(len(buffer), len(self.parts[0]))
        buffer[:size], self.parts[0] = self.parts[0][:size], self.parts[0][size:]
        return size

begin, piece, end, size, given = json.loads(sys.argv[1])
import ijson, lxml.etree, rispy.config  # their own memory is not the point
with open("/proc/self/statm") as file:
    here = int(file.read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (here + 800_000_000,) * 2)
ahead = Ahead(Repeated(*(part.encode() for part in (begin, piece, end)), size))
try:
    name = recognise(ahead, "papers", FORMATS)
    assert name == given, name
    for item in FORMATS[given](io.BufferedReader(ahead, 1 << 16), "papers"):
        print(item.title if isinstance(item, Abstract) else "bad: " + item.message)
except InputError as error:
    print("refused:", error)
"""
MANY = 1 << 29
LINE = "x" * 60 + "\n"
GOOD = '{"title": "A", "abstract": "a"}'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title></entry>\n'
PUBMED = "<PubmedArticleSet><PubmedArticle><ArticleTitle>A</ArticleTitle></PubmedArticle>\n"
PUBMED_END = "<PubmedArticle><ArticleTitle>B</ArticleTitle></PubmedArticle></PubmedArticleSet>"
BIBTEX = "@article{a, title={A}, abstract={a}}\n"
NBIB = "PMID- 1\nTI  - A\n\n"
RIS = "TY  - JOUR\nTI  - A\nER  - \n"
PAGE = "Get trending papers in your email inbox!\nSubscribeA\na\n"

ONE_IS_LOST = {
    "line": (f'{GOOD}\n{{"title": "', "x", f'"}}\n{GOOD}\n', "jsonl"),
    "line without end": (f'{GOOD}\n{{"title": "', "x", "", "jsonl"),
    "brackets in a line": (f'{GOOD}\n{{"title": "T", "x": ', "[", f"\n{GOOD}\n", "jsonl"),
    "values in a line": (f'{GOOD}\n{{"title": "T", "x": [', "{},", f"1]}}\n{GOOD}\n", "jsonl"),
    "digits in a line": (f'{GOOD}\n{{"title": "T", "x": ', "9", f"}}\n{GOOD}\n", "jsonl"),
    "record of an array": (f'[{GOOD}, {{"title": "', "x", f'"}},\n{GOOD}]', "json"),
    "values of a record": (f'{{"data": [{GOOD}, {{"title": "B", "x": [', "{},", f"1]}},\n{GOOD}]}}", "json"),
    "escapes": (f'[{GOOD}, {{"title": "', '\\\\\\"', f'"}},\n{GOOD}]', "json"),
    "field": ('title,abstract\nA,a\nB,"', "x", '"\nA,a\n', "csv"),
    "field of lines": ('title,abstract\nA,a\nB,"', 'x,y\n""', '"\nA,a\n', "csv"),
    "row": ("title\tabstract\nA\ta\nB\t", "x", "\nA\ta\n", "tsv"),
    "text of an entry": (
        f"{ATOM}<entry><title>",
        "x",
        "</title></entry><entry><title>A</title></entry></feed>",
        "arxiv",
    ),
    "elements of an article": (f"{PUBMED}<PubmedArticle>", "<x/>", f"</PubmedArticle>{PUBMED_END}", "pubmed"),
    "depth of an article": (f"{PUBMED}<PubmedArticle>", "<x>", f"</PubmedArticle>{PUBMED_END}", "pubmed"),
    "attribute": (f'{PUBMED}<PubmedArticle a="', "x", f'"></PubmedArticle>{PUBMED_END}', "pubmed"),
    "field of BibTeX": (f"{BIBTEX}@article{{b, title={{", "x", f"}}}}\n{BIBTEX}", "bibtex"),
    "lines of BibTeX": (f"{BIBTEX}@article{{b, title={{", LINE, f"}}}}\n{BIBTEX}", "bibtex"),
    "line of RIS": (f"{RIS}TY  - JOUR\nTI  - ", "x", f"\nER  - \n{RIS}", "ris"),
    "lines of RIS": (f"{RIS}TY  - JOUR\n", f"AU  - {LINE}", f"ER  - \n{RIS}", "ris"),
    "line of nbib": (f"{NBIB}PMID- 2\nTI  - ", "x", f"\n{NBIB}", "nbib"),
    "lines of nbib": (f"{NBIB}PMID- 2\n", f"AU  - {LINE}", NBIB, "nbib"),
    "lines of a document": ("1|t|A\n\n2|t|B\n", LINE, "3|t|A\n", "pubtator"),
    "line of text": ("A\n\na\n---\n", "x", "\n---\nA\n\na\n", "text"),
    "lines of text": ("A\n\na\n---\n", LINE, "\n---\nA\n\na\n", "text"),
    "line of a page": (PAGE, "x", "\nx\nA\na\n", "trending"),
}
REFUSED = {
    "brackets": ("", "[", "", 1 << 16, "json"),
    "brackets without end": ("", "[", "", 1 << 24, "json"),
    "objects": ("", '{"a":', "", 1 << 16, "jsonl"),
    "long keys": ("", '{"' + "a" * 500 + '":', "", 1 << 16, "jsonl"),
    "text beside the records": ('{"note": "', "x", f'", "data": [{GOOD}]}}', MANY, "jsonl"),
    "elements that are no papers": ("<PubmedArticleSet>", "<x/>", "</PubmedArticleSet>", MANY, "pubmed"),
    "header": ("title,abstract", ",x", "\nA,a\n", 1 << 19, "csv"),
}


def limited(*attack: object) -> list[str]:
    """What is read of an input by a process whose memory is bounded."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, json.dumps(attack)], capture_output=True, text=True, check=False, timeout=120
    )
    assert not done.stderr, done.stderr[-2000:]
    return done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("name", ONE_IS_LOST)
def test_a_record_without_bound_is_one_bad_record(name: str) -> None:
    begin, piece, end, given = ONE_IS_LOST[name]
    first, bad, *rest = limited(begin, piece, end, MANY if len(piece) == 1 else 34 << 20, given)
    assert first == "A"
    assert bad.startswith("bad: "), bad
    assert rest == (["A"] if "without end" not in name else []) or rest == ["B"]


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_nothing_else_is_one_clear_error(name: str) -> None:
    (said,) = limited(*REFUSED[name])
    assert said.startswith(("refused: papers", "bad: ")), said
