"""What each run of words teaches."""

from __future__ import annotations

from typing import Any

import pytest

from absextract.extractors.builtin.names.ranking import FIELDS
from answered import Name, Paper

np = pytest.importorskip("numpy", reason="needs the extra 'train'")
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


def test_runs_without_a_label_weigh_as_if_they_were_not_there() -> None:
    subjects = ("kite steering", "gust forecasting", "cloud counting") * 4
    papers = [
        Paper("", f"We study {subject} here. They fly over towns.", {"tasks": (Name((subject,)),)}, ())
        for subject in subjects
    ]
    runs = first_step.Runs.of(papers)
    labels, every = runs.labels(papers, "tasks"), np.ones(len(runs.texts), dtype=bool)
    towns = np.array([text == "towns" for text in runs.texts])

    def learned(labels: Any, chosen: Any) -> Any:
        nothing_known = first_step.KnownNames([], np.zeros((3, 0)))
        return first_step.learn_spans(runs, dict.fromkeys(FIELDS, labels), chosen, nothing_known, 0).bias

    assert learned(np.where(towns, -1, labels), every) == learned(labels, ~towns)
    assert learned(np.where(towns, 1, labels), every) != learned(labels, ~towns)
