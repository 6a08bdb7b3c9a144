"""Possible duplicates between datasets: one pair at a time, to link or reject; decisions can be undone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

import pandas as pd
import streamlit as st

from geo.datasets.folder import DataFolder
from geo.datasets.links import (
    DAY_CHOICES,
    KM_CHOICES,
    Link,
    MatchWindows,
    Report,
    Verdict,
    candidates,
    read_links,
    record_decisions,
    undo,
)
from geo.incident.errors import DataError, DatasetBusyError
from geo.incident.record import Incident
from geo.language.messages import day_words, list_words, number_words, say
from geo.places.boundaries import boundaries
from geo.sentences import deaths, how_known, when, where
from geo.table.incident_rows import CURATED, incident_rows
from geo.table.incident_table import IncidentTable
from ui.datasets.import_session import ImportSession, Pairing, current_import, editors_only
from ui.datasets.import_view import tell_trouble
from ui.parts.components import panel, plain
from ui.parts.tables import TITLE, WHEN, Cell, choosable_table, how_to_choose
from ui.resources import Resources

# A pair: two reports side by side, and the evidence that they describe the same incident.


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two reports that may be the same incident, in the order of their datasets and ids."""

    a: Report
    b: Report
    score: float
    """Similarity from 0 to 1."""
    km: float
    days: int
    same_category: bool
    shared_actors: float
    """Share of words in actors' names that both have, from 0 to 1."""

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """Build a pair from a row of `candidates`."""
        return cls(
            a=Report(dataset=row["a_dataset"], id=row["a"]),
            b=Report(dataset=row["b_dataset"], id=row["b"]),
            **{name: row[name] for name in ("score", "km", "days", "same_category", "shared_actors")},
        )

    @property
    def key(self) -> tuple[Report, Report]:
        """Key under which a decision about the pair is stored."""
        return self.a, self.b


def pair_panel(pair: Pair, table: IncidentTable, titles: Mapping[str, str], *, left: int) -> None:
    """Draw a pair; `titles` are of datasets by id, `left` is the number of open pairs including this one."""
    panel("data_pair.html", key="data-pair", on_choose=lambda _: None, **pair_values(pair, table, titles, left=left))


def pair_values(pair: Pair, table: IncidentTable, titles: Mapping[str, str], *, left: int) -> dict[str, Any]:
    """Return template values of a pair; the parameters are as for `pair_panel`."""
    both = [table.incident(report.id) for report in pair.key]
    one, other = (_fields(incident, table) for incident in both)
    return {
        "place_in_line": say("pairs-same") if left == 1 else say("pairs-same-wait", count=left),
        "score": round(100 * pair.score),
        "reasons": reason_words(pair),
        "datasets": [
            say("pairs-the-record") if r.dataset == CURATED else titles.get(r.dataset, r.dataset) for r in pair.key
        ],
        "rows": [(field, one[field], other[field], one[field] == other[field]) for field in one],
    }


def reason_words(pair: Pair) -> str:
    """State the evidence for and against two reports being the same incident."""
    days = say("pairs-days-overlap") if pair.days == 0 else say("pairs-days-between", days=pair.days)
    category = say("pairs-same-category") if pair.same_category else say("pairs-another-category")
    actors = (
        say("pairs-actors-shared", shared_actors=f"{pair.shared_actors:.0%}")
        if pair.shared_actors
        else say("pairs-no-actors")
    )
    return say(
        "pairs-measures", km=number_words(pair.km, 1), days=days, category=category, actors=actors.replace("%", " %")
    )


def _fields(incident: Incident, table: IncidentTable) -> dict[str, str]:
    return {
        say("column-title"): incident.title,
        say("column-when"): when(incident),
        say("pairs-where"): where(incident),
        say("pairs-how-known"): how_known(incident),
        say("column-kind"): incident.subtype.label,
        say("pairs-actors"): list_words(incident.actors) or say("pairs-none-named"),
        say("pairs-deaths", rule=table.rule.name): deaths(incident, table.rule),
        say("pairs-summary"): incident.summary,
        say("column-sources"): "; ".join(
            dict.fromkeys(source.title or source.publisher for source in incident.sources)
        ),
        say("pairs-id"): incident.id,
    }


# Match windows: how far apart two reports may be to be shown as possible duplicates.

_WIDEST: Final = MatchWindows()


