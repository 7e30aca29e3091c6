"""Whether the validator notices that a part of a result belongs to another number.

    python benchmarks/traded_parts.py GOLD.jsonl... [--whole-sentences] [--json] [--show N KIND]

A line of GOLD has `title`, `abstract` and `results`, or these as `gold.results`. A result has `score`, `kind`,
`evidence` and, each a list of accepted wordings or null, `metric`, `dataset`, `method`, `baseline` and maybe `setting`;
`nth` (from 0) where its score stands several times and it is not the first. `gold.metrics`, `gold.datasets` and
`gold.methods` (`any_of`) are used where they are there.

Of each abstract the true extraction is made, with the first wording of everything, and validated: a result is blamed
where the validator reports an error for it or a part of it, which would be dropped; warned of where it reports warnings
alone. Then one part of one result is traded, all others beside it as they are:

- metric, dataset: that of another result, a wording of which stands in the sentence of this score.
- number: score, evidence and kind of another result of the same sentence and unit, the names kept.
- metric elsewhere, dataset elsewhere: one of the paper that stands nowhere in the sentence of this score.
- digit: a digit of the score changed, so that the number stands nowhere in the text.

A trade is made only where it is false by the gold: of the two names, no accepted wording is one of the other or a part
of it; the other number is measured in another metric or on another dataset. Nothing is drawn at random. Intervals are
Wilson's, 95%, as if each result stood alone. The evidence is the gold's, a clause; with `--whole-sentences` it is the
sentence of the score, which holds more numbers and says less. `--show` prints what was accepted of a kind, or the true
results that were blamed (`true`).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from pathlib import Path
from typing import Any, Literal

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.planted_cases import NUMBER, Case, as_decimal, numbers_in, part_of, sentence_at

from absextract import Abstract, validate
from absextract.schema.paper import Result

Verdict = Literal["caught", "warned", "accepted"]
VERDICTS: tuple[Verdict, ...] = ("caught", "warned", "accepted")
KINDS = ("metric", "dataset", "number", "metric elsewhere", "dataset elsewhere", "digit")
ROLES = tuple(role for role in ("metric", "dataset", "method", "baseline", "setting") if role in Result.model_fields)
LISTS = {"metrics": "metric", "datasets": "dataset", "methods": "method"}
EVERY_PART = ("metric", "dataset", "method")
Z = 1.96


@dataclass(frozen=True)
class Paper:
    """An abstract and its true results, as the gold has them."""

    title: str
    abstract: str
    results: list[dict[str, Any]]
    lists: dict[str, list[list[str]]]
    """The wordings of each metric, dataset and method of the paper."""
    whole_sentences: bool
    """Whether evidence is the sentence of the score, instead of the gold's."""

    @cached_property
    def truth(self) -> Case:
        names = {key: [wordings[0] for wordings in found] for key, found in self.lists.items()}
        results = [
            self.number(i) | {role: result[role][0] for role in ROLES if result.get(role)}
            for i, result in enumerate(self.results)
        ]
        return Case(self.title, self.abstract, {**names, "results": results})

    def number(self, i: int) -> dict[str, str]:
        """A result without its names."""
        result = self.results[i]
        evidence = self.sentence(i) if self.whole_sentences else result["evidence"]
        return {"score": result["score"], "kind": result["kind"], "evidence": evidence}

    def sentence(self, i: int) -> str:
        """The sentence of the score of a result."""
        result = self.results[i]
        score, evidence = result["score"], result["evidence"]
        if evidence in self.title and evidence not in self.abstract:
            return self.title
        places = [match.start() for match in re.finditer(rf"(?<![\d.]){re.escape(score)}", self.abstract)]
        if (nth := result.get("nth", 0)) and nth < len(places):
            return sentence_at(self.abstract, places[nth])
        start = max(self.abstract.find(evidence), 0)
        return sentence_at(self.abstract, start + max(evidence.find(score), 0))


@dataclass(frozen=True)
class Trade:
    """What of a result is replaced by what."""

    kind: str
    index: int
    changed: dict[str, str]


@dataclass
class Tally:
    """How often what was said, and the cases to show."""

    verdicts: dict[str, Counter[Verdict]] = field(default_factory=dict)
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    cases: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, verdict: Verdict) -> None:
        self.verdicts.setdefault(kind, Counter())[verdict] += 1


