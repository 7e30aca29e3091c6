"""Metrics: the well-known metrics of the field that a text names."""

from __future__ import annotations

import re

from ....patterns import regex
from ....reading.passage import Mention, Passage
from ....reading.tokens import Tokens
from ....reading.wordlists import words

__all__ = ["find_metrics"]

_ALONE = words(
    """
    accuracy accuracies bleu sacrebleu bleurt rouge rouge-1 rouge-2 rouge-l meteor cider spice bertscore comet chrf
    f1 f1-score f1-scores f-score f-measure micro-f1 macro-f1 auroc auprc auc auc-roc roc-auc miou iou map psnr ssim
    lpips fid fvd clipscore ndcg mrr wer cer rmse mae mse mape perplexity perplexities throughput latency speedup
    speedups speed-up speed-ups regret r2 flops wall-clock surprisal
    """
)
_CASED = words("COMET SPICE MAE METEOR mAP MAP CER MSE")
"""Metrics that are words of another meaning in other letters."""
_CASED_WORDS = frozenset(map(str.lower, _CASED))

_HEADS: dict[str, frozenset[str]] = {
    head: words(modifiers)
    for heads, modifiers in (
        (
            "rate rates",
            "win winning success error refusal completion hallucination acceptance compression pass detection"
            " failure discovery positive negative survival jailbreak",
        ),
        ("ratio ratios", "sharpe compression acceleration competitive signal-to-noise"),
        ("score scores", "inception f1 bleu elo dice clip silhouette memorization brier"),
        ("time times", "inference training execution running solving travel waiting wall-clock computation completion"),
        ("cost costs", "inference training computation computational"),
        ("speed", "inference training execution convergence processing"),
        ("latency", "inference"),
        ("usage consumption footprint", "memory energy power token"),
        ("efficiency complexity", "sample"),
        ("loss", "training test validation log"),
        (
            "error errors",
            "absolute squared mean-squared prediction generalization reconstruction test forecasting approximation"
            " calibration population",
        ),
        ("match", "exact"),
        ("precision", "average"),
        ("correlation", "spearman pearson rank spearman's pearson's kendall's"),
        ("coefficient coefficients", "correlation dice"),
        ("kappa", "cohen's fleiss"),
        ("index", "rand jaccard"),
        ("rating", "elo"),
    )
    for head in heads.split()
}
"""Last words of metrics, with the words that must stand before them."""
_TWO_FACED = words("precision recall sensitivity specificity")
"""Words that are metrics only beside their counterpart or their value."""
_PARTNER = r"(?:precision|recall|sensitivity|specificity)"
_PARTNER_BEFORE = regex(rf"\b{_PARTNER}(?:, and |, | and | or |/)$", re.IGNORECASE)
_PARTNER_BEHIND = regex(rf"(?:, and |, | and | or |/){_PARTNER}\b", re.IGNORECASE)
_LAST_WORDS = _ALONE | _TWO_FACED | _HEADS.keys()
_AT_K = regex(r"(?:pass|recall|precision|hits?|ndcg|mrr|map|maj|avg|acc|r|p)@k?\d*")
_VALUE_BEHIND = regex(r"(?: rate| score)? (?:of|is|at) \d")
_OPENING = words(
    """
    top-1 top-5 task prediction predictive classification mean average attack false adjusted matthews balanced
    weighted macro micro recall cumulative dynamic pass@1 expected intraclass normalized relative root
    """
)
"""Words that belong to a metric they stand before: "top-1 accuracy" is not "accuracy"."""


def find_metrics(passage: Passage) -> list[Mention]:
    """All mentions of metrics in order, a metric as often as it is named."""
    tokens = passage.tokens
    found: list[Mention] = []
    for i, word in enumerate(tokens.words):
        if word not in _LAST_WORDS and "@" not in word:
            continue
        first = i if _is_metric(tokens, i) else _phrase_start(tokens, i)
        if first is None:
            continue
        begin = tokens.starts[_with_opening(tokens, first)]
        if found and begin < found[-1].end:
            begin = found.pop().start
        found.append(passage.mention(begin, tokens.ends[i]))
    return found


def _is_metric(tokens: Tokens, i: int) -> bool:
    word = tokens.words[i]
    if word in _ALONE:
        return word not in _CASED_WORDS or tokens.raw[i] in _CASED
    if word in _TWO_FACED:
        return _is_paired(tokens.text, tokens.starts[i], tokens.ends[i])
    return "@" in word and _AT_K.fullmatch(word) is not None


def _is_paired(text: str, start: int, end: int) -> bool:
    """Whether a word that is often no metric stands beside its counterpart or before its value."""
    if _VALUE_BEHIND.match(text, end) or _PARTNER_BEHIND.match(text, end):
        return True
    return _PARTNER_BEFORE.search(text, max(0, start - 24), start) is not None


def _phrase_start(tokens: Tokens, i: int) -> int | None:
    """The index of the word before, if it makes a metric together with word `i`."""
    modifiers = _HEADS.get(tokens.words[i])
    if modifiers is None or i == 0:
        return None
    return i - 1 if tokens.words[i - 1] in modifiers and len(tokens.gaps[i]) == 1 else None


def _with_opening(tokens: Tokens, first: int) -> int:
    """The index where the metric begins whose first word has the index `first`, with the words that belong to it."""
    while first and tokens.words[first - 1] in _OPENING and tokens.gaps[first] == " ":
        first -= 1
    return first
