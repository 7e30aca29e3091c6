"""How many connections this process may open."""

from __future__ import annotations

import sys

from ...errors import ProviderSetupError

__all__ = ["allow_connections"]

_OTHERS = 100  # files that are no connections: inputs, outputs, the cache, modules


def allow_connections(number: int) -> None:
    """Raises the soft limit of open files where it is too low for so many connections.

    Raises:
        ProviderSetupError: the hard limit does not allow for them.
    """
    if sys.platform == "win32":  # which knows no such limit
        return
    import resource

    needed = number + _OTHERS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise ProviderSetupError(
            f"{number} requests at once need {needed} open files, and this process may have {hard}; "
            "lower --concurrency, or raise the limit (ulimit -n)"
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
