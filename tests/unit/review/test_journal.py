"""The journal: whole lines, on disk, or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from absextract.errors import OutputError
from absextract.review.actions import Add, Confirm
from absextract.review.journal import Entry, Journal

ABOUT = {"sha256": "0f", "schema": "PaperExtraction"}


def entry(number: int) -> Entry:
    return Entry(number, "Zoë \u2028", "2026-03-01T12:00:00Z", False, Confirm(path=f"/tasks/{number}"))


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = str(tmp_path / "out.journal")
    for number in range(3):
        journal = Journal(path, ABOUT)
        assert list(journal.entries()) == [entry(each) for each in range(number)]
        journal.add(entry(number))
        journal.close()


def test_half_a_character_is_read_again_as_it_was(tmp_path: Path) -> None:
    """Else what a person chose would be another thing when the review goes on."""
    path = str(tmp_path / "out.journal")
    halves = Entry(0, "\udcff", "2026-03-01T12:00:00Z", False, Add(path="/sites/a", value="\udd9c\ud800"))
    journal = Journal(path, ABOUT)
    journal.add(halves)
    journal.close()
    again = Journal(path, ABOUT)
    assert list(again.entries()) == [halves]
    again.close()


def test_each_line_is_on_disk_before_the_call_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.journal"
    journal = Journal(str(path), ABOUT)
    synced: list[int] = []
    real = os.fsync

    def watched(number: int) -> None:
        synced.append(path.stat().st_size)
        real(number)

    monkeypatch.setattr(os, "fsync", watched)
    journal.add(entry(0))
    assert synced == [path.stat().st_size]
    journal.close()


def test_a_line_that_the_disk_does_not_take_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.journal"
    journal = Journal(str(path), ABOUT)
    journal.add(entry(0))
    before = path.read_bytes()
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OutputError, match="No space left"):
        journal.add(entry(1))
    monkeypatch.setattr(os, "fsync", real)
    assert path.read_bytes() == before
    journal.add(entry(2))
    journal.close()
    again = Journal(str(path), ABOUT)
    assert list(again.entries()) == [entry(0), entry(2)]
    again.close()


def test_a_journal_that_was_removed_takes_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    journal = Journal(str(path), ABOUT)
    path.unlink()
    with pytest.raises(OutputError, match="removed"):
        journal.add(entry(0))
    journal.close()


@pytest.mark.parametrize("line", ["{}", "[1]", "null", '{"paper":0,"by":"x","at":"","sampled":false,"action":{}}', "{"])
def test_a_damaged_line_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    path = tmp_path / "out.journal"
    journal = Journal(str(path), ABOUT)
    journal.add(entry(0))
    journal.close()
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    again = Journal(str(path), ABOUT)
    with pytest.raises(OutputError, match=r"out\.journal:3: "):
        list(again.entries())
    again.close()
