"""Where this machine keeps what it takes nobody else's word for."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

__all__ = ["default_data_dir"]


def default_data_dir() -> Path:
    """`ABSEXTRACT_DATA_DIR`, else the user's data folder of this platform."""
    return Path(os.environ.get("ABSEXTRACT_DATA_DIR") or user_data_path("absextract"))
