"""The map of provinces with what stands beside and below it: the ranking, or the open profile."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import pandas as pd
import streamlit as st

from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.incident import Incident
from geo.table import MANY
from ui.many import dataset_names
from ui.plain_text import plain
from ui.province_choice import MapChoice
from ui.province_map import map_notes, province_map
from ui.province_panel import profile_panel, ranking
from ui.province_profile import profile_details
from ui.province_table import deaths_beside
from ui.resources import Resources
from ui.state import INCIDENT_KEY, asked_for_map, choose_profile, chosen_profile, profile_widget

_MAP_PAGE = "pages/explore/map.py"
_MOST_LISTED = 50


def open_asked_incident() -> None:
    """Go to the map page if an incident, or a wider event on the map, was chosen in the last run."""
    asked = asked_for_map()
    if asked is not None:
        st.switch_page(_MAP_PAGE, query_params={INCIDENT_KEY: asked} if asked else {})


def province_view(provinces: pd.DataFrame, choice: MapChoice, filters: Filters, found: Resources) -> None:
    """Draw the map, and the profile of the chosen province or the provinces in order."""
    classes = choice.classes_for(provinces, filters)
    inside = int(provinces["incidents"].sum())
    chosen = found.table.count(filters)
    opened = _opened(provinces)
    beside_map, beside = st.columns([2, 1], gap="small")
    with beside_map:
        province_map(provinces, choice, classes, found.table.rule)
    here = None if opened is None else filters.in_province(opened.Index)
    with beside:
        if opened is None:
            ranking(provinces, choice.measure, found.table.rule, apart=chosen - inside)
        else:
            profile_panel(
                opened,
                _listed(here, found),
                filters,
                found,
                chosen=chosen,
                beside=_beside(provinces.loc[[opened.Index]], found),
            )
    map_notes(filters, choice, classes, provinces=provinces, table=found.table)
    if opened is not None:
        profile_details(opened, here, filters, found)


def province_choice_widget(layers: Boundaries) -> None:
    """Draw the list of provinces, which opens a profile as the map and the table do."""
    names = dict(sorted(layers.provinces_in_countries().items(), key=itemgetter(1)))
    key = profile_widget(list(names))
    st.selectbox(
        "Open a profile",
        list(names),
        format_func=names.__getitem__,
        index=None,
        key=key,
        placeholder="Province",
        width=230,
        on_change=lambda: choose_profile(st.session_state[key]),
    )


def _opened(provinces: pd.DataFrame) -> Any:
    """Return the row of the province whose profile is open, None without one."""
    code = chosen_profile()
    if code is None:
        return None
    if code not in provinces.index:
        st.warning(f"There is no province with the code “{plain(code)}”; choose one on the map, here or in the table.")
        return None
    return next(provinces.loc[[code]].itertuples())


def _beside(province: pd.DataFrame, found: Resources) -> dict[str, str]:
    """Return what imported datasets tell of a province's dead, by words that name them."""
    told = deaths_beside(province, dataset_names(found))
    return {f"{head}".replace("Killed", "killed", 1): str(told[head].iloc[0]) for head in told}


def _listed(here: Filters | None, found: Resources) -> Sequence[Incident]:
    """Return the chosen incidents of a province, oldest first; of many the latest."""
    if here is None:
        return ()
    if found.table.count(here) > MANY:
        return found.table.newest(here, limit=_MOST_LISTED)[::-1]
    return found.table.selected(here)
