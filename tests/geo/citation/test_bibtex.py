"""BibTeX that any reader takes, whatever the text."""

from datetime import date

import pytest
from hypothesis import given

from geo.citation import CitationFormat, Reference, ReferenceKind, cite
from tests.geo.citation.cases import LISTS
from tests.geo.citation.readers import read_bibtex, unlatex


@given(LISTS)
def test_every_text_comes_back(references) -> None:
    entries = read_bibtex(cite(references, format=CitationFormat.BIBTEX))
    assert list(entries) == [reference.key for reference in references]
    for reference in references:
        fields = entries[reference.key]
        assert unlatex(fields["title"][2:-2]) == reference.titled
        assert unlatex(fields["author"][2:-2]) == reference.author
        assert unlatex(fields.get("note", "{}")[1:-1]) == (reference.note or "")
        assert fields.get("url", "{}")[1:-1] == (reference.url or "")


def test_an_entry() -> None:
    reference = Reference(
        key="dawn-1",
        kind=ReferenceKind.NEWS,
        author="Dawn",
        title="Border & trade",
        issued=date(2021, 2, 12),
        url="https://www.dawn.com/news/1",
        accessed=date(2026, 1, 2),
    )
    assert cite([reference], format=CitationFormat.BIBTEX) == (
        "@misc{dawn-1,\n"
        "  author = {{Dawn}},\n"
        "  title = {{Border \\& trade}},\n"
        "  year = {2021},\n"
        "  day = {12},\n"
        "  url = {https://www.dawn.com/news/1},\n"
        "  urldate = {2026-01-02},\n"
        "  month = feb,\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("kind", "issued", "year"),
    [
        pytest.param(ReferenceKind.NEWS, date(2021, 2, 12), "2021", id="day of publication"),
        pytest.param(ReferenceKind.NEWS, None, "n.d.", id="a source without one"),
        pytest.param(ReferenceKind.DATA, None, "2026", id="data as of the day of access"),
    ],
)
def test_every_entry_has_a_year(kind: ReferenceKind, issued: date | None, year: str) -> None:
    reference = Reference(key="a", kind=kind, author="A", title="B", issued=issued, accessed=date(2026, 1, 2))
    assert f"  year = {{{year}}},\n" in cite([reference], format=CitationFormat.BIBTEX)


def test_nothing_is_an_empty_file() -> None:
    assert cite([], format=CitationFormat.BIBTEX) == ""
