"""What a notebook shows of a record."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from absextract import Abstract, Record, extract, validate
from papers import ABSTRACT, PAPER, TEXT, TITLE, truth

EVIL = "\u202e<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


class Page(HTMLParser):
    """The elements of a piece of HTML, its text, and the texts of its marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.marks: list[str] = []
        self._open: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "mark":
            self._open.append(len(self.text))

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self.marks.append(self.text[self._open.pop() :])

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(record: Record) -> Page:  # type: ignore[type-arg]  # of whatever schema
    return Page(record._repr_html_())


def test_every_supported_span_stands_in_a_mark() -> None:
    record = validate(truth(), PAPER)
    page = shown(record)
    assert {getattr(record, place.field)[place.start : place.end] for place in record.grounding} <= set(page.marks)
    assert ABSTRACT in page.text
    assert TITLE in page.text


def test_a_score_is_told_with_its_bound_and_its_setting_beside_it() -> None:
    result = {"score": "90%", "kind": "value", "setting": "zero-shot", "evidence": "over 90% zero-shot"}
    page = shown(validate({"results": [result]}, "It reaches over 90% zero-shot."))
    assert "score >90% setting zero-shot kind value evidence over 90% zero-shot" in page.text
    assert "90%" in page.marks


def test_a_mark_tells_what_is_known_of_its_confidence() -> None:
    html = validate({"methods": ["Sandpiper"], "metrics": ["F1"]}, PAPER, confidence={"/methods/0": 0.7})._repr_html_()
    assert 'title="/methods/0, confidence 0.70">Sandpiper</mark>' in html
    assert 'title="/metrics/0">F1</mark>' in html


def test_what_was_left_out_is_told_and_looks_like_no_warning() -> None:
    html = extract(TEXT, model="builtin", min_confidence=1.0)._repr_html_()
    assert "3px solid #888888" in html
    assert "<code>confidence_low</code>" in html
    assert "3px solid #c98500" not in html


def test_a_dropped_value_is_struck_through_with_its_reason() -> None:
    html = validate(truth() | {"code_url": "https://example.org/x"}, PAPER)._repr_html_()
    assert "dropped <del>https://example.org/x</del>" in html
    assert "<code>url_not_in_source</code>" in html


def test_texts_are_escaped_wherever_they_come_from() -> None:
    claimed = truth() | {"methods": [EVIL], "datasets": [f"not there {EVIL}"]}
    record = validate(claimed, Abstract(id=EVIL, title=EVIL, abstract=f"{EVIL} {ABSTRACT}"))
    page = shown(record)
    assert EVIL in page.marks
    assert page.tags <= {"div", "p", "span", "strong", "mark", "ul", "li", "code", "del", "br", "bdi"}
    assert page.attributes <= {"style", "title"}
    assert page.text.count("<script>") >= 4
    assert "<bdi>\u202e</bdi>&lt;script&gt;" in record._repr_html_()


@pytest.mark.parametrize("text", ["", "Heron\n\nWe present Heron."])
def test_empty_and_failed_records_are_shown_too(text: str) -> None:
    record = extract(text, model="builtin")
    assert record.status in shown(record).text
