"""What holds for every text and every answer."""

from __future__ import annotations

from hypothesis import assume, example, given
from hypothesis import strategies as st

from absextract.schema.paper import PaperExtraction
from absextract.text.quantities import parse_quantity
from absextract.validation.validator import Review, review
from strategies import EXTRACTIONS, SCORES, TEXTS


def value_at(extraction: PaperExtraction, pointer: str) -> object:
    value: object = extraction.model_dump()
    for key in pointer.split("/")[1:]:
        value = value[int(key)] if isinstance(value, list) else value[key]  # type: ignore[index]  # a dict
    return value


def assert_grounded(reviewed: Review[PaperExtraction], title: str, abstract: str) -> None:
    for g in reviewed.grounding:
        text = title if g.field == "title" else abstract
        value = value_at(reviewed.extraction, g.path)
        assert 0 <= g.start < g.end <= len(text)
        if g.match == "exact":
            assert text[g.start : g.end] == value


@given(EXTRACTIONS, TEXTS, TEXTS)
@example(PaperExtraction(code_url="github.com/a/b."), "", "github.com/a/b")  # kept without the full stop
@example(
    PaperExtraction(tasks=["İ"], methods=["ﬃ", "\ud800"], code_url="http://[::1"), "", "İ ﬃ http://[::1 \ud800 0^{-1}"
)
def test_any_answer_on_any_text(extraction: PaperExtraction, title: str, abstract: str) -> None:
    reviewed = review(extraction, title, abstract)
    assert_grounded(reviewed, title, abstract)
    again = review(reviewed.extraction, title, abstract)
    assert again.errors == ()
    assert again.extraction == reviewed.extraction
    found, kept = ([(g.path, g.field, g.start, g.end) for g in each.grounding] for each in (again, reviewed))
    assert found == kept


@given(EXTRACTIONS, TEXTS)
def test_keeping_changes_nothing(extraction: PaperExtraction, abstract: str) -> None:
    reviewed = review(extraction, "", abstract, unsupported="keep")
    assert reviewed.extraction == extraction
    assert_grounded(reviewed, "", abstract)


@given(TEXTS, st.data())
def test_a_piece_cut_at_blanks_is_a_mention(abstract: str, data: st.DataObject) -> None:
    words = [word for word in abstract.split() if any(c.isalnum() for c in word)]
    assume(words)
    word = data.draw(st.sampled_from(words))
    reviewed = review(PaperExtraction(tasks=[word]), "", abstract)
    assert [g.match for g in reviewed.grounding] == ["exact"]


@given(SCORES, st.data())
def test_a_corrupted_digit_is_never_supported(score: str, data: st.DataObject) -> None:
    text = f"KiteNet attains {score} on Alpha and 12 points on Beta."
    at = data.draw(st.sampled_from([i for i, c in enumerate(score) if c.isdigit()]))
    wrong = score[:at] + data.draw(st.sampled_from([d for d in "0123456789" if d != score[at]])) + score[at + 1 :]
    true, false = parse_quantity(score), parse_quantity(wrong)
    assume(false is None or true is None or false.value not in (true.value, 12))
    evidence = f"attains {score} on Alpha"
    answer = {"results": [{"score": s, "kind": "value", "evidence": evidence} for s in (score, wrong)]}
    reviewed = review(PaperExtraction.model_validate(answer), "", text)
    assert [r.score for r in reviewed.extraction.results] == [score]
    assert {f.path for f in reviewed.errors} == {"/results/1/score"}


@given(SCORES, st.text("0123456789", min_size=1, max_size=2))
def test_a_number_with_more_digits_in_front_is_another(score: str, digits: str) -> None:
    assume(digits.strip("0"))
    text = f"KiteNet attains {digits}{score} on Alpha."
    extraction = PaperExtraction.model_validate({"results": [{"score": score, "kind": "value", "evidence": text}]})
    assert review(extraction, "", text).extraction.results == []


@given(st.from_regex(r"[a-z]{1,6}/[a-z]{1,6}", fullmatch=True), st.from_regex(r"[a-z0-9-]*[a-z0-9]", fullmatch=True))
def test_a_longer_or_shorter_path_is_another(path: str, more: str) -> None:
    long, short = f"https://github.com/{path}{more}", f"https://github.com/{path}"
    for said, written in ((long, short), (short, long)):
        reviewed = review(PaperExtraction(code_url=said), "", f"Code: {written}.")
        assert [f.code for f in reviewed.errors] == ["url_not_in_source"]
