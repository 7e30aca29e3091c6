"""Hypothesis strategies shared by the tests: texts as abstracts have them, and worse."""

from __future__ import annotations

from hypothesis import strategies as st

from absextract.schema.paper import PaperExtraction, PaperLink, Result

__all__ = ["EXTRACTIONS", "LINKS", "RESULTS", "SCORES", "TEXTS", "VALUES"]

_PIECES = [
    "76%", "76\\%", "$81.2\\%$", "~5%", "1,000", "1{,}000", "1\u2009000", "10-20%", "10--20\\%", "from 10 to 20",
    "70.6% to 79.8%", "between 3 and 4", "2x", "2$\\times$", "twice", "twenty-five", "3 of 5", "36/37/38%", "4.8/5",
    "81.2 ± 0.3", "$81.2_{\\pm 0.3}$", "3.2\\times10^{-4}", "0^{-1}", "0^0", "10⁻³", "1e999", "9^999", "$15",
    "p < 0.01",
    "GPT-4", "GPT-4o", "CIFAR-10/100", "SQuAD 2.0", "top-5", "F$_1$", "1990s", "224 x 224", "−0.3", "٣", "x2014",
    "https://github.com/a/b",
    "(https://a.com/x(y))).", "github.com/a/b.", "https: //b.org/x", "http://[::1", "https://a.b:x/",
    "accuracy", "improves by", "achieves", "Café", "\\textbf{", "\\'e", "ﬃ", "İ", "\ud800", "{", "}", "$",
    "\\", "/", "-",
    "–", ".", ",", " ", "\n", "\u00a0", "two orders of magnitude", "one third", "~0/1", "%",
]  # fmt: skip

_CHARACTERS = st.text(st.characters(exclude_categories=()), max_size=40)
"""Any text, lone surrogates included: JSON can carry them."""

TEXTS = st.one_of(
    _CHARACTERS,
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text("0123456789.,-–/%x$\\{}^ ", max_size=6)), max_size=14).map(
        "".join
    ),
    st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join),
)
"""Abstracts: arbitrary characters, and the number, URL and name spellings that meet each other there."""

VALUES = st.one_of(st.sampled_from(_PIECES), TEXTS)
"""What a model may answer for a text field."""

SCORES = st.builds(
    lambda whole, digits, unit: f"{whole}.{digits}{unit}",
    st.integers(1, 99),
    st.text("0123456789", min_size=1, max_size=3),
    st.sampled_from(["", "%", "\\%", " points", "x"]),
)
"""Scores with decimals, as results have them."""

RESULTS = st.builds(
    Result,
    score=VALUES,
    kind=st.sampled_from(["value", "change"]),
    metric=st.none() | VALUES,
    dataset=st.none() | VALUES,
    evidence=VALUES,
)
LINKS = st.builds(PaperLink, url=VALUES, kind=st.sampled_from(["code", "project", "data", "model", "demo", "other"]))
EXTRACTIONS = st.builds(
    PaperExtraction,
    tasks=st.lists(VALUES, max_size=2),
    methods=st.lists(VALUES, max_size=2),
    datasets=st.lists(VALUES, max_size=2),
    results=st.lists(RESULTS, max_size=3),
    links=st.lists(LINKS, max_size=2),
    code_url=st.none() | VALUES,
)
"""Answers that may or may not have to do with any text."""
