"""How well place and day are known."""

import pytest

from geo.evidence.reliability import precision_mix
from geo.incident.vocabulary import LocationPrecision
from tests.conftest import make_incident, without_place


def test_every_incident_stands_in_one_cell(incidents):
    mix = precision_mix(incidents)
    assert mix.to_numpy().sum() == len(incidents)
    for incident in incidents[:30]:
        assert mix.loc[incident.location_precision.value, incident.date_precision.value] > 0


@pytest.mark.parametrize(
    ("known_to", "columns"), [("month", ["day", "week", "month"]), ("year", ["day", "week", "month", "year"])]
)
def test_a_code_of_imported_datasets_alone_stands_in_it_where_it_is_used(known_to, columns):
    assert list(precision_mix([make_incident(date_precision=known_to)]).columns) == columns


def test_all_codes_stand_in_it_in_their_order():
    mix = precision_mix([make_incident(), make_incident("b", date_precision="month"), without_place(id="c")])
    assert list(mix.index) == [place.value for place in LocationPrecision]
    assert list(mix.columns) == ["day", "week", "month"]
    assert mix.loc["near"].tolist() == [1, 0, 1]
    assert mix.loc["country"].tolist() == [1, 0, 0]
    assert mix.to_numpy().sum() == 3
