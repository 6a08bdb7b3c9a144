"""What may stand in a record, and what may not."""

import re

import pytest
from hypothesis import given
from pydantic import ValidationError

from geo.incident.record import MOST_COUNTED, Claimant, Incident, Movement
from geo.incident.vocabulary import Category
from tests.conftest import make_claim, make_incident, make_source, without_place
from tests.geo.strategies import incidents as any_incident

END = {"place": "Kunar", "country": "AF"}
NOT_VALID = [
    ("id", "Khost Strike", "should match pattern"),
    ("title", "x" * 81, "at most 80 characters"),
    ("title", "   ", "at least 1 character"),
    ("summary", "x" * 401, "at most 400 characters"),
    ("category", "bombing", f"{', '.join(repr(str(code)) for code in [*Category][:-1])} or {str([*Category][-1])!r}"),
    ("subtype", "border_clash", "belongs to category clash, not to strike"),
    ("date_start", "2025-13-01", "month value is outside"),
    ("date_start", "1 January 2025", "expected a day as in 2025-10-11"),
    ("date_start", "2025-01-01T00:00:00", "expected a day as in 2025-10-11"),
    ("date_start", 1735689600, "expected a day as in 2025-10-11"),
    ("date_end", "2024-12-31", "2024-12-31 precedes date_start 2025-01-01"),
    ("country", "IR", "'AF', 'PK' or 'TJ'"),
    ("lon", 180.5, "less than or equal to 180"),
    ("lon", -180.5, "greater than or equal to -180"),
    ("lat", 90.5, "less than or equal to 90"),
    ("lat", -90.5, "greater than or equal to -90"),
    ("lon", "69.9", "valid number"),
    ("lon", True, "valid number"),
    ("lat", float("nan"), "finite number"),
    ("lat", None, "go together: give all or none"),
    ("uncertainty_km", None, "go together: give all or none"),
    ("uncertainty_km", 0, "greater than 0"),
    ("location_precision", "country", "must be country if, and only if, there are no coordinates"),
    ("claims", (), "at least 1 item"),
    ("sources", (), "at least 1 item"),
    ("event_group", "Two Words", "should match pattern"),
    ("provinces", ("Khost",), "names only one province"),
    ("provinces", ("Khost", "Paktia", "Khost"), "names 'Khost' twice"),
    ("provinces", ("Paktia", "Kunar"), "does not name 'Khost', which province says"),
    ("provinces", ("Khost", " "), "at least 1 character"),
    ("colour", "red", "Extra inputs are not permitted"),
]


@pytest.mark.parametrize(
    ("field", "value", "message"), [pytest.param(*row, id=f"{n}-{row[0]}") for n, row in enumerate(NOT_VALID)]
)
def test_an_invalid_incident_cannot_exist(field, value, message):
    with pytest.raises(ValidationError, match=re.escape(message)):
        make_incident(**{field: value}) if field not in ("claims", "sources") else Incident.model_validate(
            dict(make_incident()) | {field: value}
        )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"of": "soldiers of nobody"}, "is nobody whose toll can be counted", id="unknown-people"),
        pytest.param({"of": None}, "is nobody whose toll can be counted", id="no-people"),
        pytest.param({"source": 1}, "the last source is number 0", id="no-such-source"),
        pytest.param(
            {"scope": "group"}, r"claims\[0\].scope: is group, but event_group is null", id="of-a-cluster-that-is-none"
        ),
    ],
)
def test_a_claim_must_fit_its_incident(changes, message):
    with pytest.raises(ValidationError, match=message):
        make_incident(claims=[make_claim(**changes)], sources=[make_source()], event_group=None)


def test_a_claim_for_a_whole_event_cluster_stands_in_an_incident_of_one():
    assert make_incident(claims=[make_claim(scope="group")], event_group="chaman-2025").claims[0].scope == "group"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"value": 3, "low": 2}, "value and low/high are both given", id="two-figures"),
        pytest.param({"low": 5, "high": 4}, "low 5 is above high 4", id="upside-down"),
        pytest.param({"value": -1}, "greater than or equal to 0", id="negative"),
        pytest.param({"value": 4.0}, "valid integer", id="float"),
        pytest.param({"value": "4"}, "valid integer", id="text"),
        pytest.param({"value": 10**30}, "is more than 100,000,000", id="beyond-all"),
        pytest.param({"low": 100_000_001}, "is more than 100,000,000", id="low"),
        pytest.param({"high": 2**53 + 1}, "is more than 100,000,000", id="high"),
        pytest.param({"by": ""}, "should match pattern", id="nobody"),
    ],
)
def test_an_invalid_claim_cannot_exist(changes, message):
    with pytest.raises(ValidationError, match=message):
        make_claim(**changes)


