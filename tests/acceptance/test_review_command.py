"""Reviewing records: what is on disk, what comes out, who is let in."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from absextract import Abstract, PaperExtraction, Record, validate
from command_line import absextract, records_in
from conftest import KEY
from openai_server import OpenAIServer, Reply, Request, completion
from papers import ABSTRACT, PAPER, TITLE, as_answered, truth
from reports import EVIL, hostile_record, some_records, write
from reviews import reviewing, trials

DONE = {"do": "done"}


def passage(text: str, field: str = "abstract", of: str = ABSTRACT) -> dict[str, Any]:
    start = of.index(text)
    return {"field": field, "start": start, "end": start + len(text)}


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return write(tmp_path / "facts.jsonl", list(some_records(12)))


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A record that has a wrong task, lacks a result and gives a score to the wrong metric."""
    claimed = truth()
    claimed["tasks"] = ["memory of passages"]
    del claimed["results"][1]
    return write(tmp_path / "one.jsonl", [json.loads(validate(claimed, PAPER).to_json())])


CORRECTIONS: list[dict[str, Any]] = [
    {"do": "change", "path": "/tasks/0", "passage": passage("Retrieval over long documents")},
    {"do": "remove", "path": "/results/1/method"},
    {"do": "add", "path": "/results", "part": "score", "passage": passage("88.9%")},
    {"do": "change", "path": "/results/2/method", "passage": passage("DPR")},
    {"do": "confirm", "path": "/results/0"},
    DONE,
]


def test_corrections_come_out_with_their_review_and_the_same_record_otherwise(one: Path) -> None:
    before = records_in(one)[0]
    with reviewing(one, "--by", "Ada") as running:
        running.act(0, *CORRECTIONS)
    (after,) = records_in(one.with_name("one.corrected.jsonl"))
    assert {name: after[name] for name in ("id", "title", "abstract", "source", "metadata", "extractor")} == {
        name: before[name] for name in ("id", "title", "abstract", "source", "metadata", "extractor")
    }
    assert after["extraction"]["tasks"] == ["Retrieval over long documents"]
    results = after["extraction"]["results"]
    assert [(each["score"], each["kind"], each["method"]) for each in results] == [
        ("91.3%", "value", "Sandpiper"),
        ("2.5x", "change", None),
        ("88.9%", "value", "DPR"),
    ]
    assert results[2]["evidence"] in ABSTRACT
    assert results[2]["value"] == 88.9
    for place in after["grounding"]:
        assert after[place["field"]][place["start"] : place["end"]]
    task = next(place for place in after["grounding"] if place["path"] == "/tasks/0")
    assert ABSTRACT[task["start"] : task["end"]] == "Retrieval over long documents"
    review = after["review"]
    assert (review["by"], review["complete"], review["sampled"]) == ("Ada", True, False)
    told = {each["path"]: (each["action"], each["was"]) for each in review["actions"]}
    assert told["/tasks/0"] == ("changed", "memory of passages")
    assert told["/results/1/method"] == ("removed", "Sandpiper")
    assert told["/results/2"] == ("added", None)
    assert told["/results/0/score"] == told["/methods/0"] == ("confirmed", None)
    assert "number_unclaimed" not in {finding["code"] for finding in after["findings"]}
    assert Record[PaperExtraction].model_validate_json(json.dumps(after)).review is not None


def test_the_input_and_what_nobody_touched_stay_byte_for_byte(facts: Path) -> None:
    whole = facts.read_bytes()
    with reviewing(facts) as running:
        first = running.json("/paper/0")["paper"]["id"]
        running.act(0, DONE)
    assert facts.read_bytes() == whole
    corrected = facts.with_name("facts.corrected.jsonl").read_bytes().splitlines()
    for line, old in zip(corrected, whole.splitlines(), strict=True):
        if json.loads(line)["id"] != first:
            assert line == old


