"""What made an export: filters, counts and versions, so that it can be made again; it goes into every file."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from geo import __version__
from geo.boundaries import BOUNDARY_CREDIT, BOUNDARY_NOTE, Boundaries
from geo.choice import choice_words
from geo.filters import Filters
from geo.left_out import left_out
from geo.table import IncidentTable
from geo.viewport import Extent

DATA_CREDIT: Final = "Incidents: Incident map, CC BY 4.0."


def manifest(
    filters: Filters, table: IncidentTable, layers: Boundaries, *, view: Extent | None = None, **options: Any
) -> dict[str, Any]:
    """Describe an export; equal inputs give equal manifests on the same day.

    Parameters
    ----------
    filters, table, layers
        What was chosen, from which incidents, on which ground.
    view
        Extent of a figure, None where there is none.
    options
        What else shaped the file, as JSON: a figure's size, say.

    """
    made_of = _made_of(filters, table, layers, view, options)
    return {
        "code": short_code(made_of),
        **made_of,
        "filters_in_words": choice_words(filters, table, layers),
        "counts": asdict(left_out(filters, table, layers, view=view)),
        "last_incident": table.last_day(),
        "rule": table.rule.as_dict(),
        "boundary_note": BOUNDARY_NOTE,
        "credit": " ".join([DATA_CREDIT, *credits_of(filters, table), BOUNDARY_CREDIT]),
        "made": date.today(),  # noqa: DTZ011  # the day where the person is
    }


def code_of(
    filters: Filters, table: IncidentTable, layers: Boundaries, *, view: Extent | None = None, **options: Any
) -> str:
    """Return the short code of `manifest`, for which nothing needs to be counted."""
    return short_code(_made_of(filters, table, layers, view, options))


def _made_of(
    filters: Filters, table: IncidentTable, layers: Boundaries, view: Extent | None, options: dict[str, Any]
) -> dict[str, Any]:
    return {
        "filters": filters.to_query(),
        "rule": table.rule.code,
        "view": None if view is None else str(view),
        "options": options,
        "data_version": table.version,
        "boundary_version": layers.version,
        "app_version": __version__,
    }


def credits_of(filters: Filters, table: IncidentTable) -> list[str]:
    """Return how the imported datasets that a choice may hold are to be cited, each ended by a full stop."""
    meant = [source for source in table.datasets if not filters.dataset or source.id in filters.dataset]
    return [f"{(source.credit or source.claimant.name).rstrip('. ')}." for source in meant]


def to_json(made: dict[str, Any]) -> str:
    """Write a manifest as JSON, dates as ISO 8601."""
    return json.dumps(made, ensure_ascii=False, indent=1, default=str)


def short_code(made_of: dict[str, Any]) -> str:
    """Return eight characters that change with anything that shapes the file."""
    return hashlib.sha256(json.dumps(made_of, sort_keys=True, default=str).encode()).hexdigest()[:8]
