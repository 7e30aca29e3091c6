"""Claims about texts in other scripts, with invisible characters, markup and numbers of other houses' style."""

from __future__ import annotations

import pytest

from absextract import Abstract, PaperExtraction, extract, validate

CHINESE = "风筝网络在SkyBench上的准确率达到81.2%,召回率为0.87，耗时1.5万次。"
JAPANESE = "提案手法はＳｋｙＢｅｎｃｈで８１．２％の精度を達成した。"
KOREAN = "제안 방법은 SkyBench에서 81.2퍼센트의 정확도를 달성한다."
HIDDEN = "On Sky\u200bBench it rises by 8\u00ad1.2% and CO<sub>2</sub> falls by 12&nbsp;%."
GERMAN = "Die Genauigkeit auf SkyBench lag bei 81,2 und wurde für 1,234 Drachen mit 0,873 bestimmt."
GLUED = "It rises on KiteQA (4.1%rightarrow9.3%) and by +3.4on SkyBench, with a share of0.91."


def supported(text: str, score: str) -> tuple[str, str] | None:
    """Where a claimed score stands and how it matches, or None where it is refused."""
    extraction = PaperExtraction.model_validate({"results": [{"score": score, "kind": "value", "evidence": text}]})
    record = validate(extraction, Abstract(id="k", title="", abstract=text))
    found = next((g for g in record.grounding if g.path == "/results/0/score"), None)
    assert (found is None) is any(f.severity == "error" for f in record.findings)
    return (text[found.start : found.end], found.match) if found else None


@pytest.mark.parametrize(
    ("text", "score", "written", "match"),
    [
        (CHINESE, "81.2%", "81.2%", "exact"), (CHINESE, "0.87", "0.87", "exact"),
        (CHINESE, "15,000", "1.5万", "normalized"),
        (JAPANESE, "81.2%", "８１．２％", "normalized"), (JAPANESE, "８１．２％", "８１．２％", "exact"),
        (KOREAN, "81.2%", "81.2퍼센트", "normalized"), (HIDDEN, "81.2%", "8\u00ad1.2%", "normalized"),
        (HIDDEN, "12%", "12&nbsp;%", "normalized"), (GERMAN, "81,2", "81,2", "exact"),
        (GERMAN, "81.2", "81,2", "normalized"),
        (GERMAN, "1,234", "1,234", "exact"), (GERMAN, "0.873", "0,873", "normalized"), (GLUED, "4.1%", "4.1%", "exact"),
        (GLUED, "9.3%", "9.3%", "exact"), (GLUED, "+3.4", "+3.4", "exact"), (GLUED, "0.91", "0.91", "exact"),
        (GLUED, "4.1%rightarrow9.3%", "4.1%rightarrow9.3%", "exact"),
    ],
)  # fmt: skip
def test_true_scores_are_supported(text: str, score: str, written: str, match: str) -> None:
    assert supported(text, score) == (written, match)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (CHINESE, "81.3%"), (CHINESE, "1.2%"), (CHINESE, "87"), (CHINESE, "1.5"), (JAPANESE, "81.2"), (JAPANESE, "2%"),
        (KOREAN, "81.3%"), (HIDDEN, "1.2%"), (HIDDEN, "2%"), (GERMAN, "812"), (GERMAN, "81"), (GERMAN, "1234"),
        (GERMAN, "1.234"), (GERMAN, "873"), (GLUED, "4.2%"), (GLUED, "-3.4"), (GLUED, "3.5"), (GLUED, "4.1"),
    ],
)  # fmt: skip
def test_other_scores_are_refused(text: str, score: str) -> None:
    assert supported(text, score) is None


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        (CHINESE, ["SkyBench", "Sky", "风筝网络"], ["SkyBench", "风筝网络"]),
        (JAPANESE, ["SkyBench", "Bench"], ["SkyBench"]),
        (KOREAN, ["SkyBench", "정확도", "확도"], ["SkyBench", "정확도"]),
        (HIDDEN, ["SkyBench", "Sky", "Bench", "CO2"], ["SkyBench", "CO2"]),
        ("Kite\u0007Net and R&amp;D of 각 kites", ["KiteNet", "R&D", "가"], ["KiteNet", "R&D"]),
    ],
)
def test_names_are_whole_words_of_their_script(text: str, names: list[str], kept: list[str]) -> None:
    record = validate(PaperExtraction(datasets=names), Abstract(id="k", title="", abstract=text))
    assert record.extraction is not None
    assert record.extraction.datasets == kept


def test_the_offline_model_reads_texts_without_blanks() -> None:
    record = extract(Abstract(id="k", title="", abstract="我们的方法在SkyBench上的准确率达到81.2%。"), model="builtin")
    assert record.extraction is not None
    assert [result.score for result in record.extraction.results] == ["81.2%"]
    assert record.extraction.datasets == ["SkyBench"]
