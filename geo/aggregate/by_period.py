"""Incidents by year, quarter or month, and tables pivoted from the same counts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import pandas as pd

from geo.aggregate.by_province import NO_PROVINCE, NO_PROVINCE_NAME
from geo.filters import Filters
from geo.table import IncidentTable
from geo.vocabulary import Category, to_show

TOTAL: Final = "All"
"""Name of the row and the column that add the others up."""


class Period(StrEnum):
    """How finely time is cut."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def code(self) -> str:
        """Return pandas' code."""
        return {"year": "Y", "quarter": "Q", "month": "M"}[self.value]


def by_period(filters: Filters, table: IncidentTable, *, period: Period | str) -> pd.DataFrame:
    """Count the incidents of a choice by period, province and category.

    Returns
    -------
    DataFrame
        Columns `period` (pandas Period), `province_code` (NO_PROVINCE where there is no one province), `category`,
        `incidents` and `disputed`; only what is not zero, oldest first. An incident belongs to the period it began in.

    """
    months = table.province_months(filters)
    periods = pd.DatetimeIndex(months["month"]).to_period(Period(period).code)
    keyed = months.assign(period=periods, province_code=months["province_code"].fillna(NO_PROVINCE))
    counts = keyed.groupby(["period", "province_code", "category"], as_index=False)[["incidents", "disputed"]].sum()
    return counts.astype({"incidents": int, "disputed": int})


def by_quarter(filters: Filters, table: IncidentTable) -> pd.DataFrame:
    """Count by province (index) and quarter (columns, without gaps, to the choice's ends): the small trends."""
    return _crossed(by_period(filters, table, period=Period.QUARTER), "province_code", "period")


def pivot(counts: pd.DataFrame, rows: str, columns: str, *, names: Mapping[str, str]) -> pd.DataFrame:
    """Lay out counts of `by_period` as a table that adds up.

    Parameters
    ----------
    counts
        As `by_period` returns them.
    rows, columns
        `province_code`, `period` or `category`.
    names
        How provinces are written, by code.

    Returns
    -------
    DataFrame
        Incidents, with a last column and a last row TOTAL. Years and categories without incidents stand as zero,
        provinces without incidents are left out; most incidents first where rows are provinces.

    """
    table = _crossed(counts, rows, columns)
    if rows == "province_code":
        most = table.sum(axis=1).rename("incidents").to_frame().assign(code=table.index)
        table = table.loc[most.sort_values(["incidents", "code"], ascending=[False, True]).index]
    table.index = pd.Index([_written(value, names) for value in table.index], name=rows)
    table.columns = pd.Index([_written(value, names) for value in table.columns], name=columns)
    table = table.assign(**{TOTAL: table.sum(axis=1)})
    return pd.concat([table, table.sum().rename(TOTAL).to_frame().T]).rename_axis(index=rows).astype(int)


def _crossed(counts: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    crossed = counts.pivot_table(index=rows, columns=columns, values="incidents", aggfunc="sum", fill_value=0)
    return crossed.reindex(index=_all(crossed.index), columns=_all(crossed.columns), fill_value=0).astype(int)


def _all(values: pd.Index) -> pd.Index:
    """Fill gaps: every period between the first and the last, every category."""
    if isinstance(values, pd.PeriodIndex) and len(values):
        return pd.period_range(values.min(), values.max(), freq=values.freq)
    return pd.Index([code.value for code in to_show(Category, set(values))]) if values.name == "category" else values


def _written(value: object, names: Mapping[str, str]) -> str:
    text = str(value)
    return NO_PROVINCE_NAME if text == NO_PROVINCE else names.get(text, text)
