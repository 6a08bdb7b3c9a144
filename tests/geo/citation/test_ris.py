"""RIS whose records begin, end and stay apart, whatever the text."""

from datetime import date

from hypothesis import given

from geo.citation import CitationFormat, Reference, ReferenceKind, cite
from tests.geo.citation.cases import LISTS
from tests.geo.citation.readers import read_ris


@given(LISTS)
def test_every_text_comes_back(references) -> None:
    records = [dict(record) for record in read_ris(cite(references, format=CitationFormat.RIS))]
    assert [record["ID"] for record in records] == [reference.key for reference in references]
    for reference, record in zip(references, records, strict=True):
        assert record["TI"] == reference.titled
        assert reference.author in (record.get("T2"), record.get("PB"))
        assert (record.get("N1"), record.get("UR")) == (reference.note, reference.url)


def test_a_record() -> None:
    reference = Reference(
        key="dawn-1",
        kind=ReferenceKind.NEWS,
        author="Reuters, as carried by Dawn",
        title="Border",
        issued=date(2021, 2, 12),
        accessed=date(2026, 1, 2),
    )
    assert cite([reference], format=CitationFormat.RIS).split("\r\n") == [
        "TY  - NEWS",
        "ID  - dawn-1",
        "TI  - Border",
        "T2  - Reuters, as carried by Dawn",
        "PY  - 2021",
        "DA  - 2021/02/12/",
        "Y2  - 2026/01/02/",
        "ER  - ",
        "",
        "",
    ]
