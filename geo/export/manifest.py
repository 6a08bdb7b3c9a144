"""The manifest, which allows an export to be made again; what every export says about itself; and what is withheld."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from geo import __version__
from geo.casualties import ClusterToll, Total
from geo.incident.record import Incident
from geo.incident.vocabulary import MEASURES
from geo.language.messages import list_words, range_words, say
from geo.places.boundaries import BOUNDARY_CREDIT, BOUNDARY_NOTE, Boundaries
from geo.places.plane import Extent
from geo.render.left_out import left_out, left_out_of_one
from geo.selection import Filters
from geo.sentences import cluster_claims, flow_claim, shared_words
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable, choice_words
from geo.table.shown_datasets import Mixture, mixture_words, people_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Selected incidents that must not be passed on, by dataset id; at least one."""

    incidents: Mapping[str, int]
    titles: Mapping[str, str]

    @property
    def words(self) -> str:
        """How many there are, from which datasets, and why they are left out."""
        named = list_words([self.titles[dataset] for dataset in self.incidents])
        count = {"incidents": sum(self.incidents.values()), "titles": len(self.incidents)}
        return say("withheld", **count, datasets=named)

    def as_dict(self) -> dict[str, Any]:
        """Return their entry in a manifest."""
        datasets = [{"id": name, "title": self.titles[name], "incidents": n} for name, n in self.incidents.items()]
        return {"datasets": datasets, "in_words": self.words}


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """The part of a selection whose single incidents may be passed on."""

    filters: Filters
    table: IncidentTable
    withheld: Withheld | None
    """None if nothing is withheld."""


def passed_on(filters: Filters, table: IncidentTable) -> PassedOn:
    """Split a selection into what may be passed on and what is withheld."""
    meant = [source for source in table.datasets if not filters.dataset or source.id in filters.dataset]
    counts = {
        source.id: table.count(replace(filters, dataset=(source.id,))) for source in meant if not source.passed_on
    }
    incidents = {dataset: count for dataset, count in counts.items() if count}
    if not incidents:
        return PassedOn(filters=filters, table=table, withheld=None)
    withheld = Withheld(incidents=incidents, titles={dataset: table.titles[dataset] for dataset in incidents})
    asked = filters.dataset or (CURATED, *(source.id for source in table.datasets))
    left = tuple(dataset for dataset in asked if dataset not in counts)
    if not left:  # an empty filter would mean all datasets, and the record has none of these
        return PassedOn(filters=filters, table=table.alone(), withheld=withheld)
    return PassedOn(filters=replace(filters, dataset=left), table=table, withheld=withheld)


def may_be_shown(incident_dataset: str, table: IncidentTable) -> bool:
    """Tell whether single incidents of a dataset may be passed on; the record's may."""
    return incident_dataset == CURATED or any(
        source.passed_on for source in table.datasets if source.id == incident_dataset
    )


# The manifest: filters, counts and versions with which an export can be made again; part of every file.

DATA_CREDIT: Final = say("manifest-data-credit")
LICENCE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"
"""Licence of the record."""


def manifest(
    filters: Filters, table: IncidentTable, layers: Boundaries, *, view: Extent | None = None, **options: Any
) -> dict[str, Any]:
    """Describe an export; equal inputs give equal manifests on the same day.

    Parameters
    ----------
    filters, table, layers
        Selection, incidents and boundaries.
    view
        Extent of a figure, if any.
    options
        Other settings that affect the file, as JSON, such as a figure's size.

    """
    made_of = _made_of(filters, table, layers, view, options)
    last, mixture = table.last_began(), table.mixture(filters)
    return {
        "code": short_code(made_of),
        **made_of,
        "filters_in_words": choice_words(filters, table, layers),
        "counts": asdict(left_out(filters, table, view=view)),
        **(_datasets(mixture) if mixture.mixed else {}),
        "last_incident": last and last.start,
        "last_incident_in_words": last and last.words,
        "rule": table.rule.as_dict(),
        "boundary_note": BOUNDARY_NOTE,
        "credit": _credit(filters, table),
        "made": date.today(),  # noqa: DTZ011  # the user's local date
    }


