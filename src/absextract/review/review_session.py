"""A review as a whole: the records, their order, the journal, and the file that comes of it."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from ..errors import InputError, OutputError
from ..evaluation.proportions import share, share_interval
from ..evaluation.reviewed import right_of
from ..output.jsonl import STDOUT, check_replaceable, check_writable
from ..output.lock import only_run
from ..output.places import check_is_no_input, is_special, written_whole
from ..records import BadInput, is_reviewed
from ..sources.record_lines import read_with_papers
from .actions import Action, Done, RefusedError
from .journal import Entry, Journal, journal_path
from .ordering import Need, Value, by_need, drawn, need_of, values_of
from .paper_review import PaperReview
from .record_source import RecordSource
from .shapes import shape_of

__all__ = ["ReviewSession", "Settings", "StaleError"]


class StaleError(Exception):
    """The paper was changed elsewhere since the page was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a review is of and how it goes.

    Attributes:
        records: the record file.
        out: the file of corrected records.
        schema: what the extractions are of.
        by: who reviews.
        sample: size of the random sample, None for all papers by need.
        against: another run's records, to see where the two differ.
    """

    records: str
    out: str
    schema: type[BaseModel]
    by: str = "person"
    sample: int | None = None
    against: str | None = None


class ReviewSession:
    """Reads the records and the journal; use as a context manager. All methods may be called from several threads.

    Attributes:
        order: the papers to be shown, as numbers of lines in the record file.
        left_out: what is to tell of lines that are no records.

    Raises:
        UsageError: the records cannot be read, the output cannot be written, or another review is writing it.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.source: RecordSource = RecordSource(settings.records, settings.schema)
        self.order: list[int] = []
        self.left_out: list[str] = self.source.left_out
        self._lock = threading.RLock()
        self._open = contextlib.ExitStack()
        self._papers: dict[int, PaperReview] = {}
        self._needs: dict[int, Need] = {}
        self._others: Mapping[tuple[str, str], frozenset[Value]] = {}
        self._given: dict[int, tuple[int, int]] = {}  # of complete papers: values that were right, values
        self._unwritten = False
        self._last: int | None = None

    def __enter__(self) -> ReviewSession:
        out = self.settings.out
        check_writable(out)
        check_is_no_input(out, [self.settings.records])
        if out == STDOUT or is_special(out):
            raise OutputError(f"{out}: a review goes on later; name a file")
        with contextlib.ExitStack() as stack:
            _enter_alone(stack, out)
            self._others = self._values_by_paper()
            self.source.read(self._look)
            if os.path.exists(out) and os.path.getsize(out) and not os.path.exists(journal_path(out)):
                check_replaceable(out)
                raise OutputError(f"{out}: is there without its journal {journal_path(out)}; choose another -o")
            about = {"sha256": self.source.digest, "schema": self.settings.schema.__name__}
            self._journal = Journal(journal_path(out), about)
            stack.callback(self._journal.close)
            self._replay()
            self.order = self._ordered()
            self._open = stack.pop_all()
        self._unwritten = True
        self.write()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            try:
                self.write()
            finally:
                self._open.close()

    @property
    def start(self) -> int:
        """The place in the order to go on at: that of the last action, or the first behind it that is not complete."""
        last = self._last
        first = self.order.index(last) if last is not None and last in self.order else 0
        return first if self.order[first] not in self._given else self.following(first)

    def following(self, place: int) -> int:
        """The next place whose paper is not complete, from the beginning where none is left behind; else the same."""
        behind = [*range(place + 1, len(self.order)), *range(place)]
        return next((each for each in behind if self.order[each] not in self._given), place)

    def paper(self, place: int) -> PaperReview | BadInput:
        """The paper at a place in the order; what is wrong with its line, where it is damaged.

        Raises:
            IndexError: there is no such place.
        """
        with self._lock:
            if not 0 <= place < len(self.order):
                raise IndexError(place)
            return self._paper(self.order[place])

    def need(self, place: int) -> Need:
        """Why the paper at a place needs eyes."""
        return self._needs[self.order[place]]

    def other(self, review: PaperReview) -> frozenset[Value] | None:
        """The values that the other run has for a paper."""
        return self._other(review.saved.id, review.saved.title)

    def act(self, place: int, version: int, action: Action) -> PaperReview:
        """Does something to a paper; when this returns, it is on disk.

        Args:
            place: of the paper in the order.
            version: of the paper that the person saw.
            action: what to do.

        Raises:
            StaleError: the paper has changed since.
            RefusedError: it cannot be done.
            OutputError: the disk does not take it.
        """
        with self._lock:
            review = self.paper(place)
            if isinstance(review, BadInput):
                raise RefusedError("the line is damaged")
            if version != review.version:
                raise StaleError
            now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            sampled = self.settings.sample is not None
            entry = Entry(self.order[place], self.settings.by, now, sampled, review.resolved(action))
            self._journal.add(entry)
            review.take(entry)
            self._last = entry.paper
            self._note(entry.paper, review)
            return review

    def progress(self) -> dict[str, Any]:
        """How far the review is, and how many of the model's values were right so far."""
        with self._lock:
            done = [paper for paper in self.order if paper in self._given]
            counts = [self._given[paper] for paper in done]
            return {
                "of": len(self.order),
                "complete": len(done),
                "values": sum(given for _, given in counts),
                "right": share(counts),
                "interval": share_interval(counts),
                "sampled": self.settings.sample is not None,
            }

    def write(self) -> None:
        """Writes the corrected records, where something was done since they were last written.

        Raises:
            OutputError: the file cannot be written.
        """
        with self._lock:
            if not self._unwritten:
                return
            self._unwritten = False
            lines = [self._line(paper) for paper in range(len(self.source.lines))]
        try:
            with written_whole(self.settings.out) as partial, open(partial, "wb") as file:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
        except OutputError:
            self._unwritten = True
            raise

    def _line(self, paper: int) -> bytes:
        review = self._papers.get(paper)
        if review is None or not review.entries:
            return self.source.lines[paper]
        return review.line

    def _look(self, paper: int, row: dict[str, Any]) -> None:
        title = row.get("title")
        other = self._other(str(row.get("id")), title if isinstance(title, str) else "")
        unlike = 0 if other is None else len(self._values(row) ^ other)
        self._needs[paper] = Need(0, None, 0, 0.0) if is_reviewed(row) else need_of(row, unlike)

    def _values(self, row: Mapping[str, Any]) -> frozenset[Value]:
        return frozenset(values_of(row.get("extraction"), shape_of(self.settings.schema)))

    def _values_by_paper(self) -> dict[tuple[str, str], frozenset[Value]]:
        """The values of each paper of the other run, by its id and by its title."""
        found: dict[tuple[str, str], frozenset[Value]] = {}
        if self.settings.against is not None:
            for paper, row in read_with_papers([self.settings.against], left_out=[]):
                found["id", paper.id] = values = self._values(row)
                if paper.title:
                    found["title", paper.title] = values
        return found

    def _other(self, key: str, title: str) -> frozenset[Value] | None:
        found = self._others.get(("id", key))
        return self._others.get(("title", title)) if found is None else found

    def _ordered(self) -> list[int]:
        if not self._needs:
            raise InputError("holds no paper with an abstract", path=self.settings.records)
        if self.settings.sample is None:
            return by_need(self._needs)
        return drawn(list(self._needs), self.settings.sample, self.source.digest)

    def _paper(self, number: int) -> PaperReview | BadInput:
        if number not in self._papers:
            saved = self.source.saved(number)
            if isinstance(saved, BadInput):
                return saved
            self._papers[number] = PaperReview(saved, self.source.extractor(number), self.settings.schema)
        return self._papers[number]

    def _replay(self) -> None:
        for entry in self._journal.entries():
            review = self._paper(entry.paper) if entry.paper in self._needs else None
            if not isinstance(review, PaperReview):
                raise OutputError(
                    f"{journal_path(self.settings.out)}: tells of a paper {entry.paper} that is not there"
                )
            try:
                review.take(entry)
            except RefusedError as error:
                raise OutputError(f"{journal_path(self.settings.out)}: paper {entry.paper}: {error}") from error
            self._last = entry.paper
        for number, review in self._papers.items():
            self._note(number, review)
        if self._papers and os.path.isfile(self.settings.out):
            with open(self.settings.out, "rb") as written:
                for number, line in enumerate(written):
                    if number in self._papers:
                        self._papers[number].written_before(line)

    def _note(self, paper: int, review: PaperReview) -> None:
        """Keeps the counts in step with what was done."""
        self._unwritten = True
        info = review.review()
        if info is not None and any(isinstance(entry.action, Done) for entry in review.entries):
            self._given[paper] = right_of(info)
        else:
            self._given.pop(paper, None)


def _enter_alone(stack: contextlib.ExitStack, out: str) -> None:
    try:
        stack.enter_context(only_run(out))
    except OutputError as error:
        if "another run" not in str(error):
            raise
        raise OutputError(
            f"{out}: somebody else is reviewing into it; a second person takes a file of their own with -o, "
            "and `absextract review FIRST SECOND --summary` tells how far they agree"
        ) from None
