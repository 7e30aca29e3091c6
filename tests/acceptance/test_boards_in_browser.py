"""The leaderboards of the report in a browser: whose results, dates, disagreements, and the address of a view."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from absextract import Abstract, validate
from browser import CHROMIUM, opened
from command_line import absextract

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("chromium"),  # one browser for all
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium"),
]

PAPERS = (
    ("Heron", "2024-05-01", "CIFAR10", "93.1%", "Heron reaches an accuracy of 93.1% on CIFAR10.", "Heron"),
    (
        "Stilt",
        "2025-01-09",
        "CIFAR-10",
        r"$0.95$",
        r"Stilt reaches a zero-shot accuracy of $0.95$ on CIFAR-10.",
        "Stilt",
    ),
    ("Again", "2025-03-01", "CIFAR-10", "91.0%", "Heron reaches an accuracy of 91.0% on CIFAR-10.", "Heron"),
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("boards")
    lines = []
    for title, date, dataset, score, sentence, method in PAPERS:
        result = {"score": score, "kind": "value", "metric": "accuracy", "dataset": dataset, "method": method}
        if "zero-shot" in sentence:
            result["metric"] = "zero-shot accuracy"
        found = {
            "datasets": [dataset],
            "metrics": [result["metric"]],
            "results": [result | {"evidence": sentence[:-1]}],
        }
        paper = Abstract(title=f"{title}: A Bird", abstract=sentence, metadata={"date": date})
        record = json.loads(validate(found, paper).to_json())
        record["extraction"]["results"][0]["own"] = title != "Again"
        lines.append(json.dumps(record))
    (folder / "facts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = absextract("report", folder / "facts.jsonl", "-o", folder / "report.html")
    assert done.returncode == 0, done.stderr
    return folder / "report.html"


def test_own_results_stand_alone_until_others_are_asked_for(browser: Browser, report: Path) -> None:
    with opened(browser, report, "#leaderboards") as page:
        board = page.locator(".board")
        expect(board).to_have_count(1)
        expect(board.locator("h3")).to_have_text("CIFAR-10: accuracy")
        expect(board).to_contain_text("settings differ: none told (1), zero-shot (1)")
        expect(board.locator("tbody tr td").nth(1)).to_have_attribute("title", r"in the text $0.95$")
        assert board.locator("tbody tr td:nth-child(2)").all_text_contents() == ["0.95", "93.1%"]
        expect(board).to_contain_text("dataset written CIFAR-10, CIFAR10: all are cifar-10 in the vocabulary")
        expect(board.locator(".plot .dot")).to_have_count(2)
        page.locator("#b-own").select_option("all")
        assert board.locator("tbody tr td:nth-child(2)").all_text_contents() == ["0.95", "93.1%", "91.0%"]
        expect(board).to_contain_text("(a rival’s or baseline’s)")
        expect(board.locator(".disagree")).to_contain_text("Papers disagree on Heron: 93.1% and 91.0%")
        page.locator("#b-order").select_option("newest")
        assert board.locator("tbody tr td:nth-child(2)").all_text_contents() == ["91.0%", "0.95", "93.1%"]
        assert page.evaluate("location.hash") == "#leaderboards?own=all&order=newest"


def test_an_address_brings_the_same_view(browser: Browser, report: Path) -> None:
    with opened(browser, report, "#leaderboards?own=all&order=newest") as page:
        scores = page.locator(".board tbody tr td:nth-child(2)")
        assert scores.all_text_contents() == ["91.0%", "0.95", "93.1%"]
        page.locator("[data-view=papers]").click()
        page.locator("#q").fill("Stilt")
        expect(page.locator("#count")).to_contain_text("1 of 3 papers")
        assert page.evaluate("location.hash") == "#papers?q=Stilt"
    with opened(browser, report, "#papers?q=Stilt") as page:
        expect(page.locator("#count")).to_contain_text("1 of 3 papers")
