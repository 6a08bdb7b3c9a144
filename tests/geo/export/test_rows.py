"""What a row says about people, and who says it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.export.columns import COMPUTED, INCIDENT_SCHEMA, MEANINGS, claim_words, incident_table, toll_columns
from geo.export.formats import ExportFormat
from geo.export.manifest import about_lines, export_manifest
from geo.export.writing import FORMATS, export
from geo.incident.record import Claim, Incident
from geo.places.boundaries import Boundaries, boundaries
from geo.selection import Filters
from geo.sentences import when
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident, shipped
from tests.geo.strategies import incidents as any_incident


@pytest.mark.parametrize(
    ("claims", "killed"),
    [
        pytest.param([make_claim(value=4)], (4, 4, False, None), id="one claim"),
        pytest.param(
            [make_claim(value=4), make_claim(by="pk-ispr", low=9)], (4, 9, True, None), id="rivals are not added"
        ),
        pytest.param([make_claim(value=4, scope="group")], (None, None, None, 4), id="whole cluster"),
        pytest.param([make_claim(value=4), make_claim(value=9, scope="group")], (4, 4, False, 9), id="both"),
        pytest.param([make_claim(value=4, scope="cumulative")], (None, None, None, None), id="running total"),
        pytest.param([make_claim(value=4, stance="denies")], (None, None, None, None), id="denial"),
    ],
)
def test_a_toll_is_the_incidents_own_and_its_clusters_stands_apart(
    table: IncidentTable, claims: list[Claim], killed: tuple[object, ...]
) -> None:
    incidents = [make_incident(event_group="war", claims=claims), make_incident("2025-01-02-b", event_group="war")]
    made = IncidentTable(incidents, table.claimants, version="0")
    row = toll_columns(incidents[0], incidents[:1], made)
    assert tuple(row[name] for name in ("killed_low", "killed_high", "killed_or_more", "cluster_killed_low")) == killed
    assert (row["cluster_claims"] is None) is (killed[3] is None)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        pytest.param(make_claim(), "asserts killed 4 (civilians)", id="figure"),
        pytest.param(make_claim(value=1), "asserts killed 1 (civilian)", id="one"),
        pytest.param(
            make_claim(low=9, scope="group"),
            "asserts killed at least 9 (civilians) for the whole event cluster",
            id="whole cluster",
        ),
        pytest.param(
            make_claim(about="attribution", stance="denies", value=None, of=None), "denies attribution", id="denial"
        ),
        pytest.param(make_claim(note="says so"), "asserts killed 4 (civilians), says so", id="note"),
    ],
)
def test_a_claim_in_words_names_its_speaker(table: IncidentTable, claim: Claim, words: str) -> None:
    assert claim_words(claim, table.claimants) == f"{table.claimants[claim.by].name}: {words}"


def test_a_row_says_when_as_the_card_does_and_keeps_the_days_beside_it(table: IncidentTable) -> None:
    rows = incident_table(Filters(), table).to_pylist()
    assert {row["id"]: row["when"] for row in rows} == {i.id: when(i) for i in table.incidents}
    for row, incident in zip(rows, table.selected(Filters()), strict=True):
        assert [row["date_start"], row["date_end"]] == [incident.date_start, incident.date_end]
        assert row["date_precision"] == incident.date_precision


FOUND_ELSEWHERE = {"lon", "lat", "claim_count", "claims_in_words", "source_count", "source_urls", "data_version"}
"""Columns that GeoJSON has as a geometry, as arrays or in its manifest."""


def test_a_column_that_is_no_field_of_an_incident_is_computed() -> None:
    derived = {*INCIDENT_SCHEMA.names} - {*Incident.model_fields} - FOUND_ELSEWHERE - {"dataset"}
    assert derived == {*COMPUTED}, "COMPUTED of geo/export/columns.py, which GeoJSON writes"


def test_totals_count_a_whole_event_once(layers: Boundaries, table: IncidentTable) -> None:
    group = [make_incident(f"2025-01-0{n}-a", event_group="war", claims=[make_claim(scope="group")]) for n in (1, 2)]
    made = export_manifest(Filters(), IncidentTable(group, table.claimants, version="0"), layers)
    assert (made["totals"]["killed"]["low"], made["totals"]["killed"]["high"]) == (4, 4)


@settings(max_examples=settings.default.max_examples // 2)
@given(
    st.lists(any_incident(), max_size=3, unique_by=lambda incident: incident.id),
    st.sampled_from(list(FORMATS.values())),
)
def test_every_record_that_can_exist_can_be_exported(found: list[Incident], file_format: ExportFormat) -> None:
    table = IncidentTable(found, shipped().claimants, version="0" * 64)
    assert export(Filters(), table, boundaries(), format=file_format)


def test_every_column_is_explained() -> None:
    assert list(MEANINGS["incidents"]) == INCIDENT_SCHEMA.names
    assert all(MEANINGS["incidents"].values())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, ("Khost", "AF-KHO", "Khost", "AF-KHO"), id="one"),
        pytest.param({"province": None}, (None, None, None, None), id="none"),
        pytest.param(
            {"provinces": ("Khost", "Paktia")}, ("Khost", "AF-KHO", "Khost; Paktia", "AF-KHO; AF-PIA"), id="several"
        ),
        pytest.param(
            {"province": None, "provinces": ("Kunar", "Khyber Pakhtunkhwa")},
            (None, None, "Kunar; Khyber Pakhtunkhwa", "AF-KNR; PK-KP"),
            id="none-is-first",
        ),
    ],
)
def test_a_row_names_all_provinces_with_their_codes(table: IncidentTable, changes: dict, expected: tuple) -> None:
    made = IncidentTable([make_incident(**changes)], table.claimants, version="v")
    (row,) = incident_table(Filters(), made).to_pylist()
    assert tuple(row[name] for name in ("province", "province_code", "provinces", "province_codes")) == expected
    assert row["countries"] == "; ".join(sorted({code[:2] for code in (expected[3] or "AF").split("; ")}))


def test_an_export_says_what_lies_in_several_provinces_and_what_is_not_known(
    table: IncidentTable, layers: Boundaries
) -> None:
    made = [make_incident("a", provinces=("Khost", "Paktia")), make_incident("b", province=None)]
    found = IncidentTable(made, table.claimants, version="v")
    filters = Filters(province=("AF-PIA",))
    manifest = export_manifest(filters, found, layers)
    assert manifest["counts"]["place_not_known"] == {"province": 1}
    lines = dict(about_lines(filters, found, manifest))
    assert lines["In several provinces"].startswith("1 incident lies in several provinces (Khost and Paktia)")
    assert "1 filtered out (1 of them only because their province is not known)" in lines["On a map"]
