"""What every export says about itself: the manifest, and the same as lines that people read."""

from typing import Any

from geo.boundaries import Boundaries
from geo.claims import Total
from geo.export.columns import TOLLS
from geo.filters import Filters
from geo.left_out import left_out
from geo.manifest import manifest, to_json
from geo.table import IncidentTable
from geo.table_rows import CURATED
from geo.vocabulary import About
from geo.wording import count_words, range_words


def export_manifest(filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> dict[str, Any]:
    """Return the manifest with the totals of the choice, which the rows of the table may not simply be added up to.

    `totals` are the record's own; `killed_by_dataset` those of imported datasets, where there are any.
    """
    own = table.curated(filters)
    made = manifest(filters, table, layers, **options)
    made["totals"] = {about.value: _summed(table.total(own, about), table) for about in TOLLS}
    beside = {name: summed for name, summed in table.totals(filters, About.KILLED).items() if name != CURATED}
    if beside:
        made["killed_by_dataset"] = {name: _summed(summed, table) for name, summed in beside.items()}
    return made


def _summed(summed: Total, table: IncidentTable) -> dict[str, Any]:
    return {
        "low": summed.toll and summed.toll.low,
        "high": summed.toll and summed.toll.high,
        "or_more": summed.toll and summed.toll.or_more,
        "incidents_without_figure": summed.incidents_without_figure,
        "split_groups": list(summed.split_groups),
        "rule": table.rule.name,
    }


def about_lines(
    filters: Filters, table: IncidentTable, layers: Boundaries, made: dict[str, Any]
) -> list[tuple[str, str]]:
    """Return the manifest as named lines, the whole of it as JSON last."""
    counts = left_out(filters, table, layers)
    return [
        ("Choice", made["filters_in_words"]),
        ("Incidents", f"{counts.chosen:,} of {count_words(counts.total, 'incident')}"),
        ("On a map", counts.sentences()),
        *((f"People {about}", _total_words(made["totals"][about.value])) for about in TOLLS),
        *(
            (f"People killed by {name}", f"{_total_words(summed)}; not to be added to the others")
            for name, summed in made.get("killed_by_dataset", {}).items()
        ),
        ("Rule", f"{table.rule.name}. {table.rule.sentence}"),
        ("Boundaries", made["boundary_note"]),
        ("Credit", made["credit"]),
        ("Made", str(made["made"])),
        ("Code", made["code"]),
        ("Data version", made["data_version"]),
        ("Boundary version", made["boundary_version"]),
        ("Program version", made["app_version"]),
        ("Manifest", to_json(made)),
    ]


def _total_words(summed: dict[str, Any]) -> str:
    if summed["low"] is None:
        return "no figure"
    span = range_words(summed["low"], summed["high"], or_more=summed["or_more"])
    without = count_words(summed["incidents_without_figure"], "incident")
    split = summed["split_groups"]
    part = f"; includes tolls of whole events that lie only partly in the choice: {', '.join(split)}" if split else ""
    return f"{span} ({summed['rule']}; {without} without a figure{part})"
