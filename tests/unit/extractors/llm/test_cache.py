"""The answer cache: plain JSON on disk, shared, and never the reason a run stops."""

from __future__ import annotations

import contextlib
import logging
import os
import pickle  # noqa: TID251  # to plant what must not be read
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import diskcache
import pytest

from absextract.errors import UsageError
from absextract.extractors.llm.cache import AnswerCache, cache_key, cache_limit, default_cache_dir


class Attack:
    """Unpickling this creates a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> Any:
        return open, (str(self.mark), "w")


def test_what_was_put_is_got_by_another_process_like_cache(tmp_path: Path) -> None:
    first, second = AnswerCache(tmp_path), AnswerCache(tmp_path)
    first.put("k", {"text": "é \\% 93.7", "usage": None})
    assert second.get("k") == {"text": "é \\% 93.7", "usage": None}
    assert second.get("other") is None
    assert (second.count(), second.clear(), second.count()) == (1, 1, 0)
    first.close()
    second.close()


def test_large_answers_stay_in_the_database(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put("k", {"text": "x" * 3_000_000})
    assert cache.get("k") == {"text": "x" * 3_000_000}
    assert {path.name.split("-")[0] for path in tmp_path.iterdir()} == {"cache.db"}
    cache.close()


@pytest.mark.parametrize("raw", [0, 1])
def test_a_planted_pickle_is_never_read(tmp_path: Path, raw: int) -> None:
    mark, folder = tmp_path / "mark", tmp_path / "cache"
    cache = AnswerCache(folder)
    cache.put("k", {"text": "{}"})
    cache.close()
    with sqlite3.connect(folder / "cache.db") as database:
        database.execute("UPDATE Cache SET mode = 4, raw = ?, value = ?", (raw, pickle.dumps(Attack(mark))))
    database.close()
    cache = AnswerCache(folder)
    assert cache.get("k") is None
    cache.put("k", {"text": "again"})
    cache.close()
    assert not mark.exists()


def test_a_planted_path_is_never_removed(tmp_path: Path) -> None:
    victim, folder = tmp_path / "victim", tmp_path / "cache"
    victim.touch()
    cache = AnswerCache(folder)
    for key in "ab":
        cache.put(key, {"text": "{}"})
    cache.close()
    with contextlib.closing(sqlite3.connect(folder / "cache.db", isolation_level=None)) as database:
        database.execute("UPDATE Cache SET filename = ?", (str(victim),))
    cache = AnswerCache(folder)
    cache.put("a", {"text": "again"})
    cache.forget("b")
    assert cache.count() == 1
    cache.close()
    assert victim.exists()


def test_what_is_forgotten_is_gone_and_the_rest_is_not(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    for key in "ab":
        cache.put(key, {"text": "{}"})
    for key in "bc":
        cache.forget(key)
    assert (cache.get("a"), cache.get("b")) == ({"text": "{}"}, None)
    cache.close()
    AnswerCache(tmp_path / "cache.db" / "none").forget("a")


def test_nothing_is_evicted(tmp_path: Path) -> None:
    with diskcache.Cache(str(tmp_path), size_limit=1, eviction_policy="none") as written_before:
        written_before.reset("eviction_policy", "least-recently-stored")
    cache = AnswerCache(tmp_path)
    for number in range(20):
        cache.put(str(number), {"text": "x" * 1000})
    assert cache.count() == 20
    cache.close()


@pytest.mark.parametrize("content", [b"", b"this is no database" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_foreign_file_costs_the_cache_and_not_the_run(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache.db").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        cache = AnswerCache(tmp_path)
        cache.put("k", {"text": "{}"})
        found = cache.get("k")
    cache.close()
    assert found in (None, {"text": "{}"})
    assert found is not None or "going on without it" in caplog.text


def test_a_foreign_database_costs_the_cache_and_not_the_run(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with sqlite3.connect(tmp_path / "cache.db") as database:
        database.execute("CREATE TABLE Settings (key TEXT, value)")
        database.execute("CREATE TABLE Cache (something INTEGER)")
        database.execute("INSERT INTO Settings VALUES ('disk_surprise', 1)")
    database.close()
    cache = AnswerCache(tmp_path)
    cache.put("k", {"text": "{}"})
    assert cache.get("k") is None
    assert caplog.text.count("going on without it") == 1
    cache.close()


def test_a_folder_that_cannot_be_made_costs_the_cache_and_not_the_run(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = AnswerCache(tmp_path / "file" / "cache")
    cache.put("k", {})
    assert (cache.get("k"), cache.count()) == (None, 0)
    assert "cannot be opened" in caplog.text


def test_the_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "deep" / "cache")
    assert os.stat(cache.directory).st_mode & 0o077 == 0
    cache.close()


def test_a_full_cache_takes_in_no_more_and_is_still_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = AnswerCache(tmp_path, limit=300_000)
    for number in range(200):
        cache.put(str(number), {"text": "x" * 5000})
    kept = cache.count()
    assert 0 < kept < 200
    assert cache.size_on_disk() < 400_000
    assert cache.get("0") == {"text": "x" * 5000}
    assert caplog.text.count("has reached 0.3 MB") == 1
    cache.close()


def test_the_limit_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_limit() is None
    monkeypatch.setenv("ABSEXTRACT_CACHE_MB", "1.5")
    assert cache_limit() == 1_500_000
    monkeypatch.setenv("ABSEXTRACT_CACHE_MB", "2 GB")
    with pytest.raises(UsageError, match="ABSEXTRACT_CACHE_MB=2 GB"):
        cache_limit()


FILLING = """
import resource, sys
from absextract.extractors.llm.cache import AnswerCache
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
cache = AnswerCache(sys.argv[1])
for number in range(int(sys.argv[3]), int(sys.argv[3]) + 100):
    cache.put(str(number), {"text": "x" * 2000})
print(sum(cache.get(str(number)) is not None for number in range(1000)))
"""


def filling(folder: Path, first: int, most_bytes: int) -> subprocess.Popen[str]:
    """A process that stores a hundred answers, on a disk that holds no larger file."""
    command = [sys.executable, "-c", FILLING, str(folder), str(most_bytes), str(first)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of file sizes")
def test_a_full_disk_costs_answers_and_not_the_run(tmp_path: Path) -> None:
    said, complaint = filling(tmp_path, 0, 400_000).communicate(timeout=60)
    assert 0 < int(said) < 100
    assert complaint.count("cannot be written") == 1
    assert "Traceback" not in complaint


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of file sizes")
def test_processes_share_a_cache(tmp_path: Path) -> None:
    processes = [filling(tmp_path, first, 10**9) for first in range(0, 400, 100)]
    for process in processes:
        _, complaint = process.communicate(timeout=60)
        assert (process.returncode, complaint) == (0, "")
    cache = AnswerCache(tmp_path)
    assert cache.count() == 400
    cache.close()


def test_keys_depend_on_every_byte() -> None:
    keys = {
        cache_key("m", b"ab"),
        cache_key("ma", b"b"),
        cache_key("m", b"a"),
        cache_key("m", b"ac"),
        cache_key("n", b"ab"),
    }
    assert len(keys) == 5
    assert cache_key("m", b"ab") in keys


def test_the_default_folder_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ABSEXTRACT_CACHE_DIR", str(tmp_path))
    assert default_cache_dir() == tmp_path
    monkeypatch.delenv("ABSEXTRACT_CACHE_DIR")
    assert default_cache_dir().name == "absextract"
