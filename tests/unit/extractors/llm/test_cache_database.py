"""The cache's file is somebody else's word: nothing in it runs, hangs or writes, and its answers are still read."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import diskcache
import pytest

from absextract.errors import UsageError
from absextract.extractors.llm import cache_database
from absextract.extractors.llm.cache import AnswerCache
from bounded import run_bounded

KEY, ANSWER = "k", {"text": "an answer"}
BUSY = """
CREATE TRIGGER busy AFTER INSERT ON Cache BEGIN
  INSERT INTO Settings WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i FROM n; END
"""


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A folder that holds an answer."""
    folder = tmp_path / "cache"
    cache = AnswerCache(folder)
    cache.put(KEY, ANSWER)
    cache.close()
    return folder


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(folder / "cache.db", isolation_level=None)) as database:
        yield database


def earlier(folder: Path) -> None:
    """The same as versions before this one made it, with diskcache's settings and triggers."""
    with diskcache.Cache(str(folder), eviction_policy="none", sqlite_mmap_size=0) as cache:
        cache.set(KEY, b'{"text": "an answer"}')


def test_a_folder_of_an_earlier_version_is_gone_on_with(tmp_path: Path) -> None:
    earlier(tmp_path)
    cache = AnswerCache(tmp_path)
    assert cache.get(KEY) == ANSWER
    cache.put("other", ANSWER)
    assert cache.count() == 2
    cache.close()
    with diskcache.Cache(str(tmp_path)) as as_before:
        assert as_before.get("other") == b'{"text": "an answer"}'
        assert len(as_before) == 2


