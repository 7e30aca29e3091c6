"""A user's table of names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from absextract.entities.own_vocabulary import read_own_vocabulary
from absextract.errors import InputError


def write(folder: Path, text: str) -> Path:
    path = folder / "names.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_are_added_pinned_and_forbidden(tmp_path: Path) -> None:
    head = "name\tid\tlabel\tkind\tdirection\n# ours\n"
    table = head + "Bittern\tbittern\tBittern Calls\tdataset\t\nNest\t-\nplumage\tplumage\t\tmetric\tlower\n"
    own = read_own_vocabulary(write(tmp_path, table))
    assert own.entries["bittern"].label == "Bittern Calls"
    assert own.metrics["plumage"].direction == "lower"
    assert own.forbidden == {"nest"}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("word\tid\nBittern\tb\n", "line 1: the head must be name, id"),
        ("name\tid\nBittern\n", "line 2: wants a name and an id"),
        ("name\tid\tkind\nBittern\tb\tbird\n", 'line 2: "bird" is no kind'),
        ("name\tid\tdirection\nplumage\tp\tup\n", 'line 2: "up" is no direction'),
        ("name\tid\n...\tp\n", 'line 2: "..." is no name'),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, table: str, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("...", r"\.\.\.")):
        read_own_vocabulary(write(tmp_path, table))


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_own_vocabulary(tmp_path / "none.tsv")


def test_a_pipe_is_not_waited_for_and_a_device_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero"):
        with pytest.raises(InputError, match="is no plain file"):
            read_own_vocabulary(path)
