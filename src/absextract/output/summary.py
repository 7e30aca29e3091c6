"""What a run did: counts for people on stderr, and the same as JSON beside the output."""

from __future__ import annotations

import json
import os
import platform
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Self

from ..display.printable import printable_json
from ..entities.paper_facts import keys_of_paper
from ..errors import OutputError
from ..records import FILLED_IN, NO_ABSTRACT, Record, Usage
from .places import PARTIAL, check_ours, create_anew, summary_path

__all__ = ["Ids", "RunSummary", "Tally", "check_same_settings", "is_merged"]

_SHAPING = (
    "mode",
    "max_reasks",
    "unsupported",
    "min_confidence",
    "max_answer_tokens",
    "samples",
    "markup",
    "link",
)  # model and schema stand in each record
_PACKAGES = ("absextract", "openai", "instructor", "pydantic", "tenacity", "diskcache", "ray")
_UNSURE = "confidence_low"  # has a line of its own
_STATUSES = ("ok", "flagged", "failed")
_MOST_IDS = 1_000_000  # that are held against each other; each takes some 70 bytes
_TRAFFIC = ("requests", "retries", "reasks", "cache_hits", "dollars", "seconds")


@dataclass(frozen=True, slots=True)
class Tally:
    """What counts of one record."""

    status: str
    findings: tuple[str, ...] = ()
    error: str | None = None
    id: str = field(default="", compare=False)
    paper: tuple[int, ...] = field(default=(), compare=False)
    """What tells the paper from others: the same paper has one of these too."""

    @classmethod
    def of(cls, record: Record[Any]) -> Self:
        """The tally of a record just made."""
        codes = tuple(finding.code for finding in record.findings)
        keys = keys_of_paper(record.title, record.abstract, record.metadata, record.id)
        return cls(record.status, codes, record.error.code if record.error else None, record.id, keys)

    @property
    def lacks_model(self) -> bool:
        """Whether it failed, or something else than the run's model made it; to be done by --retry-failed."""
        if self.error == NO_ABSTRACT:  # nothing comes of it next time either
            return False
        return self.status == "failed" or FILLED_IN in self.findings


@dataclass(slots=True)
class Ids:
    """Which ids stand more than once, as far as the first million records tell."""

    repeated: int = 0
    first: str = ""
    _seen: set[int] = field(default_factory=set)

    def add(self, given: str) -> None:
        number = hash(given)
        if number in self._seen:
            self.repeated += 1
            self.first = self.first or given
        elif len(self._seen) < _MOST_IDS:
            self._seen.add(number)

    def lines(self) -> list[str]:
        """What is to be told of them, for people."""
        if not self.repeated:
            return []
        have = "record has" if self.repeated == 1 else "records have"
        return [f"{self.repeated} {have} the id of an earlier one, the first of them {self.first}"]


@dataclass(slots=True)
class Twice:
    """How many papers stand more than once, as far as the first million keys tell."""

    copies: int = 0
    _seen: set[int] = field(default_factory=set)

    def add(self, paper: tuple[int, ...]) -> None:
        self.copies += not self._seen.isdisjoint(paper)
        if len(self._seen) < _MOST_IDS:
            self._seen.update(paper)

    def lines(self) -> list[str]:
        """What is to be told of them, for people."""
        if not self.copies:
            return []
        are = "record is a paper" if self.copies == 1 else "records are papers"
        return [f"{self.copies} {are} that stood before; report, export and leaderboard count each paper once"]


