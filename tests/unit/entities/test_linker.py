"""What a name is linked to, and what it is not."""

from __future__ import annotations

import pytest

from absextract.entities.cues import PaperText
from absextract.entities.linker import Linked, Linker
from absextract.entities.own_vocabulary import OwnVocabulary
from absextract.entities.vocabulary import Entry, Vocabulary

ENTRIES = (
    Entry("plover-10", "dataset", "Plover-10", sources=3),
    Entry("plover-100", "dataset", "Plover-100", sources=3),
    Entry("ploverqa", "benchmark", "PloverQA", ("Plover Question Answering", "PQA"), arxiv="2601.00001", sources=2),
    Entry("ploverqa+", "benchmark", "PloverQA+", sources=2),
    Entry("mtx-2014", "dataset", "MTX 2014", ("MTX14",), sources=2),
    Entry("wader", "environment", "Wader", ("Wader locomotion suite",), needs_cue=True, sources=2),
    Entry("snipe", "dataset", "Snipe"),
    Entry("heron-reasoning", "dataset", "HRN", ("Heron Reasoning Notes",), sources=2),
    Entry("heron-retrieval", "dataset", "Heron Retrieval", ("HRN",), sources=2),
    Entry("nest", "benchmark", "Nest", sources=2),
    Entry("nst", "benchmark", "NST", ("Nestling Speech Test",), needs_cue=True),
    Entry("split-kite", "dataset", "Split Kite", sources=2),
    Entry("permuted-kite", "dataset", "Permuted Kite", sources=2),
)
LINKER = Linker(vocabulary=Vocabulary(ENTRIES))


def linked(name: str, text: str = "", *, title: str = "", arxiv: str = "", linker: Linker = LINKER) -> list[Linked]:
    return linker.dataset(name, PaperText(title, text) if text or title else None, arxiv)


def ids(name: str, text: str = "", **more: str) -> list[str | None]:
    return [each.id for each in linked(name, text, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "id_", "how"),
    [
        ("Plover-10", "plover-10", "exact"),
        ("plover 10", "plover-10", "exact"),
        ("Plover Question Answering", "ploverqa", "alias"),
        ("the PloverQA benchmark", "ploverqa", "parsed"),
        ("PloverQA test set", "ploverqa", "parsed"),
        ("PloverQA test-dev", "ploverqa", "parsed"),
        ("PloverQA minival", "ploverqa", "parsed"),
        ("Plover Question Answering (PQA)", "ploverqa", "acronym"),
        ("MTX'14", "mtx-2014", "alias"),
        ("MTX2014", "mtx-2014", "exact"),
        ("PloverQA+", "ploverqa+", "exact"),
    ],
)
def test_ways_to_write_a_name_lead_to_its_entry(name: str, id_: str, how: str) -> None:
    [only] = linked(name)
    assert (only.id, only.how) == (id_, how)


@pytest.mark.parametrize("name", ["Plover-1000", "Plover", "PloverQB", "PloverQA++", "PloverQA v3", "Plovers"])
def test_likeness_is_not_enough(name: str) -> None:
    assert linked(name) == []


def test_a_list_of_names_is_each_of_them() -> None:
    assert ids("Plover-10 and Plover-100") == ["plover-10", "plover-100"]
    assert ids("Plover-10/100") == ["plover-10", "plover-100"]
    assert ids("PloverQA, Plover-10, and Nest") == ["ploverqa", "plover-10", "nest"]


def test_a_list_may_share_its_last_words() -> None:
    assert ids("split and permuted Kite") == ["split-kite", "permuted-kite"]
    assert ids("the split and permuted Kite benchmarks") == ["split-kite", "permuted-kite"]
    assert linked("split and coloured Kite") == []


def test_a_list_with_one_unknown_name_is_nothing() -> None:
    assert linked("Plover-10 and Bittern") == []


