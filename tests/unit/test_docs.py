"""What the documents promise is there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from absextract.cli.app import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, Any]:
    found: dict[str, Any] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # a group
    return found


def test_every_command_is_documented_and_helped() -> None:
    for name, command in commands().items():
        assert f"absextract {name}" in README, name
        assert command.help, name


def test_every_option_of_the_readme_exists() -> None:
    known = {opt for command in commands().values() for param in command.params for opt in param.opts}
    known |= {"--version", "--help", "--install-completion"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= known


def test_python_examples_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    monkeypatch.chdir(ROOT)
    for block in blocks:
        exec(compile(block, "README.md", "exec", dont_inherit=True), {"__name__": "readme"})


def test_the_demo_ends_with_what_to_do_next(tmp_path: Path) -> None:
    said = re.findall(r'@echo "(.*)"', (ROOT / "Makefile").read_text(encoding="utf-8"))
    facts = tmp_path / "facts.jsonl"
    CliRunner().invoke(app, ["extract", str(ROOT / "examples" / "trending.txt"), "-o", str(facts), "-q"])
    assert len(said) == 2
    for line in said:
        assert f"\n    {line.replace('$(BIN)', '.venv/bin')}\n" in README
        _, _, options = line.replace("examples", str(tmp_path)).partition("$(BIN)/absextract ")
        assert CliRunner().invoke(app, options.split()).exit_code == 0


def test_the_output_shown_in_the_readme_is_what_comes_out(tmp_path: Path) -> None:
    examples = [str(ROOT / "examples" / name) for name in ("trending.txt", "spaced.txt")]
    command = [sys.executable, "-m", "absextract", "extract", *examples, "-o", str(tmp_path / "facts.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"COLUMNS": "96"}, check=True)
    for row in re.findall(r"^    (│.*)$", README, re.MULTILINE):
        assert row in done.stderr
    record = json.loads((tmp_path / "facts.jsonl").read_text(encoding="utf-8").splitlines()[1])
    shown = README.partition('{"schema_version"')[2]
    for value in (record["id"], *record["extraction"]["methods"], record["extraction"]["code_url"]):
        assert json.dumps(value) in shown
    code_url = next(g for g in record["grounding"] if g["path"] == "/code_url")
    assert json.dumps(code_url) in shown
    assert f'"status": {json.dumps(record["status"])}' in shown
    assert f'"findings": [{json.dumps(record["findings"][0])}, …]' in re.sub(r"\n\s+", " ", shown)


def test_nothing_committed_names_a_registry_or_a_path_of_this_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    for name in tracked.stdout.splitlines():
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        assert str(ROOT) not in text, name
        assert not re.search(r"https?://[^ ]*(?:/simple\b|\.whl\b)", text), name
