"""Extraction on Ray: equal to a local run, whatever dies on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from absextract import Limits, read_abstracts
from absextract.distributed import extract_dataset
from absextract.distributed.parts import PART_RECORDS
from command_line import absextract_process as absextract
from openai_server import OpenAIServer, Reply, Request, completion

ray = pytest.importorskip("ray")
pytest.importorskip("ray.data")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("ray"),  # one cluster at a time
    pytest.mark.filterwarnings("ignore:Tip. In future versions of Ray:FutureWarning"),
    pytest.mark.filterwarnings(r"ignore::DeprecationWarning:ray\."),
    pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]
EXAMPLES = Path(__file__).parents[2] / "examples"
STORE = 100 * 2**20
DOSES = """
import os
import signal

from pydantic import BaseModel, field_validator


class Doses(BaseModel):
    doses: list[str] = []

    @field_validator("doses")
    @classmethod
    def deadly(cls, doses: list[str]) -> list[str]:
        if "a deadly dose" in doses:
            os.kill(os.getpid(), signal.SIGKILL)
        return doses
"""


def write_papers(path: Path, number: int) -> Path:
    """The examples, over and over, each with a first sentence of its own and some metadata."""
    read = [a for name in ("trending.txt", "spaced.txt") for a in read_abstracts(EXAMPLES / name)]
    with path.open("w", encoding="utf-8") as file:
        for i in range(number):
            paper = read[i % len(read)]
            row = {"title": paper.title, "abstract": f"We saw case {i}. {paper.abstract}", "tags": [i, {"é": None}]}
            file.write(json.dumps(row) + "\n")
    return path


def case_of(request: Request) -> int:
    return int(request.text_of("user").partition("We saw case ")[2].partition(".")[0])


def answer(request: Request) -> Reply:
    case = case_of(request)
    return completion(request, {"tasks": [f"case {case}"], "methods": ["no such thing"] if case % 7 == 0 else []})


class Watched:
    """Answers, and says so as soon as something is the case."""

    def __init__(self, is_time: Callable[[int], bool]) -> None:
        self.is_time = threading.Event()
        self.answered = 0
        self._is_time = is_time

    def __call__(self, request: Request) -> Reply:
        self.answered += 1
        if not self.is_time.is_set() and self._is_time(self.answered):
            self.is_time.set()
        reply = answer(request)
        return Reply(body=reply.body, delay=0.02)


class Pause:
    """The server stands still from where it begins until the test has done something."""

    def __init__(self) -> None:
        self._begun, self._over = threading.Event(), threading.Event()

    def begin(self) -> None:
        self._begun.set()
        self._over.wait(60)

    def __enter__(self) -> None:
        assert self._begun.wait(60)

    def __exit__(self, *_: object) -> None:
        self._over.set()


def soon(look: Callable[[], list[int]]) -> list[int]:
    """What there is to see, once there is something."""
    for _ in range(300):
        if found := look():
            return found
        threading.Event().wait(0.1)
    raise AssertionError("nothing to be seen")


def local_lines(papers: Path, tmp_path: Path, *options: Any) -> bytes:
    out = tmp_path / "local.jsonl"
    done = absextract("extract", papers, "-o", out, *options)
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


def lines_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*.jsonl")))


@contextmanager
def started(*args: Any, **env: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command that goes on beside the test, and ends with it; unlike shells' background jobs it knows SIGINT."""
    process = subprocess.Popen(
        [sys.executable, "-m", "absextract", *map(str, args)],
        env=os.environ | env,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, stderr = process.communicate(timeout=60)
    return process.returncode, stderr.decode()


def workers_below(parent: int) -> list[int]:
    """The processes of our workers that a node's daemon has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            name = folder.joinpath("cmdline").read_bytes()
            born_of = int(folder.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            if born_of == parent and name.startswith(b"ray::MapWorker(MapBatches(BlockWorker"):
                found.append(int(folder.name))
    return found


def daemon_of(node: Any) -> int:
    """The process of a node that starts its workers."""
    return int(node.all_processes["raylet"][0].process.pid)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster on this machine with one node, to which others can be added."""
    from ray.cluster_utils import Cluster

    patched = pytest.MonkeyPatch()
    patched.setenv("RAY_USAGE_STATS_ENABLED", "0")
    node = {"num_cpus": 1, "object_store_memory": STORE, "include_dashboard": False}
    made = Cluster(initialize_head=True, head_node_args=node)
    yield made
    made.shutdown()
    patched.undo()


def test_1200_records_equal_the_local_run_on_a_ray_of_its_own(tmp_path: Path, key: str) -> None:
    papers, out = write_papers(tmp_path / "papers.jsonl", 1200), tmp_path / "parts"
    with OpenAIServer(answer) as server:
        model = ["--model", "openai/m", "--base-url", server.base_url]
        options = [*model, "--engine", "ray", "--workers", "2"]
        done = absextract("extract", papers, "-o", out, *options)
        assert done.returncode == 0, done.stderr
        asked = len(server.requests)
        expected = local_lines(papers, tmp_path, *model)
    assert lines_of(out) == expected
    assert sorted(path.name for path in out.iterdir()) == ["part-00000.jsonl", "part-00001.jsonl", "run.json"]
    summary = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert (summary["records"], summary["requests"], summary["status"]["failed"]) == (1200, asked, 0)
    assert summary["settings"]["engine"] == "ray"
    assert summary["versions"]["ray"] == ray.__version__
    assert asked == 1200 + 172, "an answer with errors goes back once"
    for line in done.stderr.splitlines():
        assert (
            line.startswith(("1200 records in ", "findings: ", f"{asked} requests, ", "records in ")) or "/s, " in line
        )
    for place in out.iterdir():
        assert key not in place.read_text(encoding="utf-8")


def test_a_worker_and_a_node_killed_on_the_way_cost_no_record(tmp_path: Path, cluster: Any) -> None:
    papers, out = write_papers(tmp_path / "papers.jsonl", 1200), tmp_path / "parts"
    first, second = cluster.head_node, cluster.add_node(num_cpus=1, object_store_memory=STORE)
    pauses = {200: Pause(), 600: Pause()}

    def respond(request: Request) -> Reply:
        if pause := pauses.get(len(server.requests)):
            pause.begin()
        return answer(request)

    with OpenAIServer(respond) as server:
        model = ["--model", "openai/m", "--base-url", server.base_url, "--cache-dir", tmp_path / "cache"]
        options = [*model, "--engine", "ray", "--workers", "2", "--concurrency", "8"]
        with started("extract", papers, "-o", out, *options, RAY_ADDRESS=cluster.address) as process:
            with pauses[200]:
                (worker, *_), _ = (soon(partial(workers_below, daemon_of(node))) for node in (first, second))
                os.kill(worker, signal.SIGKILL)
            with pauses[600]:
                cluster.remove_node(second, allow_graceful=False)
            status, stderr = ended(process)
        assert status == 0, stderr
        assert lines_of(out) == local_lines(papers, tmp_path, *model)


def test_a_paper_that_kills_every_worker_fails_alone_with_a_schema_of_ones_own(tmp_path: Path, cluster: Any) -> None:
    papers, out = write_papers(tmp_path / "papers.jsonl", 12), tmp_path / "parts"
    (tmp_path / "doses.py").write_text(DOSES, encoding="utf-8")

    def deadly(request: Request) -> Reply:
        return completion(request, {"doses": ["a deadly dose"] if case_of(request) == 5 else ["one"]})

    with OpenAIServer(deadly) as server:
        model = ["--model", "openai/m", "--base-url", server.base_url, "--cache-dir", tmp_path / "cache"]
        options = [*model, "--schema", f"{tmp_path / 'doses.py'}:Doses", "--engine", "ray"]
        done = absextract("extract", papers, "-o", out, *options, RAY_ADDRESS=cluster.address)
    assert done.returncode == 1, done.stderr
    assert "errors: 1 worker_died" in done.stderr
    records = [json.loads(line) for line in lines_of(out).splitlines()]
    assert [record["status"] for record in records] == ["failed" if i == 5 else "ok" for i in range(12)]
    assert records[4]["extraction"] == {"doses": ["one"]}
    assert records[5]["error"]["code"] == "worker_died"


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    papers, out = write_papers(tmp_path / "papers.jsonl", 2200), tmp_path / "parts"
    watched = Watched(lambda _: (out / "part-00000.jsonl").exists())
    with OpenAIServer(watched) as server:
        model = ["--model", "openai/m", "--base-url", server.base_url, "--max-reasks", "0"]
        options = [*model, "--engine", "ray", "--workers", "2"]
        with started("extract", papers, "-o", out, *options) as process:
            assert watched.is_time.wait(60)
            process.kill()
        before = lines_of(out)
        assert len(before.splitlines()) % PART_RECORDS == 0
        done = absextract("extract", papers, "-o", out, *options)
        assert done.returncode == 0, done.stderr
        assert "kept from before" in done.stderr
        assert watched.answered <= 2200 + 2 * 32, "only what was under way is asked again"
        assert lines_of(out) == local_lines(papers, tmp_path, *model)
        other = absextract("extract", papers, "-o", out, "--engine", "ray", "--model", "builtin")
        assert other.returncode == 2
        assert "max_reasks" in other.stderr


def test_an_interrupted_run_leaves_whole_lines_and_goes_on(tmp_path: Path, cluster: Any) -> None:
    papers, out = write_papers(tmp_path / "papers.jsonl", 600), tmp_path / "parts"
    watched = Watched(lambda answered: answered == 250)
    with OpenAIServer(watched) as server:
        model = ["--model", "openai/m", "--base-url", server.base_url, "--cache-dir", tmp_path / "cache"]
        options = [*model, "--engine", "ray", "--workers", "1", "--concurrency", "8"]
        with started("extract", papers, "-o", out, *options, RAY_ADDRESS=cluster.address) as process:
            assert watched.is_time.wait(60)
            process.send_signal(signal.SIGINT)
            status, stderr = ended(process)
        assert status == 130, stderr
        assert "interrupted: the same command goes on from here" in stderr
        assert watched.answered < 600
        expected = local_lines(papers, tmp_path, *model)
        kept = lines_of(out)
        assert kept
        assert expected.startswith(kept)
        done = absextract("extract", papers, "-o", out, *options, RAY_ADDRESS=cluster.address)
        assert done.returncode == 0, done.stderr
        assert lines_of(out) == expected


def test_workers_share_a_budget(tmp_path: Path, cluster: Any) -> None:
    papers, out = write_papers(tmp_path / "papers.jsonl", 900), tmp_path / "parts"
    watched = Watched(lambda _: False)
    with OpenAIServer(watched) as server:
        model = ["--model", "openai/m", "--base-url", server.base_url, "--max-reasks", "0", "--no-cache"]
        options = [*model, "--engine", "ray", "--workers", "1"]
        budget = ["--max-total-tokens", str(300 * 120)]
        done = absextract("extract", papers, "-o", out, *options, *budget, RAY_ADDRESS=cluster.address)
        assert done.returncode == 1, done.stderr
        assert "stopped at --max-total-tokens 36000" in done.stderr
        assert 200 < watched.answered <= 300
        assert 0 < len(lines_of(out).splitlines()) <= watched.answered


@pytest.fixture
def joined(cluster: Any) -> Iterator[None]:
    """Ray in this process."""
    ray.init(address=cluster.address, log_to_driver=False, logging_level="critical")
    yield
    ray.shutdown()


def test_a_dataset_of_ones_own(tmp_path: Path, joined: None) -> None:
    papers = [
        {"Title": "Heron", "summary": f"We present Heron. It reaches {i}.5% accuracy.", "n": i} for i in range(30)
    ]
    papers.append({"Title": None, "summary": "", "n": 30})
    records = str(tmp_path / "records")
    extract_dataset(ray.data.from_items(papers), model="builtin", workers=1).write_parquet(records)
    rows = ray.data.read_parquet(records).take_all()
    assert sorted(row["status"] for row in rows if row["title"] == "") == ["failed"]
    good = [row for row in rows if row["title"]]
    assert len(good) == 30
    for row in good:
        record = json.loads(row["record"])
        assert (row["id"], row["abstract"], row["error"]) == (record["id"], record["abstract"], None)
        assert record["extraction"]["results"][0]["score"] == f"{record['metadata']['n']}.5%"
    again = extract_dataset(ray.data.read_parquet(records).select_columns(["title", "abstract"]), model="builtin")
    again.write_json(str(tmp_path / "json"))
    lines = [line for path in (tmp_path / "json").iterdir() for line in path.read_text(encoding="utf-8").splitlines()]
    assert {json.loads(line)["id"] for line in lines} >= {row["id"] for row in good}


def test_a_dataset_can_be_asked_to_be_sure(joined: None) -> None:
    papers = [{"title": "Heron", "abstract": "We present Heron. It reaches 81.5% accuracy."}]
    for least, scores in ((0.0, ["81.5%"]), (1.0, [])):
        made = extract_dataset(ray.data.from_items(papers), model="builtin", min_confidence=least, workers=1).take_all()
        results = json.loads(made[0]["record"])["extraction"]["results"]
        assert [result["score"] for result in results] == scores


def test_a_dataset_behind_its_limit_says_what_is_undone(joined: None) -> None:
    papers = [{"title": "T", "abstract": f"We saw case {i}. It is new."} for i in range(40)]
    with OpenAIServer(answer) as server:
        made = extract_dataset(
            ray.data.from_items(papers),
            model="openai/m",
            base_url=server.base_url,
            cache=None,
            concurrency=4,
            max_reasks=0,
            max_answer_tokens=700,
            limits=Limits(max_total_tokens=3000),
            workers=1,
        ).take_all()
        assert len(server.requests) <= 25
        assert {request.body["max_completion_tokens"] for request in server.requests} == {700}
    assert len(made) == 40
    undone = [row for row in made if row["status"] == "undone"]
    assert len(undone) == 40 - len(server.requests)
    assert all(row["record"] is None and row["id"] for row in undone)


def test_a_model_that_refuses_the_key_ends_the_run(tmp_path: Path, cluster: Any, key: str) -> None:
    papers, out = write_papers(tmp_path / "papers.jsonl", 300), tmp_path / "parts"
    refused = Reply(status=401, body={"error": {"message": "Incorrect API key"}})
    with OpenAIServer(lambda _: refused) as server:
        options = ["--model", "openai/m", "--base-url", server.base_url, "--engine", "ray", "--no-cache"]
        done = absextract("extract", papers, "-o", out, *options, RAY_ADDRESS=cluster.address)
    assert done.returncode == 2, done.stderr
    assert "Incorrect API key" in done.stderr
    assert not out.exists()
