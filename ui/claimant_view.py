"""The page of claimants: who speaks, who contradicts whom, where figures are farthest apart, and the files."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from string import ascii_uppercase
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.aggregate.by_period import grouped
from geo.aggregate.by_province import finite
from geo.evidence.contradictions import (
    Contradiction,
    Gap,
    GapOrder,
    Pair,
    Way,
    between_camps,
    by_claimant,
    contradictions,
    pairs,
    side_words,
    widest_gaps,
)
from geo.evidence.denials import Matter, matters
from geo.export import csv_format, xlsx_format
from geo.export.page_files import SHEETS, evidence_csv, evidence_workbook
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import About, ClaimantKind, Scope
from geo.language.messages import number_words, say
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.sentences import cluster_claims, toll_words, when_of
from geo.symbology.time_lanes import Step, step_end
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy
from ui.event_view import denials_panel, matrix_panel, matter_words, of_all, said, totals_panel
from ui.parts.card import first_of, row
from ui.parts.components import panel, plain
from ui.parts.downloads import page_downloads
from ui.parts.filter_bar import ANY, any_of, one_of_few, one_or_any, one_to_open
from ui.parts.page_frame import reset_button
from ui.parts.tables import SORTS, Column, choosable_table, how_to_choose
from ui.resources import Resources
from ui.state import (
    CLAIMANT_KEY,
    EVENT_KEY,
    EVENTS_PAGE,
    ask_for,
    ask_for_map,
    note_unknown,
    put_in_url,
    value_in_url,
)

# Contradictions between camps, as a table of counts.

_DARKEST: Final = 40
"""Per cent of the theme's colour behind the highest count; darker, the number on it would be illegible."""


def camps_table(found: Sequence[Contradiction], claimants: Mapping[str, Claimant]) -> dict[str, Any]:
    """Return template values: the lower half of a symmetric table, with a letter per camp as column head."""
    counts = between_camps(found, claimants)
    highest = max(int(counts.to_numpy().max(initial=0)), 1)
    return {
        "letters": list(zip(ascii_uppercase, map(str, counts.columns), strict=False))[: len(counts)],
        "rows": [
            {
                "letter": letter,
                "camp": camp,
                "cells": [
                    {"incidents": incidents, "shade": round(_DARKEST * incidents / highest)}
                    for incidents in counts.iloc[at, : at + 1].tolist()
                ],
            }
            for at, (letter, camp) in enumerate(zip(ascii_uppercase, map(str, counts.index), strict=False))
        ],
    }


# The widest gaps between two accounts of the same people, ranked; each opens its incident.

_FIRST_GAPS: Final = 12
"""Number of gaps shown at first; the others are folded."""
_MOST_GAPS: Final = 200
"""Largest number of gaps drawn at all."""
_GAPS_KEY: Final = "who-gaps"
_ORDERS: Final = {GapOrder.RATIO.value: say("gaps-times-over"), GapOrder.DIFFERENCE.value: say("gaps-people-between")}


def gap_order() -> GapOrder:
    """Draw the choice of how gaps are ranked, and return it."""
    return GapOrder(one_of_few(say("gaps-by"), "gaps", _ORDERS, default=GapOrder.RATIO))


def gaps_panel(gaps: Sequence[Gap], table: IncidentTable, *, only: str | None) -> None:
    """Draw the gaps, widest first, on a shared logarithmic scale; `only` is the claimant they are restricted to."""
    highest = max((gap.highest.most_named for gap in gaps), default=10)
    scale = max(math.ceil(math.log10(highest)), 1)
    panel(
        "who_gaps.html",
        key=_GAPS_KEY,
        on_choose=ask_for_map,
        only=table.claimants[only].name if only else None,
        first=_FIRST_GAPS,
        ticks=[
            (say("number", number=10**power) if power else say("gaps-none-or-one"), round(100 * power / scale, 1))
            for power in range(scale + 1)
        ],
        gaps=[_gap(gap, table, scale) for gap in gaps[:_MOST_GAPS]],
        listed=first_of(len(gaps), _MOST_GAPS),
    )


