"""The page of changes: choose two versions, or compare a file; the effect on totals, then incident by incident."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.casualties import Rule
from geo.export import csv_format
from geo.export.formats import file_name
from geo.incident.errors import DataError, UnreadableError
from geo.language.messages import day_words, say
from geo.selection import Filters
from geo.sentences import with_names
from geo.store.incident_store import CLAIMANTS_FILE, EVENT_GROUPS_FILE
from geo.table.incident_table import IncidentTable
from geo.versions.comparing import (
    caveats,
    change_lines,
    compare,
    count_name,
    figures_words,
    marked_words,
    name_words,
    register_lines,
    restricted,
    selection_words,
    summary_words,
    table_of,
    to_json,
    to_markdown,
    toll_change_words,
)
from geo.versions.released import (
    LOG_FILE,
    TODAY,
    VERSIONS_FOLDER,
    Difference,
    Edition,
    IncidentChange,
    Release,
    StoreFiles,
    Version,
    read_apart,
    read_edition,
    read_log,
    read_release,
    release_file,
    releases,
)
from ui.parts.components import panel, plain, save_button
from ui.parts.filter_bar import choice_of_one
from ui.parts.page_frame import nothing_of_record
from ui.resources import Resources
from ui.roles import let_upload, may_edit, readable
from ui.state import FROM_KEY, TO_KEY, ask_for_map


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two versions compared, also as a table that can be filtered."""

    name: str
    """Its name within a sentence."""
    edition: Edition
    table: IncidentTable


def todays(found: Resources) -> Side:
    """Return the current record as a side; `found` must be limited to the record."""
    edition = Edition(
        incidents=found.table.incidents,
        claimants=found.table.claimants,
        event_groups=found.table.event_groups,
        version=found.table.version,
        faults=found.faults,
        at_fault=frozenset(fault.where for fault in found.faults) - {i.id for i in found.table.incidents},
        without_movement=frozenset(),
    )
    return Side(name=say("changes-today"), edition=edition, table=found.table)


def shipped(release: Release, folder: Path) -> StoreFiles:
    """Return the files of a released version; raises DataError if its store is missing or damaged."""
    path = release_file(release.name, folder)
    try:
        changed = (path.stat().st_mtime_ns, path.stat().st_size)
    except OSError:
        changed = (0, 0)
    return _shipped(release, (str(path), release.name, release.data_version, *changed))


def of_release(release: Release, files: StoreFiles) -> Side:
    """Return a released version as a side."""
    return _side(release_words(release), files, files.version)


def of_file(files: StoreFiles, beside: Edition, *, name: str) -> Side | str:
    """Return an uploaded version as a side, or why it cannot be read; `beside` supplies the registers it lacks."""
    return _given(name, files, beside, (name, files.version, beside.version))


def release_words(release: Release) -> str:
    """Return the name of a version, with the day of its release if it was released."""
    return f"{release.name}, {day_words(release.date)}" if release.date else release.name


def compared(old: Side, new: Side, rule: Rule) -> Difference:
    """Return the difference between two versions under a rule."""
    versions = old.edition.version, new.edition.version
    return _compared(old.edition, new.edition, rule, (*versions, rule.code))


@st.cache_resource(max_entries=32, show_spinner=False)
def _shipped(_release: Release, key: tuple[str | int, ...]) -> StoreFiles:
    """Unpack and check a version; cached, as each takes some hundredths of a second and every rerun needs all."""
    folder = Path(str(key[0])).parent
    return read_release(_release, folder)


@st.cache_resource(max_entries=4, show_spinner=say("changes-reading"))
def _side(name: str, _files: StoreFiles, key: str) -> Side:
    """Read a version and assign provinces; cached, as this takes some tenths of a second."""
    del key
    edition = read_edition(*_files)
    return Side(name=name, edition=edition, table=table_of(edition))


@st.cache_resource(max_entries=4, show_spinner=say("changes-reading"))
def _given(name: str, _files: StoreFiles, _beside: Edition, key: tuple[str, str, str]) -> Side | str:
    """Read an uploaded version in a separate process; cached, as this takes seconds to start."""
    del key
    try:
        edition = read_apart(_files, name=name, beside=_beside, stopped=_give_way)
    except UnreadableError as error:
        return say("changes-unreadable", name=plain(name), failure=plain(error.reason))
    return Side(name=say("changes-file"), edition=edition, table=table_of(edition))


def _give_way() -> None:
    """Stop the script if its visitor has moved on, for example by removing the file or opening another page."""
    context = get_script_run_ctx()
    if context is not None:
        context.yield_check()


