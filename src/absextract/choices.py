"""What a user may choose, and how much there is of a thing where nobody says: all that the help of a command shows.

It imports nothing, so that help comes at once.
"""

from __future__ import annotations

from typing import Literal, get_args

__all__ = [
    "FEW_EXAMPLES",
    "FORMAT_NAMES",
    "MOST_ANSWER_TOKENS",
    "MOST_SAMPLES",
    "InputFormat",
    "Markup",
    "Mode",
    "OnBadInput",
    "Unsupported",
]

InputFormat = Literal[
    "arxiv",
    "bibtex",
    "csv",
    "json",
    "jsonl",
    "nbib",
    "numbered",
    "openalex",
    "parquet",
    "proquest",
    "pubmed",
    "pubtator",
    "refer",
    "refworks",
    "ris",
    "text",
    "trending",
    "tsv",
    "wos",
    "xlsx",
    "xml",
]
"""The formats of inputs. How each is read stands in `sources/read.py`."""

FORMAT_NAMES: tuple[str, ...] = get_args(InputFormat)

Markup = Literal["text", "keep"]
"""Whether markup becomes the text that a reader sees, or all characters stay as they came."""

OnBadInput = Literal["record", "fail"]
"""Whether an input record that cannot be read becomes a failed record, or stops the run."""

Mode = Literal["tools", "json-schema", "json"]
"""How a language model is asked for structured answers."""

Unsupported = Literal["drop", "keep"]
"""What is done with a value that the text does not support."""

MOST_ANSWER_TOKENS = 4096
"""Tokens of one answer at most, where nobody says otherwise: a model that repeats itself without end comes to one."""

FEW_EXAMPLES = 3
"""Worked examples that are shown to a model where nobody says how many."""

MOST_SAMPLES = 50
"""Answers to one question; more would say nothing new."""
