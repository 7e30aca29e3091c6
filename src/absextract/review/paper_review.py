"""The review of one paper: its draft, what was done to it, and the record that comes of it."""

from __future__ import annotations

import contextlib
import copy
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from ..reading.sentences import clause_around, sentence_at, split_sentences
from ..records import ExtractorInfo, ReviewInfo
from ..schema.marks import Quote
from ..sources.record_lines import SavedRecord
from .actions import Action, Add, Change, Confirm, Done, Passage, RefusedError, Remove, Undo
from .checking import Checked, check, fault, fitting
from .draft import Draft, is_empty
from .journal import Entry
from .shapes import Part, model_of, parts_of

__all__ = ["PaperReview"]


@dataclass
class PaperReview:
    """One paper.

    Attributes:
        saved: its record as it stands in the file.
        info: what made the extraction.
        schema: what it is one of.
        entries: what was done and not undone, in order.
        version: how much was done, undone things too; another window that knows less must look again.
    """

    saved: SavedRecord
    info: ExtractorInfo
    schema: type[BaseModel]
    entries: list[Entry] = field(default_factory=list)
    version: int = 0

    def __post_init__(self) -> None:
        self._first = Draft(self.schema, fitting(self.saved.extraction, self.schema))
        self.draft: Draft = copy.deepcopy(self._first)

    @property
    def complete(self) -> bool:
        """Whether a person said that nothing is missing."""
        return any(isinstance(entry.action, Done) for entry in self.entries)

    @cached_property
    def checked(self) -> Checked:
        """The record that comes of the draft, without its review."""
        return check(self.draft, self.saved, self.info)

    def review(self) -> ReviewInfo | None:
        """What was done, None where that is nothing."""
        if not self.entries:
            return None
        last = self.entries[-1]
        return ReviewInfo(
            by=last.by,
            at=last.at,
            complete=self.complete,
            sampled=any(entry.sampled for entry in self.entries),
            actions=tuple(self.draft.actions(self.draft.final()[1], complete=self.complete)),
        )

    def row(self) -> dict[str, Any]:
        """The record with its review, as JSON."""
        review = self.review()
        return self.checked.row if review is None else {**self.checked.row, "review": review.model_dump(mode="json")}

    @cached_property
    def line(self) -> bytes:
        """The same as a line of the file."""
        return json.dumps(self.row(), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"

    def written_before(self, line: bytes) -> None:
        """Takes a line of an earlier session for its own, where it tells of the same review."""
        review = self.review()
        with contextlib.suppress(ValueError, RecursionError):
            row = json.loads(line)
            if review and isinstance(row, dict) and row.get("review") == review.model_dump(mode="json"):
                self.__dict__["line"] = line

    def resolved(self, action: Action) -> Action:
        """An action with all that it will do, so that the journal alone is enough to do it again.

        Raises:
            RefusedError: it cannot be done.
        """
        match action:
            case Change():
                shape = self.draft.place(action.path).shape
                value = self._value(action.value, action.passage, marked=shape.kind == "text")
                if shape.kind == "choice" and value not in shape.choices:
                    raise RefusedError(f"it must be one of {', '.join(map(str, shape.choices))}")
                action = action.model_copy(update={"value": value})
            case Add():
                action = self._filled(action)
            case Done() if self.complete:
                raise RefusedError("the paper is complete already")
            case Undo() if not self.entries:
                raise RefusedError("there is nothing to undo")
            case _:
                pass
        self._check(action)
        return action

    def take(self, entry: Entry) -> None:
        """Does what stands in the journal.

        Raises:
            RefusedError: it cannot be done.
        """
        if isinstance(entry.action, Undo):
            self.draft = self._after(entry.action)
            self.entries.pop()
        else:
            _do(self.draft, entry.action)
            self.entries.append(entry)
        self.version += 1
        for made in ("checked", "line"):
            self.__dict__.pop(made, None)

    def _check(self, action: Action) -> None:
        draft = self._after(action)
        if isinstance(action, Done):
            lacking = draft.lacking()
            if lacking:
                path, part = lacking[0]
                raise RefusedError(f"{path} lacks its {part}: fill it in, or reject it")
        elif not isinstance(action, Undo) and (misfit := fault(draft)):
            raise RefusedError(misfit)

    def _after(self, action: Action) -> Draft:
        """The draft when an action is done."""
        if isinstance(action, Undo):
            if not self.entries:
                raise RefusedError("there is nothing to undo")
            draft = copy.deepcopy(self._first)
            for entry in self.entries[:-1]:
                _do(draft, entry.action)
            return draft
        draft = copy.deepcopy(self.draft)
        _do(draft, action)
        return draft

    def _value(self, value: Any, passage: Passage | None, *, marked: bool) -> Any:
        """What a person chose: the text of the passage, or what was typed."""
        if passage is None:
            if marked and not isinstance(value, str):
                raise RefusedError("select a passage of the text first")
            return value
        text: str = getattr(self.saved, passage.field)
        if passage.end > len(text):
            raise RefusedError("the passage is not in the text")
        return text[passage.start : passage.end]

    def _filled(self, action: Add) -> Add:
        """A new item, with what its object cannot be without as far as that is known."""
        shape = self.draft.item_shape(action.path)
        value = self._value(action.value, action.passage, marked=shape.kind == "text")
        if shape.kind != "object" or isinstance(value, dict):
            return action.model_copy(update={"value": value})
        model = model_of(shape.models, {action.part: value} if action.part else {})
        part = next((part for part in parts_of(model) if part.key == action.part), None)
        if part is None or part.shape.kind != "text":
            raise RefusedError(f"{model.__name__} has no {action.part} that is taken from the text")
        item = {part.key: value} | self._quotes(parts_of(model), part, action.passage)
        return self._likeliest(action.model_copy(update={"value": item}), parts_of(model))

    def _quotes(self, parts: tuple[Part, ...], chosen: Part, passage: Passage | None) -> dict[str, Any]:
        """For each quote that an object cannot be without, the clause around the passage."""
        if passage is None:
            return {}
        text: str = getattr(self.saved, passage.field)
        inner = (passage.start, passage.end)
        start, end = clause_around(text, sentence_at(split_sentences(text), passage.start), inner)
        start, end = min(start, inner[0]), max(end, inner[1])
        quotes = (each for each in parts if isinstance(each.shape.mark, Quote) and each.required and each is not chosen)
        return {each.key: text[start:end] for each in quotes}

    def _likeliest(self, action: Add, parts: tuple[Part, ...]) -> Add:
        """The item with those choices of which the validator has least to say."""
        item = action.value
        assert isinstance(item, dict)
        for part in parts:
            if part.required and part.shape.kind == "choice" and is_empty(item.get(part.key)):
                tried = [action.model_copy(update={"value": {**item, part.key: each}}) for each in part.shape.choices]
                action = min(
                    tried, key=lambda each: len(check(self._after(each), self.saved, self.info).row["findings"])
                )
                item = action.value
                assert isinstance(item, dict)
        return action


def _do(draft: Draft, action: Action) -> None:
    match action:
        case Confirm():
            draft.confirm(action)
        case Remove():
            draft.remove(action)
        case Change():
            draft.change(action)
        case Add():
            draft.add(action)
        case Done() | Undo():
            pass
