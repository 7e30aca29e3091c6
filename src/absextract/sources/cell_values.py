"""Cells of typed tables as JSON knows them."""

from __future__ import annotations

import base64
import datetime
import decimal
import math
from typing import Any

__all__ = ["as_json", "is_blank"]


def as_json(value: Any) -> Any:
    """A cell as JSON knows it; what it does not know as text."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {str(key): as_json(each) for key, each in value.items()}
        case list() | tuple():
            return [as_json(each) for each in value]
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat()
        case datetime.timedelta() | decimal.Decimal():
            return str(value)
        case bytes():
            return base64.b64encode(value).decode()
        case None | str() | bool() | int():
            return value
    return str(value)


def is_blank(cell: Any) -> bool:
    """Whether a cell holds nothing, or nothing but blanks."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
