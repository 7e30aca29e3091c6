"""`absextract extract` as a person runs it: files in, files out, exit statuses, messages."""

from __future__ import annotations

import contextlib
import csv
import gzip
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import jsonschema
import pytest
from typer.testing import CliRunner

from absextract.cli import app
from command_line import absextract, records_in
from openai_server import OpenAIServer, Reply, Request, answers_by_abstract, completion
from papers import ABSTRACT, TITLE, truth

EXAMPLES = Path(__file__).parents[2] / "examples"


def _as_in_a_terminal() -> None:
    """Ctrl-C is heard, also where the tests themselves run in the background of a shell, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextlib.contextmanager
def piped(*args: Any) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes], IO[bytes]]]:
    """A run under way, with its standard input, output and error."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "absextract", *map(str, args)]
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, preexec_fn=_as_in_a_terminal
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        try:
            yield process, process.stdin, process.stdout, process.stderr
        finally:
            process.kill()


@pytest.fixture
def paper_file(tmp_path: Path) -> Path:
    path = tmp_path / "paper.jsonl"
    path.write_text(json.dumps({"title": TITLE, "abstract": ABSTRACT, "year": 2026}) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def test_the_examples_in_both_shapes(out: Path) -> None:
    done = absextract("extract", EXAMPLES / "trending.txt", EXAMPLES / "spaced.txt", "-o", out)
    assert done.returncode == 0, done.stderr
    records = records_in(out)
    assert [record["source"]["index"] for record in records] == [*range(7), *range(6)]
    schema = json.loads(absextract("schema", "record").stdout)
    for record in records:
        jsonschema.validate(record, schema)
        assert not [finding for finding in record["findings"] if finding["severity"] == "error"]
        for g in record["grounding"]:
            assert record[g["field"]][g["start"] : g["end"]]
    assert done.stdout == ""
    assert "a draft of the offline model" in done.stderr
    assert "13 records" in done.stderr


@pytest.mark.parametrize(
    "wrong", [["--columns", "abstract"], ["--schema", "no.py:Such"], ["--format", "csv"], ["--limit", "x"]]
)
def test_wrong_use_is_all_that_is_told(out: Path, wrong: list[str]) -> None:
    done = absextract("extract", EXAMPLES / "trending.txt", "-o", out, *wrong)
    assert (done.returncode, "offline model" in done.stderr) == (2, False)


def test_an_option_that_leaves_all_as_it_is_is_told(paper_file: Path, out: Path) -> None:
    with OpenAIServer(lambda request: completion(request, truth())) as server:
        model = ["--model", "openai/m", "--base-url", server.base_url]
        done = absextract("extract", paper_file, "-o", out, *model, "--min-confidence", "0.9")
    assert "--min-confidence had no effect: openai/m gives no confidence" in done.stderr
    assert len(records_in(out)[0]["extraction"]["results"]) == 3


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert absextract("extract", EXAMPLES / "spaced.txt", "-o", tmp_path / name, "-q").returncode == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_stdout_carries_data_alone(paper_file: Path) -> None:
    done = absextract("extract", "-", "-o", "-", "--model", "builtin", stdin=paper_file.read_bytes())
    (line,) = done.stdout.splitlines()
    record = json.loads(line)
    assert (record["source"], record["metadata"]) == ({"path": "-", "index": 0}, {"year": 2026})


def test_csv_tsv_and_gzip_give_the_same_extraction(paper_file: Path, tmp_path: Path) -> None:
    for delimiter, name in ((",", "p.csv"), ("\t", "p.tsv")):
        with open(tmp_path / name, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows([["Title", "Abstract"], [TITLE, ABSTRACT]])
    with gzip.open(tmp_path / "p.jsonl.gz", "wb") as packed:
        packed.write(paper_file.read_bytes())
    done = absextract(
        "extract", paper_file, tmp_path / "p.csv", tmp_path / "p.tsv", tmp_path / "p.jsonl.gz", "-o", "-", "-q"
    )
    assert done.returncode == 0, done.stderr
    extractions = [json.loads(line)["extraction"] for line in done.stdout.splitlines()]
    assert len(extractions) == 4
    assert all(extraction == extractions[0] for extraction in extractions)


def test_a_language_model_behind_a_server_and_its_cache(paper_file: Path, out: Path, tmp_path: Path) -> None:
    with OpenAIServer(answers_by_abstract({ABSTRACT: truth()})) as server:
        model = ("--model", "openai/m", "--base-url", server.base_url)
        first = absextract("extract", paper_file, "-o", out, *model, OPENAI_API_KEY="sk-secret-0123456789")
        again = absextract("extract", paper_file, "-o", tmp_path / "again.jsonl", *model)
        assert len(server.requests) == 1
    assert (first.returncode, again.returncode) == (0, 0)
    assert out.read_bytes() == (tmp_path / "again.jsonl").read_bytes()
    assert "1 from the cache" in again.stderr
    for file in (*tmp_path.glob("*"), *(tmp_path / "cache").glob("*")):
        assert file.is_dir() or b"sk-secret" not in file.read_bytes()
    info = absextract("cache", "info")
    assert "answers  1" in info.stdout
    assert "which held 1 readable answers" in absextract("cache", "clear").stdout
    assert absextract("cache", "info").stdout == f"no cache at {tmp_path / 'cache'}\n"


def test_looking_at_a_cache_makes_none(tmp_path: Path) -> None:
    for command in ("info", "clear"):
        done = absextract("cache", command, "--cache-dir", tmp_path / "none")
        assert (done.returncode, done.stdout) == (0, f"no cache at {tmp_path / 'none'}\n")
        assert not (tmp_path / "none").exists()


def test_what_is_no_cache_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "cache.db").write_bytes(b"no database" * 100)
    assert "cannot be opened" in " ".join(absextract("cache", "info").stderr.split())
    cleared = absextract("cache", "clear")
    assert cleared.returncode == 2
    assert "is no cache of absextract, and is left as it is" in " ".join(cleared.stderr.split())
    assert (tmp_path / "cache" / "cache.db").read_bytes() == b"no database" * 100


@pytest.mark.parametrize("model", ["anthropic/m", "openai/m"])
def test_the_base_url_of_openai_goes_to_no_other_provider(
    model: str, paper_file: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(**options: Any) -> None:
        raise LookupError(options["base_url"])

    monkeypatch.setattr("absextract.distributed.options.Extractor", asked)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    args = ["extract", str(paper_file), "-o", str(out), "--model", model]
    assert CliRunner().invoke(app.app, args).exception.args == (None,)  # type: ignore[union-attr]  # there is one


def test_openai_is_reached_by_its_base_url_in_the_environment(paper_file: Path, out: Path) -> None:
    with OpenAIServer(answers_by_abstract({ABSTRACT: truth()})) as server:
        done = absextract("extract", paper_file, "-o", out, "--model", "openai/m", OPENAI_BASE_URL=server.base_url)
        assert len(server.requests) == 1
    assert done.returncode == 0, done.stderr


def test_an_own_schema(paper_file: Path, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(
        "from typing import Annotated\nfrom pydantic import BaseModel\nfrom absextract import Mention\n\n\n"
        "class Card(BaseModel):\n    system: Annotated[str, Mention()] | None = None\n",
        encoding="utf-8",
    )
    schema = f"{tmp_path / 'own.py'}:Card"
    with OpenAIServer(lambda request: completion(request, {"system": "Curlew"})) as server:
        model = ("--model", "openai/m", "--base-url", server.base_url, "--max-reasks", "0")
        done = absextract("extract", paper_file, "-o", "-", "--schema", schema, *model)
    record = json.loads(done.stdout)
    assert record["extraction"] == {"system": None}
    assert record["findings"][0]["code"] == "mention_not_in_source"
    refused = absextract("extract", paper_file, "-o", "-", "--schema", schema)
    assert refused.returncode == 2
    assert "fills only the schema of papers" in refused.stderr
    assert json.loads(absextract("schema", schema).stdout)["required"] == ["system"]


def test_a_server_that_refuses_a_request_fails_the_record_and_exits_with_1(paper_file: Path, out: Path) -> None:
    with OpenAIServer(lambda _: Reply(status=400, body={"error": {"message": "too odd"}})) as server:
        done = absextract("extract", paper_file, "-o", out, "--model", "openai/m", "--base-url", server.base_url)
    assert done.returncode == 1
    assert records_in(out)[0]["error"] == {"code": "bad_request", "message": "HTTP 400: too odd"}
    assert "--retry-failed" in done.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"[]", "holds no records"),
        (b"\n\n \n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file"),
        (b"title,abstract\n" + b"\xe9" * 50, "not UTF-8"),
        (b"some prose, and nothing else\n", "format not recognised"),
        (b'{"title": "T", "abstract": "broken off', ":1: not valid JSON"),
        (b'{"name": "T"}\n', 'no column "abstract" or "summary"; found name; '),
        (b"a,b\n1,2\n", 'no column "abstract" or "summary"; found a, b; '),
    ],
)
def test_input_that_cannot_be_read_is_named_and_nothing_is_written(
    tmp_path: Path, out: Path, content: Any, message: str
) -> None:
    path = tmp_path / "input"
    path.write_bytes(content)
    out.write_text("keep me\n", encoding="utf-8")
    done = absextract("extract", path, "-o", out, "--overwrite")
    assert done.returncode == 2
    assert message in done.stderr
    assert str(path) in done.stderr
    assert "Traceback" not in done.stderr
    assert out.read_text(encoding="utf-8") == "keep me\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("extract", "missing.jsonl", "-o", "x"), "missing.jsonl: no such file"),
        (("extract", "{paper}"), "--output"),
        (("extract", "{paper}", "-o", "x", "--frobnicate"), "--frobnicate"),
        (("extract", "{paper}", "-o", "/nowhere/x"), "does not exist"),
        (("extract", "{paper}", "-o", "{folder}"), "is a folder"),
        (("extract", "{paper}", "-o", "x", "--model", "openai/m"), "OPENAI_API_KEY is not set"),
        (("extract", "{paper}", "-o", "x", "--model", "nonsense"), 'model "nonsense"'),
        (("extract", "{paper}", "-o", "x", "--schema", "nowhere.py:Thing"), "no such file"),
        (("extract", "{paper}", "-o", "x", "--format", "parquet"), "parquet"),
        (("extract", "{paper}", "-o", "x", "--overwrite", "--retry-failed"), "exclude each other"),
        (("validate", "missing.jsonl", "-o", "-"), "missing.jsonl"),
        (("schema", "nothing"), "FILE.py:Class or package.module:Class"),
    ],
)
def test_wrong_use_exits_with_2_and_a_message(
    args: tuple[str, ...], message: str, paper_file: Path, tmp_path: Path
) -> None:
    filled = [arg.format(paper=paper_file, folder=tmp_path) for arg in args]
    done = absextract(*filled)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_line_of_ten_megabytes_is_a_record_like_any_other(tmp_path: Path, out: Path) -> None:
    path = tmp_path / "long.jsonl"
    abstract = "We present Sandpiper. " + "It grows and grows. " * 500_000
    path.write_text(json.dumps({"title": "T", "abstract": abstract}) + "\n", encoding="utf-8")
    done = absextract("extract", path, "-o", out, "-q")
    assert done.returncode == 0, done.stderr
    assert records_in(out)[0]["abstract"] == abstract


