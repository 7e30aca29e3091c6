"""The documentation site: built strictly, complete, and without anything that is loaded from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import absextract

ROOT = Path(__file__).parents[2]
LOADED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"?(https?:)?//|<link\b[^>]*\brel=\"?stylesheet[^>]*\bhref=\"?https?:"
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs")
    out = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    done = subprocess.run(
        words, cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return out


def test_every_page_is_in_it_and_in_its_menu(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert (site / f"{page.stem}.html").exists(), page
        assert f'href="{page.stem}.html"' in home, page


def test_it_loads_nothing_from_elsewhere(site: Path) -> None:
    for page in site.glob("*.html"):
        assert LOADED.search(page.read_text(encoding="utf-8")) is None, page
    assert "unpkg" not in (site / "index.html").read_text(encoding="utf-8")


def test_every_public_name_has_its_place_in_the_reference(site: Path) -> None:
    reference = (site / "reference.html").read_text(encoding="utf-8")
    for name in set(absextract.__all__) - {"__version__"}:
        assert re.search(rf'id="absextract\.(?:\w+\.)*{name}"', reference), name


def test_the_sample_is_a_report_of_the_examples(site: Path) -> None:
    assert 'src="sample-report.html"' in (site / "sample.html").read_text(encoding="utf-8")
    report = (site / "sample-report.html").read_text(encoding="utf-8")
    assert "Tidepool" in report
    assert "default-src 'none'" in report


def test_what_is_searched_is_in_it(site: Path) -> None:
    index = (site / "search" / "search_index.js").read_text(encoding="utf-8")
    assert "min-confidence" in index
    assert "number_not_in_source" in index
