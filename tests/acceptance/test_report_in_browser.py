"""The report in a real browser, as a person uses it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Browser, Page, expect

from absextract import Abstract, validate
from browser import CHROMIUM, opened
from command_line import absextract
from papers import PAPER, truth
from reports import EVIL, hostile_record, some_records, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("chromium"),  # one browser for all
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium"),
]

COUNT = 201


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    return [*some_records(COUNT - 1), hostile_record()]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]) -> Path:
    folder = tmp_path_factory.mktemp("report")
    done = absextract("report", write(folder / "facts.jsonl", records), "-o", folder / "report.html")
    assert done.returncode == 0, done.stderr
    (folder / "facts.jsonl").unlink()
    return folder / "report.html"


def titles(page: Page) -> list[str]:
    return page.locator(".card h3").all_text_contents()


def part(number: int) -> str:
    return f"Sandpiper: Patient Retrieval for Long Documents, part {number}"


def test_all_papers_are_there_with_every_supported_span_in_a_mark(
    browser: Browser, report: Path, records: list[dict[str, Any]]
) -> None:
    with opened(browser, report) as page:
        expect(page.locator("#count")).to_have_text("201 papers")
        expect(page.locator(".card")).to_have_count(COUNT)
        marks = page.locator(".card").evaluate_all(
            "cards => cards.map(card => [...card.querySelectorAll('mark')].map(mark => mark.textContent))"
        )
        texts = page.locator(".card").evaluate_all(
            "cards => cards.map(card => ['h3', '.abstract'].map(part => card.querySelector(part).textContent))"
        )
    for record, marked, text in zip(records, marks, texts, strict=True):
        assert text == [record["title"], record["abstract"]]
        spans = {record[place["field"]][place["start"] : place["end"]] for place in record["grounding"]}
        assert spans == set(marked)


def test_nothing_of_a_hostile_record_is_run_or_asked_for(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        expect(page.locator(".card")).to_have_count(COUNT)
        hostile = page.locator(".card").last
        assert hostile.locator("h3").text_content() == EVIL
        assert hostile.locator("h3 bdi.turn").evaluate_all("signs => signs.map(sign => sign.title)") == [
            "U+202E",
            "U+202C",
        ]
        hostile.get_by_text("More of the input").click()
        for kind in ("mouseover", "click"):
            hostile.locator("[data-v]").evaluate_all(
                "(all, kind) => all.forEach((each) => each.dispatchEvent(new MouseEvent(kind, { bubbles: true })))",
                kind,
            )
        assert (
            page.evaluate("document.querySelectorAll('main img, main iframe, main script, #papers-view svg').length")
            == 0
        )
        addresses = page.locator("main a[href]").evaluate_all("links => links.map(link => link.protocol)")
        assert set(addresses) <= {"https:", "http:", "file:"}
        page.locator("[data-view=leaderboards]").click()
        page.locator("#b-all").check()
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        page.locator("[data-view=overview]").click()
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert page.evaluate("window.hit") is None


def test_the_policy_is_in_force(browser: Browser, report: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(report.as_uri())
    refused = page.evaluate(
        """() => new Promise((resolve) => {
            const refused = new Set();
            document.addEventListener("securitypolicyviolation", (event) => {
                if (refused.add(event.effectiveDirective).size === 6) resolve([...refused]);
            });
            document.body.append(Object.assign(document.createElement("script"), { textContent: "window.hit = 1" }));
            document.body.insertAdjacentHTML("beforeend", "<img src=x.png onerror='hit = 2'><p style='color:red'>");
            document.body.lastElementChild.previousElementSibling.dispatchEvent(new Event("error"));
            fetch("x.json").catch(() => {});
            setTimeout("window.hit = 3", 0);
        })"""
    )
    assert set(refused) == {
        "connect-src",
        "img-src",
        "script-src",
        "script-src-attr",
        "script-src-elem",
        "style-src-attr",
    }
    assert page.evaluate("window.hit") is None
    context.close()


def test_filters_narrow_what_is_shown_and_say_so(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        count = page.locator("#count")
        page.locator("#q").fill("PART 12 sandpiper")
        expect(count).to_have_text("12 of 201 papers (search: PART 12 sandpiper)")
        assert titles(page) == [part(n) for n in (12, 112, *range(120, 130))]
        page.locator("#clear").click()
        expect(count).to_have_text("201 papers")

        page.locator("#f-status").select_option("failed")
        assert titles(page) == [part(7)]
        expect(page.locator(".card")).to_contain_text("HTTP 429, after 6 tries")
        page.locator("#f-status").select_option("")

        page.locator("#f-finding").select_option("mention_not_in_source")
        expect(count).to_contain_text("67 of 201 papers")
        page.locator("#f-finding").select_option("")

        page.locator("#f-datasets").fill("nq")
        expect(count).to_contain_text("79 of 201 papers")  # NQ and Natural Questions, but the failed one
        page.locator("#f-metrics").fill("F1")
        expect(count).to_contain_text("40 of 201 papers")
        page.locator("#clear").click()

        page.locator("#f-tasks").fill("retrieval over")
        expect(count).to_contain_text("199 of 201 papers")
        page.locator("#f-tasks").fill("")
        page.locator("#f-field").select_option("code_url")
        page.locator("#f-code").select_option("no")
        expect(count).to_contain_text("0 of 201 papers")


def test_papers_can_be_put_in_another_order(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        page.locator("#f-order").select_option("title")
        expect(page.locator(".card")).to_have_count(COUNT)
        assert titles(page)[1:4] == [part(0), part(1), part(10)]
        page.locator("#f-order").select_option("findings")
        expect(page.locator(".card")).to_have_count(COUNT)
        numbers = page.locator(".card").evaluate_all(
            "cards => cards.map(card => card.querySelectorAll('.findings .finding').length)"
        )
        assert numbers == sorted(numbers, reverse=True)


def test_value_and_span_point_at_each_other(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        card = page.locator(".card").first
        mark = card.locator("mark", has_text="DPR")
        chip = card.locator("button.chip", has_text="DPR").first
        chip.hover()
        expect(mark).to_have_class("c-method hot")
        chip.click()
        expect(mark).to_be_focused()
        page.keyboard.press("Enter")
        expect(chip).to_be_focused()
        mark.click()
        expect(chip).to_be_focused()
        page.locator("#count").hover()
        expect(page.locator(".hot")).to_have_count(0)


def test_dropped_values_are_struck_through_and_unclaimed_numbers_found(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        card = page.locator(".card").first
        dropped = card.locator(".finding", has_text="mention_not_in_source")
        expect(dropped.locator("del")).to_have_text("Invented")
        expect(dropped).to_contain_text("dropped methods 2")
        card.locator(".finding", has_text="number_unclaimed").get_by_role("button").click()
        expect(card.locator(".unclaimed:focus")).to_have_text("88.9%")


def test_links_are_shown_with_their_kind_and_open_elsewhere(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        links = page.locator(".card").nth(1).locator(".side > dt", has_text="links").locator("+ dd")
        expect(links).to_contain_text("https://github.com/made-up-lab/sandpiper1")
        expect(links).to_contain_text("kind code")
        link = links.locator("a")
        assert link.get_attribute("href") == "https://github.com/made-up-lab/sandpiper1"
        assert (link.get_attribute("rel"), link.get_attribute("target")) == ("noopener noreferrer", "_blank")


def test_links_without_a_scheme_open_too(browser: Browser, tmp_path: Path) -> None:
    text = "We present Heron. Code: github.com/made-up-lab/heron. It is for e.g. ponds."
    paper = Abstract(title="Heron", abstract=text, metadata={"url": "papers.example/heron"})
    facts = write(
        tmp_path / "facts.jsonl", [json.loads(validate({"code_url": "github.com/made-up-lab/heron"}, paper).to_json())]
    )
    absextract("report", facts, "-o", tmp_path / "report.html")
    with opened(browser, tmp_path / "report.html") as page:
        hrefs = page.locator(".card a").evaluate_all("links => links.map((link) => link.href)")
        assert hrefs == ["https://papers.example/heron", "https://github.com/made-up-lab/heron"]


def test_a_phone_shows_a_paper_on_its_first_screen(browser: Browser, report: Path) -> None:
    with opened(browser, report, viewport={"width": 390, "height": 800}) as page:
        expect(page.locator("#f-status")).to_be_hidden()
        box = page.locator(".card h3").first.bounding_box()
        assert box
        assert box["y"] < 400
        page.locator("#more summary").click()
        page.locator("#f-status").select_option("failed")
        expect(page.locator("#count")).to_contain_text("status: failed")


def test_results_are_a_table_without_columns_that_nobody_fills(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        table = page.locator(".card").nth(1).locator("table.results")
        heads = table.locator("th").all_text_contents()
        assert heads[:2] == ["score", "metric"]
        for place, head in enumerate(heads):
            cells = table.locator(f"tbody tr td:nth-child({place + 1})").all_text_contents()
            assert any(cells), head
        table.locator("tbody .score button").first.click()
        expect(page.locator(".card").nth(1).locator("mark:focus")).to_have_count(1)


def test_a_score_is_read_without_the_signs_of_tex(browser: Browser, tmp_path: Path) -> None:
    text = r"Heron reaches 83.9\% accuracy on Nest, is $2.5\times$ faster, and falls by 10--20\% for $5 to $6."
    scores = [r"83.9\%", r"$2.5\times$", r"10--20\%"]
    results = [{"score": score, "kind": "value", "evidence": score} for score in scores]
    record = validate({"results": results}, Abstract(title="Heron", abstract=text))
    facts = write(tmp_path / "facts.jsonl", [json.loads(record.to_json())])
    absextract("report", facts, "-o", tmp_path / "report.html")
    with opened(browser, tmp_path / "report.html") as page:
        shown = page.locator("table.results td.score")
        assert shown.all_text_contents() == ["83.9%", "2.5×", "10–20%"]
        assert shown.first.locator("button").get_attribute("title") == r"results 1, score, in the text 83.9\%"
        assert page.locator(".abstract").inner_text() == text


def test_filters_stand_in_the_address_and_are_read_from_it(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        page.locator("#f-status").select_option("flagged")
        page.locator("#q").fill("part 7")
        address = page.evaluate("location.hash")
        assert address == "#papers?q=part+7&status=flagged"
        said = page.locator("#count").inner_text()
        page.locator("[data-view=overview]").click()
        page.locator("[data-view=papers]").click()
        assert page.evaluate("location.hash") == address
        expect(page.locator("#count")).to_have_text(said)
        page.locator("#clear").click()
        assert page.evaluate("location.hash") == "#papers"
    with opened(browser, report, address) as page:
        expect(page.locator("#count")).to_have_text(said)
        assert page.locator("#q").input_value() == "part 7"
    with opened(browser, report, "#papers?status=nonsense&q=<b>") as page:
        expect(page.locator("#count")).to_contain_text("search: <b>")
        assert page.locator("#f-status").input_value() == ""


def test_a_status_that_no_paper_has_is_no_address_of_all_papers(browser: Browser, tmp_path: Path) -> None:
    record = validate({"methods": ["Heron"]}, Abstract(title="Heron", abstract="Heron is fast."))
    facts = write(tmp_path / "facts.jsonl", [json.loads(record.to_json())])
    absextract("report", facts, "-o", tmp_path / "report.html")
    with opened(browser, tmp_path / "report.html", "#papers?status=flagged") as page:
        assert page.locator("#f-status").input_value() == "flagged"
        assert page.locator("#f-status option").all_text_contents() == ["all", "ok (1)", "flagged (0)", "failed (0)"]
        expect(page.locator("#list > *")).to_have_count(0)


def test_the_keyboard_is_enough(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        page.keyboard.press("/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("sandpiper")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#card0")).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#card1")).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(page.locator("#card0 .side button.chip").first).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#card0 mark").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#card0")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#count")).to_have_text("201 papers")


def test_every_control_has_a_name_and_texts_stand_out_in_light_and_dark(browser: Browser, report: Path) -> None:
    for scheme in ("light", "dark"):
        with opened(browser, report, color_scheme=scheme) as page:
            nameless = page.locator("input, select, button, a[href]").evaluate_all(
                """all => all.filter((each) => !(each.labels?.length || each.textContent.trim()
                    || each.getAttribute("aria-label"))).length"""
            )
            assert nameless == 0
            worst = page.evaluate(CONTRASTS)
            assert worst[0] >= 4.5, worst


CONTRASTS = """() => {
    const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map((n) => n / 255)
            .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (node) => {
        for (; node; node = node.parentElement) {
            const colour = getComputedStyle(node).backgroundColor;
            if (colour !== "rgba(0, 0, 0, 0)") return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const found = [];
    for (const node of document.querySelectorAll("header *, .filters *, .count, .card:nth-child(-n+4) *")) {
        if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
        const [a, b] = [light(getComputedStyle(node).color), light(behind(node))].sort((x, y) => y - x);
        found.push([(a + 0.05) / (b + 0.05), node.tagName, node.className]);
    }
    return found.sort((x, y) => x[0] - y[0])[0];
}"""


def test_the_colours_can_be_chosen(browser: Browser, report: Path) -> None:
    with opened(browser, report, color_scheme="light") as page:
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.locator("#theme").select_option("dark")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_leaderboards_hold_one_unit_and_kind_each_and_sort(browser: Browser, report: Path) -> None:
    with opened(browser, report, "#leaderboards") as page:
        board = page.get_by_role("region", name="SQuAD 2.0: F1", exact=True)
        expect(board).to_contain_text("in % · ↑ higher is better")
        expect(board).to_contain_text("dataset written SQuAD 2.0, squad-2.0")
        scores = board.locator("tbody tr td:nth-child(2)")
        shown = [float(text.rstrip("%")) for text in scores.all_text_contents()]
        assert shown == sorted(shown, reverse=True)
        assert len(shown) == 15
        board.get_by_role("button", name="Show all").click()
        assert scores.count() > 15
        board.get_by_role("button", name="Score").click()
        expect(board.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
        board.get_by_role("button", name="Score").click()
        shown = [float(text.rstrip("%")) for text in scores.all_text_contents()]
        assert shown == sorted(shown)
        errors = page.get_by_role("region", name="SQuAD 2.0: WER")
        expect(errors).to_contain_text("lower is better")

        page.locator("#b-kind").select_option("change")
        expect(page.locator("#board-count")).to_contain_text("0 boards")
        page.locator("#b-all").check()
        expect(page.locator(".board h3")).to_have_text("no dataset named: no metric named, change")


def test_a_row_leads_to_its_evidence_and_its_paper(browser: Browser, report: Path) -> None:
    with opened(browser, report, "#leaderboards") as page:
        row = page.get_by_role("region", name="KiteBench: accuracy", exact=True).locator("tbody tr").first
        row.get_by_text("show").click()
        expect(row.locator("blockquote")).to_contain_text(row.locator("td").nth(1).text_content() or "")
        title = row.locator("a[href^='#paper-']").text_content()
        row.locator("a[href^='#paper-']").click()
        expect(page.locator(".card:focus h3")).to_have_text(title or "")


def test_an_address_leads_to_a_paper_far_down_also_on_a_narrow_screen(browser: Browser, report: Path) -> None:
    with opened(browser, report, "#paper-150", viewport={"width": 400, "height": 800}) as page:
        expect(page.locator(".card:focus h3")).to_have_text(part(150))
        page.wait_for_function("() => Math.abs(document.activeElement.getBoundingClientRect().top) < 40")


def test_the_rows_shown_are_saved_as_csv_that_no_spreadsheet_runs(browser: Browser, report: Path) -> None:
    with opened(browser, report, "#leaderboards") as page:
        with page.expect_download() as download:
            page.locator("#csv").click()
        assert download.value.suggested_filename == "leaderboards.csv"
        rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
        said = page.locator("#board-count").text_content() or ""
        assert f"with {len(rows)} results" in said
        (hostile,) = [row for row in rows if row["paper"] == EVIL]
        assert hostile["method"] == '\'=HYPERLINK("http://x.example")'
        assert {row["unit"] for row in rows} == {"%", EVIL}
        page.locator("#b-dataset").fill("KiteBench")
        with page.expect_download() as download:
            page.locator("#csv").click()
        rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
        assert {row["dataset"] for row in rows} == {"KiteBench"}
        ranked = [(row["metric"], int(row["rank"])) for row in rows]
        assert ranked[0][1] == 1


def test_the_overview_counts_draws_and_leads_to_papers(browser: Browser, report: Path) -> None:
    with opened(browser, report, "#overview") as page:
        expect(page.locator(".big")).to_contain_text("201 papers")
        for title in ("status", "code", "Findings", "datasets", "tasks", "metrics", "tokens", "failed"):
            panel = page.locator("figure.panel", has=page.locator("h3", has_text=title))
            assert panel.locator(".bars .rect").count() >= 1, title
        status = page.locator("figure.panel", has_text="Papers by status")
        numbers = [int(text) for text in status.locator(".num").all_text_contents()]
        widths = status.locator(".rect").evaluate_all("bars => bars.map((bar) => bar.getBoundingClientRect().width)")
        assert sum(numbers) == COUNT
        for number, width in zip(numbers, widths, strict=True):
            assert width == pytest.approx(max(widths) * number / max(numbers), abs=2)
        tokens = page.locator("figure.panel", has_text="Papers by tokens").locator(".num").all_text_contents()
        assert sum(map(int, tokens)) == COUNT - 1
        status.get_by_role("button", name="failed").click()
        expect(page.locator("#count")).to_have_text("1 of 201 papers (status: failed (1))")
        assert page.evaluate("location.hash") == "#papers?status=failed"


def test_the_charts_follow_the_filters_and_add_to_them(browser: Browser, report: Path) -> None:
    with opened(browser, report, "#overview?q=part+12") as page:
        expect(page.locator(".big")).to_contain_text("12 papers")
        expect(page.locator("#count")).to_have_text("12 of 201 papers (search: part 12)")
        expect(page.locator("#f-order")).to_be_hidden()
        code = page.locator("figure.panel", has_text="Papers with a link")
        assert sum(map(int, code.locator(".num").all_text_contents())) == 12
        page.locator("#f-finding").select_option("mention_not_in_source")
        expect(page.locator(".big")).to_contain_text("5 papers")
        assert page.evaluate("location.hash") == "#overview?q=part+12&finding=mention_not_in_source"
        page.locator("figure.panel", has_text="Papers by status").get_by_role("button").first.click()
        expect(page.locator("#count")).to_contain_text("5 of 201 papers")
        expect(page.locator(".card")).to_have_count(5)
        page.go_back()
        expect(page.locator(".big")).to_contain_text("5 papers")
        page.locator("#q").fill("no such words")
        expect(page.locator(".big")).to_contain_text("0 papers")
        page.locator("#clear").click()
        expect(page.locator(".big")).to_contain_text("201 papers")
        assert page.evaluate("location.hash") == "#overview"


def test_a_phone_shows_a_board_and_readable_charts_on_its_first_screen(browser: Browser, report: Path) -> None:
    phone = {"width": 390, "height": 800}
    with opened(browser, report, "#leaderboards", viewport=phone) as page:
        box = page.locator(".board h3").first.bounding_box()
        assert box
        assert box["y"] < 500
    with opened(browser, report, "#overview?status=flagged", viewport=phone) as page:
        expect(page.locator("#f-status")).to_be_hidden()
        assert page.evaluate("scrollX + document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.locator(".bars th").first.evaluate("cell => parseFloat(getComputedStyle(cell).fontSize)") >= 12


def test_a_print_holds_the_papers_that_are_shown_and_no_controls(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        page.locator("#q").fill("part 12")
        page.emulate_media(media="print")
        expect(page.locator("#count")).to_be_visible()
        expect(page.locator(".filters").first).to_be_hidden()
        expect(page.locator(".card").first.locator("mark").first).to_be_visible()
        assert len(page.pdf()) > 10_000


def test_five_thousand_papers_are_paged_and_searched_at_once(browser: Browser, tmp_path: Path) -> None:
    records = list(some_records(50))
    lines = (
        record | {"id": f"n{number}", "abstract": f"{record['abstract']} {number}"}
        for number in range(100)
        for record in records
    )
    write(tmp_path / "facts.jsonl", lines)
    absextract("report", tmp_path / "facts.jsonl", "-o", tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size < 40e6
    with opened(browser, tmp_path / "report.html") as page:
        expect(page.locator("#count")).to_have_text("5,000 papers")
        expect(page.locator(".card")).to_have_count(250)
        page.locator("#next").click()
        expect(page.locator("#where")).to_have_text("251 to 500 of 5,000")
        page.locator("#q").fill("n99")
        expect(page.locator("#count")).to_have_text("50 of 5,000 papers (search: n99)")


def test_another_schema_and_failed_records_have_a_report_too(browser: Browser, tmp_path: Path) -> None:
    record = {
        "id": "t1",
        "title": "A trial",
        "abstract": "Patients received 20 mg of examplomab.",
        "extraction": {"doses": [{"drug": "examplomab", "amount": "20 mg", "sure": True}], "arms": {"first": ["x"]}},
        "grounding": [{"path": "/doses/0/drug", "field": "abstract", "start": 27, "end": 37, "match": "exact"}],
        "extractor": {"model": "external", "schema": "Trial@1"},
    }
    failed = {"id": "bad.csv:2", "title": "", "abstract": "", "extraction": None}
    failed["error"] = {"code": "bad_input", "message": "bad.csv:2: no abstract"}  # type: ignore[assignment]  # as in JSON
    write(tmp_path / "trials.jsonl", [record, failed])
    absextract("report", tmp_path / "trials.jsonl", "-o", tmp_path / "report.html")
    with opened(browser, tmp_path / "report.html") as page:
        assert page.locator("mark").all_text_contents() == ["examplomab"]
        expect(page.locator(".card").first.locator(".side")).to_contain_text("drug examplomab")
        expect(page.locator(".card").first.locator(".side")).to_contain_text("sure true")
        expect(page.locator(".card").last).to_contain_text("bad.csv:2: no abstract")
        expect(page.get_by_role("link", name="Leaderboards")).to_be_hidden()
        expect(page.locator("#f-metrics")).to_be_hidden()


def test_marks_and_values_tell_how_sure_they_are_where_that_is_known(browser: Browser, tmp_path: Path) -> None:
    record = json.loads(validate(truth(), PAPER, confidence={"/methods/0": 0.7, "/tasks/0": 0.814}).to_json())
    left_out = {"path": "/metrics/1", "code": "confidence_low", "severity": "info", "message": "low", "value": "EM"}
    record["findings"].append(left_out | {"action": "dropped"})
    write(tmp_path / "facts.jsonl", [record])
    absextract("report", tmp_path / "facts.jsonl", "-o", tmp_path / "report.html")
    with opened(browser, tmp_path / "report.html") as page:
        for kind in ("mark.c-method", ".side .chip.c-method"):
            assert "methods 1, confidence 0.70" in (page.locator(kind).first.get_attribute("title") or "")
        assert page.locator(".side .chip.c-task").get_attribute("title") == "tasks 1, confidence 0.81"
        assert page.locator(".side .chip.c-dataset").first.get_attribute("title") == "datasets 1"
        expect(page.locator(".finding.info")).to_have_text("dropped metrics 2 EMlow confidence_low")
        page.locator("[data-view=overview]").click()
        expect(page.locator("figure.panel", has_text="Findings by code").locator("th")).to_contain_text(
            ["confidence low"]
        )


def test_a_record_in_a_notebook_runs_nothing_and_shows_its_marks(browser: Browser, tmp_path: Path) -> None:
    html = validate({"methods": [EVIL]}, Abstract(id=EVIL, abstract=EVIL))._repr_html_()
    (tmp_path / "cell.html").write_text(f"<!doctype html><meta charset=utf-8>{html}", encoding="utf-8")
    with opened(browser, tmp_path / "cell.html") as page:
        assert page.locator("mark").all_text_contents() == [EVIL]
        assert page.evaluate("window.hit") is None
        assert json.loads(page.evaluate("JSON.stringify([...document.images])")) == []


def test_a_false_value_that_was_kept_is_framed_and_unmarked(browser: Browser, tmp_path: Path) -> None:
    record = validate({"methods": ["Heron", "Egret"]}, "We present Heron.", unsupported="keep")
    write(tmp_path / "facts.jsonl", [json.loads(record.to_json())])
    absextract("report", tmp_path / "facts.jsonl", "-o", tmp_path / "report.html")
    with opened(browser, tmp_path / "report.html") as page:
        assert page.locator("mark").all_text_contents() == ["Heron"]
        assert page.locator(".chip.doubt").all_text_contents() == ["Egret"]
