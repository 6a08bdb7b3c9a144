"""The download buttons: one for each format, each with what the filters choose."""

import json
import tomllib
from pathlib import Path

import pytest
from streamlit.config import get_config_options
from streamlit.testing.v1 import AppTest

import ui.parts.downloads
from geo.citation import NO_ADDRESS, Settings
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import LOWEST
from ui.parts.file_job import made_of

ROOT = Path(__file__).resolve().parents[2]
NOTHING_SET = Settings()
OFFERED = ["CSV", "Notes on the CSV", "GeoJSON", "GeoPackage", "Excel", "Map as one HTML file"]


def _page() -> None:
    from geo.selection import Filters  # noqa: PLC0415  # AppTest runs this source alone
    from ui.parts.downloads import downloads  # noqa: PLC0415
    from ui.resources import resources  # noqa: PLC0415

    downloads(Filters(year=(2025,)), resources().table)


def test_there_is_a_button_for_each_format() -> None:
    app = AppTest.from_function(_page, default_timeout=60).run()
    assert not app.exception
    assert [button.proto.label for button in app.get("download_button")] == OFFERED


def test_no_file_is_made_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(ui.parts.downloads, "export", lambda *args, **options: made.append((args, options)))
    assert not AppTest.from_function(_page, default_timeout=60).run().exception
    assert not made


def csv_and_notes(filters: Filters, table: IncidentTable, settings: Settings = NOTHING_SET) -> tuple[str, str]:
    """A CSV, and the notes that are offered beside it."""
    csv, notes = (ui.parts.downloads._file(w, made_of(filters, table), settings, table) for w in ("csv", "notes"))
    return csv.decode("utf-8-sig"), notes.decode()


def test_a_file_holds_what_the_filters_choose(table: IncidentTable) -> None:
    filters = Filters(country=("TJ",))
    lines = csv_and_notes(filters, table)[0].splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [incident.id for incident in table.selected(filters)]


def test_a_file_is_made_by_the_rule_of_the_table(table: IncidentTable) -> None:
    for text in csv_and_notes(Filters(), table.under(LOWEST)):
        assert LOWEST.name in text
        assert table.rule.name not in text


def test_beside_the_csv_stands_what_a_map_of_it_leaves_out(table: IncidentTable) -> None:
    described = json.loads(csv_and_notes(Filters(year=(2025,)), table)[1])
    assert described["url"] == "incidents-2025.csv"
    assert " shown. Not on this map: " in described["dc:description"]
    assert "Incident map contributors" in described["dc:bibliographicCitation"]


def test_a_csv_is_cited_at_the_address_that_is_set(table: IncidentTable) -> None:
    tajik, address = Filters(country=("TJ",)), "https://map.example.org"
    assert NO_ADDRESS in csv_and_notes(tajik, table)[1]
    assert address in csv_and_notes(tajik, table, Settings(address=address))[1]


@pytest.mark.usefixtures("bad_settings")
def test_where_the_settings_make_no_sense_the_csv_is_offered_and_a_warning_says_so() -> None:
    app = AppTest.from_function(_page, default_timeout=60).run()
    assert [button.proto.label for button in app.get("download_button")] == OFFERED
    (warning,) = app.warning
    assert warning.value.replace("\\", "").startswith(
        "The CSV’s citation has no address: data/settings.toml: address: it is not text in quotes; write it"
    )


def test_tables_have_no_download_of_streamlits_own_and_errors_no_links_outside() -> None:
    asked = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["client"]
    assert (asked["disableDataExport"], asked["showErrorLinks"]) == (True, False)
    assert {f"client.{name}" for name in asked} <= get_config_options().keys()  # others are ignored by Streamlit


@pytest.mark.parametrize("page", ["evidence/who_says_what", "evidence/quality", "explore/provinces"])
def test_beside_tables_there_is_a_file_of_ours(page: str) -> None:
    app = AppTest.from_file(str(ROOT / "ui" / "frame.py"), default_timeout=60)
    app.switch_page(f"../pages/{page}.py")
    app.run()
    assert not app.exception
    assert app.dataframe
    assert any(button.proto.label for button in app.get("download_button"))
