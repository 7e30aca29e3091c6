"""The page takes the signs of TeX from a score by the same rules as the boards."""

from __future__ import annotations

from pathlib import Path

from absextract.display import told_score
from absextract.report import building


def test_the_page_has_the_same_patterns() -> None:
    script = (Path(building.__file__).parent / "cards.js").read_text(encoding="utf-8")
    for signs, instead in told_score._TEX:
        js = instead.replace("\\1", "$1").replace("\\2", "$2")
        assert f'[/{signs}/g, "{js}"]' in script
