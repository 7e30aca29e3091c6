"""Digits that say which one: versions of software, references, enumerators, years of long ago."""

from __future__ import annotations

import pytest

from absextract.text.quantities import read_quantities


def measured(text: str) -> list[str]:
    return [text[q.start : q.end] for q in read_quantities(text) if not q.in_name]


@pytest.mark.parametrize(
    "text",
    [
        "on nginx 1.18", "with Stata 16", "in R 4.1", "with R (version 3.6)", "SPSS version 25.0", "Firefox 91",
        "Docker 20.10", "the 5.10 kernel", "a 4.19 Linux kernel", "OpenMP 4.5", "Simulink 10.3", "coded by ICD 10",
        "kernels 4.4 and 5.4", "Python (v3.8)",
    ],
)  # fmt: skip
def test_versions_of_software(text: str) -> None:
    assert measured(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "as described (12, 13)", "This was shown previously (12).", "see Ref. 14", "in refs. 3 and 4", "(ref. 22)",
        "Gull et al. 15 measured it", r"shells\cite{12} were", "Figs. 3 and 4", "Tables 1–3", "Eqs. (4) and (5)",
    ],
)  # fmt: skip
def test_references(text: str) -> None:
    assert measured(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "(1)Gulls nest. (2)Terns nest.", "Aims: 1- to count gulls, 2- to count terns.", "were 1. to count 2. to weigh",
        "Key: 1 - wash; 2 - dry.", "(1) gulls and (2) terns", "1/ count, 2/ weigh",
    ],
)  # fmt: skip
def test_enumerators(text: str) -> None:
    assert measured(text) == []


def test_an_enumerator_before_a_number() -> None:
    assert measured("(1) 45% of gulls left, (2) 30% of gulls stayed.") == ["45%", "30%"]


@pytest.mark.parametrize(
    "text", ["a gull born 1958", "published 2013", "the 2003 heat wave", "A 2020 report", "the Treaty of 1648"]
)
def test_years(text: str) -> None:
    assert measured(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("R 0.92 in the test", "0.92"),
        ("Python is 3.1 times slower", "3.1 times"),
        ("Recall rises (12.5) above it", "12.5"),
        ("a 3.5 kernel size", "3.5"),
        ("a herd of 1648 gulls", "1648"),
        ("gulls (12) and terns (9)", "12"),
        ("On Linux the gain is 5.4%", "5.4%"),
    ],
)
def test_what_measures_something_beside_them(text: str, number: str) -> None:
    assert number in measured(text)
