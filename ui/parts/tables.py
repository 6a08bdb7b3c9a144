"""Sortable tables whose rows can be chosen: the component, its cells, and the table of selected incidents."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.incident.dates import when_words
from geo.incident.vocabulary import Category, Country, LocationPrecision, Status, Subtype
from geo.language.messages import number_words, range_words, say
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.sentences import NO_FIGURE
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable
from geo.table.queries import Sort
from ui.parts.components import component, draw_component, plain, render
from ui.resources import Resources, resources, storage_errors_shown
from ui.state import INCIDENT_KEY, page_of_rows, put_in_url, value_in_url

# A row is chosen by a click anywhere on it, by Enter or by Space, while arrow keys only move from row to row. In
# Streamlit's own table one has to hit a small box, or each arrow key chooses.

_NUMBER_PX: Final = 92
_TEXT_PX: Final = 132
WIDE_PX: Final = 280
"""Width of a column of titles, which may wrap to two lines."""


class Cell(NamedTuple):
    """What a cell shows, and what it sorts by if that is different."""

    shown: str | Markup
    sort: str | float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How a column is shown; by default, numbers are rounded to integers and texts are shown as they are."""

    help: str = ""
    width_px: int | None = None
    words: Callable[[Any], str | Markup] | None = None
    """Formats values that are not missing; the column still sorts by the value itself."""
    right: bool = False
    """Whether texts are right-aligned, like numbers."""
    cut: bool = False
    """Whether long texts are cut to one line, with the whole text as tooltip."""


def choosable_table(  # noqa: PLR0913  # all but the first are keyword-only
    rows: pd.DataFrame,
    *,
    key: str,
    ids: Iterable[str],
    on_choose: Callable[[str], None],
    chosen: str | None,
    label: str,
    height: int,
    columns: Mapping[str, Column] | None = None,
    missing: str = "",
) -> None:
    """Draw a table; `on_choose` gets the id of a chosen row, one of `ids`, which are in the order of the rows.

    The row with the id `chosen` is highlighted. Cells hold texts, numbers, booleans or `Cell`; `missing` is shown for
    missing values. Use the same key for all selections: a table keeps its sort order when its rows change.
    """
    html = table_html(rows, ids=ids, label=label, height=height, columns=columns, missing=missing)
    draw_table(html, key=key, on_choose=on_choose, chosen=chosen)


def table_html(  # noqa: PLR0913  # all but the first are keyword-only
    rows: pd.DataFrame,
    *,
    ids: Iterable[str],
    label: str,
    height: int,
    columns: Mapping[str, Column] | None = None,
    missing: str = "",
) -> str:
    """Return the HTML for `draw_table`; the parameters are as for `choosable_table`."""
    shaped = {str(head): (columns or {}).get(str(head), Column()) for head in rows}
    numeric = [pd.api.types.is_numeric_dtype(rows[head]) and rows[head].dtype != bool for head in rows]
    heads = [
        {
            "name": head,
            "help": column.help,
            "right": column.right or number,
            "width": column.width_px or (_NUMBER_PX if number else _TEXT_PX),
        }
        for (head, column), number in zip(shaped.items(), numeric, strict=True)
    ]
    columns_of_cells = (
        [(*_cell(value, column.words, missing), head["right"], column.cut) for value in rows[name]]
        for (name, column), head in zip(shaped.items(), heads, strict=True)
    )
    lines = zip(ids, zip(*columns_of_cells, strict=True), strict=True)
    return render("table.html", label=label, height=height, heads=heads, rows=lines)


def draw_table(html: str, *, key: str, on_choose: Callable[[str], None], chosen: str | None) -> None:
    """Draw a table from `table_html`; the other parameters are as for `choosable_table`."""
    made = component("table", '<div class="frame"></div>', css=("table.css",))
    draw_component(made, key=key, data={"html": html, "chosen": chosen}, on_choose=on_choose)


