"""What the documents promise is there."""

from __future__ import annotations

import re
import runpy
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from absextract import __version__
from absextract.cli.app import app
from absextract.cli.deferred import Group

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, Any]:
    found: dict[str, Any] = dict(typer.main.get_command(app).loaded())  # type: ignore[attr-defined]  # a group
    return found


def test_every_command_is_documented_and_helped() -> None:
    reference = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in commands().items():
        assert f"\n## absextract {name}" in reference, name
        assert command.help, name


def every_command() -> Iterator[tuple[str, Any]]:
    """The commands with those of groups, by their whole name."""
    for name, command in commands().items():
        if isinstance(command, Group):
            yield from ((f"{name} {inner}", each) for inner, each in command.loaded().items())
        else:
            yield name, command


def test_every_command_has_an_example_that_begins_with_its_name() -> None:
    for name, command in every_command():
        assert f"Example: absextract {name}" in " ".join(command.help.split()), name


def test_the_list_of_commands_says_what_their_help_begins_with() -> None:
    listed = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group
    for name, command in commands().items():
        assert command.help.splitlines()[0] == listed[name].help


def test_every_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"(?:^    |`)absextract (\w+)", README, re.MULTILINE))
    assert {"extract", "try", "validate"} <= named <= set(commands())


def test_the_readme_is_read_in_a_few_minutes() -> None:
    assert len(README.splitlines()) <= 120


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
    assert re.search(r"^    make demo ", README, re.MULTILINE)
    for line in said:
        _, _, options = line.replace("examples", str(tmp_path)).partition("$(BIN)/absextract ")
        assert CliRunner().invoke(app, options.split()).exit_code == 0


def test_the_output_shown_in_the_readme_is_what_comes_out() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "generate.py"))["readme"]()
    assert page == README, "run python docs/generate.py, and look at what has changed"
    for begin in (
        "methods   Sandpiper (",
        "results   score 91.3% (",
        '{"score": "91.3%", "kind": "value", "metric": "F1"',
    ):
        assert f"\n    {begin}" in README


def test_nothing_committed_names_a_registry_or_a_path_of_this_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    for name in tracked.stdout.splitlines():
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        assert str(ROOT) not in text, name
        assert not re.search(r"https?://[^ ]*(?:/simple\b|\.whl\b)", text), name


def test_the_version_and_its_date_are_the_same_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = re.findall(r"^## (\S+) - (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r'^(?:version|date-released): "?([^"\n]+)', citation, re.MULTILINE) == [*changes[0]]
    assert changes[0][0] == __version__
