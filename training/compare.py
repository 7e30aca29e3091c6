"""Compares ways of finding names on the same folds: patterns, a CRF tagger, the first step alone, both steps.

    python training/compare.py ANSWERS.jsonl --known-names FOLDER [--without GOLD.jsonl]

Needs scikit-learn and python-crfsuite. Thresholds are tuned for each way by itself.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pycrfsuite
from sklearn.ensemble import GradientBoostingClassifier

from absextract.extractors.builtin.fill import find_by_patterns
from absextract.extractors.builtin.names.metrics import find_metrics
from absextract.extractors.builtin.names.ranking import FIELDS
from absextract.reading.passage import Passage
from absextract.reading.tokens import Tokens
from answered import Paper, read_known_names, read_papers
from first_step import Runs, learn_known_names, learn_spans
from scoring import Counts, count_matches
from second_step import out_of_fold, paper_weights, rank_papers, tune
from train import FOLDS, first_step_alone

Names = dict[str, list[str]]


def main() -> None:
    """Prints one row for each way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--known-names", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--accepted", type=Path, metavar="JSONL")
    parser.add_argument("--without", type=Path, action="append", default=[], metavar="JSONL")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    papers = read_papers(options.answers, options.without, options.accepted)
    folds = np.random.default_rng(options.seed).permutation(len(papers)) % FOLDS
    print(f"{'':24s}" + "".join(f"{field:>10s}" for field in FIELDS))
    show("patterns", papers, [by_patterns(paper) for paper in papers])
    show("CRF", papers, by_crf(papers, folds))
    runs = Runs.of(papers)
    known = learn_known_names(read_known_names(options.known_names), runs, options.seed)
    labels = {field: runs.labels(papers, field) for field in FIELDS}
    models = [
        first_step_alone(learn_spans(runs, labels, folds[runs.papers] != fold, known, options.seed))
        for fold in range(FOLDS)
    ]
    tables = rank_papers(papers, lambda number: models[folds[number]], options.seed)
    weights = paper_weights(papers)

    def first(field: str) -> np.ndarray:
        return np.asarray(1 / (1 + np.exp(-tables[field].rows[:, FIELDS.index(field)])))

    ways: dict[str, Callable[[str], np.ndarray]] = {
        "first step alone": first,
        "second step, linear": lambda field: out_of_fold(tables[field], folds, weights),
        "second step, 60 trees": lambda field: out_of_fold(tables[field], folds, weights, fit_trees),
    }
    for name, way in ways.items():
        show_row(name, [tune(tables[field], way(field), papers, weights)[1].f1() for field in FIELDS])


def show(name: str, papers: Sequence[Paper], found: Sequence[Names]) -> None:
    """Prints the F1 of names found, field by field."""
    scores = []
    for field in FIELDS:
        counts = Counts()
        for paper, names, weight in zip(papers, found, paper_weights(papers), strict=True):
            counts.add(count_matches(paper.names[field], tuple(names.get(field, ()))), weight)
        scores.append(counts.f1())
    show_row(name, scores)


def show_row(name: str, scores: Sequence[float]) -> None:
    """Prints one row of the table."""
    print(f"{name:24s}" + "".join(f"{score:10.3f}" for score in scores), flush=True)


def by_patterns(paper: Paper) -> Names:
    """What cue words and shapes find."""
    abstract = Passage(paper.abstract)
    return find_by_patterns(Passage(paper.title, in_title=True), abstract, find_metrics(abstract))


def fit_trees(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """Gradient-boosted trees in place of the second step's linear weights."""
    model = GradientBoostingClassifier(
        n_estimators=60, max_depth=3, subsample=0.7, max_features=0.4, min_samples_leaf=15, random_state=0
    )
    model.fit(rows, labels, sample_weight=weights)
    return lambda others: np.asarray(model.predict_proba(others)[:, 1])


def by_crf(papers: Sequence[Paper], folds: np.ndarray) -> list[Names]:
    """Names that a linear CRF tags in papers that it has not seen."""
    found: list[Names] = [{field: [] for field in FIELDS} for _ in papers]
    texts = [[Passage(p.title, in_title=True).tokens, Passage(p.abstract).tokens] for p in papers]
    for fold in range(FOLDS):
        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params({"c1": 0.1, "c2": 0.05, "max_iterations": 80})
        for number in np.flatnonzero(folds != fold).tolist():
            for tokens in texts[number]:
                trainer.append(crf_features(tokens), crf_labels(tokens, papers[number]))
        with tempfile.TemporaryDirectory() as folder:
            trainer.train(f"{folder}/crf")
            tagger = pycrfsuite.Tagger()
            tagger.open(f"{folder}/crf")
            for number in np.flatnonzero(folds == fold).tolist():
                for tokens in texts[number]:
                    add_tagged(found[number], tokens, tagger.tag(crf_features(tokens)))
            tagger.close()
    return found


def crf_features(tokens: Tokens) -> list[list[str]]:
    """Word, ending and shape of each token and of its neighbours."""
    rows = []
    for i, word in enumerate(tokens.words):
        row = [f"w={word}", f"3={word[-3:]}", f"s={tokens.shapes[i]}", f"t={tokens.in_title}"]
        for step in (-2, -1, 1, 2):
            if 0 <= i + step < len(tokens.words):
                row += [f"{step}w={tokens.words[i + step]}", f"{step}s={tokens.shapes[i + step]}"]
        rows.append(row)
    return rows


def crf_labels(tokens: Tokens, paper: Paper) -> list[str]:
    """`B-` and `I-` of the first field that a token's name belongs to."""
    labels = ["O"] * len(tokens.words)
    for field in FIELDS:
        for name in (text for each in paper.names[field] if not each.optional for text in each.texts):
            wanted = Passage(name).tokens.words
            for i in range(len(tokens.words) - len(wanted) + 1):
                if tokens.words[i : i + len(wanted)] == wanted and labels[i : i + len(wanted)] == ["O"] * len(wanted):
                    labels[i : i + len(wanted)] = [f"B-{field}", *[f"I-{field}"] * (len(wanted) - 1)]
    return labels


def add_tagged(names: Names, tokens: Tokens, tags: Sequence[str]) -> None:
    """Adds each tagged name once."""
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            end = i + 1
            while end < len(tags) and tags[end] == f"I-{tag[2:]}":
                end += 1
            text = tokens.text[tokens.starts[i] : tokens.ends[end - 1]]
            if text.lower() not in map(str.lower, names[tag[2:]]):
                names[tag[2:]].append(text)


if __name__ == "__main__":
    main()