def test_every_action_survives_a_kill_and_the_review_goes_on_where_it_was(facts: Path) -> None:
    with reviewing(facts) as running:
        for place in range(4):
            running.act(place, {"do": "confirm", "path": "/methods/0"}, DONE)
        running.act(4, {"do": "remove", "path": "/methods/0"})
        running.kill()
    journal = facts.with_name("facts.corrected.jsonl.journal")
    assert len(journal.read_bytes().splitlines()) == 1 + 9
    with journal.open("ab") as file:
        file.write(b'{"paper":3,"by":"person","at":"20')  # torn by the kill
    with reviewing(facts) as running:
        start = running.json("/start")
        assert (start["place"], start["progress"]["complete"]) == (4, 4)
        states = {row["path"]: row["state"] for row in running.json("/paper/4")["paper"]["rows"]}
        assert states["/methods/0"] == "removed"
        running.act(4, DONE)
    reviewed = [
        record["review"] for record in records_in(facts.with_name("facts.corrected.jsonl")) if "review" in record
    ]
    assert [each["complete"] for each in reviewed] == [True] * 5


def test_the_corrected_file_is_written_while_the_review_goes_on(one: Path) -> None:
    out = one.with_name("one.corrected.jsonl")
    with reviewing(one) as running:
        running.act(0, DONE)
        deadline = time.monotonic() + 30
        while "review" not in records_in(out)[0]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        running.kill()


def test_undone_actions_are_as_if_they_had_never_been(one: Path) -> None:
    with reviewing(one) as running:
        before = running.json("/paper/0")["paper"]
        after = running.act(0, *CORRECTIONS, *[{"do": "undo"}] * len(CORRECTIONS))["paper"]
        assert {**after, "version": 0} == before
        assert running.ask("/paper/0", {"version": after["version"], "action": {"do": "undo"}})[0] == 422
    assert records_in(one.with_name("one.corrected.jsonl")) == records_in(one)


def test_two_windows_do_not_write_over_each_other(one: Path) -> None:
    with reviewing(one) as running:
        running.act(0, {"do": "confirm", "path": "/methods/0"})
        status, _, said = running.ask("/paper/0", {"version": 0, "action": {"do": "remove", "path": "/methods/0"}})
        assert (status, json.loads(said)) == (409, {"error": "stale"})
        assert running.json("/windows/first/0")["others"] == []
        assert running.json("/windows/second/0")["others"] == [0]
        running.json("/closed", {"window": "first"})
        assert running.json("/windows/second/0")["others"] == []


def test_a_second_person_at_the_same_file_is_told(one: Path) -> None:
    with reviewing(one):
        words = [sys.executable, "-m", "absextract", "review", str(one), "--no-browser"]
        second = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert second.returncode == 2
    assert "somebody else is reviewing into it" in second.stderr


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"X_Review_Token": "wrong"}, 403),
        ({"X_Review_Token": ""}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({}, 200),
    ],
)
def test_only_its_own_page_with_the_right_token_changes_anything(
    one: Path, change: dict[str, str], status: int
) -> None:
    with reviewing(one) as running:
        found, headers, body = running.ask("/paper/0", {"version": 0, "action": DONE}, **change)
        assert found == status, body
        assert "Access-Control-Allow-Origin" not in headers
        assert running.json("/paper/0")["paper"]["done"] == (status == 200)


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "HEAD"])
def test_nothing_else_is_served(one: Path, method: str) -> None:
    with reviewing(one) as running:
        status, headers, _ = running.ask("/paper/0", method=method, Origin="http://evil.example")
        assert status == 501
        assert not [name for name in headers if name.startswith("Access-Control")]
        for path in (
            "/",
            "/?token=wrong",
            f"/etc/passwd?token={running.token}",
            "/../../etc/passwd",
            "//evil.example/",
        ):
            assert running.ask(path, X_Review_Token="")[0] == 403, path
        assert running.ask("/paper/999")[0] == running.ask("/nothing")[0] == 404