def choose_windows() -> MatchWindows:
    """Draw the choice of match windows and return them."""
    beside_km, beside_days, beside_more = st.columns([1, 1, 2], gap="small", vertical_alignment="bottom")
    km = beside_km.segmented_control(
        say("pairs-at-most"),
        KM_CHOICES,
        format_func=lambda km: say("pairs-km", km=km),
        default=_WIDEST.km,
        required=True,
        key="data-pair-km",
        persist_state="session",
    )
    days = beside_days.segmented_control(
        say("pairs-days"),
        DAY_CHOICES,
        format_func=lambda days: say("days", count=days),
        default=_WIDEST.days,
        required=True,
        key="data-pair-days",
        persist_state="session",
    )
    with beside_more.container(horizontal=True, gap="medium"):
        category = st.toggle(say("pairs-category"), key="data-pair-category", persist_state="session")
        actors = st.toggle(say("pairs-shared"), key="data-pair-actors", persist_state="session")
    return MatchWindows(km=int(km), days=int(days), same_category=category, shared_actors=actors)


def none_words(windows: MatchWindows) -> str:
    """Say that no pair is within the windows."""
    narrowed = windows.same_category or windows.shared_actors or windows.km < _WIDEST.km
    return say("pairs-none-close") + (say("pairs-widen") if narrowed else say("pairs-nothing"))


# Decisions, which can be undone.

_MOST_DECIDED: Final = 500


def decided_list(links: Sequence[Link], folder: DataFolder, session: ImportSession) -> None:
    """Draw all decisions, latest first, regardless of the match windows; the chosen one can be undone."""
    if not links:
        return
    verdicts = [link.verdict for link in links]
    linked, rejected = verdicts.count(Verdict.LINKED), verdicts.count(Verdict.REJECTED)
    with st.expander(say("pairs-decisions", links=len(links), linked=linked, rejected=rejected)):
        latest = sorted(links, key=lambda link: link.decided_at, reverse=True)[:_MOST_DECIDED]

        def mark(code: str) -> None:
            session.marked = latest[int(code)].a, latest[int(code)].b

        marked = next((number for number, link in enumerate(latest) if (link.a, link.b) == session.marked), None)
        choosable_table(
            pd.DataFrame([_row(link) for link in latest]),
            key="data-decided",
            ids=map(str, range(len(latest))),
            on_choose=mark,
            chosen=None if marked is None else str(marked),
            label=say("pairs-decisions-label"),
            height=300,
            columns={
                say("pairs-decided"): WHEN,
                say("pairs-one-report"): TITLE,
                say("pairs-other-report"): TITLE,
            },
        )
        st.button(
            say("pairs-take-back"),
            key="data-decided-undo",
            disabled=marked is None,
            on_click=_undo_decision,
            args=(None if marked is None else latest[marked], folder, session),
            icon=":material/undo:",
        )
        st.caption(say("pairs-decisions-kept", how_to_choose=how_to_choose(say("pairs-choose"))))


def _decided(at: datetime) -> Cell:
    return Cell(say("pairs-decided-at", day=day_words(at.date()), time=f"{at:%H:%M}"), at.isoformat())


def _row(link: Link) -> dict[str, object]:
    return {
        say("pairs-decided"): _decided(link.decided_at),
        say("pairs-verdict"): say(f"pairs-verdict-{link.verdict}"),
        say("pairs-one-report"): link.a.id,
        say("pairs-other-report"): link.b.id,
    }


@editors_only
def _undo_decision(link: Link | None, folder: DataFolder, session: ImportSession) -> None:
    if link is None:
        return
    try:
        undo(folder, link.a, link.b)
    except (DatasetBusyError, DataError, OSError) as error:
        session.trouble = say("pairs-decision-stands", error=error)
    else:
        session.decided = [key for key in session.decided if key != (link.a, link.b)]


# Review of one pair at a time, by mouse or keyboard.

_MOST: Final = 1_000
"""Least number of open pairs considered, those with the highest scores."""
_AT_ONCE: Final = 200_000
"""Largest number of rows in which pairs are searched for unasked; a million rows take some 4 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs within the windows, highest score first."""

    rows: tuple[Pair, ...]
    total: int
    """Number of pairs within the windows, including those not in `rows`."""


@st.fragment
def pairs_view(found: Resources, folder: DataFolder) -> None:
    """Draw the match windows, the number of decisions, and the next open pair; a decision reruns only this fragment."""
    st.markdown(f"## {say('pairs-title')}")
    tell_trouble()
    if not found.datasets:
        st.info(say("pairs-about"))
        return
    session, windows = current_import(), choose_windows()
    if not session.looks and sum(dataset.rows for dataset in found.datasets) > _AT_ONCE:
        st.button(say("pairs-look"), on_click=_look, args=(session,), icon=":material/search:")
        return
    try:
        links = read_links(folder)
    except DataError as error:
        st.error(say("pairs-unreadable", error=plain(str(error))))
        return
    _pairs(session, found, folder, links, windows)
    decided_list(links, folder, session)


