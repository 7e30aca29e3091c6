"""How the help of a command looks: many options in groups, switches without a value."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand

__all__ = ["CHECKS", "INPUT", "LIMITS", "MESSAGES", "MODEL", "OUTPUT", "Command", "in_groups"]

OUTPUT, INPUT, MODEL = "Output", "Input", "Model"
CHECKS, LIMITS, MESSAGES = "Checks", "Limits", "Messages"

_ORDER = (None, OUTPUT, INPUT, MODEL, CHECKS, LIMITS, MESSAGES)
_FEW = 12  # options that are seen at a glance, and need no groups


class Command(TyperCommand):
    """A command with its options in groups."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Arguments and options, as they are shown."""
        return in_groups(super().get_params(ctx))


def in_groups(parameters: list[Any]) -> list[Any]:
    """Parameters in the order in which help shows them: those of one group together, a switch without a value."""
    options = [each for each in parameters if each.param_type_name == "option"]
    for each in parameters:
        if each.param_type_name == "argument":
            each.display_type_rich = _nothing  # its name says enough
        elif getattr(each, "is_flag", False):
            each.metavar = ""
    for each in options:
        if len(options) <= _FEW:
            each.rich_help_panel = None
        elif each.name == "help":
            each.rich_help_panel = MESSAGES
    return sorted(parameters, key=lambda each: _ORDER.index(getattr(each, "rich_help_panel", None)))


def _nothing(ctx: Any) -> None:
    """No type."""
