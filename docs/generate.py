"""Writes `commands.md` from the help of the commands, the table of formats in `inputs.md`, and
the examples of the README and of `offline-model.md`, which need bash and jq.

Run it after a change to one of them, or to the offline model: `python docs/generate.py`.
"""

from __future__ import annotations

import inspect
import json
import re
import shlex
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer
from typer.testing import CliRunner

from absextract import extract
from absextract.cli.app import app
from absextract.cli.deferred import Group
from absextract.cli.help_layout import in_groups
from absextract.sources.format_facts import FACTS
from absextract.sources.read import FORMATS

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
_FORMATS, _END = "<!-- formats: written by `python docs/generate.py` -->", "<!-- end -->"
_COLUMNS = ("`--format`", "what it is", "where people get it", "title", "abstract", "id", "metadata")
_HEAD = """# Commands

Written by `python docs/generate.py` from what `--help` says. Data goes to stdout, everything else to stderr. Exit
status: 0 every record done; 1 some failed or were left undone by a limit; 2 wrong use or unreadable input; 130
interrupted (143 by SIGTERM).
"""


def main() -> None:
    """Writes the pages."""
    (HERE / "commands.md").write_text(commands_page(), encoding="utf-8")
    (HERE / "inputs.md").write_text(inputs_page(), encoding="utf-8")
    README.write_text(readme(), encoding="utf-8")
    (HERE / "offline-model.md").write_text(offline_page(), encoding="utf-8")


def inputs_page() -> str:
    """The page of inputs, with the table of formats as it should be."""
    page = (HERE / "inputs.md").read_text(encoding="utf-8")
    before, begin, rest = page.partition(_FORMATS)
    _, end, behind = rest.partition(_END)
    rows = (_format_row(f"`{name}`", *FACTS[name][:-1]) for name in FORMATS)
    table = [_format_row(*_COLUMNS), "|---" * len(_COLUMNS) + "|", *rows]
    return before + begin + "\n" + "\n".join(table) + "\n" + end + behind


def readme() -> str:
    """The README with what comes out for its abstract: the values as they are printed, and the first result as JSON."""
    page = README.read_text(encoding="utf-8")
    (text,) = re.findall(r'^    absextract try "(.*?)"$', page, re.DOTALL | re.MULTILINE)
    abstract = textwrap.dedent(f"    {text}")
    printed = CliRunner().invoke(app, ["try", abstract, "--model", "builtin"]).stdout.split("\n\n")
    record = json.loads(extract(abstract, model="builtin").to_json())
    place = next(each for each in record["grounding"] if each["path"] == "/results/0/score")
    values = f"{printed[-2]}\n\n{printed[-1].splitlines()[0]}"
    result = textwrap.fill(json.dumps(record["extraction"]["results"][0]), 112, break_on_hyphens=False)
    for begin, block in (("tasks ", values), ('{"score"', f"{result}\n{json.dumps(place)}")):
        shown = re.compile(rf"^    {re.escape(begin)}.*?\n(?=\n\S)", re.DOTALL | re.MULTILINE)
        page = shown.sub(lambda _, block=block: textwrap.indent(block, "    ") + "\n", page)  # type: ignore[misc]
    return page


def offline_page() -> str:
    """The page of what the offline model gets wrong, with what comes out now; what it says of that is for a person."""
    page = (HERE / "offline-model.md").read_text(encoding="utf-8")
    return re.sub(
        r"(```sh\n(.*?)```\n\n```text\n).*?(?=```)", lambda each: each[1] + _printed(each[2]), page, flags=re.DOTALL
    )


def _printed(script: str) -> str:
    """What a script for bash prints, in a folder of its own."""
    command = f'absextract() {{ {shlex.quote(sys.executable)} -m absextract "$@"; }}\n{script}'
    with tempfile.TemporaryDirectory() as folder:
        words = ["bash", "-euo", "pipefail", "-c", command]
        return subprocess.run(words, cwd=folder, stdout=subprocess.PIPE, text=True, check=True).stdout


def _format_row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def commands_page() -> str:
    """All commands, one after the other."""
    return "\n".join([_HEAD, *_sections(typer.main.get_command(app), "absextract")])


def _sections(command: Any, name: str) -> Iterator[str]:
    if isinstance(command, Group):
        for key, each in command.loaded().items():
            yield from _sections(each, f"{name} {key}")
        return
    arguments = [_argument(each) for each in command.params if each.param_type_name == "argument"]
    yield f"## {name}\n\n    {' '.join([name, *arguments, '[OPTIONS]'])}\n"
    yield f"{_paragraphs(command.help)}\n"
    types = get_type_hints(inspect.unwrap(command.callback))
    rows, group = [], None
    for each in in_groups([each for each in command.params if each.name in types]):
        if (panel := getattr(each, "rich_help_panel", None)) != group:
            rows.append(f"| **{panel}** | |")
            group = panel
        rows.append(_row(each, _choices(types[each.name])))
    if rows:
        yield "\n".join(["| | |", "|---|---|", *rows, ""])


def _argument(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper()
    return f"{name}..." if parameter.nargs == -1 and not name.endswith("...") else name


def _paragraphs(text: str) -> str:
    """The help as it is wrapped, with its example as code."""
    text, _, example = inspect.cleandoc(text).partition("Example: ")
    return f"{text.strip()}\n\n    {' '.join(example.split())}" if example else text.strip()


def _choices(kind: Any) -> list[str]:
    """What an option may be, where that is a closed list."""
    for each in (kind, *get_args(kind)):
        if isinstance(each, type) and issubclass(each, Enum):
            return [member.name for member in each]
    return [each for each in get_args(kind) if isinstance(each, str)]


def _row(parameter: Any, choices: list[str]) -> str:
    names = ", ".join(sorted(parameter.opts, key=len, reverse=True))
    if parameter.param_type_name == "argument":
        name = _argument(parameter)
    else:
        name = f"{names} {parameter.metavar}" if parameter.metavar else names
    said = [parameter.help or ""]
    if choices and ", ".join(choices) not in said[0]:
        said.append(f"One of {', '.join(f'`{each}`' for each in choices)}.")
    if parameter.required:
        said.append("Required.")
    elif default := _default(parameter):
        said.append(f"Default: {default}.")
    if parameter.envvar:
        said.append(f"Environment: `{parameter.envvar}`.")
    # a bar would end the cell, and the site shows the backslash before one in a code span
    shown = f"<code>{name.replace('|', '&#124;')}</code>" if "|" in name else f"`{name}`"
    return f"| {shown} | {' '.join(said)} |"


def _default(parameter: Any) -> str:
    shown = getattr(parameter, "show_default", None)
    if isinstance(shown, str):
        return shown
    default = parameter.default
    return "" if default in (None, False, "") or callable(default) or shown is False else f"`{default}`"


if __name__ == "__main__":
    main()