def _gap(gap: Gap, table: IncidentTable, scale: int) -> dict[str, Any]:
    left, right = _at(gap.lowest.least_named, scale), _at(gap.highest.most_named, scale)
    return {
        "matter": matter_words(gap.matter),
        "ratio": say("gaps-from-none")
        if math.isinf(gap.ratio)
        else say("gaps-times", ratio=number_words(gap.ratio, 1)),
        "difference": say("gaps-apart", difference=gap.difference),
        "left": left,
        "width": round(right - left, 1),
        "lowest": said(gap.lowest, table),
        "highest": said(gap.highest, table),
        "incident": row(gap.highest.incident),
    }


def _at(people: int, scale: int) -> float:
    """Return the position of a number on the scale, per cent; zero is placed at one."""
    return round(100 * math.log10(max(people, 1)) / scale, 1)


# Who contradicts whom: ranked pairs of claimants; each expands to what both say.

_FIRST_PAIRS: Final = 12
"""Number of pairs shown at first; the others are folded."""
_MOST_PAIRS: Final = 500
_MOST_MATTERS: Final = 100
"""Largest number of pairs drawn at all, and of contradictions drawn for each pair."""
_PAIRS_KEY: Final = "who-pairs"
_WAYS: Final = {
    Way.DENIAL: say("gaps-denied"),
    Way.FIGURES: say("gaps-rival-figures"),
    Way.PART: say("gaps-part-and-whole"),
    Way.ACCOUNTS: say("gaps-rival-accounts"),
}


def pairs_panel(found: Sequence[Pair], table: IncidentTable, *, only: str | None) -> None:
    """Draw the table of camps, then the pairs, most incidents first; `only` is the claimant they are restricted to."""
    most = max((len(pair.incidents) for pair in found), default=1)
    panel(
        "who_pairs.html",
        key=_PAIRS_KEY,
        on_choose=ask_for_map,
        only=table.claimants[only].name if only else None,
        first=_FIRST_PAIRS,
        camps=camps_table([each for pair in found for each in pair.contradictions], table.claimants),
        pairs=[_pair(pair, table, most) for pair in found[:_MOST_PAIRS]],
        listed=first_of(len(found), _MOST_PAIRS),
    )


def _pair(pair: Pair, table: IncidentTable, most: int) -> dict[str, Any]:
    first, second = (table.claimants[by].name for by in pair.claimants)
    ways = [(pair.count(way), words) for way, words in _WAYS.items()]
    return {
        "first": first,
        "second": second,
        "incidents": say("incidents", count=len(pair.incidents)),
        "ways": ", ".join(say("gaps-way", incidents=number, way=way) for number, way in ways if number),
        "share": round(100 * len(pair.incidents) / most, 1),
        "in": _by_incident(pair.contradictions, table),
        "listed": first_of(len(pair.contradictions), _MOST_MATTERS),
    }


def _by_incident(found: Sequence[Contradiction], table: IncidentTable) -> list[dict[str, Any]]:
    ordered = sorted(found, key=lambda c: (c.other.incident.date_start, c.other.incident.id))[:_MOST_MATTERS]
    return [
        {
            "incident": row(incident),
            "about": [
                {
                    "matter": matter_words(contradiction.matter),
                    "said": [
                        said(s, table, under=contradiction.matter.scope)
                        for s in (contradiction.one, contradiction.other)
                    ],
                }
                for contradiction in inside
            ],
        }
        for incident, inside in groupby(ordered, key=lambda c: c.other.incident)
    ]


# How far apart the figures for people killed are in each month.


def months_apart(incidents: Sequence[Incident], table: IncidentTable) -> None:
    """Draw a table of the months with figures, latest first, with the ratio of highest to lowest claims."""
    rows = _rows(incidents, table)
    if rows.empty:
        return
    with st.expander(say("gaps-month-by-month")):
        st.dataframe(
            rows,
            hide_index=True,
            height=min(420, 38 + 35 * len(rows)),
            placeholder="",
            column_config={
                say("column-month"): st.column_config.DateColumn(format="MMMM YYYY"),
                say("column-killed"): st.column_config.TextColumn(help=plain(table.rule.name), alignment="right"),
                say("column-ratio"): st.column_config.NumberColumn(format="%.1f"),
            },
            alt=say("gaps-table-label"),
        )
        st.caption(say("gaps-about", rule=plain(table.rule.name), later=_later_words(incidents)))


def _later_words(incidents: Sequence[Incident]) -> str:
    """Say how many incidents may belong to a later month, the row above; empty for none."""
    later = sum(
        not when_of(incident).day_known
        and incident.date_end is not None
        and incident.date_end > step_end(incident.date_start.replace(day=1), Step.MONTH)
        for incident in incidents
    )
    said = say("gaps-later", incidents=later)
    return said if later else ""


