"""Paper abstracts in, checked facts out: every value points at the characters that support it."""

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
from .extractors.llm.limits import Limits
from .one_shot import extract, validate
from .pipeline import Extractor
from .records import Abstract, Finding, Grounding, Record
from .schema.marks import Link, Mention, Number, Quote
from .schema.paper import PaperExtraction
from .sources.read import read_abstracts
from .sources.record_lines import SavedRecord, read_records

__all__ = [
    "AbsextractError",
    "Abstract",
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
    "ProviderSetupError",
    "Quote",
    "Record",
    "SavedRecord",
    "SchemaError",
    "StoppedError",
    "UsageError",
    "extract",
    "link",
    "read_abstracts",
    "read_records",
    "validate",
]
