"""No day stands anywhere as if it were known, where it is not: on no page, in no table, in no file.

Everything is run on a record made for the test, of whose incidents none is known to the day.
"""

import csv
import importlib
import io
import pkgutil
import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ui
import ui.resources
from geo.cli import main
from geo.evidence.reliability import cited_sources
from geo.export.page_files import SHEETS, evidence_csv, provinces_csv, quality_csv
from geo.export.writing import FORMATS, export
from geo.figure.drawing import plan
from geo.figure.options import FigureOptions
from geo.incident.record import Incident
from geo.places.boundaries import boundaries
from geo.render.web_marks import incident_marks
from geo.selection import Filters
from geo.sentences import when
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore, dump_incidents
from geo.symbology.marks import marks_of
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident, make_source
from tests.geo.stores import register_groups
from tests.pages.conftest import run_page, tables_of, texts
from tests.pages.panels import drawn_by

MONTHS = "March|May|August"
"""In which the incidents made for the test lie; nothing else in the app is of these months of 2025."""
WORDS = re.compile(rf"(\w+ )?((?:\d+(?: \w+)? ?– ?)?\d+ (?:{MONTHS}) 2025)")
ISO = re.compile(r"2025-(?:03|05|08)-\d\d(?! ·)")
"""But for what a cell of a table sorts by, which is not shown."""
SAYS_SO = ("within ", "Within ", "about ", "About ")
DATED = ("date_start", "date_end", "first", "last")
"""Columns of files whose days stand beside a column that says how well they are known."""


@pytest.fixture(scope="module")
def made() -> tuple[Incident, ...]:
    """A day that only a report dates, some days, a month, and a beginning without an end; two are one event."""
    changes: tuple[dict[str, Any], ...] = (
        {"date_start": "2025-03-19", "date_end": "2025-03-19", "date_precision": "week", "status": "disputed"},
        {"date_start": "2025-05-07", "date_end": "2025-05-13", "date_precision": "week", "event_group": "war"},
        {"date_start": "2025-08-01", "date_end": "2025-08-31", "date_precision": "month", "event_group": "war"},
        {"date_start": "2025-08-05", "date_end": None, "date_precision": "week", "province": "Kunar"},
    )
    claims = [
        make_claim(),
        make_claim(by="pk-ispr", value=40),
        make_claim(by="pk-ispr", about="event", stance="denies"),
    ]
    mirror = make_source(kind="aggregator_or_mirror")
    return tuple(
        make_incident(f"incident-{n}", claims=claims, sources=[mirror], location_precision=known, **change)
        for n, (change, known) in enumerate(zip(changes, ("exact", "near", "district", "province"), strict=True), 1)
    )


@pytest.fixture(scope="module")
def made_store(tmp_path_factory: pytest.TempPathFactory, made: tuple[Incident, ...]) -> Path:
    """The store that holds them."""
    path = tmp_path_factory.mktemp("record") / INCIDENTS_FILE.name
    claimants = INCIDENTS_FILE.with_name("claimants.json")
    path.with_name(claimants.name).write_bytes(claimants.read_bytes())
    register_groups(path.parent, *made)
    path.write_text(dump_incidents(made), encoding="utf-8", newline="\n")
    return path


@pytest.fixture(scope="module")
def few(made_store: Path) -> IncidentTable:
    """Their table."""
    return IncidentTable.of(IncidentStore(made_store).read())


