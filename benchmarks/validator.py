"""How much that is false gets through, how much that is true is blamed, and how fast: absextract beside its peers.

    python benchmarks/validator.py [--shared DIR] [--every N]

The planted set (`planted.jsonl`, abstracts of our own making with careful extractions) is spoilt by
`planted_mistakes.py` and respelled by `planted_spellings.py`; each variant has one changed value, which every tool is
asked about:

- absextract judges the whole extraction; an error in the part that was changed is a rejection.
- LangExtract's resolver accepts a value that it aligns to the text (any alignment status).
- instructor's CitationMixin accepts a value that survives as a quote.
- rapidfuzz accepts a value with a partial ratio of 90 or more against the text.

The last three see one string and the text: that is all they look at, so swapped values pass. Tools that are not
installed are left out. `--shared DIR` adds the answers of a language model to real papers (`DIR/answers/seeds.jsonl`),
of which `--every N` takes each N-th. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.planted_cases import PLANTED, Case, Variant, part_of, read_cases
from benchmarks.planted_mistakes import false_variants
from benchmarks.planted_spellings import true_variants

from absextract import Abstract, validate

ROUNDS = 5
LEAST_RECORDS = 200
FUZZY_FROM = 90


class Tool(ABC):
    """Something that says of a value whether a text supports it."""

    name: str

    @abstractmethod
    def rejected(self, case: Case, variant: Variant) -> bool:
        """Whether the changed value of the variant is refused."""

    @abstractmethod
    def check(self, case: Case) -> frozenset[str]:
        """Holds all values of the extraction against the text as the tool does it; the parts it refuses."""


class Absextract(Tool):
    """The validator of this project, over whole extractions."""

    name = "absextract"

    def rejected(self, case: Case, variant: Variant) -> bool:
        return not variant.parts.isdisjoint(_parts_in_error(case, variant.extraction))

    def check(self, case: Case) -> frozenset[str]:
        return _parts_in_error(case, case.extraction)


class StringTool(Tool):
    """A peer that looks for strings in a text."""

    def rejected(self, case: Case, variant: Variant) -> bool:
        return not self.accepted([variant.value], case.text)[0]

    def check(self, case: Case) -> frozenset[str]:
        paths, values = zip(*leaves(case.extraction), strict=True)
        return frozenset(
            part_of(p) for p, kept in zip(paths, self.accepted(values, case.text), strict=True) if not kept
        )

    @abstractmethod
    def accepted(self, values: Sequence[str], text: str) -> list[bool]:
        """Which of the values the tool finds in the text."""


class LangExtract(StringTool):
    """LangExtract's resolver with its default settings."""

    name = "langextract"

    def __init__(self) -> None:
        self._extraction = import_module("langextract.core.data").Extraction
        self._resolver = import_module("langextract.resolver").Resolver()

    def accepted(self, values: Sequence[str], text: str) -> list[bool]:
        wanted = [self._extraction("value", value) for value in values]
        aligned = {id(e): e for e in self._resolver.align(wanted, text, 0, 0)}
        return [id(e) in aligned and e.alignment_status is not None for e in wanted]


class CitationMixin(StringTool):
    """instructor's quotes, which must be found in the context, at most five letters off."""

    name = "citation"

    def __init__(self) -> None:
        self._mixin = import_module("instructor.dsl.citation").CitationMixin

    def accepted(self, values: Sequence[str], text: str) -> list[bool]:
        answers = (self._mixin.model_validate({"substring_quotes": [v]}, context={"context": text}) for v in values)
        return [bool(answer.substring_quotes) for answer in answers]


class RapidFuzz(StringTool):
    """The best partial match of a value, in the text."""

    name = "rapidfuzz"

    def __init__(self) -> None:
        self._ratio = import_module("rapidfuzz.fuzz").partial_ratio

    def accepted(self, values: Sequence[str], text: str) -> list[bool]:
        return [self._ratio(value, text, score_cutoff=FUZZY_FROM) >= FUZZY_FROM for value in values]


PEERS: dict[str, Callable[[], Tool]] = {
    "langextract": LangExtract,
    "instructor": CitationMixin,
    "rapidfuzz": RapidFuzz,
}


@dataclass
class Count:
    """Of how many variants how many went wrong, by kind and by tool."""

    of: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, Counter[str]] = field(default_factory=dict)

    def share(self, tool: str, kind: str | None = None) -> str:
        """Per cent, of one kind or of all."""
        wrong, of = self.wrong[tool], self.of
        part, whole = (wrong.total(), of.total()) if kind is None else (wrong[kind], of[kind])
        return f"{part / whole:.1%}" if whole else "-"


