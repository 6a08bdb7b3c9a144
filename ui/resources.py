"""What is loaded once for all sessions: the store, joined to the boundaries, as a table."""

from dataclasses import dataclass

import streamlit as st

from geo.boundaries import Boundaries, boundaries
from geo.errors import Fault
from geo.store import INCIDENTS_FILE, IncidentStore
from geo.table import IncidentTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The incidents with what they are joined to, and what was wrong with the files."""

    table: IncidentTable
    boundaries: Boundaries
    faults: tuple[Fault, ...]


def resources() -> Resources:
    """Return the store as it is on disk now; read again only after the file has changed."""
    files = [file for file in IncidentStore(INCIDENTS_FILE).files if file.exists()]
    return _load(tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files))


@st.cache_resource(max_entries=2, show_spinner="Reading the incident store and joining it to provinces …")
def _load(changed: tuple[tuple[str, int, int], ...]) -> Resources:
    """Read and join, which takes about a second and is needed by every rerun; `changed` is the key of the cache."""
    del changed
    contents = IncidentStore(INCIDENTS_FILE).read()
    return Resources(
        table=IncidentTable.of(contents),
        boundaries=boundaries(),
        faults=contents.faults,
    )
