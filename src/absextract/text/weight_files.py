"""Reading learned weights: JSON, packed, that lies in the package and says of which format it is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["check_format", "read_weight_file"]


def read_weight_file(package: str, name: str) -> dict[str, Any]:
    """The content of a file of weights.

    Args:
        package: the package that it lies in.
        name: of the file.
    """
    packed = (resources.files(package) / name).read_bytes()
    one_each = cache(float)  # weights are few numbers many times: kept once each they stay in the processor's cache
    content: dict[str, Any] = json.loads(gzip.decompress(packed), parse_float=one_each)
    return content


def check_format(content: Mapping[str, Any], expected: int) -> None:
    """Refuses weights laid out as another version of the package wants them.

    Raises:
        ValueError: they are of another format.
    """
    if content["format"] != expected:
        raise ValueError(f"weights of format {content['format']}, expected {expected}")
