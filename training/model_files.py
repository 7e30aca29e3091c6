"""Writing what is learned, the same bytes for the same content."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["write_model"]


def write_model(path: Path, content: Mapping[str, Any]) -> None:
    """Writes a model file without a time in it, and tells its size."""
    data = json.dumps(content, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")
