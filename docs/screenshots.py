"""Takes the pictures of `images/` with Chromium: `python docs/screenshots.py`."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from absextract import PaperExtraction, extract, read_abstracts, validate
from absextract.report.building import write_report
from absextract.review.review_session import ReviewSession, Settings
from absextract.review.server import ReviewServer

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
README = HERE.parent / "README.md"
SIZE = {"width": 1200, "height": 860}
VIEWS = {
    "report-papers": ("#paper-1", "light"),
    "report-leaderboards": ("#leaderboards", "light"),
    "report-overview": ("#overview", "dark"),
}


def main() -> None:
    """Makes a report of the examples and takes its pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        records, page_file = Path(folder, "facts.jsonl"), Path(folder, "report.html")
        records.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")
        write_report(str(records), str(page_file))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, (view, scheme) in VIEWS.items():
            page = browser.new_page(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]  # no literals in a dict
            page.goto(f"{page_file.as_uri()}{view}")
            page.screenshot(path=HERE / "images" / f"{name}.png")
        show_abstract(browser)
        show_review(browser, records)
        browser.close()


def show_abstract(browser: Browser) -> None:
    """The abstract of the README with its marks, as a notebook shows it."""
    (text,) = re.findall(
        r'^    absextract try "(.*?)"$', README.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    record = extract(textwrap.dedent(f"    {text}"), model="builtin")
    page = browser.new_page(viewport={"width": 900, "height": 400})
    page.set_content(f'<body style="margin:0;padding:10px;font:16px system-ui">{record._repr_html_()}')
    page.add_style_tag(content="ul, ul ~ p { display: none } div { padding: 6px }")
    page.locator("div").screenshot(path=HERE / "images" / "abstract.png")


def show_review(browser: Browser, records: Path) -> None:
    """Corrects a paper a little, and takes the picture of it."""
    settings = Settings(records=str(records), out=f"{records}.corrected", schema=PaperExtraction)
    with ReviewSession(settings) as session, ReviewServer(session, 0, "facts.jsonl · review") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": 1000, "height": 600})
        page.goto(server.address)
        page.locator(".stop[data-row]").first.wait_for()
        page.keyboard.type("ccxj/")
        page.locator("#typed-text").fill("standard instruction tuning")
        page.keyboard.press("Enter")
        page.locator("#picked b").wait_for()
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=HERE / "images" / "review.png")
        server.shutdown()


def lines() -> Iterator[str]:
    """The records of the examples; one claims what its abstract does not say, to show what comes of that."""
    for name in ("trending.txt", "spaced.txt"):
        for paper in read_abstracts(str(EXAMPLES / name)):
            record = extract(paper, model="builtin")
            if paper.title.startswith("Kestrel"):
                claimed = json.loads(record.to_json())["extraction"]
                claimed["results"].append(claimed["results"][2] | {"score": "91.2"})
                claimed["datasets"].append("TriviaQA")
                record = validate(claimed, paper)
            yield record.to_json()


if __name__ == "__main__":
    main()
