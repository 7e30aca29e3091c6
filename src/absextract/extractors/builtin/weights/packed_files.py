"""The files of learned weights that lie in this folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ....text.weight_files import read_weight_file

__all__ = ["FOLDER", "NAMES_FILE", "NUMBERS_FILE", "read_packed"]

FOLDER = Path(__file__).parent
"""Where training writes them, in a checkout."""
NAMES_FILE = "names.json.gz"
NUMBERS_FILE = "numbers.json.gz"


def read_packed(name: str) -> dict[str, Any]:
    """The content of one of the files."""
    return read_weight_file(__package__, name)
