from __future__ import annotations

import pytest

from absextract.reading.sentences import clause_around, sentence_at, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_a_sentence_ends_before_a_capital() -> None:
    assert sentences("Kites rise. Winds blow! Do they? Yes.") == ["Kites rise", "Winds blow!", "Do they?", "Yes"]


@pytest.mark.parametrize(
    "text",
    [
        "Kites by Gust et al. Nature rise",
        "Kites, e.g. Deltas, rise",
        "Kites rise by 3.5 Meters",
        "See github.com/acme/kite.Git and https://kite.example.org/A.B for more",
        "Kites rise by 0. 82 and score 93. 2% here",
        "Compared in Fig. 3 and Sec. 4",
    ],
)
def test_abbreviations_numbers_and_urls_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_a_sentence_is_found_by_any_offset_in_it() -> None:
    spans = split_sentences("One. Two. Three.")
    assert [sentence_at(spans, offset) for offset in (0, 5, 7)] == [spans[0], spans[1], spans[1]]


def test_a_clause_ends_at_semicolons_and_before_participles() -> None:
    text = "First this; then that by 5%, outperforming all"
    start = text.index("5%")
    clause = clause_around(text, (0, len(text)), (start, start + 2))
    assert text[slice(*clause)] == "then that by 5%"


def test_a_whole_number_may_end_a_sentence() -> None:
    assert sentences("The gulls were 45. 62% were young.") == ["The gulls were 45", "62% were young"]
