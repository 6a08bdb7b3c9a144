"""What is written is read back, by other programs: the same incidents, days and tolls in every format."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geo.casualties import RANGE
from geo.export.formats import ExportFormat
from geo.export.writing import FORMATS
from geo.incident.vocabulary import Category
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.geo.export.conftest import EVERYTHING, HOSTILE, NOTHING, Written, hostile_incident
from tests.geo.export.readers import MANIFESTS, rows_of

pytestmark = pytest.mark.slow

every_format = pytest.mark.parametrize("file_format", FORMATS.values(), ids=FORMATS)
with_manifest = pytest.mark.parametrize("file_format", [FORMATS[ending] for ending in MANIFESTS if MANIFESTS[ending]])
every_choice = pytest.mark.parametrize(
    "filters",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(Filters(category=(Category.STRIKE,)), id="strikes"),
        pytest.param(Filters(country=("TJ",)), id="Tajikistan"),
        pytest.param(NOTHING, id="nothing"),
    ],
)


@every_choice
@every_format
def test_holds_exactly_the_chosen_incidents(
    written: Written, table: IncidentTable, filters: Filters, file_format: ExportFormat
) -> None:
    rows = rows_of(written(filters, file_format))
    assert sorted(row["id"] for row in rows) == sorted(incident.id for incident in table.selected(filters))


@every_format
def test_days_survive(written: Written, table: IncidentTable, file_format: ExportFormat) -> None:
    rows = rows_of(written(EVERYTHING, file_format))
    assert {row["id"]: (row["date_start"], row.get("date_end")) for row in rows} == {
        incident.id: (incident.date_start, incident.date_end) for incident in table.incidents
    }


@every_format
def test_tolls_survive(written: Written, table: IncidentTable, file_format: ExportFormat) -> None:
    rows = rows_of(written(EVERYTHING, file_format))
    frame = table.select(EVERYTHING)
    for end in ("killed_low", "killed_high"):
        assert sum(row.get(end) or 0 for row in rows) == frame[end].sum()


@every_format
def test_no_figure_for_people_without_its_rule(written: Written, file_format: ExportFormat) -> None:
    rows = rows_of(written(EVERYTHING, file_format))
    assert {row["toll_rule"] for row in rows} == {RANGE.name}


@every_choice
@with_manifest
def test_carries_the_manifest(
    written: Written, table: IncidentTable, filters: Filters, file_format: ExportFormat
) -> None:
    read = MANIFESTS[file_format.ending]
    assert read is not None
    made = read(written(filters, file_format))
    assert made["filters"] == filters.to_query()
    assert made["counts"]["total"] - made["counts"]["filtered_out"] == table.count(filters)
    assert made["data_version"] == table.version
    assert made["rule"]["name"] == made["totals"]["killed"]["rule"] == RANGE.name
    assert "Durand Line" in made["boundary_note"]


@every_format
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HOSTILE, id="markup"),
        pytest.param("a\u2028b “quoted”, ’;|\t\\", id="marks"),
        pytest.param("دهشت & <b>", id="script"),
    ],
)
def test_text_survives_as_text(export_of: Callable[..., Path], file_format: ExportFormat, text: str) -> None:
    rows = rows_of(export_of([hostile_incident(text)], file_format))
    assert (rows[0]["title"], rows[0]["place"]) == (text, text)
