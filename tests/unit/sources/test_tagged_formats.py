"""The tagged text formats of databases and reference managers as input."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from absextract.errors import InputError
from absextract.records import Abstract
from absextract.sources.read import FORMATS, read_abstracts, read_inputs
from absextract.sources.tagged_kinds import tagged_format
from formats import WRITERS, papers

RULE = "_" * 60
NBIB = """
PMID- 101
OWN - NLM
LID - e7 [pii]
LID - 10.1000/kites.7 [doi]
TI  - Kites and
      sails.
AB  - BACKGROUND: Kites fly.
      RESULTS: Higher.
CI  - (c) 2026 The Kite Society.
FAU - Kite, Ada
AU  - Kite A
FAU - Sail, Bo
AU  - Sail B
DP  - 2026 Feb 1
JT  - Journal of kites
MH  - Wind

PMID- 102
TI  - Masts
OAB - On masts.
OABL- eng
"""
WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Kite, A
   Sail, B
AF Kite, Ada
   Sail, Bo
TI Kites and
   sails
SO JOURNAL OF KITES
ID WIND; SKY
AB BACKGROUND: Kites fly.
   RESULTS: Higher.
PD FEB 1
PY 2026
DI 10.1000/kites.7
UT 101
ER

PT C
TI Masts
AB On masts.
UT 102
ER

EF
"""
REFER = """%0 Journal Article
%A Kite, Ada
%A Sail, Bo
%T Kites and sails
%J Journal of kites
%K wind
sky
%X BACKGROUND: Kites fly.

RESULTS: Higher.
%D 2026
%R 10.1000/kites.7
%M 101

%0 Conference Paper
%T Masts
%X On masts.
%M 102
"""
REFWORKS = """Refworks Export Tagged Format

RT Journal Article
SR Electronic
ID 101
A1 Kite,Ada
A1 Sail,Bo
T1 Kites and sails
JF Journal of kites
YR 2026
AB BACKGROUND: Kites fly.
AI is not a tag, and
ER stress is no end.
DO 10.1000/kites.7
ER

RT Book, Section
ID 102
T1 Masts
AB On masts.
"""
OVID = """Database: Kites <1950 to 2026>
Search Strategy:
--------------------
1     kites (12)
--------------------

<1>
Unique Identifier
  101
Title
  Kites and
  sails.
Source
  Journal of kites. 3(1):1-2, 2026 Feb 01.
Abstract
  BACKGROUND: Kites fly.
  RESULTS: Higher.
Digital Object Identifier
  10.1000/kites.7

<2>
Unique Identifier
  102
Title
  Masts
Abstract
  On masts.
"""
COCHRANE = """Record #1 of 2
ID: 101
AU: Kite A
TI: Kites and sails
SO: Journal of kites
YR: 2026
AB: BACKGROUND: Kites fly. RESULTS: Higher.
DOI: 10.1000/kites.7


Record #2 of 2
ID: 102
TI: Masts
AB: On masts.
"""
EMBASE = """RECORD 1

TITLE
   Kites and sails

AUTHOR NAMES
   Kite A.

SOURCE
   Journal of kites (2026)

ABSTRACT
   BACKGROUND: Kites fly. RESULTS: Higher.

DOI
   10.1000/kites.7

ACCESSION NUMBER
   101

RECORD 2

TITLE
   Masts

ABSTRACT
   On masts.

ACCESSION NUMBER
   102
"""
PROQUEST = f"""{RULE}

Report Information from a Database
1 February 2026
{RULE}

Table of contents

1. Kites and sails
2. Masts
{RULE}

Document 1 of 2

Kites and sails

Author: Kite, Ada; Sail, Bo

Database document link

Abstract (summary): BACKGROUND: Kites fly.

RESULTS: Higher.

Publication title: Journal of kites

Publication year: 2026

DOI: https://doi.org/10.1000/kites.7

ProQuest document ID: 101

{RULE}

Document 2 of 2

Masts

Abstract: On masts.

ProQuest document ID: 102

{RULE}

Bibliography

Citation style: APA 7

Kite, A. (2026). Kites and sails.
{RULE}
"""
PUBTATOR = """101|t|Kites and sails
101|a|BACKGROUND: Kites fly. RESULTS: Higher.
101\t0\t5\tKites\tThing\tT1

102|t|Masts
102|a|On masts.
"""
ERIC = """
OWN - ERIC
TI  - Kites and
      sails.
AU  - Kite, Ada
AU  - Sail, Bo
OT  - Wind
JT  - Journal of kites
SO  - v3 n1 p1-2 2026
AID - http://dx.doi.org/10.1000/kites.7
OID - 101
DP  - 2026
LID - http://e.example.org/?id=101
AB  - BACKGROUND: Kites fly.
      RESULTS: Higher.
ISSN - ISSN-0000-0000
PT  - Journal Articles

OWN - ERIC
TI  - Masts
OID - 102
AB  - On masts.

"""
EXPORTS = {
    "nbib": NBIB, "wos": WOS, "refer": REFER, "refworks": REFWORKS, "numbered": OVID, "proquest": PROQUEST,
    "pubtator": PUBTATOR,
}  # fmt: skip
ALL = [*EXPORTS.items(), ("numbered", COCHRANE), ("numbered", EMBASE), ("nbib", ERIC)]


def read(tmp_path: Path, text: str | bytes, format_: str | None = None) -> list[Abstract]:
    path = tmp_path / "papers"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read_abstracts(path, format=format_))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("name", "text"), ALL)
