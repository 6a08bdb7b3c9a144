"""The download buttons: one for each format, each with what the filters choose."""

import pytest
from streamlit.testing.v1 import AppTest

import ui.downloads
from geo.export import ExportFormat
from geo.filters import Filters
from geo.table import IncidentTable


def _page() -> None:
    from geo.filters import Filters  # noqa: PLC0415  # AppTest runs this source alone
    from ui.downloads import downloads  # noqa: PLC0415

    downloads(Filters(year=(2025,)))


def test_there_is_a_button_for_each_format() -> None:
    app = AppTest.from_function(_page, default_timeout=60).run()
    assert not app.exception
    assert [button.proto.label for button in app.get("download_button")] == ["CSV", "GeoJSON", "GeoPackage", "Excel"]


def test_no_file_is_made_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(ui.downloads, "export", lambda *args, **options: made.append((args, options)))
    assert not AppTest.from_function(_page, default_timeout=60).run().exception
    assert not made


def test_a_file_holds_what_the_filters_choose(table: IncidentTable) -> None:
    filters = Filters(country=("TJ",))
    lines = ui.downloads._file(filters, ExportFormat.CSV, table.version).decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [incident.id for incident in table.selected(filters)]
