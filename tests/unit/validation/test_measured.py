"""A number with its unit in another spelling is supported; another unit, or half of a range, is not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import BaseModel

from absextract import Abstract, Number, validate
from absextract.validation.numbers import check_number
from absextract.validation.source_text import SourceText
from absextract.validation.verdicts import Problem, Support

sys.path.insert(0, str(Path(__file__).parents[3]))

from benchmarks.unit_variants import Marked, read_sentences, variants
from benchmarks.units import accepted


class Amounts(BaseModel):
    amounts: list[Annotated[str | float, Number()]] = []


def check(value: str | float, text: str) -> Support | Problem:
    return check_number(value, SourceText("", text), None)


@pytest.mark.parametrize("sentence", read_sentences(), ids=lambda s: s.text[:40])
def test_every_variant_of_a_sentence_is_judged_right(sentence: Marked) -> None:
    wrong = [
        (kind, value)
        for quantity in sentence.quantities
        for kind, value in variants(sentence, quantity)
        if accepted(sentence.text, value) is not kind.startswith("true")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "value", "passage"),
    [
        ("The crate weighs 13 kg.", "13 kilograms", "13 kg"),
        ("Doses greater than 10% were given.", "greater than 10 percent", "10%"),
        ("Only one of the nine kilns was lit.", "nine", "nine"),
        ("Two flocks were kept (n = 142 and n = 221).", "142", "142"),
        ("We had a dozen ewes.", "12", "a dozen"),
        ("It took two thirds of them.", "2/3", "two thirds"),
        ("Add ½ cup.", "0.5", "½"),
        ("Plots of 5 × 10 cm were cut.", "5 cm × 10 cm", "5 × 10 cm"),
        ("Doses of 5, 10 and 20 mg were tried.", "5, 10, and 20 milligrams", "5, 10 and 20 mg"),
        ("It is 5 furlongs long.", "5 furlong", "5 furlongs"),
        ("It rose from 40 µm to 50 µm.", "50 micrometres", "50 µm"),
        ("At 1.2 x 105 cells per dish", "1.2 × 10^5 cells", "1.2 x 105"),
        ("20 mg per day were given", "20 milligrams", "20 mg"),
        ("It took 1 h–3 days.", "1 hour to 3 days", "1 h–3 days"),
        ("Recall and precision rise from 65.0%/47.0% to 77.8%/66.0%.", "47.0%", "47.0%"),
        ("Recall and precision rise from 65.0%/47.0% to 77.8%/66.0%.", "77.8%", "77.8%"),
        ("The film is 5 µm thick", "5 micrometres thick", "5 µm"),
        ("It held 8.3 J mol−1 K−1.", "8.3 J mol^-1 K^-1", "8.3 J mol−1 K−1"),
        ("A frame of 640x480 px", "640 × 480", "640x480"),
        ("A frame of 640 × 480 px", "640x480", "640 × 480"),
        ("Stored at minus 80 °C", "-80 °C", "minus 80 °C"),
        ("Stored at −80 °C", "minus 80 °C", "−80 °C"),
        ("A torque of 2 N m", "2 Nm", "2 N m"),
        ("It got 120 kg N ha−1 in all", "120 kg N/ha", "120 kg N ha−1"),
        ("A cost of £2.5 million", "£2.5 million", "£2.5 million"),
        ("Old ewes (M = 3.45)", "3.45", "3.45"),
        ("A dish of 20 cells/mL", "20 cells per mL", "20 cells/mL"),
        ("Three eggs per day were laid.", "three eggs", "Three"),
    ],
)
def test_another_spelling_is_supported(text: str, value: str, passage: str) -> None:
    verdict = check(value, text)
    assert isinstance(verdict, Support), verdict
    assert text[verdict.span.start : verdict.span.end] == passage
    assert verdict.told is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It took 1 h–3 days.", "3 days"), ("It took between 1 h and 3 days.", "3 days"),
        ("Of 0.1 µM–10 mM", "10 mM"),
        ("A 5- to 10-fold rise", "10-fold"), ("Of 3 to ~4 mL", "4 mL"), ("Of 3 through 4 mL", "3 mL"),
        ("Of 3‒4 mL", "4 mL"),
        ("The bath was held at 40–50 K.", "50 K"), ("The bath was held at 40–50 K.", "40 K"),
        ("A dose of 3–4 mL was given.", "4 mL"), ("A yield of 10 kg/ha", "10 kg"), ("Of 10 µmol/L", "10 µmol"),
        ("It held 2.5 J cm−2", "2.5 J"), ("A crate of 7 t", "7 T"), ("Of 5 mg", "5 Mg"), ("At 30 °C", "30°"),
        ("Doses greater than 10% were given.", "less than 10 percent"), ("With 20 ewes", "20 rams"),
        ("It was cooled to 77K.", "77000"), ("With 32K tokens", "32 K"), ("a 3D map", "3"), ("a 3D map", "3 mD"),
        ("12 ± 3 cm", "12 ± 4 centimetres"), ("12 ± 3 cm", "3 cm"), ("0.07% of R1", "0.07 percent of R"),
        ("Doses of 5, 10 and 20 mg", "5 mg, 10 mg and 20 g"), ("40 of the 45", "41 of the 45"), ("10 knots", "10 kno"),
        ("A flux of 5 kg m^-2 s^-1", "5 kg m^-2"), ("A dish of 20 cells/mL", "20 cells"), ("It needs 3 MB", "3 Mb"),
        ("It got 120 kg N ha−1", "120 g N ha−1"), ("It took up 5 mg CO2 m−2", "5 mg"), ("Of 5 mg CO2 m−2", "5 mg CO2"),
        ("A cost of £2.5 million", "£2.5"), ("A mass of 2.5 million tons", "a mass of 2.5"),
        ("Stored at minus 80 °C", "80 °C"), ("A torque of 2 Nm", "2 nm"), ("The 1,5 mg was for the hen", "5 mg"),
        ("The 12 345 km of the road", "345 km"), ("The 1 200 000 km of the roads", "200 000 km"),
        ("53.2°N", "53.2°S"), ("1:100", "1:1000"), ("half of the ewes", "50%"), ("224 x 224 pixels", "224x"),
    ],
)  # fmt: skip
def test_what_is_another_number_is_refused(text: str, value: str) -> None:
    assert isinstance(check(value, text), Problem)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("10 kg", "the text says 10 kg/ha"),
        ("3 days", "the text has it as one end of a range"),
        ("7 mg", "the text has this number with no unit"),
    ],
)
def test_a_refusal_says_what_the_text_has(value: str, message: str) -> None:
    verdict = check(value, "On 10 kg/ha it took 1 h–3 days in 7 plots.")
    assert isinstance(verdict, Problem)
    assert verdict.message == message


def test_a_conversion_is_supported_where_it_is_exact_and_told() -> None:
    text = "The road is 1.5 km long."
    record = validate({"amounts": ["1,500 m", "1,501 m", "1.5 kilometres"]}, text, schema=Amounts)
    assert isinstance(record.extraction, Amounts)
    assert record.extraction.amounts == ["1,500 m", "1.5 kilometres"]
    assert [(f.code, f.severity) for f in record.findings if f.path == "/amounts/0"] == [("unit_converted", "info")]
    assert [g.match for g in record.grounding] == ["normalized", "normalized"]


def test_a_number_without_a_unit_may_be_a_float() -> None:
    record = validate({"amounts": [0.5, 9.0, 12.0]}, "Half of the nine, that is ½ of 9, and a dozen.", schema=Amounts)
    assert isinstance(record.extraction, Amounts)
    assert record.extraction.amounts == [0.5, 9.0, 12.0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rates ranged from 40% to 50%.", True), ("Rates of 40% to 50% were seen.", True),
        ("Rates rose from 40% to 50%.", False), ("Boosting Heron (40% to 50%) helped.", False),
        ("Values from 50% to 40% were read.", None),
    ],
)  # fmt: skip
def test_an_end_of_a_range_is_told_where_nothing_changes(text: str, told: bool | None) -> None:
    record = validate(Amounts(amounts=["40%"]), Abstract(title="", abstract=text), schema=Amounts)
    assert isinstance(record.extraction, Amounts)
    assert record.extraction.amounts == ["40%"]
    assert [f.code for f in record.findings] == (["range_end"] if told else [])


SAME_NUMBER = [
    ("A wall of 2.4 W/mK.", "2.4 W/(m K)"),
    ("A wall of 2.4 W/mK.", "2.4 W m−1 K−1"),
    ("A wall of 2.4 W/m·K.", "2.4 W/mK"),
    ("A heat of 0.9 J/gK.", "0.9 J g−1 K−1"),
    ("A flow of 12 cm2/Vs.", "12 cm2 V−1 s−1"),
    ("wear of 3 mm3/N·m", "3 mm3/(N m)"),
    ("U of 0.2 W/m2K", "0.2 W m−2 K−1"),
    ("a mass of 125.1 GeV/c2", "125.1 GeV/c^2"),
    ("a film of 15 Ω/sq at noon", "15 Ω/sq"),
    ("soil of 4 dS/m", "4 dS m−1"),
    ("stocked at 2.3 LU/ha", "2.3 LU ha−1"),
    ("a slope of 45 mV dec−1", "45 mV per decade"),
    ('a gull of 2.5" here', "2.5 inches"),
    ('seeing of 1.2" here', "1.2 arcsec"),
    ("a bond of 1.397(3) Å", "1.397 Å"),
    ("noise of 3 fT/√Hz", "3 fT/rtHz"),
    ("at 1.5 atm H2", "1.5 atm"),
    ("half a dozen gulls", "6"),
    ("two and a half years", "2.5 years"),
    ("a hundred volts", "100 V"),
    ("one of these nine gulls", "nine"),
    ("17/240 gulls", "240"),
    ("a rate of 10−3 s−1", "0.001 s−1"),
    ("1.2 mg/g ± 0.3 mg/g", "1.2 ± 0.3 mg/g"),
    ("a stay of 4 (3–6) days", "3 to 6 days"),
    ("a stay of 4 (3–6) days", "4 days"),
    ("heated from 300K to 600K", "600 K"),
    ("(n = 5 623 gulls)", "5623"),
    ("収量は5.4t/haであった。", "5.4 t/ha"),
    ("Accuracy lies at 84.1% -93.3% here.", "93.3%"),
]
OTHER_NUMBER = [
    ("A wall of 2.4 W/mK.", "2.4 W"),
    ("A wall of 2.4 W/mK.", "2.4 W/m"),
    ("a mass of 125.1 GeV/c2", "125.1 GeV"),
    ("a kite rises 3 V/ms", "3 V/(m s)"),
    ("soil of 4 dS/m", "4 dS"),
    ("noise of 3 fT/√Hz", "3 fT"),
    ("10 mol % salt", "10 mol"),
    ('We read "it is 2.5" there', "2.5 inches"),
    ('seeing of 1.2" here', "1.2 arcmin"),
    ("two dozen gulls", "2"),
    ("half a dozen gulls", "12"),
    ("three-fifths of gulls", "3"),
    ("(65 to 55 mmol/mol)", "65 mmol"),
    ("a rate of 10−3 s−1", "1000 s−1"),
    ("heated from 300K to 600K", "600,000"),
    ("a stay of 4 (3–6) days", "6 days"),
    ("In India 12,34,567 gulls", "34,567"),
    ("It scores 93. 2% there.", "2%"),
    ("収量は5.4t/haであった。", "5.4 t"),
    ("Accuracy lies at 84.1% -93.3% here.", "-93.3%"),
]


@pytest.mark.parametrize(("text", "value"), SAME_NUMBER)
def test_the_same_in_other_words_or_signs(text: str, value: str) -> None:
    assert isinstance(check(value, text), Support)


@pytest.mark.parametrize(("text", "value"), OTHER_NUMBER)
def test_what_only_looks_like_it(text: str, value: str) -> None:
    assert isinstance(check(value, text), Problem)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("140 fb−1 were taken.", "140 inverse femtobarns"), ("A BMI of 27.3 kg/m 2 is high.", "27.3 kg/m²"),
        ("It took 1 1/2 h.", "1.5 h"), ("It is 2-1/4 inches wide.", "2.25 inches"), ("A 24-item scale.", "24 items"),
        ("A 21-gauge needle.", "21 gauge"), ("Some 35 q/ha.", "35 quintals per hectare"),
        ("60 bu/ac.", "60 bushels per acre"),
        ("HR 1·10 (0·95–1·27).", "0.95-1.27"), ("Took 5 to 7 days.", "5–7 d"), ("We saw 12\\,345 gulls.", "12,345"),
    ],
)  # fmt: skip
def test_the_same_out_of_a_pdf_or_another_trade(text: str, value: str) -> None:
    verdict = check(value, text)
    assert isinstance(verdict, Support)
    assert verdict.told is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It is 2 inches long.", "5.08 cm"), ("It is 5 ft tall.", "60 inches"), ("1 mile off.", "1.609344 km"),
        ("16 oz of fish.", "1 lb"), ("At 1 atm.", "101.325 kPa"), ("A field of 0.5 T.", "5000 gauss"),
        ("35 q/ha.", "3.5 t/ha"),
    ],
)  # fmt: skip
def test_units_that_are_exact_by_definition_are_converted(text: str, value: str) -> None:
    verdict = check(value, text)
    assert isinstance(verdict, Support)
    assert verdict.told is not None
    assert verdict.told.code == "unit_converted"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 mile off.", "1.6 km"), ("Took 3 1/2 h.", "3 h"), ("A BMI of 27.3 kg/m 2 is high.", "27.3 kg/m"),
        ("140 fb−1.", "140 inverse picobarns"), ("A 124-item scale.", "24 items"), ("A 24-item scale.", "24 units"),
        ("We saw 12\\,345 gulls.", "345"),
    ],
)  # fmt: skip
def test_what_is_near_the_same(text: str, value: str) -> None:
    assert isinstance(check(value, text), Problem)