def test_each_paper_comes_out_once_and_nothing_else(tmp_path: Path, name: str, text: str, line_end: str) -> None:
    assert tagged_format(text.replace("\n", line_end)) == name
    first, second = read(tmp_path, text.replace("\n", line_end))
    assert (first.id, first.title.rstrip(".")) == ("101", "Kites and sails")
    whole = "BACKGROUND: Kites fly. RESULTS: Higher."
    extra = " AI is not a tag, and ER stress is no end." if name == "refworks" else ""
    assert " ".join(first.abstract.split()) in (whole, f"BACKGROUND: Kites fly.{extra}")
    assert (second.id, second.title, second.abstract) == ("102", "Masts", "On masts.")


@pytest.mark.parametrize(("name", "text"), [pair for pair in ALL if pair[0] != "pubtator"])
def test_what_all_formats_have_has_its_name(tmp_path: Path, name: str, text: str) -> None:
    paper, _ = read(tmp_path, text)
    assert (paper.metadata["year"], paper.metadata["doi"]) == ("2026", "10.1000/kites.7")
    assert str(paper.metadata["venue"]).lower().startswith("journal of kites")
    if name != "numbered":
        assert str(paper.metadata["authors"]).replace(", ", ",") == "['Kite,Ada','Sail,Bo']"


def test_wrapped_lines_paragraphs_notices_and_prose_that_looks_like_tags(tmp_path: Path) -> None:
    nbib, wos, refer, refworks = (read(tmp_path, EXPORTS[name])[0] for name in ("nbib", "wos", "refer", "refworks"))
    assert nbib.abstract == wos.abstract == "BACKGROUND: Kites fly. RESULTS: Higher."
    assert (nbib.metadata["copyright"], nbib.metadata["mesh"]) == ("(c) 2026 The Kite Society.", ["Wind"])
    assert (wos.metadata["keywords_plus"], wos.metadata["date"]) == ("WIND; SKY", "2026 FEB 1")
    assert refer.abstract == "BACKGROUND: Kites fly.\n\nRESULTS: Higher."
    assert refer.metadata["keywords"] == ["wind", "sky"]
    assert refworks.abstract == "BACKGROUND: Kites fly. AI is not a tag, and ER stress is no end."
    assert read(tmp_path, PUBTATOR)[0].metadata == {"annotations": [["0", "5", "Kites", "Thing", "T1"]]}


def test_refer_without_types_is_parted_by_blank_lines(tmp_path: Path) -> None:
    papers = read(tmp_path, "%A Kite, A.\n%T Kites\n%X On kites.\n\n%T Masts\n%X On masts.\n")
    assert [(paper.title, paper.abstract) for paper in papers] == [("Kites", "On kites."), ("Masts", "On masts.")]


def test_files_put_together_are_all_read(tmp_path: Path) -> None:
    for text in (NBIB, WOS, REFER, REFWORKS, PROQUEST, PUBTATOR):
        assert [paper.title.rstrip(".") for paper in read(tmp_path, text + "\n" + text)] == [
            "Kites and sails",
            "Masts",
        ] * 2


def test_a_reference_without_title_and_abstract_has_its_place(tmp_path: Path) -> None:
    for text, bare in ((NBIB, "PMID- 103\nOWN - NLM\n"), (WOS[:-4], "PT J\nAU Kite, A\nER\n")):
        *papers, last = read(tmp_path, text + bare)
        assert len(papers) == 2
        assert (last.title, last.abstract, last.source.index) == ("", "", 2)


@pytest.mark.parametrize("name", [*EXPORTS, "ris", "bibtex", "text"])
def test_damaged_files_give_no_traceback_and_no_paper_that_is_not_there(tmp_path: Path, name: str) -> None:
    path = tmp_path / "papers"
    whole = WRITERS[name](papers()[:6])
    for seed in range(60):
        damaged = _damaged(whole, random.Random(f"{name} {seed}"))
        path.write_bytes(damaged)
        text = " ".join(damaged.decode("utf-8", "replace").split())
        for format_ in (None, name):
            try:
                items = list(read_inputs([str(path)], format=format_))
            except InputError:
                continue
            assert [item.source.index for item in items] == list(range(len(items)))
            assert len(items) <= 12, "there are six papers, twice at most"
            texts = [f"{item.title} {item.abstract}" for item in items if isinstance(item, Abstract)]
            if name != "bibtex":  # where signs stand for others
                assert all(word in text for words in texts for word in words.split())


def _damaged(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data)) for _ in range(2))
    first, *lines = data.split(b"\n")
    rng.shuffle(lines)
    middle = bytearray(data[start:end])
    rng.shuffle(middle)
    return rng.choice(
        (data[:end], data[start:], data[:end] + data[start:], data + data, b"\n".join([first, *lines]),
         data[:start] + bytes(middle) + data[end:], data[:start] + rng.randbytes(20) + data[end:])
    )  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_naming_the_format_makes_nothing_else_a_paper(tmp_path: Path, name: str) -> None:
    for content in (b"", b"\n\n", b"title,abstract\nA,B\n", b"Only prose.\n"):
        with pytest.raises(InputError, match="holds no records"):
            read(tmp_path, content, name)
    with pytest.raises(InputError, match="not UTF-16 text"):
        read(tmp_path, b"\xff\xfe\0", name)


def test_the_formats_are_those_that_are_read() -> None:
    assert set(EXPORTS) < set(FORMATS)
