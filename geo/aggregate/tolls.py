"""People killed, injured and who crossed, as columns of incidents added up, and how far the claims are apart."""

import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from geo.filters import Filters
from geo.incident import Incident
from geo.table import IncidentTable, TollsBy
from geo.vocabulary import About
from geo.wording import range_words

TOLLS: Final[Mapping[str, About]] = MappingProxyType(
    {"killed": About.KILLED, "injured": About.INJURED, "crossed": About.CROSSED}
)
"""First parts of the columns."""

TOLL_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"low": "Int64", "high": "Int64", "or_more": "boolean", "split": "Int64", "ratio": "Float64"}
)
"""Last parts of the columns, with pandas' types."""


def toll_row(incidents: Sequence[Incident], table: IncidentTable) -> dict[str, Any]:
    """Add up a set of incidents under the table's rule.

    For each of TOLLS: `_low` and `_high`, people, None without a figure by the rule; `_or_more` where somebody says “at
    least”; `_split`, how many event groups count with the toll of the whole though only a part is in the set; `_ratio`,
    the highest over the lowest of all claims whatever the rule, None without a figure or where the lowest is nobody.
    """
    row: dict[str, Any] = {}
    for name, about in TOLLS.items():
        found, ratio = table.total(incidents, about), table.dispute_ratio(incidents, about)
        row |= {
            f"{name}_low": found.toll and found.toll.low,
            f"{name}_high": found.toll and found.toll.high,
            f"{name}_or_more": found.toll and found.toll.or_more,
            f"{name}_split": len(found.split_groups),
            f"{name}_ratio": finite(ratio),
        }
    return row


def tolls_by(
    filters: Filters, table: IncidentTable, own: Mapping[str, Sequence[Incident]], by: TollsBy
) -> dict[str, dict[str, Any]]:
    """Return the tolls of a choice by key, side by side where several datasets give some, for they share their dead.

    Parameters
    ----------
    own
        The record's own incidents of the choice, by the same keys.
    by
        What the keys are of.

    Returns
    -------
    dict
        By key, "" for imported incidents without one: what `toll_row` returns, of the record or, where the choice has
        none of it, of the one imported dataset that it has; and `killed_low_` and `killed_high_` with the name of each
        other dataset, people, missing where it gives no figure or is not heard under the rule.

    """
    found = table.tolls(filters, by)
    present = set(found["dataset"])
    only = present.pop() if len(present) == 1 and not own else None
    rows = {key: toll_row(incidents, table) for key, incidents in own.items()}
    for dataset, key, figures, low, high in found[["dataset", "key", "figures", "low", "high"]].itertuples(index=False):
        toll = table.told(dataset, low, high) if figures else None
        suffix = "" if dataset == only else f"_{dataset}"
        row = rows.setdefault("" if pd.isna(key) else str(key), toll_row((), table))
        row |= {f"killed_low{suffix}": toll and toll.low, f"killed_high{suffix}": toll and toll.high}
        if not suffix:
            row["killed_or_more"] = toll and toll.or_more
    return rows


def side_by_side(names: Iterable[str]) -> list[str]:
    """Return which columns of `tolls_by` are of a dataset beside the first, in their order."""
    return [name for name in names if name.startswith(("killed_low_", "killed_high_"))]


def tolls_beside(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the deaths that datasets beside the first tell, in rows of `by_province`; empty where one tells none.

    A column for each dataset that tells any, by its id. They may be about the same people and are never added up.
    """
    written: dict[str, list[str]] = {}
    for low, high in zip(*[iter(side_by_side(rows.columns))] * 2, strict=True):
        both = zip(rows[low], rows[high], strict=True)
        written[low.removeprefix("killed_low_")] = ["" if pd.isna(a) else range_words(int(a), int(b)) for a, b in both]
    return pd.DataFrame({name: words for name, words in written.items() if any(words)}, index=rows.index, dtype=object)


def finite(ratio: float | None) -> float | None:
    """Return a ratio that a file can hold, to two decimals; None for none, and where the lowest claim is nobody."""
    return None if ratio is None or math.isinf(ratio) else round(ratio, 2)


def toll_words(row: Any, name: str) -> str:
    """Write a toll of a row of `by_province`: 32–258 or more; empty where nobody states a figure.

    `name` is one of TOLLS. An asterisk marks a toll with that of a whole event of which only a part is counted here.
    """
    low, high = getattr(row, f"{name}_low"), getattr(row, f"{name}_high")
    if pd.isna(low):
        return ""
    span = range_words(int(low), int(high), or_more=bool(getattr(row, f"{name}_or_more")))
    return f"{span}*" if getattr(row, f"{name}_split") else span
