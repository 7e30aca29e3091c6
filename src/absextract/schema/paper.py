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
        description='number with its unit or sign, as short as possible, without hedges: "76\\%", "2x", "81.2"; '
        '"over 12.3 points" gives "12.3"; a range is one score, but "from A to B" two results, A of the earlier state'
    )
    kind: ResultKind = Field(
        description="value = a level reached; change = a difference or ratio to something (improves by 3.9%, 2x faster)"
    )
    metric: Annotated[str, Mention(among="metrics", role="metric")] | None = None
    dataset: Annotated[str, Mention(among="datasets", role="dataset")] | None = Field(
        None, description="name, or the text's description of it if unnamed"
    )
    method: Annotated[str, Mention(role="method")] | None = Field(None, description="what attains the score")
    baseline: Annotated[str, Mention(against="method")] | None = Field(None, description="what it is compared with")
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
    __doc__ = "One URL of the abstract."

    url: Annotated[str, Link(kind="kind", complete=True)] = Field(description="without trailing punctuation")
    kind: LinkKind = Field(
        description="code = repository or page said to hold the code; project = project page; "
        "demo = demo or video; model = weights"
    )


class PaperExtraction(BaseModel):  # noqa: D101  # assigned
    __doc__ = (
        "What a paper's abstract reports. List each thing once, most important first, under its short name or acronym "
        "if there is one."
    )

    tasks: list[Annotated[str, Mention()]] = Field(
        default=[],
        description="1 to 3 research problems the paper addresses, the shortest noun phrase that still names each "
        '("link prediction"). Not the method',
    )
    methods: list[Annotated[str, Mention(role="method")]] = Field(
        default=[],
        description="what the paper itself introduces: named method, model, system, framework, theory; if unnamed, the "
        "shortest descriptive noun phrase. Not baselines or borrowed parts. Surveys and dataset papers: usually none",
    )
    datasets: list[Annotated[str, Mention(role="dataset")]] = Field(
        default=[],
        description="NAMED datasets, benchmarks, corpora, environments used or introduced. "
        "Not models, not unnamed ones",
    )
    metrics: list[Annotated[str, Mention(role="metric")]] = Field(
        default=[],
        description='evaluation measures named ("accuracy", "F1", "win rate", "inference time"). Not bare qualities',
    )
    results: list[Result] = Field(
        default=[],
        description="each quantitative outcome measured in the work, one entry per number. Not dataset sizes, "
        "numbers of tasks, models or participants, parameter counts, years, hyper-parameters, figures quoted as "
        "motivation. A baseline's own score has it as method",
    )
    links: list[PaperLink] = Field(default=[], description="every URL")
    code_url: Annotated[str, Link(code=True)] | None = Field(
        None,
        description="URL of the authors' code (a repository, or a page said to hold it)",
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
