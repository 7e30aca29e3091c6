"""`--engine ray` where it cannot begin; no cluster is started."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from batch_jobs import write_papers
from command_line import absextract, absextract_process


def test_without_ray_it_is_said_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "ray").mkdir()
    (tmp_path / "ray" / "__init__.py").write_text("raise ImportError('hidden')", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    papers = write_papers(tmp_path / "papers.jsonl", 2)
    done = absextract_process("extract", papers, "-o", tmp_path / "out", "--engine", "ray", PYTHONPATH=path)
    assert done.returncode == 2
    assert "pip install 'absextract[ray]'" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "-", "--engine", "ray"], "a folder of parts"),
        (["-o", "file.jsonl", "--engine", "ray"], "is not a folder"),
        (["-o", "out.jsonl", "--engine", "ray"], "writes a folder of parts; name one, e.g. out"),
        (["-o", "no/such/folder", "--engine", "ray"], "does not exist"),
        (["-o", "out.jsonl", "--workers", "2"], "--workers is for --engine ray"),
        (["-o", "out", "--engine", "ray", "--model", "nobody/m"], "nobody"),
    ],
)
def test_wrong_use_is_told_before_ray_is_started(
    options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_papers(tmp_path / "papers.jsonl", 2)
    write_papers(tmp_path / "file.jsonl", 1)
    done = absextract("extract", "papers.jsonl", *options)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "out").exists()
