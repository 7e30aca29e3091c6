"""How long the commands that do nothing take to start, beside the libraries they are drawn with.

    python benchmarks/start_up.py [--rounds 15]

Prints the median of processor time in a process of its own, and how many times that of
`import typer, rich.console` it is.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys

MEASURED = {
    "import typer, rich.console": ["-c", "import typer, rich.console"],
    "import absextract": ["-c", "import absextract"],
    "absextract --version": ["-m", "absextract", "--version"],
    "absextract --help": ["-m", "absextract", "--help"],
    "absextract extract --help": ["-m", "absextract", "extract", "--help"],
    "from absextract import validate": ["-c", "from absextract import validate"],
    "from absextract import extract": ["-c", "from absextract import extract"],
}


def main() -> None:
    """Measures all in turn, round after round, so that a busy moment meets each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    seconds: dict[str, list[float]] = {name: [] for name in MEASURED}
    for _ in range(rounds):
        for name, words in MEASURED.items():
            seconds[name].append(processor_seconds(words))
    medians = {name: statistics.median(each) for name, each in seconds.items()}
    base = medians[next(iter(MEASURED))]
    print(f"{'':34}{'seconds':>8}{'ratio':>8}")
    for name, median in medians.items():
        print(f"{name:34}{median:8.3f}{median / base:8.2f}")


def processor_seconds(words: list[str]) -> float:
    """Processor time of one run of Python."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main()
