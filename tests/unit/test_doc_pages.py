"""The pages of docs/: every code block runs, every link leads somewhere, nothing that can be counted is missing."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import absextract
from absextract.sources.read import FORMATS
from batch_server import BatchServer
from openai_server import Reply, Request, completion

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SERVERS = re.compile(r"http://localhost:\d+/v1")
TOOLS = ("jq", "sqlite3")
PACKAGES = ("duckdb", "pandas", "polars")
CODE = re.compile(
    r'(?:(?:Problem|_warning|AnswerError|ProviderError)\(\s*|code=|^_\w+ = \()"([a-z]+(?:_[a-z]+)+)"', re.MULTILINE
)


def blocks(page: str) -> Iterator[tuple[str, str]]:
    yield from BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))


def answer(request: Request) -> Reply:
    """Nothing found, in whatever schema was asked for."""
    asked = json.dumps(request.body)
    return completion(request, {"doses": []} if "doses" in asked else {"tasks": [], "code_url": None})


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A folder as a reader has it before them, and a server that answers; gives its address."""
    for name in ("examples", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.jsonl", "*.run.json"))
    command = tmp_path / "bin" / "absextract"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m absextract "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(absextract.__file__).parents[1]))  # also where it was given relatively
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.chdir(tmp_path)
    with BatchServer(answer) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        yield server.base_url


@pytest.mark.parametrize("page", PAGES)
def test_every_code_block_runs_and_prints_what_is_shown(page: str, desk: str) -> None:
    if not shutil.which("bash"):
        pytest.skip("the blocks are for bash")
    names: dict[str, Any] = {"__name__": page}
    printed: str | None = None
    for kind, text in blocks(page):
        match kind:
            case "sh":
                printed = run_in_shell(SERVERS.sub(desk, text))
            case "python" if not any(f"import {package}" in text for package in missing_packages()):
                exec(compile(text, page, "exec", dont_inherit=True), names)
            case "text" if printed is not None:
                assert printed == text
            case "python" | "text":
                continue  # its package or tool is not installed
            case _:
                pytest.fail(f"{page}: what is to be done with a block of {kind}?")


def run_in_shell(script: str) -> str | None:
    """What a script prints; None where it needs a tool that is not there."""
    if any(re.search(rf"^\s*{tool} |\| {tool} ", script, re.MULTILINE) for tool in TOOLS if not shutil.which(tool)):
        return None
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, f"{script}\n{done.stderr}"
    return done.stdout


def missing_packages() -> list[str]:
    return [package for package in PACKAGES if importlib.util.find_spec(package) is None]


@pytest.mark.parametrize("page", [*PAGES, "../README.md"])
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((DOCS / page).parent / target).exists(), target


def test_the_command_reference_is_what_the_commands_say() -> None:
    page = runpy.run_path(str(DOCS / "generate.py"))["commands_page"]()
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == page, "run python docs/generate.py"


def test_the_table_of_formats_has_them_all_as_they_are() -> None:
    text = (DOCS / "inputs.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == list(FORMATS)
    page = runpy.run_path(str(DOCS / "generate.py"))["inputs_page"]()
    assert text == page, "run python docs/generate.py"


def test_every_code_is_explained() -> None:
    package = Path(absextract.__file__).parent
    findings = codes_in(*(package / "validation").glob("*.py"))
    folders = (package / name for name in ("batch_api", "distributed", "extractors", "runs"))
    files = (file for folder in folders for file in folder.rglob("*.py"))
    errors = codes_in(*files, package / "records.py")
    assert {"number_not_in_source", "binding_conflict", "schema_mismatch", "link_unreachable"} <= findings
    assert {"bad_input", "answer_not_json"} <= errors
    for page, codes in (("validation.md", findings), ("record.md", errors)):
        explained = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", (DOCS / page).read_text(encoding="utf-8")))
        assert codes - explained == set(), page


def codes_in(*files: Path) -> set[str]:
    return {code for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_every_field_of_a_record_is_explained() -> None:
    text = (DOCS / "record.md").read_text(encoding="utf-8")
    for model in (absextract.Record, absextract.PaperExtraction, absextract.Grounding, absextract.Finding):
        for name in model.model_fields:
            assert f"`{name}`" in text, name
