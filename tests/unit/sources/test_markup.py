"""What a reader sees of titles and abstracts with markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.records import Abstract, stable_id
from absextract.sources.markup import as_shown, shown
from absextract.sources.read import read_abstracts
from work import calls_of

MATHS = "<mml:math xmlns:mml='http://www.w3.org/1998/Math/MathML'>{}</mml:math>"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<sup>6</sup> cells, 10 <sup>-3</sup> mol", "10^6 cells, 10^-3 mol"),
        ("10<sup>n+1</sup> and 2<sup>k</sup>", "10^(n+1) and 2^k"),
        ("the 5<sup>th</sup> at 37<sup>°</sup>C", "the 5th at 37°C"),
        ("in 2020<sup>[3]</sup>, 91.3<sup>a</sup>, 5<sup>*</sup>", "in 2020[3], 91.3a, 5*"),
        ("<sup>18</sup>F, m<sup>2</sup>, Ca<sup>2+</sup>", "18F, m2, Ca2+"),
        ("CO<sub>2</sub>, H<inf>2</inf>O, CO<sub>3</sub><sup>2-</sup>", "CO2, H2O, CO32-"),
        ("<i>E. coli</i>, <B>bold</B>, <span class='x y'>spanned</span>", "E. coli, bold, spanned"),
        (
            '<a href="https://example.org/?a=1&amp;b=2">Kites</a> and <img src="k.png"> sails',
            "Kites (https://example.org/?a=1&b=2) and  sails",
        ),
        ("<p>One\n  line.</p>\n<p>Another.</p>", "One line.\nAnother."),
        ("<p>One.<p>Two.", "One.\nTwo."),
        ("It ends.</p>", "It ends."),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("One.\n\nTwo.<br/>Three.", "One.\nTwo.\nThree."),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<h3>Methods</h3> We fly. <h3>Results:</h3> We win.", "Methods: We fly.\nResults: We win."),
        ("<jats:title>Abstract</jats:title><jats:p>We fly.</jats:p>", "We fly."),
        (
            "<jats:sec>\n <jats:title>Aim</jats:title>\n <jats:p>To <jats:italic>fly</jats:italic>.</jats:p>",
            "Aim: To fly.",
        ),
        ("<jats:p>Cut off in <jats:italic>the mid", "Cut off in the mid"),
        ("<a:p>Any <b:bold>prefix</b:bold></a:p>", "Any prefix"),
        ("p &lt; 0.05, 12&nbsp;%, &alpha; &#8211; &#x3b2;", "p < 0.05, 12\u00a0%, α – β"),
        ("p &amp;lt; 0.05 &amp;amp;amp; more", "p < 0.05 & more"),
        ("&lt;p&gt;In &lt;i&gt;vitro&lt;/i&gt;&lt;/p&gt;", "In vitro"),
        ("A<!-- note -->B <![CDATA[x < 3]]>", "AB x < 3"),
        (MATHS.format("<mml:mi>p</mml:mi> <mml:mo>&lt;</mml:mo>\n<mml:mn>0.05</mml:mn>"), "p<0.05"),
        (MATHS.format("<mml:msup><mml:mn>10</mml:mn><mml:mn>6</mml:mn></mml:msup>"), "10^6"),
        ("10" + MATHS.format("<mml:msup><mml:mrow/><mml:mn>6</mml:mn></mml:msup>"), "10^6"),
        ("H" + MATHS.format("<mml:msub><mml:mrow/><mml:mn>2</mml:mn></mml:msub>") + "O", "H2O"),
        (MATHS.format("<mml:mfrac><mml:mn>1</mml:mn><mml:mi>n</mml:mi></mml:mfrac>"), "1/n"),
        (
            "<inline-formula><alternatives><tex-math>$x^2$</tex-math><math><msup><mi>x</mi><mn>2</mn></msup></math>"
            "</alternatives></inline-formula>",
            "x^2",
        ),
        ('up to <formula formulatype="inline"><tex Notation="TeX">$x^2$</tex></formula> kites', "up to $x^2$ kites"),
        (r"<tex-math>\documentclass{a}\begin{document}$$x_i$$\end{document}</tex-math>", "$$x_i$$"),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert shown(markup) == text


@pytest.mark.parametrize(
    "text",
    [
        "p < 0.05 and x > 3, a<b>c, i <j> k",
        "Tokens <unk>, <s>, </s>, <think>now</think> and <|end|>",
        "The tags <b> and </b>, <i>...</i>, `<sup>` and '</sup>'",
        "AT&T, R&D; and Sky&Sea; ?a=1&lt=2 &bogus;",
        r"$\alpha<\beta$, $a &= b$, \textbf{x} and {\it y}",
        "A mean transverse <p> of 3 GeV; list<int>; <img>",
        "Two  blanks,\n a line\n\nand a paragraph ",
        "",
    ],
)
def test_what_is_no_markup_stays_character_for_character(text: str) -> None:
    assert shown(text) == text


def test_paragraphs_of_a_title_stand_in_one_line() -> None:
    paper = as_shown(Abstract(title="Kites<br/>and sails", abstract="A<br/>B"))
    assert isinstance(paper, Abstract)
    assert (paper.title, paper.abstract) == ("Kites and sails", "A\nB")


def test_a_title_whose_tags_stand_on_lines_of_their_own_is_one_line() -> None:
    paper = as_shown(Abstract(title="Life of\n      <i>Kites</i>\n      (Aves)", abstract="A\n <i>B</i>"))
    assert (paper.title, paper.abstract) == ("Life of Kites (Aves)", "A\n B")
    assert as_shown(Abstract(title="Life of\n  Kites", abstract="A")).title == "Life of\n  Kites"


def test_the_id_of_an_input_without_one_is_that_of_the_text_that_is_recorded() -> None:
    shown_paper, named = as_shown(Abstract(abstract="<i>A</i>")), as_shown(Abstract(id="7", abstract="<i>A</i>"))
    assert isinstance(shown_paper, Abstract)
    assert isinstance(named, Abstract)
    assert (shown_paper.id, named.id) == (stable_id("", "A"), "7")


def test_markup_is_kept_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_text("title,abstract\n<i>Kites</i>,10<sup>6</sup> &amp; more\n", encoding="utf-8")
    (seen,), (kept,) = read_abstracts(path), read_abstracts(path, markup="keep")
    assert (seen.title, seen.abstract) == ("Kites", "10^6 & more")
    assert (kept.title, kept.abstract) == ("<i>Kites</i>", "10<sup>6</sup> &amp; more")


PIECES = "<i> </i> <p> <sup> </sup> <math> <mfrac> </math> <br/> <h3> </h3> <jats:sub> <!-- --> &lt; &amp; < > 10 x"


@given(st.lists(st.sampled_from([*PIECES.split(), " ", "\n"]), max_size=30))
def test_no_markup_raises_and_words_stay(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert shown(text).count("10") <= text.count("10")
    assert text.count("x") == shown(text).count("x") or "<!--" in text


@pytest.mark.parametrize(
    "piece", ["<sup>", "<b>", "<!--", '<a b="', "<a ", "&", "&amp;", "amp;", "<p>", "<a b=c", " b=c", "\n ", "<math>1"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    half, whole = ("&<a" + piece * times for times in (25_000, 50_000))
    calls = calls_of(lambda: shown(whole))
    assert calls < 2.1 * calls_of(lambda: shown(half)) + 100
    assert calls < 11 * len(whole)
