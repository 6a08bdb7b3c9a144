"""Reading the store, and saying everything that is wrong with it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.incident.errors import DataError
from geo.store.incident_store import IncidentStore
from tests.conftest import make_incident
from tests.geo.stores import REGISTER, edited, store_of

PROVINCE_FIELDS = ("province", "provinces")


def told(store) -> list[str]:
    return [str(fault) for fault in store.read().faults]


def test_the_shipped_store_has_no_faults(contents):
    assert contents.require_valid() is contents


def test_a_broken_incident_does_not_lose_the_good_ones(store):
    contents = edited(store, lambda features: features[0]["properties"].update(category="war")).read()
    assert [incident.id for incident in contents.incidents] == ["2025-02-02-kunar-raid"]


def test_all_faults_are_told_together_by_incident_and_field(store):
    def spoil(features):
        features[0]["properties"] |= {"category": "war", "title": ""}
        features[0]["properties"]["claims"][0]["stance"] = "mumbles"
        features[0]["geometry"] = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
        features[1]["properties"]["claims"][0]["by"] = "nobody"

    faults = edited(store, spoil).read().faults
    assert [(fault.where, fault.field) for fault in faults] == [
        ("2025-01-01-khost-air-strike", "geometry"),
        ("2025-01-01-khost-air-strike", "category"),
        ("2025-01-01-khost-air-strike", "title"),
        ("2025-01-01-khost-air-strike", "claims[0].stance"),
        ("2025-02-02-kunar-raid", "claims[0].by"),
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(
            lambda f: f.update(id=None), "feature 1: id: input should be a valid string, not null", id="no-id"
        ),
        pytest.param(
            lambda f: f.pop("properties"),
            "feature 1: properties: is missing; expected a GeoJSON Feature",
            id="no-properties",
        ),
        pytest.param(
            lambda f: f.update(bbox=[1, 2, 3, 4]), "khost-air-strike: bbox: does not belong here", id="extra-member"
        ),
        pytest.param(
            lambda f: f.update(type="feature"), 'khost-air-strike: type: is not "Feature"', id="not-a-feature"
        ),
        pytest.param(
            lambda f: f["properties"].update(lon=1),
            "khost-air-strike: properties.lon: does not belong here",
            id="lon-as-property",
        ),
        pytest.param(
            lambda f: f["properties"].update(id="other"),
            "khost-air-strike: properties.id: does not belong here",
            id="second-id",
        ),
        pytest.param(
            lambda f: f["properties"].update(colour="red"),
            "khost-air-strike: colour: extra inputs are not permitted",
            id="extra-field",
        ),
        pytest.param(
            lambda f: f["properties"].pop("status"), "khost-air-strike: status: field required", id="missing-field"
        ),
        pytest.param(
            lambda f: f["geometry"].update(coordinates=["69.9", 33]),
            "lon: input should be a valid number, not",
            id="text-for-number",
        ),
        pytest.param(
            lambda f: f["geometry"].update(coordinates=[190, 33]),
            "lon: input should be less than or equal to 180, not 190",
            id="off-the-globe",
        ),
        pytest.param(
            lambda f: f["geometry"].update(coordinates=[1e999, 33]),
            "not JSON: Infinity is not a JSON number",
            id="infinite",
        ),
        pytest.param(
            lambda f: f.update(geometry=None),
            "geometry: coordinates, uncertainty_km and location_basis go together",
            id="radius-without-point",
        ),
        pytest.param(
            lambda f: f["properties"].update(subtype="raid"),
            "subtype: raid belongs to category clash, not to strike",
            id="wrong-category",
        ),
        pytest.param(
            lambda f: f["properties"].update(subtype="border_clash"),
            "subtype: border_clash belongs to category clash, not to strike",
            id="wrong-category-of-two-words",
        ),
        pytest.param(
            lambda f: f["properties"].update(status="lead"), "status: lead is for imported datasets only", id="a-lead"
        ),
        pytest.param(
            lambda f: f["properties"].update(subtype="air_or_drone_strike"),
            "subtype: air_or_drone_strike is for imported datasets only",
            id="imported-subtype",
        ),
        pytest.param(
            lambda f: f["properties"]["claims"][0].update(source=7),
            "claims[0].source: is 7, but the last source is",
            id="no-such-source",
        ),
        pytest.param(
            lambda f: f["properties"]["claims"][0].update(low=1),
            "claims[0]: value and low/high are both given",
            id="two-figures",
        ),
        pytest.param(
            lambda f: f["properties"]["claims"][0].update(of="gnomes"),
            "claims[0].of: 'gnomes' is nobody whose toll can be",
            id="unknown-people",
        ),
        pytest.param(
            lambda f: f["properties"].update(date_start="soon"),
            "date_start: expected a day as in 2025-10-11, not 'soon'",
            id="no-date",
        ),
        pytest.param(
            lambda f: f["properties"].update(title="two\nlines"), "title: has U+000A as its character 4", id="control"
        ),
        pytest.param(
            lambda f: f["properties"]["claims"][0].update(note="\ud800"), "claims[0].note: has U+D800", id="half"
        ),
        pytest.param(
            lambda f: f["properties"]["sources"][0].update(url="https://a.b/\x01"), "sources[0].url: has", id="url"
        ),
        pytest.param(
            lambda f: f["properties"].update(place="x" * 201),
            "place: is 201 characters long, and at most 200",
            id="name",
        ),
        pytest.param(
            lambda f: f["properties"]["sources"][0].update(title="x" * 2_001),
            "sources[0].title: is 2,001 characters long, and at most 2,000",
            id="text",
        ),
        pytest.param(lambda f: f["properties"].update(actors=["\ufffe"]), "actors[0]: has U+FFFE", id="no-character"),
        pytest.param(
            lambda f: f["properties"].update(date_start="0025-01-01"), "date_start: is 0025-01-01, but", id="long-ago"
        ),
        pytest.param(
            lambda f: f["properties"]["sources"][0].update(published="2205-01-01"),
            "sources[0].published: is 2205-01-01, but a day",
            id="far-ahead",
        ),
        pytest.param(
            lambda f: f["geometry"].update(coordinates=[33.34, 69.92]),
            "geometry: is 33.34, 69.92, which is far from",
            id="wrong-way-round",
        ),
        pytest.param(
            lambda f: f["properties"]["claims"][0].update(value=2**63),
            "claims[0].value: is more than 100,000,000",
            id="beyond-counting",
        ),
        pytest.param(
            lambda f: f["properties"]["sources"][0].update(url="dawn"),
            "sources[0].url: string should match pattern",
            id="no-url",
        ),
    ],
)
def test_a_fault_says_where_what_and_what_instead(store, change, fault):
    faults = told(edited(store, lambda features: change(features[0])))
    assert len(faults) == 1
    assert fault in faults[0]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        pytest.param(b"", "line 1, column 1: is not JSON: expecting value", id="empty"),
        pytest.param(b'{"features": [', "is not JSON: expecting value", id="truncated"),
        pytest.param(b'{"features": [NaN]}', "file: is not JSON: NaN is not a JSON number", id="nan"),
        pytest.param(b'{"features": [-Infinity]}', "file: is not JSON: -Infinity is not a JSON number", id="infinity"),
        pytest.param(b'{"features": "none"}', "file: features: is missing or not a list", id="no-list"),
        pytest.param(b"[]", "file: features: is missing or not a list", id="a-list"),
        pytest.param(b'{"features": [1, null]}', "feature 1: properties: is missing", id="not-features"),
        pytest.param(b'{"title": "caf\xe9"}', "byte 14: is not UTF-8; save the file as UTF-8", id="latin-1"),
        pytest.param("{}".encode("utf-16"), "byte 0: is not UTF-8", id="utf-16"),
        pytest.param(b'{"features": ' + b"[" * 200_000, "file: is not JSON: ", id="deep"),
        pytest.param(b'{"features": [' + b"9" * 5000 + b"]}", "file: is not JSON: ", id="long-number"),
    ],
)
def test_a_broken_file_is_told_and_nothing_raised(store, raw, fault):
    store.path.write_bytes(raw)
    contents = store.read()
    assert contents.incidents == ()
    assert fault in str(contents.faults[0])


def test_a_truncated_file_says_the_line(store):
    store.path.write_bytes(store.path.read_bytes()[:-300])
    assert told(store)[0].startswith("line ")


def test_a_byte_order_mark_does_no_harm(store):
    store.path.write_bytes(b"\xef\xbb\xbf" + store.path.read_bytes())
    assert store.read().require_valid().incidents


def test_an_id_used_twice_is_told_and_the_first_kept(store):
    contents = edited(store, lambda features: features.append(features[0] | {})).read()
    assert [str(fault) for fault in contents.faults] == [
        "2025-01-01-khost-air-strike: id: is already used by an earlier incident"
    ]
    assert len(contents.incidents) == 2


def test_an_unknown_claimant_is_named(store):
    faults = told(edited(store, lambda features: features[0]["properties"]["claims"][0].update(by="nobody")))
    assert faults == ["2025-01-01-khost-air-strike: claims[0].by: 'nobody' is not in claimants.json"]


@pytest.mark.parametrize(
    ("register", "fault"),
    [
        pytest.param(b"[", "claimants.json, line 1, column 2: is not JSON", id="broken"),
        pytest.param(b"[]", "claimants.json, file: names nobody", id="empty"),
        pytest.param(b"{}", "claimants.json, file: names nobody", id="no-list"),
    ],
)
def test_a_broken_register_is_one_fault_and_not_one_for_every_claim(store, register, fault):
    store.path.with_name("claimants.json").write_bytes(register)
    contents = store.read()
    assert contents.incidents == ()
    assert [fault in str(found) for found in contents.faults] == [True]


def test_one_broken_claimant_does_not_lose_the_others(store):
    rows = json.loads(REGISTER)
    store.path.with_name("claimants.json").write_text(json.dumps([rows[0], rows[1] | {"kind": "ghost"}, rows[0]]))
    contents = store.read()
    assert len(contents.incidents) == 2
    assert [fault.where for fault in contents.faults] == ["claimants.json, row 2", "claimants.json, row 3"]


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        IncidentStore(tmp_path / "incidents.geojson").read()


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything(scratch, raw):
    store = store_of(scratch, make_incident())
    store.path.write_bytes(raw)
    assert store.read().faults


@pytest.mark.parametrize(
    ("country", "provinces", "faults"),
    [
        pytest.param("AF", ["Khost", "Paktia"], [], id="of-the-country"),
        pytest.param("AF", ["Khost", "Khyber Pakhtunkhwa"], [], id="of-two-countries"),
        pytest.param(
            "AF",
            ["Khost", "Atlantis"],
            ["khost-air-strike: provinces: 'Atlantis' is not a province in the boundaries"],
            id="nowhere",
        ),
    ],
)
def test_all_of_several_provinces_are_those_of_the_boundaries(store, country, provinces, faults):
    found = edited(store, lambda f: f[0]["properties"].update(provinces=provinces, country=country)).read()
    assert [str(fault).removeprefix("2025-01-01-") for fault in found.faults] == faults
    assert len(found.incidents) == 2 - len(faults)


def test_a_figure_beyond_all_is_told_by_its_field(store):
    edited(store, lambda features: features[0]["properties"]["claims"][0].update(value=10**30))
    said = "is more than 100,000,000, the most that is allowed here; check it in the source"
    assert told(store) == [f"2025-01-01-khost-air-strike: claims[0].value: {said}"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"province": None}, [], id="not-known"),
        pytest.param(
            {"province": "Kost"},
            ["province: 'Kost' is not a province in the boundaries; did you mean 'Khost'?"],
            id="mistyped",
        ),
        pytest.param(
            {"country": "PK"},
            ["province: 'Khost' is in AF, and country is PK; repair one of them, or name all provinces in provinces"],
            id="of-another-country",
        ),
        pytest.param(
            {"country": "PK", "provinces": ["Khost", "Balochistan"]}, [], id="one-of-several-of-two-countries"
        ),
        pytest.param(
            {"province": "Kost", "provinces": ["Kost", "Paktia"]},
            [
                f"{field}: 'Kost' is not a province in the boundaries; did you mean 'Khost'?"
                for field in PROVINCE_FIELDS
            ],
            id="mistyped-in-both",
        ),
    ],
)
def test_the_province_is_one_of_the_country(store, changes, said):
    found = edited(store, lambda f: f[0]["properties"].update(changes)).read()
    assert [str(fault) for fault in found.faults] == [f"2025-01-01-khost-air-strike: {words}" for words in said]
    assert len(found.incidents) == (1 if said else 2)


def test_a_province_that_is_none_is_not_written(store):
    def moved(incidents):
        return [incident.model_copy(update={"provinces": ("Khost", "Atlantis")}) for incident in incidents]

    with pytest.raises(DataError, match="'Atlantis' is not a province in the boundaries"):
        store.update(moved)
