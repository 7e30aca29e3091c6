"""Trains the offline extractor's models of names and numbers and prints how good it is on papers not learned from.

    python training/train.py ANSWERS.jsonl --known-names FOLDER [--accepted accepted.jsonl] [--without GOLD.jsonl]
        [--passages outcomes.jsonl abstracts.jsonl [--texts TEXTS.jsonl…]] [--keep-names] [-o MODEL.json.gz]

ANSWERS.jsonl holds {"title", "abstract", "extraction"} a line; FOLDER holds tasks.tsv, datasets.tsv and metrics.tsv
with the columns "name" and "count". Papers whose titles stand in a file given by `--without` are not learned from.
The same files and seed give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from absextract.extractors.builtin.names.model import FORMAT, LearnedModel, load_model
from absextract.extractors.builtin.names.ranking import FIELDS
from absextract.extractors.builtin.weights.packed_files import FOLDER, NAMES_FILE
from answered import HeldOut, Paper, read_known_names, read_papers
from bound_texts import read_bound_texts
from calibration import calibrated, judge, show_reliability
from first_step import Runs, SpanWeights, learn_known_names, learn_spans
from model_files import write_model
from outcomes_figures import train_numbers
from second_step import learn_ranker, out_of_fold, paper_weights, rank_papers, ranker_as_json, tune

FOLDS = 5
DEFAULT_MODEL = FOLDER / NAMES_FILE


def main() -> None:
    """Reads the command line, trains, writes the model and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--known-names", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--accepted", type=Path, metavar="JSONL", help="all texts that readers accept, by paper")
    parser.add_argument("--without", type=Path, action="append", default=[], metavar="JSONL")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--passages", type=Path, nargs="+", metavar="JSONL", help="learn also about numbers, from these"
    )
    parser.add_argument(
        "--texts", type=Path, nargs="+", default=[], metavar="JSONL", help="and from these (see train_attribution.py)"
    )
    parser.add_argument("--bindings", type=Path, default=Path(__file__).parent / "bindings.jsonl", metavar="JSONL")
    parser.add_argument("--keep-names", action="store_true", help="learn about numbers alone, by the package's names")
    parser.add_argument("-o", "--output", type=Path, default=DEFAULT_MODEL)
    options = parser.parse_args()
    held_out = HeldOut.of(options.without)
    papers = read_papers(options.answers, held_out, options.accepted)
    model = load_model() if options.keep_names else _train_names(papers, options)
    if options.passages:
        folder = None if options.output == DEFAULT_MODEL else options.output.parent
        bound = read_bound_texts(options.texts, options.bindings, options.without)
        train_numbers(papers, options.passages, bound, held_out, model, options.seed, folder)


def _train_names(papers: list[Paper], options: argparse.Namespace) -> LearnedModel:
    content = train(papers, read_known_names(options.known_names), options.seed)
    write_model(options.output, content)
    return LearnedModel.from_json(content)


def train(papers: list[Paper], names: dict[str, list[tuple[str, int]]], seed: int) -> dict[str, object]:
    """The model file's content, learned from all papers; prints what each field reaches on held-out folds."""
    folds = np.random.default_rng(seed).permutation(len(papers)) % FOLDS
    runs = Runs.of(papers)
    known = learn_known_names(names, runs, seed)
    labels = {field: runs.labels(papers, field) for field in FIELDS}
    spans = [learn_spans(runs, labels, folds[runs.papers] != fold, known, seed) for fold in range(FOLDS)]
    models = [first_step_alone(weights) for weights in spans]
    tables = rank_papers(papers, lambda number: models[folds[number]], seed)
    weights = paper_weights(papers)
    print(f"{len(papers)} papers, {FOLDS} folds\n{'field':10s}{'P':>7s}{'R':>7s}{'F1':>7s}")
    rankers, judged = {}, {}
    for field, table in tables.items():
        likely = out_of_fold(table, folds, weights)
        thresholds, counts = tune(table, likely, papers, weights)
        judged[field] = judge(table, likely, thresholds, papers, folds)
        rankers[field] = ranker_as_json(calibrated(learn_ranker(table, weights, thresholds), judged[field]))
        print(f"{field:10s}{counts.precision:7.3f}{counts.recall:7.3f}{counts.f1():7.3f}")
    show_reliability(judged.values())
    final = learn_spans(runs, labels, np.ones(len(runs.texts), dtype=bool), known, seed)
    return {"format": FORMAT, **final.as_json(), "rankers": rankers}


def first_step_alone(weights: SpanWeights) -> LearnedModel:
    """A model whose rankers know nothing yet."""
    nothing = {"weights": [], "bias": 0.0, "first": 1.0, "further": 1.0, "most": 0}
    return LearnedModel.from_json({"format": FORMAT, **weights.as_json(), "rankers": dict.fromkeys(FIELDS, nothing)})


if __name__ == "__main__":
    main()