def main() -> None:
    """Prints the tables."""
    options = _options()
    papers = [paper for path in options.gold for paper in read_papers(path, whole_sentences=options.whole_sentences)]
    true, traded = Tally(), Tally()
    for paper in papers:
        _judge_truth(paper, true)
        for trade in trades(paper):
            _judge_trade(paper, trade, traded)
    if options.as_json:
        print(json.dumps(_as_json(papers, true, traded), indent=2))
        return
    _print_tables(papers, true, traded)
    if options.show:
        number, kind = int(options.show[0]), options.show[1]
        for case in (true.cases | traded.cases).get(kind, [])[:number]:
            print(f"\n{case}")


def read_papers(path: Path, *, whole_sentences: bool) -> list[Paper]:
    """The papers of a gold file."""
    papers = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = row.get("gold", row)
        results = gold["results"]
        lists = {key: [item["any_of"] for item in gold.get(key) or ()] for key in LISTS}
        for key, role in LISTS.items():
            said = {result[role][0]: result[role] for result in results if result.get(role)}
            lists[key] = lists[key] or [*said.values()]
        papers.append(Paper(row["title"], row["abstract"], results, lists, whole_sentences))
    return papers


def trades(paper: Paper) -> Iterator[Trade]:
    """All trades of a paper that make a result false."""
    for i in range(len(paper.results)):
        sentence = paper.sentence(i)
        for role, key in (("metric", "metrics"), ("dataset", "datasets")):
            yield from _names(paper, i, role, sentence)
            yield from _names_elsewhere(paper, i, role, paper.lists[key], sentence)
        yield from _numbers(paper, i, sentence)
        yield from _digits(paper, i)


def _names(paper: Paper, i: int, role: str, sentence: str) -> Iterator[Trade]:
    others = (result.get(role) for result in paper.results)
    for wordings in _apart(paper.results[i].get(role), others):
        standing = next((wording for wording in wordings if _stands(wording, sentence)), None)
        if standing is not None:
            yield Trade(role, i, {role: standing})


def _names_elsewhere(paper: Paper, i: int, role: str, listed: Sequence[list[str]], sentence: str) -> Iterator[Trade]:
    others = [*(result.get(role) for result in paper.results), *listed]
    for wordings in _apart(paper.results[i].get(role), others):
        if not any(_stands(wording, sentence) for wording in wordings) and wordings[0] in paper.truth.text:
            yield Trade(f"{role} elsewhere", i, {role: wordings[0]})


def _apart(own: list[str] | None, others: Iterable[list[str] | None]) -> list[list[str]]:
    """What is another thing than the own by all of its wordings, each once."""
    found: dict[str, list[str]] = {}
    for wordings in others:
        if _differ(own, wordings) and wordings:
            found.setdefault(wordings[0].casefold(), wordings)
    return [*found.values()]


def _differ(some: list[str] | None, others: list[str] | None) -> bool:
    """Whether both name something, and no wording of the one holds one of the other."""
    if not some or not others:
        return False
    pairs = [(a.casefold(), b.casefold()) for a in some for b in others]
    return not any(a in b or b in a for a, b in pairs)


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _numbers(paper: Paper, i: int, sentence: str) -> Iterator[Trade]:
    own = paper.results[i]
    seen = {own["score"]}
    for j, other in enumerate(paper.results):
        score = other["score"]
        if score in seen or paper.sentence(j) != sentence or _unit(score) != _unit(own["score"]):
            continue
        alike = [result for result in paper.results if numbers_in(result["score"]) == numbers_in(score)]
        if numbers_in(score) != numbers_in(own["score"]) and all(_measured_apart(own, result) for result in alike):
            seen.add(score)
            yield Trade("number", i, paper.number(j))


