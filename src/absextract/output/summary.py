"""What a run did: counts for people on stderr, and the same as JSON beside the output."""

from __future__ import annotations

import json
import os
import platform
import time
from collections import Counter
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ..errors import OutputError
from ..records import Record, Usage

__all__ = ["RunSummary", "check_same_settings"]

_SHAPING = ("mode", "max_reasks", "unsupported")  # model and schema stand in each record
_PACKAGES = ("absextract", "openai", "instructor", "pydantic", "tenacity", "diskcache", "ray")


@dataclass(slots=True)
class RunSummary:
    """Counts of one run. Times stand here and never in a record."""

    settings: dict[str, Any]
    status: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    requests: int = 0
    retries: int = 0
    reasks: int = 0
    cache_hits: int = 0
    usage: Usage = field(default_factory=Usage)
    dollars: float | None = None
    interrupted_by: int | None = None  # the number of the signal
    stopped: str | None = None  # the limit that ended the run
    started: float = field(default_factory=time.time)
    seconds: float = 0.0

    def count(self, record: Record[Any]) -> None:
        """Takes a new record into account."""
        self.status[record.status] += 1
        self.findings.update(finding.code for finding in record.findings)
        if record.error:
            self.errors[record.error.code] += 1

    @property
    def new(self) -> int:
        """Records made in this run."""
        return self.status.total()

    @property
    def failed(self) -> int:
        return self.status["failed"]

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
        counts = ", ".join(f"{self.status[s]} {s}" for s in ("ok", "flagged", "failed") if self.status[s]) or "none"
        kept = f", {self.kept} kept from before" if self.kept else ""
        lines = [f"{self.new} records in {self.seconds:.1f} s ({rate}): {counts}{kept}"]
        if self.findings:
            lines.append("findings: " + ", ".join(f"{n} {code}" for code, n in self.findings.most_common()))
        if self.errors:
            lines.append("errors: " + ", ".join(f"{n} {code}" for code, n in self.errors.most_common()))
        if self.requests or self.cache_hits:
            cost = "" if self.dollars is None else f", ${self.dollars:.4f}"
            lines.append(
                f"{self.requests} requests, {self.retries} retries, {self.reasks} re-asks, {self.cache_hits} from the "
                f"cache, {self.usage.prompt_tokens} + {self.usage.completion_tokens} tokens{cost}"
            )
        return lines

    def write_beside(self, out: str) -> None:
        """Writes the summary as JSON to `OUT.run.json`, whole or not at all; not beside a device or standard output.

        Where the output is a folder, it is the `run.json` in there.

        Raises:
            OutputError: it cannot be written.
        """
        if not (os.path.isfile(out) or os.path.isdir(out)):
            return
        path = _beside(out)
        try:
            with open(f"{path}.partial", "w", encoding="utf-8", errors="backslashreplace") as file:
                json.dump(self._as_json(), file, indent=2, ensure_ascii=False)
                file.write("\n")
            os.replace(f"{path}.partial", path)
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror}") from error

    def _as_json(self) -> dict[str, Any]:
        return {
            "records": self.new,
            "kept": self.kept,
            "status": {name: self.status[name] for name in ("ok", "flagged", "failed")},
            "findings": dict(self.findings.most_common()),
            "errors": dict(self.errors.most_common()),
            "requests": self.requests,
            "retries": self.retries,
            "reasks": self.reasks,
            "cache_hits": self.cache_hits,
            "usage": self.usage.model_dump(),
            "dollars": self.dollars,
            "interrupted": self.interrupted,
            "stopped": self.stopped,
            "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.started)),
            "seconds": round(self.seconds, 3),
            "settings": self.settings,
            "versions": {"python": platform.python_version()} | {p: v for p in _PACKAGES if (v := _version(p))},
        }


def check_same_settings(out: str, settings: dict[str, Any]) -> None:
    """Finds out whether the records of an existing output were made with other settings.

    Raises:
        OutputError: they were, as far as the summary beside the output tells.
    """
    if not os.path.isdir(out) and (not os.path.isfile(out) or not os.path.getsize(out)):
        return
    try:
        with open(_beside(out), encoding="utf-8") as file:
            then = dict(json.load(file)["settings"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    for name in _SHAPING:
        if name in then and name in settings and then[name] != settings[name]:
            raise OutputError(
                f"{out}: made with {name} {then[name]}, this run has {settings[name]}; "
                "choose another -o, or --overwrite to start anew"
            )


def _beside(out: str) -> str:
    return os.path.join(out, "run.json") if os.path.isdir(out) else f"{out}.run.json"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
