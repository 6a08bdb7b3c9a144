"""An older file held against the record: read in memory, never by a name or path that the upload gives."""

from collections.abc import Sequence
from typing import Final, Protocol

import streamlit as st

from geo.difference import Difference, Edition, compare, read_edition
from geo.incident import Incident
from geo.reading.registers import CLAIMANTS_FILE, EVENT_GROUPS_FILE
from geo.wording import count_words
from ui.changes_view import difference_view
from ui.plain_text import plain
from ui.resources import Resources, resources

_MOST_MB: Final = 20
_MOST_FAULTS: Final = 50


class Upload(Protocol):
    """A file that somebody gave."""

    name: str

    def getvalue(self) -> bytes:
        """Return its content."""


def compare_upload(chosen: Sequence[Incident], found: Resources) -> None:
    """Draw the place for a file, and what differs between it and the record."""
    st.markdown("## Compare an older file with the record")
    files = st.file_uploader(
        "An older incidents.geojson; with it, if you have them, its claimants.json and event_groups.json",
        type=["geojson", "json"],
        accept_multiple_files=True,
        max_upload_size=_MOST_MB,
        key="changes-upload",
    )
    if not files:
        st.caption("The file is read in memory and not kept. Without its registers, those of the record are taken.")
        return
    sorted_out = sort_out(files)
    if isinstance(sorted_out, str):
        st.error(sorted_out)
        return
    found_difference, faults = _compared(*sorted_out, found.table.version, found.table.rule.code)
    if faults:
        with st.expander(f"{count_words(len(faults), 'fault')} in the file: what is at fault is not compared"):
            for fault in faults[:_MOST_FAULTS]:
                st.markdown(f"- {plain(fault)}")
            if len(faults) > _MOST_FAULTS:
                st.caption(f"… and {len(faults) - _MOST_FAULTS:,} more")
    difference_view(found_difference, chosen, key="upload", names=("the file", "the record as it is now"))


def sort_out(files: Sequence[Upload]) -> tuple[bytes, bytes | None, bytes | None] | str:
    """Tell which file is which by its name; a sentence where that cannot be told or one is too big."""
    registers = {CLAIMANTS_FILE: b"", EVENT_GROUPS_FILE: b""}
    incidents: list[bytes] = []
    for file in files:
        content = file.getvalue()
        if len(content) > _MOST_MB * 1_000_000:
            return f"{plain(file.name)} is larger than {_MOST_MB} MB; an incident file of this record is far smaller."
        if file.name in registers:
            registers[file.name] = content
        else:
            incidents.append(content)
    if len(incidents) != 1:
        return f"Give one incident file, not {len(incidents):,}; registers are told by their names."
    return incidents[0], registers[CLAIMANTS_FILE] or None, registers[EVENT_GROUPS_FILE] or None


def _now(found: Resources) -> Edition:
    return Edition(
        incidents=found.table.incidents,
        claimants=found.table.claimants,
        event_groups=found.table.event_groups,
        version=found.table.version,
        faults=found.faults,
        at_fault=frozenset(fault.where for fault in found.faults) - {i.id for i in found.table.incidents},
        without_movement=frozenset(),
    )


@st.cache_data(max_entries=4, show_spinner="Comparing …")
def _compared(
    incidents: bytes, claimants: bytes | None, groups: bytes | None, version: str, rule: str
) -> tuple[Difference, tuple[str, ...]]:
    """Compare, which takes up to a second; `version` and `rule` are part of the cache's key."""
    del version, rule
    found = resources().of_record()
    now = _now(found)
    old = read_edition(incidents, claimants, groups, beside=now)
    return compare(old, now, rule=found.table.rule), tuple(str(fault) for fault in old.faults)
