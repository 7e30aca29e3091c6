"""Inputs that grew at the top: runs go on behind a merge, and say it of pipes and of parts too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from absextract.distributed.part_plan import Plan
from absextract.distributed.parts import FolderJob, PartFolder
from absextract.errors import OutputError
from absextract.output.summary import RunSummary
from absextract.pipeline import Extractor
from absextract.runs.merging import merge_files
from command_line import absextract


def write(path: Path, *names: str) -> str:
    rows = [{"id": name, "title": f"On {name}", "abstract": f"We count {name}.", "year": "2026"} for name in names]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return str(path)


def extract_to(out: Path, source: str, stdin: bytes = b"") -> tuple[int, str]:
    done = absextract("extract", source, "-o", out, "--model", "builtin", stdin=stdin)
    return done.returncode, done.stderr


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """What was done of an input, put together with the papers that came in at its top."""
    extract_to(tmp_path / "old.jsonl", write(tmp_path / "papers.jsonl", "crabs", "mussels"))
    extract_to(tmp_path / "new.jsonl", write(tmp_path / "added.jsonl", "eels"))
    merge_files(str(tmp_path / "old.jsonl"), str(tmp_path / "new.jsonl"), str(tmp_path / "all.jsonl"))
    return tmp_path / "all.jsonl"


def test_a_run_goes_on_behind_a_merge_as_if_it_had_made_all_itself(merged: Path, tmp_path: Path) -> None:
    papers = write(tmp_path / "papers.jsonl", "eels", "crabs", "mussels", "whelks")
    code, told = extract_to(merged, papers)
    assert (code, "1 new record" in told, "3 kept" in told) == (0, True, True)
    extract_to(tmp_path / "fresh.jsonl", papers)
    assert merged.read_bytes() == (tmp_path / "fresh.jsonl").read_bytes()
    assert "0 new records" in extract_to(merged, papers)[1]


def test_a_merge_of_other_papers_is_left_alone(merged: Path, tmp_path: Path) -> None:
    before = merged.read_bytes()
    code, told = extract_to(merged, write(tmp_path / "papers.jsonl", "eels", "krill", "mussels"))
    assert (code, "belongs to another input" in told) == (2, True)
    assert merged.read_bytes() == before


def test_an_input_from_a_pipe_that_may_have_grown_at_the_top_is_told(tmp_path: Path) -> None:
    papers, out = tmp_path / "papers.jsonl", tmp_path / "out.jsonl"
    write(papers, "crabs", "mussels")
    assert extract_to(out, "-", papers.read_bytes())[0] == 0
    write(papers, "eels", "crabs", "mussels")
    code, told = extract_to(out, "-", papers.read_bytes())
    assert (code, "if the input grew at the top" in told, "absextract merge" in told) == (2, True, True)


def test_an_input_of_parts_that_grew_at_the_top_is_told(tmp_path: Path) -> None:
    papers, out = write(tmp_path / "papers.jsonl", "crabs", "mussels"), tmp_path / "parts"
    extract_to(tmp_path / "once.jsonl", papers)
    out.mkdir()
    (tmp_path / "once.jsonl").rename(out / "part-00000.jsonl")
    folder, job = PartFolder(str(out)), FolderJob((papers,), str(out))
    info = Extractor(model="builtin").describe()
    assert list(Plan(job, folder, info, RunSummary({})).blocks()) == []
    grown = FolderJob((write(tmp_path / "papers.jsonl", "eels", "crabs", "mussels"),), str(out))
    with pytest.raises(OutputError, match=r"part-00000\.jsonl:1: the input has all papers .* in another order"):
        list(Plan(grown, folder, info, RunSummary({})).blocks())
