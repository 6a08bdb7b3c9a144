"""ACLED event files, by the names of their columns; files of before March 2023 have the same ones and some more."""

from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.cells import Cells
from geo.imports.mapping.coded import dates_coded, kinds, places_coded
from geo.imports.mapping.draft import BETWEEN, DEATHS, Draft, lists, number_of_names, spread
from geo.imports.mapping.reading import by_text, joined
from geo.imports.mapping.tables import What, acled_kinds, countries_by
from geo.imports.mapping.where import WhereColumns, where

_WHERE: Final = WhereColumns(
    place=("location", "admin3", "admin2", "admin1", "country"), district="admin2", province="admin1", country="country"
)


def acled_draft(cells: Cells) -> Draft:
    """Read ACLED's columns."""
    kind = joined([cells.text("event_type"), cells.text("sub_event_type")], BETWEEN)
    category, subtype, words = kinds(pc.utf8_lower(kind), _known(kind), cells, "event_type")
    date_precision = dates_coded(cells, "acled", "time_precision", missing=3)
    start, end = spread(cells.days("event_date"), date_precision)
    source = cells.text("source")
    return Draft(
        source_id=cells.identifiers("event_id_cnty", "data_id"),
        category=category,
        subtype=subtype,
        kind_words=words,
        start=start,
        end=end,
        date_precision=date_precision,
        **_where(cells),
        deaths=_deaths(cells),
        actors=lists(cells, ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2")),
        words=cells.text("notes"),
        source_text=source,
        source_url=pa.nulls(cells.rows, pa.string()),
        sources=number_of_names(source),
    )


def _where(cells: Cells) -> dict[str, pa.Array]:
    code = by_text(cells.text("iso"), lambda code: countries_by("iso_numeric").get(code or ""), pa.string())
    return where(cells, _WHERE, places_coded(cells, "acled", "geo_precision", missing=3), code=code)


def _deaths(cells: Cells) -> dict[str, pa.Array]:
    """Take ACLED's one figure for low, best and high; it gives none by side."""
    fatalities = cells.counts("fatalities")
    unknown = pa.nulls(cells.rows, pa.int64())
    return {name: fatalities if name in DEATHS[:3] else unknown for name in DEATHS}


def _known(kind: pa.Array) -> Mapping[str, What]:
    """Return kinds for the pairs in a file; an unknown sub-event type is one of its event type."""
    known = {}
    for text in pc.unique(pc.utf8_lower(kind)).to_pylist():
        event, sub_event = text.split(BETWEEN)[:2]
        what = acled_kinds().get((event, sub_event)) or acled_kinds().get((event, ""))
        if what:
            known[text] = what
    return known