def test_a_wrong_key_stops_with_2(paper_file: Path, out: Path) -> None:
    with OpenAIServer(lambda _: Reply(status=401, body={"error": {"message": "Incorrect API key"}})) as server:
        done = absextract("extract", paper_file, "-o", out, "--model", "openai/m", "--base-url", server.base_url)
    assert done.returncode == 2
    assert "Incorrect API key" in done.stderr
    assert not out.exists()


def test_ctrl_c_leaves_whole_lines_and_130(tmp_path: Path, out: Path) -> None:
    papers = tmp_path / "papers.jsonl"
    lines = [json.dumps({"id": str(i), "title": "T", "abstract": f"Abstract {i}."}) for i in range(60)]
    papers.write_text("\n".join(lines), encoding="utf-8")
    nothing: dict[str, Any] = {name: [] for name in ("tasks", "methods", "datasets", "metrics", "results", "links")}

    def slow(request: Request) -> Reply:
        return Reply(body=completion(request, nothing | {"code_url": None}).body, delay=0.2)

    with OpenAIServer(slow) as server:
        command = [sys.executable, "-m", "absextract", "extract", papers, "-o", out, "--concurrency", "2"]
        model = ["--model", "openai/m", "--base-url", server.base_url]
        process = subprocess.Popen(
            [*map(str, command), *model], stderr=subprocess.PIPE, text=True, preexec_fn=_as_in_a_terminal
        )
        assert process.stderr is not None
        while not out.exists():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        assert process.returncode == 130
        assert "the same command goes on from here" in stderr
        done = len(records_in(out))
        assert 0 < done < 60
        sent = len(server.requests)
        assert sent == done, "what was sent was awaited and written"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("to_file", [True, False])
