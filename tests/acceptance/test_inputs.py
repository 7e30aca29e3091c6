"""What people have goes in: formats, packings, folders, and what is wrong with them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from command_line import absextract, records_in
from formats import WRITERS, papers


def facts(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in ("id", "source", "metadata")}


def test_thirty_papers_in_every_format_give_the_same_records(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, write_as in WRITERS.items():
        (folder / f"{name}.gz").write_bytes(gzip.compress(write_as(papers())))
    done = absextract("extract", folder, "-o", tmp_path / "out.jsonl", "-q")
    assert done.returncode == 0, done.stderr
    records = records_in(tmp_path / "out.jsonl")
    assert len(records) == 30 * len(WRITERS)
    first = [facts(record) for record in records[:30]]
    assert sum(len(record["extraction"]["results"]) for record in first) > 30
    for start in range(30, 30 * len(WRITERS), 30):
        assert [facts(record) for record in records[start : start + 30]] == first, records[start]["source"]


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_comes_through_standard_input(name: str) -> None:
    done = absextract("extract", "-", "-o", "-", "-q", "--limit", "2", stdin=WRITERS[name](papers()))
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == [paper.title for paper in papers()[:2]]


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><PubmedArticleSet><PubmedArticle>'
    "<ArticleTitle>&b;</ArticleTitle></PubmedArticle></PubmedArticleSet>"
)
LEAK = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><feed xmlns="http://www.w3.org/2005/Atom"><entry>'
    "<title>&a;</title></entry></feed>"
)
WRONG: dict[str, tuple[bytes, str]] = {
    "a bomb": (BOMB.encode(), ': the XML declares an entity, "a"'),
    "a leak": (LEAK.encode(), ': the XML declares an entity, "a"'),
    "torn XML": (WRITERS["pubmed"](papers())[:200], ":3: not valid XML: "),
    "torn JSON": (WRITERS["json"](papers())[:8], ":3: not valid JSON: the file ends within a record"),
    "a torn table": (WRITERS["parquet"](papers())[:500], ": not a Parquet table: "),
    "a torn archive": (gzip.compress(WRITERS["csv"](papers()))[:300], ": Compressed file ended"),
    "a table of something else": (
        b"name;year\nA;2026\n",
        ':1: no column "abstract" or "summary"; found name, year; name it with --columns abstract=COL',
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", ": a binary file, not text"),
    "Latin-1": (
        "title,abstract\nÉté,Où à é è ô ü ß.\n".encode("latin-1"),
        ":2: not UTF-8 text (byte 0xc9); convert it",
    ),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ": an old Excel file (.xls)"),
    "BibTeX without end": (b"@article{a, title={A", ":1: not valid BibTeX: "),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_is_named_with_its_place(tmp_path: Path, name: str) -> None:
    content, reason = WRONG[name]
    (tmp_path / "papers").write_bytes(content)
    done = absextract("extract", tmp_path / "papers", "-o", tmp_path / "out.jsonl", "-q")
    assert done.returncode == 2
    assert f"error: {tmp_path / 'papers'}{reason}" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_a_wrong_guess_is_put_right_with_format(tmp_path: Path) -> None:
    path = tmp_path / "papers"
    path.write_bytes(b"Kites, sails, abstract\n\nWe present Kite, which reaches 91.3% accuracy.\n")
    guessed = absextract("extract", path, "-o", "-", "-q")
    assert [json.loads(line)["title"] for line in guessed.stdout.splitlines()] != ["Kites, sails, abstract"]
    told = absextract("extract", path, "-o", "-", "-q", "--format", "text")
    assert [json.loads(line)["title"] for line in told.stdout.splitlines()] == ["Kites, sails, abstract"]


class TestBadLines:
    LINES = b'{"title": "A", "abstract": "a"}\n{broken\n{"title": "B", "abstract": "b"}\n'

    def test_they_become_failed_records_and_are_told_with_file_and_line(self, tmp_path: Path) -> None:
        path, out = tmp_path / "papers.jsonl", tmp_path / "out.jsonl"
        path.write_bytes(self.LINES)
        done = absextract("extract", path, "-o", out)
        assert done.returncode == 1
        assert f"{path}:2: not valid JSON" in done.stderr
        assert [record["status"] for record in records_in(out)] == ["ok", "failed", "ok"]
        assert records_in(out)[1]["error"]["message"].startswith(f"{path}:2: not valid JSON")

    def test_they_stop_the_run_where_asked_and_it_goes_on_when_they_are_mended(self, tmp_path: Path) -> None:
        path, out = tmp_path / "papers.jsonl", tmp_path / "out.jsonl"
        path.write_bytes(self.LINES)
        command = ("extract", path, "-o", out, "--on-bad-input", "fail", "-q")
        done = absextract(*command)
        assert done.returncode == 2
        assert f"error: {path}:2: not valid JSON" in done.stderr
        assert [record["title"] for record in records_in(out)] == ["A"]
        path.write_bytes(self.LINES.replace(b"{broken\n", b""))
        assert absextract(*command).returncode == 0
        assert [record["title"] for record in records_in(out)] == ["A", "B"]


MARKED = {"id": "k", "title": "<i>Kites</i>", "abstract": "It rose to 10<sup>6</sup>; CO<sub>2</sub> was at 12&nbsp;%."}


def test_markup_is_kept_where_that_is_asked_for_and_a_run_never_mixes_both(tmp_path: Path) -> None:
    path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    path.write_text(json.dumps(MARKED) + "\n", encoding="utf-8")
    assert absextract("extract", path, "-o", out, "-q", "--markup", "keep").returncode == 0
    (kept,) = records_in(out)
    assert (kept["title"], kept["abstract"]) == (MARKED["title"], MARKED["abstract"])
    refused = absextract("extract", path, "-o", out, "-q")
    assert refused.returncode == 2
    assert "made with markup keep, this run has text" in refused.stderr
    assert absextract("extract", path, "-o", out, "-q", "--overwrite").returncode == 0
    (seen,) = records_in(out)
    assert (seen["title"], seen["abstract"]) == ("Kites", "It rose to 10^6; CO2 was at 12\u00a0%.")


def test_claims_about_a_text_with_markup_are_checked_against_what_a_reader_sees(tmp_path: Path) -> None:
    results = [{"score": score, "kind": "value", "evidence": MARKED["abstract"]} for score in ("10^6", "12%")]
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(MARKED | {"extraction": {"metrics": ["CO2"], "results": results}}), encoding="utf-8")
    done = absextract("validate", path, "-o", "-", "-q")
    record = json.loads(done.stdout)
    assert [finding for finding in record["findings"] if finding["severity"] == "error"] == []
    assert {place["path"] for place in record["grounding"]} >= {"/metrics/0", "/results/0/score", "/results/1/score"}
    assert "<" not in record["abstract"]