def test_the_page_may_load_and_reach_nothing_but_its_server(one: Path) -> None:
    with reviewing(one) as running:
        status, headers, page = running.ask(running.address.partition(running.host)[2], X_Review_Token="")
        assert status == 200
        policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert policy["connect-src"] == "'self'"
        assert all("unsafe" not in value and "http" not in value for value in policy.values())
        assert running.token.encode() not in page
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"[" * 100_000,
        {"version": 0},
        {"version": 0, "action": {"do": "format"}},
        {"version": "x", "action": DONE},
        b'{"version": 1e999, "action": {"do": "done"}}',
        {"version": False, "action": DONE},
        {"version": 0, "action": {"do": "confirm", "path": "/nothing/0"}},
        {"version": 0, "action": {"do": "remove", "path": ""}},
        {"version": 0, "action": {"do": "remove", "path": "/results"}},
        {"version": 0, "action": {"do": "remove", "path": "/results/0/score"}},
        {"version": 0, "action": {"do": "change", "path": "/tasks/0", "passage": passage(ABSTRACT) | {"end": 9999}}},
        {"version": 0, "action": {"do": "change", "path": "/tasks/0", "passage": passage("F1") | {"start": 9000}}},
        {"version": 0, "action": {"do": "change", "path": "/tasks/0"}},
        {"version": 0, "action": {"do": "change", "path": "/results/0/kind", "value": "guess"}},
        {"version": 0, "action": {"do": "change", "path": "/results/0", "value": {"score": "1"}}},
        {"version": 0, "action": {"do": "add", "path": "/code_url", "passage": passage("F1")}},
        {"version": 0, "action": {"do": "add", "path": "/results", "part": "kind", "passage": passage("F1")}},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason_and_changes_nothing(one: Path, body: Any) -> None:
    with reviewing(one) as running:
        before = running.json("/paper/0")
        status, _, said = running.ask("/paper/0", body)
        assert status == 422
        assert len(json.loads(said)["error"]) > 5
        assert running.json("/paper/0") == before
    assert len(one.with_name("one.corrected.jsonl.journal").read_bytes().splitlines()) == 1


def test_an_object_that_lacks_a_part_is_told_before_the_paper_is_complete(tmp_path: Path) -> None:
    checked, reference, text = trials(tmp_path)
    refused = absextract("review", checked, "--no-browser")
    assert refused.returncode == 2
    assert "made for the schema Trial" in refused.stderr
    with reviewing(checked, "--schema", reference) as running:
        said = running.act(
            0,
            {"do": "add", "path": "/arms", "part": "dose", "passage": passage("20 mg", of=text)},
            {"do": "add", "path": "/sites/first", "passage": passage("Ulm", of=text)},
        )
        version = said["paper"]["version"]
        status, _, why = running.ask("/paper/0", {"version": version, "action": DONE})
        assert (status, json.loads(why)["error"]) == (422, "/arms/0 lacks its drug: fill it in, or reject it")
        running.act(
            0,
            {"do": "change", "path": "/arms/0/drug", "passage": passage("heronol", of=text)},
            {"do": "change", "path": "/arms/0/blinded", "value": True},
            {"do": "change", "path": "/arms/0/note", "value": "read twice"},
            {"do": "change", "path": "/lead/drug", "passage": passage("placebo", of=text)},
            {"do": "change", "path": "/lead/dose", "passage": passage("20 mg", of=text)},
            DONE,
        )
    (record,) = records_in(tmp_path / "trials.corrected.jsonl")
    arm = {"drug": "heronol", "dose": "20 mg", "blinded": True, "note": "read twice"}
    lead = {"drug": "placebo", "dose": "20 mg", "blinded": False, "note": None}
    assert record["extraction"] == {"arms": [arm], "sites": {"first": "Ulm"}, "lead": lead}
    assert [each["path"] for each in record["review"]["actions"]] == [
        "/arms/0",
        "/sites/first",
        "/lead/drug",
        "/lead/dose",
    ]
    assert {place["path"] for place in record["grounding"]} >= {
        "/arms/0/dose",
        "/arms/0/drug",
        "/sites/first",
        "/lead/drug",
    }


def test_papers_that_need_eyes_come_first_and_say_why(facts: Path, tmp_path: Path) -> None:
    other = records_in(facts)
    agreeing = next(record for record in other if record["status"] == "ok")
    agreeing["extraction"]["datasets"] = ["Another"]
    against = write(tmp_path / "other.jsonl", other)
    with reviewing(facts, "--against", against) as running:
        papers = [running.json(f"/paper/{place}")["paper"] for place in range(12)]
    tiers = [0 if "finding" in " ".join(paper["why"]) else 1 if paper["why"] else 2 for paper in papers]
    assert tiers == sorted(tiers)
    assert set(tiers) == {0, 1, 2}
    told = next(paper for paper in papers if paper["id"] == agreeing["id"])
    assert told["why"] == ["2 values on which the runs differ"]
    assert told["other"] == [["datasets", "Another"]]


