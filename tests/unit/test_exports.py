"""What the package offers is what it says it offers."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import absextract

MODULES = [
    module.name
    for module in pkgutil.walk_packages(absextract.__path__, "absextract.")
    if not module.name.endswith(".__main__")
]


def test_the_package_lists_its_public_names_and_no_other() -> None:
    assert dir(absextract) == absextract.__all__
    assert sorted(absextract._PLACES) == sorted(set(absextract.__all__) - {"__version__"})


def test_each_public_name_comes_from_where_type_checkers_are_told() -> None:
    (module,) = (
        node
        for node in ast.parse(inspect.getsource(absextract)).body
        if ast.unparse(node).startswith("if TYPE_CHECKING")
    )
    told = {
        name.name: node.module for node in ast.walk(module) if isinstance(node, ast.ImportFrom) for name in node.names
    }
    assert told == absextract._PLACES
    for name, place in told.items():
        assert getattr(absextract, name) is getattr(importlib.import_module(f"absextract.{place}"), name)


def test_a_name_that_is_not_there_is_no_name_of_the_package() -> None:
    with pytest.raises(AttributeError, match=r"'absextract' has no attribute 'extrakt'"):
        absextract.extrakt  # type: ignore[attr-defined]  # noqa: B018


def test_the_names_of_the_contract_are_there() -> None:
    promised = {"Abstract", "Extractor", "PaperExtraction", "extract", "read_abstracts", "validate"}
    marks = {"Link", "Mention", "Number", "Quote"}
    assert promised | marks <= set(absextract.__all__)


def test_every_public_name_has_a_docstring() -> None:
    assert [name for name in absextract._PLACES if not inspect.getdoc(getattr(absextract, name))] == []


def test_no_public_name_hides_a_module() -> None:
    """`from .validate import validate` would make the package `absextract.validate` unreachable."""
    own = {name.removeprefix("absextract.") for name in MODULES}
    assert own.isdisjoint(absextract.__all__)


@pytest.mark.parametrize("name", ["absextract", *MODULES])
def test_the_names_of_a_module_are_there_and_sorted(name: str) -> None:
    module = importlib.import_module(name)
    names = getattr(module, "__all__", [])
    assert list(names) == sorted(names, key=_as_ruff_sorts)
    assert len(set(names)) == len(names)
    assert [item for item in names if not hasattr(module, item)] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_with_code_of_its_own_says_what_is_public(name: str) -> None:
    module = importlib.import_module(name)
    own = [
        key
        for key, value in vars(module).items()
        if not key.startswith("_") and getattr(value, "__module__", None) == name
    ]
    assert hasattr(module, "__all__") or not own


def _as_ruff_sorts(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then functions, as RUF022 has it."""
    if name.isupper():
        return 0, name
    return (1 if name[:1].isupper() else 2), name


def test_every_public_name_is_explained_on_the_page_of_python() -> None:
    page = (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
    text = re.sub(r"```python\n.*?```", "", page, flags=re.DOTALL)
    assert [name for name in absextract.__all__ if not re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", text)] == []