def _measured_apart(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return any(_differ(one.get(role), other.get(role)) for role in ("metric", "dataset"))


def _unit(score: str) -> str:
    """What is left of a score without its numbers."""
    return re.sub(r"[\d.,+~$\\{}\s–-]", "", score).lower()


def _digits(paper: Paper, i: int) -> Iterator[Trade]:
    score = paper.results[i]["score"]
    match = NUMBER.search(score)
    if match is None:
        return
    number = match.group()
    for at in range(len(number) - 1, -1, -1):
        for digit in "123456789" if number[at].isdigit() else "":
            changed = number[:at] + digit + number[at + 1 :]
            if as_decimal(changed) not in paper.truth.numbers and changed not in paper.truth.text:
                yield Trade("digit", i, {"score": score[: match.start()] + changed + score[match.end() :]})
                return


def _judge_truth(paper: Paper, tally: Tally) -> None:
    by_result = _findings(paper.truth, paper.truth.extraction)
    for i, result in enumerate(paper.truth.extraction["results"]):
        found = by_result.get(i, [])
        verdict = _verdict(found)
        tally.add("all results", verdict)
        if all(role in result for role in EVERY_PART):
            tally.add("with metric, dataset and method", verdict)
        tally.codes.update({(severity, code) for severity, code, _ in found})
        if verdict == "caught":
            said = "; ".join(message for severity, _, message in found if severity == "error")
            tally.cases.setdefault("true", []).append(_shown(paper, i, result, said))


def _judge_trade(paper: Paper, trade: Trade, tally: Tally) -> None:
    results = [dict(result) for result in paper.truth.extraction["results"]]
    true = dict(results[trade.index])
    results[trade.index] |= trade.changed
    found = _findings(paper.truth, {**paper.truth.extraction, "results": results}).get(trade.index, [])
    verdict = _verdict(found)
    tally.add(trade.kind, verdict)
    if verdict == "accepted":
        tally.cases.setdefault(trade.kind, []).append(_shown(paper, trade.index, true, f"accepted: {trade.changed}"))


def _findings(case: Case, extraction: dict[str, Any]) -> dict[int, list[tuple[str, str, str]]]:
    """Severity, code and message of what is said of each result; nothing is dropped, so that places stay."""
    paper = Abstract(title=case.title, abstract=case.abstract)
    record = validate(extraction, paper, unsupported="keep")
    assert record.extraction is not None, record.error
    found: dict[int, list[tuple[str, str, str]]] = {}
    for finding in record.findings:
        match = re.fullmatch(r"/results/(\d+)", part_of(finding.path))
        if match:
            found.setdefault(int(match[1]), []).append((finding.severity, finding.code, finding.message))
    return found


def _verdict(found: Sequence[tuple[str, str, str]]) -> Verdict:
    severities = {severity for severity, _, _ in found}
    return "caught" if "error" in severities else "warned" if "warning" in severities else "accepted"


def _shown(paper: Paper, i: int, result: dict[str, Any], said: str) -> str:
    return f"{paper.sentence(i)}\n  true: {json.dumps(result, ensure_ascii=False)}\n  {said}"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95% interval of a share."""
    if not whole:
        return 0.0, 1.0
    share, z2 = part / whole, Z * Z
    middle = share + z2 / (2 * whole)
    half = Z * sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole))
    return max(0.0, (middle - half) / (1 + z2 / whole)), min(1.0, (middle + half) / (1 + z2 / whole))


def _as_json(papers: Sequence[Paper], true: Tally, traded: Tally) -> dict[str, Any]:
    codes = [{"severity": s, "code": code, "results": n} for (s, code), n in sorted(true.codes.items())]
    return {
        "papers": len(papers),
        "true": {kind: _shares(counts) for kind, counts in true.verdicts.items()},
        "true_by_code": codes,
        "traded": {kind: _shares(traded.verdicts.get(kind, Counter())) for kind in KINDS},
    }


def _shares(counts: Counter[Verdict]) -> dict[str, Any]:
    made = counts.total()
    shares: dict[str, Any] = {
        verdict: {
            "count": counts[verdict],
            "share": counts[verdict] / made if made else None,
            "interval": wilson(counts[verdict], made),
        }
        for verdict in VERDICTS
    }
    return {"made": made} | shares


def _print_tables(papers: Sequence[Paper], true: Tally, traded: Tally) -> None:
    print(f"{len(papers)} papers")
    _print_table("true results", "blamed", true.verdicts)
    for (severity, code), n in sorted(true.codes.items()):
        print(f"    {severity:8s}{code:28s}{n:6d}")
    _print_table("one part traded", "caught", {k: traded.verdicts[k] for k in KINDS if k in traded.verdicts})


def _print_table(title: str, caught: str, verdicts: dict[str, Counter[Verdict]]) -> None:
    print(f"\n{title:34s}{'n':>6s}" + "".join(f"{name:>24s}" for name in (caught, "warned", "accepted")))
    for kind, counts in verdicts.items():
        made = counts.total()
        cells = (_cell(counts[verdict], made) for verdict in VERDICTS)
        print(f"  {kind:32s}{made:6d}" + "".join(f"{cell:>24s}" for cell in cells))


def _cell(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{part / whole:.1%} ({low:.1%}-{high:.1%})"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="what is true of each abstract")
    parser.add_argument("--whole-sentences", action="store_true", help="take the sentence of a score as its evidence")
    parser.add_argument("--json", dest="as_json", action="store_true", help="print JSON")
    parser.add_argument(
        "--show", nargs=2, metavar=("N", "KIND"), help=f"print so many cases of: true, {', '.join(KINDS)}"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
