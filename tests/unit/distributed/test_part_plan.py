"""Parts on disk, and what of an input is still to be done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from absextract.distributed.part_plan import BLOCK_RECORDS, Plan
from absextract.distributed.parts import PART_RECORDS, FolderJob, PartFolder
from absextract.errors import InputError, OutputError
from absextract.output.summary import RunSummary
from absextract.records import Abstract, ErrorInfo, ExtractorInfo, Record

INFO = ExtractorInfo(model="m", schema="S@1")


def line_of(item: Any, info: ExtractorInfo = INFO) -> str:
    paper = item if isinstance(item, Abstract) else item.as_abstract()
    return Record[Any].failed(paper, info, ErrorInfo(code="test", message="nothing was asked")).to_json()


@pytest.fixture
def job(tmp_path: Path) -> FolderJob:
    return job_of(tmp_path, 2 * PART_RECORDS + 50)


def job_of(tmp_path: Path, number: int, **options: Any) -> FolderJob:
    path = tmp_path / "in.jsonl"
    rows = (json.dumps({"id": str(i), "title": "T", "abstract": f"Case {i}."}) + "\n" for i in range(number))
    path.write_text("".join(rows), encoding="utf-8")
    (tmp_path / "out").mkdir(exist_ok=True)
    return FolderJob((str(path),), str(tmp_path / "out"), **options)


def plan_of(job: FolderJob, info: ExtractorInfo = INFO) -> tuple[Plan, RunSummary]:
    summary = RunSummary({})
    return Plan(job, PartFolder(job.out, fresh=job.overwrite), info, summary), summary


def run(job: FolderJob, *, without: set[int] = frozenset()) -> int:  # type: ignore[assignment]  # an empty set
    """Does a job but for the blocks without; says how many records were made."""
    plan, _ = plan_of(job)
    blocks = list(plan.blocks())
    for number, block in reversed(list(enumerate(blocks))):
        plan.take(block, [None if number in without else line_of(item) for item in block.items])
    plan.write_beginnings()
    return sum(len(block.items) for number, block in enumerate(blocks) if number not in without)


def ids_in(folder: str, number: int) -> list[str]:
    path = Path(folder) / f"part-{number:05}.jsonl"
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_whole_run_writes_parts_in_input_order(job: FolderJob) -> None:
    assert run(job) == 2050
    assert [len(ids_in(job.out, n)) for n in range(3)] == [1000, 1000, 50]
    assert ids_in(job.out, 0) + ids_in(job.out, 1) + ids_in(job.out, 2) == [str(i) for i in range(2050)]
    plan, summary = plan_of(job)
    assert list(plan.blocks()) == []
    assert summary.kept == 2050


def test_what_comes_behind_a_gap_is_not_counted(job: FolderJob) -> None:
    plan, summary = plan_of(job)
    for number, block in enumerate(plan.blocks()):
        plan.take(block, [None if number == 3 else line_of(item) for item in block.items])
    assert summary.new == 1950
    plan.write_beginnings()
    assert (summary.new, summary.errors) == (1350, {"test": 1350})


def test_a_part_with_a_gap_is_written_up_to_it_and_gone_on_with(job: FolderJob) -> None:
    assert run(job, without={3, 12}) == 2050 - 2 * BLOCK_RECORDS
    assert [len(ids_in(job.out, n)) for n in range(3)] == [300, 200, 50]
    assert run(job) == 1500
    assert ids_in(job.out, 0) + ids_in(job.out, 1) == [str(i) for i in range(2000)]


def test_failed_records_are_done_again_in_their_place(tmp_path: Path) -> None:
    job = job_of(tmp_path, 150)
    run(job)
    part = tmp_path / "out" / "part-00000.jsonl"
    lines = part.read_text(encoding="utf-8").splitlines(keepends=True)
    part.write_text("".join(line.replace('"failed"', '"ok"', n % 50) for n, line in enumerate(lines)), encoding="utf-8")
    plan, summary = plan_of(job_of(tmp_path, 150, retry_failed=True))
    (block,) = plan.blocks()
    assert (block.positions, summary.kept) == ((0, 50, 100), 147)
    plan.take(block, [line_of(item).replace("was asked", "new") for item in block.items])
    lines = part.read_text(encoding="utf-8").splitlines()
    assert [n for n, line in enumerate(lines) if "nothing new" in line] == [0, 50, 100]
    assert len(lines) == 150
    assert (summary.new, summary.kept, summary.status) == (3, 147, {"ok": 147, "failed": 3})


def test_a_grown_input_goes_on_and_a_shrunken_one_is_refused(tmp_path: Path) -> None:
    run(job_of(tmp_path, 1020))
    assert run(job_of(tmp_path, 1030)) == 10
    for fewer in (900, 1010):
        with pytest.raises(OutputError, match="holds more records than the input"):
            run(job_of(tmp_path, fewer))
    assert run(job_of(tmp_path, 1010, limit=500)) == 0
    assert run(job_of(tmp_path, 1030, overwrite=True)) == 1030


@pytest.mark.parametrize(
    "other",
    [
        INFO.model_copy(update={"model": "n"}),
        ExtractorInfo(model="m", schema="S@2"),
        ExtractorInfo(model="m", schema="S@1", prompt="2"),
    ],
)
def test_another_model_prompt_or_schema_is_refused(job: FolderJob, other: ExtractorInfo) -> None:
    run(job)
    plan, _ = plan_of(job, other)
    with pytest.raises(OutputError, match="made with"):
        list(plan.blocks())


def test_what_was_read_before_an_error_is_a_part_too(tmp_path: Path) -> None:
    job = job_of(tmp_path, 150)
    with open(job.inputs[0], "a", encoding="utf-8") as file:
        file.write("{broken\n")
    strict = FolderJob(job.inputs, job.out, on_bad_input="fail")
    plan, _ = plan_of(strict)
    blocks = plan.blocks()
    assert [len(next(blocks).items), len(next(blocks).items)] == [100, 50]
    with pytest.raises(InputError):
        next(blocks)


def test_a_torn_or_foreign_part_is_no_part(tmp_path: Path, job: FolderJob) -> None:
    part = Path(job.out) / "part-00000.jsonl"
    for text, said in (("half a line", "is torn"), ("a diary\n", "not a record of absextract")):
        part.write_text(text, encoding="utf-8")
        with pytest.raises(OutputError, match=said):
            run(job)
    with pytest.raises(OutputError, match="was not written by absextract"):
        PartFolder(job.out, fresh=True)


def test_parts_written_over_go_when_the_first_new_one_comes(tmp_path: Path) -> None:
    run(job_of(tmp_path, 2050))
    folder = PartFolder(str(tmp_path / "out"), fresh=True)
    assert folder.last() == -1
    assert folder.lines(0) == []
    assert len(list((tmp_path / "out").iterdir())) == 3
    folder.write(0, [b"new\n"])
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["part-00000.jsonl"]


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    with PartFolder(out).locked():
        with pytest.raises(OutputError, match="another run"), PartFolder(out).locked():
            pass
        PartFolder(out).write(0, [b"x\n"])
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    with PartFolder(out).locked():
        pass
    assert Path(out).is_dir()
    with PartFolder(str(tmp_path / "empty")).locked():
        pass
    assert not (tmp_path / "empty").exists()


def test_a_folder_holds_so_many_parts_that_names_sort(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(OutputError, match="at most 100000000 records"):
        PartFolder(str(tmp_path / "out")).write(100_000, [])
