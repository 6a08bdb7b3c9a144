"""All provinces as a table that sorts: the map's text twin, with a small trend and a row to choose."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.aggregate import TOLLS, toll_words, tolls_beside
from geo.claims import Rule
from ui.row_choice import chosen_row, remember_rows
from ui.state import choose_profile

_KEY: Final = "province-table"
TOLL_HEADS: Final = {"killed": "Killed", "injured": "Injured", "crossed": "Crossed"}
_APART: Final = "Killed, highest over lowest"
_SHARED: Final = "*: with the toll of a whole event of which only a part is counted in the province"


def province_table(
    provinces: pd.DataFrame, apart: pd.DataFrame, trend: pd.DataFrame, rule: Rule, names: Mapping[str, str]
) -> pd.DataFrame:
    """Draw the provinces, most incidents first, then the row of incidents in no one province; return what is shown.

    `provinces`, `apart` and `trend` are as `by_province`, `without_province` and `by_quarter` return them; there is at
    least one incident; `rule` is the one their tolls were made by; `names` are those of datasets, by id.
    """
    rows = pd.concat([provinces.sort_values(["incidents", "province"], ascending=[False, True]), apart])
    shown, beside = _shown(rows), deaths_beside(rows, names)
    killed_at = list(shown).index(TOLL_HEADS["killed"]) + 1
    for at, head in enumerate(beside, killed_at):
        shown.insert(at, head, beside[head])
    span = f"Incidents by quarter, {trend.columns[0]} to {trend.columns[-1]}"
    heads = [str(head) for head in shown]
    small = pd.Series([_counts(trend, code) for code in rows.index], index=rows.index)
    st.markdown("## All provinces")
    st.dataframe(
        shown.assign(Trend=small),
        key=_KEY,
        on_select=_row_chosen,
        selection_mode="single-row",
        hide_index=True,
        height=460,
        placeholder="",
        column_order=[*heads[:3], "Trend", *heads[3:]],
        column_config=_columns(span, int(trend.to_numpy().max()), rule, list(map(str, beside))),
        alt="Incidents by province, most first",
    )
    remember_rows(_KEY, rows.index)
    st.caption(
        f"Killed, injured, crossed: {rule.name}; {_SHARED}, so these columns do not add up.{_not_added(beside)} "
        "Empty: no figure by this rule. Click a column's head to sort, a row to open its profile."
    )
    return shown


def deaths_beside(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return what imported datasets tell of people killed, beside the record, under heads with their names."""
    return tolls_beside(rows).rename(columns=lambda name: f"{TOLL_HEADS['killed']}, {names.get(name, name)}")


def _not_added(beside: pd.DataFrame) -> str:
    if not len(beside.columns):
        return ""
    return f" {', '.join(map(str, beside))}: partly of the same people as the record’s, and never added to them."


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    records = list(rows.itertuples())
    tolls = {TOLL_HEADS[name]: [toll_words(record, name) for record in records] for name in TOLLS}
    highest = {f"{TOLL_HEADS[name]}, upper": rows[f"{name}_high"] for name in TOLLS}
    return pd.DataFrame(
        {
            "Province": rows["province"],
            "Country": rows["country"],
            "Incidents": rows["incidents"],
            "Crossings": rows["crossings"],
            "Strikes": rows["strikes"],
            "Clashes": rows["clashes"],
            **({"Other": rows["others"]} if rows["others"].any() else {}),
            "Disputed": rows["disputed"],
            "Disputed share": rows["disputed_share"] * 100,
            **tolls,
            **highest,
            _APART: rows["killed_ratio"],
            "Per 10,000 km²": rows["per_10000_km2"],
            "Border km": rows["border_km"],
            "Per 100 km of border": rows["per_100_km_border"],
            "First": rows["first"].dt.date,
            "Last": rows["last"].dt.date,
        },
        index=rows.index,
    )


def _columns(span: str, most: int, rule: Rule, beside: Sequence[str]) -> dict[str, Any]:
    column = st.column_config
    words = f"{rule.name}; {_SHARED}"
    heads = [*TOLL_HEADS.values(), *beside]
    ruled = {head: column.TextColumn(help=words, alignment="right", width=150) for head in heads}
    sorting = {
        f"{head}, upper": column.NumberColumn(format="localized", help=f"{rule.name}; to sort by")
        for head in TOLL_HEADS.values()
    }
    return {
        "Trend": column.BarChartColumn(help=span, y_min=0, y_max=most, width="small"),
        "Disputed share": column.NumberColumn(format="%.0f %%"),
        _APART: column.NumberColumn(
            format="%.1f", help="Of all claims, whatever the rule; empty where the lowest is nobody"
        ),
        "Per 10,000 km²": column.NumberColumn(format="%.2f"),
        "Border km": column.NumberColumn(format="%.0f", help="Of the Durand Line and the Afghan–Tajik border"),
        "Per 100 km of border": column.NumberColumn(format="%.2f", help="All of its incidents, near the border or not"),
        "First": column.DateColumn(format="D MMM YYYY", help="Day on which the first began"),
        "Last": column.DateColumn(format="D MMM YYYY", help="Day on which the last began"),
        **ruled,
        **sorting,
    }


def _counts(trend: pd.DataFrame, code: str) -> list[int]:
    return [int(count) for count in trend.reindex([code], fill_value=0).to_numpy()[0]]


def _row_chosen() -> None:
    code = chosen_row(_KEY)
    if code:
        choose_profile(code if "-" in code else None)