def test_a_random_sample_is_the_same_for_everybody_and_tells_its_interval(facts: Path, tmp_path: Path) -> None:
    seen = []
    for name in ("a.jsonl", "b.jsonl"):
        with reviewing(facts, "--sample", "5", "-o", tmp_path / name) as running:
            seen.append([running.json(f"/paper/{place}")["paper"]["id"] for place in range(5)])
            assert running.ask("/paper/5")[0] == 404
            first = running.act(0, {"do": "remove", "path": "/methods/0"}, DONE)["progress"]
            second = running.act(1, DONE)["progress"]
    assert seen[0] == seen[1]
    assert first["sampled"]
    assert first["interval"][0] < first["right"] < first["interval"][1]
    assert first["right"] < second["right"]
    record = next(each for each in records_in(tmp_path / "a.jsonl") if each["id"] == seen[0][0])
    assert record["review"]["sampled"] is True


def test_gold_from_a_review_gives_the_figures_of_the_same_corrections_by_hand(one: Path, tmp_path: Path) -> None:
    with reviewing(one) as running:
        running.act(0, *CORRECTIONS)
    corrected = one.with_name("one.corrected.jsonl")
    by_hand = truth()
    by_hand["results"][2]["method"] = None
    by_hand["results"].append(by_hand["results"].pop(1) | {"baseline": None, "metric": None, "dataset": None})
    gold = {"title": TITLE, "abstract": ABSTRACT, "extraction": by_hand}
    write(tmp_path / "hand.jsonl", [gold])
    figures = [
        json.loads(absextract("eval", path, one, "--json").stdout) for path in (corrected, tmp_path / "hand.jsonl")
    ]
    for each in figures:
        del each["bindings"]["own"], each["records"]  # whose a score is, the library has told for the record alone
    assert figures[0] == figures[1]
    assert figures[0]["tasks"]["tp"] == 0


