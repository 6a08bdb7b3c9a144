"""The page of sources: table, panel of the open source, and citations."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.citation import NO_ADDRESS, CitationFormat, cite, source_reference, sources_csv, view_reference
from geo.evidence.reliability import CitedSource, cited_sources
from geo.export import csv_format
from geo.export.formats import file_name
from geo.incident.errors import DataError
from geo.incident.record import Incident
from geo.incident.vocabulary import SourceKind
from geo.language.messages import day_words, say
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from geo.versions.comparing import claim_label
from ui.parts.card import row
from ui.parts.components import panel, plain, save_button
from ui.parts.filter_bar import ANY, any_of, link_to_view, one_or_any
from ui.parts.tables import SORTS, Cell, Column, choosable_table, how_to_choose, links_cell
from ui.resources import Resources
from ui.roles import readable
from ui.state import PUBLISHER_KEY, SOURCE_KEY, SOURCE_KIND_KEY, ask_for_map, put_in_url

# The sources of the selection, filtered by kind and publisher; both filters are in the link.


def cited(filters: Filters, record: Resources) -> Sequence[CitedSource]:
    """Return the sources of the selected incidents of the record."""
    table = record.table
    return record.kept("cited", filters, lambda: cited_sources(table.incidents, table.select(filters).index))


def source_choice(sources: Sequence[CitedSource]) -> tuple[CitedSource, ...]:
    """Draw the choices of kind and publisher, and return the matching sources."""
    kinds = {kind.value: kind.listed for kind in SourceKind if any(s.kind is kind for s in sources)}
    publishers = Counter(source.publisher for source in sources)
    beside_kind, beside_publisher, _ = st.columns([1, 1, 2])
    with beside_kind:
        kind = one_or_any(say("source-kind"), SOURCE_KIND_KEY, kinds)
    with beside_publisher:
        names = {
            name: say("source-of-publisher", publisher=name, sources=publishers[name])
            for name in sorted(publishers, key=str.casefold)
        }
        publisher = one_or_any(say("column-publisher"), PUBLISHER_KEY, names)
    return tuple(s for s in sources if kind in (ANY, s.kind) and publisher in (ANY, s.publisher))


# The sources as a sortable table.

_TABLE_KEY: Final = "source-table"
NOT_ON_RECORD: Final = say("source-not-on-record")


def source_table(sources: Sequence[CitedSource], *, everything: int, opened: str | None) -> None:
    """Draw the sources, those cited by most incidents first; choosing a row opens it.

    `everything` is the number of sources of any kind and publisher, `opened` the key of the one to highlight.
    """
    if not sources:
        st.info(say("source-none"))
        any_of(SOURCE_KIND_KEY, PUBLISHER_KEY)
        return
    ordered = sorted(sources, key=lambda source: -len(source.incidents))
    choosable_table(
        _shown(ordered),
        key=_TABLE_KEY,
        ids=(source.key for source in ordered),
        on_choose=partial(put_in_url, SOURCE_KEY),
        chosen=opened,
        label=say("source-table-label"),
        height=560,
        missing=NOT_ON_RECORD,
        columns=_COLUMNS,
    )
    weak = sum(source.weak for source in sources)
    st.caption(
        say(
            "source-count",
            shown=len(sources),
            all=everything,
            weak=weak,
            sorts=SORTS,
            how_to_choose=how_to_choose(say("source-see-incidents")),
        )
    )


def _shown(sources: Sequence[CitedSource]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("column-publisher"): [source.publisher for source in sources],
            say("column-title"): [source.title for source in sources],
            say("column-published"): [_published(source) for source in sources],
            say("column-incidents"): [len(source.incidents) for source in sources],
            say("column-claims"): [source.claims for source in sources],
            say("column-kind"): [source.kind.listed for source in sources],
            say("column-link"): [
                links_cell({say("link-open"): s.url, say("card-archived"): s.archived_url}, NOT_ON_RECORD)
                for s in sources
            ],
        }
    )


def _published(source: CitedSource) -> Cell | None:
    day = source.published
    return None if day is None else Cell(day_words(day), day.isoformat())


_COLUMNS: Final = {
    say("column-publisher"): Column(width_px=118),
    say("column-title"): Column(width_px=180),
    say("column-published"): Column(width_px=104),
    say("column-incidents"): Column(width_px=82, help=say("source-incidents-help")),
    say("column-claims"): Column(width_px=66, help=say("source-claims-help")),
    say("column-kind"): Column(width_px=100, help=say("source-weak-help")),
    say("column-link"): Column(width_px=74, help=say("source-link-help")),
}


# The panel beside the table: the open source with its incidents, or counts of sources.

_PANEL_KEY: Final = "source-panel"
_MOST_OUTLETS: Final = 15
_PUBLISHER: Final = "publisher:"


def source_panel(sources: Sequence[CitedSource], opened: str | None, table: IncidentTable) -> None:
    """Draw the source with the key `opened`, or else counts by kind and publisher."""
    source = next((source for source in sources if source.key == opened), None)
    if source is not None:
        panel(
            "source.html",
            key=_PANEL_KEY,
            on_choose=_incident_or_close,
            opened=source.key,
            **source_values(source, table),
        )
    else:
        panel(
            "sources.html",
            key=f"{_PANEL_KEY}-counts",
            on_choose=_publisher,
            missing=opened is not None,
            **counts(sources),
        )


def source_values(source: CitedSource, table: IncidentTable) -> dict[str, Any]:
    """Return template values of a source."""
    incidents = [table.incident(incident) for incident in source.incidents]
    return {
        "source": source,
        "kind": source.kind.listed,
        "published": day_words(source.published) if source.published else say("source-day-unknown"),
        "extent": say("source-claims", claims=source.claims, incidents=len(incidents)),
        "incidents": [row(incident) | {"claims": _claims(incident, source, table)} for incident in incidents],
    }


def counts(sources: Sequence[CitedSource]) -> dict[str, Any]:
    """Return template values of the counts of sources."""
    by_kind, claims = Counter(source.kind for source in sources), Counter[str]()
    for source in sources:
        claims[source.kind] += source.claims
    publishers = Counter(source.publisher for source in sources)
    most = sorted(publishers.items(), key=lambda entry: (-entry[1], entry[0].casefold()))[:_MOST_OUTLETS]
    return {
        "kinds": [(kind.listed, by_kind[kind], claims[kind]) for kind in SourceKind if by_kind[kind]],
        "publishers": len(publishers),
        "outlets": [
            {"choose": _PUBLISHER + name, "name": name, "count": count, "share": round(100 * count / most[0][1])}
            for name, count in most
        ],
        "without": {
            say("source-a-title"): sum(source.title is None for source in sources),
            say("source-a-day"): sum(source.published is None for source in sources),
            say("source-an-address"): sum(source.url is None for source in sources),
            say("source-an-archived-copy"): sum(source.archived_url is None for source in sources),
        },
    }


def _claims(incident: Incident, source: CitedSource, table: IncidentTable) -> list[str]:
    same = {number for number, entry in enumerate(incident.sources) if entry.publication == source.publication}
    return [claim_label(claim, table.claimants) for claim in incident.claims if claim.source in same]


def _incident_or_close(chosen: str) -> None:
    if chosen:
        ask_for_map(chosen)
    else:
        put_in_url(SOURCE_KEY, None)


def _publisher(chosen: str) -> None:
    put_in_url(PUBLISHER_KEY, chosen.removeprefix(_PUBLISHER))


# Citations: the sources as files, and the selection itself as text to copy.

_FILES: Final = (CitationFormat.BIBTEX, CitationFormat.RIS, CitationFormat.CSL_JSON)


def source_downloads(sources: Sequence[CitedSource], filters: Filters, version: str) -> None:
    """Draw a download button for each format, with the sources shown."""
    st.markdown(f"## {say('source-files')}")
    name = file_name(filters, format=csv_format.FORMAT).replace("incidents", "sources", 1).removesuffix("csv")
    for beside, file_format in zip(st.columns(len(_FILES) + 1), (*_FILES, None), strict=True):
        kind = file_format or csv_format.FORMAT
        with beside:
            save_button(
                kind.label,
                partial(_file, sources, file_format, version),
                name + (file_format or "csv"),
                kind.media_type,
                key=f"sources-{file_format or 'csv'}",
                disabled=not sources,
                width="stretch",
            )


def cite_view(filters: Filters, found: Resources) -> None:
    """Draw a citation of the selection, in a chosen format, to copy or save."""
    st.markdown(f"## {say('source-cite')}")
    chosen = st.segmented_control(
        say("download-format"),
        list(CitationFormat),
        format_func=lambda file_format: file_format.label,
        default=CitationFormat.TEXT,
        required=True,
        key="cite-format",
        persist_state="session",
    )
    file_format = CitationFormat(chosen)
    try:
        reference = view_reference(filters, found.table, found.boundaries, link=link_to_view(filters))
    except DataError as error:
        st.error(say("source-not-citable", faults=plain(readable(str(error.faults[0])))))
        return
    text = cite([reference], format=file_format)
    st.code(text, language=None, wrap_lines=True)
    label, name = say("source-save", label=file_format.label), f"{reference.key}.{file_format}"
    save_button(label, text.encode, name, file_format.media_type, key="cite-save")
    st.caption(say("source-cite-note") + ("" if reference.url else say("source-no-address", no_address=NO_ADDRESS)))


def _file(sources: Sequence[CitedSource], file_format: CitationFormat | None, version: str) -> bytes:
    if file_format is None:
        return csv_format.csv_file(sources_csv(sources, version=version))
    return cite(map(source_reference, sources), format=file_format).encode()