def test_a_pipe_that_stalls_gives_what_it_gave_and_can_be_interrupted(
    out: Path, number: int, status: int, to_file: bool
) -> None:
    with piped("extract", "-", "-o", out if to_file else "-") as (process, stdin, stdout, stderr):
        for i in range(3):
            stdin.write(json.dumps({"id": str(i), "abstract": f"Abstract {i}."}).encode() + b"\n")
            while to_file and not (out.exists() and out.read_bytes().count(b"\n") > i):
                assert process.poll() is None
            assert to_file or json.loads(stdout.readline())["id"] == str(i)
        process.send_signal(number)
        assert process.wait(4) == status  # less than the grace for answers on their way: there are none
        said = stderr.read().decode()
    assert "the same command goes on from here" in said
    assert "Traceback" not in said
    assert "Fatal" not in said
    if to_file:
        assert [record["id"] for record in records_in(out)] == ["0", "1", "2"]
        assert json.loads(Path(f"{out}.run.json").read_text(encoding="utf-8"))["interrupted"] is True


def test_ctrl_c_ends_a_validation_that_waits_for_its_input() -> None:
    with piped("validate", "-", "-o", "-", "-q") as (process, stdin, stdout, stderr):
        stdin.write(b'{"abstract": "A.", "extraction": {"tasks": []}}\n')
        assert json.loads(stdout.readline())["status"] == "ok"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert b"Traceback" not in stderr.read()


