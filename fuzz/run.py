"""Fuzzes the library: `make fuzz SECONDS=60 SEED=1`; `python fuzz/run.py --again FILE` does a kept case once more.

A case is made from the seed, the target and its number alone. What breaks the library is written to
`fuzz/found/TARGET-SEED-NUMBER`, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
import warnings
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from targets import TARGETS, Target  # it stands on the helpers of the tests

_FOUND = Path(__file__).parent / "found"
_TOO_LONG = 20.0  # seconds of processor time for a case
_STANDS_STILL = 300.0  # seconds, on a busy machine
_ENOUGH = 20  # findings of a target


def main() -> int:
    """Runs the targets; 1 where one was broken."""
    options = _options()
    warnings.simplefilter("ignore")
    for sign in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(sign, _too_long)
    if options.again:
        target = TARGETS[options.again.name.partition("-")[0]]
        return int(_broken_by(target, options.again.read_bytes(), tell=True))
    found = 0
    for name in options.targets or TARGETS:
        found += _fuzz(name, options.seed, options.seconds)
    return int(found > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="all, where none is named")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=Path, metavar="FILE", help="a case that was kept")
    return parser.parse_args()


def _fuzz(name: str, seed: int, seconds: float) -> int:
    target, found, number = TARGETS[name], 0, 0
    end = time.monotonic() + seconds
    while time.monotonic() < end and found < _ENOUGH:
        case = target.make(random.Random(f"{seed} {name} {number}"))
        if _broken_by(target, case, tell=not found):
            found += 1
            _FOUND.mkdir(exist_ok=True)
            path = _FOUND / f"{name}-{seed}-{number}"
            path.write_bytes(case)
            print(f"{name}: case {number} breaks it; again: {sys.executable} {__file__} --again {path}")
        number += 1
    print(f"{name}: {number} cases, {found} of them break it", flush=True)
    return found


def _broken_by(target: Target, case: bytes, *, tell: bool) -> bool:
    signal.setitimer(signal.ITIMER_PROF, _TOO_LONG)
    signal.setitimer(signal.ITIMER_REAL, _STANDS_STILL)
    try:
        target.check(case)
    except Exception:  # whatever it is, it is what is looked for
        if tell:
            traceback.print_exc()
        return True
    finally:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
    return False


def _too_long(_signum: int, _frame: FrameType | None) -> None:
    raise TimeoutError("it takes too long, or stands still")


if __name__ == "__main__":
    sys.exit(main())
