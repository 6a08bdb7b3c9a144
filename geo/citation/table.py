"""Sources as a table."""

from collections.abc import Sequence
from typing import Final

from geo.export.text import csv_text
from geo.sources import CitedSource

_HEADER: Final = (
    *("key", "publisher", "title", "published", "kind", "weak", "url", "archived_url", "incident_count", "claim_count"),
    *("incidents", "data_version"),
)


def sources_csv(sources: Sequence[CitedSource], *, version: str) -> str:
    """Write one row per source; `incidents` are ids separated by spaces, `weak` marks aggregators and mirrors."""
    rows = (
        (
            *(source.key, source.publisher, source.title, source.published, source.kind, source.weak, source.url),
            *(source.archived_url, len(source.incidents), source.claims, " ".join(source.incidents), version),
        )
        for source in sources
    )
    return csv_text(_HEADER, rows)
