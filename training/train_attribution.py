"""Trains what belongs to each number and prints how good it is on texts that it has not learned from.

    python training/train_attribution.py TEXTS.jsonl… [--passages outcomes.jsonl abstracts.jsonl]
        [--bindings bindings.jsonl] [--without GOLD.jsonl] [-o MODEL.json.gz]

TEXTS.jsonl holds titles and abstracts, with results of their own or with those that `bindings.jsonl` has for them (the
forms stand in `bound_texts.py`). Papers of a file given by `--without` are not learned from, nor what was written in
their manner. The same files and seed give the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from absextract import attribution
from absextract.attribution.learned import ATTRIBUTION_FILE, AttributionModel
from attribution import learn_attribution, trees_as_json
from attribution_figures import show_figures
from bound_texts import PASSAGES, BoundText, group_numbers, read_bound_texts
from doubts import NO_DOUBT, Doubted, doubted_claims, fit_doubts, paper_of, show_doubts
from model_files import write_model

_HERE = Path(__file__).parent
_OUR_TEXTS = [_HERE / "abstracts.jsonl", _HERE / "outcomes.jsonl"]


def main() -> None:
    """Reads the command line, trains, writes the model and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="+", metavar="TEXTS.jsonl")
    parser.add_argument("--passages", type=Path, nargs="*", default=_OUR_TEXTS, metavar="JSONL")
    parser.add_argument("--bindings", type=Path, default=_HERE / "bindings.jsonl", metavar="JSONL")
    parser.add_argument("--without", type=Path, action="append", default=[], metavar="JSONL")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, default=Path(attribution.__file__).parent / ATTRIBUTION_FILE)
    options = parser.parse_args()
    texts = read_bound_texts([*options.texts, *options.passages], options.bindings, options.without)
    learned = learn_attribution(texts, options.seed)
    doubted = learn_doubts(texts, options.seed)
    write_model(options.output, learned.content | {"doubt": trees_as_json(fit_doubts(doubted))})
    show_figures(texts, learned.ranked)
    show_doubts(doubted)


def learn_doubts(texts: Sequence[BoundText], seed: int) -> list[Doubted]:
    """The claims of every second paper and its like, as a model doubts them that was learned from all but these."""
    groups = group_numbers(texts)
    taken = [i for i, text in enumerate(texts) if text.origin != PASSAGES and groups[i] % 2]
    others = learn_attribution([text for i, text in enumerate(texts) if i not in set(taken)], seed)
    model = AttributionModel.from_json(others.content | {"doubt": NO_DOUBT})
    return list(doubted_claims([(i, paper_of(texts[i])) for i in taken], model))


if __name__ == "__main__":
    main()
