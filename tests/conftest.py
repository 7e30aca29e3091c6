"""No test reaches beyond this machine, and none reads the user's keys, settings or cache."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Whoever runs the tests may like other colours, widths, languages and times, or sit behind a proxy. Set before anything
# is imported: consoles, clients and clocks look once.
_STRANGE = (
    "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "FORCE_COLOR", "GITHUB_ACTIONS", "NO_COLOR", "PY_COLORS",
    "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LINES", "TERMINAL_WIDTH", "TYPER_USE_RICH", "LANGUAGE", "LC_ALL",
    "LC_CTYPE", "LC_MESSAGES", "LC_NUMERIC", "LC_TIME", "PYTHONIOENCODING", "PYTHONOPTIMIZE", "PYTHONUNBUFFERED",
    "PYTHONWARNINGS",
)  # fmt: skip
_OURS = {"COLUMNS": "100", "LANG": "C.UTF-8", "TERM": "xterm", "TZ": "UTC", "PYTHONUTF8": "1"}


def _settle(environment: MutableMapping[str, str]) -> None:
    for name in list(environment):
        if name in _STRANGE or name.lower().endswith("_proxy"):
            del environment[name]
    environment.update(_OURS)


_settle(os.environ)
time.tzset()
settings.register_profile("tests", deadline=None)  # how long an example takes tells of the machine alone
settings.load_profile("tests")

KEY = "sk-test-0123456789-not-a-real-key"
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def no_certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of trusted certificates that holds none."""
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, no_certificates: Path) -> None:
    for name in list(os.environ):
        ours = name.startswith(("ABSEXTRACT_", "OPENAI_")) or name.endswith("_API_KEY")
        if ours and name != "ABSEXTRACT_RECORD":
            monkeypatch.delenv(name)
    monkeypatch.setenv("ABSEXTRACT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("ABSEXTRACT_DATA_DIR", str(tmp_path / "data"))
    # Nobody beyond this machine is asked, and reading the certificates of the world takes each client 20 ms.
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(no_certificates))


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test wants to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """An API key in the environment, to be found nowhere else."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return KEY


@pytest.fixture
def shared() -> Path:
    """The folder of real papers beside the checkout; tests that need it are skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip("no folder of real papers beside the checkout")
    return SHARED
