"""Words in the names of metrics: which fall away, which change what is measured, which tell the better direction."""

from __future__ import annotations

__all__ = [
    "DROPPED_BEFORE",
    "DROPPED_BEHIND",
    "GAINS",
    "GOOD_RATES",
    "HIGHER",
    "LOSSES",
    "LOWER",
    "POOR_RATES",
    "SETTINGS",
    "TURNING",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SETTINGS = _words(
    "zero-shot few-shot one-shot k-shot in-context linear-probe linear-probing single-sample single-run multiple-choice"
    " validation dev heldout held-out"
)
"""What stands before a metric and says under which setting it was taken; so does "5-shot"."""

DROPPED_BEFORE = SETTINGS | _words(
    "the a an its their our overall average averaged mean final total test eval evaluation downstream classification"
    " recognition task tasks final-answer answer end-task end-to-end absolute raw"
    " best state-of-the-art sota qa question-answering reported empirical measured improved higher better"
    " peak top-line benchmark dataset-level corpus-level model models'"
)
"""What stands before a measure and leaves it what it is: where, how often, under which setting it was taken."""

DROPPED_BEHIND = _words(
    "score scores metric metrics value values measure measures result results level levels number numbers"
)
"""What stands behind a measure and says no more than that it is one."""

TURNING = _words(
    "attack attacks attacker attacker's adversary adversary's membership membership-inference inversion forget"
    " forgetting unlearning unlearned backdoor poisoning poisoned probing probe leakage jailbreak jailbreaking"
    " random chance deepfake spoofing harmful unsafe toxic biased stereotype incorrect wrong bad worst-case"
)
"""With these before it, nobody knows from the noun alone which way is better."""

HIGHER = _words(
    "accuracy accuracies correctness precision recall f1 fscore throughput speed speedup efficiency reward"
    " rewards return returns fidelity robustness quality coherence fluency helpfulness harmlessness honesty"
    " faithfulness factuality truthfulness relevance informativeness plausibility usability reliability utility"
    " coverage success profit revenue satisfaction completeness adherence conformity compliance feasibility"
    " fairness performance generalization generalisation agreement naturalness realism creativity intelligibility"
    " legibility welfare yield accountability correlation likelihood consistency self-efficacy transferability"
    " controllability engagement persuasiveness argument-quality bandwidth uptime lifespan expressiveness"
    " readability"
)
LOWER = _words(
    "error errors loss losses perplexity perplexities latency latencies delay delays time times runtime cost"
    " costs memory consumption distance distances divergence divergences regret variance deviation deviations"
    " complexity overhead overheads footprint discrepancy gap degradation surprisal toxicity hallucination"
    " hallucinations violation violations failures failure collisions misclassifications residual residuals"
    " distortion bias biases harm leakage lag jitter waste emissions flops parameters risk impurity mistakes"
    " drawdown expenditure expense collapse crashes casualties deaths mortality length-of-stay makespan stress"
    " disparity inequality"
)
GAINS = _words("gain gains improvement improvements saving savings increase boost uplift lift")
"""More of these is better, of whatever it is; "increase" of what is better low is not."""

LOSSES = _words("drop drops decrease reduction reductions decline")
"""Better or worse by what falls."""

GOOD_RATES = _words(
    "success successful win winning pass passing hit solve solved resolve resolved completion detection"
    " acceptance correct compliance recovery survival retention true-positive valid validity compilation compile"
    " conversion click-through coverage satisfaction citation agreement approval adoption response repair fix"
    " execution identification matching match reconstruction sampling frame bit-accuracy recall capture"
)
POOR_RATES = _words(
    "error failure false miss missed hallucination collision violation crash rejection dropout conflict toxicity"
    " refusal-error misclassification misdetection attack attack-success jailbreak fooling intervention outage"
    " loss death mortality abandonment churn infection contamination defect timeout false-positive false-negative"
    " false-alarm flip forgetting over-refusal overrefusal non-compliance word-error drop blocking bit-error"
    " symbol-error block-error frame-error"
)
