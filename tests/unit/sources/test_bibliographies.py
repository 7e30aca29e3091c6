"""BibTeX and RIS as input."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources.bibtex import read_bibtex
from absextract.sources.layout import unwrap
from absextract.sources.ris import read_ris
from absextract.sources.tex import from_tex, is_written_for_tex


def bibtex(text: str | bytes) -> list[Abstract | BadInput]:
    return list(read_bibtex(io.BytesIO(text.encode() if isinstance(text, str) else text), "papers.bib"))


def ris(text: str) -> list[Abstract | BadInput]:
    return list(read_ris(io.BytesIO(text.encode()), "papers.ris"))


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("{BERT}: {P}re-training of {{D}eep} Models", "BERT: Pre-training of Deep Models"),
        (r"Erd\H{o}s and R{\'e}nyi, G{\"o}del, {\L}{\'o}d{\'z}, fa\c{c}ade", "Erdős and Rényi, Gödel, Łódź, façade"),
        (r"na{\"\i}ve \'el\`eve, stra{\ss}e, {\AA}ngstr{\"o}m, {\O}re", "naïve élève, straße, Ångström, Øre"),
        (r"Q\&A with 5\% of \$100, \#1 in a\_b", "Q&A with 5% of $100, #1 in a_b"),
        (
            r"$\alpha_{i}$ and \(x_{j}\) stay, {so} do $\frac{1}{2}$",
            r"$\alpha_{i}$ and \(x_{j}\) stay, so do $\frac{1}{2}$",
        ),
        (r"see \url{https://a.org/b_c} and \emph{this {one}}", r"see \url{https://a.org/b_c} and \emph{this {one}}"),
        ("plain text --- with ~ and `quotes'", "plain text --- with ~ and `quotes'"),
    ],
)
def test_tex_is_read_as_it_is_set_but_for_formulas_and_commands(tex: str, text: str) -> None:
    assert from_tex(tex) == text


@given(st.text())
def test_any_text_is_read_as_tex(text: str) -> None:
    from_tex(text)
    assert from_tex(text) == text or not set("\\{}").isdisjoint(text)


@pytest.mark.parametrize("text", ["12% more", "R&D", r"a \\& b"])
def test_a_bare_sign_shows_that_a_text_is_not_for_tex(text: str) -> None:
    assert not is_written_for_tex(["fine", text])


@pytest.mark.parametrize("text", [r"12\% more", r"R\&D", "https://a.org/b%20c?d&e", ""])
def test_escaped_signs_and_urls_say_nothing_against_tex(text: str) -> None:
    assert is_written_for_tex(["fine", text])


def test_entries_comments_strings_and_numbers() -> None:
    first, second = bibtex(
        '@string{j = "Journal of Kites"}\n% a note\n@comment{kept by a tool}\n'
        '@Article{kite26,\n Title = "Kites: {A} Study",\n journal = j,\n ABSTRACT = {On\n kites.},\n  year = 2026\n}\n'
        "@misc{sails, title={On sails}}\n"
    )
    assert isinstance(first, Abstract)
    assert isinstance(second, Abstract)
    assert (first.id, first.title, first.abstract) == ("kite26", "Kites: A Study", "On kites.")
    assert first.metadata == {"entry_type": "article", "journal": "Journal of Kites", "year": "2026"}
    assert (second.id, second.title, second.abstract, second.source.index) == ("sails", "On sails", "", 1)


def test_abstracts_that_are_not_for_tex_stand_as_they_are_and_titles_do_not_mind() -> None:
    entry = "@article{%s, title={{BERT} at %s}, abstract={%s}}\n"
    read = bibtex(entry % ("a", "home", "Up 5% on {set}.") + entry % ("b", "work", r"Up 5\% on $x$."))
    assert [(item.title, item.abstract) for item in read if isinstance(item, Abstract)] == [
        ("BERT at home", "Up 5% on {set}."),
        ("BERT at work", r"Up 5\% on $x$."),
    ]


def test_an_entry_that_cannot_be_read_costs_no_other_and_says_its_line() -> None:
    good, bad, again = bibtex("@article{a, title={A}}\n@article{b, title={broken\n\n@article{a, title={C}}\n")
    assert isinstance(good, Abstract)
    assert isinstance(again, Abstract)
    assert isinstance(bad, BadInput)
    assert (bad.line, bad.source.index) == (2, 1)
    assert bad.message.startswith("not valid BibTeX: Unexpected block start")
    assert again.title == "C"


def test_wrong_bytes_cost_their_entry() -> None:
    good, bad = bibtex(b"@article{a, title={A}}\n@article{b, title={\xe9}}\n")
    assert isinstance(good, Abstract)
    assert isinstance(bad, BadInput)
    assert bad.line == 2


def test_tags_of_ris_in_either_spelling_and_lines_that_go_on() -> None:
    first, second = ris(
        "TY  - JOUR\nTI  - Kites\n  and sails\nAU  - Kite, A.\nAB  - On kites.\nZZ  - odd\nER  - \n\n"
        "TY  - CONF\nT1  - Masts\nN2  - On masts.\nER  -\n"
    )
    assert isinstance(first, Abstract)
    assert isinstance(second, Abstract)
    assert (first.title, first.abstract) == ("Kites and sails", "On kites.")
    assert first.metadata == {"type_of_reference": "JOUR", "authors": ["Kite, A."], "ZZ": ["odd"]}
    assert (second.title, second.abstract) == ("Masts", "On masts.")


def test_a_reference_without_an_end_is_one_all_the_same() -> None:
    titles = [item.title for item in ris("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\n") if isinstance(item, Abstract)]
    assert titles == ["A", "B"]


def test_a_bad_reference_says_where_it_begins() -> None:
    good, bad, wrong = read_ris(
        io.BytesIO(b"TY  - JOUR\nTI  - A\nER  - \n\nTY  - JOUR\nER  - \nTY  - JOUR\nTI  - \xe9\nER  - \n"), "papers.ris"
    )
    assert isinstance(good, Abstract)
    assert isinstance(bad, BadInput)
    assert isinstance(wrong, BadInput)
    assert (bad.line, bad.message) == (5, "neither a title nor an abstract")
    assert (wrong.line, wrong.message) == (7, "not UTF-8 text")


@given(st.text())
def test_no_text_raises(text: str) -> None:
    with contextlib.suppress(InputError):  # no entry in it
        bibtex(text.encode("utf-8", "surrogatepass"))
    bibtex(f"@article{{a, title={{{text}}}".encode("utf-8", "surrogatepass"))
    list(read_ris(io.BytesIO(f"TY  - JOUR\nTI  - {text}".encode("utf-8", "surrogatepass")), "papers.ris"))


@pytest.mark.parametrize("piece", ["\\(", "\\abc{", "$", "{", "\\'", " ", "\\abc[", "$$"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """At quadratic time, this would take minutes."""
    from_tex(piece * 100_000)
    unwrap(f"a{piece * 100_000}b\n\n{piece * 100_000}")


def test_a_file_of_another_format_is_no_empty_bibliography() -> None:
    with pytest.raises(InputError, match="holds no BibTeX entry"):
        list(read_bibtex(io.BytesIO(b"title,abstract\nA,We do b.\n"), "papers.csv"))
