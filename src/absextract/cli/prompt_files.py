"""What the user adds to the prompt, out of its files."""

from __future__ import annotations

from ..errors import UsageError
from ..extractors.llm.guidance import Example
from ..sources.raw_files import open_raw

__all__ = ["read_added"]

_LONGEST = 1_000_000  # bytes; what is too long for a request is refused as such


def read_added(instructions: str | None, examples: str | None, count: int) -> tuple[str | None, tuple[Example, ...]]:
    """The instructions and the examples.

    Raises:
        UsageError: a file cannot be read.
    """
    if instructions == examples == "-":
        raise UsageError("--instructions - and --examples -: standard input can be only one of them")
    words = _text_of(instructions) if instructions else None
    if not examples:
        return words, ()
    from ..evaluation.gold_examples import read_examples

    return words, tuple(read_examples(examples, count))


def _text_of(path: str) -> str:
    """A text file, whole.

    Raises:
        UsageError: it cannot be read, or is no UTF-8.
    """
    try:
        with open(0, "rb", closefd=False) if path == "-" else open_raw(path) as file:
            pieces, size = [], 0
            while size <= _LONGEST and (piece := file.read(_LONGEST)):
                pieces.append(piece)
                size += len(piece)
        data = b"".join(pieces)
        # the last character may have been cut
        return data.decode("utf-8-sig", "strict" if size <= _LONGEST else "ignore").replace("\r\n", "\n")
    except OSError as error:
        raise UsageError(f"--instructions {path}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise UsageError(f"--instructions {path}: is no text in UTF-8") from None
