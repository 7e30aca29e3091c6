"""A review in a real browser, by keyboard as a person does it."""

from __future__ import annotations

import contextlib
import functools
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Browser, Page, Route, expect

from absextract import Abstract, validate
from browser import CHROMIUM, visited
from command_line import records_in
from papers import ABSTRACT, PAPER, TITLE, truth
from reports import EVIL, hostile_record, some_records, write
from reviews import Running, reviewing, trials

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("chromium"),  # one browser for all
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium"),
]

COUNT = 20


@contextlib.contextmanager
def on_page(browser: Browser, running: Running, **options: Any) -> Iterator[Page]:
    with visited(browser, running.address, f"http://{running.host}/", **options) as page:
        expect(page.locator(".stop[data-row]").first).to_be_visible()
        yield page


@contextlib.contextmanager
def window(browser: Browser, running: Running, first: str = ".stop[data-row]") -> Iterator[Page]:
    """A page that may say on the console that something was refused."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(running.address)
    expect(page.locator(first).first).to_be_focused()
    yield page
    context.close()


def spoilt(number: int) -> dict[str, Any]:
    """A record with a wrong task, without one of its results, and with a metric that is none."""
    claimed = truth()
    claimed["tasks"] = ["memory of passages"]
    claimed["metrics"] = ["F1", "passages"]
    del claimed["results"][1]
    paper = Abstract(id=f"p{number}", title=f"{TITLE}, part {number}", abstract=ABSTRACT)
    found: dict[str, Any] = json.loads(validate(claimed, paper).to_json())
    return found


@pytest.fixture
def spoilt_records(tmp_path: Path) -> Path:
    return write(tmp_path / "facts.jsonl", [spoilt(number) for number in range(COUNT)])


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return write(tmp_path / "one.jsonl", [json.loads(validate(truth(), PAPER).to_json())])


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def look_for(page: Page, text: str) -> None:
    """Selects a text by searching for it."""
    press(page, "/")
    expect(page.locator("#typed-text")).to_be_focused()
    page.keyboard.type(text)
    press(page, "Enter")
    expect(page.locator("#picked b")).to_have_text(text)


def choose(page: Page, label: str) -> None:
    """Presses the key that the menu shows for an entry."""
    entry = page.locator("#choices button").filter(has_text=label).first
    expect(entry).to_be_visible()
    press(page, entry.locator("kbd").inner_text())


def selected(page: Page) -> str:
    return page.locator("#picked b").inner_text()


def correct_by_keyboard(page: Page) -> None:
    expect(page.locator("#values .stop").first).to_be_focused()
    press(page, "e")
    expect(page.locator("#picked b")).to_have_text("memory of passages")  # the passage that the value has
    look_for(page, "Retrieval over long documents")
    press(page, "Enter")
    expect(page.locator('.stop[aria-label^="tasks: Retrieval over long documents, changed"]')).to_be_focused()
    press(page, "j", "c")
    expect(page.locator('.stop[aria-label^="methods: Sandpiper, confirmed"]')).to_be_visible()
    press(page, "j", "j", "x")
    expect(page.locator('.stop[aria-label^="metrics: passages, removed"]')).to_be_visible()
    look_for(page, "88.9%")
    press(page, "a")
    choose(page, "new: results, score")
    expect(page.locator('.stop[aria-label^="results 3, added"]')).to_be_focused()
    look_for(page, "DPR")
    press(page, "a")
    choose(page, "results 3, method")
    expect(page.locator('.stop[aria-label^="method: DPR, added"]')).to_be_focused()
    look_for(page, "F1")
    press(page, "a")
    choose(page, "results 3, metric")
    expect(page.locator('.stop[aria-label^="metric: F1, added"]')).to_be_focused()


def test_twenty_papers_are_corrected_by_keyboard_whatever_is_killed(browser: Browser, spoilt_records: Path) -> None:
    done = 0
    for until in (COUNT // 2, COUNT):
        with reviewing(spoilt_records) as running, window(browser, running) as page:
            expect(page.locator("#where")).to_have_text(f"paper {done + 1} of {COUNT}")
            for number in range(done, until):
                expect(page.locator("#title-text")).to_have_text(f"{TITLE}, part {number}")
                if page.locator(".s-removed").count() == 0:  # else it was corrected before the kill
                    correct_by_keyboard(page)
                press(page, "d")
                expect(page.locator("#progress b")).to_have_text(f"{number + 1} of {COUNT} reviewed")
            if until < COUNT:
                expect(page.locator("#title-text")).to_have_text(f"{TITLE}, part {until}")
                correct_by_keyboard(page)
                running.kill()  # in the middle of a paper
                done = until
    for record in records_in(spoilt_records.with_name("facts.corrected.jsonl")):
        found = record["extraction"]
        assert (found["tasks"], found["metrics"]) == (["Retrieval over long documents"], ["F1"])
        assert [(each["score"], each["metric"], each["method"]) for each in found["results"]] == [
            ("91.3%", "F1", "Sandpiper"),
            ("2.5x", None, "Sandpiper"),
            ("88.9%", "F1", "DPR"),
        ]
        actions = {each["path"]: each["action"] for each in record["review"]["actions"]}
        assert (actions["/tasks/0"], actions["/metrics/1"], actions["/results/2"]) == ("changed", "removed", "added")
        assert record["review"]["complete"]


def test_words_are_chosen_by_arrow_keys_and_cut_by_characters(browser: Browser, one: Path) -> None:
    with reviewing(one) as running, on_page(browser, running) as page:
        look_for(page, "SQuAD")
        press(page, "ArrowRight")
        assert selected(page) == "2.0"
        press(page, "ArrowLeft", "Shift+ArrowRight")
        assert selected(page) == "SQuAD 2.0"
        press(page, "Shift+ArrowRight", "Shift+ArrowRight")
        assert selected(page) == "SQuAD 2.0, Sandpiper"
        press(page, "Shift+ArrowLeft", "Shift+ArrowLeft", "Control+Shift+ArrowLeft", "Control+ArrowRight")
        assert selected(page) == "QuAD 2."
        before = selected(page)
        press(page, "ArrowDown")
        assert selected(page) != before
        press(page, "ArrowUp", "Escape")
        expect(page.locator("#picked")).to_be_empty()
        expect(page.locator("#values .stop").first).to_be_focused()


def test_a_passage_selected_with_the_mouse_becomes_a_value_where_it_stands(browser: Browser, tmp_path: Path) -> None:
    text = "𝔽𝔸𝕊𝕋 is quick 🚀🚀. On 🦜Bench, 𝔽𝔸𝕊𝕋 reaches 91.3% accuracy; 🦜Bench is new."
    paper = Abstract(title="A 🦜 title", abstract=text)
    records = write(tmp_path / "astral.jsonl", [json.loads(validate({"methods": ["𝔽𝔸𝕊𝕋"]}, paper).to_json())])
    with reviewing(records) as running, on_page(browser, running) as page:
        box = page.evaluate(
            """() => {
                const texts = document.createTreeWalker(document.getElementById("abstract-text"), NodeFilter.SHOW_TEXT);
                const range = new Range();
                while (texts.nextNode()) {
                    const at = texts.currentNode.data.lastIndexOf("🦜Bench");
                    if (at < 0) continue;
                    range.setStart(texts.currentNode, at);
                    range.setEnd(texts.currentNode, at + "🦜Bench".length);
                }
                const { left, right, top, bottom } = range.getBoundingClientRect();
                return { left, right, y: (top + bottom) / 2 };
            }"""
        )
        page.mouse.move(box["left"] + 1, box["y"])
        page.mouse.down()
        page.mouse.move(box["right"] - 1, box["y"], steps=5)
        page.mouse.up()
        assert selected(page) == "🦜Bench"
        press(page, "a")
        choose(page, "datasets")
        expect(page.locator('.stop[aria-label^="datasets: 🦜Bench, added"]')).to_be_focused()
    (record,) = records_in(tmp_path / "astral.corrected.jsonl")
    place = next(place for place in record["grounding"] if place["path"] == "/datasets/0")
    assert (place["start"], text[place["start"] : place["end"]]) == (text.rindex("🦜"), "🦜Bench")


def test_keys_that_come_faster_than_the_disk_are_answered_in_their_turn(browser: Browser, one: Path) -> None:
    with reviewing(one) as running, window(browser, running) as page:
        page.route("**/paper/0", slowly)
        page.evaluate(
            """(keys) => keys.forEach((key) => document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))""",
            ["c", "x", *"t", "ArrowRight", "Enter", "3", "u", "c"],
        )
        expect(page.locator(".s-removed")).to_have_count(1)
        expect(page.locator('.stop[aria-label^="methods: Sandpiper, removed"]')).to_be_visible()
        expect(page.locator(".s-confirmed")).to_have_count(2)
        actions = [json.loads(line)["action"] for line in journal_of(one)]
        assert [each["do"] for each in actions] == ["confirm", "remove", "add", "undo", "confirm"]


def slowly(route: Route) -> None:
    time.sleep(0.1)
    route.continue_()


def journal_of(records: Path) -> list[str]:
    return records.with_name("one.corrected.jsonl.journal").read_text(encoding="utf-8").splitlines()[1:]


def test_choices_are_made_by_key_and_findings_stand_beside_the_value_at_once(browser: Browser, one: Path) -> None:
    with reviewing(one) as running, window(browser, running) as page:
        page.locator('.stop[aria-label^="kind: value"]').first.click()
        press(page, "e")
        choose(page, "change")
        changed = page.locator('.stop[aria-label^="kind: change, changed, was value"]')
        expect(changed).to_be_focused()
        assert "kind_mismatch" in page.locator("#findings").inner_text()
        press(page, "u")
        expect(changed).to_have_count(0)
        expect(page.locator("#findings")).not_to_contain_text("kind_mismatch")
        page.locator('.stop[aria-label^="own: true"]').first.click()
        press(page, "x")
        expect(page.locator('.stop[aria-label^="own: true, removed"]')).to_have_count(1)
        press(page, "u")
        page.locator('.stop[aria-label^="score: 91.3%"]').click()
        press(page, "x")  # a result without its score is none
        expect(page.locator("#said")).to_contain_text("cannot be without it")


def test_any_schema_is_filled_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    records, reference, _ = trials(tmp_path)
    with reviewing(records, "--schema", reference) as running, window(browser, running, first="#done") as page:
        look_for(page, "20 mg")
        press(page, "a")
        choose(page, "new: arms, dose")
        expect(page.locator("#rows")).to_contain_text("lacks its drug")
        look_for(page, "heronol")
        press(page, "a")
        choose(page, "arms 1, drug")
        expect(page.locator("#rows")).not_to_contain_text("lacks its drug")
        page.locator('.stop[aria-label^="blinded: false"]').click()
        press(page, "e")
        choose(page, "true")
        expect(page.locator('.stop[aria-label^="blinded: true"]')).to_be_focused()
        page.locator('.stop[aria-label^="note: —"]').click()
        press(page, "e")
        page.keyboard.type("read twice")
        press(page, "Enter")
        expect(page.locator('.stop[aria-label^="note: read twice"]')).to_be_focused()
        look_for(page, "Ulm")
        press(page, "a")
        choose(page, "sites")
        page.keyboard.type("first/site")
        press(page, "Enter")
        expect(page.locator('.stop[aria-label^="first/site: Ulm, added"]')).to_be_focused()
        look_for(page, "placebo")
        press(page, "a")
        choose(page, "lead, drug")
        expect(page.locator("#rows")).to_contain_text("lacks its dose")
        press(page, "d")
        expect(page.locator("#said")).to_contain_text("/lead lacks its dose")
        press(page, "u", "d")
        expect(page.locator("#left")).to_have_text("✓ complete")
    (record,) = records_in(tmp_path / "trials.corrected.jsonl")
    arm = {"drug": "heronol", "dose": "20 mg", "blinded": True, "note": "read twice"}
    assert record["extraction"] == {"arms": [arm], "sites": {"first/site": "Ulm"}, "lead": None}


def test_two_windows_are_told_of_each_other(browser: Browser, one: Path) -> None:
    with reviewing(one) as running, window(browser, running) as first:
        expect(first.locator("#banner")).to_be_hidden()
        with window(browser, running) as second:
            expect(second.locator("#banner")).to_contain_text("open in 1 other window, on this paper")
            expect(first.locator("#banner")).to_contain_text("open in 1 other window")
            press(second, "x")
            expect(second.locator(".s-removed")).to_have_count(1)
            expect(first.locator(".s-removed")).to_have_count(1)  # without being asked
            expect(first.locator("#said")).to_contain_text("changed in another window")
        expect(first.locator("#banner")).to_be_hidden()


def test_what_was_done_to_an_older_state_of_a_paper_is_not_done(browser: Browser, one: Path) -> None:
    with reviewing(one) as running, window(browser, running) as page:
        now = {"others": [], "version": 0, "progress": running.json("/start")["progress"]}
        page.route("**/windows/**", lambda route: route.fulfill(json=now))  # it does not hear of the other window
        running.act(0, {"do": "confirm", "path": "/methods/0"})
        press(page, "x")
        expect(page.locator("#said")).to_contain_text("not done: the paper was changed in another window")
        expect(page.locator(".s-confirmed")).to_have_count(1)
        expect(page.locator(".s-removed")).to_have_count(0)
        press(page, "x")
        expect(page.locator(".s-removed")).to_have_count(1)


def test_a_server_that_has_ended_is_told_and_nothing_is_called_done(browser: Browser, one: Path) -> None:
    with reviewing(one) as running, window(browser, running) as page:
        running.kill()
        press(page, "x")
        expect(page.locator("#banner")).to_contain_text("The server does not answer")
        expect(page.locator(".s-removed")).to_have_count(0)


def test_nothing_of_a_hostile_record_is_run_or_asked_for(browser: Browser, tmp_path: Path) -> None:
    records = write(tmp_path / "hostile.jsonl", [hostile_record()])
    with reviewing(records) as running, on_page(browser, running) as page:
        assert page.locator("#title-text").text_content() == EVIL
        for _ in range(6):
            press(page, "c", "x", "u", "j")
        press(page, "t", "Shift+ArrowRight", "Shift+ArrowRight", "Enter")
        expect(page.locator("#menu")).to_be_visible()
        press(page, "Escape")
        assert page.evaluate("document.querySelectorAll('main img, main iframe, main script, main svg').length") == 0
        assert page.evaluate("window.hit") is None


def test_the_policy_is_in_force(browser: Browser, one: Path) -> None:
    with reviewing(one) as running:
        context = browser.new_context()
        page = context.new_page()
        page.goto(running.address)
        refused = page.evaluate(
            """() => new Promise((resolve) => {
                const refused = new Set();
                document.addEventListener("securitypolicyviolation", (event) => {
                    if (refused.add(event.effectiveDirective).size === 5) resolve([...refused]);
                });
                const script = Object.assign(document.createElement("script"), { textContent: "window.hit = 1" });
                document.body.append(script);
                const html = "<img src=/x.png onerror='hit = 2'><p style='color:red'>";
                document.body.insertAdjacentHTML("beforeend", html);
                document.body.lastElementChild.previousElementSibling.dispatchEvent(new Event("error"));
                fetch("http://127.0.0.1:9/").catch(() => {});
            })"""
        )
        assert {"connect-src", "img-src", "script-src-elem", "style-src-attr", "script-src-attr"} == set(refused)
        assert page.evaluate("window.hit") is None
        context.close()


class _Foreign(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>foreign</title>")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # as the base class calls it
        pass


@contextlib.contextmanager
def foreign_site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Foreign)
    thread = threading.Thread(target=functools.partial(server.serve_forever, poll_interval=0.05))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


ATTACK = """async ([home, token]) => {
    const act = JSON.stringify({ version: 0, action: { do: "done" } });
    const tell = (promise) => promise.then((answer) => answer.status || answer.type, () => "refused");
    const told = [];
    for (const mode of ["cors", "no-cors"]) {
        told.push(await tell(fetch(`${home}/paper/0`, { method: "POST", mode, body: act })));
        told.push(await tell(fetch(`${home}/?token=${token}`, { mode })));
    }
    told.push(await tell(fetch(`${home}/paper/0`, { method: "POST", body: act,
        headers: { "X-Review-Token": token, "Content-Type": "application/json" } })));
    navigator.sendBeacon(`${home}/paper/0`, new Blob([act], { type: "text/plain" }));
    const form = document.createElement("form");
    const action = `${home}/paper/0?token=${token}`;
    Object.assign(form, { method: "post", action, enctype: "text/plain", target: "frame" });
    form.append(Object.assign(document.createElement("input"), { name: act.slice(0, -1) + ', "x": "', value: '"}' }));
    const frame = Object.assign(document.createElement("iframe"), { name: "frame" });
    document.body.append(frame, form);
    form.submit();
    await new Promise((resolve) => setTimeout(resolve, 500));
    let read = "refused";
    try { read = frame.contentDocument?.body?.textContent || "refused"; } catch { /* another origin */ }
    return [...told, read];
}"""


def test_a_page_from_elsewhere_changes_and_reads_nothing_even_with_the_token(browser: Browser, one: Path) -> None:
    with reviewing(one) as running, foreign_site() as elsewhere:
        context = browser.new_context()
        page = context.new_page()
        page.goto(elsewhere)
        told = page.evaluate(ATTACK, [f"http://{running.host}", running.token])
        assert told == ["refused", "refused", "refused", "refused", "refused", "refused"]
        context.close()
        assert running.json("/paper/0")["paper"]["version"] == 0


def test_a_wrong_token_shows_nothing(browser: Browser, one: Path) -> None:
    with reviewing(one) as running:
        context = browser.new_context()
        page = context.new_page()
        answer = page.goto(running.address.replace(running.token, "guess"))
        assert answer is not None
        assert answer.status == 403
        assert "Sandpiper" not in page.content()
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_reads_well_narrow_and_to_a_screen_reader(browser: Browser, one: Path, scheme: Any) -> None:
    narrow = {"width": 360, "height": 740}
    with reviewing(one) as running, on_page(browser, running, viewport=narrow, color_scheme=scheme) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("document.documentElement.classList.contains('dark')") == (scheme == "dark")
        labels = page.locator("#values .stop[data-row]").evaluate_all("all => all.map((each) => each.ariaLabel)")
        assert "results 1" in labels
        assert any(label.startswith("metric: F1") for label in labels)
        press(page, "c")
        first = page.locator("#values .stop[data-row]").first
        expect(first).to_have_attribute("aria-label", "tasks: Retrieval over long documents, confirmed")
        expect(page.get_by_role("group", name="results", exact=True)).to_be_visible()
        expect(page.get_by_role("status")).to_contain_text("on disk")
        assert page.locator(".stop[tabindex='0']").count() == 1


def times_of(browser: Browser, records: Path) -> tuple[float, float]:
    """Milliseconds until a review is open, and until a key is answered; the better ones of several."""
    with reviewing(records) as running, on_page(browser, running) as page:
        page.add_init_script("addEventListener('focusin', () => { window.openedAt ??= performance.now(); })")
        opened = []
        for _ in range(3):
            page.reload()
            expect(page.locator(".stop[data-row]").first).to_be_focused()
            opened.append(page.evaluate("window.openedAt"))
        answered = [page.evaluate(ANSWERED, key) for key in ["c", "u"] * 10]
    return min(opened), sorted(answered)[len(answered) // 4]


ANSWERED = """(key) => new Promise((resolve) => {
    const began = performance.now();
    new MutationObserver((_, watch) => { watch.disconnect(); resolve(performance.now() - began); })
        .observe(document.getElementById("rows"), { childList: true });
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
})"""


def test_five_thousand_records_open_at_once_and_keys_are_answered_in_no_time(browser: Browser, tmp_path: Path) -> None:
    few = list(some_records(50))
    lines = [json.dumps({**record, "id": f"x{number}"}) for number, record in enumerate(few * 100)]
    records = tmp_path / "many.jsonl"
    records.write_text("\n".join(lines) + "\n", encoding="utf-8")
    opened, answered = times_of(browser, records)
    if opened > 1000 or answered > 50:  # other tests have the machine: then as quickly as a file of fifty
        opened_few, answered_few = times_of(browser, write(tmp_path / "few.jsonl", few))
        assert (opened < 2 * opened_few, answered < 2 * answered_few) == (True, True), (opened, answered)
