"""What has to be reached, what data are like, what is proved, beside what was reached."""

from __future__ import annotations

import pytest

from absextract.text.disowned import disowned
from absextract.text.quantities import read_quantities


def reason(text: str, number: str) -> str | None:
    return next(disowned(text, q) for q in read_quantities(text) if text[q.start : q.end] == number)


@pytest.mark.parametrize(
    ("text", "number", "demanded"),
    [
        ("We study winders that must respond within 300 ms.", "300 ms", True),
        ("We note that the loss must not exceed 9%.", "9%", True),
        ("We aim at 95% recall.", "95%", True),
        ("We wind until the target coverage of 90% is met.", "90%", True),
        ("We hold the 100 ms deadline.", "100 ms", True),
        ("We meet a deadline of 100 ms.", "100 ms", True),
        ("We test winders that promise to block 99% of the rain.", "99%", True),
        ("We follow the law: regulations demand a ratio of at least 0.8.", "0.8", True),
        ("We know that an ideal winder would lose 0% of the string.", "0%", True),
        ("We find that kites must run 3x faster.", "3x", False),
        ("We find that the claim should be corrected to 93.6%.", "93.6%", False),
        ("We find that the mass must be 0.3%.", "0.3%", False),
        ("We reach 88.1% joint goal accuracy.", "88.1%", False),
        ("We lower the memory requirement of kites to 12%.", "12%", False),
        ("Our winder requires 40% less string.", "40%", False),
        ("Our winder must wait, but it reaches 91%.", "91%", False),
        ("We need to wind; lift grows to 91%.", "91%", False),
    ],
)
def test_what_is_demanded(text: str, number: str, demanded: bool) -> None:
    assert reason(text, number) == ("demanded" if demanded else None)


@pytest.mark.parametrize(
    ("text", "number", "made_up"),
    [
        ("Our test set has 51% female flyers.", "51%", True),
        ("We release the data: the corpus comprises 58,000 flights, 11% of which end in rain.", "11%", True),
        ("We see that conversations have 4.2 turns on average.", "4.2", True),
        ("On average, a dialogue has 9.3 turns and mentions 5.1 kites.", "9.3", True),
        ("On average, a dialogue has 9.3 turns and mentions 5.1 kites.", "5.1", True),
        ("We find that the corpus contains 12% of all names.", "12%", False),
        ("Our corpus contains 12% wrong labels.", "12%", False),
        ("The benchmark has a success rate of 12%.", "12%", False),
        ("The benchmark has 300 tasks and winders solve 12% of them.", "12%", False),
        ("Our corpus has 12% fewer names.", "12%", False),
    ],
)
def test_what_data_are_like(text: str, number: str, made_up: bool) -> None:
    assert reason(text, number) == ("data" if made_up else None)


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        ("We show that this is tight up to a factor of 2.", "2", "bound"),
        ("We show a competitive ratio of 1.58.", "1.58", "bound"),
        ("We show that the risk is bounded by 1/8.", "1/8", "bound"),
        ("Our winder is faster by up to a factor of 2.", "2", None),
        ("We show that the loss is bounded by 1%.", "1%", None),
        ("We wind as soon as its confidence passes 0.8.", "0.8", "condition"),
        ("Our winders stop when doubt exceeds 0.3.", "0.3", "condition"),
        ("We find that lift exceeds 0.3.", "0.3", None),
        ("Our sensitivity is 84% at a specificity of 95%.", "95%", "condition"),
        ("Our sensitivity is 84% at a specificity of 95%.", "84%", None),
        ("We wind at a precision of 92%.", "92%", None),
        ("We vary rain. Raising the price by 0.5 points lowers sales to 9%.", "0.5 points", "condition"),
        ("We vary rain. Raising the price by 0.5 points lowers sales to 9%.", "9%", None),
        ("We contrast winders with a weight of 0.5.", "0.5", "condition"),
        ("We see that 23% of flyers wind, according to a survey.", "23%", "cited"),
        ("We count flights. A survey by Reed reports that 23% of flyers wind.", "23%", "cited"),
        ("We count flights. A recent industry report estimates that 23% wind.", "23%", "cited"),
        ("We test winders. KiteOne was reported to reach 71% lift.", "71%", "cited"),
        ("We test winders. A user study found that 71% like them.", "71%", None),
        ("We test winders. Experts found 71% of them good.", "71%", None),
        ("Our winder is shown to reach 71% lift.", "71%", None),
    ],
)
def test_bounds_conditions_and_what_others_say(text: str, number: str, why: str | None) -> None:
    assert reason(text, number) == why