def main() -> None:
    """Prints the tables for the planted set and, if asked, for the real answers."""
    options = _options()
    tools = _tools()
    report("planted set", read_cases(PLANTED), tools)
    if options.shared:
        cases = read_cases(options.shared / "answers" / "seeds.jsonl")
        report(f"every {options.every}. real answer", cases[:: options.every], tools)


def report(title: str, cases: list[Case], tools: list[Tool]) -> None:
    """One table a question, and one of the speed."""
    false = count(cases, tools, false_variants, wrong_if_rejected=False)
    true = count(cases, tools, true_variants, wrong_if_rejected=True)
    for case in cases:
        _count_as_given(case, tools, true)
    print(f"\n{title}: {len(cases)} papers")
    _print_table("false values accepted", false, tools)
    _print_table("true values blamed", true, tools)
    _print_speed(cases, tools)


def count(
    cases: Iterable[Case],
    tools: Sequence[Tool],
    variants: Callable[[Case], Iterator[Variant]],
    *,
    wrong_if_rejected: bool,
) -> Count:
    """How often each tool goes wrong about the variants of the cases."""
    result = Count(wrong={tool.name: Counter() for tool in tools})
    for case in cases:
        for variant in variants(case):
            result.of[variant.kind] += 1
            for tool in tools:
                result.wrong[tool.name][variant.kind] += tool.rejected(case, variant) is wrong_if_rejected
    return result


def _count_as_given(case: Case, tools: Sequence[Tool], result: Count) -> None:
    parts = frozenset(part_of(path) for path, _ in leaves(case.extraction))
    result.of["as given"] += len(parts)
    for tool in tools:
        result.wrong[tool.name]["as given"] += len(tool.check(case)) if parts else 0


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """JSON Pointer and text of every value that must stand in the source."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if key != "kind":
            yield from leaves(item, f"{path}/{key}")
    if isinstance(value, str):
        yield path, value


def _parts_in_error(case: Case, extraction: dict[str, Any]) -> frozenset[str]:
    record = validate(extraction, Abstract(title=case.title, abstract=case.abstract))
    return frozenset(part_of(finding.path) for finding in record.findings if finding.severity == "error")


def _tools() -> list[Tool]:
    missing = [package for package in PEERS if find_spec(package) is None]
    if missing:
        print(f"not installed, left out: {', '.join(missing)}")
    return [Absextract(), *(make() for package, make in PEERS.items() if package not in missing)]


def _print_table(title: str, counted: Count, tools: Sequence[Tool]) -> None:
    print(f"\n{title:34s}{'n':>7s}" + "".join(f"{tool.name:>13s}" for tool in tools))
    for kind, n in sorted(counted.of.items()):
        print(f"  {kind:32s}{n:7d}" + "".join(f"{counted.share(tool.name, kind):>13s}" for tool in tools))
    print(f"  {'all':32s}{counted.of.total():7d}" + "".join(f"{counted.share(tool.name):>13s}" for tool in tools))


def _print_speed(cases: Sequence[Case], tools: Sequence[Tool]) -> None:
    """Whole extractions as given, the tools in turn in every round, so that a busy machine slows all alike."""
    filled = [case for case in cases if case.extraction["results"]]
    work = filled * -(-LEAST_RECORDS // len(filled)) if filled else []
    rounds = [{tool.name: _seconds(tool, work) for tool in tools} for _ in range(ROUNDS if work else 0)]
    if not rounds:
        return
    print(f"\n{'speed, extractions with results':34s}{'records/s':>12s}{'time, absextract = 1':>24s}")
    ours = statistics.median(r["absextract"] for r in rounds)
    for tool in tools:
        seconds = statistics.median(r[tool.name] for r in rounds)
        print(f"  {tool.name:32s}{len(work) / seconds:12.0f}{seconds / ours:24.2f}")


def _seconds(tool: Tool, cases: Sequence[Case]) -> float:
    began = time.perf_counter()
    for case in cases:
        tool.check(case)
    return time.perf_counter() - began


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shared", type=Path, help="folder that holds answers/seeds.jsonl")
    parser.add_argument("--every", type=int, default=10, help="take each N-th of the real answers (default: 10)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
