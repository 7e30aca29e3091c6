"""What stands where an abstract would, and is none."""

from __future__ import annotations

import pytest

from absextract.text.stand_ins import is_no_abstract


@pytest.mark.parametrize(
    "text",
    [
        "", " \n", "-", "--", "...", "n/a", "N/A.", "NA", "N.A.", "nan", "NaN", "null", "None", "#N/A", "not available",
        "No abstract", "No abstract available", "[No abstract available]", "No abstract available.", "(no abstract)",
        "No abstract is available for this article.", "There is no abstract available.", "No abstract was provided",
        "Abstract not available.", "Abstract Not Provided", "[Abstract withdrawn]", "[ABSTRACT REMOVED]",
        "The abstract is not available for this article.", "Abstract not yet available", "Abstract unavailable",
        "This article has no abstract.", "This article does not have an abstract.", "Abstract", "Abstract:",
        "No summary available", "Kein Abstract verfügbar", "Resumen no disponible", "Résumé non disponible", "无摘要",
        "No abstract was provided by the authors.", "No abstract (poster)", "Withdrawn", "[Retracted]",
        "This manuscript has been withdrawn by the authors.", "Abstract forthcoming", "Abstract coming soon.",
        "See the full text", "Aucun résumé disponible", "No disponible", "要旨なし", "초록 없음",
    ],
)  # fmt: skip
def test_what_only_says_that_there_is_no_abstract_is_none(text: str) -> None:
    assert is_no_abstract(text)


@pytest.mark.parametrize(
    "text",
    [
        "A", "Two.", "On kites.", "0", "We show that no abstract is needed.", "No abstract interpretation is sound.",
        "Abstract machines.", "Abstract interpretation is not available for Kite.", "Summary of kites.",
        "Withdrawn at 5%.", "NaN values are found in 3% of all kites.", "None of the kites fly.",
        "Withdrawn drugs are studied.", "See the paper fly.",
        "n/a stands in 12% of the abstracts.",
        "No abstract available. " * 20,
    ],
)  # fmt: skip
def test_a_text_of_its_own_is_an_abstract(text: str) -> None:
    assert not is_no_abstract(text)