def _datasets(mixture: Mixture) -> dict[str, Any]:
    """Return the counts by dataset, and how the datasets differ."""
    return {
        "datasets": [
            {"id": part.id, "title": part.title, "incidents": part.incidents, "from": part.held[0], "to": part.held[1]}
            for part in mixture.parts
        ],
        "datasets_in_words": mixture_words(mixture),
    }


def code_of(
    filters: Filters, table: IncidentTable, layers: Boundaries, *, view: Extent | None = None, **options: Any
) -> str:
    """Return the short code of `manifest` without counting anything."""
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


def of_the_record(filters: Filters, table: IncidentTable) -> bool:
    """Tell whether a selection is entirely under the record's licence; imported datasets have their own."""
    return filters.dataset == (CURATED,) or not (filters.dataset or table.datasets)


def credits_of(filters: Filters, table: IncidentTable) -> list[str]:
    """Return the citations of the imported datasets in a selection, each ending in a full stop."""
    meant = [source for source in table.datasets if not filters.dataset or source.id in filters.dataset]
    return [f"{(source.credit or source.claimant.name).rstrip('. ')}." for source in meant]


def to_json(document: Any) -> str:
    """Write a manifest, or whatever else is given out, as JSON, dates in ISO 8601; raises TypeError for other types."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False, default=_day)


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)}: {value!r}")


def short_code(made_of: dict[str, Any]) -> str:
    """Return an eight-character code that changes with anything that affects the file."""
    return hashlib.sha256(json.dumps(made_of, sort_keys=True, default=str).encode()).hexdigest()[:8]


# What every export says about itself: the manifest, and its lines for readers.


def export_manifest(
    filters: Filters, table: IncidentTable, layers: Boundaries, *, withheld: Withheld | None = None, **options: Any
) -> dict[str, Any]:
    """Return the manifest with the totals of the selection, since rows of the table must not simply be added up.

    `totals` are the record's; `killed_by_dataset` those of imported datasets, if any, as are `injured_by_dataset` and
    `crossed_by_dataset`. `withheld` is what may not be passed on, for files given to anyone.
    """
    own = table.curated(filters)
    made = manifest(filters, table, layers, **options)
    made["counts_in_words"] = left_out(filters, table).sentences()
    if of_the_record(filters, table):
        made["licence"] = LICENCE_ADDRESS
    if withheld:
        made["withheld"] = withheld.as_dict()
    made["totals"] = {about.value: _summed(table.total(own, about), table) for about in MEASURES}
    for about in MEASURES:
        beside = {name: summed for name, summed in table.totals(filters, about).items() if name != CURATED}
        if beside:
            made[f"{about}_by_dataset"] = {name: _summed(summed, table) for name, summed in beside.items()}
    return made


def incident_manifest(incident: Incident, dataset: str, table: IncidentTable, layers: Boundaries) -> dict[str, Any]:
    """Return the manifest of a single incident; equal inputs give equal manifests on the same day."""
    alone = Filters(dataset=(dataset,))
    made = {"incident": incident.id, **_made_of(alone, table, layers, None, {})}
    return {
        "code": short_code(made),
        **made,
        "counts": asdict(counts := left_out_of_one(incident)),
        "counts_in_words": counts.sentences(),
        "rule": table.rule.as_dict(),
        "boundary_note": BOUNDARY_NOTE,
        "credit": _credit(alone, table),
        **({"licence": LICENCE_ADDRESS} if dataset == CURATED else {}),
        "made": date.today(),  # noqa: DTZ011  # the user's local date
    }


def _credit(filters: Filters, table: IncidentTable) -> str:
    return " ".join([DATA_CREDIT, *credits_of(filters, table), BOUNDARY_CREDIT])


def _summed(summed: Total, table: IncidentTable) -> dict[str, Any]:
    return {
        "low": summed.toll and summed.toll.low,
        "high": summed.toll and summed.toll.high,
        "or_more": summed.toll and summed.toll.or_more,
        "incidents_without_figure": summed.incidents_without_figure,
        "event_clusters": [_of_cluster(found) for found in summed.clusters],
        "flows_not_added": len(summed.flows),
        "accounts_of_different_people": list(summed.differing),
        "rule": table.rule.name,
    }


def _of_cluster(found: ClusterToll) -> dict[str, Any]:
    return {
        "event_group": found.cluster,
        "low": found.toll.low,
        "high": found.toll.high,
        "or_more": found.toll.or_more,
        "by": list(found.by),
        "incidents": len(found.incidents),
        "selected": found.selected,
        "in_total": found.counted,
    }


SELECTION: Final = say("changes-selection")
MANIFEST_KEY: Final = "manifest"
"""Key of the manifest in the metadata of a file."""
MANIFEST: Final = say("manifest-whole")


def about_lines(filters: Filters, table: IncidentTable, made: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the manifest as labelled lines, ending with its full JSON."""
    counts = left_out(filters, table)
    return [
        (SELECTION, made["filters_in_words"]),
        (say("manifest-incidents"), say("counted-of", chosen=counts.chosen, total=counts.total)),
        *(((say("datasets"), made["datasets_in_words"]),) if "datasets_in_words" in made else ()),
        *(((say("manifest-withheld"), made["withheld"]["in_words"]),) if "withheld" in made else ()),
        (say("manifest-on-map"), counts.sentences()),
        *((measure.words, _total_words(made["totals"][about.value])) for about, measure in MEASURES.items()),
        *([(say("manifest-in-several"), shared)] if (shared := shared_words(table.shared(filters))) else []),
        *_beside(table.curated(filters), table),
        *(
            (
                say("manifest-people-by", people=measure.words, dataset=name),
                say("manifest-not-to-be-added", total=_total_words(summed)),
            )
            for about, measure in MEASURES.items()
            for name, summed in made.get(f"{about}_by_dataset", {}).items()
        ),
        *(
            ((say("manifest-several-datasets"), not_added),)
            if (not_added := people_words(table.mixture(filters)))
            else ()
        ),
        (say("event-rule"), f"{table.rule.name}. {table.rule.sentence}"),
        (say("manifest-boundaries"), made["boundary_note"]),
        (say("manifest-credit"), made["credit"]),
        (say("manifest-made"), str(made["made"])),
        (say("manifest-code"), made["code"]),
        (say("quality-data-version"), made["data_version"]),
        (say("quality-boundary-version"), made["boundary_version"]),
        (say("manifest-program-version"), made["app_version"]),
        (MANIFEST, to_json(made)),
    ]


def _beside(own: Sequence[Incident], table: IncidentTable) -> Iterator[tuple[str, str]]:
    """Yield what is in no total: claims for whole event clusters, and single figures of flows of people."""
    for about, measure in MEASURES.items():
        found = table.total(own, about)
        claims = cluster_claims(found, about, claimants=table.claimants, clusters=table.event_groups)
        if claims:
            yield say("manifest-people-clusters", people=measure.words), " ".join(claims)
        if found.flows:
            flows = "; ".join(flow_claim(said, table.claimants) for said in found.flows)
            yield say("manifest-people-flows", people=measure.words), f"{flows}."


def _total_words(summed: dict[str, Any]) -> str:
    if summed["low"] is None:
        return say("no-figure")
    span = range_words(summed["low"], summed["high"], or_more=summed["or_more"])
    differing = summed["accounts_of_different_people"]
    other = say("manifest-differing", ids=", ".join(differing)) if differing else ""
    without = summed["incidents_without_figure"]
    return say("manifest-total", span=span, rule=summed["rule"], without=without, other=other)
