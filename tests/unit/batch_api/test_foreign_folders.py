"""Job folders of somebody else: data, whose schema, server, cache and links are not taken on the folder's word."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from absextract.errors import UsageError
from batch_jobs import NUMBER, Steps
from batch_server import BatchServer
from command_line import absextract

SCHEMA = """
import pathlib, typing
from absextract import Mention
from pydantic import BaseModel

pathlib.Path({marker!r}).touch()

class Finds(BaseModel):
    methods: list[typing.Annotated[str, Mention()]] = []
"""
STEPS = ("collect", "status", "cancel", "again")
Change = Callable[[dict[str, Any]], dict[str, Any]]


def command(step: str, steps: Steps, *options: str) -> tuple[int, str]:
    """A step as a command; its status, and what it said."""
    words = {"collect": ["collect", steps.folder, "-o", steps.out], "again": ["submit", "--again", steps.folder]}
    done = absextract("batch", *words.get(step, [step, steps.folder]), *options)
    return done.returncode, done.stderr


def edit(steps: Steps, sql: str, *values: Any) -> None:
    with closing(sqlite3.connect(steps.folder / "job.sqlite")) as ledger, ledger:
        ledger.execute(sql, values)


def change_settings(steps: Steps, change: Change) -> None:
    with closing(sqlite3.connect(steps.folder / "job.sqlite")) as ledger:
        (there,) = ledger.execute("SELECT value FROM facts WHERE name = 'settings'").fetchone()
    edit(steps, "UPDATE facts SET value = ? WHERE name = 'settings'", json.dumps(change(json.loads(there))))


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], None]:
    """Goes to another machine, with a folder that was submitted on this one."""
    return lambda: monkeypatch.setenv("ABSEXTRACT_DATA_DIR", str(tmp_path / "elsewhere"))


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "the schema ran"


@pytest.fixture
def schema(tmp_path: Path, marker: Path) -> str:
    (tmp_path / "finds.py").write_text(SCHEMA.format(marker=str(marker)), encoding="utf-8")
    return f"{tmp_path / 'finds.py'}:Finds"


@pytest.mark.parametrize("step", STEPS)
def test_a_schema_runs_and_a_server_gets_the_key_only_where_they_are_named(
    step: str, tmp_path: Path, server: BatchServer, key: str, schema: str, marker: Path, elsewhere: Callable[[], None]
) -> None:
    steps = Steps(tmp_path, server, schema=schema)
    server.key = key
    steps.submit()
    marker.unlink()
    elsewhere()
    asked = server.seen.copy()
    for options, wanted in (
        ([], "wants to run the schema"),
        ([], f"to send your key to {server.base_url}"),
        (["--schema", schema], "name it again with --base-url URL"),
        (["--base-url", server.base_url], "name it again with --schema REF, once"),
        (["--base-url", server.base_url, "--schema", "other.py:Finds"], "not other.py:Finds"),
        (["--base-url", "http://127.0.0.1:9/v1", "--schema", schema], "not that of --base-url"),
    ):
        status, said = command(step, steps, *options)
        assert (status, wanted in said, marker.exists(), server.seen) == (2, True, False, asked), said
    status, said = command(step, steps, "--base-url", f"{server.base_url}/", "--schema", schema)
    assert (status != 2, server.seen == asked) == (True, False), said
    assert command("collect", steps)[0] != 2  # it is remembered
    assert marker.exists()


@pytest.mark.parametrize("field", ["schema", "server", "cache_dir"])
def test_an_edited_folder_is_not_recognised(
    field: str, steps: Steps, server: BatchServer, schema: str, marker: Path, tmp_path: Path
) -> None:
    steps.submit()
    with BatchServer(server.respond) as other:
        evil = {"schema": schema, "server": other.base_url, "cache_dir": str(tmp_path / "not ours")}
        change_settings(steps, lambda there: there | {field: evil[field]})
        for step in STEPS:
            status, said = command(step, steps)
            assert (status, "this machine does not know the job" in said) == (2, True), said
        assert not other.seen
    assert not marker.exists()


def test_the_cache_of_a_foreign_folder_is_not_used(
    steps: Steps, server: BatchServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    steps.submit()
    change_settings(steps, lambda there: there | {"cache_dir": str(tmp_path / "not ours")})
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)  # the user's own server, and the schema of the house
    assert command("collect", steps)[0] == 1
    assert len(steps.out.read_bytes().splitlines()) == NUMBER
    assert command("status", steps, "--base-url", server.base_url)[0] == 0
    assert command("collect", steps)[0] == 1
    assert not (tmp_path / "not ours").exists()


def test_openais_own_address_needs_no_naming(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    steps.submit()
    change_settings(steps, lambda there: there | {"server": "https://api.openai.com/v1"})
    monkeypatch.setattr("absextract.batch_api.job_folder.BatchEndpoint", lambda _, address: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        steps.status()


@pytest.mark.parametrize(
    "change",
    [
        lambda there: there | {"max_reasks": 10**30},
        lambda there: there | {"max_answer_tokens": -1},
        lambda there: there | {"limit": "many"},
        lambda there: there | {"schema": ["paper"]},
        lambda there: there | {"server": None},
        lambda there: there | {"mode": "shell"},
        lambda there: there | {"cache_dir": {"a": 1}},
        lambda there: there | {"inputs": 7},
        lambda there: there | {"model": "openai/\ud800"},
        lambda there: there | {"server": "http://[/v1"},
        lambda there: there | {"server": "http://a:b/v1\x1b[31m"},
        lambda there: [there],
        lambda there: 3,
    ],
)
def test_settings_of_any_kind_are_a_sentence(change: Change, steps: Steps) -> None:
    steps.submit()
    change_settings(steps, change)
    for step in STEPS:
        status, said = command(step, steps)
        assert (status, said.count("\n"), "Traceback" in said, "\x1b[31m" in said) == (2, 1, False, False), said
        assert str(steps.folder) in said


DAMAGE = [
    ("UPDATE facts SET value = ? WHERE name = 'settings'", "[" * 100_000),
    ("UPDATE facts SET value = ? WHERE name = 'settings'", b"\xff"),
    ("UPDATE facts SET value = ? WHERE name = 'run'", "7"),
    ("DELETE FROM facts WHERE name = 'run' AND ?", 1),
    ("UPDATE facts SET value = ? WHERE name = 'shape'", "{}"),
    ("DELETE FROM facts WHERE name = 'shape' AND ?", 1),
    ("INSERT OR REPLACE INTO facts VALUES ('paid', ?)", '{"answers": 1e999, "usage": {}}'),
    ("INSERT OR REPLACE INTO facts VALUES ('paid', ?)", f'{{"answers": 1, "usage": {{"prompt_tokens": {10**400}}}}}'),
    ("UPDATE papers SET item = ?", "[" * 100_000),
    ("UPDATE papers SET item = ?", '{"id": 7}'),
    ("UPDATE parts SET submitted_at = ?", 2**62),
    ("UPDATE parts SET requests = ?", "many"),
    ("UPDATE parts SET step = ?", "uploaded"),
    ("UPDATE parts SET step = ?", "flown"),
    ("UPDATE parts SET status = ?", b"\xff"),
    ("UPDATE parts SET number = ?", 2**62),
]


@pytest.mark.parametrize(("sql", "value"), DAMAGE)
def test_a_ledger_of_any_kind_is_a_sentence(sql: str, value: Any, steps: Steps, server: BatchServer) -> None:
    steps.submit()
    steps.collect()
    edit(steps, "UPDATE parts SET file_id = NULL WHERE ? = 1", 1)
    edit(steps, sql, value)
    saids = [command(step, steps) for step in STEPS]
    assert all("Traceback" not in said for _, said in saids)
    assert any(status == 2 and str(steps.folder) in said for status, said in saids), saids


def test_answers_of_any_kind_in_a_ledger_are_failed_records(steps: Steps, server: BatchServer) -> None:
    server.running = True
    steps.submit()
    server.running = False
    edit(steps, "UPDATE requests SET status = ?, response = '['", 200)
    edit(steps, "UPDATE parts SET step = ?", "harvested")
    assert command("collect", steps)[0] == 1
    assert set(steps.errors().values()) == {"batch_unanswered"}


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER again AFTER UPDATE ON parts BEGIN UPDATE parts SET done = done + 1; END",
        "CREATE VIEW more AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n",
        "ALTER TABLE facts ADD COLUMN more TEXT",
    ],
)
def test_a_ledger_with_other_tables_is_refused(sql: str, steps: Steps, server: BatchServer) -> None:
    steps.submit()
    edit(steps, sql)
    asked = server.seen.copy()
    for step in STEPS:
        status, said = command(step, steps)
        assert (status, "its tables are not those of a job" in said) == (2, True), said
    assert server.seen == asked


@pytest.mark.parametrize("name", ["job.sqlite", "job.sqlite-wal", "requests-0001.jsonl", "requests-0002.jsonl"])
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_links_in_a_folder_lead_nowhere(
    name: str, link: Callable[[Path, Path], None], steps: Steps, server: BatchServer, tmp_path: Path
) -> None:
    steps.submit()
    steps.collect()
    mine, there = tmp_path / "mine", steps.folder / name
    mine.write_bytes(there.read_bytes() if there.exists() else b"precious")
    before = mine.read_bytes()
    there.unlink(missing_ok=True)
    link(mine, there)
    asked = server.seen.copy()
    for step in STEPS:
        status, said = command(step, steps)
        assert (status, f"{name} there is a link" in said) == (2, True), said
    with pytest.raises(UsageError, match="is a link"):
        steps.submit()
    assert (mine.read_bytes(), server.seen) == (before, asked)


def test_a_place_that_cannot_be_written_costs_the_memory_alone(
    steps: Steps, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: BatchServer
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ABSEXTRACT_DATA_DIR", str(tmp_path / "file"))
    assert steps.submit().requests == NUMBER
    assert command("status", steps)[0] == 2
    assert command("status", steps, "--base-url", server.base_url)[0] == 0


def test_the_own_command_again_makes_a_job_known(steps: Steps, elsewhere: Callable[[], None]) -> None:
    steps.submit()
    elsewhere()
    with pytest.raises(UsageError, match="does not know the job"):
        steps.status()
    steps.submit()
    assert steps.status()


@pytest.mark.parametrize("step", STEPS)
def test_a_schema_file_that_has_changed_does_not_run_before_it_is_named_again(
    step: str, tmp_path: Path, server: BatchServer, key: str, schema: str, marker: Path
) -> None:
    steps = Steps(tmp_path, server, schema=schema)
    steps.submit()
    assert command("status", steps)[0] == 0
    marker.unlink()
    file = tmp_path / "finds.py"
    file.write_text(file.read_text(encoding="utf-8") + "\n# and more\n", encoding="utf-8")
    status, said = command(step, steps)
    assert (status, marker.exists()) == (2, False)
    assert "has changed since the job was submitted, and would be run" in said
    status, said = command(step, steps, "--base-url", server.base_url)  # which names the server alone
    assert (status, marker.exists()) == (2, False)
    assert command(step, steps, "--schema", schema)[0] != 2
    assert command(step, steps)[0] != 2  # it is remembered as it is now


def test_a_schema_file_that_asks_for_something_else_is_refused_even_where_it_is_named(
    tmp_path: Path, server: BatchServer, key: str, schema: str
) -> None:
    steps = Steps(tmp_path, server, schema=schema)
    steps.submit()
    file = tmp_path / "finds.py"
    file.write_text(file.read_text(encoding="utf-8").replace("methods", "datasets"), encoding="utf-8")
    status, said = command("collect", steps, "--schema", schema)
    assert (status, "the schema has changed since the job was submitted" in said) == (2, True), said


@pytest.mark.parametrize("step", STEPS)
def test_a_copied_folder_is_told_and_a_moved_one_is_not(step: str, steps: Steps, server: BatchServer) -> None:
    steps.submit()
    there = steps.folder
    steps.folder = Path(shutil.copytree(there, there.with_name("copy")))
    status, said = command(step, steps)
    assert status != 2
    assert f"is a copy of the job in {there} and has the same batches" in " ".join(said.split())
    shutil.rmtree(there)
    assert "copy of the job" not in command(step, steps)[1]
    steps.submit()  # from here on it is known where it is now
    steps.folder = Path(shutil.move(steps.folder, there))
    assert "copy of the job" not in command(step, steps)[1]


def test_a_journal_that_names_another_file_is_not_obeyed(steps: Steps, tmp_path: Path) -> None:
    steps.submit()
    (steps.folder / "job.sqlite-journal").write_bytes(bytes(512) + bytes.fromhex("d9d505f920a163d7"))
    for step in STEPS:
        status, said = command(step, steps)
        assert (status, "names another file" in said) == (2, True), said
