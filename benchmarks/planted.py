r"""Plants mistakes into extractions, and dresses true values in other clothes.

`false_variants` yields copies of an extraction in each of which one thing is false, `true_variants` copies that
say the same in another spelling. Both are deterministic. What counts as false is decided by the plain rules below
and not by absextract's own grammar, and in doubt a variant is left out: a changed number is used only where its value
stands nowhere in the text, a changed name only where no run of words of the text spells it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

__all__ = ["PLANTED", "Case", "Variant", "false_variants", "part_of", "read_cases", "true_variants"]

PLANTED = Path(__file__).with_name("planted.jsonl")

_NUMBER = re.compile(r"(?<!\d)(?:\d+(?:(?:,|\{,\})\d{3})+(?!\d)|\d+)(?:\.\d+)?")
_PERCENT = re.compile(r"\s?(?:\\?%|percent\b)")
_TIMES = re.compile(r"\$?\s?(?:[x×](?![a-z])|\\times|times\b|-?fold\b)")
_UNIT = re.compile(rf"{_PERCENT.pattern}|{_TIMES.pattern}|(?:\s|-)?(?:points?|hours?|minutes?|seconds?|days?|ms)\b")
_RANGE = re.compile(r"(\d[\d.,]*(?:\\?%)?)(\s?(?:-{1,3}|[–—])\s?)(\d[\d.,]*)(.*)", re.DOTALL)
_NAMED = re.compile(
    r"(?<![\\\w.-])([A-Za-z]+-?)(\d+(?:\.\d+)?)(?=[A-Za-z]*(?![\w%\\×-]|\.\d|\s?(?:%|\\%|percent|points?\b)))"
)
_YEAR = re.compile(r"\b(?:in|since|until|between|from|[A-Z]{2,})\s((?:19|20)\d\d)\b(?!\s?[%\\])")
_VERSION = re.compile(r"\bv?(\d+(?:\.\d+)?)$")
_URL = re.compile(
    r"(?:https?:\s?//|www\.|\b(?:[\w-]+\.)+[a-z]{2,}/)[^\s<>\"'{}]+|\b(?:[\w-]+\.){1,3}(?:io|org|ai|com)\b"
)
_WORD = re.compile(r"[^\W_]+")
_DIRECTION = re.compile(r"((?<=from )\w+|\w+(?=-to-)|\w+(?= to \w+ (?:gener|trans|synth)))([ -]to[ -])(\w+)")
_NAME = re.compile(r"(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{4,}")
_REPOSITORY = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/([\w.-]+)/([\w.-]+?)/?$")
_CARDINALS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_NUMBER_WORDS = {word: Decimal(value) for value, word in enumerate(_CARDINALS, start=1)} | {
    word: Decimal(value)
    for value, words in {
        "2": ("twice", "double", "doubles", "doubled"), "3": ("thrice",), "0.5": ("half", "halves", "halved"),
        "0.25": ("quarter",), "0.33": ("third",), "0.1": ("tenth",),
    }.items()
    for word in words
}  # fmt: skip
_OTHER_WORDS = {"twice": "three times", "half": "a third", "three times": "four times", "order of": "two orders of"}
_SYNONYMS = {
    "achieves": "obtains", "reaches": "gets to", "attains": "arrives at", "improves": "betters", "outperforms": "beats",
    "reduces": "diminishes", "of": "equal to", "by": "by a full", "on": "evaluated on", "to": "up to as much as",
}  # fmt: skip
_FABRICATED = {
    "tasks": "zither tuning estimation", "methods": "QuibbleNet", "datasets": "VornBench", "metrics": "Grelling index",
    "metric": "Grelling index", "dataset": "VornBench", "method": "QuibbleNet", "baseline": "OldQuibbleNet",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A paper with what is true of it, as JSON values."""

    title: str
    abstract: str
    extraction: dict[str, Any]

    @cached_property
    def text(self) -> str:
        return f"{self.title}\n\n{self.abstract}"

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """The values of all numbers of the text, names, years and words included."""
        return numbers_in(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word.lower() for word in _WORD.findall(self.text))

    @cached_property
    def urls(self) -> frozenset[str]:
        return frozenset(_bare(match.group().rstrip(".,;:!?)")) for match in _URL.finditer(self.text))

    def mentions(self, name: str) -> bool:
        """Whether a run of words of the text spells the name, in any case, order or ending, hyphens aside."""
        wanted = [word.lower() for word in _WORD.findall(name)]
        joined, stems = "".join(wanted), sorted(map(_stem, wanted))
        for i in range(len(self.words)):
            if sorted(map(_stem, self.words[i : i + len(wanted)])) == stems:
                return True
            run = ""
            for word in self.words[i : i + len(wanted) + 4]:
                run += word
                if run == joined:
                    return True
        return False


