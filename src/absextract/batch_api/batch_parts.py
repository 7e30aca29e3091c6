"""A part: one request file of a job, and the batch made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

__all__ = ["ENDED", "VANISHED", "Part", "Step"]

Step = Literal["planned", "uploading", "uploaded", "creating", "sent", "harvested"]
"""How far we are with a part; the two that end in -ing are written before the server is asked."""

VANISHED = "vanished"
"""The status of a batch that the server does not know any more."""

_Count = Annotated[int, Field(ge=0, le=2**53)]
_Moment = Annotated[int, Field(ge=0, le=253_402_300_799)]  # to the end of the year 9999

ENDED = frozenset({"completed", "failed", "expired", "cancelled", VANISHED})


@dataclass(frozen=True, slots=True)
class Part:
    """One row of the ledger.

    Attributes:
        number: from 1, over all rounds of a job.
        requests: lines of the request file.
        size: its bytes.
        step: how far we are.
        file_id: of the uploaded file, until it is deleted.
        batch_id: of the batch.
        status: what the server said last.
        submitted_at: when the batch was made, in seconds since 1970.
        expires_at: when it ends at the latest.
        done: requests answered, as the server counts.
        failed: requests that failed, as the server counts.
        output_file: the file of answers.
        error_file: the file of errors.
        problem: what the server said is wrong with the whole batch, or why its files cannot be had.
    """

    number: Annotated[int, Field(ge=1, le=1_000_000)]
    requests: _Count
    size: _Count
    step: Step = "planned"
    file_id: str | None = None
    batch_id: str | None = None
    status: str = ""
    submitted_at: _Moment | None = None
    expires_at: _Moment | None = None
    done: _Count = 0
    failed: _Count = 0
    output_file: str | None = None
    error_file: str | None = None
    problem: str | None = None

    @staticmethod
    def stored(row: dict[str, object]) -> Part:
        """A part as a ledger has it.

        Raises:
            ValueError: it is none.
        """
        part = _PART.validate_python(row)
        if part.step in ("uploaded", "creating") and not part.file_id:
            raise ValueError(f"part {part.number} is uploaded and has no file")
        return part

    @property
    def is_sent(self) -> bool:
        """Whether there is a batch of it."""
        return self.step in ("sent", "harvested")

    @property
    def is_harvested(self) -> bool:
        """Whether all that it will ever give is in the ledger."""
        return self.step == "harvested"

    @property
    def has_ended(self) -> bool:
        """Whether the server does nothing more for it."""
        return self.status in ENDED

    @property
    def state(self) -> str:
        """Its state in a word or two, for people."""
        return "not sent" if not self.is_sent else self.status.replace("_", " ")


_PART = TypeAdapter(Part)
