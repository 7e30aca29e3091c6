"""One run at a time for each output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from absextract.errors import OutputError
from absextract.output.lock import only_run

HOLD = (
    "import sys; from absextract.output.lock import only_run\nwith only_run(sys.argv[1]):\n  print(flush=True); input()"
)


@pytest.fixture
def out(tmp_path: Path) -> str:
    return str(tmp_path / "out.jsonl")


def test_a_second_run_is_refused_and_a_later_one_is_not(out: str) -> None:
    with only_run(out), pytest.raises(OutputError, match=r"out\.jsonl: another run is writing it; wait"), only_run(out):
        pass
    with only_run(out):
        pass
    assert os.listdir(Path(out).parent) == []


def test_the_lock_holds_between_processes_and_dies_with_its_holder(out: str) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, out], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(OutputError, match="another run"), only_run(out):
            pass
        other.kill()
        other.wait()
        with only_run(out):
            pass


def test_another_name_of_the_same_file_is_locked_too(out: str, tmp_path: Path) -> None:
    Path(out).touch()
    link = tmp_path / "link.jsonl"
    link.symlink_to(out)
    with only_run(out), pytest.raises(OutputError, match="another run"), only_run(str(link)):
        pass


@pytest.mark.parametrize("device", ["-", "/dev/null"])
def test_streams_are_not_locked(device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with only_run(device), only_run(device):
        assert os.listdir(tmp_path) == []


def test_a_lock_that_cannot_be_made_is_an_output_error(out: str) -> None:
    (Path(out).parent / ".out.jsonl.absextract.lock").mkdir()
    with pytest.raises(OutputError, match=r"\.out\.jsonl\.absextract\.lock: "), only_run(out):
        pass
