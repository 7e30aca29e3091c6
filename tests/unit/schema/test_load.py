"""Loading a schema of one's own."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from absextract.errors import SchemaError
from absextract.schema.load import load_schema
from absextract.schema.paper import PaperExtraction

TRIAL = """\
from __future__ import annotations

from typing import Annotated, Optional

from pydantic import BaseModel

from absextract import Mention


class Drug(BaseModel):
    name: Annotated[str, Mention()]


class Trial(BaseModel):
    drugs: list[Drug]
    of: Optional[Trial] = None


NUMBER = 3
"""


@pytest.fixture(autouse=True)
def _forget_loaded_modules() -> Iterator[None]:
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


def write(folder: Path, text: str, name: str = "trial.py") -> str:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_paper_is_the_schema_of_papers() -> None:
    assert load_schema("paper") is PaperExtraction


def test_a_class_of_a_file(tmp_path: Path) -> None:
    trial = load_schema(f"{write(tmp_path, TRIAL)}:Trial")
    assert trial.model_validate({"drugs": [{"name": "A"}], "of": {"drugs": []}}).model_dump()["of"] == {
        "drugs": [],
        "of": None,
    }


def test_a_class_of_a_module() -> None:
    assert load_schema("absextract.schema.paper:PaperExtraction") is PaperExtraction


def test_a_file_may_be_called_like_a_module_of_python(tmp_path: Path) -> None:
    for name in ("types.py", "json.py", "typing.py"):
        assert load_schema(f"{write(tmp_path, TRIAL, name)}:Trial").__name__ == "Trial"
    assert (sys.modules["types"], sys.modules["json"]) == (types, json)


def test_two_files_of_one_name_do_not_mix(tmp_path: Path) -> None:
    first = load_schema(f"{write(tmp_path, TRIAL, 'a/trial.py')}:Trial")
    second = load_schema(f"{write(tmp_path, TRIAL.replace('name:', 'label:'), 'b/trial.py')}:Trial")
    assert first.model_validate({"drugs": [{"name": "A"}]})
    assert second.model_validate({"drugs": [{"label": "A"}]})


def test_a_file_that_changed_is_loaded_anew(tmp_path: Path) -> None:
    reference = f"{write(tmp_path, TRIAL)}:Trial"
    assert list(load_schema(reference).model_fields) == ["drugs", "of"]
    for name in ("cures", "pills", "teas_"):  # as long, and within a second
        write(tmp_path, TRIAL.replace("drugs:", f"{name}:"))
        assert list(load_schema(reference).model_fields) == [name, "of"]
    assert not (tmp_path / "__pycache__").exists()


@pytest.mark.parametrize("reference", ["papers", ":Trial", ""])
def test_a_reference_has_two_parts(reference: str) -> None:
    with pytest.raises(
        SchemaError, match=f'schema "{reference}": expected "paper", FILE.py:Class or package.module:Class'
    ):
        load_schema(reference)


@pytest.mark.parametrize("reference", ["trial.py", "trial.py:"])
def test_a_file_without_its_class_is_answered_with_how_to_name_it(reference: str) -> None:
    with pytest.raises(SchemaError, match=f'schema "{reference}": name its class too, as trial.py:Class'):
        load_schema(reference)


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("none.py:Trial", "schema file none.py: no such file"),
        ("no_such_package.schemas:Trial", "schema module no_such_package.schemas: .*No module named"),
        (".schemas:Trial", "schema module .schemas: "),
        (
            "absextract.schema.paper:Trial",
            "no Pydantic model Trial there; there are Result, PaperLink, PaperExtraction",
        ),
        ("json:JSONDecoder", "no Pydantic model JSONDecoder there; there are none"),
        ("pydantic:BaseModel", "no Pydantic model BaseModel there"),
    ],
)
def test_what_leads_nowhere_says_why(reference: str, reason: str) -> None:
    with pytest.raises(SchemaError, match=reason):
        load_schema(reference)


@pytest.mark.parametrize("name", ["NUMBER", "Missing", "Optional", "BaseModel"])
def test_what_is_no_schema_is_refused_with_those_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(SchemaError, match=f"no Pydantic model {name} there; there are Drug, Trial\\."):
        load_schema(f"{write(tmp_path, TRIAL)}:{name}")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("class Trial(BaseModel): pass\n", "NameError: name 'BaseModel' is not defined"),
        ("class Trial(:\n", "SyntaxError: "),
        ("import no_such_package\n", "ModuleNotFoundError: No module named 'no_such_package'"),
        ("1 / 0\n", "ZeroDivisionError: division by zero"),
    ],
)
def test_a_file_or_module_that_does_not_run_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, reason: str
) -> None:
    path = write(tmp_path, text, "broken_trial.py")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(SchemaError, match=rf"schema file .*broken_trial\.py: {reason}"):
        load_schema(f"{path}:Trial")
    with pytest.raises(SchemaError, match=f"schema module broken_trial: {reason}"):
        load_schema("broken_trial:Trial")


@pytest.mark.parametrize("field", ["of: 'Nothing'", "of: Callable[[], int]"])
def test_a_model_that_cannot_be_asked_for_is_refused(tmp_path: Path, field: str) -> None:
    text = (
        f"from collections.abc import Callable\nfrom pydantic import BaseModel\nclass Trial(BaseModel):\n    {field}\n"
    )
    with pytest.raises(SchemaError, match=r"schema .*trial\.py"):
        load_schema(f"{write(tmp_path, text)}:Trial")


UNCHECKABLE = """\
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel
from typing_extensions import NamedTuple, TypedDict

from absextract import Mention, Number


class Drug(BaseModel):
    name: str


@dataclass
class Data:
    name: Annotated[str, Mention()]
    like: "list[Data]"


class Typed(TypedDict):
    name: Annotated[str, Mention()]


class Named(NamedTuple):
    name: Annotated[str, Mention()]


class Trial(BaseModel):
    field: {field}
"""


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("Annotated[str, Mention]", r"Mention is a class, not a mark; write Mention\(\)"),
        ("Annotated[Drug, Mention()]", "there is a mark on the model Drug; put marks on its fields"),
        ("list[Data]", "marks in Data cannot be checked; make it a Pydantic model"),
        ("dict[str, Typed]", "marks in Typed cannot be checked; make it a Pydantic model"),
        ("Named | None", "marks in Named cannot be checked; make it a Pydantic model"),
        ("set[Annotated[str, Mention()]]", "marks in a set: use a list"),
        ("tuple[Annotated[str, Mention()], int]", "marks in a tuple of fixed length cannot be checked"),
        (
            'list[Annotated[str, Number(within="quote")]]',
            r'Number\(within="quote"\) names no field of Trial; there are field',
        ),
        ('Annotated[str, Mention(against="x")]', r'Mention\(against="x"\) names no field of Trial'),
    ],
)
def test_marks_that_nobody_would_check_are_refused_with_their_field(tmp_path: Path, field: str, reason: str) -> None:
    path = write(tmp_path, UNCHECKABLE.replace("{field}", field))
    with pytest.raises(SchemaError, match=rf'schema ".*trial\.py:Trial": Trial\.field: {reason}'):
        load_schema(f"{path}:Trial")


def test_an_error_of_pydantic_comes_without_its_address(tmp_path: Path) -> None:
    path = write(tmp_path, "from pydantic import BaseModel\nclass Trial(BaseModel):\n    field: object()\n")
    with pytest.raises(SchemaError) as caught:
        load_schema(f"{path}:Trial")
    assert "http" not in str(caught.value)
