"""What was considered and left out."""

from geo.evidence.reliability import excluded


def test_each_has_a_reason_and_is_not_in_the_record(incidents):
    rows = excluded()
    assert rows
    assert all(row.reason and row.date_end is not None for row in rows)
    assert not {row.id for row in rows} & {incident.id for incident in incidents}
    assert [row.date_start for row in rows] == sorted(row.date_start for row in rows)
