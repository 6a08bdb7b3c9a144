"""People killed, injured and who crossed, as columns of incidents added up, and how far the claims are apart."""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from geo.incident import Incident
from geo.table import IncidentTable
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