@dataclass(frozen=True)
class Variant:
    """One extraction with a changed value.

    Attributes:
        kind: what was done to it.
        path: JSON Pointer of the changed value.
        value: the changed value.
        extraction: the whole extraction that holds it.
        partner: JSON Pointer of the value it traded places with, if it did.
    """

    kind: str
    path: str
    value: str
    extraction: dict[str, Any]
    partner: str | None = None

    @property
    def parts(self) -> frozenset[str]:
        """JSON Pointers of what is false as a whole: a result, a link, an item of a list, a field."""
        return frozenset(part_of(path) for path in (self.path, self.partner) if path)


def part_of(path: str) -> str:
    """The result, link, item or field that a JSON Pointer leads into."""
    return "/".join(path.split("/")[:3])


def read_cases(path: Path) -> list[Case]:
    """JSONL with `title`, `abstract` and `extraction`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [Case(row["title"], row["abstract"], row["extraction"]) for row in rows]


def numbers_in(text: str) -> frozenset[Decimal]:
    """The values of all numbers of a text, in digits or words, whatever they stand for."""
    digits = [*_NUMBER.findall(text), *re.findall(r"\d+(?:\.\d+)?", text)]
    decimal_commas = [m.replace(",", ".") for m in re.findall(r"\b\d+,\d{1,2}\b", text)]
    words = [_NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", text.lower()) if w in _NUMBER_WORDS]
    return frozenset([*map(_decimal, digits), *map(Decimal, decimal_commas), *words])


def false_variants(case: Case) -> Iterator[Variant]:
    """Copies of the extraction, each with one value that the text does not support."""
    for i in range(len(case.extraction["results"])):
        yield from _false_scores(case, i)
        yield from _false_evidence(case, i)
    yield from _name_numbers(case)
    yield from _swapped(case)
    yield from _name_of_another(case)
    for path in _link_paths(case.extraction):
        yield from _false_urls(case, path)
    for path in _mention_paths(case.extraction):
        yield from _false_mentions(case, path)


def true_variants(case: Case) -> Iterator[Variant]:
    """Copies of the extraction, each with one value in another spelling of the same."""
    for i, result in enumerate(case.extraction["results"]):
        for kind, score in _respelled_scores(result["score"], result["kind"]):
            yield from _variant(case, kind, f"/results/{i}/score", score)
        for kind, quote in _respelled_quotes(result["evidence"]):
            yield from _variant(case, kind, f"/results/{i}/evidence", quote)
    for path in _link_paths(case.extraction):
        for kind, url in _respelled_urls(_get(case.extraction, path)):
            yield from _variant(case, kind, path, url)
    for path in _mention_paths(case.extraction):
        for kind, name in _respelled_mentions(_get(case.extraction, path)):
            yield from _variant(case, kind, path, name)


# Scores


def _false_scores(case: Case, i: int) -> Iterator[Variant]:
    result = case.extraction["results"][i]
    score, path = result["score"], f"/results/{i}/score"
    for match in [*_NUMBER.finditer(score)][:2]:
        for kind, number in _near_misses(match.group()):
            if _decimal(number) not in case.numbers and number != match.group():
                changed = score[: match.start()] + number + score[match.end() :]
                yield from _variant(case, kind, path, changed)
    for kind, changed in _false_units(case, score, result["kind"], result["evidence"]):
        yield from _variant(case, kind, path, changed)
    if half := _RANGE.fullmatch(score.strip("$~ ")):
        for end in (half[1].rstrip("%").rstrip("\\"), half[3]):
            if _count(case.text, end) == 1:
                yield from _variant(case, "half of a range", path, f"{end}{half[4]}")
    for word, other in _OTHER_WORDS.items():
        if word in score.lower() and other not in case.text.lower():
            yield from _variant(case, "number word changed", path, score.lower().replace(word, other))
    for other_result in case.extraction["results"]:
        other = other_result["score"]
        if not numbers_in(other) & numbers_in(result["evidence"]) and other not in result["evidence"]:
            yield from _variant(case, "score of another result", path, other)


def _near_misses(number: str) -> Iterator[tuple[str, str]]:
    places = [i for i, char in enumerate(number) if char.isdigit()]
    for i in places:
        digit = "8" if number[i] == "9" else str(int(number[i]) + 1)
        yield "digit changed", number[:i] + digit + number[i + 1 :]
    for i, j in pairwise(places):
        if number[i] != number[j] and not (i == 0 and number[j] == "0"):
            yield "digits swapped", number[:i] + number[j] + number[i + 1 : j] + number[i] + number[j + 1 :]
    value = _decimal(number)
    for quantum in (Decimal(1), Decimal("0.1"), Decimal(10)):
        rounded = (value / quantum).to_integral_value(ROUND_HALF_UP) * quantum
        if value > quantum:
            yield "rounded", f"{rounded:f}"
    yield "off by ten", f"{(value * 10).normalize():f}"
    yield "off by ten", f"{(value / 10).normalize():f}"


def _false_units(case: Case, score: str, kind: str, evidence: str) -> Iterator[tuple[str, str]]:
    match = _NUMBER.search(score)
    if match is None or _RANGE.search(score) or len(_NUMBER.findall(score)) > 1:
        return
    number, after = match.group(), score[match.end() :]
    alone = _count(case.text, number) == 1
    sign = score[match.start() - 1 : match.start()] if match.start() else ""
    if sign in ("-", "+") or kind == "value":  # "-3" of "falls by 3" would be no mistake
        flipped = score.replace("-", "", 1) if sign == "-" else score.replace("+", "", 1)
        if score[:1].isdigit() or score[:1] in "+-$":
            yield "sign flipped", flipped if sign == "-" else f"-{flipped}"
    if alone and _PERCENT.match(after):
        yield "unit dropped", score[: match.end()]
        yield "unit changed", f"{number}x"
        if "absolute" not in evidence and "point" not in evidence:
            yield "unit changed", f"{number} points"
    elif alone and _TIMES.match(after):
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
    for path in _mention_paths(case.extraction):
        name = _get(case.extraction, path)
        if (match := _VERSION.search(name)) and name in case.abstract:
            start = case.abstract.index(name) + match.start(1)
            spans.append((start, start + len(match[1])))
    for start, end in spans:
        number = case.abstract[start:end]
        elsewhere = f"{case.title} {case.abstract[:start]} … {case.abstract[end:]}"
        if number in seen or _decimal(number) in numbers_in(elsewhere):
            continue
        seen.add(number)
        extraction = deepcopy(case.extraction)
        extraction["results"].append({"score": number, "kind": "value", "evidence": _sentence(case.abstract, start)})
        at = len(extraction["results"]) - 1
        yield Variant("number of a name", f"/results/{at}/score", number, extraction)


# Evidence and relations


def _false_evidence(case: Case, i: int) -> Iterator[Variant]:
    result, path = case.extraction["results"][i], f"/results/{i}/evidence"
    evidence = result["evidence"]
    for word, other in _SYNONYMS.items():
        paraphrase = re.sub(rf"\b{word}\b", other, evidence, count=1)
        if paraphrase != evidence:
            yield from _variant(case, "evidence paraphrased", path, paraphrase)
            break
    else:
        yield from _variant(case, "evidence paraphrased", path, f"{evidence}, as we show")
    match = _NUMBER.search(result["score"])
    for kind, number in _near_misses(match.group()) if match else ():
        at = evidence.find(match.group()) if match else -1
        if kind == "digit changed" and at >= 0 and match and _decimal(number) not in case.numbers:
            changed = evidence[:at] + number + evidence[at + len(match.group()) :]
            yield from _variant(case, "evidence with another number", path, changed)


def _swapped(case: Case) -> Iterator[Variant]:
    """Two results of one sentence that trade what they were measured on."""
    results = case.extraction["results"]
    for i, first in enumerate(results):
        for j in range(i + 1, len(results)):
            second = results[j]
            sentence = _sentence(case.abstract, case.abstract.find(first["evidence"]))
            if second["evidence"] not in sentence or first["score"] == second["score"]:
                continue
            for part in ("dataset", "metric", "method"):
                yield from _swapped_part(case, i, j, part, sentence)


def _name_of_another(case: Case) -> Iterator[Variant]:
    """A result with what another result of its sentence, or a list, has in its place."""
    results = case.extraction["results"]
    for i, result in enumerate(results):
        for part, key in (("dataset", "datasets"), ("metric", "metrics")):
            name, sentence = result.get(part), _sentence(case.abstract, case.abstract.find(result["evidence"]))
            others = dict.fromkeys(
                [*(r.get(part) for r in results if r["evidence"] in sentence), *case.extraction[key]]
            )
            for other in others:
                beside = name and other and name in result["evidence"] and other not in result["evidence"]
                if beside and _are_apart(name, other, sentence):
                    yield from _variant(case, f"{part} of another result", f"/results/{i}/{part}", other)


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


# Links


def _false_urls(case: Case, path: str) -> Iterator[Variant]:
    url = _get(case.extraction, path)
    for kind, changed in _other_urls(url):
        if _bare(changed) not in case.urls:
            yield from _variant(case, kind, path, changed)
    if path == "/code_url":
        for link in case.extraction["links"]:
            if _bare(link["url"]) != _bare(url) and link["kind"] not in ("code", "project"):
                yield from _variant(case, "code_url of another link", path, link["url"])


def _other_urls(url: str) -> Iterator[tuple[str, str]]:
    head, rest = _split_scheme(url)
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


# Mentions


def _false_mentions(case: Case, path: str) -> Iterator[Variant]:
    name = _get(case.extraction, path)
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
            yield from _variant(case, kind, path, other)
    back = _DIRECTION.sub(r"\3\2\1", name)
    if back.lower() not in case.text.lower():
        yield from _variant(case, "direction reversed", path, back)


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


# The same in other clothes


def _respelled_scores(score: str, kind: str) -> Iterator[tuple[str, str]]:
    for pattern, spellings in ((_PERCENT, ("%", r"\%", " %", " percent")), (_TIMES, ("x", "×", r"\times", " times"))):
        for match in re.finditer(rf"(?<=\d){pattern.pattern}$", score):
            for spelling in spellings:
                yield "unit respelled", score[: match.start()] + spelling
    for comma in ("", ",", "{,}"):
        respelled = re.sub(r"(?<=\d)(?:,|\{,\})(?=\d{3}(?!\d))", comma, score)
        yield "thousands respelled", respelled
    if ends := _RANGE.fullmatch(score):
        for dash in ("-", "–", "--"):
            yield "range respelled", f"{ends[1]}{dash}{ends[3]}{ends[4]}"
    if score.startswith("+"):
        yield "plus dropped", score[1:]
    elif kind == "change" and re.fullmatch(r"\d+(?:\.\d+)?(?:\\?%)?", score):
        yield "plus added", f"+{score}"
    if "$" not in score and score[:1].isdigit():
        yield "put between $", f"${score}$"


def _respelled_quotes(quote: str) -> Iterator[tuple[str, str]]:
    yield "quote respelled", quote.replace(r"\%", "%") if r"\%" in quote else quote.replace("%", r"\%")
    yield "quote respelled", quote.replace("--", "–").replace("'", "’")
    yield "quote respelled", quote[:1].swapcase() + quote[1:]
    yield "quote respelled", quote.replace(" ", "  ", 1)


def _respelled_urls(url: str) -> Iterator[tuple[str, str]]:
    rest = _split_scheme(url)[1]
    bare = rest.removeprefix("www.")
    yield "scheme changed", f"http://{rest}"
    yield "scheme changed", f"https://{rest}"
    yield "scheme changed", rest
    yield "www changed", f"https://{bare}" if bare != rest else f"https://www.{rest}"
    if "?" not in url and "#" not in url:
        yield "slash changed", url.rstrip("/") if url.endswith("/") else f"{url}/"
    if _REPOSITORY.fullmatch(url):
        yield ".git changed", url.removesuffix(".git") if url.endswith(".git") else f"{url.rstrip('/')}.git"
    host, slash, tail = rest.partition("/")
    yield "host in capitals", f"https://{host.upper()}{slash}{tail}"


def _respelled_mentions(name: str) -> Iterator[tuple[str, str]]:
    respellings: list[Callable[[str], str]] = [
        str.lower,
        lambda s: s if "\\" in s else s.upper(),  # \RHO is no LaTeX
        lambda s: s.replace("-", " "),
        lambda s: s.replace("-", "–"),
        lambda s: s.replace(" ", "-"),
        lambda s: s.replace("'", "’"),
        lambda s: s.replace(r"\%", "%"),
    ]
    for respelled in respellings:
        yield "name respelled", respelled(name)


# Places


def _link_paths(extraction: dict[str, Any]) -> list[str]:
    return [f"/links/{i}/url" for i in range(len(extraction["links"]))] + ["/code_url"] * bool(extraction["code_url"])


def _mention_paths(extraction: dict[str, Any]) -> list[str]:
    lists = ("tasks", "methods", "datasets", "metrics")
    parts = ("metric", "dataset", "method", "baseline")
    items = [f"/{key}/{i}" for key in lists for i in range(len(extraction[key]))]
    of_results = [f"/results/{i}/{p}" for i, r in enumerate(extraction["results"]) for p in parts if r.get(p)]
    return items + of_results


def _variant(case: Case, kind: str, path: str, value: str) -> Iterator[Variant]:
    if value != _get(case.extraction, path):
        extraction = deepcopy(case.extraction)
        parent, _, key = path.rpartition("/")
        container = _get(extraction, parent)
        container[int(key) if isinstance(container, list) else key] = value
        yield Variant(kind, path, value, extraction)


def _get(extraction: Any, path: str) -> Any:
    for key in path.split("/")[1:]:
        extraction = extraction[int(key) if isinstance(extraction, list) else key]
    return extraction


def _sentence(text: str, at: int) -> str:
    """The sentence around a place of the text."""
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s+[A-ZÀ-Þ])", text)]
    start = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end > at), default=len(text))
    return text[start:end].strip()


def _count(text: str, number: str) -> int:
    return len(re.findall(rf"(?<![\d.]){re.escape(number)}(?!\.?\d)", text))


def _split_scheme(url: str) -> tuple[str, str]:
    at = url.find("//") + 2 if re.match(r"https?:\s?//", url) else 0
    return url[:at], url[at:]


def _bare(url: str) -> str:
    return re.sub(r"^(?:https?:\s?//)?(?:www\.)?", "", url.lower()).rstrip("/").removesuffix(".git")


def _stem(word: str) -> str:
    return word.rstrip("s")[:4]


def _decimal(number: str) -> Decimal:
    return Decimal(re.sub(r"\{,\}|,", "", number))
