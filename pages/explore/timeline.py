"""The incidents on a timeline in lanes, each with its known duration, with the card beside it."""

import streamlit as st

from geo.aggregate.by_period import province_lanes
from geo.language.messages import say
from geo.symbology.time_lanes import LaneBy, lanes_of
from geo.table.incident_table import MANY
from ui.map_and_months import months_chart
from ui.parts.page_frame import mixture_caption, page_header
from ui.parts.tables import incident_table
from ui.resources import resources
from ui.state import current_filters
from ui.timeline_view import in_each_lane, lanes_choice, timeline_and_card, timeline_table

filters = current_filters()
found = resources()

chosen = page_header(say("title-timeline"), filters, found)
by, whole = lanes_choice(), found.table.whole(filters)
several = len(found.table.shared(filters)) if by is LaneBy.PROVINCE else 0
if chosen:
    timeline_and_card(filters, by)
    st.caption(
        say("timeline-shown", chosen=chosen, whole=whole, filtered_out=whole - chosen)
        + in_each_lane(several)
        + mixture_caption(filters, found.table)
    )
months_chart(filters, found)
if chosen > MANY:
    incident_table(filters, found)
elif chosen:
    timeline_table(lanes_of(found.table.selected(filters), by, names=province_lanes(filters, found.boundaries)))
