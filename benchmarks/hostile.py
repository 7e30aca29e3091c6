"""How long the validator takes over hostile texts of a quarter, a half and one million characters.

Where the time is linear each step doubles it; the last column is the growth from the first to the last, 4.0 if linear.
"""

from __future__ import annotations

import time

from absextract import Abstract, validate

SIZES = (250_000, 500_000, 1_000_000)
PIECES = (
    "1", "(", "$", "https://github.com/a/b ", "{", "\\", "a", " ", "-", "1 ", "1-", "1/", "1,", "1.", "10% ", "one ",
    "by ", "1. A ", "A 1 B 2 ", "Alpha and Beta ", "https://a.b/\n", "\\'",
)  # fmt: skip
RESULT = {"score": "1", "kind": "value", "metric": "A", "dataset": "Alpha", "method": "a", "evidence": "1"}
EXTRACTION = {
    "tasks": ["image classification"],
    "methods": ["Kite"],
    "datasets": ["Alpha", "Beta"],
    "results": [RESULT, {**RESULT, "metric": "B", "dataset": "Beta", "method": "b"}],
    "links": [{"url": "https://github.com/a/b", "kind": "code"}],
    "code_url": "https://github.com/a/b",
}


def seconds(text: str) -> float:
    """The time of one validation."""
    began = time.perf_counter()
    validate(EXTRACTION, Abstract(title="", abstract=text))
    return time.perf_counter() - began


def main() -> None:
    """Prints one line a kind of text."""
    print(f"{'text of nothing but':26s}" + "".join(f"{size:>12,d}" for size in SIZES) + f"{'growth':>9s}")
    for piece in PIECES:
        times = [seconds((piece * (size // len(piece) + 1))[:size]) for size in SIZES]
        print(f"{piece!r:26s}" + "".join(f"{t:11.2f}s" for t in times) + f"{times[-1] / times[0]:9.1f}")


if __name__ == "__main__":
    main()
