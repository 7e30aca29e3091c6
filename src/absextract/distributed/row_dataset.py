"""Ray Data pipelines of one's own: rows with abstracts in, rows with records out."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from ..errors import SchemaError, UsageError
from ..extractors.answers import MOST_ANSWER_TOKENS
from ..extractors.llm.guidance import Example
from ..extractors.llm.limits import Limits
from ..extractors.llm.providers import Mode
from ..pipeline import BUILTIN, check_answer_tokens, check_samples, default_model
from ..records import BadInput, Source, stable_id
from ..schema.marked import marks_of
from ..schema.paper import PaperExtraction
from ..sources.cell_values import as_json
from ..sources.columns import ColumnNames, Columns
from ..sources.markup import Markup, as_shown
from ..validation.validator import Unsupported
from ..worked_examples import guidance_for
from .blocks import Item
from .cluster import cpus_of_cluster, hub_for, load_ray, pool, without_dashboard
from .options import Options
from .worker import Crew, Made

if TYPE_CHECKING:
    import ray.data

__all__ = ["extract_dataset"]

_ROWS_AT_ONCE = 100
_BATCHES_AT_ONCE = 4  # of one block, as Ray Data counts them


def extract_dataset(
    ds: ray.data.Dataset,
    *,
    schema: type[BaseModel] = PaperExtraction,
    model: str | None = None,
    base_url: str | None = None,
    cache: str | os.PathLike[str] | bool | None = True,
    concurrency: int = 32,
    mode: Mode = "tools",
    timeout: float = 120.0,
    max_answer_tokens: int = MOST_ANSWER_TOKENS,
    instructions: str | None = None,
    examples: Iterable[Example] = (),
    samples: int = 1,
    link: bool = False,
    max_reasks: int = 1,
    unsupported: Unsupported = "drop",
    limits: Limits = Limits(),  # noqa: B008  # it is frozen
    fallback: Literal["builtin"] | None = None,
    min_confidence: float | None = None,
    columns: str | Mapping[str, str] | None = None,
    markup: Markup = "text",
    workers: int | None = None,
) -> ray.data.Dataset:
    """Extracts a dataset's abstracts, lazily and streaming, as everything in Ray Data.

    A row's title, abstract and id are found by their names, as in files (`title`, `display_name`, `abstract`,
    `summary`, …, in any case); all else becomes `metadata`. Out comes a row for each:

    - `id`, `title`, `abstract`: text, as in the record.
    - `status`: `ok`, `flagged`, `failed`; `undone` where a limit was reached before its turn.
    - `error`: the code of a failed record, else null.
    - `record`: the whole record as one line of JSON, null where undone. One column of text, since nested columns
      whose keys change from paper to paper are no table, and can be written neither as Parquet nor as JSON.

    Args:
        ds: any dataset with a column for an abstract.
        schema: see `Extractor`; it travels to the workers by value.
        model: see `Extractor`; keys are looked for in the environment of the workers.
        base_url: see `Extractor`.
        cache: a folder on each node; True for the user's cache folder there, False or None for no cache.
        concurrency: requests in flight at once in each worker.
        mode: see `Extractor`.
        timeout: see `Extractor`.
        max_answer_tokens: see `Extractor`.
        instructions: see `Extractor`.
        examples: see `Extractor`.
        samples: see `Extractor`.
        link: see `Extractor`.
        max_reasks: see `Extractor`.
        unsupported: see `Extractor`.
        limits: of all workers together.
        fallback: see `Extractor`.
        min_confidence: see `Extractor`.
        columns: see `read_abstracts`.
        markup: whether tags and entities in titles and abstracts become the text that a reader sees, or stay (`keep`).
        workers: processes to work in at most; one a CPU of the cluster but one, where none is given.

    Raises:
        UsageError: Ray is not installed, an argument is none of those it can be, or the builtin model is to fill
            another schema than `PaperExtraction`.
    """
    ray = load_ray()
    chosen = model or default_model()
    if chosen == BUILTIN and schema is not PaperExtraction:
        raise SchemaError("the offline model fills only the schema of papers; choose a language model")
    check_answer_tokens(max_answer_tokens)
    check_samples(samples, chosen)
    shown = tuple(examples)
    guidance_for(schema, instructions, shown)
    marks_of(schema)
    options = Options(
        schema,
        chosen,
        base_url,
        cache,
        concurrency,
        mode,
        timeout,
        max_reasks,
        unsupported,
        limits,
        fallback,
        min_confidence,
        max_answer_tokens,
        instructions,
        shown,
        samples,
        link,
    ).travelling()
    if not ray.is_initialized():
        ray.init(**without_dashboard())
    cpus = cpus_of_cluster()  # one of them is left to who reads
    rows = max(_ROWS_AT_ONCE, 2 * concurrency // _BATCHES_AT_ONCE)
    return ds.map_batches(
        _RowWorker,
        fn_constructor_args=(options, hub_for(options), markup, asdict(ColumnNames.of(columns))),
        batch_size=rows,
        batch_format="pyarrow",
        num_cpus=1 if cpus > 1 else 0,
        compute=pool(workers or max(1, cpus - 1), 1, at_first=max(1, cpus - 1)),
    )


class _RowWorker:
    """For `map_batches`: a row of a paper becomes the row of its record.

    Args:
        options: how records are made.
        hub: the handle of the run's `Hub`.
        markup: what becomes of markup in titles and abstracts.
        chosen: what the user says of the columns, as a dictionary.
    """

    def __init__(self, options: Options, hub: Any, markup: Markup, chosen: dict[str, str | None]) -> None:
        self._markup = markup
        self._crew = Crew(options, hub)
        self._chosen = ColumnNames(**chosen)

    async def __call__(self, table: Any) -> AsyncIterator[Any]:
        """A table of papers in, a table of records out.

        Raises:
            UsageError: nothing can be extracted here: no key, a model that does not exist, no column for an abstract.
        """
        import pyarrow as pa

        columns = Columns(self._chosen)
        columns.meet(table.column_names)
        if table.num_rows and (fault := columns.fault("")):
            raise UsageError(fault.message)
        items = [self._item(row, columns) for row in table.to_pylist()]
        key = stable_id("", "\n".join(_id(item) for item in items))
        made, report = await self._crew.make(items, key)
        if report.unusable is not None:
            raise UsageError(report.unusable)
        rows = [_row(item, each) for item, each in zip(items, made, strict=True)]
        names = ("id", "status", "title", "abstract", "error", "record")
        yield pa.table({name: pa.array([row[name] for row in rows], pa.large_string()) for name in names})

    def _item(self, row: Mapping[str, Any], columns: Columns) -> Item:
        item = columns.paper({name: as_json(value) for name, value in row.items()}, Source(path="", index=0))
        return item if self._markup == "keep" else as_shown(item)


def _id(item: Item) -> str:
    return item.place if isinstance(item, BadInput) else item.id


def _row(item: Item, made: Made | None) -> dict[str, str | None]:
    if made is None:
        paper = item.as_abstract() if isinstance(item, BadInput) else item
        undone: dict[str, str | None] = {"status": "undone", "error": None, "record": None}
        return undone | {"id": paper.id, "title": paper.title, "abstract": paper.abstract}
    record = made.record
    error = record.error.code if record.error else None
    texts = {"id": record.id, "title": record.title, "abstract": record.abstract}
    return {**texts, "status": record.status, "error": error, "record": made.line}
