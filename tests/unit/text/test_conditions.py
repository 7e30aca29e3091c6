"""What was set, given, or says how sure an estimate is, is no outcome; what stands in nearly the same words is one."""

from __future__ import annotations

import pytest

from absextract.text.disowned import disowned
from absextract.text.quantities import read_quantities
from bounded import run_bounded


def reason(text: str, number: str) -> str | None:
    start = text.rindex(number)
    return next(disowned(text, q) for q in read_quantities(text) if q.start <= start < q.end)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("With a learning rate of 0.001 it reaches 93.2%.", "0.001"),
        ("The discount factor was 0.99 and the return 412.", "0.99"),
        ("Threshold values of 0.3 and 0.6 lead to F1 of 0.71.", "0.6"),
        ("With temperature 0.2, exact match is 61.5%.", "0.2"),
        ("The mutation probability was 0.02.", "0.02"),
        ("With Gaussian noise (σ = 0.1), PSNR is 29.4 dB.", "0.1"),
        ("For ε = 8, the private model reaches 83.4%.", "8,"),
        ("The penalty is fixed to 1.1 and utility drops.", "1.1"),
        ("Setting the mixing ratio to 0.7 yields 48%.", "0.7"),
        ("Using a noise multiplier of 1.1, it reaches 74%.", "1.1"),
        ("Under a perturbation of 8/255 it holds.", "8/255"),
        ("At a sensitivity of 85%, the specificity was 78%.", "85%"),
        ("At 85% relative humidity, the sensor drifts by 0.5%.", "85%"),
        ("Under a 5% budget constraint, revenue grows by 11%.", "5%"),
        ("For a Reynolds number of 5000, drag drops by 14%.", "5000"),
        ("At an SNR ratio of 10 dB, speech is clear.", "10 dB"),
        ("The sets shrink by 30% at 95% coverage.", "95%"),
        ("Heron errs less, and at a fixed specificity of 95% its sensitivity is 87.4%.", "95%"),
        ("Heron sees more at a fixed false alarm rate of 2%.", "2%"),
        ("At a recall of 90% their precision is 61%.", "90%"),
    ],
)
def test_what_was_set_or_given(text: str, number: str) -> None:
    assert reason(text, number) == "condition"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Survival improved (HR 0.68, 95% CI: 0.51 to 0.90).", "0.90"),
        ("RR = 0.67, 95% CI = 0.52, 0.86.", "0.86"),
        ("An adjusted OR of 1.9 (CI: 1.2; 2.9) was found.", "1.2"),
        ("The mean is 1.7 (95% HDI: 1.1, 2.3).", "95%"),
        ("The stay was 14.2 days (IQR 9.1–18.3).", "9.1"),
        ("We exclude masses below 620 GeV at 90% CL.", "90%"),
        ("The rise was 2.4% (95% credible interval 1.9–3.0%).", "1.9"),
        ("The AUC was 0.88 (0.84–0.92).", "0.84"),
        ("Smokers had an OR of 2.31 [1.40, 3.80].", "3.80"),
        ("The incidence was 3.2 per 1000 (2.8; 3.7).", "2.8"),
        ("The slope was 0.21 (SE = 0.04).", "0.04"),
        ("Scores rose (F(2, 57) = 4.31).", "4.31"),
        ("The effect was 0.45 (I2 = 63%).", "63%"),
        ("A chi-square of 12.4 was obtained.", "12.4"),
    ],
)
def test_how_sure_an_estimate_is(text: str, number: str) -> None:
    assert reason(text, number) == "condition"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It wins by a margin of 0.2.", "0.2"),
        ("The code has an error threshold of 0.7.", "0.7"),
        ("The learned temperature improves calibration to 0.02.", "0.02"),
        ("A new record was set at 93.2%.", "93.2%"),
        ("At 91.0% accuracy, Heron beats all others.", "91.0%"),
        ("At a cost of 12%, it is safe.", "12%"),
        ("It comes close, at 61.6% F1, well below people.", "61.6%"),
        ("At 45% fewer steps, it is as good.", "45%"),
        ("Heron reaches a precision of 85%.", "85%"),
        ("The tools agree (Cronbach's α = 0.89).", "0.89"),
        ("Coverage of nominal intervals 94.6% was seen.", "94.6%"),
        ("AP is 45.2 (47.0, 51.3) on A (B, C).", "47.0"),
        ("In CI, 31% of the builds fail.", "31%"),
    ],
)
def test_outcomes_in_like_words(text: str, number: str) -> None:
    assert reason(text, number) is None


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("The best 10% of the designs reach 24% efficiency.", "10%", "share"),
        ("When 90% of the weights are zero, 3% is lost.", "90%", "share"),
        ("By zeroing 15% of the inputs we gain 2.2%.", "15%", "share"),
        ("With access to a quarter of the labels (25%), it wins.", "25%", "share"),
        ("A probe that was shown 8% of the treebank parses well.", "8%", "share"),
        ("We randomly select 40% of the tiles for learning.", "40%", "share"),
        ("With supervision on 0.5% of the points, it wins.", "0.5%", "share"),
        ("Because only 15% of the wells had logs, we transfer.", "15%", "share"),
        ("Subsampling to 10% leaves the error at 4.3%.", "10%", "share"),
        ("Steel containing 9% nickel is tougher.", "9%", "share"),
        ("On 72% of the instances our solver is the fastest.", "72%", None),
        ("Drivers saw 90% of the warnings in time.", "90%", None),
        ("We label 96% of the cells correctly.", "96%", None),
        ("If prices rise by 10%, demand falls by 3.1%.", "3.1%", None),
        ("80% of the compounds served for calibration.", "80%", "share"),
        ("The prototype runs at 2.4 GHz and saves 20%.", "2.4 GHz", "condition"),
        ("Overclocking to 4.2 GHz raises throughput.", "4.2 GHz", "condition"),
        ("Videos captured at 30 fps were segmented.", "30 fps", "condition"),
        ("By saving 62% of the labels we are faster.", "62%", None),
        ("We find that 38% of the test labels are wrong.", "38%", None),
        ("rates of 2.0%/4.6% are those of the best model", "4.6%", None),
        ("Our decoder achieves a clock rate of 1.1 GHz.", "1.1 GHz", None),
        ("It lifts the maximum clock from 2.1 GHz to 2.6 GHz.", "2.6 GHz", None),
        ("Audio was resampled to 22.05 kHz and tagged.", "22.05 kHz", "condition"),
        ("With training sets cut to 15%, it is as good.", "15%", "share"),
        ("The design tops out at 920 MHz.", "920 MHz", None),
        ("The antenna resonates at 5.8 GHz.", "5.8 GHz", None),
        ("It runs at 45 FPS.", "45 FPS", None),
    ],
)
def test_shares_and_rates_by_what_governs_them(text: str, number: str, expected: str | None) -> None:
    assert reason(text, number) == expected


def test_releases_and_firmware_are_names() -> None:
    text = "We compared release 3.2 with firmware 2.1; the latter gains 19%."
    assert [q.in_name for q in read_quantities(text)] == [True, True, False]


def test_a_section_may_be_shortened_to_sect() -> None:
    (quantity, _) = read_quantities("In our study (Sect. 5.4) latency fell by 22%.")
    assert quantity.in_name


@pytest.mark.parametrize("text", ["At 12" + "-a" * 48 + " ", "Intel" + "-1" * 60 + " (x 5 GB "])
def test_many_hyphens_are_read_at_once(text: str) -> None:
    code = (
        "import sys\n"
        "from absextract.text.disowned import disowned\n"
        "from absextract.text.quantities import read_quantities\n"
        "for each in read_quantities(sys.argv[1]): disowned(sys.argv[1], each)\n"
        "print('done')"
    )
    done = run_bounded(code, text * 200)
    assert done.stdout == "done\n", done.stderr
