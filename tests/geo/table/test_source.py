"""Which of linked reports are spare, and what a version rests on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.table.shown_datasets import ImportedSource, spare_reports, version_of
from tests.geo.table.parts import PUBLISHERS

IDS = st.sampled_from(["khost", "kunar", *(f"{name}-{n}" for name in ("acled", "ucdp", "gone") for n in range(4))])


@given(st.lists(st.tuples(IDS, IDS)))
def test_of_reports_linked_together_exactly_one_stays(links):
    spare = spare_reports(links, ["acled", "ucdp"], {"khost", "kunar"})
    groups = []
    for one, other in links:
        touched = [group for group in groups if group & {one, other}]
        groups = [group for group in groups if group not in touched] + [{one, other}.union(*touched)]
    for group in groups:
        there = {report for report in group if not report.startswith("gone")}
        own = there & {"khost", "kunar"}
        assert there - spare == own or (not own and len(there - spare) == min(1, len(there)))


def test_a_name_that_another_begins_with_is_told_apart():
    assert spare_reports([("a-b-1", "a-2")], ["a-b", "a"], set()) == {"a-2"}


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        pytest.param({"files": ("/home/one/acled/releases/r1/part-00000.parquet",)}, True, id="another-folder"),
        pytest.param({"files": ("/srv/two/acled/releases/r2/part-00000.parquet",)}, False, id="another-release"),
    ],
)
def test_a_version_is_of_the_release_and_not_of_where_it_lies(changes, same):
    source = ImportedSource(
        id="acled", files=("/srv/two/acled/releases/r1/part-00000.parquet",), claimant=PUBLISHERS["acled"], rows=1
    )
    versions = {version_of("v", [each], ()) for each in (source, replace(source, **changes))}
    assert (len(versions) == 1) is same
