"""Which jobs this machine knows: those submitted here, and those whose schema and server were named again.

A job's folder may come from somebody else. It names a schema, whose code runs, a server, which gets the key, and a
cache; none of them is taken on the folder's word.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from ..data_folder import default_data_dir
from ..display.printable import printable
from ..errors import OutputError, UsageError
from ..extractors.llm.cache import default_cache_dir
from .ledger import LEDGER, Ledger, check_no_links
from .settings import NOTHING_NAMED, JobSettings, Named, whole_schema

__all__ = ["remember", "tell_copies", "trusted"]

_log = logging.getLogger(__name__)
_OPENAI = "https://api.openai.com/v1"
_BUILT_IN = "paper"
_PORTS = {"http": 80, "https": 443}
_MOST_SHOWN = 200


def remember(run: str, settings: JobSettings, cache_dir: str, directory: Path) -> None:
    """Lets later steps take schema, server and this cache from the folder's word.

    Args:
        run: the job's own number.
        settings: as they stand in the folder.
        cache_dir: the cache of this machine that answers go into.
        directory: the folder.
    """
    place = _place(run, settings)
    known = _Known(cache_dir, _digest_of(settings.schema), os.path.realpath(directory))
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = place.with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps(asdict(known)), encoding="utf-8")
        os.replace(unfinished, place)
    except OSError as error:
        _log.warning("%s: %s; this job's schema and server have to be named again in each step", place, error.strerror)


def tell_copies(run: str, settings: JobSettings, directory: Path) -> None:
    """Tells of a folder that is a copy of another one: both have the same batches, and neither knows of the other."""
    known = _remembered(run, settings)
    if known and known.directory != os.path.realpath(directory) and _holds(Path(known.directory), run):
        _log.warning(
            "%s: is a copy of the job in %s and has the same batches; go on in one of the two alone",
            *(directory, _shown(known.directory)),
        )


def trusted(run: str, settings: JobSettings, named: Named, directory: Path) -> tuple[JobSettings, str]:
    """The settings with a cache of this machine, and the server's address in words of the user's own.

    Raises:
        UsageError: this machine does not know the job, or not the schema file as it is now, and what the job wants was
            not named.
    """
    _check_named(settings, named, directory)
    tell_copies(run, settings, directory)
    known = _remembered(run, settings)
    if known and not named.schema and known.schema_digest != _digest_of(settings.schema):
        raise UsageError(
            f"{directory}: the file of its schema {_shown(settings.schema)} has changed since the job was submitted, "
            "and would be run; if you trust it as it is now, name it again with --schema REF, once"
        )
    address = named.base_url or (settings.base_url if known else _own_address(settings.server))
    wanted = []
    if not (known or named.schema or settings.schema == _BUILT_IN):
        wanted.append(("to run the schema", settings.schema, "--schema REF"))
    if address is None:
        wanted.append(("to send your key to", settings.server, "--base-url URL"))
    if wanted or address is None:
        wishes = " and ".join(f"{wish} {_shown(what)}" for wish, what, _ in wanted)
        options = " and ".join(option for *_, option in wanted)
        raise UsageError(
            f"{directory}: this machine does not know the job, which wants {wishes}; if you trust that, name it again "
            f"with {options}, once"
        )
    cache_dir = known.cache_dir if known else os.path.abspath(default_cache_dir())
    if named != NOTHING_NAMED:
        remember(run, settings, cache_dir, directory)
    return replace(settings, cache_dir=cache_dir), address


def _check_named(settings: JobSettings, named: Named, directory: object) -> None:
    if named.schema and whole_schema(named.schema) != whole_schema(settings.schema):
        raise UsageError(f"{directory}: its schema is {_shown(settings.schema)}, not {_shown(named.schema)}")
    if named.base_url and (not _parts(named.base_url) or _parts(named.base_url) != _parts(settings.server)):
        raise UsageError(f"{directory}: its server is {_shown(settings.server)}, not that of --base-url")


def _own_address(server: str) -> str | None:
    """The same server as the environment or OpenAI has it, None where it is another one."""
    there = _parts(server)
    own = (os.environ.get("OPENAI_BASE_URL") or _OPENAI, _OPENAI)
    return next((address for address in own if there and _parts(address) == there), None)


def _parts(address: str) -> tuple[str, str, int | None, str] | None:
    """What makes an address the same as another, None where it is none."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:  # a port that is no number, a bracket without its partner
        return None
    return (parts.scheme, parts.hostname, port, parts.path.rstrip("/")) if parts.hostname else None


@dataclass(frozen=True, slots=True)
class _Known:
    """What this machine knows of a job.

    Attributes:
        cache_dir: its cache here.
        schema_digest: of the file of its schema, as it was when somebody named it; None where it is no file.
        directory: where the job was.
    """

    cache_dir: str
    schema_digest: str | None
    directory: str


def _remembered(run: str, settings: JobSettings) -> _Known | None:
    """What is known of a job, None where this machine does not know it."""
    try:
        return TypeAdapter(_Known).validate_json(_place(run, settings).read_bytes())
    except (OSError, ValueError):
        return None


def _digest_of(schema: str) -> str | None:
    place = whole_schema(schema).rpartition(":")[0]
    if not place.endswith(".py"):
        return None
    try:
        return hashlib.sha256(Path(place).read_bytes()).hexdigest()
    except OSError:
        return ""  # as no file has


def _holds(directory: Path, run: str) -> bool:
    """Whether a job is there too."""
    try:
        if not (directory / LEDGER).is_file():
            return False
        check_no_links(directory)
        with Ledger(directory) as ledger:
            return bool(ledger.fact("run") == run)
    except OutputError:  # another step is at work there
        return True


def _place(run: str, settings: JobSettings) -> Path:
    """Where a job is remembered; a folder that was edited leads to another place."""
    matter = [run, whole_schema(settings.schema), settings.server, settings.cache_dir]
    digest = hashlib.sha256(json.dumps(matter).encode()).hexdigest()
    return default_data_dir() / "jobs" / f"{digest}.json"


def _shown(text: str) -> str:
    shown = printable(text)
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[:_MOST_SHOWN]}…"