def _cell(value: Any, words: Callable[[Any], str | Markup] | None, missing: str) -> Cell:
    if isinstance(value, Cell):
        return value
    if isinstance(value, str):
        return Cell(words(value) if words else value, None)
    if pd.isna(value):
        return Cell(missing, "")
    if isinstance(value, bool | np.bool_):
        return Cell("✓" if value else "", int(value))
    return Cell(words(value) if words else number_words(value), float(value))


def how_to_choose(to: str) -> str:
    """Say how a row is chosen, and what for.

    >>> how_to_choose(say("table-open-card"))
    'Click a row to open its card; on the keyboard, arrows move between rows, and Enter or Space chooses.'
    """
    return say("table-how-to-choose", end=to)


SORTS: Final = say("table-how-to-sort")


def when_cell(first: date, words: str) -> Cell:
    """Return a cell for a date: it shows words, and sorts by the first possible day.

    A date column would claim too much for what is known only to a month, and words would sort alphabetically.

    >>> when_cell(date(2026, 6, 27), "within 27–29 June 2026")
    Cell(shown='within 27–29 June 2026', sort='2026-06-27')
    """
    return Cell(words, first.isoformat())


WHEN: Final = Column(width_px=152)
TITLE: Final = Column(width_px=WIDE_PX)


def links_cell(addresses: Mapping[str, str | None], missing: str) -> Cell:
    """Return a cell with links by their labels, which open in a new tab, or `missing` if there are none."""
    link = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
    there = {name: address for name, address in addresses.items() if address}
    return Cell(Markup(" ").join(link.format(address, name) for name, address in there.items()) or missing, len(there))


