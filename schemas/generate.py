"""Writes the JSON Schemas of this folder; run it after a change to a schema: `python schemas/generate.py`."""

from __future__ import annotations

import json
from pathlib import Path

from absextract.cli.schemas import json_schema

HERE = Path(__file__).parent


def main() -> None:
    """Writes `paper.schema.json` and `record.schema.json`, as `absextract schema paper|record` prints them."""
    for what in ("paper", "record"):
        text = json.dumps(json_schema(what), indent=2, ensure_ascii=False)
        (HERE / f"{what}.schema.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
