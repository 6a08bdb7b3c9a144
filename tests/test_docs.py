"""What the documents say is so: filters, commands, counts, links."""

import re
import tomllib
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest

from geo import __version__
from geo.cli import COMMANDS
from geo.datasets.folder import UNDO_FOR
from geo.incident.record import Incident
from geo.incident.vocabulary import NEAR_KM
from geo.places.boundaries import BOUNDARY_NOTE
from geo.selection import Filters
from geo.table.incident_table import MANY
from tests.test_layers import LAYERS
from ui.roles import VARIABLE, Role, is_this_machine
from ui.server.answers import TILES_A_MINUTE

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DATA_README = (ROOT / "data" / "README.md").read_text("utf-8")
DOCUMENTS = [
    path
    for folder in (ROOT, ROOT / "data", ROOT / "data" / "boundaries", ROOT / "docs", ROOT / "static")
    for path in folder.glob("*.md")
]


def counts_row(name: str) -> list[int]:
    """The numbers of a row of the record's table of counts."""
    row = re.search(rf"^\| \**{re.escape(name)}\** \|(.+)\|$", DATA_README, re.MULTILINE)
    assert row, f"no row {name!r}"
    return [int(cell.strip(" *")) for cell in row[1].split("|")]


def by_year(incidents: tuple[Incident, ...]) -> list[int]:
    years = Counter(incident.date_start.year for incident in incidents)
    return [*(years[year] for year in range(2021, 2027)), len(incidents)]


@pytest.mark.parametrize("name", [field.name for field in fields(Filters)])
def test_every_filter_is_explained(name) -> None:
    assert re.search(rf"^\| .*`{name}`.* \|", README, re.MULTILINE), f"README.md, Filters, lacks a row for {name}"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        pytest.param("README.md", f"border line at most {NEAR_KM} km away", id="NEAR_KM-in-the-table"),
        pytest.param("README.md", f"means within {NEAR_KM} km of a line", id="NEAR_KM"),
        pytest.param("README.md", f"restored within {UNDO_FOR.days} days", id="UNDO_FOR"),
        pytest.param("README.md", f"{TILES_A_MINUTE:,} tiles of the map (429)", id="TILES_A_MINUTE"),
        pytest.param("README.md", f"Above {MANY:,} incidents", id="MANY"),
        pytest.param("README.md", BOUNDARY_NOTE, id="boundary-note"),
        pytest.param("data/boundaries/SOURCES.md", BOUNDARY_NOTE, id="boundary-note-of-the-layers"),
    ],
)
def test_what_the_program_holds_to_is_what_is_said(document: str, said: str) -> None:
    assert said in " ".join((ROOT / document).read_text("utf-8").split())


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_shown(command) -> None:
    assert f"python -m geo {command}" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_lead_somewhere(document) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8"))
    missing = [target for target in targets if "://" not in target and not (document.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("document", ["docs/architecture.md", "docs/glossary.md", "CONTRIBUTING.md", "README.md"])
def test_every_file_that_is_named_is_there(document) -> None:
    named = re.findall(r"`((?:geo|ui|pages|tests|static|data|docs)/[\w./-]+)`", (ROOT / document).read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_layers_are_those_that_are_tested() -> None:
    said = re.findall(r"^\d+\. ([a-z, ]+)$", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.MULTILINE)
    tested = [set(names) - {"__init__", "__main__"} for names in LAYERS]
    assert [set(names.split(", ")) for names in said] == [names for names in tested if names]


@pytest.mark.parametrize(
    "room", sorted(path.parent.name for top in ("geo", "ui") for path in ROOT.glob(f"{top}/*/__init__.py"))
)
def test_every_room_is_described(room) -> None:
    assert f" {room}/" in (ROOT / "docs" / "architecture.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ("clash", "category", "clash"),
        ("strike", "category", "strike"),
        ("crossing", "category", "crossing"),
        ("in Pakistan", "country", "PK"),
        ("in Afghanistan", "country", "AF"),
        ("in Tajikistan", "country", "TJ"),
        ("reported", "status", "reported"),
        ("confirmed", "status", "confirmed"),
        ("disputed", "status", "disputed"),
        ("place known only to the district", "location_precision", "district"),
        ("place known exactly", "location_precision", "exact"),
        ("place known to within a few kilometres", "location_precision", "near"),
        ("place known only to a stretch of the border", "location_precision", "border_segment"),
        ("place known only to the province", "location_precision", "province"),
        ("place not stated", "location_precision", "country"),
        ("day known", "date_precision", "day"),
        ("week known", "date_precision", "week"),
        ("month known", "date_precision", "month"),
    ],
)
def test_counts_of_the_record_are_those_of_the_store(incidents, row, field, value) -> None:
    assert counts_row(row) == by_year(tuple(i for i in incidents if getattr(i, field) == value))


def test_sizes_of_the_record_are_those_of_the_store(incidents, claimants) -> None:
    claims, sources = (sum(len(getattr(i, parts)) for i in incidents) for parts in ("claims", "sources"))
    said = f"{len(incidents)} incidents with {claims:,} claims by {len(claimants)} claimants"
    assert f"{said}, in {sources:,} source entries" in " ".join(DATA_README.split())


@pytest.mark.parametrize("name", ["pyproject.toml", "CITATION.cff"])
def test_version_is_the_same_everywhere(name) -> None:
    assert re.search(
        rf'^version[:=]? ?=? ?"?{re.escape(__version__)}"?$', (ROOT / name).read_text("utf-8"), re.MULTILINE
    )


SERVER = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["server"]
SERVING = (ROOT / "docs" / "serving.md").read_text("utf-8")


def test_as_it_comes_the_server_is_for_its_own_machine() -> None:
    assert is_this_machine(SERVER["address"])
    assert SERVER["allowedHosts"]
    assert all(map(is_this_machine, SERVER["allowedHosts"]))


def test_roles_are_explained() -> None:
    assert f"`{VARIABLE}`" in SERVING
    assert all(f"**{role}**" in SERVING for role in Role)


@pytest.mark.parametrize(("name", "size"), [("nginx.conf", "{}m"), ("Caddyfile", "{}GB"), ("../serving.md", "{:,} MB")])
def test_what_stands_in_front_takes_the_uploads_that_the_server_takes(name, size) -> None:
    most = SERVER["maxUploadSize"]
    assert size.format(most // 1000 if "GB" in size else most) in (ROOT / "docs" / "serving" / name).read_text("utf-8")


def test_the_image_has_what_the_server_runs() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert {"app.py", "geo", "ui", "pages", "data", "static", "requirements.txt", ".streamlit/config.toml"} <= kept
    assert [name for name in kept if not (ROOT / name).exists()] == []
    assert not any("secrets" in name for name in kept)
