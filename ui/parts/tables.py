"""Tables that sort, with a row to choose: the map's text twin, and a column of days."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.incident.dates import when_words
from geo.incident.vocabulary import Category, LocationPrecision, Status, Subtype
from geo.language.formatting import range_words
from geo.language.messages import say
from geo.selection.filters import Filters
from geo.sentences import NO_FIGURE
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable
from geo.table.queries import Sort
from ui.parts.filter_bar import explained
from ui.resources import resources, storage_errors_shown
from ui.state import choose_incident, page_of_rows

# A table one of whose rows can be chosen: Streamlit tells a row's position, the pages want its code.


def choosable_table(
    rows: pd.DataFrame, *, key: str, ids: Iterable[str], on_choose: Callable[[str], None], **options: Any
) -> None:
    """Draw a table; `on_choose` gets the chosen row's code, one of `ids` in the order of the rows."""

    def chosen() -> None:
        at = st.session_state[key]["selection"]["rows"]
        if at and (code := str(st.session_state[f"{key}-codes"][at[0]])):
            on_choose(code)

    st.dataframe(rows, key=key, on_select=chosen, selection_mode="single-row", hide_index=True, **options)
    st.session_state[f"{key}-codes"] = list(ids)


def how_to_choose(to: str) -> str:
    """Say how a row is chosen, and to what end: a click on a cell chooses none.

    >>> how_to_choose(say("table-open-card"))
    'Tick a row in the column at its left, or press Shift and Space in it, to open its card.'
    """
    return say("table-how-to-choose", end=to)


SORTS: Final = say("table-how-to-sort")


# A column of days in a table: it shows when something was, in words, and sorts by the day.
# A column of dates would show a day for what is known to a month only, and words alone would sort by their letters.
# So a cell holds the first possible day and the words; the grid sorts by the whole, shows the words, and copies
# both.

_BETWEEN: Final = " · "
_LETTER_PX: Final = 6.8
_MARGINS_PX: Final = 20
_NARROWEST_PX: Final = 110


def when_cell(first: date, words: str) -> str:
    """Return what a cell holds: the first possible day, which it sorts by, and what it shows.

    >>> when_cell(date(2026, 6, 27), "within 27–29 June 2026")
    '2026-06-27 · within 27–29 June 2026'
    """
    return f"{first.isoformat()}{_BETWEEN}{words}"


def when_words_of(cell: object) -> str:
    """Return what a cell shows.

    >>> when_words_of("2026-06-27 · within 27–29 June 2026")
    'within 27–29 June 2026'
    """
    return str(cell).split(_BETWEEN, 1)[-1]


def when_column(cells: Iterable[object], *, help_text: str | None = None) -> Any:
    """Return the configuration of a column of such cells, or of none, wide enough for the longest words."""
    different = sorted({cell for cell in cells if isinstance(cell, str)})
    longest = max((len(when_words_of(cell)) for cell in different), default=0)
    return st.column_config.SelectboxColumn(
        options=different,
        format_func=when_words_of,
        width=max(round(_LETTER_PX * longest) + _MARGINS_PX, _NARROWEST_PX),
        help=help_text,
    )


def status_column() -> Any:
    """Return the configuration of a column of statuses, which says in its head what each means."""
    return st.column_config.TextColumn(help=explained({status.label: status.meaning for status in Status}))


# The map's text twin: the same incidents as a table that sorts, with a row to choose; many are paged through.

PAGE_ROWS: Final = 100
WHOLE_ROWS: Final = 500
"""More are paged through: a thousand rows are as many bytes as all else that a new selection sends."""
_KEY: Final = "incident-table"
_SORTS: Final = {
    Sort.NEWEST: say("sort-newest"),
    Sort.OLDEST: say("sort-oldest"),
    Sort.DEADLIEST: say("sort-deadliest"),
}


def incident_table(filters: Filters, table: IncidentTable) -> None:
    """Draw the selected incidents, latest first; choosing a row opens its card."""
    total = table.count(filters)
    if total > WHOLE_ROWS:
        _pages(filters, total)
        return
    _rows(table.select(filters).iloc[::-1], table, alt=say("table-label"), height_px=420)
    st.caption(f"{_about_killed(table)} {SORTS} {how_to_choose(say('table-open-card'))}")


