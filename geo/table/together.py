"""Answers of the record and of imported datasets put together."""

from collections.abc import Sequence

import pandas as pd

from geo.incident import Incident


def added(counts: Sequence[pd.DataFrame], by: list[str]) -> pd.DataFrame:
    """Add up counts of the same things; `first` and `last` are the ends of them all."""
    both = pd.concat([part for part in counts if len(part)] or list(counts[:1]))
    ends = {"first": "min", "last": "max"}
    how = {name: ends.get(name, "sum") for name in both.columns if name not in by}
    return both.groupby(by, as_index=False, dropna=False).agg(how).sort_values(by, ignore_index=True)


def oldest_first(incident: Incident) -> tuple[object, ...]:
    """Return what incidents are sorted by."""
    return incident.date_start, incident.id


def oldest_rows_first(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put rows of incidents together in that order."""
    both = pd.concat([part for part in parts if len(part)] or list(parts[:1]))
    return both.assign(_id=both.index).sort_values(["date_start", "_id"], kind="stable").drop(columns="_id")
