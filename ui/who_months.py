"""How far the figures for people killed are apart in each month."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from geo.aggregate import finite
from geo.incident import Incident
from geo.table import IncidentTable
from geo.vocabulary import About


def months_apart(incidents: Sequence[Incident], table: IncidentTable) -> None:
    """Draw the months in which anybody gives a figure, latest first, with the highest over the lowest of all claims."""
    rows = _rows(incidents, table)
    if rows.empty:
        return
    with st.expander("How far the figures for people killed are apart, month by month"):
        st.dataframe(
            rows,
            hide_index=True,
            height=min(420, 38 + 35 * len(rows)),
            placeholder="",
            column_config={
                "Month": st.column_config.DateColumn(format="MMMM YYYY"),
                "Killed": st.column_config.TextColumn(help=table.rule.name, alignment="right"),
                "Highest over lowest": st.column_config.NumberColumn(format="%.1f"),
            },
            alt="People killed by month, and how far all claims are apart",
        )
        st.caption(
            f"Killed: {table.rule.name}; * with the toll of a whole event of which only a part lies in the month. "
            "Highest over lowest: of all claims, whatever the rule; empty where the lowest is nobody."
        )


def _rows(incidents: Sequence[Incident], table: IncidentTable) -> pd.DataFrame:
    months: dict[date, list[Incident]] = defaultdict(list)
    for incident in incidents:
        months[incident.date_start.replace(day=1)].append(incident)
    return pd.DataFrame(
        {
            "Month": month,
            "Incidents": len(months[month]),
            "Killed": f"{found.toll}*" if found.split_groups else str(found.toll),
            "Highest over lowest": finite(table.dispute_ratio(months[month], About.KILLED)),
        }
        for month in sorted(months, reverse=True)
        if (found := table.total(months[month], About.KILLED)).toll is not None
    )