def _pairs(
    session: ImportSession, found: Resources, folder: DataFolder, links: Sequence[Link], windows: MatchWindows
) -> None:
    releases = tuple((dataset.id, dataset.release) for dataset in found.datasets)
    most = _MOST * (
        2 + len(links) // _MOST
    )  # includes decided ones; in steps, so that a decision does not invalidate the cache
    pairs = _found(releases, hash(found.table.incidents), windows, most, found.table, folder)
    verdicts = {(link.a, link.b): link.verdict for link in links}
    here = [verdicts[pair.key] for pair in pairs.rows if pair.key in verdicts]
    linked, rejected = here.count(Verdict.LINKED), here.count(Verdict.REJECTED)
    st.markdown(
        say(
            "pairs-count-md",
            total=pairs.total,
            km=windows.km,
            days=windows.days,
            linked=linked,
            rejected=rejected,
            total_2=pairs.total - len(here),
        )
    )
    waiting = [pair for pair in pairs.rows if pair.key not in verdicts]
    waiting.sort(key=lambda pair: session.skipped.index(pair.key) + 1 if pair.key in session.skipped else 0)
    if not waiting:
        st.info(say("pairs-all-decided") if pairs.total else none_words(windows))
        _decisions(session, folder, None)
        return
    titles = {dataset.id: dataset.title for dataset in found.datasets}
    pair_panel(waiting[0], found.table, titles, left=len(waiting))
    _decisions(session, folder, waiting[0])


def _decisions(session: ImportSession, folder: DataFolder, pair: Pair | None) -> None:
    """Draw buttons to decide about a pair, if any, and to undo the last decision."""
    with st.container(horizontal=True, gap="small"):
        if pair is not None:
            _verdicts(session, folder, pair)
        if pair is not None or session.decided:
            st.button(
                say("pairs-undo"),
                key="data-pair-undo",
                shortcut="U",
                on_click=_undo,
                args=(session, folder),
                disabled=not session.decided,
                icon=":material/undo:",
            )
    st.caption(say("pairs-note"))


def _verdicts(session: ImportSession, folder: DataFolder, pair: Pair) -> None:
    st.button(
        say("pairs-link"),
        key="data-pair-link",
        type="primary",
        shortcut="L",
        on_click=_decide,
        args=(session, folder, pair.key, Verdict.LINKED),
        icon=":material/link:",
        help=say("pairs-link-help"),
    )
    st.button(
        say("pairs-reject"),
        key="data-pair-reject",
        shortcut="X",
        on_click=_decide,
        args=(session, folder, pair.key, Verdict.REJECTED),
        icon=":material/link_off:",
        help=say("pairs-reject-help"),
    )
    st.button(say("pairs-later"), key="data-pair-later", shortcut="S", on_click=_skip, args=(session, pair.key))


@st.cache_resource(max_entries=4, show_spinner=say("pairs-looking"))
def _found(
    releases: tuple[tuple[str, str], ...],
    record: int,
    windows: MatchWindows,
    most: int,
    _table: IncidentTable,
    _folder: DataFolder,
) -> Pairs:
    """Search for pairs; cached by releases and hash of the record, as a million rows take seconds."""
    del record
    parts = [part for name, _ in releases for part in _folder.files(_folder.dataset(name))]
    curated = incident_rows(_table.incidents, _table.claimants, boundaries())
    found = candidates(parts, windows=windows, curated=curated, most=most)
    return Pairs(rows=tuple(map(Pair.read, found.rows.to_pylist())), total=found.total)


def _look(session: ImportSession) -> None:
    session.looks = True


@editors_only
def _decide(session: ImportSession, folder: DataFolder, key: Pairing, verdict: Verdict) -> None:
    if _done(session, lambda: record_decisions(folder, [Link.of(*key, verdict)])):
        session.decided.append(key)


@editors_only
def _undo(session: ImportSession, folder: DataFolder) -> None:
    one, other = session.decided[-1]
    if _done(session, lambda: undo(folder, one, other)):
        session.decided.pop()


def _skip(session: ImportSession, key: Pairing) -> None:
    if key in session.skipped:
        session.skipped.remove(key)
    session.skipped.append(key)


def _done(session: ImportSession, change: Callable[[], Sequence[Link]]) -> bool:
    """Change the links and return whether it worked; somebody else may hold the lock on the folder."""
    try:
        change()
    except (DatasetBusyError, DataError, OSError) as error:
        session.trouble = say("pairs-not-kept", error=error)
        return False
    return True
