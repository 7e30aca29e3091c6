"""BibTeX as input."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources.bibtex import read_bibtex


def bibtex(text: str | bytes) -> list[Abstract | BadInput]:
    return list(read_bibtex(io.BytesIO(text.encode() if isinstance(text, str) else text), "papers.bib"))


def essence(text: str) -> list[tuple[str, str, str] | int | None]:
    """Id, title and abstract of each paper; the line of what is none."""
    return [(item.id, item.title, item.abstract) if isinstance(item, Abstract) else item.line for item in bibtex(text)]


def test_entries_comments_strings_and_numbers() -> None:
    first, second = bibtex(
        '@string{j = "Journal of Kites"}\n% a note\n@comment{kept by a tool}\n'
        '@Article{kite26,\n Title = "Kites: {A} Study",\n journal = j,\n ABSTRACT = {On\n kites.},\n  year = 2026\n}\n'
        "@misc{sails, title={On sails}}\n"
    )
    assert isinstance(first, Abstract)
    assert isinstance(second, Abstract)
    assert (first.id, first.title, first.abstract) == ("kite26", "Kites: A Study", "On kites.")
    assert first.metadata == {
        "entry_type": "article",
        "journal": "Journal of Kites",
        "year": "2026",
        "venue": "Journal of Kites",
    }
    assert (second.id, second.title, second.abstract, second.source.index) == ("sails", "On sails", "", 1)


MENDED = {
    "a key twice": ("@misc{a, title={A}, abstract={{B}}}\n@misc{a, title={C}}", [("a", "A", "B"), ("a", "C", "")]),
    "a key twice, in quotes": (
        '@misc{a, title="A"}\n@misc{a, title="C {"}D{"}"}',
        [("a", "A", ""), ("a", 'C "D"', "")],
    ),
    "a key with blanks": ("@misc{Doe 2020, title={A}}", [("Doe 2020", "A", "")]),
    "an empty field": ("@misc{a, abstract=, title={A}, note={}}", [("a", "A", "")]),
    "no comma behind the key": ("@misc{a\n title={A},\n abstract={B}}", [("a", "A", "B")]),
    "no comma behind a field": ("@misc{a, title={A}\n abstract={B}\n year=2020 note=x}", [("a", "A", "B")]),
    "two commas": ("@misc{a, title={A},, abstract={B},,}", [("a", "A", "B")]),
    "a semicolon": ("@misc{a, title={A}; abstract={B}}", [("a", "A", "B")]),
    "a field twice": ("@misc{a, title={A}, title={C}, abstract={B}}", [("a", "A", "B")]),
    "an empty field, and again": ("@misc{a, title={A}, abstract={}, abstract={B}}", [("a", "A", "B")]),
    "a field that is a remark": ("@misc{a, title={A},\n% abstract={C},\n abstract={B}}", [("a", "A", "B")]),
    "entries that are remarks": (
        "%@misc{x,\n% title={X}}\n@misc{a, title={A}}\n% @misc{y, title={Y}}",
        [("a", "A", "")],
    ),
    "round brackets": ("@misc(a, title={A)}, abstract = {B})", [("a", "A)", "B")]),
    "entries in a line": ("@misc{a, title={A}}, @article{b, title={B}}", [("a", "A", ""), ("b", "B", "")]),
    "strings in parts": (
        '@STRING{s = "sky"}\n@string(t = s # { and sea})\n@misc{a, title = T # ": " # {all}, abstract=s}',
        [("a", "sky and sea: all", "sky")],
    ),
    "a string behind its use": ('@misc{a, title = s}\n@string{s = "sky"}', [("a", "sky", "")]),
    "words without braces": ("@misc{a, title = Kites and sails, abstract={B}}", [("a", "Kites and sails", "B")]),
    "backslashes at an end": (r"@misc{a, title={A \\}, abstract={B}}", [("a", r"A \\", "B")]),
    "an odd escaped brace": (r"@misc{a, title={A \{ x}, abstract={B}}", [("a", "A { x", "B")]),
    "no papers": (
        "@control{rev}\n@preamble{{\\x}}\n@comment{jabref-meta: x:{y;}\n\n@misc{a, title={A}}",
        [("a", "A", "")],
    ),
    "a field of two words": ("@misc{a, title={A}, key words={x, y = z},\n abstract={B}}", [("a", "A", "B")]),
    "a field with a no-break blank": ("@misc{a, title={A},\nfunding_text\xa01={x},\nabstract={B}}", [("a", "A", "B")]),
    "braces of the text that do not pair": (
        "@misc{a,\n title={A},\n note={x), y:z}, w},\n abstract={B} and {C},\n more of it},\n}\n\n@misc{b, title={D}}",
        [("a", "A", "B and C, more of it"), ("b", "D", "")],
    ),
    "an address": ("By kite@example (me).\n@misc{a, title={A}}", [("a", "A", "")]),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_people_and_exports_get_wrong_costs_no_paper(name: str) -> None:
    text, papers = MENDED[name]
    assert essence(text) == papers


def test_entries_without_a_key_are_papers_of_their_own() -> None:
    entries = "@Article{,\n  title = {A},\n}\n\n@Article{\n  title = {B},\n}\n\n@Comment{jabref-meta: type:bibtex;}\n"
    items = bibtex(f"% Encoding: UTF-8\n\n{entries}")
    assert [item.title for item in items if isinstance(item, Abstract)] == ["A", "B"]
    assert len(items) == len({item.id for item in items if isinstance(item, Abstract)}) == 2


TOLD = {
    "no end": ("@misc{b, title={broken\n\n", 3, "the entry has no end"),
    "no end of a quote": ('@misc{b, title="broken,\n year={1}}\n', 3, "a brace is closed that was not opened"),
    "a brace too few": ("@misc{b, title={x {y},\n abstract={z}\n}\n", 3, "the entry has no end"),
    "a brace too many": ("@misc{b, title={x}},\n abstract={z}\n}\n", 3, "the entry ends before 'abstract ="),
    "a brace too few in a line": ("@misc{b,\n title={x,\n abstract={z}\n}\n", 3, "the entry has no end"),
    "a brace too few behind the key": ("@misc{b, title={x {y},\n abstract={z},\n}\n", 3, "the entry has no end"),
    "quotes in quotes": ('@misc{b,\n title="x "y" z"}\n', 4, 'expected a field behind field "title", found \'y'),
}


@pytest.mark.parametrize("name", TOLD)
def test_an_entry_that_cannot_be_read_costs_no_other_and_says_its_line(name: str) -> None:
    text, line, reason = TOLD[name]
    good, bad, again = bibtex(f"@article{{a, title={{A}}\n}}\n{text}@article{{c, title={{C}}}}\n")
    assert isinstance(good, Abstract)
    assert isinstance(bad, BadInput)
    assert isinstance(again, Abstract)
    assert (bad.line, again.title) == (line, "C")
    assert bad.message.startswith(f"not valid BibTeX: {reason.split(' =')[0]}")


def test_a_field_that_is_there_twice_stays_in_the_metadata() -> None:
    (paper,) = bibtex("@misc{a, title={A}, abstract={B}, abstract={C\\&D}, note={x}, note={x}}")
    assert isinstance(paper, Abstract)
    assert paper.metadata == {"entry_type": "misc", "abstract_2": "C&D", "note": "x"}


def test_each_text_says_for_itself_whether_it_is_for_tex() -> None:
    entry = "@article{%s, title={{BERT} at %s}, abstract={%s}}\n"
    assert essence(
        entry % ("a", "home", "Up 5% on {set}.") + entry % ("b", "work", r"Up 5\% on $x$ by Erd{\H{o}}s.")
    ) == [
        ("a", "BERT at home", "Up 5% on {set}."),
        ("b", "BERT at work", "Up 5% on $x$ by Erdős."),
    ]


def test_what_all_formats_have_has_its_name() -> None:
    paper, preprint = bibtex(
        "@article{a, title={A}, author={{\\'E}. Kite and {Sails and Masts} and Oar, B.}, date={2026-02-01},"
        " journaltitle={Kites {\\&} Sails}, doi={10.1000/x}, url={https://a.org/b}}\n"
        "@misc{b, title={B}, eprint={2601.01234v2}, archiveprefix={arXiv}, year={2026}}\n"
    )
    assert isinstance(paper, Abstract)
    assert isinstance(preprint, Abstract)
    names = ("authors", "year", "date", "venue", "doi", "url")
    assert [paper.metadata[name] for name in names] == [
        ["É. Kite", "Sails and Masts", "Oar, B."], "2026", "2026-02-01", "Kites & Sails", "10.1000/x", "https://a.org/b",
    ]  # fmt: skip
    assert (preprint.metadata["arxiv_id"], preprint.metadata["year"]) == ("2601.01234", "2026")


def test_strings_that_grow_without_bound_cost_their_entry() -> None:
    doubling = "".join(f"@string{{s{n + 1} = s{n} # s{n} # s{n} # s{n}}}\n" for n in range(40))
    many = " # ".join(["s9"] * 3000)
    first, *_, last = bibtex(f'@string{{s0 = "kite"}}\n{doubling}@misc{{a, title={many}}}\n@misc{{b, title={{B}}}}\n')
    assert isinstance(first, BadInput) or len(first.title) < 1 << 25
    assert isinstance(last, Abstract)


def test_wrong_bytes_cost_their_entry() -> None:
    good, bad = bibtex(b"@article{a, title={A}}\n@article{b, title={\xe9}}\n")
    assert isinstance(good, Abstract)
    assert isinstance(bad, BadInput)
    assert bad.line == 2


@given(st.text())
def test_no_text_raises(text: str) -> None:
    with contextlib.suppress(InputError):  # no entry in it
        bibtex(text.encode("utf-8", "surrogatepass"))
    bibtex(f"@article{{a, title={{{text}}}".encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("piece", ["a@x{ ", "@a{b,c=", "c=a # ", "{", '"', "= ", "a b ", "@misc{a,", "%", "\\{"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """At quadratic time, this would take minutes."""
    for begin in ("", "@misc{k, title="):
        with contextlib.suppress(InputError):
            bibtex(begin + piece * (200_000 // len(piece)))


def test_a_file_of_another_format_is_no_empty_bibliography() -> None:
    with pytest.raises(InputError, match="holds no BibTeX entry"):
        bibtex("title,abstract\nA,We do b.\n")
