"""`absextract cache`: the answers of language models that are kept on disk."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .common_options import CacheDir
from .deferred import Group
from .help_layout import Command
from .logs import set_up_logging
from .messages import say

if TYPE_CHECKING:
    from ..extractors.llm.cache import AnswerCache

__all__ = ["cache_app"]

cache_app: typer.Typer = typer.Typer(no_args_is_help=True, add_completion=False, cls=Group)


@cache_app.callback()
def _described() -> None:
    """Look at the answers kept on disk, or remove them."""


@cache_app.command("info", cls=Command)
def cache_info(cache_dir: CacheDir = None) -> None:
    """Show where the answers are kept, and how many there are.

    Example: absextract cache info
    """
    with _existing_cache(cache_dir) as cache:
        size = cache.size_on_disk() / 1e6
        limit = "" if cache.limit is None else f" of {cache.limit / 1e6:g} MB (ABSEXTRACT_CACHE_MB)"
        for line in (f"folder   {cache.directory}", f"answers  {cache.count()}", f"size     {size:.1f} MB{limit}"):
            say(line)


@cache_app.command("clear", cls=Command)
def cache_clear(cache_dir: CacheDir = None) -> None:
    """Remove all answers, and the records that were made of them.

    Example: absextract cache clear
    """
    with _existing_cache(cache_dir) as cache:
        readable = cache.clear()
        say(f"removed the cache at {cache.directory}, which held {readable} readable answers")


@contextlib.contextmanager
def _existing_cache(cache_dir: Path | None) -> Iterator[AnswerCache]:
    """The cache; where there is none, says so and ends."""
    from ..extractors.llm.cache import RECORDS, AnswerCache, cache_limit, default_cache_dir

    set_up_logging()
    directory = cache_dir or default_cache_dir()
    if not any((folder / "cache.db").exists() for folder in (directory, directory / RECORDS)):
        say(f"no cache at {directory}")
        raise typer.Exit
    with contextlib.closing(AnswerCache(directory, limit=cache_limit())) as cache:
        yield cache
