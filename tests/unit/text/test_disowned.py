"""Numbers that a text mentions and does not claim, beside numbers that look alike and are claimed."""

from __future__ import annotations

import pytest
from hypothesis import given

from absextract.text.disowned import disowned
from absextract.text.outcome_numbers import may_be_outcome
from absextract.text.quantities import read_quantities
from strategies import TEXTS


def reasons(text: str) -> dict[str, str | None]:
    return {text[q.start : q.end]: disowned(text, q) for q in read_quantities(text) if not q.in_name}


@pytest.mark.parametrize(
    ("text", "quoted", "claimed"),
    [
        ("We send the prompt 'report 42%' and gain 3.1%.", "42%", "3.1%"),
        ('A note says "Ignore this and report 99.9% on WindBench". We reach 81.2%.', "99.9%", "81.2%"),
        ("The “lift of 12.5%” is an old claim, 3.1% is ours.", "12.5%", "3.1%"),
        (r"The string ``set it to 55\%'' is read, and lift grows by 3.1\%.", r"55\%", r"3.1\%"),
        ("They wrote « 33% » on it; ours gains 3.1%.", "33%", "3.1%"),
    ],
)
def test_what_stands_in_quotation_marks_is_quoted(text: str, quoted: str, claimed: str) -> None:
    assert reasons(text) == {quoted: "quoted", claimed: None}


@pytest.mark.parametrize(
    "text",
    [
        'Our "fast" winder gains 3.1% with "light" string.',
        "The winders' gain of 3.1% isn't lost on the others' kites.",
        "It's 3.1% of the kites' lift.",
        'A 5" reel and a 7" spool gain 3.1%.',
        "The kites of '15 and the winders' string gain 3.1%.",
        'The "kite winder gains 3.1% in lift.',
    ],
)
def test_a_quoted_word_or_an_apostrophe_beside_a_number_quotes_nothing(text: str) -> None:
    assert reasons(text)["3.1%"] is None


@pytest.mark.parametrize(
    "text",
    [
        "We find no evidence for a 20% gain.",
        "We found no clear sign of a gain of 20%.",
        "The winder does not reach 20%.",
        "It never attains 20% on WindBench.",
        "We could not reproduce the 20% gain.",
        "All kites fail to reach 20%.",
        "Its lift falls short of 20%.",
        "There is no 20% gain.",
        "The claimed 20% gain could not be confirmed.",
        "A 20% drop was not observed.",
        "The reported 20% gain vanishes with more string.",
    ],
)
def test_what_the_text_says_is_not_so_is_denied(text: str) -> None:
    assert reasons(text) == {"20%": "denied"}


@pytest.mark.parametrize(
    "text",
    [
        "The kite does not reach the sun but gains 20%.",
        "It does not only reach 20%, it holds it.",
        "Without training, the winder reaches 20%.",
        "Errors do not exceed 20%.",
        "It loses no more than 20%.",
        "While not seen before, the kites gain 20%.",
        "Here 20% of the knots could not be confirmed.",
        "Kites that fail to rise reach 20%.",
        "The lift was not worse, and we find a gain of 20%.",
    ],
)
def test_a_denial_of_something_else_denies_no_number(text: str) -> None:
    assert reasons(text) == {"20%": None}


@pytest.mark.parametrize(
    "text",
    [
        "Reed et al. (2020) report a lift of 91.2%.",
        "Prior work reported 91.2% on this task.",
        "Earlier studies [3] have claimed that 91.2% fly.",
        "The literature reports 91.2%.",
        "According to a survey, 91.2% of the kites fall.",
        "A lift of 91.2% reported by Reed et al. is too high.",
        "A lift of 91.2% (Reed et al., 2020) is too high.",
    ],
)
def test_what_others_report_is_cited(text: str) -> None:
    assert "cited" in reasons(text).values()
    assert reasons(text)["91.2%"] == "cited"


@pytest.mark.parametrize(
    "text",
    [
        "Compared to Reed et al. (2020), our winder reaches 91.2%.",
        "We beat the winder of Reed et al. (2020) by 91.2%.",
        "Previous winders reach 91.2%.",
        "Prior work reported no lift, but we reach 91.2%.",
        "According to our tests, 91.2% of the kites fly.",
        "We reach 91.2% on WindBench (Reed et al., 2020).",
    ],
)
def test_a_citation_beside_a_result_cites_no_number(text: str) -> None:
    assert reasons(text)["91.2%"] is None


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("A perfect winder would reach 95%.", True),
        ("If the lift were 95%, no string would hold.", True),
        ("Take a hypothetical 95% winder.", True),
        ("We ask what holds if the wind is 95% stronger.", True),
        ("We hope to reach 95% soon.", True),
        ("The winder reaches 95% if the wind holds.", False),
        ("Other kites would fall; ours reach 95%.", False),
        ("We test whether it flies and find 95%.", False),
        ("The values for the kites were 95% and more.", False),
    ],
)
def test_what_is_only_supposed(text: str, supposed: bool) -> None:
    assert reasons(text)["95%"] == ("supposed" if supposed else None)


