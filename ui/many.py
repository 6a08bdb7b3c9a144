"""The map of many: discs with counts for the view, made anew whenever the map comes to rest, and nothing else with it.

The map is drawn by the fragment around this one and stays as it is. Its script asks through a component that shows
nothing, so that a pan sends a view up and marks down, and neither the base map nor another widget runs again.
"""

from pathlib import Path
from typing import Any, Final

import streamlit as st

from geo.errors import UnknownIncidentError
from geo.filters import Filters
from geo.incident import Incident
from geo.table import Badge, Cell, Clusters
from geo.table_rows import CURATED
from geo.vocabulary import Category
from geo.webmap import Question, group_marks, incident_marks, listed_marks
from ui.resources import Resources, resources
from ui.storage import storage_told

KEY: Final = "many-incidents"
_MOST_LISTED: Final = 50
_COMPONENT: Final = st.components.v2.component(
    "incident_map_many", js=(Path(__file__).parent / "many_bridge.js").read_text("utf-8")
)


def base_marks(chosen: str | None, found: Resources) -> dict[str, Any]:
    """Return what the map gets once: how to speak of groups, and the open incident's own mark."""
    table = found.table
    alone: tuple[Incident, ...] = ()
    if chosen:
        try:
            alone = (table.incident(chosen),)
        except UnknownIncidentError:
            alone = ()
    marks = incident_marks(alone, found.boundaries, rule=table.rule)
    return marks | {"many": {"rule": table.rule.name, "other": Category.OTHER in found.codes}}


@st.fragment
@storage_told()
def many_marks(filters: Filters) -> None:
    """Answer the map's last question about a choice."""
    question = Question.read((st.session_state.get(KEY) or {}).get("view"))
    answer = {"n": 0} if question is None else answered(question, filters, resources())
    _COMPONENT(key=KEY, data=answer, on_view_change=_kept)


def _kept() -> None:
    """Do nothing: Streamlit keeps a component's state only where somebody listens to it."""


def answered(question: Question, filters: Filters, found: Resources) -> dict[str, Any]:
    """Return what the map draws, with the number of the question."""
    table = found.table
    clusters = table.clusters(filters, question.view, question.level)
    record = {incident.id: incident for incident in table.incidents}
    marks = group_marks(clusters, names=dataset_names(found), record=record.get)
    answer = {"n": question.number} | marks
    group = _group(clusters, question.listed)
    if group is not None:
        answer["list"] = listed_marks(group, table.listed(filters, group, limit=_MOST_LISTED))
    return answer


def dataset_names(found: Resources) -> dict[str, str]:
    """Name the datasets, by id, for beside numbers of people; empty where there is the record alone."""
    if not found.datasets:
        return {}
    return {CURATED: "record"} | {dataset.id: dataset.title for dataset in found.datasets}


def _group(clusters: Clusters, key: str | None) -> Cell | Badge | None:
    groups: tuple[Cell | Badge, ...] = (*clusters.cells, *clusters.badges)
    return next((group for group in groups if group.key == key), None)
