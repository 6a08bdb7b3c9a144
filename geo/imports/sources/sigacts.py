"""Significant activity reports of the US military in Afghanistan (SIGACTS), with the columns made public in 2010.

Files of the Afghan War Diary, 2004 to 2009, have 32 columns and no header; later extracts have a header and some of the
columns. There is no published codebook. The reports, and their words for the sides, are those of a party to the
conflict: in the figures, side A is the reporting forces and those of the host nation, side B those they fought.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.blocks import Rows
from geo.imports.fields.cell_values import by_text
from geo.imports.fields.coordinates import POINT, point
from geo.imports.fields.counts import added
from geo.imports.fields.drafted_rows import BETWEEN, Cells, Draft, kinds, lists, people_columns
from geo.imports.fields.place_columns import WhereColumns, where
from geo.imports.fields.published_tables import What, kinds_in
from geo.imports.file_kind import FileKind, Publisher, names_in
from geo.incident.vocabulary import About, ClaimantKind, Country, LocationPrecision
from geo.language.messages import say

SIGACTS: Final = names_in(
    """ReportKey DateOccurred Type Category TrackingNumber Title Summary Region AttackOn ComplexAttack ReportingUnit
    UnitName TypeOfUnit FriendlyWIA FriendlyKIA HostNationWIA HostNationKIA CivilianWIA CivilianKIA EnemyWIA EnemyKIA
    EnemyDetained MGRS Latitude Longitude OriginatorGroup UpdatedByGroup CCIR Sigact Affiliation DColor
    Classification"""
)
"""The columns of the Afghan War Diary."""

_WHERE: Final = WhereColumns(
    place=("Region",), district="", province="", country="", longitude="Longitude", latitude="Latitude"
)
_KILLED: Final = ("FriendlyKIA", "HostNationKIA", "EnemyKIA", "CivilianKIA")
_WOUNDED: Final = ("FriendlyWIA", "HostNationWIA", "EnemyWIA", "CivilianWIA")
_COMMAND: Final = re.compile(r"RC[ -]", re.IGNORECASE)
"""Beginning of the names of regional commands in Afghanistan."""


def sigacts_draft(cells: Cells) -> Draft:
    """Read the columns of the reports."""
    reported = pc.utf8_lower(pc.coalesce(cells.text("Category"), cells.text("Type")))
    category, subtype, words = kinds(reported, _known(reported), cells, "Category")
    place = _where(cells)
    day = cells.days("DateOccurred", place["country_code"])
    unknown = pa.nulls(cells.rows, pa.string())
    return Draft(
        source_id=cells.identifiers("ReportKey", "TrackingNumber"),
        category=category,
        subtype=subtype,
        kind_words=words,
        start=day,
        end=day,
        date_precision=pa.repeat("day", cells.rows),
        **place,
        people=_people(cells),
        actors=lists(cells, ("UnitName",), between=BETWEEN),
        words=pc.coalesce(cells.text("Summary"), cells.text("Title")),
        source_text=cells.text("ReportingUnit"),
        source_url=unknown,
        sources=pa.repeat(pa.scalar(1, pa.int32()), cells.rows),
        searched=(cells.text("Title"),),
    )


def _people(cells: Cells) -> dict[str, pa.Array]:
    friendly, host, enemy, civilian = killed = [cells.people(field) for field in _KILLED]
    injured = [cells.people(field, About.INJURED) for field in _WOUNDED]
    return people_columns(
        {About.KILLED: added(killed), About.INJURED: added(injured)},
        killed_side_a=added([friendly, host]).best,
        killed_side_b=enemy.best,
        killed_civilians=civilian.best,
    )


def _where(cells: Cells) -> dict[str, pa.Array]:
    """Return the coordinates, else the square of the military grid, else the country of the regional command."""
    near = LocationPrecision.NEAR
    known = pa.repeat(near.value, cells.rows), pa.repeat(near.usual_km, cells.rows)
    found = where(cells, _WHERE, known)
    squares = cells.text("MGRS")
    read = by_text(squares, _square, POINT)
    pointed = pc.or_(pc.is_valid(found["lon"]), pc.is_valid(found["lat"]))
    lon, lat = (pc.if_else(pointed, found[name], pc.struct_field(read, name)) for name in ("lon", "lat"))
    within = pc.if_else(pointed, None, pc.struct_field(read, "within_km"))
    lost = np.asarray(pc.and_(pc.is_valid(squares), pc.is_null(lon)))
    cells.ledger.flag(say("flag-sigacts-grid"), int((lost & cells.ledger.kept).sum()))
    region = by_text(cells.text("Region"), lambda text: bool(_COMMAND.match(text or "")), pa.bool_())
    return found | {
        "lon": lon,
        "lat": lat,
        "uncertainty_km": pc.max_element_wise(found["uncertainty_km"], within),
        "country_code": pc.if_else(pc.and_(pc.is_null(lon), region), Country.AF.value, None),
        "place": pa.nulls(cells.rows, pa.string()),
    }


def _square(text: str | None) -> dict[str, float] | None:
    read = point(text or "").value
    return None if read is None else {"lon": read.lon, "lat": read.lat, "within_km": read.within_km}


def _known(reported: pa.Array) -> Mapping[str, What]:
    known = kinds_in("sigacts_categories", "category_of_report")
    return {text: known[text,] for text in pc.unique(reported).to_pylist() if (text,) in known}


def _is_sigacts(columns: Mapping[str, str], rows: Rows) -> bool:
    """Recognise SIGACTS by columns that nobody else has: others count friends and enemies, but no host nation."""
    del rows
    return any(name in columns for name in ("HostNationKIA", "HostNationWIA", "AttackOn", "DColor"))


def _notes(columns: Mapping[str, str]) -> Iterable[str]:
    del columns
    yield say("note-sigacts-party")


_ALSO: Final[dict[str, Any]] = {
    "ReportKey": ("Report Key", "EventID", "Event ID"),
    "DateOccurred": ("DATETIME", "Date Time", "Date Occurred", "Event Date", "Date"),
    "CivilianKIA": ("CivKIA", "Civ KIA"),
    "HostNationKIA": ("HNKIA", "HN KIA", "Host KIA"),
    "CivilianWIA": ("CivWIA", "Civ WIA"),
    "HostNationWIA": ("HNWIA", "HN WIA", "Host WIA"),
}
KINDS: Final = (
    FileKind(
        code="sigacts",
        words=say("kind-sigacts"),
        offered=(say("import-sigacts"), say("import-sigacts-about")),
        draft=sigacts_draft,
        publisher=Publisher(
            title="SIGACTS",
            name=say("claimant-sigacts"),
            url="https://wardiary.wikileaks.org/",
            licence=say("licence-sigacts"),
            reference=say("reference-sigacts"),
            lets_pass_on=False,
            kind=ClaimantKind.MILITARY,
            note=say("claimant-sigacts-about"),
            party=True,
        ),
        publisher_short="SIGACTS",
        product="SIGACTS",
        needed=("DateOccurred",),
        distinctive=(
            *_KILLED,
            "FriendlyWIA",
            "HostNationWIA",
            "EnemyWIA",
            "EnemyDetained",
            "AttackOn",
            "MGRS",
            "DColor",
        ),
        least=3,
        usual=("Type", "Category", *_KILLED),
        ids=("ReportKey", "TrackingNumber"),
        columns=SIGACTS,
        also=_ALSO,
        values={
            "ReportKey": r"[0-9A-Fa-f]{8}-?([0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}",
            "DateOccurred": r"\d{4}-\d\d-\d\d.*|\d{1,2}/\d{1,2}/\d{2,4}.*",
            "FriendlyKIA": r"\d*",
            "EnemyKIA": r"\d*",
        },
        called={"id": "ReportKey", "date": "DateOccurred", "latitude": "Latitude", "longitude": "Longitude"},
        notes=_notes,
        confirmed_by=_is_sigacts,
    ),
)