def _rows(incidents: Sequence[Incident], table: IncidentTable) -> pd.DataFrame:
    months = grouped(incidents, TollsBy.MONTH)
    return pd.DataFrame(
        {
            say("column-month"): date.fromisoformat(f"{month}-01"),
            say("column-incidents"): len(months[month]),
            say("column-killed"): toll_words(found.toll),
            say("column-cluster-claims"): " ".join(
                cluster_claims(found, About.KILLED, claimants=table.claimants, clusters=table.event_groups)
            ),
            say("column-ratio"): finite(table.dispute_ratio(months[month], About.KILLED)),
        }
        for month in sorted(months, reverse=True)
        if (found := table.total(months[month], About.KILLED)).toll is not None or found.clusters
    )


# A worked example: all accounts of one night, their total under each rule, and why they cannot be added up.

_NIGHT: Final = "durand-line-clashes-2025-10-11"


def worked_example(filters: Filters, table: IncidentTable) -> None:
    """Draw the example for its selected incidents; nothing if the record lacks that event cluster."""
    group = table.event_groups.get(_NIGHT)
    if group is None:
        return
    members = table.event_group(_NIGHT)
    chosen = [incident for incident in table.selected(filters) if incident.event_group == _NIGHT]
    st.markdown(f"## {say('example-title', name=plain(group.name))}")
    if not chosen:
        st.info(say("example-left-out"))
        reset_button("example-reset")
        return
    st.markdown(say("example-told-md", summary=plain(group.summary), incidents=of_all(len(chosen), len(members))))
    matrix_panel(chosen, table, key="night-matrix")
    beside_sum, beside_rules = st.columns(2, gap="medium")
    with beside_sum:
        _sum_panel(chosen, table)
    with beside_rules:
        st.markdown(f"### {say('event-rules')}")
        totals_panel(chosen, table, key="night-totals", split=len(chosen) < len(members))
    st.button(
        say("example-day-by-day"), icon=":material/event_note:", on_click=ask_for, args=(EVENTS_PAGE, EVENT_KEY, _NIGHT)
    )


def _sum_panel(incidents: Sequence[Incident], table: IncidentTable) -> None:
    """Draw the accounts of people killed, and the misleading sum of their figures."""
    of_dead = [matter for matter in matters(incidents) if matter.about is About.KILLED]
    figures = [s for matter in of_dead for s in matter.statements if s.gives_a_figure]
    st.markdown(f"### {say('example-not-added')}")
    panel(
        "who_night.html",
        key="night-sum",
        on_choose=ask_for_map,
        figures=say("figures", count=len(figures)),
        sum=sum(s.most_named for s in figures),
        whole=[_account(matter, table) for matter in of_dead if matter.scope is Scope.GROUP],
        parts=[_account(matter, table) for matter in of_dead if matter.scope is Scope.INCIDENT],
    )


def _account(matter: Matter, table: IncidentTable) -> dict[str, Any]:
    return {
        "matter": matter_words(matter),
        "said": [said(s, table, under=matter.scope) for s in matter.statements if s.gives_a_figure],
    }


# Claimants: a sortable table, filtered by side and kind; selecting a row restricts the page to that claimant.

_KEY: Final = "who-table"


def speaker_choice(speakers: pd.DataFrame) -> pd.DataFrame:
    """Draw the choices of side and kind, and return the matching rows of `speakers`, a table from `by_claimant`."""
    beside_side, beside_kind, _ = st.columns([1, 1, 2])
    with beside_side:
        side = one_or_any(say("column-side"), "side", {side: side_words(side) for side in _present(speakers["side"])})
    with beside_kind:
        kind = one_or_any(
            say("column-kind"), "kind", {kind: ClaimantKind(kind).label for kind in _present(speakers["kind"])}
        )
    chosen = speakers[(speakers["side"] == side) | (side == ANY)]
    return chosen[(chosen["kind"] == kind) | (kind == ANY)]


