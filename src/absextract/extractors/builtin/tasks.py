"""Tasks: the noun phrases that name a research problem, by their heads, the title and how often they return."""

from __future__ import annotations

import re
from collections import defaultdict

from .passage import Passage
from .phrases import extend_left
from .titles import read_title
from .wordlists import words

__all__ = ["find_tasks"]

_HEADS = words(
    """
    reasoning learning prediction classification detection segmentation recognition generation translation
    summarization summarisation forecasting retrieval answering question-answering editing planning adaptation
    generalization generalisation alignment control manipulation navigation modeling modelling estimation
    optimization optimisation compression distillation pruning quantization imitation captioning parsing tagging
    understanding comprehension completion synthesis reconstruction discovery extraction interpretability
    explainability forgetting hallucination hallucinations pretraining pre-training finetuning fine-tuning tuning
    prompting search grokking memorization memorisation personalization unlearning verification proving
    identification localization ranking recommendation clustering simulation abilities acquisition inference
    decision-making problem-solving laws communication collaboration evaluation bias safety creativity intelligence
    attribution repair dialogue
    """
)
_HEADS_ALONE = words(
    """
    grokking interpretability explainability memorization hallucination hallucinations pre-training creativity
    unlearning
    """
)
_NO_TASK = re.compile(
    r"(?:machine|deep) learning|artificial intelligence|inductive bias|natural language|(?:large )?language models"
    r"|(?:deep )?neural networks|transformers|foundation models|llms|technical report"
)
_NO_TOPIC = re.compile(
    r"^(?:of|in|at|for)\b|\b(?:can|do|does|is|are|you|your|it|we|how|what|why|not|when|need|learn|from|who|where|should|will"
    r"|may|might|all|more|less|or|meets?|to)\b|[\"“”()\d]",
    re.IGNORECASE,
)
_EMPTY_OPENING = re.compile(
    r"(?:mechanistic understanding|(?:deep|deeper|better|theoretical|fundamental|comprehensive|our|clear) )"
)
_LONGEST_TASK = 4
# Weights of the places where a phrase may stand, and the sums that make it a task.
_ENOUGH = 2.5
_BETTER_THAN_NONE = 1.5
_MOST = 3
_IN_TOPIC = 3.0
_IN_MEANS = -1.0
_EARLY = 1.5
_LATER = 1.0
_EARLY_END = 300


def find_tasks(title: Passage, abstract: Passage) -> list[str]:
    """One to three problems, most certain first."""
    scores: dict[str, float] = defaultdict(float)
    surfaces: dict[str, str] = {}
    topic = read_title(title.text).topic
    for phrase, position in _phrases(title, topic[0]):
        in_topic = topic[0] <= position < topic[1]
        _add(scores, surfaces, phrase, _IN_TOPIC if in_topic else _IN_MEANS)
    whole = title.text[slice(*topic)].strip()
    if max(scores.values(), default=0) <= 0 and _is_topic(whole):
        _add(scores, surfaces, whole, _ENOUGH)
    for phrase, position in _phrases(abstract, 0):
        _add(scores, surfaces, phrase, _EARLY if position < _EARLY_END else _LATER)
    ranked = sorted(scores, key=lambda key: -scores[key])
    sure = [key for key in ranked if scores[key] >= _ENOUGH]
    best = sure or [key for key in ranked[:1] if scores[key] >= _BETTER_THAN_NONE]
    return [surfaces[key] for key in _distinct(best)][:_MOST]


def _is_topic(phrase: str) -> bool:
    """Whether the topic of a title is short and says no more than a noun phrase does."""
    return 1 < len(phrase.split()) <= _LONGEST_TASK and not _NO_TOPIC.search(phrase)


def _add(scores: dict[str, float], surfaces: dict[str, str], phrase: str, weight: float) -> None:
    key = phrase.lower().replace("-", " ")
    if not _NO_TASK.fullmatch(key) and not _EMPTY_OPENING.match(key):
        scores[key] += weight
        surfaces.setdefault(key, phrase)


def _phrases(passage: Passage, floor: int) -> list[tuple[str, int]]:
    """The noun phrases whose head is one of a problem's, with their starts."""
    phrases = []
    text = passage.text
    for position, word in passage.words:
        if word not in _HEADS or position < floor:
            continue
        start = extend_left(text, position, floor, _LONGEST_TASK)
        end = position + len(word)
        if start < position or word in _HEADS_ALONE:
            phrases.append((text[start:end], start))
        floor = end
    return phrases


def _distinct(keys: list[str]) -> list[str]:
    """Without keys that hold an earlier one or are held by it."""
    kept: list[str] = []
    for key in keys:
        if not any(key in other or other in key for other in kept):
            kept.append(key)
    return kept
