"""Python code in a process of its own, with little memory and processor time: a hang or a flood ends in a failure."""

from __future__ import annotations

import resource
import subprocess
import sys

MEMORY = 1 << 30
SECONDS = 20


def run_bounded(code: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Runs code to its end; the process dies with more than a gigabyte or twenty seconds of processor time."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    return subprocess.run(
        [sys.executable, "-c", code, *args],
        capture_output=True,
        text=True,
        preexec_fn=limit,  # no other thread is running
        timeout=120,
        check=False,
    )
