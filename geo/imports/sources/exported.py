"""Files exported by this program: incidents with tolls, places and dates taken as they are."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.fields.cell_values import Repair, by_text
from geo.imports.fields.countries import country_named
from geo.imports.fields.counts import People
from geo.imports.fields.drafted_rows import Cells, Draft, lists, number_of_names, people_columns
from geo.imports.fields.place_columns import WhereColumns, where
from geo.imports.file_kind import FileKind, names_in
from geo.imports.sources.gdelt import web_addresses
from geo.incident.vocabulary import MEASURES, About, Category, DatePrecision, LocationPrecision, Status, Subtype
from geo.language.messages import say

COLUMNS: Final = names_in(
    """id dataset category subtype status title summary date_start date_end date_precision when place district province
    province_code provinces province_codes country countries location_precision lon lat uncertainty_km actors
    event_group killed_low killed_high injured_low injured_high crossed_low crossed_high toll_rule claim_count
    claims_in_words source_count source_urls border
    border_km chainage_km side side_decided side_probability joined_province_code data_version"""
)
"""Columns of an exported table that are read; its other columns are kept with each row."""
_WHERE: Final = WhereColumns(
    place=("place",), district="district", province="province", country="country", longitude="lon", latitude="lat"
)


def exported_draft(cells: Cells) -> Draft:
    """Read the columns of an export, with its precisions unchanged."""
    precision = _codes(cells, "location_precision", LocationPrecision, LocationPrecision.COUNTRY)
    place = where(cells, _WHERE, (precision, cells.kilometres("uncertainty_km")), spelt=False)
    country = by_text(place["country"], country_named, pa.string())
    subtype = _codes(cells, "subtype", Subtype, Subtype.UNCLASSIFIED)
    return Draft(
        source_id=cells.identifiers("id"),
        category=by_text(subtype, lambda code: Subtype(code or "").category.value, pa.string()),
        subtype=subtype,
        kind_words=by_text(subtype, lambda code: Subtype(code or "").words.capitalize(), pa.string()),
        start=cells.days("date_start", country),
        end=cells.days("date_end", country),
        date_precision=_codes(cells, "date_precision", DatePrecision, DatePrecision.MONTH),
        **place,
        people=people_columns({about: _toll(cells, about) for about in MEASURES}),
        actors=lists(cells, ("actors",)),
        words=cells.text("summary"),
        source_text=cells.text("claims_in_words"),
        source_url=web_addresses(
            pc.list_element(pc.split_pattern(pc.fill_null(cells.text("source_urls"), ""), " "), 0)
        ),
        sources=pc.max_element_wise(
            cells.codes("source_count").cast(pa.int32()), number_of_names(cells.text("source_urls"), between=" ")
        ),
        title=cells.text("title"),
        summary=cells.text("summary"),
        statuses=_codes(cells, "status", Status, Status.REPORTED),
        event_group=cells.text("event_group"),
        provinces_stated=True,
    )


def _codes(
    cells: Cells,
    field: str,
    vocabulary: type[Category | Subtype | Status | DatePrecision | LocationPrecision],
    unknown: Category | Subtype | Status | DatePrecision | LocationPrecision,
) -> pa.Array:
    """Return the codes of a column; anything else is noted, and replaced by `unknown`."""
    text = cells.text(field)
    known = pc.is_in(text, value_set=pa.array([code.value for code in vocabulary]))
    at = np.flatnonzero(~np.asarray(pc.fill_null(known, False)))  # noqa: FBT003  # the fill value
    cells.ledger.repair(Repair.KIND_UNKNOWN if field == "subtype" else Repair.PRECISION_MISSING, at)
    return pc.if_else(known, text, unknown.value).fill_null(unknown.value)


def _toll(cells: Cells, about: About) -> People:
    low, high = cells.people(f"{about}_low", about).low, cells.people(f"{about}_high", about).high
    same = pc.fill_null(pc.equal(low, high), False)  # noqa: FBT003  # the fill value
    return People(low, pc.if_else(same, low, None), high)


KINDS: Final = (
    FileKind(
        code="exported",
        words=say("kind-exported"),
        draft=exported_draft,
        needed=names_in("id date_start date_precision location_precision lon lat toll_rule side_probability"),
        columns=COLUMNS,
        also={"lon": ("longitude",), "lat": ("latitude",)},
        called={"id": "id", "date": "date_start", "country": "country", "latitude": "lat", "longitude": "lon"},
        notes=lambda columns: [say("note-exported")] if columns else [],
        geometry_counts=False,
    ),
)
