"""The layers of the package: imports point down, siblings do not meet."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import absextract
from absextract.cli.app import app

ROOT = Path(absextract.__file__).parent

BOTTOM = {
    "attribution", "choices", "data_folder", "display", "entities", "errors", "garbage", "ordered", "patterns",
    "reading", "records", "schema", "text", "version",
}  # fmt: skip
EXTRACTORS = {"extractors.answers", "extractors.builtin", "extractors.llm"}
PIPELINE = (
    BOTTOM
    | EXTRACTORS
    | {"agreement", "attempts", "own_results", "pipeline", "several_answers", "validation", "worked_examples"}
)
RUNS = PIPELINE | {"given_papers", "one_shot", "output", "record_list", "sources"}
TOOLS = RUNS | {"runs"}  # what stands beside each other on top of everything but the command line
BUILTIN = "extractors.builtin"

# What each room may import besides itself. A room is a package or a module beside the packages; those of the extractors
# are told apart. What is not listed here has no place in the design yet.
MAY_IMPORT = {
    "choices": set(),
    "data_folder": set(),
    "errors": set(),
    "garbage": set(),
    "ordered": set(),
    "patterns": set(),
    "version": set(),
    "display": {"patterns"},
    "records": {"display"},
    "text": {"patterns"},
    "reading": {"patterns", "text"},
    "attribution": {"patterns", "reading", "text"},
    "schema": {"errors", "text"},
    "entities": {"errors", "patterns", "records", "schema", "text"},
    "sources": BOTTOM,
    "extractors": set(),
    "extractors.answers": BOTTOM,
    "extractors.llm": BOTTOM | {"extractors.answers"},
    BUILTIN: BOTTOM | {"extractors.answers"} | {f"{BUILTIN}.{room}" for room in ("names", "numbers", "weights")},
    f"{BUILTIN}.weights": {"text"},
    f"{BUILTIN}.names": {"patterns", "text", "reading", f"{BUILTIN}.weights"},
    f"{BUILTIN}.numbers": {"attribution", "patterns", "schema", "text", "reading", f"{BUILTIN}.weights"},
    "validation": BOTTOM,
    "output": BOTTOM,
    "own_results": BOTTOM,
    "agreement": BOTTOM | {"validation"},
    "attempts": BOTTOM | {"extractors.answers", "validation"},
    "several_answers": BOTTOM | {"agreement", "attempts", "extractors.answers"},
    "worked_examples": BOTTOM | {"extractors.llm", "validation"},
    "pipeline": PIPELINE,
    "given_papers": {"errors", "records", "sources"},
    "record_list": {"display", "pipeline", "records"},
    "one_shot": PIPELINE | {"given_papers", "record_list"},
    "runs": RUNS,
    "batch_api": TOOLS,
    "distributed": TOOLS,
    "evaluation": TOOLS,
    "tables": TOOLS,
    "boards": TOOLS | {"tables"},
    "report": TOOLS | {"boards"},
    "review": TOOLS | {"evaluation"},
    "cli": TOOLS | {"batch_api", "boards", "distributed", "evaluation", "report", "review", "tables"},
    "__main__": {"cli"},
    "__init__": TOOLS | {"evaluation", "tables"},
}

# Names that several rooms share because each does its own part of the same subject.
SHARED_NAMES = {
    "backend.py": {"extractors.builtin", "extractors.llm"},  # the two ways to fill a schema
    "jsonl.py": {"output", "sources"},  # reader and writer
    "links.py": {"extractors.builtin", "validation"},  # finds them, checks them
    "model.py": {"extractors.builtin.names", "extractors.builtin.numbers"},  # what was learned of each
}

MOST_LINES = 400
TEXTS = (".css", ".html", ".js", ".py")
HEAVY = ("instructor", "openai", "openpyxl", "pyarrow", "ray")


def modules() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name below the root, `schema.paper`; packages by their own."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


MODULES = modules()
PACKAGES = {".".join(path.parent.relative_to(ROOT).parts) for path in ROOT.rglob("__init__.py")}


def imports(name: str, tree: ast.AST) -> Iterator[tuple[str, ast.ImportFrom]]:
    """The package's own modules that a module imports from."""
    package = name.split(".") if name in PACKAGES else name.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            target = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            for alias in node.names:
                inner = f"{target}.{alias.name}".strip(".")
                yield (inner if inner in MODULES else target), node


def room(name: str) -> str:
    """The innermost room that a module stands in."""
    inside = name
    while inside not in MAY_IMPORT and "." in inside:
        inside = inside.rpartition(".")[0]
    return inside


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_down(name: str) -> None:
    assert room(name) in MAY_IMPORT, f"say in MAY_IMPORT where {room(name)} stands"
    allowed = MAY_IMPORT[room(name)] | {room(name)}
    assert {target for target, _ in imports(name, MODULES[name]) if room(target) not in allowed} == set()


def test_every_package_is_a_room() -> None:
    assert PACKAGES - {""} <= set(MAY_IMPORT)


@pytest.mark.parametrize("name", MODULES)
def test_imports_of_the_package_are_relative_and_never_of_its_root(name: str) -> None:
    absolute = [
        node.lineno
        for node in ast.walk(MODULES[name])
        if (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "absextract" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == "absextract")
    ]
    assert absolute == []
    assert [node.lineno for target, node in imports(name, MODULES[name]) if target in ("", "__init__")] == []