def trend_cell(counts: Sequence[int], most: int) -> Cell:
    """Return a cell with a small column chart of counts; `most` is the highest count in the table."""
    bar = Markup('<rect x="{}" y="{}" width="3" height="{}"/>')
    heights = [round(20 * count / most, 1) for count in counts]
    bars = Markup("").join(bar.format(4 * at, 20 - high, high) for at, high in enumerate(heights) if high)
    drawn = Markup('<svg viewBox="0 0 {} 20" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
    return Cell(drawn.format(4 * len(counts), bars), sum(counts))


def status_column() -> Column:
    """Return the settings of a column of statuses, whose help explains each status."""
    return Column(help="\n".join(f"{status.label}: {status.meaning}" for status in Status), width_px=96)


# The selected incidents as a table, the text alternative to the map; paged if there are many.

PAGE_ROWS: Final = 100
WHOLE_ROWS: Final = 500
"""Largest number of rows without paging; a thousand would be as many bytes as everything else a new selection sends."""
_KEY: Final = "incident-table"
_SORTS: Final = {
    Sort.NEWEST: say("sort-newest"),
    Sort.OLDEST: say("sort-oldest"),
    Sort.DEADLIEST: say("sort-deadliest"),
}


def incident_table(filters: Filters, found: Resources) -> None:
    """Draw the selected incidents, latest first; choosing a row opens its card."""
    table = found.table
    total = table.count(filters)
    if total > WHOLE_ROWS:
        _pages(filters, total)
        return
    _draw(
        found.kept(
            "incident-table", filters, lambda: _html(table.select(filters).iloc[::-1], found, label=say("table-label"))
        )
    )
    st.caption(f"{_about_killed(table)} {SORTS} {how_to_choose(say('table-open-card'))}")


@st.fragment
@storage_errors_shown()
def _pages(filters: Filters, total: int) -> None:
    """Draw a page of the selected incidents; turning pages reruns nothing else."""
    found = resources()
    table = found.table
    pages = -(-total // PAGE_ROWS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        sort = st.selectbox(
            say("table-order"), list(_SORTS), format_func=_SORTS.__getitem__, key=f"{_KEY}-order", width=190
        )
        key = page_of_rows(_KEY, f"{sort} {filters.to_query()}", pages)
        page = int(st.number_input(say("table-page-of", pages=pages), 1, pages, key=key, width=190))
        first = (page - 1) * PAGE_ROWS
        st.markdown(say("table-rows", first=first + 1, last=min(first + PAGE_ROWS, total), total=total))
    label = say("table-page-label", page=page, order=_SORTS[sort])

    def made() -> str:
        return _html(table.page(filters, offset=first, limit=PAGE_ROWS, sort=sort), found, label=label)

    _draw(found.kept(("incident-table", sort, first), filters, made))
    chosen = how_to_choose(say("table-open-card"))
    st.caption(f"{_about_killed(table)} {chosen} {say('table-sorts-page')}")


def _draw(html: str) -> None:
    draw_table(html, key=_KEY, on_choose=partial(put_in_url, INCIDENT_KEY), chosen=value_in_url(INCIDENT_KEY))


def _html(rows: pd.DataFrame, found: Resources, *, label: str) -> str:
    return table_html(
        _shown(rows, found.boundaries),
        ids=rows.index,
        label=label,
        height=420,
        columns={
            say("column-when"): WHEN,
            say("column-incident"): TITLE,
            say("column-category"): Column(width_px=92),
            say("column-status"): status_column(),
            say("column-place"): Column(width_px=140),
            say("column-killed"): Column(help=say("rule-of-incident", rule=found.table.rule.name), right=True),
            say("column-border-km"): Column(help=say("table-border-help"), words=partial(number_words, decimals=1)),
        },
    )


def _about_killed(table: IncidentTable) -> str:
    return say("table-about-killed", rule=plain(table.rule.name))


COUNTRIES, _CATEGORIES, _SUBTYPES, _STATUSES, _PRECISIONS = (
    {code.value: code.label for code in vocabulary}
    for vocabulary in (Country, Category, Subtype, Status, LocationPrecision)
)


def _shown(rows: pd.DataFrame, layers: Boundaries) -> pd.DataFrame:
    """Return the table's columns, the most important first, as these fit on an average screen."""
    whence = {} if (rows["dataset"] == CURATED).all() else {say("column-dataset"): rows["dataset"]}
    return pd.DataFrame(
        {
            say("column-when"): [_when(*when) for when in _of(rows, "date_start", "date_end", "date_precision")],
            say("column-incident"): rows["title"],
            say("column-category"): rows["category"].map(_CATEGORIES),
            say("column-status"): rows["status"].map(_STATUSES),
            say("column-place"): rows["place"],
            say("column-province"): _provinces(rows, layers),
            say("column-killed"): [_killed(*toll) for toll in _of(rows, "killed_low", "killed_high", "killed_or_more")],
            say("column-subtype"): rows["subtype"].map(_SUBTYPES),
            say("column-country"): rows["country"].map(COUNTRIES),
            say("column-known-to"): rows["location_precision"].map(_PRECISIONS),
            say("column-border-km"): rows["border_km"],
            say("column-claims"): rows["claims"],
            say("column-sources"): rows["sources"],
            **whence,
        }
    )


def _provinces(rows: pd.DataFrame, layers: Boundaries) -> list[str]:
    """Return the names of each incident's provinces, all of them if it lies in several."""
    names = layers.provinces["province"].to_dict()
    reported = rows["province"].fillna(say("not-known"))
    return [
        ", ".join(names[code] for code in codes) if len(codes) > 1 else name
        for codes, name in zip(rows["province_codes"], reported, strict=True)
    ]


def _of(rows: pd.DataFrame, *columns: str) -> Iterable[tuple[Any, ...]]:
    """Return the values of some columns as tuples, row by row."""
    return zip(*(rows[name] for name in columns), strict=True)


def _when(start: pd.Timestamp, end: pd.Timestamp, precision: str) -> Cell:
    return when_cell(start.date(), when_words(start.date(), None if pd.isna(end) else end.date(), precision))


def _killed(low: Any, high: Any, or_more: Any) -> Cell:
    if pd.isna(low):
        return Cell(NO_FIGURE, "")
    return Cell(range_words(int(low), int(high), or_more=bool(or_more)), int(high))