def test_pairs_of_languages_years_and_sizes_are_parts_that_stay_apart() -> None:
    assert ids("MTX14 En-De") == ids("MTX 2014 English-German") == ["mtx-2014-en-de"]
    assert ids("MTX14 En-Fr") == ["mtx-2014-en-fr"]
    assert ids("Nest 2031") == ["nest-2031"]
    assert ids("MTX 2014 2015") == []
    assert ids("PloverQA 256x256") == ["ploverqa-256"]


def test_a_common_name_needs_a_word_in_the_text() -> None:
    [bare] = linked("Wader", "The wader Wader walks.")
    assert (bare.id, bare.candidates) == (None, ("wader",))
    assert ids("Wader", "Results on the environments Wader and Snipe.") == ["wader"]
    assert ids("the Wader environment") == ["wader"]
    assert ids("Wader locomotion suite") == ["wader"]


def test_what_is_done_on_a_dataset_leaves_it_what_it_is() -> None:
    assert ids("Plover-10 image classification") == ["plover-10"]
    assert ids("the PloverQA retrieval task") == ["ploverqa"]
    assert linked("Wader classification") == []  # a common word, which may be what is classified


def test_three_letters_of_one_source_need_what_they_are_short_for() -> None:
    [short] = linked("NST", "We train on the NST dataset.")
    assert (short.id, short.candidates) == (None, ("nst",))
    assert ids("NST", "The Nestling Speech Test is long. We train on the NST dataset.") == ["nst"]
    assert ids("NST", "We train on the Nestling Speech Test (NST).") == ["nst"]


def test_a_name_of_two_entries_is_left_open_but_where_the_text_says_which() -> None:
    [both] = linked("HRN", "We test on HRN.")
    assert both.id is None
    assert set(both.candidates) == {"heron-reasoning", "heron-retrieval"}
    assert ids("HRN", "Heron Retrieval, known as HRN, is hard.") == ["heron-retrieval"]
    assert ids("HRN", "Heron Reasoning Notes (HRN) are hard.") == ["heron-reasoning"]


def test_what_the_text_defines_is_what_the_text_says() -> None:
    [other] = linked("PQA", "Pelican Query Archive (PQA) holds birds; we test on the benchmark PQA.")
    assert (other.id, other.candidates) == (None, ("ploverqa",))
    assert ids("PLQA", "On Plover Question Answering (PLQA) we win.") == ["ploverqa"]
    assert linked("PLQA", "On PLQA we win.") == []


def test_initials_alone_never_link() -> None:
    assert linked("WLS", "The Wader locomotion suite is large. WLS too.") == []


def test_what_a_paper_brings_in_is_linked_by_its_arxiv_id_alone() -> None:
    text = "We introduce PloverQA, a benchmark of questions."
    [open_] = linked("PloverQA", text)
    assert (open_.id, open_.candidates) == (None, ("ploverqa",))
    assert ids("PloverQA", text, arxiv="2601.00001") == ["ploverqa"]
    assert ids("PloverQA", text, arxiv="2609.99999") == [None]
    assert ids("PloverQA", "We introduce Stilt, which is tested on PloverQA.") == ["ploverqa"]
    assert ids("PloverQA", "We release a cleaned list of PloverQA.") == ["ploverqa"]
    assert ids("PloverQA", "We release a dataset of questions, PloverQA.") == [None]
    assert ids("PloverQA", "We win on single-view building change detection (PloverQA).") == ["ploverqa"]


def test_one_source_makes_a_link_less_sure() -> None:
    assert linked("Snipe")[0].confidence < linked("Nest")[0].confidence


def test_a_users_vocabulary_adds_pins_and_forbids() -> None:
    own = OwnVocabulary(
        {"bittern": Entry("bittern-2", "dataset", "Bittern 2"), "hrn": Entry("heron-retrieval", "dataset", "HRN")},
        {},
        frozenset({"nest"}),
    )
    mine = Linker(own, Vocabulary(ENTRIES))
    assert [(each.id, each.how) for each in linked("Bittern dataset", linker=mine)] == [("bittern-2", "user")]
    assert [each.id for each in linked("HRN", linker=mine)] == ["heron-retrieval"]
    assert linked("Nest", linker=mine) == []
    assert linked("the Nest benchmark", linker=mine) == []
