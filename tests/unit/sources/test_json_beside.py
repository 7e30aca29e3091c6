"""BioC in JSON, titles beside the object with the abstract, and lines that are null."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from absextract import InputError, read_abstracts
from absextract.sources.markup import shown

TEXTS = [("Mussels", "We count 12."), ("Crabs", "We count 7.")]


def document(given: str, title: str, abstract: str) -> dict[str, Any]:
    passages = [("title", title), ("abstract", abstract)]
    return {"id": given, "passages": [{"infons": {"type": kind}, "offset": 0, "text": text} for kind, text in passages]}


BIOC = [document("1", *TEXTS[0]), document("2", *TEXTS[1])]
PARTED = [{"info": {"title": title, "year": 2026}, "content": {"abstract": abstract}} for title, abstract in TEXTS]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"source": "PubTator", "documents": BIOC}),
        json.dumps({"PubTator3": BIOC}),
        json.dumps([{"bioctype": "BioCCollection", "documents": BIOC}]),
        "\n".join(map(json.dumps, BIOC)),
        json.dumps(PARTED),
        json.dumps({"data": {"list": PARTED}}),
        "null\n" + "\n".join(json.dumps({"title": title, "abstract": abstract}) for title, abstract in TEXTS),
    ],
)
def test_each_paper_comes_out_with_its_texts(tmp_path: Path, content: str) -> None:
    (tmp_path / "papers").write_text(content, encoding="utf-8")
    assert [(paper.title, paper.abstract) for paper in read_abstracts(tmp_path / "papers")] == TEXTS


def test_passages_of_bioc_are_told_by_their_sections(tmp_path: Path) -> None:
    parts = [
        ("TITLE", "front", "Mussels"),
        ("ABSTRACT", "abstract_title_1", "Aim"),
        ("ABSTRACT", "abstract", "We count."),
        ("ABSTRACT", "abstract", "There are 12."),
        ("INTRO", "paragraph", "Long ago."),
        ("REF", "title", "References"),
    ]
    passages = [{"infons": {"section_type": section, "type": kind}, "text": text} for section, kind, text in parts]
    (tmp_path / "pmc.json").write_text(json.dumps({"documents": [{"id": "9", "passages": passages}]}), encoding="utf-8")
    (paper,) = read_abstracts(tmp_path / "pmc.json")
    assert (paper.id, paper.title, paper.abstract) == ("9", "Mussels", "Aim: We count.\nThere are 12.")


def test_metadata_beside_the_abstract_is_kept(tmp_path: Path) -> None:
    (tmp_path / "parted.json").write_text(json.dumps(PARTED), encoding="utf-8")
    assert [paper.metadata["year"] for paper in read_abstracts(tmp_path / "parted.json")] == ["2026", "2026"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ('See <a href="https://example.org/tides">our code</a>.', "See our code (https://example.org/tides)."),
        ('See <ext-link xlink:href="http://example.org/t">here</ext-link>.', "See here (http://example.org/t)."),
        ('See <a href="https://example.org/t">https://example.org/t</a>.', "See https://example.org/t."),
        ('See <a href="https://example.org/t">example.org/t</a>.', "See example.org/t."),
        ('As in <a href="#r1">the note</a> and <a href="https://example.org/1">[1]</a>.', "As in the note and [1]."),
        ('See <a href="mailto:a@example.org">Ann</a>.', "See Ann."),
    ],
)
def test_a_link_leads_where_it_leads(marked: str, expected: str) -> None:
    assert shown(marked) == expected


@pytest.mark.parametrize("behind", ["null", "null\nnull", '{"total": null}\nnull'])
@pytest.mark.parametrize("indent", [None, 1])
def test_a_document_with_null_behind_it_is_read_or_refused(tmp_path: Path, behind: str, indent: int | None) -> None:
    document = json.dumps({"papers": [{"title": "Mussels", "abstract": "We count 12."}]}, indent=indent)
    (tmp_path / "papers.json").write_text(f"{document}\n{behind}", encoding="utf-8")
    with contextlib.suppress(InputError):
        assert [paper.title for paper in read_abstracts(tmp_path / "papers.json")] == ["Mussels"]
