"""`absextract try` as a person runs it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from command_line import absextract
from openai_server import OpenAIServer, Reply, Request, completion, error
from papers import TEXT, TITLE

EXAMPLES = Path(__file__).parents[2] / "examples"
PASTED = "We present Heron. It reaches 81.2% accuracy on NestBench."
SCORE = r"^results   score 81\.2% \(0\.\d\d\)  metric accuracy .*dataset NestBench .*kind value$"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ABSEXTRACT_CACHE_DIR", str(tmp_path / "cache"))
    Path("paper.txt").write_text(TEXT, encoding="utf-8")


@pytest.mark.parametrize("text", [PASTED, f"Heron\n\n{PASTED}", f"Heron\r\n \r\n{PASTED}\r\n", f"We use C#.\n{PASTED}"])
def test_a_text_given_or_piped_is_drawn_with_values_and_confidence(text: str) -> None:
    given, piped = absextract("try", text), absextract("try", "-", stdin=text.encode())
    assert (given.returncode, given.stdout, given.stderr) == (0, piped.stdout, piped.stderr)
    assert re.search(SCORE, given.stdout, re.MULTILINE)
    assert given.stdout.startswith("Heron\n" if text.startswith("Heron") else "ok  ")


def test_pasted_text_without_a_title_stays_abstract_however_many_paragraphs_it_has() -> None:
    first = "Birds that nest late find less food, and nobody knows what they do about it. " * 8
    shown = absextract("try", f"{first}\n\n{PASTED}").stdout
    assert shown.startswith("ok  ")
    assert re.search(SCORE, shown, re.MULTILINE)


def test_it_draws_what_show_draws(tmp_path: Path) -> None:
    absextract("extract", "paper.txt", "-o", "facts.jsonl", "-q")
    plain = absextract("try", "paper.txt").stdout
    assert plain == absextract("show", "facts.jsonl", "1").stdout
    coloured = absextract("try", "paper.txt", FORCE_COLOR="1", TERM="xterm-256color").stdout
    assert coloured == absextract("show", "facts.jsonl", "1", FORCE_COLOR="1", TERM="xterm-256color").stdout
    assert "\x1b[1;34mSandpiper\x1b[0m" in coloured
    assert "\x1b" not in plain


@pytest.mark.parametrize("which", ["2", "266fbde7d085", "kestrel", "KESTREL: teaching"])
def test_a_paper_of_a_file_is_found_by_number_id_or_title(which: str) -> None:
    done = absextract("try", f"{EXAMPLES / 'trending.txt'}#{which}")
    assert (done.returncode, done.stdout.splitlines()[0][:8]) == (0, "Kestrel:")


def test_a_name_with_a_number_sign_is_a_name() -> None:
    Path("a#b.txt").write_text(TEXT, encoding="utf-8")
    for name in ("a#b.txt", "a#b.txt#1"):
        assert absextract("try", name).stdout.startswith(TITLE)


@pytest.mark.parametrize(
    ("args", "stdin", "message"),
    [
        (("",), b"", "no text: give an abstract"),
        (("-",), b" \n", "no text: give an abstract"),
        (("-",), b"We reach \xff", "not valid UTF-8"),
        (("-",), b"We reach 3%. " * 20_000, "more than one abstract"),
        (("-",), b'{"title": "a", "abstract": "b"}', "JSON or XML, not an abstract"),
        (("missing.jsonl",), b"", "missing.jsonl: no such file"),
        (("missing.jsonl#3",), b"", "missing.jsonl: no such file"),
        (("paper.txt#9",), b"", 'no record has the number or id "9"'),
        ((str(EXAMPLES / "trending.txt"),), b"", "trending.txt#2 Kestrel"),
        (("untitled.txt",), b"", "absextract try - < untitled.txt"),
        (("torn.jsonl#2",), b"", "torn.jsonl:2: not valid JSON"),
        ((PASTED, "--model", "nonsense"), b"", 'expected "builtin" or "provider/model"'),
        ((PASTED, "--model", "openai/m"), b"", "OPENAI_API_KEY is not set"),
        ((PASTED, "--schema", "missing.py:Trial"), b"", "missing.py: no such file"),
        ((PASTED, "--schema", "absextract:Number"), b"", "no Pydantic model"),
    ],
)
def test_wrong_use_exits_with_2_and_says_what_to_do(
    args: tuple[str, ...], stdin: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    Path("untitled.txt").write_text(PASTED, encoding="utf-8")
    Path("torn.jsonl").write_text('{"title": "A", "abstract": "We reach 3%."}\n{"title"\n', encoding="utf-8")
    done = absextract("try", *args, stdin=stdin)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())


def claimed(request: Request) -> Reply:
    return completion(request, {"methods": ["Heron", "Invented"], "tasks": []})


def test_a_language_model_is_asked_and_its_unsupported_values_are_told(key: str) -> None:
    with OpenAIServer(claimed) as server:
        done = absextract("try", PASTED, "--model", "openai/m", "--base-url", server.base_url)
    assert done.returncode == 0
    assert "methods   Heron\n" in done.stdout
    assert "dropped methods 2 Invented" in done.stdout
    assert done.stderr.splitlines()[-1] == (
        f"next: absextract extract papers.jsonl -o facts.jsonl --model openai/m --base-url {server.base_url}"
        "  # a whole file"
    )


def test_a_schema_of_ones_own_is_drawn(key: str) -> None:
    Path("own.py").write_text(
        "from typing import Annotated\nfrom pydantic import BaseModel\nfrom absextract import Mention\n\n"
        "class Birds(BaseModel):\n    birds: list[Annotated[str, Mention()]] = []\n",
        encoding="utf-8",
    )
    with OpenAIServer(lambda request: completion(request, {"birds": ["Heron"]})) as server:
        options = ("--model", "openai/m", "--base-url", server.base_url, "--schema", "own.py:Birds")
        done = absextract("try", PASTED, *options)
    assert "birds     Heron\n" in done.stdout
    assert "--schema own.py:Birds" in done.stderr.splitlines()[-1]


def test_a_model_that_fails_exits_with_1_and_a_paper_without_abstract_with_0(key: str) -> None:
    with OpenAIServer(lambda request: error(400, "no such thing")) as server:
        done = absextract("try", PASTED, "--model", "openai/m", "--base-url", server.base_url)
    assert done.returncode == 1
    assert "failed " in done.stdout
    assert done.stderr.splitlines()[-1].startswith("next: mend --model")
    assert absextract("try", "[No abstract available]").returncode == 0


def test_the_last_line_is_a_command_for_the_file_at_hand() -> None:
    last = absextract("try", "paper.txt#1").stderr.splitlines()[-1]
    command = re.fullmatch(r"next: absextract (.*?)  # a whole file; --model .*", last)
    assert command, last
    assert absextract(*command[1].split()).returncode == 0
    (record,) = map(json.loads, Path("facts.jsonl").read_text(encoding="utf-8").splitlines())
    assert record["title"] == TITLE
