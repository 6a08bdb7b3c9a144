"""What a row says about people, and who says it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.boundaries import Boundaries, boundaries
from geo.export import ExportFormat, export
from geo.export.about import export_manifest
from geo.export.columns import INCIDENT_SCHEMA, MEANINGS
from geo.export.rows import claim_words, toll_columns
from geo.filters import Filters
from geo.incident import Claim, Incident
from geo.store import IncidentStore
from geo.table import IncidentTable
from tests.conftest import make_claim, make_incident
from tests.geo.strategies import incidents as any_incident


@pytest.mark.parametrize(
    ("claims", "killed"),
    [
        ([make_claim(value=4)], (4, 4, False, "incident")),
        ([make_claim(value=4), make_claim(by="pk-ispr", low=9)], (4, 9, True, "incident")),
        ([make_claim(value=4, scope="group")], (4, 4, False, "group")),
        ([make_claim(value=4, scope="cumulative")], (None, None, None, None)),
        ([make_claim(value=4, stance="denies")], (None, None, None, None)),
    ],
    ids=["one claim", "rivals are not added", "whole event", "running total", "denial"],
)
def test_a_toll_is_lowest_to_highest_with_what_it_covers(
    table: IncidentTable, claims: list[Claim], killed: tuple[object, ...]
) -> None:
    row = toll_columns(make_incident(claims=claims), table)
    assert tuple(row[f"killed_{part}"] for part in ("low", "high", "or_more", "covers")) == killed


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (make_claim(), "asserts killed 4 (civilians)"),
        (make_claim(low=9, scope="group"), "asserts killed at least 9 (civilians) for the whole event"),
        (make_claim(about="attribution", stance="denies", value=None, of=None), "denies attribution"),
        (make_claim(note="says so"), "asserts killed 4 (civilians), says so"),
    ],
    ids=["figure", "whole event", "denial", "note"],
)
def test_a_claim_in_words_names_its_speaker(table: IncidentTable, claim: Claim, words: str) -> None:
    assert claim_words(claim, table.claimants) == f"{table.claimants[claim.by].name}: {words}"


def test_totals_count_a_whole_event_once(layers: Boundaries, table: IncidentTable) -> None:
    group = [make_incident(f"2025-01-0{n}-a", event_group="war", claims=[make_claim(scope="group")]) for n in (1, 2)]
    made = export_manifest(Filters(), IncidentTable(group, table.claimants, version="0"), layers)
    assert (made["totals"]["killed"]["low"], made["totals"]["killed"]["high"]) == (4, 4)


@settings(max_examples=15)
@given(st.lists(any_incident(), max_size=3, unique_by=lambda incident: incident.id), st.sampled_from(ExportFormat))
def test_every_record_that_can_exist_can_be_exported(found: list[Incident], file_format: ExportFormat) -> None:
    table = IncidentTable(found, IncidentStore().read().claimants, version="0" * 64)
    assert export(Filters(), table, boundaries(), format=file_format)


def test_every_column_is_explained() -> None:
    assert list(MEANINGS["incidents"]) == INCIDENT_SCHEMA.names
    assert all(MEANINGS["incidents"].values())
