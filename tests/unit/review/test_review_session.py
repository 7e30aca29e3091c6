"""A file of thousands of records is opened record by record, and its first paper is shown as quickly as any."""

from __future__ import annotations

import json
from pathlib import Path

from absextract import PaperExtraction
from absextract.review.paper_review import PaperReview
from absextract.review.paper_view import view
from absextract.review.review_session import ReviewSession, Settings
from reports import some_records, write
from work import calls_of

FEW, MANY = 50, 2000


def settings_of(tmp_path: Path, count: int) -> Settings:
    lines = [{**record, "id": f"x{number}"} for number, record in enumerate(list(some_records(FEW)) * (count // FEW))]
    records = write(tmp_path / f"{count}.jsonl", lines)
    return Settings(records=str(records), out=str(tmp_path / f"{count}.corrected.jsonl"), schema=PaperExtraction)


def opened_and_shown(settings: Settings) -> tuple[int, int]:
    """The work of opening a file, and that of the page's first two questions."""
    session = ReviewSession(settings)

    def first_page() -> None:
        assert session.progress()["of"] > 0
        review = session.paper(session.start)
        assert isinstance(review, PaperReview)
        json.dumps(view(review, session.other(review)))

    opened = calls_of(session.__enter__)
    try:
        return opened, calls_of(first_page)
    finally:
        session.__exit__()


def test_the_work_of_opening_grows_with_the_records_and_that_of_a_page_does_not(tmp_path: Path) -> None:
    opened_few, shown_few = opened_and_shown(settings_of(tmp_path, FEW))
    opened, shown = opened_and_shown(settings_of(tmp_path, MANY))
    assert opened < 1.5 * (MANY // FEW) * opened_few
    assert shown < 2 * shown_few