@pytest.fixture
def panels(made_store: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the app draws as panels, which reads the store made for the test."""
    monkeypatch.setattr(ui.resources, "INCIDENTS_FILE", made_store)
    names = {found.name for found in pkgutil.walk_packages(ui.__path__, "ui.")} - {"ui.frame"}  # which is a script
    modules = [importlib.import_module(name) for name in sorted(names)]
    return drawn_by(
        monkeypatch,
        *(module for module in modules if hasattr(module, "panel") and module.__name__ != "ui.parts.components"),
    )


def bare(texts_: Iterable[str]) -> list[str]:
    """Return days that stand in texts without a word that says how well they are known."""
    found = []
    for text in texts_:
        found += [days for before, days in WORDS.findall(text) if before not in SAYS_SO]
        found += ISO.findall(text)
    return found


def cells(app: AppTest) -> Iterable[str]:
    """What stands in tables, dates as they would be shown."""
    for frame in (*(frame.value for frame in app.dataframe), *tables_of(app)):
        for column in frame.columns:
            for value in frame[column]:
                if isinstance(value, (date, datetime, pd.Timestamp)):
                    yield f"{value:%Y-%m-%d}" if str(column) != "Month" else ""
                elif isinstance(value, str):
                    yield value


@pytest.mark.parametrize(
    ("page", "query", "said"),
    [
        pytest.param(None, {}, "about 19 March 2025", id="map"),
        pytest.param(None, {"incident": "incident-3"}, "August 2025, day not known", id="card"),
        pytest.param("explore/timeline", {}, "within 7–13 May 2025", id="timeline"),
        pytest.param("explore/timeline", {"lanes": "province"}, "within 7–13 May 2025", id="timeline of provinces"),
        pytest.param("explore/provinces", {}, "about 19 March 2025", id="provinces"),
        pytest.param("explore/provinces", {"profile": "AF-KHO"}, "August 2025, day not known", id="profile"),
        pytest.param("evidence/events", {}, "within 7 May – 31 August 2025", id="events"),
        pytest.param("evidence/events", {"event": "war"}, "Within 7–13 May 2025", id="event"),
        pytest.param("evidence/sources", {}, None, id="sources"),
        pytest.param("evidence/who_says_what", {}, "about 19 March 2025", id="who says what"),
        pytest.param("evidence/quality", {}, "from about 5 August 2025, no end on record", id="quality"),
    ],
)
def test_pages(panels: dict[str, str], page: str | None, query: dict[str, str], said: str | None) -> None:
    app = run_page(page, **query)
    shown = [texts(app), *panels.values(), *cells(app)]
    assert bare(shown) == []
    assert said is None or any(said in text for text in shown)


def test_an_open_source_dates_its_incidents_so(panels: dict[str, str], few: IncidentTable) -> None:
    source = cited_sources(few.incidents)[0]
    run_page("evidence/sources", source=source.key)
    shown = [panel for panel in panels.values() if "Source of" in panel]
    assert bare(shown) == []
    assert all(when(incident) in shown[0] for incident in few.incidents)


def test_marks_of_the_map(few: IncidentTable) -> None:
    marks = incident_marks(marks_of(few.incidents, boundaries(), rule=few.rule), rule=few.rule)
    members = [*marks["points"], *(member for area in marks["areas"] for member in area["of"])]
    assert bare([member["w"] for member in members]) == []
    assert [member["u"] for member in members] == [1] * len(few)


@pytest.mark.parametrize("query", ["", "incident-1", "incident-2", "incident-3", "incident-4"])
def test_words_of_the_figure(few: IncidentTable, query: str) -> None:
    planned = plan(Filters(q=query), few, boundaries(), FigureOptions())
    assert bare([planned.name, " ".join(planned.subtitle.lines), *planned.explained.footer]) == []


def files(few: IncidentTable) -> dict[str, bytes]:
    layers, everything = boundaries(), Filters()
    return {
        "incidents": export(everything, few, layers, format=FORMATS["csv"]),
        "provinces": provinces_csv(everything, few, layers),
        "quality": quality_csv(everything, few),
        **{name: evidence_csv(name, everything, few) for name in SHEETS},
    }


def test_tables_of_files(few: IncidentTable) -> None:
    for name, file in files(few).items():
        rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
        assert rows, name
        assert bare(value for row in rows for column, value in row.items() if column not in DATED) == [], name
        if "date_start" in rows[0]:
            assert {row["when"] for row in rows} <= {when(incident) for incident in few.incidents}


def test_descriptions_in_kml(few: IncidentTable) -> None:
    file = export(Filters(), few, boundaries(), format=FORMATS["kml"]).decode()
    assert bare(re.findall(r"<(?:description|name)>.*?</", file)) == []


@pytest.mark.parametrize(
    "command",
    [pytest.param(["list"], id="list"), pytest.param(["aggregate", "--by", "province"], id="aggregate")],
)
def test_what_commands_print(made_store: Path, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    assert main([*command, "--store", str(made_store)]) == 0
    printed = capsys.readouterr().out
    assert bare([re.sub(r"incident-\d", "", printed)]) == []