def test_validate_command(tmp_path: Path, out: Path) -> None:
    false = truth()
    false["results"][0]["score"] = "93.1%"
    theirs = tmp_path / "theirs.jsonl"
    lines = [
        json.dumps({"title": TITLE, "abstract": ABSTRACT, "extraction": truth(), "tool": "theirs"}),
        json.dumps({"title": TITLE, "abstract": ABSTRACT, "extraction": false}),
        json.dumps({"title": TITLE, "abstract": ABSTRACT}),
        "{broken",
    ]
    theirs.write_text("\n".join(lines), encoding="utf-8")
    done = absextract("validate", theirs, "-o", out)
    assert done.returncode == 1
    ok, flagged, missing, broken = records_in(out)
    assert (ok["status"], ok["metadata"], ok["extractor"]["model"]) == ("ok", {"tool": "theirs"}, "external")
    assert (flagged["status"], len(flagged["extraction"]["results"])) == ("flagged", 2)
    assert missing["error"]["code"] == "no_extraction"
    assert broken["error"]["code"] == "bad_input"


@pytest.mark.parametrize("command", ["validate", "export", "report", "show"])
def test_a_file_without_records_is_refused_whatever_is_to_be_done_with_it(tmp_path: Path, command: str) -> None:
    empty, written = tmp_path / "empty.jsonl", tmp_path / ("out.csv" if command == "export" else "out")
    empty.write_bytes(b"\n")
    done = absextract(command, empty, *([] if command == "show" else ["-o", written]))
    assert (done.returncode, written.exists()) == (2, False)
    assert f"{empty}: holds no records" in done.stderr


