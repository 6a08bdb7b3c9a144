"""How well place and day are known."""

from geo.quality import precision_mix
from geo.vocabulary import DatePrecision, LocationPrecision
from tests.conftest import make_incident, without_place


def test_every_incident_stands_in_one_cell(incidents):
    mix = precision_mix(incidents)
    assert mix.to_numpy().sum() == len(incidents)
    for incident in incidents[:30]:
        assert mix.loc[incident.location_precision.value, incident.date_precision.value] > 0


def test_all_codes_stand_in_it_in_their_order():
    mix = precision_mix([make_incident(), make_incident("b", date_precision="month"), without_place(id="c")])
    assert list(mix.index) == [place.value for place in LocationPrecision]
    assert list(mix.columns) == [day.value for day in DatePrecision]
    assert mix.loc["near"].tolist() == [1, 0, 1]
    assert mix.loc["country"].tolist() == [1, 0, 0]
    assert mix.to_numpy().sum() == 3
