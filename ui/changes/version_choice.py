"""The versions that are held against each other: a released one, the record as it is now, a file that somebody has."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from geo.casualties.rules import Rule
from geo.language.messages import say
from geo.language.wording import day_words
from geo.table.incident_table import IncidentTable
from geo.versions.comparing import compare, table_of
from geo.versions.model import Difference
from geo.versions.released import Edition, Release, StoreFiles, read_edition, read_release, release_file
from ui.resources import Resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A version, and the same as a table that filters can be asked of."""

    name: str
    """What it is called in a sentence."""
    edition: Edition
    table: IncidentTable


def todays(found: Resources) -> Side:
    """Return the record as it is now; `found` is of the record alone."""
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
    return _side(release_words(release), files, None, (files.version, ""))


def of_file(files: StoreFiles, beside: Edition) -> Side:
    """Return what somebody gave as a side; registers that it lacks are those of the version beside it."""
    return _side(say("changes-file"), files, beside, (files.version, beside.version))


def release_words(release: Release) -> str:
    """Name a version with the day of its release, if it was released."""
    return f"{release.name}, {day_words(release.date)}" if release.date else release.name


def compared(old: Side, new: Side, rule: Rule) -> Difference:
    """Return what differs between two versions under a rule."""
    versions = old.edition.version, new.edition.version
    return _compared(old.edition, new.edition, rule, (*versions, rule.code))


@st.cache_resource(max_entries=32, show_spinner=False)
def _shipped(_release: Release, key: tuple[str | int, ...]) -> StoreFiles:
    """Unpack and check, which takes some hundredths of a second and is needed of every version by every rerun."""
    folder = Path(str(key[0])).parent
    return read_release(_release, folder)


@st.cache_resource(max_entries=4, show_spinner=say("changes-reading"))
def _side(name: str, _files: StoreFiles, _beside: Edition | None, key: tuple[str, str]) -> Side:
    """Read a version and join it to provinces, which takes some tenths of a second."""
    del key
    edition = read_edition(*_files, beside=_beside)
    return Side(name=name, edition=edition, table=table_of(edition))


@st.cache_resource(max_entries=8, show_spinner=say("changes-comparing"))
def _compared(_old: Edition, _new: Edition, _rule: Rule, key: tuple[str, str, str]) -> Difference:
    """Compare, which takes up to a second."""
    del key
    return compare(_old, _new, rule=_rule)
