"""The page of claimants: the table of who speaks, the panels, and the files."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.evidence.contradictions import by_claimant, contradictions, pairs, side_words, widest_gaps
from geo.export import csv_format, xlsx_format
from geo.export.claimants_page import SHEETS, evidence_csv, evidence_workbook
from geo.export.formats import ExportFormat, file_name
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import ClaimantKind
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.selection.filters import Filters
from geo.table.incident_table import IncidentTable
from ui.claimants.claimant_panels import gap_order, gaps_panel, pairs_panel
from ui.parts.denial_panel import denials_panel
from ui.parts.filter_bar import ANY, one_of
from ui.parts.tables import SORTS, chosen_row, how_to_choose, remember_rows
from ui.resources import Resources
from ui.state import choose_claimant, claimant_widget

# Who speaks: a table of claimants that sorts, by choice of side and kind; a row restricts the page to one of them.

_KEY: Final = "who-table"


def speaker_choice(speakers: pd.DataFrame) -> pd.DataFrame:
    """Draw the choices of side and kind and return the speakers that they leave, as `by_claimant` has them."""
    beside_side, beside_kind, _ = st.columns([1, 1, 2])
    with beside_side:
        side = one_of(say("column-side"), "side", {side: side_words(side) for side in _present(speakers["side"])})
    with beside_kind:
        kind = one_of(
            say("column-kind"), "kind", {kind: ClaimantKind(kind).words for kind in _present(speakers["kind"])}
        )
    chosen = speakers[(speakers["side"] == side) | (side == ANY)]
    return chosen[(chosen["kind"] == kind) | (kind == ANY)]


def speaker_table(speakers: pd.DataFrame, *, everybody: int) -> None:
    """Draw the speakers, those who speak of most incidents first; `everybody` is how many the selection has."""
    if speakers.empty:
        st.info(say("claimant-nobody"))
        return
    st.dataframe(
        _shown(speakers),
        key=_KEY,
        on_select=_row_chosen,
        selection_mode="single-row",
        hide_index=True,
        height=min(460, 38 + 35 * len(speakers)),
        column_config=_columns(),
        alt=say("claimant-table-label"),
    )
    remember_rows(_KEY, speakers.index)
    st.caption(
        say(
            "claimant-count",
            shown=len(speakers),
            all=everybody,
            how_to_sort=SORTS,
            how_to_choose=how_to_choose(say("claimant-see-contradicted")),
        )
    )


def _shown(speakers: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("column-claimant"): speakers["name"],
            say("column-side"): speakers["side"].map(side_words),
            say("column-independent"): speakers["independent"],
            say("column-speaks-of"): speakers["incidents"],
            say("column-contradicted"): speakers["contradicted"],
            say("column-asserts"): speakers["asserts"],
            say("column-acknowledges"): speakers["acknowledges"],
            say("column-denies"): speakers["denies"],
            say("column-unconfirmed"): speakers["unconfirmed"],
            say("column-figures"): speakers["figures"],
            say("column-kind"): [ClaimantKind(kind).words for kind in speakers["kind"]],
        }
    )


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        say("column-claimant"): column.TextColumn(width=280),
        say("column-independent"): column.CheckboxColumn(help=say("claimant-independent-help")),
        say("column-speaks-of"): column.NumberColumn(format="localized", help=say("claimant-speaks-help")),
        say("column-acknowledges"): column.NumberColumn(help=say("claimant-acknowledges-help")),
        say("column-unconfirmed"): column.NumberColumn(help=say("claimant-unconfirmed-help")),
        say("column-figures"): column.NumberColumn(format="localized", help=say("claimant-figures-help")),
        say("column-contradicted"): column.NumberColumn(help=say("claimant-contradicted-help")),
    }


def _present(codes: pd.Series) -> list[str]:
    return sorted(codes.unique())


def _row_chosen() -> None:
    claimant = chosen_row(_KEY)
    if claimant:
        choose_claimant(claimant)


# What the page of claimants shows, as files.


def who_downloads(filters: Filters, table: IncidentTable, layers: Boundaries) -> None:
    """Draw the buttons; a file is made only when it is asked for."""
    st.markdown(f"## {say('downloads')}")
    columns = st.columns(len(SHEETS) + 1)
    for name, column in zip(SHEETS, columns, strict=False):
        with column:
            label = say("claimant-as-csv", table=name.capitalize())
            _button(label, name, csv_format.FORMAT, filters, _csv(name, filters, table))
    with columns[-1]:
        _button(
            say("download-workbook"),
            "claimants",
            xlsx_format.FORMAT,
            filters,
            lambda: evidence_workbook(filters, table, layers),
        )
    st.caption(say("claimant-files-note"))


def _csv(name: str, filters: Filters, table: IncidentTable) -> Callable[[], bytes]:
    return lambda: evidence_csv(name, filters, table)


def _button(label: str, name: str, kind: ExportFormat, filters: Filters, write: Callable[[], bytes]) -> None:
    st.download_button(
        label,
        write,
        file_name=file_name(filters, format=kind).replace("incidents", name, 1),
        mime=kind.media_type,
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


# The page of claimants: who denies what, who contradicts whom, where the figures lie widest apart, and who speaks.

HOW_TO_READ = say("claimant-contradiction-note")


def contradiction_view(filters: Filters, found: Resources) -> None:
    """Draw the denials, then the pairs beside the gaps, of all claimants or of one."""
    table = found.table
    incidents = table.selected(filters)
    only = _claimant_choice(by_claimant(incidents, table.claimants), table.claimants)
    denials_panel(incidents, table, key="who-denials", only=only)
    order = gap_order()
    beside_pairs, beside_gaps = st.columns(2, gap="small")
    met = [p for p in pairs(contradictions(incidents, table.claimants)) if only in (None, *p.claimants)]
    gaps = [g for g in widest_gaps(incidents, order=order) if only in (None, g.lowest.by, g.highest.by)]
    with beside_pairs:
        pairs_panel(met, table, only=only)
    with beside_gaps:
        gaps_panel(gaps, table, only=only)


def speaker_view(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> None:
    """Draw the table of claimants under the choices of side and kind."""
    st.markdown(f"## {say('claimants')}")
    speakers = by_claimant(incidents, claimants)
    speaker_table(speaker_choice(speakers), everybody=len(speakers))


def _claimant_choice(speakers: pd.DataFrame, claimants: Mapping[str, Claimant]) -> str | None:
    """Draw the choice of one claimant and return its id, None for all."""
    names = {by: claimants[by].name for by in speakers.sort_values("name").index}
    key = claimant_widget(list(names))
    chosen: str | None = st.selectbox(
        say("column-claimant"),
        list(names),
        format_func=names.__getitem__,
        index=None,
        key=key,
        placeholder="all",
        width=340,
        on_change=lambda: choose_claimant(st.session_state[key]),
    )
    return chosen
