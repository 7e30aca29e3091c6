"""Pipes and devices as inputs: nobody is waited for."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from absextract.errors import InputError
from absextract.sources.opening import opened

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")


def test_a_pipe_without_a_writer_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.sources.raw_files._WAIT_SECONDS", 0.0)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="a pipe that nobody writes to"), opened(str(tmp_path / "pipe")):
        pass


def test_a_pipe_whose_writer_comes_a_little_later_is_read_whole(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    data = b"line\n" * 50_000
    writer = threading.Thread(target=lambda: pipe.write_bytes(data))
    with opened(str(write_first(writer, pipe))) as stream:
        found = b"".join(iter(lambda: stream.read(1000) or b"", b""))
    writer.join()
    assert found == data


def write_first(writer: threading.Thread, pipe: Path) -> Path:
    writer.start()
    return pipe


def test_what_a_shell_hands_over_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"abc")
    os.close(writing)
    with opened(f"/dev/fd/{reading}") as stream:
        assert stream.read(10) == b"abc"
    os.close(reading)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom"])
def test_a_device_without_an_end_is_refused(device: str) -> None:
    with pytest.raises(InputError, match=f"{device}: is a device"), opened(device):
        pass


def test_the_null_device_is_empty() -> None:
    with opened(os.devnull) as stream:
        assert stream.read(10) == b""