def test_there_are_no_import_cycles() -> None:
    graph = {name: {target for target, _ in imports(name, tree)} - {name} for name, tree in MODULES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(" -> ".join(cycle.args[1]))


LISTED: dict[str, Any] = vars(get_command(app))["commands"]
COMMANDS = {f"cli.{each.deferred.place.partition(':')[0]}" for each in LISTED.values()}
LOADED_WHEN_ASKED_FOR = {
    ("runs.validate_many", "validation.link_check"),  # it brings an HTTP client
    ("pipeline", "extractors.builtin.backend"),  # it brings weights that no language model needs
    *((user, f"validation.{name}") for user in ("attempts", "worked_examples") for name in ("conform", "validator")),
    ("pipeline", "own_results"),  # as what checks: it is loaded while the first answer is waited for
    ("pipeline", "several_answers"),
    ("pipeline", "entities.linking"),
    ("cli.extraction", "cli.table"),
    ("cli.extraction", "distributed.ray_run"),
    ("cli.prompt_files", "evaluation.gold_examples"),
    ("distributed", "distributed.row_dataset"),
    ("cli.entry", "garbage"),  # nothing is loaded before something is said
    ("cli.entry", "cli.app"),  # until it is there, Ctrl-C ends the process at once
}


@pytest.mark.parametrize("name", MODULES)
def test_no_function_imports_modules_of_the_package(name: str) -> None:
    if name in COMMANDS:  # a command loads what it does when it is used, so that its help comes at once
        return
    local = [
        node.lineno
        for function in ast.walk(MODULES[name])
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for module, node in imports(name, function)
        if (name, module) not in LOADED_WHEN_ASKED_FOR
    ]
    assert local == []


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_no_package_lifts_a_name_that_hides_one_of_its_modules(name: str) -> None:
    package = name or "__init__"
    prefix = f"{name}." if name else ""
    below = {other.removeprefix(prefix).split(".")[0] for other in MODULES if other.startswith(prefix)}
    lifted = {
        alias.asname or alias.name
        for _, node in imports(package, MODULES[package])
        for alias in node.names
        if f"{prefix}{alias.name}" not in MODULES
    }
    assert lifted.isdisjoint(below)


def test_the_stages_do_not_know_what_a_paper_is_but_the_offline_extractor() -> None:
    """Validator and language models work on any schema, through its marks."""
    knowing = {
        name
        for name, tree in MODULES.items()
        if name.split(".")[0] in ("extractors", "output", "sources", "validation")
        and any(target == "schema.paper" for target, _ in imports(name, tree))
    }
    assert {name for name in knowing if not name.startswith("extractors.builtin.")} == set()


def test_no_file_is_longer_than_people_read() -> None:
    lines = {path: len(path.read_bytes().splitlines()) for path in ROOT.rglob("*") if path.suffix in TEXTS}
    assert {str(path.relative_to(ROOT)): number for path, number in lines.items() if number > MOST_LINES} == {}


def test_file_names_are_unique() -> None:
    names = Counter(path.name for path in ROOT.rglob("*.py") if path.name != "__init__.py")
    for twice in [name for name, number in names.items() if number > 1]:
        places = {".".join(path.relative_to(ROOT).parts[:-1]) for path in ROOT.rglob(twice)}
        assert places <= SHARED_NAMES.get(twice, set()), f"{twice} stands in {sorted(places)}"


@pytest.mark.parametrize("name", sorted(absextract.__all__))
def test_no_name_of_the_package_loads_anything_heavy(name: str) -> None:
    loaded = _python("-c", f"import sys\nfrom absextract import {name}\nprint(*sys.modules)").split()
    assert "absextract.version" in loaded
    assert [each for each in HEAVY if each in loaded] == []


@pytest.mark.parametrize("command", ["import absextract", "import absextract.cli.app"])
def test_importing_loads_nothing_that_only_an_abstract_needs(command: str) -> None:
    loaded = _python("-c", f"{command}\nimport sys\nprint(*sys.modules)").split()
    assert "absextract.version" in loaded
    assert [name for name in (*HEAVY, "absextract.pipeline", "asyncio", "pydantic") if name in loaded] == []


@pytest.mark.parametrize("command", [["--version"], ["schema", "paper"]])
def test_what_needs_no_model_loads_nothing_heavy(command: list[str]) -> None:
    assert [name for name in HEAVY if name in _loaded_by(command)] == []


@pytest.mark.parametrize("command", [[], *([name] for name in LISTED), ["batch", "submit"]])
def test_help_loads_nothing_that_the_command_does(command: list[str]) -> None:
    loaded = _loaded_by([*command, "--help"])
    assert [name for name in (*HEAVY, "asyncio") if name in loaded] == []
    ours = {room(name.partition(".")[2]) for name in loaded if name.startswith("absextract.")}
    assert ours <= {"choices", "cli", "display", "errors", "garbage", "output", "patterns", "text", "version"}


def _loaded_by(command: list[str]) -> list[str]:
    run = (
        "import sys\nfrom absextract.cli.app import main\n"
        f"sys.argv = ['absextract', *{command!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end\nprint('LOADED', *sys.modules)"
    )
    printed, _, loaded = _python("-c", run).rpartition("LOADED")
    assert printed
    return loaded.split()


def _python(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
