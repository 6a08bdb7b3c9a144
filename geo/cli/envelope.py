"""What stands around the rows that `list` and `aggregate` print as JSON, and the line under those for people."""

from typing import Any, Final

from geo.filters import Filters
from geo.table import IncidentTable
from geo.wording import count_words

JSON_KEYS: Final = """\
--format json prints one object: incidents (how many are chosen), of (how many there are), filters (as in a link),
rule (code, name and sentence: how every figure for people was made), data_version (SHA-256), and rows."""


def envelope(filters: Filters, table: IncidentTable, rows: Any) -> dict[str, Any]:
    """Return what JSON_KEYS describes."""
    return {
        "incidents": table.count(filters),
        "of": len(table),
        "filters": filters.to_query(),
        "rule": table.rule.as_dict(),
        "data_version": table.version,
        "rows": rows,
    }


def footer(filters: Filters, table: IncidentTable) -> str:
    """Say how many incidents are chosen, and under which rule people were counted."""
    chosen = f"{table.count(filters):,} of {count_words(len(table), 'incident')}."
    return f"\n{chosen} People: {table.rule.name}. {table.rule.sentence}\n"
