"""What a type checker must know of the package; checked by mypy in `make check`, never run."""

from __future__ import annotations

from typing import assert_type

from pydantic import BaseModel

from absextract import (
    Abstract,
    Extractor,
    PaperExtraction,
    Record,
    RecordList,
    extract,
    extract_many,
    read_abstracts,
    validate,
)


class Gift(BaseModel):
    name: str


def blocking(paper: Abstract, found: Gift) -> None:
    assert_type(extract("text"), Record[PaperExtraction])
    assert_type(extract(paper, schema=Gift).extraction, Gift | None)
    assert_type(extract(title="t", abstract="a"), Record[PaperExtraction])
    assert_type(extract_many(read_abstracts("papers.csv")), RecordList[PaperExtraction])
    assert_type(extract_many([{"abstract": "a"}], schema=Gift), RecordList[Gift])
    assert_type(validate({}, paper), Record[PaperExtraction])
    assert_type(validate({}, paper, schema=Gift).extraction, Gift | None)
    assert_type(validate(found, "text").extraction, Gift | None)
    assert_type(validate(found, "text", schema=PaperExtraction), Record[PaperExtraction])


async def streaming(paper: Abstract) -> None:
    async with Extractor() as extractor:
        assert_type(await extractor.extract(paper), Record[PaperExtraction])
    async with Extractor(schema=Gift) as gifts:
        assert_type(await gifts.extract(paper), Record[Gift])
        async for record in gifts.stream([paper]):
            assert_type(record.extraction, Gift | None)
