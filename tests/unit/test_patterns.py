"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import ast
import copy
import gc
import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest

import absextract
from absextract import patterns
from absextract.patterns import regex

ROOT = Path(absextract.__file__).parent
TEXT = "Heron 81.2, heron 7"
CALLS: dict[str, tuple[Any, ...]] = {
    "search": (TEXT,),
    "match": (TEXT, 6),
    "fullmatch": (TEXT, 0, 5),
    "finditer": (TEXT,),
    "findall": (TEXT,),
    "split": (TEXT,),
    "sub": ("-", TEXT),
    "subn": ("-", TEXT),
}


def as_told(found: Any) -> Any:
    """What was found, to be compared."""
    if isinstance(found, re.Match):
        return found.regs
    if found is None or isinstance(found, str | list | tuple):
        return found
    return [each.regs for each in found]


@pytest.mark.parametrize("name", CALLS)
def test_it_finds_what_a_compiled_one_finds(name: str) -> None:
    for text, flags in ((r"(heron)|\d+", re.IGNORECASE), (r"(?P<word>[A-Z]\w+)", 0), (r"8(1)", 0)):
        late, compiled = regex(text, flags), re.compile(text, flags)
        assert as_told(getattr(late, name)(*CALLS[name])) == as_told(getattr(compiled, name)(*CALLS[name]))


def test_it_tells_of_itself_what_a_compiled_one_tells() -> None:
    late, compiled = regex(b"(?P<a>x)(y)", re.DOTALL), re.compile(b"(?P<a>x)(y)", re.DOTALL)
    assert (late.pattern, late.flags, late.groups) == (compiled.pattern, compiled.flags, compiled.groups)
    assert late.groupindex == compiled.groupindex
    assert not hasattr(late, "nothing")


def test_it_can_be_copied_before_and_after_its_first_use() -> None:
    late = regex("heron", re.IGNORECASE)
    for _ in range(2):
        assert copy.deepcopy(late).match("Heron")
        assert late.match("HERON")


def test_it_is_compiled_once_and_when_it_is_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[tuple[Any, ...]] = []
    late, now = regex("heron"), re.compile

    def compile_and_tell(*given: Any) -> re.Pattern[str]:
        compiled.append(given)
        return now(*given)

    monkeypatch.setattr(re, "compile", compile_and_tell)
    assert late.pattern == "heron"
    assert compiled == []
    assert late.match("heron")
    assert late.search("a heron")
    assert not hasattr(type(late), "__getattr__"), "it would slow each call"
    assert compiled == [("heron", 0)]


def test_every_pattern_of_the_package_can_be_compiled() -> None:
    for module in pkgutil.walk_packages([str(ROOT)], "absextract."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = [each for each in gc.get_objects() if isinstance(each, patterns._Compiled)]
    assert len(ours) > 500
    for each in ours:
        assert each.flags == re.compile(each.pattern, vars(each)["_given"]).flags


def test_loading_a_module_compiles_nothing() -> None:
    """Hundreds of patterns take longer to compile than all modules to load."""
    eager = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ROOT.rglob("*.py")
        for node in at_loading(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"
    ]
    assert eager == []


def at_loading(tree: ast.AST) -> list[ast.AST]:
    """What is evaluated while a module is loaded: all but the bodies of functions."""
    found: list[ast.AST] = []
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            found += [node, *at_loading(node)]
    return found
