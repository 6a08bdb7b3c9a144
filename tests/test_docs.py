"""What the documents say is so: filters, commands, counts, links."""

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest

from geo import __version__
from geo.cli import COMMANDS
from geo.filters import Filters
from geo.incident import Incident

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DATA_README = (ROOT / "data" / "README.md").read_text("utf-8")
DOCUMENTS = [
    path
    for folder in (ROOT, ROOT / "data", ROOT / "data" / "boundaries", ROOT / "static")
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
    assert re.search(rf"^\| .*`{name}`.* \|", README, re.MULTILINE)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_shown(command) -> None:
    assert f"python -m geo {command}" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_lead_somewhere(document) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8"))
    missing = [target for target in targets if "://" not in target and not (document.parent / target).exists()]
    assert missing == []


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
        ("place known to the district", "location_precision", "district"),
        ("place known exactly", "location_precision", "exact"),
        ("place known to some kilometres", "location_precision", "near"),
        ("place known to a stretch of the border", "location_precision", "border_segment"),
        ("place known to the province", "location_precision", "province"),
        ("place not stated", "location_precision", "country"),
        ("day known", "date_precision", "day"),
        ("week known", "date_precision", "week"),
        ("month known", "date_precision", "month"),
    ],
)
def test_counts_of_the_record_are_those_of_the_store(incidents, row, field, value) -> None:
    assert counts_row(row) == by_year(tuple(i for i in incidents if getattr(i, field) == value))


def test_sizes_of_the_record_are_those_of_the_store(incidents, claimants) -> None:
    said = (
        f"{len(incidents)} incidents with {sum(len(i.claims) for i in incidents)} claims by {len(claimants)} claimants"
    )
    assert f"{said}, in {sum(len(i.sources) for i in incidents)} source entries" in " ".join(DATA_README.split())


@pytest.mark.parametrize("name", ["pyproject.toml", "CITATION.cff"])
def test_version_is_the_same_everywhere(name) -> None:
    assert re.search(
        rf'^version[:=]? ?=? ?"?{re.escape(__version__)}"?$', (ROOT / name).read_text("utf-8"), re.MULTILINE
    )
