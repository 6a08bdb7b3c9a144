"""What is cited of a source."""

import pytest

from geo.citation import ReferenceKind, source_reference, sources_csv
from geo.evidence.reliability import cited_sources
from tests.conftest import make_incident, make_source
from tests.geo.cli.conftest import rows_of


def cited(**fields):
    return cited_sources([make_incident(sources=[make_source(**fields)])])


@pytest.mark.parametrize(
    ("kind", "as_what", "said"),
    [
        ("outlet", ReferenceKind.NEWS, "News outlet"),
        ("agency", ReferenceKind.NEWS, "News agency"),
        ("official", ReferenceKind.OFFICIAL, "Official"),
        ("aggregator_or_mirror", ReferenceKind.WEB, "Aggregator or mirror"),
        ("seed", ReferenceKind.NEWS, "Report the record began from"),
    ],
)
def test_kinds(kind, as_what, said) -> None:
    reference = source_reference(cited(kind=kind)[0])
    assert reference.kind is as_what
    assert reference.note == f"{said}; source of 1 incident: 2025-01-01-khost-air-strike"


def test_no_day_of_access_is_claimed() -> None:
    assert source_reference(cited()[0]).accessed is None


def test_an_archived_copy_is_named() -> None:
    note = source_reference(cited(archived_url="https://archive.org/{1}")[0]).note
    assert note.endswith("; archived at https://archive.org/%7B1%7D")


def test_the_table_has_a_row_for_each_source_and_no_formula() -> None:
    rows = rows_of(sources_csv(cited(publisher="=1+1", kind="aggregator_or_mirror"), version="abc"))
    assert [(row["publisher"], row["weak"], row["incident_count"], row["data_version"]) for row in rows] == [
        ("'=1+1", "true", "1", "abc")
    ]
