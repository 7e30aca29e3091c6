"""`absextract batch` as a person runs it, killed wherever something has been made and not written down."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch_jobs import NUMBER, answer, write_papers
from batch_server import BatchServer, Ended, Fault, Row, all_answered
from command_line import absextract

IN_FOURS = (
    "import absextract.batch_api.request_files as files; files.MAX_REQUESTS = 4; "
    "from absextract.cli.app import main; main()"
)


class Desk:
    """A folder with papers, and a server."""

    def __init__(self, folder: Path, server: BatchServer) -> None:
        self.folder, self.server = folder, server
        self.papers = write_papers(folder / "papers.jsonl")
        self.job, self.out = folder / "job", folder / "batch.jsonl"
        self.submit = ("submit", str(self.papers), "-o", str(self.job), "--model", "openai/m")
        self.collect = ("collect", str(self.job), "-o", str(self.out))

    def start(self, *args: str) -> subprocess.Popen[str]:
        """A command whose files hold four requests."""
        command = [sys.executable, "-c", IN_FOURS, "batch", *args]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True)

    def run(self, *args: str) -> tuple[int, str, str]:
        """A command; its status, stdout and stderr."""
        done = absextract("batch", *args)
        return done.returncode, done.stdout, done.stderr

    def live(self) -> bytes:
        """The file of a live run."""
        out = self.folder / "live.jsonl"
        assert absextract("extract", self.papers, "-o", out, "--model", "openai/m", "--no-cache").returncode == 0
        return out.read_bytes()

    def finish(self) -> bytes:
        """Collect, again, collect; the file."""
        assert self.run(*self.collect)[0] == 1
        assert self.run("submit", "--again", str(self.job))[0] == 0
        status, _, said = self.run(*self.collect)
        assert status == 0, said
        return self.out.read_bytes()


@pytest.fixture
def desk(tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("absextract.batch_api.request_files.MAX_REQUESTS", 4)
    with BatchServer(answer) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        yield Desk(tmp_path, server)


def test_submit_status_collect_again_collect(desk: Desk, key: str) -> None:
    status, out, said = desk.run(*desk.submit)
    assert (status, out) == (0, "")
    assert "part 3 of 3: 2 requests, 0.0 MB, sent as batch_3" in said
    assert f"sent {NUMBER} requests for {NUMBER} abstracts, in 3 batches" in said
    desk.server.running = True
    status, out, said = desk.run("status", str(desk.job))
    assert (status, said) == (1, "")
    assert [line.split()[:5] for line in out.splitlines()[1:3]] == [[n, "0", "0", "4", "validating"] for n in "12"]
    assert all(re.search(r" 20\d\d-\d\d-\d\d \d\d:\d\d +20\d\d-", line) for line in out.splitlines()[1:4])
    status, out, said = desk.run(*desk.collect)
    assert (status, out) == (1, "")
    assert "0 of 3 batches have ended, nothing is written" in said
    assert not desk.out.exists()
    desk.server.running = False
    assert desk.run("status", str(desk.job))[0] == 0
    status, _, said = desk.run(*desk.collect)
    assert status == 1
    assert f"0 failed, 2 need a correction: `absextract batch submit --again {desk.job}` sends them" in said
    status, _, said = desk.run("submit", "--again", str(desk.job))
    assert status == 0
    assert f"sent 2 requests for {NUMBER} abstracts, in 1 batch\n" in said
    status, _, said = desk.run(*desk.collect)
    assert (status, desk.out.read_bytes()) == (0, desk.live())
    assert f"{NUMBER + 2} requests, 0 retries, 2 re-asks" in said
    asked = desk.server.seen["POST chat/completions"]
    assert absextract("extract", desk.papers, "-o", desk.folder / "third.jsonl", "--model", "openai/m").returncode == 0
    assert desk.server.seen["POST chat/completions"] == asked
    assert (desk.folder / "third.jsonl").read_bytes() == desk.out.read_bytes()
    assert all(key.encode() not in path.read_bytes() for path in desk.job.iterdir())


KILLS = [
    ("submit", "POST files", 3),
    ("submit", "POST batches", 2),
    ("collect", "GET batches/.*", 2),
    ("collect", "GET files/.*/content", 2),
    ("collect", "DELETE files/.*", 2),
    ("again", "POST files", 1),
    ("again", "POST batches", 1),
]


@pytest.mark.parametrize(("step", "what", "which"), KILLS)
def test_killed_after_the_server_has_done_it_the_same_command_goes_on(
    step: str, what: str, which: int, desk: Desk
) -> None:
    commands = {"submit": desk.submit, "collect": desk.collect, "again": ("submit", "--again", str(desk.job))}
    for before in {"submit": [], "collect": ["submit"], "again": ["submit", "collect"]}[step]:
        desk.run(*commands[before])
    desk.server.faults = [*[Fault(what, "pass")] * (which - 1), Fault(what, "hang")]
    with desk.start(*commands[step]) as process:
        assert desk.server.hung.wait(60), process.communicate()
        process.send_signal(signal.SIGKILL)
    desk.server.hung.clear()
    status, _, said = desk.run(*commands[step])
    assert status == (1 if step == "collect" else 0), said
    if step != "again":
        desk.run(*desk.collect)
        desk.run(*commands["again"])
    assert desk.run(*desk.collect)[0] == 0
    assert desk.out.read_bytes() == desk.live()
    assert len(desk.server.uploads()) == len(desk.server.batches) == 4
    assert len(desk.server.sent()) == len({row["custom_id"] for row in desk.server.sent()}) == NUMBER + 2
    assert desk.server.uploads(kept=True) == []


def test_while_one_step_is_at_work_another_is_refused(desk: Desk) -> None:
    desk.run(*desk.submit)
    desk.server.faults = [Fault("GET files/.*/content", "hang")]
    with desk.start(*desk.collect) as process:
        assert desk.server.hung.wait(60), process.communicate()
        status, _, said = desk.run("status", str(desk.job))
        process.kill()
    assert status == 2
    assert "another step is at work there" in said


def test_a_batch_that_expired_keeps_what_it_has(desk: Desk) -> None:
    def expired(rows: list[Row]) -> Ended:
        return Ended("expired", rows[: len(rows) // 2])

    desk.server.ending = expired
    desk.run(*desk.submit)
    status, _, said = desk.run(*desk.collect)
    assert status == 1
    assert "5 failed, 1 need a correction" in said
    assert "batch_expired: the batch ended before this request was answered" in said
    desk.server.ending = all_answered
    assert desk.run("submit", "--again", str(desk.job))[0] == 0
    assert len(desk.server.sent()) == NUMBER + 5 + 1
    assert desk.finish() == desk.live()


def test_cancel(desk: Desk) -> None:
    desk.server.running = True
    desk.run(*desk.submit)
    status, out, _ = desk.run("cancel", str(desk.job))
    assert (status, out.count("cancelling")) == (0, 3)


def test_partial(desk: Desk) -> None:
    desk.run(*desk.submit)
    desk.server.running = True
    assert desk.run(*desk.collect, "--partial")[0] == 1
    assert '"finished": false' in Path(f"{desk.out}.run.json").read_text(encoding="utf-8")
    status, out, said = desk.run("collect", str(desk.job), "-o", "-", "--partial", "--quiet")
    assert (status, said) == (1, "")
    assert out.count('"code":"batch_pending"') == NUMBER


def test_wrong_keys_and_wrong_use_say_what_to_do(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.server.key = "sk-the-right-key-0123456789"
    status, _, said = desk.run(*desk.submit)
    assert status == 2
    assert "authentication: HTTP 401: Incorrect API key provided" in said
    assert "nothing is lost, the same command goes on from here" in said
    monkeypatch.setenv("OPENAI_API_KEY", desk.server.key)
    assert desk.run(*desk.submit)[0] == 0
    assert len(desk.server.batches) == 3
    for args, message in (
        (["submit", str(desk.papers)], "batch submit needs INPUT"),
        (["submit", "--again", str(desk.job), str(desk.papers)], "takes everything from the job"),
        (["submit", "--again", str(desk.job), "--max-reasks", "1"], "takes everything from the job"),
        (["submit", "--again", str(desk.job), "--model", "openai/m"], "takes everything from the job"),
        (["submit", "--again", str(desk.job), "--schema", "paper", "--quiet"], "takes everything from the job"),
        ([*desk.submit, "--mode", "json"], "holds a job with mode tools, this command has json; choose another -o"),
        ([*desk.submit, "--limit", "3"], "holds a job with limit None, this command has 3; choose another -o"),
        (["submit", str(desk.papers), "-o", str(desk.folder / "j"), "--model", "builtin"], "choose an openai/"),
        (["submit", str(desk.papers), "-o", str(desk.job), "--model", "openai/other"], "holds a job with model"),
        (["collect", str(desk.folder), "-o", str(desk.out)], "there is no job"),
    ):
        status, _, said = desk.run(*args)
        assert (status, message in " ".join(said.replace("│", "").split())) == (2, True), said


def test_another_input_for_the_same_job_is_refused(desk: Desk) -> None:
    desk.run(*desk.submit)
    write_papers(desk.papers, NUMBER + 1)
    status, _, said = desk.run(*desk.submit)
    assert status == 2
    assert "the input has changed since the job was submitted; choose another -o for it" in said
    assert desk.run("submit", "--again", str(desk.job))[0] == 0
    assert len(desk.server.sent()) == NUMBER + 2  # the corrections of the job as it was


def test_input_from_a_pipe(desk: Desk) -> None:
    command = ("batch", "submit", "-", "-o", desk.job, "--model", "openai/m")
    assert absextract(*command, stdin=desk.papers.read_bytes()).returncode == 0
    assert absextract(*command, stdin=b"").returncode == 0  # it has been read
    assert len(desk.server.batches) == 3  # files hold four requests
    assert len(desk.server.sent()) == NUMBER