@pytest.mark.parametrize("name", ["_sql", "_con", "_disk", "_local", "timeout", "get", "disk_get", "statistics"])
def test_settings_of_a_file_are_not_read(tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    earlier(tmp_path)
    with opened(tmp_path) as database:
        database.execute("INSERT OR REPLACE INTO Settings VALUES (?, 'x')", (name,))
    cache = AnswerCache(tmp_path)
    assert cache.get(KEY) == ANSWER
    cache.put("other", ANSWER)
    assert cache.get("other") == ANSWER
    cache.close()
    assert not caplog.text


def test_pragmas_of_a_file_are_not_run(tmp_path: Path) -> None:
    earlier(tmp_path)
    victim = tmp_path / "victim"
    with opened(tmp_path) as database:
        database.execute(f"INSERT INTO Settings VALUES ('sqlite_temp_store_directory', '''{victim}''')")
        database.execute("INSERT OR REPLACE INTO Settings VALUES ('sqlite_cache_size', -100000000)")
    cache = AnswerCache(tmp_path)
    assert cache.get(KEY) == ANSWER
    assert cache._database is not None
    assert cache._database._sql("PRAGMA cache_size").fetchone() == (1024,)
    cache.close()


@pytest.mark.parametrize(
    "statement",
    [
        BUSY,
        "CREATE VIEW more AS SELECT * FROM Cache",
        "ALTER TABLE Cache ADD COLUMN slow GENERATED ALWAYS AS (length(hex(zeroblob(1000000)))) VIRTUAL",
        "CREATE INDEX slow ON Cache (length(replace(hex(zeroblob(1000000)), '0', 'xx')))",
    ],
)
def test_a_schema_of_another_making_is_left_alone(
    filled: Path, statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(filled) as database:
        database.execute("CREATE TABLE Settings (key, value)")
        database.execute(statement)
    before = (filled / "cache.db").read_bytes()
    cache = AnswerCache(filled)
    cache.put("other", ANSWER)
    assert cache.get(KEY) is None
    with pytest.raises(UsageError, match="no cache of absextract"):
        cache.clear()
    cache.close()
    assert caplog.text.count("going on without it") == 1
    assert (filled / "cache.db").read_bytes() == before


def test_a_trigger_that_loops_holds_up_nobody(tmp_path: Path) -> None:
    earlier(tmp_path)
    with opened(tmp_path) as database:
        database.execute(BUSY)
    code = f"""
from absextract.extractors.llm.cache import AnswerCache
cache = AnswerCache({str(tmp_path)!r})
cache.put("other", {{"text": "x"}})
print(cache.get("k"))
"""
    done = run_bounded(code)
    assert (done.returncode, done.stdout) == (0, "None\n")
    assert done.stderr.count("going on without it") == 1


@pytest.mark.parametrize("value", [b"[" * 100_000, b"x" * (9 << 20), b"\xff", b'"text"', 12, None])
def test_rows_that_hold_anything_count_as_absent(filled: Path, value: object, caplog: pytest.LogCaptureFixture) -> None:
    with opened(filled) as database:
        database.execute("UPDATE Cache SET value = ?", (value,))
    cache = AnswerCache(filled)
    assert cache.get(KEY) is None
    cache.put(KEY, ANSWER)
    assert cache.get(KEY) == ANSWER
    cache.close()
    assert not caplog.text


def test_an_answer_of_many_megabytes_is_not_kept_and_the_others_are(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = AnswerCache(tmp_path)
    cache.put("long", {"text": "x" * (9 << 20)})
    cache.put(KEY, ANSWER)
    assert (cache.get("long"), cache.get(KEY)) == (None, ANSWER)
    cache.close()
    assert caplog.text.count("too long for the cache") == 1


def test_no_pipe_is_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cache.db")
    done = run_bounded(f"from absextract.extractors.llm.cache import AnswerCache\nAnswerCache({str(tmp_path)!r})")
    assert (done.returncode, "is no plain file" in done.stderr) == (0, True)


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_nothing_is_written_through_a_link(
    tmp_path: Path, filled: Path, ending: str, caplog: pytest.LogCaptureFixture
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("", encoding="utf-8")
    (filled / f"cache.db{ending}").unlink(missing_ok=True)
    (filled / f"cache.db{ending}").symlink_to(victim)
    cache = AnswerCache(filled)
    cache.put("other", ANSWER)
    cache.close()
    assert victim.read_bytes() == b""
    assert "is no plain file" in caplog.text


def test_the_file_that_a_journal_names_is_not_removed(
    tmp_path: Path, filled: Path, caplog: pytest.LogCaptureFixture
) -> None:
    victim = tmp_path / "victim"
    victim.touch()
    name = os.fsencode(victim)
    database = (filled / "cache.db").read_bytes()
    (filled / "cache.db").write_bytes(database[:18] + b"\1\1" + database[20:])  # no write-ahead log any more
    header = bytes.fromhex("d9d505f920a163d7") + bytes([0, 0, 0, 0, 0, 0, 0, 0]) + len(database).to_bytes(4, "big")
    header += (512).to_bytes(4, "big") + (4096).to_bytes(4, "big")
    pointer = bytes([0, 0, 0, 0]) + name + len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big")
    (filled / "cache.db-journal").write_bytes(header.ljust(512, b"\0") + pointer + bytes.fromhex("d9d505f920a163d7"))
    AnswerCache(filled).close()
    assert victim.exists()
    assert "names another file" in caplog.text
    shutil.rmtree(filled)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "cache.db").write_text("notes of mine", encoding="utf-8")
    cache = AnswerCache(tmp_path)
    cache.put(KEY, ANSWER)
    with pytest.raises(UsageError):
        cache.clear()
    assert (tmp_path / "cache.db").read_text(encoding="utf-8") == "notes of mine"


def test_clearing_leaves_what_is_not_the_cache(filled: Path) -> None:
    (filled / "cache.db.backup").touch()
    cache = AnswerCache(filled)
    assert cache.clear() == 1
    assert [path.name for path in filled.iterdir()] == ["cache.db.backup"]


def test_what_takes_too_long_costs_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cache = AnswerCache(tmp_path)
    cache.put(KEY, ANSWER)
    cache.close()
    monkeypatch.setattr(cache_database, "_STEPS", 1)
    cache = AnswerCache(tmp_path)
    monkeypatch.setattr(cache_database, "_MOST_SECONDS", -1.0)
    assert (cache.get(KEY), cache.count()) == (None, 0)
    assert caplog.text.count("takes too long") == 1


def test_a_cache_that_others_keep_busy_is_waited_for_three_times(
    filled: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cache_database, "_BUSY_SECONDS", 0)
    cache = AnswerCache(filled)
    with opened(filled) as other:
        other.execute("BEGIN IMMEDIATE")
        with caplog.at_level(logging.WARNING):
            for number in range(10):
                cache.put(str(number), ANSWER)
        assert cache.get(KEY) == ANSWER
    assert caplog.text.count("kept busy by others") == 1
    assert (cache.get("0"), len(caplog.records)) == (None, 1)
    cache.close()


READING = """
import os, resource, sys
from absextract.extractors.llm.cache import AnswerCache
{}
cache = AnswerCache(sys.argv[1])
cache.put("other", {{"text": "x"}})
print(cache.get("k"), cache.get("other"), cache.count())
cache.forget("k")
print(cache.get("k"))
"""
FULL_DISK = "resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))"
# The interpreter may stand where nobody may read: what Path.as_uri loads late, from Python 3.13 on, is loaded before.
NOBODY = "import urllib.parse; os.geteuid() or os.setuid(65534)"


def read_only_folder(folder: Path) -> None:
    (folder / "cache.db").chmod(0o444)
    folder.chmod(0o555)


def read_only_file(folder: Path) -> None:
    (folder / "cache.db").chmod(0o444)
    folder.chmod(0o777)


KILLED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA wal_autocheckpoint = 0")
connection.execute("UPDATE Cache SET access_count = 1")
os.kill(os.getpid(), 9)
"""


def read_only_folder_after_a_kill(folder: Path) -> None:
    """What was written last stands in the log alone, and the index of the log did not come along."""
    subprocess.run([sys.executable, "-c", KILLED, str(folder / "cache.db")], check=False)
    (folder / "cache.db-shm").unlink()
    assert (folder / "cache.db-wal").stat().st_size
    (folder / "cache.db-wal").chmod(0o444)
    read_only_folder(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of file sizes")
@pytest.mark.parametrize(
    ("prelude", "change"),
    [
        (FULL_DISK, lambda _: None),
        (NOBODY, read_only_folder),
        (NOBODY, read_only_file),
        (NOBODY, read_only_folder_after_a_kill),
    ],
    ids=["full disk", "read-only folder", "read-only file", "read-only folder after a kill"],
)
def test_a_filled_cache_that_cannot_be_written_is_read(
    filled: Path, prelude: str, change: Callable[[Path], None]
) -> None:
    place = Path(tempfile.mkdtemp())  # pytest's own folders are closed to nobody
    place.chmod(0o755)
    try:
        folder = Path(shutil.copytree(filled, place / "cache"))
        change(folder)
        done = subprocess.run(
            [sys.executable, "-c", READING.format(prelude), str(folder)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.stdout == f"{ANSWER} None 1\n{ANSWER}\n", done.stderr
        assert done.stderr.count("cannot be written") == 1
        assert "Traceback" not in done.stderr
    finally:
        (place / "cache").chmod(0o755)
        shutil.rmtree(place)
