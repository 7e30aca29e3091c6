"""The papers of a record file, as tables are made of them: each once, with what was found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..entities.linker import Linker
from ..entities.linking import entities_of, linker_with
from ..entities.paper_facts import KnownPapers, PaperFacts, facts_of
from ..errors import SchemaError
from ..records import confidences_in, schema_name
from ..schema.paper import is_paper
from ..schema.saved_paper import fault_in_paper
from ..sources.record_lines import read_with_papers

__all__ = ["Paper", "read_papers"]


@dataclass(frozen=True)
class Paper:
    """A paper and what was extracted from it.

    Attributes:
        schema: the name of the schema; empty where the record does not say.
        error: the code of the error of a failed record.
    """

    id: str
    title: str
    abstract: str
    metadata: dict[str, Any]
    extraction: dict[str, Any]
    confidence: dict[str, float] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    entities: list[dict[str, Any]] | None = None
    linker: Linker = field(default_factory=lambda: linker_with(None), repr=False)
    schema: str = ""
    status: str | None = None
    model: str | None = None
    error: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any], linker: Linker | None = None, **known: str) -> Paper:
        """The paper of a record as JSON.

        Args:
            row: the record.
            linker: says what its names are, where the record does not.
            known: its `id`, `title` and `abstract`, where they were read otherwise.
        """
        extraction, metadata, extractor = row.get("extraction"), row.get("metadata"), row.get("extractor")
        error = row.get("error")
        return cls(
            **{name: known.get(name) or _text(row.get(name)) or "" for name in ("id", "title", "abstract")},
            metadata=metadata if isinstance(metadata, dict) else {},
            extraction=extraction if isinstance(extraction, dict) else {},
            confidence=confidences_in(row.get("grounding")),
            findings=_dicts(row.get("findings")) or [],
            entities=_dicts(row.get("entities")),
            linker=linker or linker_with(None),
            schema=schema_name(row),
            status=_text(row.get("status")),
            model=_text(extractor.get("model")) if isinstance(extractor, dict) else None,
            error=_text(error.get("code")) if isinstance(error, dict) else None,
        )

    @property
    def name(self) -> str:
        """Its title, else its identifier."""
        return self.title or self.id

    @property
    def is_of_papers(self) -> bool:
        """Whether its extraction is one of `PaperExtraction`."""
        return is_paper(self.extraction, self.schema)

    @cached_property
    def facts(self) -> PaperFacts:
        """When, where and as what it came out."""
        return facts_of(self.metadata, self.id)

    @cached_property
    def linked(self) -> list[dict[str, Any]]:
        """What its names are: as the record says, else as the linker does."""
        if self.entities is not None:
            return self.entities
        return [each.model_dump(mode="json") for each in entities_of(self.row, self.linker) or ()]

    @property
    def row(self) -> dict[str, Any]:
        """What the linker reads."""
        said = {"id": self.id, "title": self.title, "abstract": self.abstract, "metadata": self.metadata}
        return {**said, "extraction": self.extraction, "extractor": {"schema": "PaperExtraction"}}


def read_papers(
    path: str, left_out: list[str] | None = None, *, linker: Linker | None = None, any_schema: bool = False
) -> Iterator[Paper]:
    """The papers of a record file, each once; failed records are passed over.

    Args:
        path: the file.
        left_out: takes what is to tell of lines that are no records; without it, the first ends the reading.
        linker: says what the names of records are that were not linked.
        any_schema: take records of other schemas than `PaperExtraction` too, as long as all are of one.

    Raises:
        InputError: it cannot be read.
        SchemaError: the records are not of `PaperExtraction`, or of several schemas.
    """
    known, first = KnownPapers(), None
    for about, row in read_with_papers([path], fault=_fault, left_out=left_out):
        if isinstance(row["extraction"], dict):
            paper = Paper.of(row, linker, id=about.id, title=about.title, abstract=about.abstract)
            first = first or paper
            if not any_schema and not paper.is_of_papers:
                shown = f"of the schema {paper.schema}" if paper.schema else "of another schema"
                raise SchemaError(f"{path}: records {shown}; only those of PaperExtraction have results")
            if paper.is_of_papers != first.is_of_papers:
                raise SchemaError(f"{path}: records of PaperExtraction and of another schema; a table holds one")
            if known.is_new(paper.title, paper.abstract, paper.metadata, paper.id):
                yield paper


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _dicts(value: Any) -> list[dict[str, Any]] | None:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else None


def _fault(row: dict[str, Any]) -> str | None:
    return fault_in_paper(row["extraction"], schema_name(row)) if "extraction" in row else "holds no extraction"