def test_the_greatest_figure_is_a_figure():
    assert make_claim(value=MOST_COUNTED).value == MOST_COUNTED


@pytest.mark.parametrize("field", ["people_low", "people_high"])
def test_more_people_cannot_have_moved_than_there_are(field):
    movement = {"from": END, "to": END, "people_low": 3, "kind": "troops", field: MOST_COUNTED + 1}
    with pytest.raises(ValidationError, match="is more than 100,000,000"):
        Movement.model_validate(movement)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "www.dawn.com", "https://dawn", "https://a.b/c d", "ftp://a.b/c"]
)
def test_a_source_links_to_the_web_or_nowhere(url):
    with pytest.raises(ValidationError, match="pattern"):
        make_source(url=url)


@pytest.mark.parametrize("part", [{"lon": 70.0}, {"lon": 70.0, "lat": 33.0}, {"uncertainty_km": 3.0}])
def test_an_end_of_a_movement_has_a_whole_point_or_none(part):
    movement = {"from": END | part, "to": END, "people_low": 3, "kind": "troops"}
    with pytest.raises(ValidationError, match="give all three or none"):
        Movement.model_validate(movement)


def test_a_claimant_says_plainly_whether_it_is_independent():
    with pytest.raises(ValidationError, match="valid boolean"):
        Claimant.model_validate({"id": "dawn", "name": "Dawn", "side": "PK", "kind": "media", "independent": "yes"})


@pytest.mark.parametrize(
    "incident",
    [
        pytest.param(make_incident(), id="placed"),
        pytest.param(without_place(), id="nowhere"),
    ],
)
def test_an_incident_cannot_be_changed(incident):
    with pytest.raises(ValidationError, match="frozen"):
        incident.title = "something else"


@given(any_incident())
def test_a_feature_holds_the_whole_incident(incident):
    assert Incident.from_feature(incident.to_feature()) == incident


def test_a_feature_is_geojson():
    feature = make_incident().to_feature()
    assert (feature["type"], feature["id"]) == ("Feature", "2025-01-01-khost-air-strike")
    assert feature["geometry"] == {"type": "Point", "coordinates": [69.92, 33.34]}
    assert not {"id", "lon", "lat"} & feature["properties"].keys()


def test_a_movement_is_written_from_and_to():
    movement = {"from": END, "to": END | {"country": "PK"}, "people_low": 35, "kind": "troops"}
    written = make_incident(category="crossing", subtype="troop_flight", movement=movement).to_feature()
    assert written["properties"]["movement"]["from"]["place"] == "Kunar"
    assert written["properties"]["movement"]["to"]["country"] == "PK"


@pytest.mark.parametrize(
    ("changes", "lies_in"),
    [
        pytest.param({}, ("Khost",), id="one"),
        pytest.param({"province": None}, (), id="none"),
        pytest.param({"provinces": ("Paktia", "Khost")}, ("Paktia", "Khost"), id="several"),
        pytest.param({"province": None, "provinces": ["Paktia", "Kunar"]}, ("Paktia", "Kunar"), id="none-is-first"),
    ],
)
def test_it_lies_in_all_its_provinces(changes, lies_in):
    assert make_incident(**changes).lies_in == lies_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://www.dawn.com/news/1", "http://dawn.com/news/1/", id="scheme-www-slash"),
        pytest.param("https://dawn.com/news/1?utm_source=feed&a=2", "https://dawn.com/news/1?a=2", id="utm"),
        pytest.param("https://dawn.com/news/1#top", "https://DAWN.com/news/1", id="fragment-host"),
    ],
)
def test_one_page_under_two_addresses_is_one(one, other):
    assert make_source(url=one).publication == make_source(url=other, publisher="Another", title="Another").publication


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://dawn.com/news/1", "https://dawn.com/news/2", id="path"),
        pytest.param("https://dawn.com/news?id=1", "https://dawn.com/news?id=2", id="query"),
        pytest.param("https://dawn.com/A", "https://dawn.com/a", id="case-of-path"),
    ],
)
def test_two_pages_are_two(one, other):
    assert make_source(url=one).publication != make_source(url=other).publication


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        pytest.param({}, True, id="alike"),
        pytest.param({"publisher": "DAWN "}, True, id="case-and-spaces"),
        pytest.param({"title": "B"}, False, id="title"),
        pytest.param({"published": "2025-01-02"}, False, id="day"),
        pytest.param({"publisher": "The News"}, False, id="publisher"),
    ],
)
def test_without_an_address_publisher_title_and_day_decide(changes, same):
    fields = {"url": None, "title": "A", "published": "2025-01-01"}
    assert (make_source(**fields).publication == make_source(**fields | changes).publication) is same


def test_an_address_that_cannot_be_taken_apart_stands_for_itself():
    assert make_source(url="https://[x.y/a").publication == "https://[x.y/a"