@st.fragment
@storage_errors_shown()
def _pages(filters: Filters, total: int) -> None:
    """Draw a page of the selected incidents; turning it reruns nothing else."""
    table = resources().table
    pages = -(-total // PAGE_ROWS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        sort = st.selectbox(
            say("table-order"), list(_SORTS), format_func=_SORTS.__getitem__, key=f"{_KEY}-order", width=190
        )
        key = page_of_rows(_KEY, f"{sort} {filters.to_query()}", pages)
        page = int(st.number_input(say("table-page-of", pages=pages), 1, pages, key=key, width=190))
        first = (page - 1) * PAGE_ROWS
        st.markdown(say("table-rows", first=first + 1, last=min(first + PAGE_ROWS, total), total=total))
    rows = table.page(filters, offset=first, limit=PAGE_ROWS, sort=sort)
    _rows(rows, table, alt=say("table-page-label", page=page, order=_SORTS[sort]), height_px=420)
    chosen = how_to_choose(say("table-open-card"))
    st.caption(f"{_about_killed(table)} {chosen} {say('table-sorts-page')}")


def _rows(rows: pd.DataFrame, table: IncidentTable, *, alt: str, height_px: int) -> None:
    shown = _shown(rows)
    choosable_table(
        shown,
        key=_KEY,
        ids=rows.index,
        on_choose=choose_incident,
        height=height_px,
        placeholder="",
        column_config={
            say("column-when"): when_column(shown[say("column-when")]),
            say("column-incident"): st.column_config.TextColumn(width="large"),
            say("column-status"): status_column(),
            say("column-killed"): st.column_config.TextColumn(help=say("rule-of-incident", rule=table.rule.name)),
            say("column-killed-upper"): st.column_config.NumberColumn(
                format="localized", help=say("rule-to-sort-by", rule=table.rule.name)
            ),
            say("column-border-km"): st.column_config.NumberColumn(format="%.1f", help=say("table-border-help")),
        },
        alt=alt,
    )


def _about_killed(table: IncidentTable) -> str:
    return say("table-about-killed", rule=table.rule.name)


_CATEGORIES, _SUBTYPES, _STATUSES, _PRECISIONS = (
    {code.value: code.label for code in vocabulary} for vocabulary in (Category, Subtype, Status, LocationPrecision)
)


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    whence = {} if (rows["dataset"] == CURATED).all() else {say("column-dataset"): rows["dataset"]}
    return pd.DataFrame(
        {
            say("column-when"): [_when(row) for row in rows.itertuples()],
            say("column-incident"): rows["title"],
            say("column-category"): rows["category"].map(_CATEGORIES),
            say("column-subtype"): rows["subtype"].map(_SUBTYPES),
            say("column-status"): rows["status"].map(_STATUSES),
            say("column-place"): rows["place"],
            say("column-province"): _provinces(rows),
            say("column-country"): rows["country"],
            say("column-known-to"): rows["location_precision"].map(_PRECISIONS),
            say("column-killed"): [_killed(row) for row in rows.itertuples()],
            say("column-killed-upper"): rows["killed_high"],
            say("column-border-km"): rows["border_km"],
            say("column-claims"): rows["claims"],
            say("column-sources"): rows["sources"],
            **whence,
        }
    )


def _provinces(rows: pd.DataFrame) -> list[str]:
    """Name the provinces of each incident, all of them where there are several."""
    names = resources().boundaries.provinces["province"].to_dict()
    reported = rows["province"].fillna(say("not-known"))
    return [
        ", ".join(names[code] for code in codes) if len(codes) > 1 else name
        for codes, name in zip(rows["province_codes"], reported, strict=True)
    ]


def _when(row: Any) -> str:
    end = None if pd.isna(row.date_end) else row.date_end.date()
    return when_cell(row.date_start.date(), when_words(row.date_start.date(), end, row.date_precision))


def _killed(row: Any) -> str:
    if pd.isna(row.killed_low):
        return NO_FIGURE
    return range_words(int(row.killed_low), int(row.killed_high), or_more=bool(row.killed_or_more))