@st.cache_resource(max_entries=8, show_spinner=say("changes-comparing"))
def _compared(_old: Edition, _new: Edition, _rule: Rule, key: tuple[str, str, str]) -> Difference:
    """Compare two versions; cached, as this takes up to a second."""
    del key
    return compare(_old, _new, rule=_rule)


# The difference between two versions: the effect on the totals, then incident by incident.

_ALL: Final = say("changes-everything")
_AT_A_TIME: Final = 20
"""Number of incidents shown at first, and in each folded group after that."""
_TEXTS: Final = ("title", "summary", "location_note")
_KINDS: Final = (
    _ALL,
    say("changes-added-or-removed"),
    say("changes-tolls"),
    say("changes-status"),
    say("changes-place-and-day"),
    say("changes-claims-and-sources"),
    say("changes-words"),
)
_PLACE_AND_DAY: Final = frozenset(
    (
        *("date_start", "date_end", "date_precision", "place", "aliases", "district", "province", "country", "lon"),
        *("lat", "location_precision", "uncertainty_km", "location_basis", "location_confidence", "location_note"),
        "provinces",
    )
)


def difference_view(sides: tuple[Side, Side], filters: Filters, found: Resources, *, key: str) -> None:
    """Draw the difference between an older and a newer version, restricted to the selection if anything is filtered."""
    old, new = sides
    rule = found.table.rule
    whole = compared(old, new, rule)
    difference = whole
    if filters.active:
        difference = restricted(whole, (old.table, new.table), filters, rule=rule, layers=found.boundaries)
    outside = whole.incidents - difference.incidents
    _head(difference, len(outside))
    if filters.active and not any(count.old or count.new for count in difference.counts):
        nothing_of_record(filters, found)
    if not difference.empty:
        _numbers(difference)
    _between(difference, (old.name, new.name))
    if difference.empty:
        return
    here = {incident.id for incident in found.of_record().table.incidents}
    beside_totals, beside_list = st.columns([5, 8], gap="small")
    with beside_totals:
        panel("changes_totals.html", key=f"{key}-totals", on_choose=ask_for_map, **_totals(difference))
        _files(difference, key)
    with beside_list:
        _incidents(difference, here, key)


def _head(difference: Difference, outside: int) -> None:
    """Summarise the difference in a sentence, and say how much of it the filters leave out."""
    st.markdown(f"**{plain(summary_words(difference))}**")
    if difference.filters:
        left_out = say("changes-outside", outside=outside) if outside else ""
        st.info(f"{plain(selection_words(difference))}{left_out}", icon=":material/filter_alt:")


def _between(difference: Difference, names: tuple[str, str]) -> None:
    """Name the two versions and the rule, and list what could not be compared."""
    st.caption(
        say(
            "changes-from-to",
            old=plain(names[0]),
            old_version=difference.old_version[:8],
            new=plain(names[1]),
            new_version=difference.new_version[:8],
            rule=plain(difference.rule),
            rule_sentence=difference.rule_sentence,
        )
    )
    for line in caveats(difference):
        with st.expander(plain(line.split(":", 1)[0])):
            st.caption(plain(line))


_NUMBER_PX: Final = 152
"""Width of the box around a count, so that two fit side by side on a phone."""


def _numbers(difference: Difference) -> None:
    """Draw the numbers of changed incidents and claims, and the changes of totals."""
    claims = difference.claim_changes
    numbers = {
        say("changes-incidents-added"): len(difference.added),
        say("changes-incidents-removed"): len(difference.removed),
        say("changes-incidents-changed"): len(difference.changed),
        say("changes-claims-added"): claims["added"],
        say("changes-claims-removed"): claims["removed"],
        say("changes-claims-changed"): claims["changed"],
    }
    with st.container(horizontal=True):
        for label, number in numbers.items():
            st.metric(label, say("number", number=number), width=_NUMBER_PX, border=True)
    moved = [toll_change_words(toll) for toll in difference.totals if toll.old != toll.new]
    st.markdown(say("changes-totals", totals=plain("; ".join(moved))) if moved else say("changes-no-total"))


def _incidents(difference: Difference, here: Collection[str], key: str) -> None:
    """Draw the list of changed incidents; those in `here`, the ids in today's record, can be opened."""
    counts = Counter(kind for change in difference.changed for kind in touched(change))
    counts |= {
        _ALL: len(difference.incidents),
        say("changes-added-or-removed"): len(difference.added) + len(difference.removed),
    }
    kind = st.segmented_control(
        say("changes-show"),
        _KINDS,
        format_func=lambda kind: f"{kind} · {say('number', number=counts[kind])}",
        default=_ALL,
        required=True,
        key=f"{key}-kind",
        persist_state="session",
        wrap=True,
    )
    moved = _moved(difference)
    shown = [change for change in difference.changed if kind in (_ALL, *touched(change))]
    panel(
        "changes.html",
        key=f"{key}-list",
        on_choose=ask_for_map,
        entries=[
            *(_rows(difference) if kind in (_ALL, say("changes-added-or-removed")) else ()),
            *(_values(change, moved, difference.names) for change in shown),
        ],
        at_a_time=_AT_A_TIME,
        kind=None if kind == _ALL else kind,
        here=frozenset(here),
    )