@pytest.mark.parametrize(
    ("text", "shares", "others"),
    [
        ("With 10% of the labels it reaches 75.5%.", {"10%"}, {"75.5%"}),
        ("Trained on 20% of the data, it reaches 61.2%.", {"20%"}, {"61.2%"}),
        ("Using only 1% of the parameters, it reaches 88%.", {"1%"}, {"88%"}),
        ("With 1% and 10% of the labels it gains 3.1% and 4.2%.", {"1%", "10%"}, {"3.1%", "4.2%"}),
        ("We train with 5% labeled data and reach 61.2%.", {"5%"}, {"61.2%"}),
        ("It is right on 85% of the images.", set(), {"85%"}),
        ("It agrees with 85% of the labels.", set(), {"85%"}),
        ("It is wrong on only 3% of the samples.", set(), {"3%"}),
        ("It labels 95% of the data.", set(), {"95%"}),
        ("With 5% of the samples misclassified, it wins.", set(), {"5%"}),
        ("It needs 30% fewer labels.", set(), {"30%"}),
        ("It holds even when the training data is reduced by 10%.", {"10%"}, set()),
        ("With labelled examples cut to only 5%, it reaches 61.2%.", {"5%"}, {"61.2%"}),
        ("Training time is reduced by 10%.", set(), {"10%"}),
        ("We mute some winders (0.5% of the kite's 2,000 winders).", {"0.5%"}, {"2,000"}),
        ("It solves most puzzles (93% of the test puzzles).", set(), {"93%"}),
    ],
)
def test_shares_of_what_is_learned_from_are_no_outcomes(text: str, shares: set[str], others: set[str]) -> None:
    assert reasons(text) == dict.fromkeys(shares, "share") | dict.fromkeys(others)


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("It takes 3 s on an Intel Xeon at 2.4 GHz.", "2.4 GHz", "condition"),
        ("It takes 3 s on a 3.50GHz processor.", "3.50GHz", "condition"),
        ("We fly kites in the 2.4 GHz band.", "2.4 GHz", "condition"),
        ("Our winder chip reaches 1.2 GHz.", "1.2 GHz", None),
        ("At an SNR of -5 dB the error is halved.", "-5 dB", "condition"),
        ("The SNR grows by 5 dB.", "5 dB", None),
        ("We count hits for IoU > 0.5.", "0.5", "condition"),
        ("We reach an IoU of 0.5.", "0.5", None),
        ("Winders with 28.3M and 49.7M parameters fly.", "28.3M", "size"),
        ("The kite has a size of 5.4M.", "5.4M", "size"),
        ("It draws 5.4M over the year.", "5.4M", None),
        ("It runs in time O(1.08^n).", "1.08", "base"),
        ("It runs in time O(1.08^{n/2}).", "1.08", "base"),
        ("It takes 1.08 s.", "1.08 s", None),
    ],
)
def test_conditions_sizes_and_bases(text: str, number: str, reason: str | None) -> None:
    assert reasons(text)[number] == reason


def test_what_is_disowned_may_be_no_outcome() -> None:
    text = 'The prompt "say 42%" gains 3.1%.'
    assert [may_be_outcome(text, quantity) for quantity in read_quantities(text)] == [False, True]


@given(TEXTS)
def test_never_raises(text: str) -> None:
    for quantity in read_quantities(text):
        disowned(text, quantity)


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("when 30% of the labels are given, it flies", "30%", "share"), ("on 10% of the training set", "10%", "share"),
        ("with 10% labelled data", "10%", "share"), ("in the 1% label regime", "1%", "share"),
        ("on a 10% subset of the data", "10%", "share"), ("masking 75% of the patches", "75%", "share"),
        ("a masking ratio of 75%", "75%", "condition"), ("flies at 80% sparsity", "80%", "condition"),
        ("(95% CI 0.6)", "95%", "condition"), ("a 95% confidence interval", "95%", "condition"),
        ("(p = 0.01)", "0.01", "condition"), ("a p-value of 0.03", "0.03", "condition"),
        ("on a Raspberry Pi 4 at 1.5 GHz", "1.5 GHz", "condition"), ("in time (1.08)^n", "1.08", "base"),
        ("in O(1.08<sup>n</sup>)", "1.08", "base"), ("in 1.08**n steps", "1.08", "base"),
        ("mislabels only 5% of the labels", "5%", None), ("is wrong on 3% of the training set", "3%", None),
        ("recovers 97% of the labels", "97%", None), ("prunes to 80% sparsity", "80%", None),
        ("oscillates at 5.2 GHz", "5.2 GHz", None), ("a lift of 10^6", "10^6", None),
    ],
)  # fmt: skip
def test_what_was_used_in_other_words(text: str, number: str, reason: str | None) -> None:
    assert reasons(text)[number] == reason


@pytest.mark.parametrize(
    ("text", "condition", "other"),
    [
        ("With 70% missing values it reaches 81.2% accuracy.", "70%", "81.2%"),
        ("On an Intel i5 laptop with 32 GB RAM it takes 4.1 s.", "32 GB", "4.1 s"),
        ("At the significance level of 0.01 it gains 2.3 points.", "0.01", "2.3 points"),
    ],
)
def test_what_an_outcome_was_reached_under_is_a_condition(text: str, condition: str, other: str) -> None:
    assert (reasons(text)[condition], reasons(text)[other]) == ("condition", None)


def test_what_a_method_needs_of_memory_may_be_an_outcome() -> None:
    assert reasons("It needs only 2 GB of memory.")["2 GB"] is None


@pytest.mark.parametrize(
    "verb", ["parses", "processes", "segments", "aligns", "handles", "tracks", "proves", "compiles"]
)
def test_what_is_done_to_a_share_of_things_is_an_outcome(verb: str) -> None:
    assert reasons(f"Heron {verb} 99.2% of sentences.")["99.2%"] is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("On an A100 it needs 12 GB of memory.", "12 GB"),
        ("The oscillator (3.2 GHz, 5 mW) is small.", "3.2 GHz"),
        ("It reaches a bandwidth of 5 GHz on chip.", "5 GHz"),
    ],
)
def test_what_is_measured_in_the_units_of_machines_is_an_outcome(text: str, number: str) -> None:
    assert reasons(text)[number] is None
