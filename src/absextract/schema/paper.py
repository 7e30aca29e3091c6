"""What is pulled out of an abstract. The descriptions are what a language model reads.

Those of the classes are assigned: `python -OO` takes docstrings away, and the schema would be another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, computed_field

from ..text.comparisons import Bound
from ..text.score_reading import ScoreReading, read_score
from .marks import Link, Mention, Number, Quote

__all__ = ["LinkKind", "PaperExtraction", "PaperLink", "Result", "ResultKind", "is_paper"]

ResultKind = Literal["value", "change"]
LinkKind = Literal["code", "project", "data", "model", "demo", "other"]


def _bool_or_none(value: Any) -> bool | None:
    """A truth value; anything else, which a model that was not asked may answer, says nothing."""
    return value if isinstance(value, bool) else None


class Result(BaseModel):  # noqa: D101  # assigned
    __doc__ = "One measured number."

    model_config: ClassVar[ConfigDict] = ConfigDict(coerce_numbers_to_str=True)  # models like to answer 81.2 for "81.2"

    score: Annotated[str, Number(within="evidence", metric="metric", kind="kind", complete=True)] = Field(
        description='number with unit or sign, shortest form, without hedges: "76\\%", "2x", "81.2"; "over 12.3 '
        'points" gives "12.3"; a range is one score, "from A to B" and "A vs B" two results, each with its own method'
    )
    kind: ResultKind = Field(
        description="value = a level reached; change = a difference or ratio to something (3.9% better, 2x faster)"
    )
    metric: Annotated[str, Mention(among="metrics", role="metric")] | None = None
    dataset: Annotated[str, Mention(among="datasets", role="dataset")] | None = Field(
        None, description="name; if unnamed, the text's description; else null"
    )
    method: Annotated[str, Mention(role="method")] | None = Field(None, description="what attains the score")
    baseline: Annotated[str, Mention(against="method")] | None = Field(
        None, description="what it is compared with, short"
    )
    setting: Annotated[str, Mention(role="setting")] | None = Field(
        None, description='condition of the score: "zero-shot", "5-shot", "test-other", "2-bit"'
    )
    evidence: Annotated[str, Quote()] = Field(description="shortest clause that holds the score")
    own: Annotated[bool | None, BeforeValidator(_bool_or_none)] = Field(
        None,
        description="true: the paper's own approach attains it; false: a rival, a baseline, earlier work",
        json_schema_extra={"readOnly": True},  # asked of no model
    )

    @computed_field(description="the score as a number; the lower end of a range")  # type: ignore[prop-decorator]  # pydantic's documented order, which mypy cannot follow
    @property
    def value(self) -> float | None:
        return self._read.value

    @computed_field(description="the upper end of a range")  # type: ignore[prop-decorator]  # as above
    @property
    def upper(self) -> float | None:
        return self._read.upper

    @computed_field(description='the unit: "%", "x", "points", "hours", …')  # type: ignore[prop-decorator]  # as above
    @property
    def unit(self) -> str | None:
        return self._read.unit

    @computed_field(description="what follows ±")  # type: ignore[prop-decorator]  # as above
    @property
    def deviation(self) -> float | None:
        return self._read.deviation

    @computed_field(description='">" more, "<" less, "~" about the score, where the text hedges it')  # type: ignore[prop-decorator]  # as above
    @property
    def bound(self) -> Bound | None:
        return self._read.bound

    @property
    def _read(self) -> ScoreReading:
        return read_score(self.score or "", self.evidence or "")


class PaperLink(BaseModel):  # noqa: D101  # assigned
    __doc__ = "One URL."

    url: Annotated[str, Link(kind="kind", complete=True)] = Field(description="without trailing punctuation")
    kind: LinkKind = Field(
        description="code = repository, or page that holds code (and data), whatever it is called; project = other "
        "project page; demo = demo, video; model = weights"
    )


class PaperExtraction(BaseModel):  # noqa: D101  # assigned
    __doc__ = (
        "What a paper's abstract reports. List each thing once, most important first, under its short name or acronym "
        "if there is one."
    )

    tasks: list[Annotated[str, Mention()]] = Field(
        default=[],
        description='1 to 3 research problems addressed, each the shortest noun phrase ("link prediction") or, if none '
        "stands in the text, words that name it. No method",
    )
    methods: list[Annotated[str, Mention(role="method")]] = Field(
        default=[],
        description="what the paper itself introduces: method, model, system, framework, theory; if unnamed, the "
        "shortest noun phrase. Not components, coined phenomena, techniques it studies or borrows. Surveys and dataset "
        "papers: usually none",
    )
    datasets: list[Annotated[str, Mention(role="dataset")]] = Field(
        default=[],
        description="NAMED datasets, benchmarks, corpora, environments, exams, contests, platforms with data, used or "
        "introduced. Not models",
    )
    metrics: list[Annotated[str, Mention(role="metric")]] = Field(
        default=[],
        description='evaluation measures named ("accuracy", "F1", "run time"). Not bare qualities',
    )
    results: list[Result] = Field(
        default=[],
        description="each quantitative outcome measured in the work, one entry per number, a repeated one once. Not "
        "sizes and statistics of data or cohorts, numbers of tasks or models, parameters, years, figures quoted as "
        "motivation. A baseline's own score has it as method",
    )
    links: list[PaperLink] = Field(default=[], description="every URL")
    code_url: Annotated[str, Link(code=True)] | None = Field(
        None,
        description="URL of the authors' code",
    )


def is_paper(extraction: Mapping[str, Any], schema: str = "") -> bool:
    """Whether JSON values are an extraction of `PaperExtraction`.

    Args:
        extraction: the values.
        schema: name of the schema that they were made for; where it is empty, one of the fields tells.
    """
    if schema and schema != PaperExtraction.__name__:
        return False
    return not set(extraction).isdisjoint(PaperExtraction.model_fields)
