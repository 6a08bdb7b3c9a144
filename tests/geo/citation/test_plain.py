"""Citations that people read."""

from datetime import date

import pytest

from geo.citation import Reference, ReferenceKind, plain_citation

FULL = {
    "title": "Border closed",
    "issued": date(2021, 2, 12),
    "version": "version 2",
    "note": "A note.",
    "url": "https://example.org/1",
    "accessed": date(2026, 1, 2),
}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        pytest.param({"title": None}, "Dawn: [No title on record].", id="least"),
        pytest.param(
            FULL,
            "Dawn: Border closed, 12 February 2021, version 2. A note. https://example.org/1 (accessed 2 January 2026)",
            id="all",
        ),
    ],
)
def test_says_what_there_is(fields, text) -> None:
    assert plain_citation(Reference(key="a", kind=ReferenceKind.NEWS, author="Dawn", **fields)) == text
