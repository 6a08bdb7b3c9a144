"""The download buttons: one for each format, each with what the filters choose."""

import pytest
from streamlit.testing.v1 import AppTest

import ui.downloads
from geo.claims import LOWEST
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
    made_of = (table.version, table.rule.code)
    lines = ui.downloads._file(filters, ExportFormat.CSV, made_of, table).decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [incident.id for incident in table.selected(filters)]


def test_a_file_is_made_by_the_rule_of_the_table(table: IncidentTable) -> None:
    ruled = table.under(LOWEST)
    text = ui.downloads._file(Filters(), ExportFormat.CSV, (ruled.version, ruled.rule.code), ruled).decode()
    assert LOWEST.name in text
    assert table.rule.name not in text
