"""A title and an abstract as one text: places, sentences, tokens, numbers."""

from __future__ import annotations

import pytest
from hypothesis import given

from absextract.attribution.scene import NUMBER, Scene, read_scene, squeezed
from absextract.text.quantities import read_quantities
from strategies import TEXTS

TITLE = "Otter: Reading Rivers with 3.5% of the Words"
ABSTRACT = "We present Otter. It reaches an F1 of 91.3% on RiverQA, against 88.9% for Heron. It is small."
SCENE = Scene(TITLE, ABSTRACT)


def test_the_title_stands_before_the_abstract() -> None:
    assert SCENE.text == f"{TITLE}\n\n{ABSTRACT}"
    assert SCENE.text[SCENE.offset :] == ABSTRACT
    assert [SCENE.text[start:end] for start, end in SCENE.sentences] == [
        TITLE,
        "We present Otter",
        "It reaches an F1 of 91.3% on RiverQA, against 88.9% for Heron",
        "It is small",
    ]
    assert SCENE.first_of_abstract == 1


def test_without_a_title_the_abstract_stands_alone() -> None:
    alone = Scene("", ABSTRACT)
    assert (alone.text, alone.offset, alone.first_of_abstract) == (ABSTRACT, 0, 0)
    assert len(alone.sentences) == 3


@pytest.mark.parametrize("abstract", ["OTTER beats Heron.", "İzmir and İstanbul have OTTERS."])
def test_in_lower_case_each_character_keeps_its_place(abstract: str) -> None:
    scene = Scene("", abstract)
    assert len(scene.lower) == len(scene.text)
    assert scene.lower.index("otter") == scene.text.index("OTTER")


def test_an_empty_text_is_one_empty_sentence() -> None:
    empty = Scene("", "")
    assert (empty.sentences, empty.numbers, empty.words) == ([(0, 0)], [], [])
    assert empty.sentence_of(0) == 0


@pytest.mark.parametrize(
    ("text", "number"), [("Otter:", 0), ("We present", 1), ("91.3%", 2), ("Heron", 2), ("small", 3)]
)
def test_each_place_has_a_sentence(text: str, number: int) -> None:
    assert SCENE.sentence_of(SCENE.text.index(text)) == number


def test_a_place_between_sentences_belongs_to_the_one_before() -> None:
    assert SCENE.sentence_of(len(TITLE) + 1) == 0
    assert SCENE.sentence_of(len(SCENE.text)) == 3


def test_numbers_are_moved_behind_the_title() -> None:
    assert [SCENE.text[q.start : q.end] for q in SCENE.numbers] == ["3.5%", "91.3%", "88.9%"]
    (number, *_) = read_quantities(ABSTRACT)
    moved = SCENE.moved(number)
    assert (moved.start - number.start, moved.end - number.end, moved.value) == (
        SCENE.offset,
        SCENE.offset,
        number.value,
    )


def test_numbers_in_names_and_in_words_are_none() -> None:
    scene = Scene("", "GPT-4 is three times faster on CIFAR-10 and reaches 81.2%.")
    assert [scene.text[q.start : q.end] for q in scene.numbers] == ["81.2%"]


def test_a_number_is_found_by_any_of_its_characters() -> None:
    start = SCENE.text.index("88.9%")
    for at in range(start, start + 5):
        found = SCENE.number_at(at, at + 1)
        assert found is not None
        assert (found.start, found.end) == (start, start + 5)
    assert SCENE.number_at(start - 1, start) is None
    assert SCENE.number_at(start + 5, start + 9) is None


def test_tokens_are_words_and_signs_with_one_sign_for_each_number() -> None:
    scene = Scene("", "Otter's top-1 error (k@5) falls to 3.2% - 4.1%, i.e. Llama-3.1 wins.")
    assert scene.words[:9] == ["otter's", "top-1", "error", "(", "k@5", ")", "falls", "to", NUMBER]
    assert "llama-3.1" in scene.words
    assert scene.words.count(NUMBER) == 1  # one range


def test_the_tokens_of_an_interval_are_those_that_begin_in_it() -> None:
    start, end = SCENE.text.index("F1 of"), SCENE.text.index(" on RiverQA")
    first, last = SCENE.tokens_in(start, end)
    assert SCENE.words[first:last] == ["f1", "of", NUMBER]
    assert (SCENE.word(first), SCENE.word(-1), SCENE.word(len(SCENE.words))) == ("f1", "^", "$")


def test_a_gap_keeps_words_of_grammar_and_tells_others_by_their_class() -> None:
    scene = Scene("", "It keeps mean accuracy of wet Herons at 81.2%.")
    assert scene.gap(0, len(scene.text)) == ["it", "w", "w", "M", "of", "w", "N", "at", NUMBER, "."]
    assert squeezed(["w", "w", "M", "M", "of", "of", "N", "N", ",", ","]) == ["w", "M", "M", "of", "of", "N", ",", ","]


@given(title=TEXTS, abstract=TEXTS)
def test_any_text_is_read_and_its_parts_stand_in_it(title: str, abstract: str) -> None:
    scene = Scene(title, abstract)
    assert scene.text[scene.offset :] == abstract
    assert all(0 <= start <= end <= len(scene.text) for start, end in scene.sentences)
    assert [q.start for q in scene.numbers] == sorted(q.start for q in scene.numbers)
    assert len(scene.words) == len(scene.skeleton)
    for q in scene.numbers:
        assert scene.number_at(q.start, q.end) is not None
        assert 0 <= scene.sentence_of(q.start) < len(scene.sentences)


def test_a_paper_is_read_once_for_all_who_ask() -> None:
    assert read_scene(TITLE, ABSTRACT) is read_scene(TITLE, ABSTRACT)
    assert read_scene(TITLE, ABSTRACT) == SCENE != read_scene("", ABSTRACT)
