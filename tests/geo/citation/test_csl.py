"""CSL-JSON by the CSL data model, whatever the text."""

import json

import jsonschema
from hypothesis import given

from geo.citation import CitationFormat, cite, source_reference
from geo.evidence.reliability import cited_sources
from tests.geo.citation.cases import LISTS
from tests.geo.citation.readers import CSL_SCHEMA


@given(LISTS)
def test_every_item_is_valid_and_every_text_comes_back(references) -> None:
    items = json.loads(cite(references, format=CitationFormat.CSL_JSON))
    jsonschema.validate(items, CSL_SCHEMA)
    for reference, item in zip(references, items, strict=True):
        assert (item["id"], item["title"], item.get("note")) == (reference.key, reference.titled, reference.note)
        assert item["author"] == [{"literal": reference.author}]
        day = reference.issued
        assert item.get("issued") == (day and {"date-parts": [[day.year, day.month, day.day]]})


def test_the_record_s_sources_are_valid(incidents) -> None:
    items = json.loads(cite(map(source_reference, cited_sources(incidents)), format=CitationFormat.CSL_JSON))
    jsonschema.validate(items, CSL_SCHEMA)
    assert len({item["id"] for item in items}) == len(items) > 500
