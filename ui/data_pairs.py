"""Possible duplicates between datasets: one pair at a time, linked or rejected by mouse or keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from geo.boundaries import boundaries
from geo.datasets import DataFolder
from geo.datasets.duplicates import Windows, candidates
from geo.datasets.links import Link, Verdict, decide, read_links, undo
from geo.errors import DataError, DatasetBusyError
from geo.table import IncidentTable
from geo.table_rows import incident_rows
from geo.wording import count_words
from ui.data_decided import decided_list
from ui.data_desk import Desk, Pairing, desk
from ui.data_pair import Pair, pair_panel
from ui.data_trouble import tell_trouble
from ui.data_windows import choose_windows, none_words
from ui.plain_text import plain
from ui.resources import Resources

_MOST: Final = 1_000
"""Open pairs that are looked at, at least, those with the highest scores."""
_AT_ONCE: Final = 200_000
"""Rows up to which pairs are looked for without being asked to; it takes some 4 s for a million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs within the windows, highest score first."""

    rows: tuple[Pair, ...]
    total: int
    """How many there are, those not in `rows` too."""


@st.fragment
def pairs_view(found: Resources, folder: DataFolder) -> None:
    """Draw the windows, how much is decided, and the next open pair; a decision runs nothing else of the page."""
    st.markdown("## Possible duplicates")
    tell_trouble()
    if not found.datasets:
        st.info(
            "Once a dataset is imported and shown, reports of it and of the record, or of another dataset, that may be "
            "the same incident stand here side by side, to be linked or rejected."
        )
        return
    on, windows = desk(), choose_windows()
    if not on.looks and sum(dataset.rows for dataset in found.datasets) > _AT_ONCE:
        st.button("Look for pairs", on_click=_look, args=(on,), icon=":material/search:")
        return
    try:
        links = read_links(folder)
    except DataError as error:
        st.error(f"What was decided cannot be read: {plain(str(error))}. Mend or remove the file.")
        return
    _pairs(on, found, folder, links, windows)
    decided_list(links, folder, on)


def _pairs(on: Desk, found: Resources, folder: DataFolder, links: Sequence[Link], windows: Windows) -> None:
    releases = tuple((dataset.id, dataset.release) for dataset in found.datasets)
    most = _MOST * (
        2 + len(links) // _MOST
    )  # decided ones are among them; in steps, so that a decision keeps the answer
    pairs = _found(releases, hash(found.table.incidents), windows, most, found.table, folder)
    verdicts = {(link.a, link.b): link.verdict for link in links}
    here = [verdicts[pair.key] for pair in pairs.rows if pair.key in verdicts]
    linked, rejected = here.count(Verdict.LINKED), here.count(Verdict.REJECTED)
    st.markdown(
        f"**{count_words(pairs.total, 'pair')}** within {windows.km:g} km and {count_words(windows.days, 'day')}: "
        f"{linked:,} linked, {rejected:,} rejected, **{pairs.total - len(here):,} open**"
    )
    waiting = [pair for pair in pairs.rows if pair.key not in verdicts]
    waiting.sort(key=lambda pair: on.skipped.index(pair.key) + 1 if pair.key in on.skipped else 0)
    if not waiting:
        st.info("Every pair within these windows is decided." if pairs.total else none_words(windows))
        _decisions(on, folder, None)
        return
    titles = {dataset.id: dataset.title for dataset in found.datasets}
    pair_panel(waiting[0], found.table, titles, left=len(waiting))
    _decisions(on, folder, waiting[0])


def _decisions(on: Desk, folder: DataFolder, pair: Pair | None) -> None:
    """Draw what can be done with a pair, or once none waits, with the last decision."""
    with st.container(horizontal=True, gap="small"):
        if pair is not None:
            _verdicts(on, folder, pair)
        if pair is not None or on.decided:
            st.button(
                "Undo",
                key="data-pair-undo",
                shortcut="U",
                on_click=_undo,
                args=(on, folder),
                disabled=not on.decided,
                icon=":material/undo:",
            )
    st.caption(
        "Nothing is deleted. Linked reports count as one incident where “Linked reports” in the filter bar says so."
    )


def _verdicts(on: Desk, folder: DataFolder, pair: Pair) -> None:
    st.button(
        "Link",
        key="data-pair-link",
        type="primary",
        shortcut="L",
        on_click=_decide,
        args=(on, folder, pair.key, Verdict.LINKED),
        icon=":material/link:",
        help="They are the same incident",
    )
    st.button(
        "Reject",
        key="data-pair-reject",
        shortcut="X",
        on_click=_decide,
        args=(on, folder, pair.key, Verdict.REJECTED),
        icon=":material/link_off:",
        help="They are two incidents",
    )
    st.button("Later", key="data-pair-later", shortcut="S", on_click=_skip, args=(on, pair.key))


@st.cache_resource(max_entries=4, show_spinner="Looking for reports that may be the same incident …")
def _found(
    releases: tuple[tuple[str, str], ...],
    record: int,
    windows: Windows,
    most: int,
    _table: IncidentTable,
    _folder: DataFolder,
) -> Pairs:
    """Look for pairs, which takes seconds for a million rows; releases and the record's hash are the cache's key."""
    del record
    parts = [part for name, _ in releases for part in _folder.files(_folder.dataset(name))]
    curated = incident_rows(_table.incidents, _table.claimants, boundaries())
    found = candidates(parts, windows=windows, curated=curated, most=most)
    return Pairs(rows=tuple(map(Pair.read, found.rows.to_pylist())), total=found.total)


def _look(on: Desk) -> None:
    on.looks = True


def _decide(on: Desk, folder: DataFolder, key: Pairing, verdict: Verdict) -> None:
    if _done(on, lambda: decide(folder, [Link.of(*key, verdict)])):
        on.decided.append(key)


def _undo(on: Desk, folder: DataFolder) -> None:
    one, other = on.decided[-1]
    if _done(on, lambda: undo(folder, one, other)):
        on.decided.pop()


def _skip(on: Desk, key: Pairing) -> None:
    if key in on.skipped:
        on.skipped.remove(key)
    on.skipped.append(key)


def _done(on: Desk, change: Callable[[], Sequence[Link]]) -> bool:
    """Change the links; somebody else may hold the folder."""
    try:
        change()
    except (DatasetBusyError, DataError, OSError) as error:
        on.trouble = f"The decision was not kept: {error}"
        return False
    return True
