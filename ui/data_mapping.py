"""Which column of a plain file holds what: guessed, or as it was confirmed before, and confirmed by the user."""

from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import streamlit as st

from geo.datasets import DataFolder
from geo.datasets.mappings import kept_mapping
from geo.imports.block import ROW, Rows
from geo.imports.mapping.day_order import ORDER_FIELD, DatesSeen, DayOrder, dates_seen
from geo.imports.mapping.guess import NEEDED, PLAIN_FIELDS, guess_columns
from geo.wording import count_words, list_words
from ui.data_desk import Upload
from ui.plain_text import plain

_WORDS: Final[Mapping[str, str]] = {
    "id": "Identifier",
    "date_start": "Day it began",
    "date_end": "Day it ended",
    "date_precision": "How well the day is known",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "location_precision": "How well the place is known",
    "uncertainty_km": "Radius in km",
    "country": "Country",
    "province": "Province",
    "district": "District",
    "place": "Place",
    "category": "Category",
    "subtype": "Kind of incident",
    "title": "Title",
    "summary": "Description",
    "actors": "Who took part",
    "actor_2": "Who else took part",
    "killed": "Killed, best figure",
    "killed_low": "Killed, lowest",
    "killed_high": "Killed, highest",
    "source": "Source",
    "url": "Link",
}
_FIRST: Final = (
    *("date_start", "latitude", "longitude", "country", "province", "place", "category", "title", "actors"),
    *("killed", "source", "id"),
)
_PREVIEW_ROWS: Final = 5
_COLUMNS: Final = 4


def mapping_form(upload: Upload, rows: Rows, folder: DataFolder) -> dict[str, str]:
    """Draw the file's first rows and a choice of column for each field, and return the column by field."""
    kept = kept_mapping(folder, rows.header)
    guess = kept if kept is not None else guess_columns(rows.sample)
    st.markdown("### Which column holds what")
    said = "As you confirmed it for a file with these columns." if kept is not None else "Guessed from their names."
    st.caption(f"{said} Check it: what you import it with is kept for the next file with the same columns.")
    preview(rows.sample)
    more = [field for field in PLAIN_FIELDS if field not in _FIRST]
    chosen = _choices(_FIRST, upload, rows, guess)
    with st.expander(f"More fields: {list_words([_WORDS[field].lower() for field in more])}"):
        chosen |= _choices(more, upload, rows, guess)
    mapping = {field: column for field, column in chosen.items() if column is not None}
    order = _order(upload, dates_seen(rows.sample, mapping), guess.get(ORDER_FIELD))
    return mapping | ({ORDER_FIELD: order} if order else {})


def _order(upload: Upload, seen: DatesSeen, kept: str | None) -> str | None:
    """Draw what comes first in dates that could be either, day or month, and return it; what was kept where none could.

    A caption says what the other dates of the file tell.
    """
    if not seen.either:
        return kept
    orders = {order.value: order.words for order in DayOrder}
    chosen = st.radio(
        f"Dates such as {plain(seen.either)} have",
        list(orders),
        index=list(orders).index(kept if kept in orders else seen.order),
        format_func=orders.__getitem__,
        horizontal=True,
        key=f"data-order-{upload.number}-{upload.table}",
    )
    st.caption(order_words(seen))
    return chosen


def order_words(seen: DatesSeen) -> str:
    """Say what dates that can be read in one order only tell of the others."""
    if seen.day_first and seen.month_first:
        return (
            f"In its first rows, {count_words(seen.day_first, 'date')} can only have the day first and "
            f"{seen.month_first:,} only the month: these are read as they must be, the others as you choose."
        )
    if seen.undecided:
        return "No date in its first rows tells which: each could be read either way. Please look."
    only = count_words(seen.day_first or seen.month_first, "date")
    return f"Told from {only} in its first rows that can be read in one order only."


def lacking(mapping: Mapping[str, str]) -> str | None:
    """Say what a mapping needs before any row can be an incident; None if nothing.

    >>> lacking({"date_start": "Day", "country": "Land"}), lacking({"latitude": "y", "longitude": "x"})
    (None, 'Choose the column with the day it began.')
    """
    for field in NEEDED:
        if field not in mapping:
            return f"Choose the column with the {_WORDS[field][0].lower()}{_WORDS[field][1:]}."
    if "country" not in mapping and not {"latitude", "longitude"} <= mapping.keys():
        return "Choose the columns with latitude and longitude, or the one with the country."
    return None


def preview(sample: pa.Table) -> None:
    """Draw the first rows of a file as they stand in it."""
    rows = sample.slice(0, _PREVIEW_ROWS).select([name for name in sample.column_names if name != ROW])
    st.dataframe(rows.to_pandas(), hide_index=True, alt="The first rows of the file, as they stand in it")


def _choices(
    fields: tuple[str, ...] | list[str], upload: Upload, rows: Rows, guess: Mapping[str, str]
) -> dict[str, str | None]:
    chosen: dict[str, str | None] = {}
    for start in range(0, len(fields), _COLUMNS):
        for beside, field in zip(st.columns(_COLUMNS), fields[start : start + _COLUMNS], strict=False):
            column = guess.get(field)
            chosen[field] = beside.selectbox(
                _WORDS[field],
                rows.header,
                index=rows.header.index(column) if column in rows.header else None,
                placeholder="none",
                key=f"data-column-{upload.number}-{upload.table}-{field}",
            )
    return chosen
