"""Which papers there are, by the million: remembered on the disk, not in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from ..errors import OutputError

__all__ = ["PaperKeys", "keys_of"]


class PaperKeys:
    """A value for each key, in a temporary file that goes with the object.

    Raises:
        OutputError: on writing; there is no room for it.
    """

    def __init__(self) -> None:
        import sqlite3  # not needed for most runs

        self._no_room = sqlite3.OperationalError
        self._database = sqlite3.connect("", isolation_level=None)  # a temporary file, of which little is in memory
        self._database.execute("CREATE TABLE papers (key BLOB PRIMARY KEY, value) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def close(self) -> None:
        self._database.close()

    def get(self, key: bytes) -> Any:
        """The value of a key; None where there is none."""
        found = self._database.execute("SELECT value FROM papers WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def set(self, key: bytes, value: float | str | bytes) -> None:
        """Gives a key its value."""
        try:
            self._database.execute("INSERT OR REPLACE INTO papers VALUES (?, ?)", (key, value))
        except self._no_room as error:
            raise OutputError(
                f"no room for a temporary file ({error}); set TMPDIR to a folder on a larger disk"
            ) from None

    def set_largest(self, keys: Iterable[bytes], value: int) -> None:
        """Gives keys a value, unless they have a larger one."""
        for key in keys:
            if value > (self.get(key) or 0):
                self.set(key, value)

    def add(self, key: bytes, number: int) -> int:
        """Adds to the value of a key, which is 0 in the beginning; what it is then."""
        value = int(self.get(key) or 0) + number
        self.set(key, value)
        return value


def keys_of(row: Mapping[str, Any]) -> list[bytes]:
    """What tells a paper from others: its id together with its title, and with its abstract.

    Of two papers that have one of these in common, one is a later state of the other. Tables that count their rows give
    the same ids to different papers, so that an id alone does not tell.
    """
    given, title, abstract = (" ".join(str(row.get(name) or "").split()) for name in ("id", "title", "abstract"))
    texts = [("title", title.casefold()), ("abstract", abstract)]
    told = [f"{name}\0{text}" for name, text in texts if text] or [""]
    return [blake2b(f"{given}\0{each}".encode("utf-8", "replace"), digest_size=16).digest() for each in told]
