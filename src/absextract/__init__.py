"""Paper abstracts in, checked facts out: every value points at the characters that support it."""

import importlib
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .entities.linking import link
    from .errors import (
        AbsextractError,
        ExtractionError,
        InputError,
        OutputError,
        ProviderSetupError,
        SchemaError,
        StoppedError,
        UsageError,
    )
    from .evaluation.gold_examples import read_examples
    from .extractors.llm.guidance import Example
    from .extractors.llm.limits import Limits
    from .given_papers import PaperLike
    from .one_shot import extract, extract_many, validate
    from .pipeline import Extractor
    from .record_list import RecordList
    from .records import Abstract, Finding, Grounding, Record
    from .runs.record_files import write_records
    from .schema.marks import Link, Mention, Number, Quote
    from .schema.paper import PaperExtraction
    from .sources.read import read_abstracts
    from .sources.record_lines import SavedRecord, read_records
    from .tables.frames import to_dataframe

__all__ = [
    "AbsextractError",
    "Abstract",
    "Example",
    "ExtractionError",
    "Extractor",
    "Finding",
    "Grounding",
    "InputError",
    "Limits",
    "Link",
    "Mention",
    "Number",
    "OutputError",
    "PaperExtraction",
    "PaperLike",
    "ProviderSetupError",
    "Quote",
    "Record",
    "RecordList",
    "SavedRecord",
    "SchemaError",
    "StoppedError",
    "UsageError",
    "__version__",
    "extract",
    "extract_many",
    "link",
    "read_abstracts",
    "read_examples",
    "read_records",
    "to_dataframe",
    "validate",
    "write_records",
]

# Where each name is defined: it is loaded when a program first asks for it. The imports above are for type checkers; a
# test holds the two against each other.
_PLACES = {
    name: place
    for place, names in {
        "entities.linking": "link",
        "errors": "AbsextractError ExtractionError InputError OutputError ProviderSetupError SchemaError StoppedError "
        "UsageError",
        "evaluation.gold_examples": "read_examples",
        "extractors.llm.guidance": "Example",
        "extractors.llm.limits": "Limits",
        "given_papers": "PaperLike",
        "one_shot": "extract extract_many validate",
        "pipeline": "Extractor",
        "record_list": "RecordList",
        "records": "Abstract Finding Grounding Record",
        "runs.record_files": "write_records",
        "schema.marks": "Link Mention Number Quote",
        "schema.paper": "PaperExtraction",
        "sources.read": "read_abstracts",
        "sources.record_lines": "SavedRecord read_records",
        "tables.frames": "to_dataframe",
    }.items()
    for name in names.split()
}

if not TYPE_CHECKING:  # to a type checker it would make every name exist

    def __getattr__(name: str) -> Any:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(importlib.import_module(f".{_PLACES[name]}", __name__), name)
        return found

    def __dir__() -> list[str]:
        return [*__all__]
