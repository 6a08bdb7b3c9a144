"""What stands beside the table of sources: the open source with its incidents, or the sources counted."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from geo.difference.labels import claim_label
from geo.incident import Incident
from geo.sources import KIND_WORDS, CitedSource, identity
from geo.table import IncidentTable
from geo.wording import count_words, day_words
from ui.card import row
from ui.panel import panel
from ui.state import ask_for_map, choose_publisher, choose_source

_KEY: Final = "source-panel"
_MOST_OUTLETS: Final = 15
_PUBLISHER: Final = "publisher:"


def source_panel(sources: Sequence[CitedSource], opened: str | None, table: IncidentTable) -> None:
    """Draw the source with the key `opened`, or how many sources there are by kind and by publisher."""
    source = next((source for source in sources if source.key == opened), None)
    if source is not None:
        panel("source.html", key=_KEY, on_choose=_incident_or_close, focus=True, **source_values(source, table))
    else:
        panel("sources.html", key=f"{_KEY}-counts", on_choose=_publisher, missing=opened is not None, **counts(sources))


def source_values(source: CitedSource, table: IncidentTable) -> dict[str, Any]:
    """Return what the template shows of a source."""
    incidents = [table.incident(incident) for incident in source.incidents]
    return {
        "source": source,
        "kind": KIND_WORDS[source.kind],
        "published": day_words(source.published) if source.published else "day not on record",
        "extent": f"{count_words(source.claims, 'claim')} in {count_words(len(incidents), 'incident')}",
        "incidents": [row(incident) | {"claims": _claims(incident, source, table)} for incident in incidents],
    }


def counts(sources: Sequence[CitedSource]) -> dict[str, Any]:
    """Return what the template shows of all sources."""
    by_kind, claims = Counter(source.kind for source in sources), Counter[str]()
    for source in sources:
        claims[source.kind] += source.claims
    publishers = Counter(source.publisher for source in sources)
    most = sorted(publishers.items(), key=lambda entry: (-entry[1], entry[0].casefold()))[:_MOST_OUTLETS]
    return {
        "kinds": [(words, by_kind[kind], claims[kind]) for kind, words in KIND_WORDS.items() if by_kind[kind]],
        "publishers": len(publishers),
        "outlets": [
            {"choose": _PUBLISHER + name, "name": name, "count": count, "share": round(100 * count / most[0][1])}
            for name, count in most
        ],
        "without": {
            "a title": sum(source.title is None for source in sources),
            "a day": sum(source.published is None for source in sources),
            "an address": sum(source.url is None for source in sources),
            "an archived copy": sum(source.archived_url is None for source in sources),
        },
    }


def _claims(incident: Incident, source: CitedSource, table: IncidentTable) -> list[str]:
    same = {number for number, entry in enumerate(incident.sources) if identity(entry) == source.identity}
    return [claim_label(claim, table.claimants) for claim in incident.claims if claim.source in same]


def _incident_or_close(chosen: str) -> None:
    if chosen:
        ask_for_map(chosen)
    else:
        choose_source(None)


def _publisher(chosen: str) -> None:
    choose_publisher(chosen.removeprefix(_PUBLISHER))