@dataclass(slots=True)
class RunSummary:
    """Counts of one run, and of the records that runs before it had made. Times stand here and never in a record."""

    settings: dict[str, Any]
    new: int = 0
    """Records made in this run."""
    kept: int = 0
    """Records of former runs that stay."""
    status: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    retries: int = 0
    reasks: int = 0
    cache_hits: int = 0
    in_flight: int = 0
    pause: float = 0.0
    """Seconds until more is sent, where the server asked for a pause."""
    waiting: int = 0
    """Records that are done and wait for one before them."""
    usage: Usage = field(default_factory=Usage)
    dollars: float | None = None
    interrupted_by: int | None = None  # the number of the signal
    stopped: str | None = None  # the limit that ended the run
    finished: bool = False
    started: float = field(default_factory=time.time)
    seconds: float = 0.0
    earlier: dict[str, Any] | None = None
    """Traffic of the runs before this one that wrote the same output."""
    ids: Ids = field(default_factory=Ids)
    twice: Twice = field(default_factory=Twice)
    _began: float = field(default_factory=time.monotonic)

    def clock(self) -> None:
        """Takes the time that has gone by."""
        self.seconds = time.monotonic() - self._began

    def count(self, tally: Tally, *, kept: bool = False) -> None:
        """Takes a record into account."""
        if kept:
            self.kept += 1
        else:
            self.new += 1
        self.status[tally.status] += 1
        self.findings.update(tally.findings)
        if tally.error:
            self.errors[tally.error] += 1
        if tally.id:
            self.ids.add(tally.id)
        self.twice.add(tally.paper)

    def count_out(self, tally: Tally) -> None:
        """Takes back a new record that was counted and is not written after all."""
        self.new -= 1
        self.status[tally.status] -= 1
        self.findings -= Counter(tally.findings)
        if tally.error:
            self.errors -= Counter([tally.error])

    @property
    def no_abstract(self) -> int:
        """Papers without an abstract: failed records that are no failure of the run."""
        return self.errors[NO_ABSTRACT]

    @property
    def failed(self) -> int:
        """Records that failed, but for those of papers without an abstract."""
        return self.status["failed"] - self.no_abstract

    @property
    def interrupted(self) -> bool:
        return self.interrupted_by is not None

    @property
    def exit_status(self) -> int:
        """0 all done, 1 some failed or not reached, 128 and the number of the signal: 130 by Ctrl-C."""
        if self.interrupted_by is not None:
            return 128 + self.interrupted_by
        return 1 if self.failed or self.stopped else 0

    def lines(self) -> list[str]:
        """The summary for people."""
        rate = f"{self.new / self.seconds:.0f}/s" if self.seconds else "-"
        numbers = {"ok": self.status["ok"], "flagged": self.status["flagged"], "failed": self.failed}
        counts = ", ".join(f"{number} {status}" for status, number in numbers.items() if number) or "none"
        made = f"{self.new}{' new' if self.kept else ''} record{'' if self.new == 1 else 's'}"
        kept = f", {self.kept} kept from before" if self.kept else ""
        lines = [f"{made} in {self.seconds:.1f} s ({rate}){kept}: {counts}"]
        if self.no_abstract:
            have = "has" if self.no_abstract == 1 else "have"
            lines.append(f"{self.no_abstract} of {self.new + self.kept} papers {have} no abstract")
        lines += [*self.ids.lines(), *self.twice.lines()]
        if worth_a_look := [(code, number) for code, number in self.findings.most_common() if code != _UNSURE]:
            lines.append("findings: " + _counted(worth_a_look))
        if unsure := self.findings[_UNSURE]:
            left_out = f"{unsure} value{'' if unsure == 1 else 's'} left out as unsure"
            lines.append(f"{left_out} (--min-confidence changes the limit)")
        if errors := [(code, number) for code, number in self.errors.most_common() if code != NO_ABSTRACT]:
            lines.append("errors: " + _counted(errors))
        if self.requests or self.cache_hits:
            lines.append(
                f"{self.requests} requests, {self.retries} retries, {self.reasks} re-asks, {self.cache_hits} from the "
                f"cache, {_cost(self.usage, self.dollars)}"
            )
        if self.earlier and self.earlier["requests"]:
            spent = _cost(Usage.model_validate(self.earlier["usage"]), self.earlier["dollars"])
            lines.append(f"runs before: {self.earlier['requests']} requests, {spent}")
        return lines

    def write_beside(self, out: str) -> None:
        """Writes the summary as JSON to `OUT.run.json`, whole or not at all; not beside a device or standard output.

        Where the output is a folder, it is the `run.json` in there.

        Raises:
            OutputError: it cannot be written.
        """
        if (os.path.isfile(out) or os.path.isdir(out)) and not out.startswith("/dev/"):  # `/dev/stdout` may be a file
            self.write_to(summary_path(out))

    def write_to(self, path: str) -> None:
        """Writes the summary as JSON, whole or not at all.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            text = printable_json(json.dumps(self.as_json(), indent=2, ensure_ascii=False))
            check_ours(path)
            with create_anew(f"{path}{PARTIAL}") as file:
                file.write(text.encode() + b"\n")
            os.replace(f"{path}{PARTIAL}", path)
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror}") from error

    def as_json(self) -> dict[str, Any]:
        """The summary for programs: counts of all records in the output, traffic and time of this run."""
        return {
            "finished": self.finished,
            "interrupted": self.interrupted,
            "stopped": self.stopped,
            "records": self.new + self.kept,
            "new": self.new,
            "kept": self.kept,
            "status": {name: self.status[name] for name in _STATUSES},
            "no_abstract": self.no_abstract,
            "repeated_ids": self.ids.repeated,
            "repeated_papers": self.twice.copies,
            "findings": dict(self.findings.most_common()),
            "errors": dict(self.errors.most_common()),
            "requests": self.requests,
            "retries": self.retries,
            "reasks": self.reasks,
            "cache_hits": self.cache_hits,
            "usage": self.usage.model_dump(),
            "dollars": self.dollars,
            "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.started)),
            "seconds": round(self.seconds, 3),
            "records_per_second": round(self.new / self.seconds, 1) if self.seconds else None,
            "earlier": self.earlier,
            "settings": self.settings,
            "versions": {"python": platform.python_version()} | {p: v for p in _PACKAGES if (v := _version(p))},
        }

    def goes_on_from(self, out: str) -> None:
        """Takes up the traffic of the runs that wrote what is in `out`, as far as the summary beside it tells."""
        former = _read_beside(out)
        if not former:
            return
        try:
            self.earlier = _sum((former, former.get("earlier") or {}))
        except (ValueError, TypeError, AttributeError):  # not by us
            self.earlier = None


def check_same_settings(out: str, settings: dict[str, Any]) -> None:
    """Finds out whether the records of an existing output were made with other settings.

    Raises:
        OutputError: they were, as far as the summary beside the output tells.
    """
    then = _read_beside(out).get("settings")
    for name in _SHAPING:
        if isinstance(then, dict) and name in then and name in settings and then[name] != settings[name]:
            raise OutputError(
                f"{out}: made with {name} {then[name]}, this run has {settings[name]}; "
                "choose another -o, or --overwrite to start anew"
            )


def is_merged(out: str) -> bool:
    """Whether an existing output was put together of those of several runs, by the summary beside it."""
    settings = _read_beside(out).get("settings")
    return isinstance(settings, dict) and "merged" in settings


def _read_beside(out: str) -> dict[str, Any]:
    """The summary of the run that wrote `out`; empty where there is none."""
    if not os.path.isdir(out) and (not os.path.isfile(out) or not os.path.getsize(out)):
        return {}
    try:
        with open(summary_path(out), encoding="utf-8") as file:
            return dict(json.load(file))
    except (OSError, ValueError, TypeError, RecursionError):
        return {}


def _sum(runs: Iterable[dict[str, Any]]) -> dict[str, Any]:
    total: dict[str, Any] = {"runs": 0, "usage": Usage(), **dict.fromkeys(_TRAFFIC, 0), "dollars": None}
    for run in filter(None, runs):
        total["runs"] += run.get("runs", 1)
        total["usage"] += Usage.model_validate(run.get("usage", {}))
        for name in _TRAFFIC:
            if run.get(name) is not None:
                total[name] = round((total[name] or 0) + run[name], 6)
    return total | {"usage": total["usage"].model_dump()}


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{number} {code}" for code, number in counts)


def _cost(usage: Usage, dollars: float | None) -> str:
    money = "" if dollars is None else f", ${dollars:.4f}"
    return f"{usage.prompt_tokens} + {usage.completion_tokens} tokens{money}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
