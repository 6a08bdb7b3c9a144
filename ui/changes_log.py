"""The versions that the log holds, and the one whose changes are shown."""

from collections.abc import Sequence

import streamlit as st

from geo.difference.log import LOG_FILE, Version, read_log
from geo.errors import DataError
from geo.incident import Incident
from geo.table import IncidentTable
from geo.wording import day_words
from ui.changes_view import difference_view
from ui.plain_text import plain
from ui.state import VERSION_KEY, pull_one, push_one


def version_changes(chosen: Sequence[Incident], table: IncidentTable) -> None:
    """Draw the choice of a version and what it changed; `table` holds the record as it is now."""
    try:
        log = read_log(LOG_FILE)
    except DataError as error:
        st.error(f"The log of versions cannot be read: {plain(str(error))}")
        return
    if not log:
        st.info("No version is in the log yet: the record has no earlier one to be compared with.")
        return
    version = _chosen(log)
    if log[0].difference.new_version != table.version:
        st.info(
            f"The record has been edited since version {plain(log[0].version)} was entered here; what was edited since "
            "is not in the list. Compare with the file of that version below."
        )
    if version is log[-1]:
        st.caption(
            f"{plain(version.version)} is the first version of the record, with no earlier one to compare with. Listed "
            f"is what was mended between the record {plain(version.before)} and that version."
        )
    if version.difference.rule != table.rule.name:
        st.caption("Tolls were entered into the log under one rule and stay under it, whatever the rule switch says.")
    names = f"the record {version.before}", f"version {version.version}"
    difference_view(version.difference, chosen, key="version", names=names)


def _chosen(log: Sequence[Version]) -> Version:
    by_name = {version.version: version for version in log}
    pull_one(VERSION_KEY, list(by_name))
    name: str = st.selectbox(
        "Version",
        list(by_name),
        format_func=lambda name: f"{name}, {day_words(by_name[name].date)}",
        key=VERSION_KEY,
        on_change=push_one,
        args=(VERSION_KEY, log[0].version),
        width=340,
    )
    return by_name[name]
