"""ACLED event files and API responses, as in the codebook of October 2024; older ones have some more columns.

The code table also has the event types from before 2019, when sub-event types were introduced.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.blocks import Rows
from geo.imports.fields.cell_values import Repair, by_text, joined, shown
from geo.imports.fields.drafted_rows import (
    BETWEEN,
    Cells,
    Draft,
    dates_coded,
    kinds,
    lists,
    number_of_names,
    people_columns,
    places_coded,
    spread,
)
from geo.imports.fields.place_columns import WhereColumns, where
from geo.imports.fields.published_tables import What, countries_by, kinds_in
from geo.imports.file_kind import FileKind, Publisher, names_in
from geo.incident.vocabulary import About, ClaimantKind
from geo.language.messages import say

ACLED: Final = names_in(
    """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
    actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location
    latitude longitude geo_precision source source_scale notes fatalities tags timestamp"""
)
"""Columns of ACLED's event file since March 2023."""
ACLED_BEFORE_2023: Final = ("data_id", "event_id_no_cnty", "iso3")
"""Columns dropped from ACLED's event file in March 2023, when disorder_type, civilian_targeting and tags were added."""
POPULATION: Final = names_in("population_1km population_2km population_5km population_best")
"""Columns of nearby population, which the API adds on request."""
ACLED_WEEKLY: Final = names_in(
    """week region country admin1 disorder_type event_type sub_event_type events fatalities population_best
    centroid_longitude centroid_latitude"""
)
"""Columns of ACLED's weekly aggregates."""

_MONTHLY: Final = frozenset(("country", "month", "year", "events", "fatalities"))
"""Columns of ACLED's monthly counts on the Humanitarian Data Exchange."""
_IDS: Final = ("event_id_cnty", "data_id")
_OF_ACLED_ALONE: Final = ("event_id_cnty", "event_id_no_cnty")
_HALF: Final = 0.5
_YEAR: Final = re.compile(r"(\d{4})(?:\.0+)?", re.ASCII)

_WHERE: Final = WhereColumns(
    place=("location", "admin3", "admin2", "admin1", "country"), district="admin2", province="admin1", country="country"
)


