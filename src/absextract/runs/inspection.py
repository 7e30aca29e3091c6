"""What a run would read: what each file is, how many papers it holds, and where their texts are taken from."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import InputError
from ..output.summary import Ids
from ..records import Abstract, BadInput
from ..sources.bounds import shortened
from ..sources.columns import Columns
from ..sources.format_facts import FACTS
from ..sources.metadata_names import COMMON
from ..text.stand_ins import is_no_abstract
from .job import Job

__all__ = ["FileReport", "Inspection", "inspected", "watched"]

_SAMPLES = 3
_MOST_TOLD = 3
_WORDS, _LETTERS = 12, 100
_MOST_NAMES = 200
_NAMES_SHOWN = 12
_PARTS = ("title", "abstract", "id")
_MADE = "none; made of title and abstract"
_ELSE_MADE = "else made of title and abstract"
_MOST_IN_FULL = 20  # files; of the others it takes a line each


@dataclass(slots=True)
class FileReport:
    """What is in a file.

    Attributes:
        path: the file, one in an archive with the archive's name before its own.
        format: what it is; empty where that is not known.
        papers: those that can be read.
        no_abstract: those of them without an abstract, which are not sent.
        unreadable: records that cannot be read.
        refusal: why the file cannot be read, or not to its end.
    """

    path: str
    format: str = ""
    papers: int = 0
    no_abstract: int = 0
    unreadable: int = 0
    refusal: str = ""
    told: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    common: Counter[str] = field(default_factory=Counter)
    others: dict[str, None] = field(default_factory=dict)
    columns: Columns | None = None

    @property
    def counts(self) -> str:
        """How many papers, for people."""
        without = f", {self.no_abstract} without" if self.no_abstract else ""
        noun = "paper" if self.papers == 1 else "papers"
        return f"{self.papers} {noun}: {self.papers - self.no_abstract} with an abstract{without}"

    def headline(self) -> str:
        """The file in one line."""
        if self.refusal and not self.papers:
            return f"{self.path}: refused: {self.refusal}"
        bad = f", {self.unreadable} unreadable" if self.unreadable else ""
        cut = f"; broken off: {self.refusal}" if self.refusal else ""
        return f"{self.path}: {self.format}, {self.counts}{bad}{cut}"

    def lines(self) -> Iterator[str]:
        """The file for people: what it is, and what is taken from where."""
        yield self.headline()
        if self.papers:
            for part in _PARTS:
                yield f"  {part:<10} {self._place(part)}"
            yield f"  metadata   {self._metadata()}"
        for each in self.told:
            yield f"  unreadable {each}"
        if self.unreadable > len(self.told):
            yield f"  unreadable … and {self.unreadable - len(self.told)} more"
        for each in self.samples:
            yield f"  sample     {each}"

    def add(self, item: Abstract | BadInput) -> None:
        """Takes a record into account."""
        if isinstance(item, BadInput):
            self.unreadable += 1
            if len(self.told) < _MOST_TOLD:
                self.told.append(item.told)
            return
        self.papers += 1
        self.no_abstract += is_no_abstract(item.abstract)
        if len(self.samples) < _SAMPLES:
            self.samples.append(
                f"{_beginning(item.title) or '(no title)'} | {_beginning(item.abstract) or '(no abstract)'}"
            )
        for name in item.metadata:
            if name in COMMON:
                self.common[name] += 1
            elif len(self.others) < _MOST_NAMES:
                self.others.setdefault(name)

    def _place(self, part: str) -> str:
        facts = FACTS[self.format]
        taken = sorted(self.columns.taken[part], key=lambda name: not name) if self.columns else []
        names = [shortened(name, _LETTERS) or _ELSE_MADE for name in taken] if any(taken) else []
        if not taken and not facts.has_columns and (given := getattr(facts, part).replace("`", "")):
            names = [given, _ELSE_MADE] if part == "id" else [given]
        return ", ".join(names) or (_MADE if part == "id" else "none")

    def _metadata(self) -> str:
        common = ", ".join(f"{name} {self.common[name]}" for name in COMMON if self.common[name])
        others = ", ".join(list(self.others)[:_NAMES_SHOWN]) + (", …" if len(self.others) > _NAMES_SHOWN else "")
        return "; ".join(filter(None, (common, f"as they stand: {others}" if others else ""))) or "none"


class Inspection:
    """Looks at what is read, and tells of each file once it has been read; remembers no more than one of them.

    Attributes:
        files: how many there were.
        refused: how many of them cannot be read, or not to their end.
    """

    def __init__(self) -> None:
        self.files: int = 0
        self.refused: int = 0
        self.unreadable: int = 0
        self._papers = self._no_abstract = self._told = 0
        self._ids = Ids()
        self._report: FileReport | None = None
        self._done: deque[FileReport] = deque()
        self._refused: Counter[tuple[str, str]] = Counter()

    def begin(self, path: str, format: str, columns: Columns) -> None:  # noqa: A002  # the option's name
        """Another file."""
        self._end()
        self._report = FileReport(path, format, columns=columns)

    def refuse(self, path: str, error: InputError) -> None:
        """A file that cannot be read, or not to its end; nothing where that is told already, of one in an archive."""
        if error.path != path and self._refused[error.path, error.message]:
            return
        if self._report is None or self._report.path != path:
            self._end()
            self._report = FileReport(path)
        where = "" if error.line is None else f"line {error.line}: "
        self._report.refusal = f"{where}{error.message}"
        self._refused[path, error.message] += 1
        self.refused += 1

    def add(self, item: Abstract | BadInput) -> None:
        """A record, or what stands in place of one or of a file."""
        if isinstance(item, BadInput) and self._refused[item.source.path, item.message]:
            return
        if self._report is not None:
            self._report.add(item)
        if isinstance(item, Abstract) and item.id:
            self._ids.add(item.id)

    def told(self) -> Iterator[str]:
        """The files that have been read since the last call, for people: the first ones in full, then a line each."""
        while self._done:
            report = self._done.popleft()
            self._told += 1
            yield from report.lines() if self._told <= _MOST_IN_FULL else [report.headline()]

    def end(self) -> Iterator[str]:
        """The last of the files, and what is to be told of all together, for people."""
        self._end()
        yield from self.told()
        if self.files > 1:
            without = f", {self._no_abstract} without" if self._no_abstract else ""
            refused = f", {self.refused} refused" if self.refused else ""
            bad = f", {self.unreadable} unreadable" if self.unreadable else ""
            abstracts = self._papers - self._no_abstract
            yield f"{self.files} files{refused}: {self._papers} papers, {abstracts} with an abstract{without}{bad}"
        yield from self._ids.lines()

    @property
    def exit_status(self) -> int:
        """That of a run: 1 where records, or some of several files, cannot be read."""
        return 1 if self.refused or self.unreadable else 0

    def _end(self) -> None:
        if (report := self._report) is not None:
            self._report = None
            self.files += 1
            self._papers += report.papers
            self._no_abstract += report.no_abstract
            self.unreadable += report.unreadable
            self._done.append(report)


def inspected(job: Job, inspection: Inspection) -> Iterator[str]:
    """What there is to tell of each file of a job, when it has been read, and at the end of all.

    Raises:
        UsageError: none of them can be read; where there are several, what is wrong with each has been told before.
    """
    try:
        for item in watched(job, inspection):
            del item
            yield from inspection.told()
    except InputError:
        if len(job.paths) > 1:
            yield from inspection.end()
        raise
    yield from inspection.end()


def watched(job: Job, inspection: Inspection) -> Iterator[Abstract | BadInput]:
    """The input records of a job, each taken into account."""
    for item in job.items(inspection):
        inspection.add(item)
        yield item


def _beginning(text: str) -> str:
    words = text.split(None, _WORDS)
    begun = " ".join(words[:_WORDS])
    return f"{begun} …" if len(words) > _WORDS and len(begun) <= _LETTERS else shortened(begun, _LETTERS)
