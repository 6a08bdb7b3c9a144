"""Event clusters: the list of all, or one cluster day by day with its map and claims."""

from geo.language.messages import say
from ui.event_view import event_choice, event_list, event_page, opened_event
from ui.parts.page_frame import nothing_of_record, record_header
from ui.resources import resources
from ui.state import current_filters

filters = current_filters()
found = resources()
record = found.of_record()
table = record.table

chosen = record_header(say("page-event-clusters"), filters, found)
event_choice(table)
event = opened_event(filters, table)
if event is not None:
    event_page(event, record)
elif chosen:
    event_list(table.selected(filters), table)
else:
    nothing_of_record(filters, found)
