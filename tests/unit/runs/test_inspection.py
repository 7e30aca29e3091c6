"""What a run would read is told file by file, before anything is sent."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from absextract.errors import InputError, UsageError
from absextract.runs.inspection import Inspection, inspected
from absextract.runs.job import Job
from absextract.sources.columns import ColumnNames
from absextract.sources.read import FORMATS
from formats import WRITERS, papers


def told(*inputs: Path, columns: str | None = None) -> list[str]:
    job = Job(tuple(map(str, inputs)), "-", columns=ColumnNames.of(columns))
    return list(inspected(job, Inspection()))


def lines(path: Path, rows: Iterable[object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def line_of(name: str, said: list[str]) -> str:
    return next(line.split(None, 1)[1] for line in said if line.startswith(f"  {name}"))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_told_with_what_is_read_from_where(tmp_path: Path, name: str) -> None:
    path = tmp_path / "papers"
    path.write_bytes(WRITERS[name](papers()[:4]))
    said = told(path)
    assert said[0] == f"{path}: {name}, 4 papers: 4 with an abstract"
    assert [line.split()[0] for line in said[1:]] == ["title", "abstract", "id", "metadata", *["sample"] * 3]
    assert "none" not in (line_of("title", said), line_of("abstract", said))
    assert line_of("sample", said).startswith(papers()[0].title[:40])


@pytest.mark.parametrize(
    ("row", "places"),
    [
        ({"title": "Kites", "abstract": "We fly."}, ["title", "abstract", "none; made of title and abstract"]),
        ({"Paper Title": "Kites", "Summary": "We fly.", "paperId": "k"}, ["Paper Title", "Summary", "paperId"]),
        ({"attributes": {"title": "Kites", "abstract": "We fly."}, "id": "k"},
         ["attributes.title", "attributes.abstract", "id"]),
        ({"title": ["Kites"], "abstract": "We fly.", "DOI": "10.1234/k"}, ["title", "abstract", "DOI"]),
        ({"_source": {"abstract": "We fly."}, "title": "Kites", "_id": "k"}, ["title", "_source.abstract", "_id"]),
        ({"display_name": "Kites", "abstract_inverted_index": {"We": [0], "fly.": [1]}, "id": "W1"},
         ["display_name", "abstract_inverted_index", "id"]),
    ],
)  # fmt: skip
def test_keys_of_json_are_told_as_they_stand(tmp_path: Path, row: object, places: list[str]) -> None:
    said = told(lines(tmp_path / "papers.jsonl", [row]))
    assert [line_of(part, said) for part in ("title", "abstract", "id")] == places


def test_columns_that_the_user_names_are_told(tmp_path: Path) -> None:
    path = tmp_path / "drachen.csv"
    path.write_text("Nr,Titel,Kurz\nk1,Drachen,Wir fliegen.\n", encoding="utf-8")
    said = told(path, columns="abstract=Kurz,title=Titel,id=Nr")
    assert [line_of(part, said) for part in ("title", "abstract", "id")] == ["Titel", "Kurz", "Nr"]
    with pytest.raises(InputError, match="Kurz"):
        told(path)


def test_all_columns_that_something_was_taken_from_are_told(tmp_path: Path) -> None:
    rows = [{"title": "A", "abstract": "a", "summary": ""}, {"title": "B", "abstract": "", "summary": "b"}]
    assert line_of("abstract", told(lines(tmp_path / "papers.jsonl", rows))) == "abstract, summary"


def test_papers_without_an_id_beside_others_are_told(tmp_path: Path) -> None:
    rows = [{"abstract": "a"}, {"abstract": "b", "id": "k"}]
    said = told(lines(tmp_path / "papers.jsonl", rows))
    assert line_of("id", said) == "id, else made of title and abstract"


def test_papers_without_an_abstract_and_records_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    rows = [{"title": "A", "abstract": "a"}, {"title": "B", "abstract": None}, {"title": "C", "abstract": "n/a"}]
    path = lines(tmp_path / "papers.jsonl", [*rows, *[3] * 5])
    said = told(path)
    assert said[0] == f"{path}: jsonl, 3 papers: 1 with an abstract, 2 without, 5 unreadable"
    assert [line.split(None, 1)[1] for line in said if line.startswith("  unreadable")] == [
        *(f"{path}:{number}: expected a JSON object, found int" for number in (4, 5, 6)),
        "… and 2 more",
    ]


def test_metadata_are_told_the_common_ones_with_their_number(tmp_path: Path) -> None:
    rows = [{"abstract": "a", "year": 2026, "Field": "x"}, {"abstract": "b", "doi": "10.1234/k", "Field": "y"}]
    assert line_of("metadata", told(lines(tmp_path / "papers.jsonl", rows))) == "year 1, doi 1; as they stand: Field"


def test_repeated_ids_are_told(tmp_path: Path) -> None:
    path = lines(tmp_path / "papers.jsonl", [{"id": given, "abstract": given} for given in "abab"])
    assert told(path)[-1] == "2 records have the id of an earlier one, the first of them a"


def test_several_files_are_told_one_by_one_and_together(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", [{"abstract": "a"}, {"abstract": ""}])
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n")
    lines(tmp_path / "c.jsonl", [{"abstract": "c"}])
    (tmp_path / "d.json").write_text('[{"abstract": "d"}, {"abstract": ', encoding="utf-8")
    said = told(tmp_path)
    heads = [line.removeprefix(f"{tmp_path}/") for line in said if not line.startswith(" ")]
    assert heads[0] == "a.jsonl: jsonl, 2 papers: 1 with an abstract, 1 without"
    assert heads[1].startswith("b.pdf: refused: this is a PDF; ")
    assert heads[2] == "c.jsonl: jsonl, 1 paper: 1 with an abstract"
    assert heads[3].startswith("d.json: json, 1 paper: 1 with an abstract; broken off: line 1: not valid JSON")
    assert heads[4] == "4 files, 2 refused: 4 papers, 3 with an abstract, 1 without"
    assert len(heads) == 5


def test_files_in_an_archive_are_files(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jsonl", '{"abstract": "a"}\n')
        archive.writestr("b.pdf", b"%PDF-1.7\n")
        archive.writestr("c.ris", WRITERS["ris"](papers()[:2]))
    heads = [line.removeprefix(f"{path}/") for line in told(path) if not line.startswith(" ")]
    assert heads[0] == "a.jsonl: jsonl, 1 paper: 1 with an abstract"
    assert heads[1].startswith("b.pdf: refused: this is a PDF; ")
    assert heads[2] == "c.ris: ris, 2 papers: 2 with an abstract"
    assert heads[3] == "3 files, 1 refused: 3 papers, 3 with an abstract"


def test_where_nothing_can_be_read_each_reason_is_told_before_the_error(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "b").write_bytes(b"")
    found: list[str] = []

    def look() -> None:
        for line in inspected(Job((str(tmp_path),), "-"), Inspection()):
            found.append(line)

    with pytest.raises(UsageError, match="a PDF"):
        look()
    assert found[0].startswith(f"{tmp_path}/a.pdf: refused: this is a PDF; ")
    assert found[1] == f"{tmp_path}/b: refused: the file is empty"


def test_many_files_take_a_line_each(tmp_path: Path) -> None:
    for number in range(30):
        lines(tmp_path / f"{number:02}.jsonl", [{"abstract": str(number)}])
    said = told(tmp_path)
    assert len(said) == 20 * 6 + 10 + 1
    assert said[-2] == f"{tmp_path}/29.jsonl: jsonl, 1 paper: 1 with an abstract"


def test_memory_stays_flat(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = lines(tmp_path / f"{count}.jsonl", ({"id": "k", "abstract": "We fly. " * 200} for _ in range(count)))
        tracemalloc.start()
        told(path)
        tracemalloc.stop()  # and once more, with all that is loaded once
        tracemalloc.start()
        told(path)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(3000) < 2 * peak(300)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("TY  - JOUR\nT1  - Kites\nN2  - We fly.\nER  - \n", ["T1", "N2", "none; made of title and abstract"]),
        ("TY  - JOUR\nTI  - Kites\nT1  - Kites\nAB  - We fly.\nID  - k\nER  - \n", ["TI", "AB", "ID"]),
        ("PMID- 7\nBTI - Kites\nOAB - We fly.\n", ["BTI", "OAB", "PMID"]),
        ("RT Book\nOT Kites\nAB We fly.\nER \n", ["OT", "AB", "none; made of title and abstract"]),
        ("%0 Book\n%! Kites\n%X We fly.\n%M k\n", ["%!", "%X", "%M"]),
        ("<1>\nUI  - k\nT1  - Kites\nN2  - We fly.\n", ["T1", "N2", "UI"]),
        (f"{'_' * 60}\nDocument 1 of 1\n\nKites\n\nAbstract (summary): We fly.\n{'_' * 60}\n",
         ["the heading", "Abstract (summary)", "none; made of title and abstract"]),
    ],
)  # fmt: skip
def test_the_tags_that_were_taken_are_told_and_no_others(tmp_path: Path, text: str, places: list[str]) -> None:
    path = tmp_path / "papers"
    path.write_text(text, encoding="utf-8")
    said = told(path)
    assert [line_of(part, said) for part in ("title", "abstract", "id")] == places