def test_only_papers_reviewed_to_the_end_are_gold(facts: Path) -> None:
    with reviewing(facts) as running:
        running.act(0, {"do": "confirm", "path": "/methods/0"})
        running.end()
    corrected = facts.with_name("facts.corrected.jsonl")
    refused = absextract("eval", corrected, facts)
    assert (refused.returncode, "no paper that was reviewed to the end" in refused.stderr) == (2, True)
    with reviewing(facts) as running:
        running.act(0, DONE)
        running.act(1, DONE)
    done = absextract("eval", corrected, facts, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["papers"] == 2
    assert "gold are the 2 of 11 papers that were reviewed to the end" in done.stderr
    measured = absextract("eval", facts, corrected, "--json")
    assert json.loads(measured.stdout)["papers"] == 11


def test_the_summary_tells_how_often_the_model_was_right_and_how_far_two_agree(facts: Path, tmp_path: Path) -> None:
    for name, dropped in (("a.jsonl", (0, 1)), ("b.jsonl", (0, 2))):
        with reviewing(facts, "-o", tmp_path / name) as running:
            for place in range(6):
                actions = [{"do": "remove", "path": "/methods/0"}] if place in dropped else []
                running.act(place, *actions, DONE)
    one, both = ("a.jsonl",), ("a.jsonl", "b.jsonl")
    said = [absextract("review", *(tmp_path / name for name in names), "--summary") for names in (one, both)]
    assert [each.returncode for each in said] == [0, 0]
    assert "6 of 12 papers reviewed to the end, 4 of them without a correction" in said[0].stdout
    assert "chosen by need" in said[0].stdout
    found = json.loads(absextract("review", tmp_path / "a.jsonl", "--summary", "--json").stdout)
    methods = found["fields"]["methods"]
    assert (methods["right"], methods["removed"], methods["right_share"]) == (4, 2, 4 / 6)
    assert methods["right_interval"][0] < 4 / 6 < methods["right_interval"][1]
    agreement = json.loads(absextract("review", *(tmp_path / name for name in both), "--summary", "--json").stdout)
    told = agreement["agreement"]
    assert (told["both_wrong"], told["first_alone"], told["second_alone"]) == (1, 1, 1)
    assert 0 < told["kappa"] < 1
    assert "Cohen's kappa" in said[1].stdout


def test_a_failed_paper_can_be_filled_in_by_hand(tmp_path: Path) -> None:
    failed = {**json.loads(validate(truth(), PAPER).to_json()), "status": "failed", "extraction": None}
    failed |= {"grounding": [], "findings": [], "error": {"code": "rate_limited", "message": "HTTP 429"}}
    records = write(tmp_path / "failed.jsonl", [failed])
    with reviewing(records) as running:
        running.act(0, {"do": "add", "path": "/methods", "passage": passage("Sandpiper")}, DONE)
    (record,) = records_in(tmp_path / "failed.corrected.jsonl")
    assert record["status"] == "flagged"  # numbers that nobody claims
    assert record["error"] is None
    assert record["extraction"]["methods"] == ["Sandpiper"]


def test_papers_without_an_abstract_are_not_shown_and_damaged_lines_stay_as_they_are(tmp_path: Path) -> None:
    good = json.loads(validate(truth(), PAPER).to_json())
    without = {**good, "abstract": "", "status": "failed", "extraction": None}
    without |= {"error": {"code": "no_abstract", "message": "no abstract"}}
    damaged = {**good, "grounding": [{"path": 7}]}
    records = write(tmp_path / "mixed.jsonl", [without, damaged, good])
    with records.open("a", encoding="utf-8") as file:
        file.write('{"title": "no record"}\n')
    with reviewing(records) as running:
        papers = [running.json(f"/paper/{place}")["paper"] for place in range(2)]
        assert running.ask("/paper/2")[0] == 404
        assert sorted("damaged" in paper for paper in papers) == [False, True]
        place = 0 if "damaged" in papers[0] else 1
        assert running.ask(f"/paper/{place}", {"version": 0, "action": DONE})[0] == 422
        assert running.end() == 1  # a line was left out
    assert records_in(tmp_path / "mixed.corrected.jsonl") == [without, damaged, good]


def test_hostile_records_are_shown_and_corrected_like_others(tmp_path: Path) -> None:
    records = write(tmp_path / "hostile.jsonl", [hostile_record()])
    with reviewing(records) as running:
        said = running.act(0, {"do": "change", "path": "/tasks/0", "passage": {"field": "title", "start": 0, "end": 9}})
        row = next(row for row in said["paper"]["rows"] if row["path"] == "/tasks/0")
        assert (row["text"], row["was"]) == (EVIL[:9], EVIL)


@pytest.mark.parametrize(
    ("ending", "there", "message"),
    [
        ("", '{"schema_version":"2","id":"x"}\n', "is there without its journal"),
        ("", "my notes", "was not written by absextract"),
        (".journal", "my notes\n", "no journal of a review"),
        (".journal", "my notes", "no journal of a review"),
        (".journal", '{"journal": "absextract review 1", "sha256": "0"}\n', "belongs to other records"),
        (".journal", "", None),
        (".journal", '{"journal": "abs', None),
    ],
)
def test_nothing_of_others_is_written_over(one: Path, ending: str, there: str, message: str | None) -> None:
    out = one.with_name("out.jsonl")
    path = Path(f"{out}{ending}")
    path.write_text(there, encoding="utf-8")
    if message is None:
        with reviewing(one, "-o", out) as running:
            running.act(0, DONE)
        assert records_in(out)[0]["review"]["complete"]
        return
    refused = absextract("review", one, "-o", out, "--no-browser")
    assert (refused.returncode, message in refused.stderr) == (2, True), refused.stderr
    assert path.read_text(encoding="utf-8") == there
    assert sorted(each.name for each in one.parent.iterdir()) == sorted([one.name, path.name])


def test_wrong_use_is_told(one: Path, tmp_path: Path) -> None:
    for words in (
        ("-",),
        (tmp_path / "none.jsonl",),
        (tmp_path,),
        (one, one),
        (one, "-o", one),
        (one, "-o", "-"),
        (one, "--summary"),
    ):
        refused = absextract("review", *words, "--no-browser")
        assert (refused.returncode, refused.stderr.startswith("error: ")) == (2, True), words
    missing = absextract("review", tmp_path / "none.jsonl", "--no-browser")
    assert missing.stderr.endswith("none.jsonl: no such file\n")
    with reviewing(one) as running:
        port = running.host.rpartition(":")[2]
        taken = absextract("review", one, "-o", tmp_path / "other.jsonl", "--port", port, "--no-browser")
    assert (taken.returncode, "choose another --port" in taken.stderr) == (2, True)


def test_validating_a_reviewed_file_keeps_its_review(one: Path, tmp_path: Path) -> None:
    with reviewing(one) as running:
        running.act(0, *CORRECTIONS)
    corrected, checked = one.with_name("one.corrected.jsonl"), tmp_path / "checked.jsonl"
    assert absextract("validate", corrected, "-o", checked).returncode == 0
    assert records_in(checked)[0]["review"] == records_in(corrected)[0]["review"]
    assert "review" not in records_in(checked)[0]["metadata"]


def test_an_own_choice_survives_what_the_library_computes(one: Path) -> None:
    with reviewing(one) as running:
        running.act(0, {"do": "change", "path": "/results/0/own", "value": False})
    (record,) = records_in(one.with_name("one.corrected.jsonl"))
    assert record["extraction"]["results"][0]["own"] is False


def test_characters_beyond_the_basic_plane_count_as_one(tmp_path: Path) -> None:
    text = "𝔽𝔸𝕊𝕋 reaches 91.3% 🚀 on 🦜Bench."
    paper = Abstract(title="𝔽", abstract=text)
    records = write(tmp_path / "astral.jsonl", [json.loads(validate({"methods": ["𝔽𝔸𝕊𝕋"]}, paper).to_json())])
    with reviewing(records) as running:
        said = running.act(0, {"do": "add", "path": "/datasets", "passage": passage("🦜Bench", of=text)})
        assert next(row["text"] for row in said["paper"]["rows"] if row["path"] == "/datasets/0") == "🦜Bench"
    (record,) = records_in(tmp_path / "astral.corrected.jsonl")
    place = next(place for place in record["grounding"] if place["path"] == "/datasets/0")
    assert text[place["start"] : place["end"]] == "🦜Bench"


def test_the_loop_of_the_recipe_runs_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[2] / "docs" / "recipes.md").read_text(encoding="utf-8")
    recipe = page.partition("## A person in the loop")[2].partition("\n## ")[0]
    steps = [line.partition(" # ")[0].strip() for line in recipe.splitlines() if line.startswith("    ")]
    assert [step.split()[1] for step in steps if step.startswith("absextract")] == [
        "extract", "review", "review", "extract", "eval", "review",
    ]  # fmt: skip
    write(tmp_path / "papers.jsonl", [{"title": f"{TITLE}, {n}", "abstract": f"{ABSTRACT} {n}."} for n in range(6)])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    asked: list[str] = []

    def answer(request: Request) -> Reply:
        asked.append(json.dumps(request.messages))
        return completion(request, as_answered(PaperExtraction.model_validate(truth())))

    with OpenAIServer(answer) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        for step in steps:
            words = shlex.split(step)
            if words[:2] == ["absextract", "review"] and "--summary" not in words:
                with reviewing(Path(words[2]), *words[3:]) as running:
                    for place in range(running.json("/start")["progress"]["of"]):
                        running.act(place, {"do": "change", "path": "/tasks/0", "passage": passage("DPR")}, DONE)
            elif words[0] == "absextract":
                done = absextract(*words[1:])
                assert done.returncode == 0, done.stderr
            else:
                subprocess.run(step, shell=True, check=True)
    assert len(records_in(tmp_path / "shown.jsonl")) == len(records_in(tmp_path / "gold.jsonl")) == 3
    assert len(asked) == 6
    shown = records_in(tmp_path / "shown.jsonl")
    assert all(f"{record['abstract']}" in each for record in shown for each in asked)