def _rows(difference: Difference) -> Iterator[dict[str, Any]]:
    """Yield template values of incidents that were added or removed, or entered or left the selection unchanged."""
    changed = {change.id for change in difference.changed}
    for what, rows in (
        (say("changes-added"), difference.added),
        (say("changes-removed"), difference.removed),
        (say("changes-came"), difference.entered),
        (say("changes-left"), difference.left),
    ):
        for row in rows:
            if row.id not in changed:
                claims = say("claims", count=row.claims)
                yield {
                    "id": row.id,
                    "title": row.title,
                    "day": row.days,
                    "what": what,
                    "claims": claims,
                }


def _moved(difference: Difference) -> dict[str, str]:
    """Return labels of incidents that entered or left the selection, by id."""
    return {row.id: say("changes-came") for row in difference.entered} | {
        row.id: say("changes-left") for row in difference.left
    }


def _values(change: IncidentChange, moved: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    """Return template values of a change: texts with insertions and deletions marked, everything else in words."""
    texts = [field for field in change.fields if field.field in _TEXTS and field.old and field.new]
    return {
        "id": change.id,
        "title": change.title,
        "day": change.days,
        "moved": moved.get(change.id),
        "lines": change_lines(change, names, without={field.field for field in texts}),
        "tolls": len(change.tolls),
        "texts": [
            (name_words(field), marked_words(with_names(field.old, names), with_names(field.new, names)))
            for field in texts
        ],
    }


def touched(change: IncidentChange) -> set[str]:
    """Return the kinds of change, of `_KINDS`, that an incident's change includes."""
    fields = {field.field for field in change.fields}
    held = {
        say("changes-tolls"): bool(change.tolls),
        say("changes-status"): "status" in fields,
        say("changes-place-and-day"): bool(fields & _PLACE_AND_DAY),
        say("changes-claims-and-sources"): bool(change.claims or change.sources),
        say("changes-words"): bool(fields & {"title", "summary"}),
    }
    return {kind for kind, holds in held.items() if holds}


def _totals(difference: Difference) -> dict[str, Any]:
    return {
        "of": say("changes-selection") if difference.filters else say("changes-whole-record"),
        "counts": [
            (
                *(count_name(c.name), say("number", number=c.old), say("number", number=c.new)),
                c.old != c.new,
            )
            for c in difference.counts
        ],
        "tolls": [
            (t.about.label, figures_words(t.old), figures_words(t.new), t.old != t.new) for t in difference.totals
        ],
        "rule": difference.rule,
        "rule_sentence": difference.rule_sentence,
        "registers": [
            (name, lines)
            for name, lines in (
                (say("claimants"), register_lines(difference.claimants)),
                (say("page-event-clusters"), register_lines(difference.event_groups)),
            )
            if lines
        ],
    }


def _files(difference: Difference, key: str) -> None:
    for beside, (name, ending, write, media) in zip(
        st.columns(2),
        (("Markdown", "md", to_markdown, "text/markdown"), ("JSON", "json", to_json, "application/json")),
        strict=True,
    ):
        file = partial(_file, write, difference)
        with beside:
            save_button(name, file, f"{file_stem(difference)}.{ending}", media, key=f"{key}-{ending}", width="stretch")


def file_stem(difference: Difference) -> str:
    """Return a file name, without suffix, from the two versions and the selection."""
    chosen = file_name(Filters.from_query(difference.filters), format=csv_format.FORMAT).removesuffix(".csv")
    return f"changes-{difference.old_version[:8]}-{difference.new_version[:8]}{chosen.removeprefix('incidents')}"


def _file(write: Callable[[Difference], str], difference: Difference) -> bytes:
    return write(difference).encode()


# A file compared with the record: read in memory, never from a name or path given by the upload.

_MOST_MB: Final = 20
_MOST_FAULTS: Final = 50


class Upload(Protocol):
    """An uploaded file."""

    name: str

    def getvalue(self) -> bytes:
        """Return the file's content."""


def compare_upload(filters: Filters, found: Resources) -> None:
    """Draw the upload field, and the difference between the file and the record for the selection."""
    st.markdown(f"## {say('changes-compare-file')}")
    if not may_edit():
        st.info(say("changes-file-editors"))
        return
    let_upload()
    files = st.file_uploader(
        say("changes-file-label"),
        type=["geojson", "json"],
        accept_multiple_files=True,
        max_upload_size=_MOST_MB,
        key="changes-upload",
    )
    if not files:
        st.caption(say("changes-file-help"))
        return
    sorted_out = sort_out(files)
    if isinstance(sorted_out, str):
        st.error(plain(sorted_out))
        return
    now = todays(found.of_record())
    given = of_file(StoreFiles(*sorted_out), now.edition, name=_name_of(files))
    if isinstance(given, str):
        st.error(given)
        return
    faults = given.edition.faults
    if faults:
        with st.expander(say("changes-faults", faults=len(faults))):
            for fault in faults[:_MOST_FAULTS]:
                st.markdown(f"- {plain(str(fault))}")
            if len(faults) > _MOST_FAULTS:
                st.caption(say("changes-more-faults", faults=len(faults) - _MOST_FAULTS))
    difference_view((given, now), filters, found, key="upload")


def _name_of(files: Sequence[Upload]) -> str:
    """Return the name of the file of incidents."""
    return next(file.name for file in files if file.name not in (CLAIMANTS_FILE, EVENT_GROUPS_FILE))


def sort_out(files: Sequence[Upload]) -> tuple[bytes, bytes | None, bytes | None] | str:
    """Return incidents, claimants and event groups, told apart by file name; a sentence if unclear or too large."""
    registers = {CLAIMANTS_FILE: b"", EVENT_GROUPS_FILE: b""}
    incidents: list[bytes] = []
    for file in files:
        content = file.getvalue()
        if len(content) > _MOST_MB * 1_000_000:
            return say("changes-too-large", name=file.name, most_mb=_MOST_MB)
        if file.name in registers:
            registers[file.name] = content
        else:
            incidents.append(content)
    if len(incidents) != 1:
        return say("changes-one-file", incidents=len(incidents))
    return incidents[0], registers[CLAIMANTS_FILE] or None, registers[EVENT_GROUPS_FILE] or None


# Changes since a released version: the choice of two versions, and their difference for the selection.


def version_changes(filters: Filters, found: Resources) -> None:
    """Draw the choice of two versions and their difference for the selection."""
    try:
        log = read_log(LOG_FILE)
    except DataError as error:
        st.error(say("changes-log-unreadable", faults=plain(readable(str(error.faults[0])))))
        return
    if not log:
        st.info(say("changes-no-version"))
        return
    known = {release.name: release for release in releases(log)}
    files = _readable(known.values())
    if not files:
        st.info(say("changes-none-readable"))
        return
    record = found.of_record()
    _standing(log[0], record.table)
    old, new = _chosen({name: known[name] for name in files}, record.table.version)
    if known[old].date is None:
        st.caption(say("changes-before-first", old=plain(old)))
    sides = of_release(known[old], files[old]), todays(record) if new == TODAY else of_release(known[new], files[new])
    difference_view(sides, filters, found, key="version")


def _readable(known: Iterable[Release]) -> dict[str, StoreFiles]:
    """Return the stores of released versions by name; warn about those that cannot be read."""
    files = {}
    for release in known:
        try:
            files[release.name] = shipped(release, VERSIONS_FOLDER)
        except DataError as error:
            st.warning(say("changes-left-out", name=plain(release.name), faults=plain(readable(str(error.faults[0])))))
    return files


def _standing(newest: Version, record: IncidentTable) -> None:
    """Say whether the record differs from its newest release."""
    name, day = plain(newest.version), day_words(newest.date)
    if newest.difference.new_version == record.version:
        st.caption(say("changes-as-released", name=name, day=day))
    else:
        st.caption(say("changes-edited", name=name, day=day))


def _chosen(known: Mapping[str, Release], now: str) -> tuple[str, str]:
    """Draw the choice and return the names of the older and the newer version.

    Defaults are today's record and the newest release that differs from it; `now` is the data version of the former.
    """
    names = list(known)
    first = next((name for name in names if known[name].data_version != now), names[0])
    words = {name: release_words(release) for name, release in known.items()}
    beside_from, beside_to, _ = st.columns([2, 2, 3])
    with beside_from:
        old = choice_of_one(say("changes-since"), FROM_KEY, words, default=first)
    with beside_to:
        later = {TODAY: say("changes-today")} | {name: words[name] for name in names[: names.index(old)]}
        new = choice_of_one(say("changes-until"), TO_KEY, later)
    return old, new
