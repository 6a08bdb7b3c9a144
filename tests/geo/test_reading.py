"""Reading the store, and saying everything that is wrong with it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.store import IncidentStore
from tests.conftest import make_incident
from tests.geo.stores import REGISTER, edited, store_of


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
        (lambda f: f.update(id=None), "feature 1: id: input should be a valid string, not null"),
        (lambda f: f.pop("properties"), "feature 1: properties: is missing; expected a GeoJSON Feature"),
        (lambda f: f.update(bbox=[1, 2, 3, 4]), "khost-air-strike: bbox: does not belong here"),
        (lambda f: f.update(type="feature"), 'khost-air-strike: type: is not "Feature"'),
        (lambda f: f["properties"].update(lon=1), "khost-air-strike: properties.lon: does not belong here"),
        (lambda f: f["properties"].update(id="other"), "khost-air-strike: properties.id: does not belong here"),
        (
            lambda f: f["properties"].update(colour="red"),
            "khost-air-strike: colour: extra inputs are not permitted",
        ),
        (lambda f: f["properties"].pop("status"), "khost-air-strike: status: field required"),
        (lambda f: f["geometry"].update(coordinates=["69.9", 33]), "lon: input should be a valid number, not"),
        (
            lambda f: f["geometry"].update(coordinates=[190, 33]),
            "lon: input should be less than or equal to 180, not 190",
        ),
        (lambda f: f["geometry"].update(coordinates=[1e999, 33]), "not JSON: Infinity is not a JSON number"),
        (lambda f: f.update(geometry=None), "geometry: coordinates, uncertainty_km and location_basis go together"),
        (
            lambda f: f["properties"].update(subtype="raid"),
            "subtype: raid belongs to category clash, not to strike",
        ),
        (lambda f: f["properties"].update(status="lead"), "status: lead is for imported datasets only"),
        (
            lambda f: f["properties"].update(subtype="air_or_drone_strike"),
            "subtype: air_or_drone_strike is for imported datasets only",
        ),
        (lambda f: f["properties"]["claims"][0].update(source=7), "claims[0].source: is 7, but the last source is"),
        (lambda f: f["properties"]["claims"][0].update(low=1), "claims[0]: value and low/high stand together"),
        (
            lambda f: f["properties"]["claims"][0].update(of="gnomes"),
            "claims[0].of: 'gnomes' is nobody a toll can be",
        ),
        (
            lambda f: f["properties"].update(date_start="soon"),
            "date_start: expected a day as in 2025-10-11, not 'soon'",
        ),
        (lambda f: f["properties"]["sources"][0].update(url="dawn"), "sources[0].url: string should match pattern"),
    ],
    ids=[
        *("no-id", "no-properties", "extra-member", "not-a-feature", "lon-as-property", "second-id", "extra-field"),
        *(
            "missing-field",
            "text-for-number",
            "off-the-globe",
            "infinite",
            "radius-without-point",
            "wrong-category",
        ),
        *("a-lead", "imported-subtype", "no-such-source", "two-figures", "unknown-people", "no-date", "no-url"),
    ],
)
def test_a_fault_says_where_what_and_what_instead(store, change, fault):
    faults = told(edited(store, lambda features: change(features[0])))
    assert len(faults) == 1
    assert fault in faults[0]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "line 1, column 1: is not JSON: expecting value"),
        (b'{"features": [', "is not JSON: expecting value"),
        (b'{"features": [NaN]}', "file: is not JSON: NaN is not a JSON number"),
        (b'{"features": [-Infinity]}', "file: is not JSON: -Infinity is not a JSON number"),
        (b'{"features": "none"}', "file: features: is missing or no list"),
        (b"[]", "file: features: is missing or no list"),
        (b'{"features": [1, null]}', "feature 1: properties: is missing"),
        (b'{"title": "caf\xe9"}', "byte 14: is not UTF-8; save the file as UTF-8"),
        ("{}".encode("utf-16"), "byte 0: is not UTF-8"),
        (b'{"features": ' + b"[" * 200_000, "file: is not JSON: "),
        (b'{"features": [' + b"9" * 5000 + b"]}", "file: is not JSON: "),
    ],
    ids=[
        *(
            "empty",
            "truncated",
            "nan",
            "infinity",
            "no-list",
            "a-list",
            "not-features",
            "latin-1",
            "utf-16",
            "deep",
        ),
        "long-number",
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
        "2025-01-01-khost-air-strike: id: is used by an earlier incident too"
    ]
    assert len(contents.incidents) == 2


def test_an_unknown_claimant_is_named(store):
    faults = told(edited(store, lambda features: features[0]["properties"]["claims"][0].update(by="nobody")))
    assert faults == ["2025-01-01-khost-air-strike: claims[0].by: 'nobody' is not in claimants.json"]


@pytest.mark.parametrize(
    ("register", "fault"),
    [
        (b"[", "claimants.json, line 1, column 2: is not JSON"),
        (b"[]", "claimants.json, file: names nobody"),
        (b"{}", "claimants.json, file: names nobody"),
    ],
    ids=["broken", "empty", "no-list"],
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
