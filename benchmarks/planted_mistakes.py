"""Plants mistakes into extractions: copies in each of which one thing is false.

They are the same in every run. What counts as false is decided by the plain rules below and not by absextract's own
grammar, and in doubt a copy is left out: a changed number is used only where its value stands nowhere in the text, a
changed name only where no run of words of the text spells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from benchmarks.planted_cases import (
    NUMBER,
    PERCENT,
    RANGE,
    TIMES,
    Case,
    Variant,
    as_decimal,
    bare_url,
    count_of,
    link_paths,
    mention_paths,
    numbers_in,
    sentence_at,
    split_scheme,
    value_at,
    variant,
)

__all__ = ["false_variants"]

_NAMED = re.compile(
    r"(?<![\\\w.-])([A-Za-z]+-?)(\d+(?:\.\d+)?)(?=[A-Za-z]*(?![\w%\\×-]|\.\d|\s?(?:%|\\%|percent|points?\b)))"
)
_YEAR = re.compile(r"\b(?:in|since|until|between|from|[A-Z]{2,})\s((?:19|20)\d\d)\b(?!\s?[%\\])")
_VERSION = re.compile(r"\bv?(\d+(?:\.\d+)?)$")
_DIRECTION = re.compile(r"((?<=from )\w+|\w+(?=-to-)|\w+(?= to \w+ (?:gener|trans|synth)))([ -]to[ -])(\w+)")
_NAME = re.compile(r"(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{4,}")
_OTHER_WORDS = {"twice": "three times", "half": "a third", "three times": "four times", "order of": "two orders of"}
_SYNONYMS = {
    "achieves": "obtains", "reaches": "gets to", "attains": "arrives at", "improves": "betters", "outperforms": "beats",
    "reduces": "diminishes", "of": "equal to", "by": "by a full", "on": "evaluated on", "to": "up to as much as",
}  # fmt: skip
_FABRICATED = {
    "tasks": "zither tuning estimation", "methods": "QuibbleNet", "datasets": "VornBench", "metrics": "Grelling index",
    "metric": "Grelling index", "dataset": "VornBench", "method": "QuibbleNet", "baseline": "OldQuibbleNet",
}  # fmt: skip


def false_variants(case: Case) -> Iterator[Variant]:
    """Copies of the extraction, each with one value that the text does not support."""
    for i in range(len(case.extraction["results"])):
        yield from _false_scores(case, i)
        yield from _false_evidence(case, i)
    yield from _name_numbers(case)
    yield from _swapped(case)
    yield from _name_of_another(case)
    for path in link_paths(case.extraction):
        yield from _false_urls(case, path)
    for path in mention_paths(case.extraction):
        yield from _false_mentions(case, path)


def _false_scores(case: Case, i: int) -> Iterator[Variant]:
    result = case.extraction["results"][i]
    score, path = result["score"], f"/results/{i}/score"
    for match in [*NUMBER.finditer(score)][:2]:
        for kind, number in _near_misses(match.group()):
            if as_decimal(number) not in case.numbers and number != match.group():
                changed = score[: match.start()] + number + score[match.end() :]
                yield from variant(case, kind, path, changed)
    for kind, changed in _false_units(case, score, result["kind"], result["evidence"]):
        yield from variant(case, kind, path, changed)
    yield from _scores_of_others(case, result, path)


def _scores_of_others(case: Case, result: dict[str, Any], path: str) -> Iterator[Variant]:
    """What the text says otherwise: half of a range, another number word, the score of another result."""
    score = result["score"]
    if half := RANGE.fullmatch(score.strip("$~ ")):
        for end in (half[1].rstrip("%").rstrip("\\"), half[3]):
            if count_of(case.text, end) == 1:
                yield from variant(case, "half of a range", path, f"{end}{half[4]}")
    for word, other in _OTHER_WORDS.items():
        if word in score.lower() and other not in case.text.lower():
            yield from variant(case, "number word changed", path, score.lower().replace(word, other))
    for other_result in case.extraction["results"]:
        other = other_result["score"]
        if not numbers_in(other) & numbers_in(result["evidence"]) and other not in result["evidence"]:
            yield from variant(case, "score of another result", path, other)


def _near_misses(number: str) -> Iterator[tuple[str, str]]:
    places = [i for i, char in enumerate(number) if char.isdigit()]
    for i in places:
        digit = "8" if number[i] == "9" else str(int(number[i]) + 1)
        yield "digit changed", number[:i] + digit + number[i + 1 :]
    for i, j in pairwise(places):
        if number[i] != number[j] and not (i == 0 and number[j] == "0"):
            yield "digits swapped", number[:i] + number[j] + number[i + 1 : j] + number[i] + number[j + 1 :]
    value = as_decimal(number)
    for quantum in (Decimal(1), Decimal("0.1"), Decimal(10)):
        rounded = (value / quantum).to_integral_value(ROUND_HALF_UP) * quantum
        if value > quantum:
            yield "rounded", f"{rounded:f}"
    yield "off by ten", f"{(value * 10).normalize():f}"
    yield "off by ten", f"{(value / 10).normalize():f}"


def _false_units(case: Case, score: str, kind: str, evidence: str) -> Iterator[tuple[str, str]]:
    match = NUMBER.search(score)
    if match is None or RANGE.search(score) or len(NUMBER.findall(score)) > 1:
        return
    number, after = match.group(), score[match.end() :]
    alone = count_of(case.text, number) == 1
    sign = score[match.start() - 1 : match.start()] if match.start() else ""
    if sign in ("-", "+") or kind == "value":  # "-3" of "falls by 3" would be no mistake
        flipped = score.replace("-", "", 1) if sign == "-" else score.replace("+", "", 1)
        if score[:1].isdigit() or score[:1] in "+-$":
            yield "sign flipped", flipped if sign == "-" else f"-{flipped}"
    if alone and PERCENT.match(after):
        yield "unit dropped", score[: match.end()]
        yield "unit changed", f"{number}x"
        if "absolute" not in evidence and "point" not in evidence:
            yield "unit changed", f"{number} points"
    elif alone and TIMES.match(after):
        yield "unit dropped", number
        yield "unit changed", f"{number}%"
        yield "unit changed", f"{number} points"
    elif alone and not after.strip("$ ") and not _shares_unit(case.text, number):
        yield "unit changed", f"{number}%"
        yield "unit changed", f"{number}x"


def _shares_unit(text: str, number: str) -> bool:
    """Whether a unit stands shortly behind the number: "36/37/38%", "12 percentage points"."""
    at = text.find(number) + len(number)
    return bool(re.search(r"%|percent|points?|times|[x×]|fold", text[at : at + 25]))


def _name_numbers(case: Case) -> Iterator[Variant]:
    """Digits of names, versions and years as the score of one more result."""
    seen: set[str] = set()
    spans = [m.span(2) for m in _NAMED.finditer(case.abstract)] + [m.span(1) for m in _YEAR.finditer(case.abstract)]
    for path in mention_paths(case.extraction):
        name = value_at(case.extraction, path)
        if (match := _VERSION.search(name)) and name in case.abstract:
            start = case.abstract.index(name) + match.start(1)
            spans.append((start, start + len(match[1])))
    for start, end in spans:
        number = case.abstract[start:end]
        elsewhere = f"{case.title} {case.abstract[:start]} … {case.abstract[end:]}"
        if number in seen or as_decimal(number) in numbers_in(elsewhere):
            continue
        seen.add(number)
        extraction = deepcopy(case.extraction)
        extraction["results"].append({"score": number, "kind": "value", "evidence": sentence_at(case.abstract, start)})
        at = len(extraction["results"]) - 1
        yield Variant("number of a name", f"/results/{at}/score", number, extraction)


def _false_evidence(case: Case, i: int) -> Iterator[Variant]:
    result, path = case.extraction["results"][i], f"/results/{i}/evidence"
    evidence = result["evidence"]
    for word, other in _SYNONYMS.items():
        paraphrase = re.sub(rf"\b{word}\b", other, evidence, count=1)
        if paraphrase != evidence:
            yield from variant(case, "evidence paraphrased", path, paraphrase)
            break
    else:
        yield from variant(case, "evidence paraphrased", path, f"{evidence}, as we show")
    match = NUMBER.search(result["score"])
    for kind, number in _near_misses(match.group()) if match else ():
        at = evidence.find(match.group()) if match else -1
        if kind == "digit changed" and at >= 0 and match and as_decimal(number) not in case.numbers:
            changed = evidence[:at] + number + evidence[at + len(match.group()) :]
            yield from variant(case, "evidence with another number", path, changed)


def _swapped(case: Case) -> Iterator[Variant]:
    """Two results of one sentence that trade what they were measured on."""
    results = case.extraction["results"]
    for i, first in enumerate(results):
        for j in range(i + 1, len(results)):
            second = results[j]
            sentence = sentence_at(case.abstract, case.abstract.find(first["evidence"]))
            if second["evidence"] not in sentence or first["score"] == second["score"]:
                continue
            for part in ("dataset", "metric", "method"):
                yield from _swapped_part(case, i, j, part, sentence)


def _name_of_another(case: Case) -> Iterator[Variant]:
    """A result with what another result of its sentence, or a list, has in its place."""
    results = case.extraction["results"]
    for i, result in enumerate(results):
        for part, key in (("dataset", "datasets"), ("metric", "metrics")):
            name, sentence = result.get(part), sentence_at(case.abstract, case.abstract.find(result["evidence"]))
            others = dict.fromkeys(
                [*(r.get(part) for r in results if r["evidence"] in sentence), *case.extraction[key]]
            )
            for other in others:
                beside = name and other and name in result["evidence"] and other not in result["evidence"]
                if beside and _are_apart(name, other, sentence):
                    yield from variant(case, f"{part} of another result", f"/results/{i}/{part}", other)


def _are_apart(a: str, b: str, sentence: str) -> bool:
    return a in sentence and b in sentence and a not in b and b not in a


def _swapped_part(case: Case, i: int, j: int, part: str, sentence: str) -> Iterator[Variant]:
    first, second = (case.extraction["results"][k] for k in (i, j))
    a, b = first.get(part), second.get(part)
    if not a or not b or not _are_apart(a, b, sentence):
        return
    if part == "method" and not (a in first["evidence"] and b in second["evidence"]):
        return  # who did it is often said elsewhere, and shared
    extraction = deepcopy(case.extraction)
    extraction["results"][i][part], extraction["results"][j][part] = b, a
    listed = "respectively" in sentence and first["evidence"] == second["evidence"]
    suffix = " (respectively)" if listed else ""
    yield Variant(f"{part}s swapped{suffix}", f"/results/{i}/{part}", b, extraction, f"/results/{j}/{part}")


def _false_urls(case: Case, path: str) -> Iterator[Variant]:
    url = value_at(case.extraction, path)
    for kind, changed in _other_urls(url):
        if bare_url(changed) not in case.urls:
            yield from variant(case, kind, path, changed)
    if path == "/code_url":
        for link in case.extraction["links"]:
            if bare_url(link["url"]) != bare_url(url) and link["kind"] not in ("code", "project"):
                yield from variant(case, "code_url of another link", path, link["url"])


def _other_urls(url: str) -> Iterator[tuple[str, str]]:
    head, rest = split_scheme(url)
    host, slash, tail = rest.rstrip("/").partition("/")
    steps = tail.split("/") if slash else []
    if len(steps) > 1:
        yield "URL owner changed", f"{head}{host}/{steps[0]}-ai/{'/'.join(steps[1:])}"
        yield "URL owner changed", f"{head}{host}/{steps[0][:-1] or 'a'}/{'/'.join(steps[1:])}"
        yield "URL path shorter", f"{head}{host}/{'/'.join(steps[:-1])}"
    if steps:
        yield "URL path shorter", f"{head}{host}/{tail[:-1]}"
        yield "URL path shorter", f"{head}{host}"
        bumped = re.sub(r"\d(?=\D*$)", lambda m: str((int(m.group()) + 1) % 10), tail)
        yield "URL version bumped", f"{head}{host}/{bumped if bumped != tail else f'{tail}-v2'}"
    yield "URL path longer", f"{head}{host}/{tail + '/' if tail else ''}main"
    yield "URL path longer", f"{head}{host}/{tail}s" if tail else f"{head}{host}/code"
    yield "URL of another host", f"{head}{'gitlab.com' if host == 'github.com' else 'github.com'}/{tail or 'code'}"
    yield (
        "URL of another host",
        f"{head}{host.rpartition('.')[0]}.{'net' if host.endswith('.com') else 'com'}{slash}{tail}",
    )
    yield "URL fabricated", "https://github.com/quibble-lab/quibblenet"


def _false_mentions(case: Case, path: str) -> Iterator[Variant]:
    name = value_at(case.extraction, path)
    field = next(key for key in reversed(path.split("/")) if not key.isdigit())
    candidates = [("name fabricated", _FABRICATED[field])]
    if field in ("dataset", "datasets"):
        candidates += [("dataset version changed", other) for other in _other_versions(name)]
    if _NAME.fullmatch(name):
        candidates += [("name prefixed", f"Al{name}"), ("name prefixed", f"{name}a")]
        if not name.endswith("s"):
            candidates += [("name cut", name[1:]), ("name cut", name[:-1])]
    candidates += _word_replaced(case, name)
    for kind, other in candidates:
        if not case.mentions(other):
            yield from variant(case, kind, path, other)
    back = _DIRECTION.sub(r"\3\2\1", name)
    if back.lower() not in case.text.lower():
        yield from variant(case, "direction reversed", path, back)


def _other_versions(name: str) -> Iterator[str]:
    digits = re.search(r"\d+(?:\.\d+)?(?=\D*$)", name)
    if digits is None:
        yield f"{name} 2.0"
        yield f"{name}-100"
        return
    number = digits.group()
    changed = f"{int(number[0]) % 9 + 1}{number[1:]}"
    for other in (changed, f"{number}0"):
        yield name[: digits.start()] + other + name[digits.end() :]


def _word_replaced(case: Case, name: str) -> list[tuple[str, str]]:
    words = name.split()
    if len(words) < 2:
        return []
    others = [word for word in re.findall(r"\b[a-z]{6,}\b", case.abstract) if word not in name][:2]
    swaps = [" ".join([*words[:-1], other]) for other in [*others, "gardening"]]
    return [("one word replaced", swap) for swap in [*swaps, " ".join(["botanical", *words[1:]])]]
