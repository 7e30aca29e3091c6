"""Joining Ray."""

from __future__ import annotations

import pytest

from absextract.distributed.cluster import without_dashboard


def test_a_ray_that_is_started_has_no_dashboard_and_one_that_runs_is_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    assert without_dashboard() == {"include_dashboard": False}
    monkeypatch.setenv("RAY_ADDRESS", "10.0.0.1:6379")
    assert without_dashboard() == {}