def test_validating_leaves_a_foreign_file_and_replaces_records(out: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.jsonl"
    theirs.write_text(json.dumps({"title": TITLE, "abstract": ABSTRACT, "extraction": truth()}), encoding="utf-8")
    out.write_text("my notes\n", encoding="utf-8")
    refused = absextract("validate", theirs, "-o", out)
    assert (refused.returncode, out.read_text(encoding="utf-8")) == (2, "my notes\n")
    assert "choose another -o" in " ".join(refused.stderr.split())
    out.unlink()
    for _ in range(2):
        assert absextract("validate", theirs, "-o", out).returncode == 0
        assert len(records_in(out)) == 1
    written = json.loads(Path(f"{out}.run.json").read_text(encoding="utf-8"))
    assert (written["records"], written["settings"]["inputs"]) == (1, [str(theirs)])


def test_a_validation_that_fails_half_way_leaves_the_former_records(out: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.jsonl.gz"
    line = json.dumps({"title": TITLE, "abstract": ABSTRACT, "extraction": truth()}).encode() + b"\n"
    theirs.write_bytes(gzip.compress(line))
    assert absextract("validate", theirs, "-o", out).returncode == 0
    before = out.read_bytes()
    theirs.write_bytes(gzip.compress(line * 3) + gzip.compress(line * 9)[:-8])
    assert absextract("validate", theirs, "-o", out).returncode == 2
    assert out.read_bytes() == before
    assert not Path(f"{out}.partial").exists()


def test_fields_of_foreign_lines_that_are_named_like_ours_stay(out: Path, tmp_path: Path) -> None:
    own = {"status": "done", "error": "none", "findings": [], "source": "there", "metadata": {"a": 1}, "extractor": "x"}
    theirs = tmp_path / "theirs.jsonl"
    theirs.write_text(json.dumps({"title": TITLE, "abstract": ABSTRACT, "extraction": truth()} | own), encoding="utf-8")
    assert absextract("validate", theirs, "-o", out).returncode == 0
    (record,) = records_in(out)
    assert record["metadata"] == own
    assert (record["source"], record["extractor"]["model"]) == ({"path": str(theirs), "index": 0}, "external")


def test_validating_our_own_records_changes_nothing_but_forgets_nothing(out: Path, tmp_path: Path) -> None:
    absextract("extract", EXAMPLES / "trending.txt", "-o", out, "-q")
    absextract("validate", out, "-o", tmp_path / "checked.jsonl", "-q")
    written, checked = records_in(out), records_in(tmp_path / "checked.jsonl")
    assert any(record["findings"] != again["findings"] for record, again in zip(written, checked, strict=True))
    for record in written:  # what was left out is not there to be told of again
        record["findings"] = [finding for finding in record["findings"] if finding["code"] != "confidence_low"]
    assert checked == written


def test_only_what_is_sure_enough_is_written_when_that_is_asked_for(out: Path, tmp_path: Path) -> None:
    """Whatever moves up where something goes, a confidence stays with its value."""
    ours = EXAMPLES / "trending.txt"
    absextract("extract", ours, "-o", out, "-q", "--min-confidence", "0")
    values = {record["id"]: confidences(record) for record in records_in(out)}
    assert any(each[0] < 0.8 for value in values.values() for each in value)
    done = absextract("extract", ours, "-o", tmp_path / "sure.jsonl", "--min-confidence", "0.8")
    assert (done.returncode, "left out as unsure" in done.stderr) == (0, True)
    for record in records_in(tmp_path / "sure.jsonl"):
        assert confidences(record) == [each for each in values[record["id"]] if each[0] >= 0.8]
    assert (
        json.loads((tmp_path / "sure.jsonl.run.json").read_text(encoding="utf-8"))["settings"]["min_confidence"] == 0.8
    )
    again = absextract("extract", ours, "-o", out, "--min-confidence", "0.8")
    assert (again.returncode, "made with min_confidence 0.0, this run has 0.8" in again.stderr) == (2, True)
    assert absextract("extract", ours, "-o", out, "--min-confidence", "80").returncode == 2


def confidences(record: dict[str, Any]) -> list[tuple[float, str]]:
    """How sure each value is, and what stands in the text for it; parts may go with their score."""
    parts = ("/metric", "/dataset", "/method", "/baseline", "/setting")
    places = (p for p in record["grounding"] if "confidence" in p and not p["path"].endswith(parts))
    return [(each["confidence"], record[each["field"]][each["start"] : each["end"]]) for each in places]


def test_help_and_version() -> None:
    for args in (["--help"], ["extract", "--help"], ["validate", "--help"], ["schema", "--help"], ["cache", "--help"]):
        done = absextract(*args)
        assert done.returncode == 0
        assert "Usage" in done.stdout
    assert absextract("--version").stdout.startswith("absextract ")


def test_links_are_checked_when_asked_for(tmp_path: Path, out: Path) -> None:
    theirs = tmp_path / "theirs.jsonl"
    line = {"title": "T", "abstract": "Code: http://127.0.0.1/a", "extraction": {"code_url": "http://127.0.0.1/a"}}
    theirs.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert absextract("validate", theirs, "-o", out).returncode == 0
    assert "link_unreachable" not in out.read_text(encoding="utf-8")
    assert absextract("validate", theirs, "-o", out, "--check-links").returncode == 0
    (record,) = records_in(out)
    found = [f for f in record["findings"] if f["code"] == "link_unreachable"]
    assert [f["path"] for f in found] == ["/code_url"]
    assert "refused" in found[0]["message"]
