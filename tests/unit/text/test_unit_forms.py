"""Units are one where they mean the same, however they are written, and two where they do not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from absextract.text.measures import read_measures
from absextract.text.quantities import read_quantities
from absextract.text.unit_forms import form_of, read_unit

SAME = [
    [
        "mg/dL",
        "mg/dl",
        "mg dL−1",
        "mg·dL^{-1}",
        "mg per decilitre",
        "milligrams per deciliter",
        "mg/100 mL",
        "mg dl(-1)",
    ],
    ["kg/ha", "kg ha−1", "kg ha -1", "kg ha^-1", "kilograms per hectare", "kg.ha-1"],
    ["°C", "° C", "℃", "ºC", "degrees Celsius", "deg C", r"^\circ C", r"$^{\circ}$C", "degrees centigrade"],
    ["µm", "μm", "um", "micrometres", "micrometers", "microns", r"\mu m", r"$\mu$m", r"$\,\mu\mathrm{m}$"],
    ["W m−2 K−1", "W m^-2 K^-1", "W/(m2 K)", "W/m2/K", "W·m^{-2}·K^{-1}", "watts per square metre per kelvin"],
    ["m s−1", "m/s", "m s^-1", "metres per second", "m·s⁻¹", r"$\mathrm{m\,s^{-1}}$"],
    ["m2", "m²", "m^2", "square metres", "sq m", "metres squared"],
    ["mL", "ml", "cc", "cm3", "millilitres", "cubic centimetres"],
    ["mM", "mmol/L", "mmol l−1", "millimolar"],
    ["%", "percent", "per cent", r"\%", "pct"],
    ["wt%", "wt.%", "weight percent", "% w/w", "% (w/w)"],
    ["h", "hr", "hrs", "hours", "hour"],
    ["mmHg", "mm Hg", "millimetres of mercury"],
    ["σ", "-sigma", " sigma", "standard deviations"],
    ["Nm", "N m", "N·m"],
    ["psi", "PSI"],
    ["kg N ha−1", "kg N/ha", "kg N ha^-1", "kilograms N per hectare"],
    ["µmol CO2 m−2 s−1", "umol CO2 m-2 s-1", "µmol CO2/m2/s"],
    ["kWh", "kW h", "kilowatt-hours"],
    ["ppm", "parts per million"],
    ["cells/mL", "cells mL−1", "cells per millilitre"],
    ["/h", "h−1", "per hour"],
    ["mL/min/1.73 m2", "mL/min per 1.73 m²"],
    ["Myr", "Ma"],
    ["x", "×", "-fold", " times"],
    ["M⊙", "solar masses", r"M_\odot"],
]
DIFFERENT = [
    ("mg", "Mg"), ("mg", "g"), ("mM", "mm"), ("Mm", "mm"), ("mW", "MW"), ("pM", "PM"), ("kg/ha", "kg"), ("m2", "m"),
    ("m2", "m−2"), ("µmol/L", "µmol"), ("°C", "°F"), ("°C", "°"), ("K", "°C"), ("Gy", "Sv"), ("Hz", "Bq"), ("t", "T"),
    ("%", "‰"), ("%", "points"), ("mg/kg", "mL/L"), ("h", "h−1"), ("N m", "N"), ("wt%", "vol%"), ("W/m2", "W/m3"),
    ("mL/min/1.73 m2", "mL/min"), ("Nm", "nm"), ("Mb", "MB"), ("kg N ha−1", "kg P ha−1"), ("kg N ha−1", "g N ha−1"),
]  # fmt: skip


def form(unit: str) -> object:
    found = read_unit(f"5 {unit.lstrip()}" if unit[0] != "-" else f"5{unit}", 1)
    assert found, unit
    return found[0].form


@pytest.mark.parametrize(("a", "b"), [(same[0], other) for same in SAME for other in same[1:]])
def test_spellings_of_one_unit(a: str, b: str) -> None:
    assert form(a) == form(b)


@pytest.mark.parametrize(
    "unit",
    [
        "%", "percent", "points", "x", "ns", "µs", "ms", "s", "minutes", "hrs", "days", "weeks", "months",
        "years", "Hz", "kHz", "GHz", "FPS", "dB", "kB", "MB", "TB", "GFLOPs", "bits", "nm", "μm", "mm", "cm",
        "m", "km", "hectares", "litres", "mL", "µl", "kg", "grams", "mg", "ng", "moles", "mmol", "mM", "ppm",
        "kPa", "mm Hg", "mV", "meV", "GeV", "watts", "kWh", "kJ", "°C", "degrees F", "°", "USD",
    ],
)  # fmt: skip
def test_a_number_and_its_whole_unit_are_read_alike(unit: str) -> None:
    (quantity,) = read_quantities(f"5 {unit}")
    assert quantity.unit is not None
    assert form_of(quantity.unit) == form(unit)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_units_that_are_two(a: str, b: str) -> None:
    assert form(a) != form(b)


@pytest.mark.parametrize("text", ["5 patients", "5 in the", "5 as", "5 at 3", "5", "5 x 3", "5-fold cross-validation"])
def test_a_word_is_no_unit(text: str) -> None:
    assert read_unit(text, 1) == ()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 mg in 2 h", "mg"), ("5 mm 2 groups", "mm"), ("5 mg, 5", "mg"), ("5 N m of", "N m"), ("5 m and", "m"),
        ("5 µmol m−2 s−1 for", "µmol m−2 s−1"), ("5 kg ha−1, 3", "kg ha−1"), ("5 W/(m K) at", "W/(m K)"),
    ],
)  # fmt: skip
def test_a_unit_ends_where_it_ends(text: str, unit: str) -> None:
    assert text[2 : read_unit(text, 1)[0].end] == unit


def test_how_often_is_no_part_of_how_much() -> None:
    assert [reading.form for reading in read_unit("20 mg per day", 2)] == [form("mg/d"), form("mg")]
    assert [reading.form for reading in read_unit("20 mg/day", 2)] == [form("mg/d")]
    assert [reading.form for reading in read_unit("20 mg per litre", 2)] == [form("mg/L")]


def test_a_rare_unit_is_looked_up() -> None:
    assert read_unit("5 furlongs", 1) == ()
    assert read_unit("5 furlongs", 1, deep=True)[0].form == read_unit("5 furlong", 1, deep=True)[0].form
    assert read_unit("5 kilofurlongs", 1, deep=True)[0].form != read_unit("5 furlong", 1, deep=True)[0].form


def test_what_knows_rare_units_is_loaded_when_it_is_needed() -> None:
    program = (
        "import sys; from absextract import validate; from absextract.text.unit_forms import read_unit;"
        "read_unit('5 mg/dL', 1); assert 'pint' not in sys.modules; read_unit('5 furlongs', 1, deep=True);"
        "assert 'pint' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("text", ["4.2 mmol/L K+", "10 mg/L K", "5 mg/L V", "0.5 g/kg K"])
def test_an_element_behind_a_unit_below_a_stroke_is_no_unit(text: str) -> None:
    number, unit = text.split()[:2]
    (measure,) = read_measures(f"We found {text} in it.").inline
    (alone,) = read_measures(f"{number} {unit}").inline
    assert measure.meanings[0].form == alone.meanings[0].form