def speaker_table(speakers: pd.DataFrame, *, everybody: int, only: str | None) -> None:
    """Draw the table of claimants; `everybody` is their number in the selection, `only` the chosen one."""
    if speakers.empty:
        st.info(say("claimant-nobody"))
        any_of("side", "kind")
        return
    choosable_table(
        _shown(speakers),
        key=_KEY,
        ids=speakers.index,
        on_choose=partial(put_in_url, CLAIMANT_KEY),
        chosen=only,
        label=say("claimant-table-label"),
        height=460,
        columns=_COLUMNS,
    )
    st.caption(
        say(
            "claimant-count",
            shown=len(speakers),
            all=everybody,
            how_to_sort=SORTS,
            how_to_choose=how_to_choose(say("claimant-see-contradicted")),
        )
    )


def _shown(speakers: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("column-claimant"): speakers["name"],
            say("column-side"): speakers["side"].map(side_words),
            say("column-independent"): speakers["independent"],
            say("column-speaks-of"): speakers["incidents"],
            say("column-contradicted"): speakers["contradicted"],
            say("column-asserts"): speakers["asserts"],
            say("column-acknowledges"): speakers["acknowledges"],
            say("column-denies"): speakers["denies"],
            say("column-unconfirmed"): speakers["unconfirmed"],
            say("column-figures"): speakers["figures"],
            say("column-kind"): [ClaimantKind(kind).label for kind in speakers["kind"]],
        }
    )


_COLUMNS: Final = {
    say("column-claimant"): Column(width_px=250),
    say("column-independent"): Column(help=say("claimant-independent-help"), width_px=104),
    say("column-speaks-of"): Column(help=say("claimant-speaks-help")),
    say("column-acknowledges"): Column(help=say("claimant-acknowledges-help"), width_px=116),
    say("column-unconfirmed"): Column(help=say("claimant-unconfirmed-help"), width_px=108),
    say("column-figures"): Column(help=say("claimant-figures-help")),
    say("column-contradicted"): Column(help=say("claimant-contradicted-help"), width_px=112),
}


def _present(codes: pd.Series) -> list[str]:
    return sorted(codes.unique())


# Downloads.


def who_downloads(filters: Filters, table: IncidentTable, layers: Boundaries) -> None:
    """Draw the download buttons; a file is made only when requested."""
    files = [
        (
            say("claimant-as-csv", table=say(f"evidence-table-{name}")),
            name,
            csv_format.FORMAT,
            partial(evidence_csv, name, filters, table),
        )
        for name in SHEETS
    ]
    workbook = partial(evidence_workbook, filters, table, layers)
    files.append((say("download-workbook"), "claimants", xlsx_format.FORMAT, workbook))
    page_downloads(filters, files, columns=len(files), note=say("claimant-files-note"))


# The page.

HOW_TO_READ = say("claimant-contradiction-note")


def contradiction_view(filters: Filters, found: Resources) -> Sequence[Contradiction]:
    """Draw the denials, then pairs beside gaps, for all claimants or one; return all contradictions."""
    table = found.table
    incidents = table.selected(filters)
    only = _claimant_choice(incidents, table.claimants)
    denials_panel(incidents, table, key="who-denials", only=only)
    beside_pairs, beside_gaps = st.columns(2, gap="small")
    against = contradictions(incidents, table.claimants)
    met = [pair for pair in pairs(against) if only in (None, *pair.claimants)]
    with beside_pairs:
        pairs_panel(met, table, only=only)
    with beside_gaps:
        ranked = widest_gaps(incidents, order=gap_order())
        gaps_panel([gap for gap in ranked if only in (None, gap.lowest.by, gap.highest.by)], table, only=only)
    return against


def speaker_view(
    incidents: Sequence[Incident], claimants: Mapping[str, Claimant], against: Sequence[Contradiction]
) -> None:
    """Draw the table of claimants with its choices of side and kind; `against` are the contradictions."""
    st.markdown(f"## {say('claimants')}")
    speakers = by_claimant(incidents, claimants, found=against)
    speaker_table(speaker_choice(speakers), everybody=len(speakers), only=value_in_url(CLAIMANT_KEY))


def _claimant_choice(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> str | None:
    """Draw the choice of a claimant and return its id, None for all."""
    speakers = {claim.by for incident in incidents for claim in incident.claims}
    names = {by: claimants[by].name for by in sorted(speakers, key=lambda by: (claimants[by].name, by))}
    note_unknown(CLAIMANT_KEY, names)
    return one_to_open(say("column-claimant"), CLAIMANT_KEY, names, placeholder=say("claimant-all"), width=340)
