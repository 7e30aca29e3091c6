"""A group whose commands are loaded when they are used, so that help and version come at once."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from .complaints import plain_complaints
from .help_layout import Command, in_groups
from .starting import has_loaded

__all__ = ["Deferred", "Group", "add_deferred"]


@dataclass(frozen=True)
class Deferred:
    """A command that is somewhere else.

    Attributes:
        name: as it is typed.
        place: `module:name` in this package, of a function or of a Typer with commands of its own.
        help: the first line of its help.
        panel: the heading it stands under in the list of commands.
    """

    name: str
    place: str
    help: str
    panel: str

    def load(self) -> Any:
        """The command itself."""
        module, _, name = self.place.partition(":")
        found = getattr(importlib.import_module(f".{module}", __package__), name)
        if isinstance(found, typer.Typer):
            command: Any = typer.main.get_command(found)
        else:
            alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
            alone.command(self.name, cls=Command)(found)
            command = typer.main.get_command(alone)
        command.name = self.name
        return command


class _Stub(TyperCommand):
    """What is shown of a command before it is loaded."""

    deferred: Deferred


class Group(TyperGroup):
    """Commands that are loaded when they are used; complaints about their words are plain."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is meant, loaded."""
        name, command, rest = super().resolve_command(ctx, args)
        loaded = command.deferred.load() if isinstance(command, _Stub) else command
        has_loaded()
        return name, loaded, rest

    def loaded(self) -> dict[str, Any]:
        """All commands by name."""
        return {name: each.deferred.load() if isinstance(each, _Stub) else each for name, each in self.commands.items()}

    def get_params(self, ctx: Any) -> list[Any]:
        """The options of all commands, as they are shown."""
        return in_groups(super().get_params(ctx))

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """As of any group."""
        with plain_complaints():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """As of any group."""
        with plain_complaints():
            return super().invoke(ctx)


def add_deferred(app: typer.Typer, commands: Sequence[Deferred]) -> None:
    """Lists commands in an app whose class is `Group`."""
    for each in commands:
        kind = type("_Stub", (_Stub,), {"deferred": each})
        app.command(each.name, cls=kind, help=each.help, rich_help_panel=each.panel)(_nothing)


def _nothing() -> None:
    """Is never called: the loaded command is."""