def acled_draft(cells: Cells) -> Draft:
    """Read ACLED's columns."""
    kind = joined([cells.text("event_type"), cells.text("sub_event_type")], BETWEEN)
    category, subtype, words = kinds(pc.utf8_lower(kind), _known(kind), cells, "event_type")
    date_precision = dates_coded(cells, "acled", "time_precision", missing=3)
    place = _where(cells)
    days = cells.days("event_date", place["country_code"])
    _note_contradictions(cells, days)
    start, end = spread(days, date_precision)
    source = cells.text("source")
    return Draft(
        source_id=cells.identifiers(*_IDS),
        category=category,
        subtype=subtype,
        kind_words=words,
        start=start,
        end=end,
        date_precision=date_precision,
        **place,
        people=_people(cells),
        actors=lists(cells, ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2")),
        words=cells.text("notes"),
        source_text=source,
        source_url=pa.nulls(cells.rows, pa.string()),
        sources=number_of_names(source),
    )


def _note_contradictions(cells: Cells, days: pa.Array) -> None:
    """Note rows whose year is not that of the date, or whose country code is not that of the country's name."""
    years = by_text(cells.text("year"), _year, pa.int64())
    for (one, other), differ in {
        ("event_date", "year"): pc.not_equal(pc.year(days), years),
        ("country", "iso"): pc.not_equal(cells.countries("country"), cells.countries("iso")),
    }.items():
        at = np.flatnonzero(np.asarray(differ.fill_null(False)))  # noqa: FBT003  # the fill value
        pairs = zip(*(cells.text(field).take(pa.array(at)).to_pylist() for field in (one, other)), strict=True)
        names = {"field": cells.column(one), "other_field": cells.column(other)}
        said = [
            say("repaired-differ", repair=Repair.COLUMNS_DIFFER.words, text=shown(a), other_text=shown(b), **names)
            for a, b in pairs
        ]
        cells.ledger.repair(Repair.COLUMNS_DIFFER, at, pa.array(said, pa.string()))


def _year(text: str | None) -> int | None:
    found = _YEAR.fullmatch(text or "")
    return int(found[1]) if found else None


def _where(cells: Cells) -> dict[str, pa.Array]:
    number = by_text(cells.text("iso"), lambda code: countries_by("iso_numeric").get(code or ""), pa.string())
    code = pc.coalesce(number, cells.countries("iso3"))
    return where(cells, _WHERE, places_coded(cells, "acled", "geo_precision", missing=3), code=code)


def _people(cells: Cells) -> dict[str, pa.Array]:
    """Use ACLED's one figure for low, best and high; it gives none by side."""
    return people_columns({About.KILLED: cells.people("fatalities")})


def _known(kind: pa.Array) -> Mapping[str, What]:
    """Return kinds by the pairs of event and sub-event type in a file.

    An unknown sub-event type is read as its event type; one without an event type is looked up on its own.
    """
    kinds = kinds_in("acled_event_types", "event_type", "sub_event_type")
    by_sub_event = {sub_event: what for (_, sub_event), what in kinds.items() if sub_event}
    known = {}
    for text in pc.unique(pc.utf8_lower(kind)).to_pylist():
        event, sub_event = text.split(BETWEEN)[:2]
        what = kinds.get((event, sub_event)) or kinds.get((event, ""))
        what = what or (None if event else by_sub_event.get(sub_event))
        if what:
            known[text] = what
    return known


def _is_monthly(names: Collection[str]) -> bool:
    return set(names) >= _MONTHLY and "eventdate" not in names


def _is_acled(columns: Mapping[str, str], rows: Rows) -> bool:
    """Recognise ACLED by its ids, or by event types that are mostly in its code table."""
    if any(name in columns for name in _OF_ACLED_ALONE):
        return True
    known = {text for pair in kinds_in("acled_event_types", "event_type", "sub_event_type") for text in pair if text}
    held = [
        value.strip().lower()
        for name in ("event_type", "sub_event_type")
        if name in columns
        for value in pc.unique(rows.sample[columns[name]]).to_pylist()
        if value.strip()
    ]
    return bool(held) and sum(value in known for value in held) >= _HALF * len(held)


def _notes(columns: Mapping[str, str]) -> Iterable[str]:
    if "disorder_type" not in columns and any(name in columns for name in ACLED_BEFORE_2023):
        yield say("note-acled-before-2023")


KINDS: Final = (
    FileKind(
        code="acled",
        words=say("kind-acled"),
        offered=(say("import-acled"), say("import-acled-about")),
        draft=acled_draft,
        publisher=Publisher(
            title="ACLED",
            name="ACLED (Armed Conflict Location & Event Data)",
            url="https://acleddata.com/",
            licence=say("licence-acled"),
            reference="Armed Conflict Location & Event Data (ACLED), acleddata.com",
            lets_pass_on=False,
            kind=ClaimantKind.NGO,
            note=say("claimant-acled-about"),
        ),
        publisher_short="ACLED",
        product="ACLED",
        needed=("event_date",),
        distinctive=names_in(
            """event_id_cnty event_id_no_cnty sub_event_type time_precision geo_precision inter1 inter2 interaction
            assoc_actor_1 assoc_actor_2 source_scale disorder_type civilian_targeting"""
        ),
        least=3,
        usual=names_in(
            """event_type sub_event_type actor1 latitude longitude fatalities time_precision geo_precision"""
        ),
        ids=_IDS,
        columns=(*ACLED, *ACLED_BEFORE_2023, *POPULATION),
        called={"id": "event_id_cnty", "date": "event_date"},
        notes=_notes,
        confirmed_by=_is_acled,
    ),
    FileKind(
        code="acled-weekly",
        words=say("kind-acled-counts"),
        refusal=say("read-acled-counts"),
        needed=names_in("week events"),
        distinctive=names_in("country admin1 event_type sub_event_type disorder_type fatalities"),
        least=2,
        columns=ACLED_WEEKLY,
        recognised_by=_is_monthly,
    ),
)
