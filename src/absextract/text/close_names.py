"""What somebody may have meant who mistyped a name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["did_you_mean"]


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """A question to put behind a message, with a blank before it; empty where nothing is near.

    Args:
        given: what was typed.
        known: what could have been typed.
    """
    folded = {each.casefold(): each for each in known}
    near = [folded[each] for each in get_close_matches(given.casefold(), folded)]
    return f" Did you mean {' or '.join(near)}?" if near else ""
