"""Text from TeX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.sources.layout import unwrap
from absextract.sources.tex import from_tex, is_written_for_tex


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
        (r"see \url{https://a.org/b_c} and \emph{this {one}}", "see https://a.org/b_c and this one"),
        (r"\textit{in vivo}, {\bf bold}, \textsc{Kite}\texttt{s}, {\em so}", "in vivo, bold, Kites, so"),
        ("plain text --- with ~ and `quotes'", "plain text --- with ~ and `quotes'"),
        (r"{\textgreater}80\%, p{\textless}0.01, {\textasciitilde}3x", ">80%, p<0.01, ~3x"),
        (r"\textgreater 80\%, \textless{}5, 20\textdegree C, 71{\textendash}72", ">80%, <5, 20°C, 71–72"),
        (r"{\textquotedblleft}yes{\textquotedblright}, 3 {\texttimes} 4{\textpm}1", "“yes”, 3 × 4±1"),
        (r"\ensuremath{\beta}-cells, \ensuremath{\geq}5, {\ensuremath{<}}7", "β-cells, ≥5, <7"),
        (r"of \ensuremath{10^{-3}}, $10^{6}$", r"of $10^{-3}$, $10^{6}$"),
        (r"10\textsuperscript{6} of CO\textsubscript{2}, \textsuperscript{18}F", "10^6 of CO2, 18F"),
        (r"7\,\% of \{a\}", "7 % of {a}"),
        (r"\cite{kite} and \mathcal{L}", r"\cite{kite} and \mathcal{L}"),
    ],
)
def test_tex_is_read_as_it_is_set_but_for_formulas_and_unknown_commands(tex: str, text: str) -> None:
    assert from_tex(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("12% of {BERT} on {set}", "12% of BERT on {set}"),
        (r"12% of {BERT} by Erd{\H{o}}s", "12% of BERT by Erdős"),
        (r"R&D is 5\% of {all}", "R&D is 5% of all"),
    ],
)
def test_a_bare_sign_changes_nothing_but_braces_around_small_letters(tex: str, text: str) -> None:
    assert from_tex(tex) == text


@given(st.text())
def test_any_text_is_read_as_tex(text: str) -> None:
    from_tex(text)
    assert from_tex(text) == text or not set("\\{}").isdisjoint(text)


@pytest.mark.parametrize("text", ["12% more", "R&D", r"a \\& b"])
def test_a_bare_sign_shows_that_a_text_is_not_for_tex(text: str) -> None:
    assert not is_written_for_tex(text)


@pytest.mark.parametrize("text", [r"12\% more", r"R\&D", "https://a.org/b%20c?d&e", "", r"12% or 13\%"])
def test_escaped_signs_and_urls_say_nothing_against_tex(text: str) -> None:
    assert is_written_for_tex(text)


@pytest.mark.parametrize(
    "piece", ["\\(", "\\abc{", "$", "{", "\\'", " ", "\\abc[", "$$", "\\ensuremath{", "\\emph{", "9% {A", "\\em "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """At quadratic time, this would take minutes."""
    from_tex(piece * 100_000)
    unwrap(f"a{piece * 100_000}b\n\n{piece * 100_000}")
