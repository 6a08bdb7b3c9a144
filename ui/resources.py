"""What is loaded once for all sessions: the store, joined to the boundaries, as a table under the chosen rule."""

from contextlib import suppress
from dataclasses import dataclass, replace

import streamlit as st

from geo.boundaries import Boundaries, boundaries
from geo.claims import RANGE, Rule, rules
from geo.errors import Fault
from geo.store import INCIDENTS_FILE, IncidentStore
from geo.table import IncidentTable
from ui.state import chosen_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The incidents with what they are joined to, and what was wrong with the files."""

    table: IncidentTable
    """Under the rule that the switch in the frame says."""
    rules: tuple[Rule, ...]
    """To choose from."""
    boundaries: Boundaries
    faults: tuple[Fault, ...]


Version = tuple[tuple[str, int, int], ...]
"""Of the files: path, time of the last change in nanoseconds, size in bytes."""


def resources() -> Resources:
    """Return the store as it is on disk now; read again only after the file has changed.

    Call it in the script and hand on what is found: a download is made outside of it, where no rule is chosen.
    """
    files = [file for file in IncidentStore(INCIDENTS_FILE).files if file.exists()]
    return _under(tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files), chosen_rule())


@st.cache_resource(max_entries=24, show_spinner=False)
def _under(changed: Version, code: str | None) -> Resources:
    """Count people under a rule, which takes some hundredths of a second."""
    loaded = _load(changed)
    rule = RANGE
    with suppress(ValueError):  # a claimant that the register has lost since
        rule = Rule.parse(code or RANGE.code, loaded.table.claimants)
    return replace(loaded, table=loaded.table.under(rule))


@st.cache_resource(max_entries=2, show_spinner="Reading the incident store and joining it to provinces …")
def _load(changed: Version) -> Resources:
    """Read and join, which takes about a second and is needed by every rerun; `changed` is the key of the cache."""
    del changed
    contents = IncidentStore(INCIDENTS_FILE).read()
    return Resources(
        table=IncidentTable.of(contents),
        rules=rules(contents.incidents, contents.claimants),
        boundaries=boundaries(),
        faults=contents.faults,
    )
