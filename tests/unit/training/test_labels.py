"""What each run of words teaches."""

from __future__ import annotations

import pytest

from answered import Name, Paper

first_step = pytest.importorskip("first_step", reason="needs the extra 'train'")


def test_optional_names_teach_nothing() -> None:
    names: dict[str, tuple[Name, ...]] = {
        "tasks": (Name(("kite steering", "steering")), Name(("gust forecasting",), optional=True))
    }
    paper = Paper("Kite steering", "We study gust forecasting with wings.", names, ())
    runs = first_step.Runs.of([paper])
    labels = dict(zip(runs.texts, runs.labels([paper], "tasks").tolist(), strict=True))
    assert (labels["Kite steering"], labels["steering"]) == (1, 1)
    assert labels["gust forecasting"] == -1
    assert labels["wings"] == 0


def test_weights_are_the_same_whatever_is_optional_among_what_is_learned_from() -> None:
    """A run without a label leaves no trace in the weights."""
    papers = [
        Paper("", f"We study {subject} here. They fly over towns.", {"tasks": (Name((subject,)),)}, ())
        for subject in ("kite steering", "gust forecasting", "cloud counting") * 4
    ]
    runs = first_step.Runs.of(papers)
    known = first_step.KnownNames([], first_step.np.zeros((3, 0)))
    plain = {field: runs.labels(papers, "tasks") for field in first_step.FIELDS}
    towns = first_step.np.array([text == "towns" for text in runs.texts])
    every = first_step.np.ones(len(runs.texts), dtype=bool)
    without = {field: first_step.np.where(towns, -1, labels) for field, labels in plain.items()}
    weights = [first_step.learn_spans(runs, labels, every, known, 0) for labels in (plain, without)]
    left_out = first_step.learn_spans(runs, plain, ~towns, known, 0)
    assert weights[0].as_json() != weights[1].as_json()
    assert weights[1].bias == left_out.bias
