"""What somebody may have meant."""

from __future__ import annotations

import pytest

from absextract.text.close_names import did_you_mean


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("opnai", " Did you mean openai?"),
        ("OpenAI", " Did you mean openai?"),
        ("mistrel", " Did you mean mistral?"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_what_is_near_is_asked_for(given: str, asked: str) -> None:
    assert did_you_mean(given, ["openai", "mistral", "anthropic"]) == asked


def test_several_near_names_are_all_told() -> None:
    assert did_you_mean("expect", ["inspect", "export", "extract"]) == " Did you mean export or inspect or extract?"
