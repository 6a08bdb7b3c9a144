"""Wider events: all of them, or one told day by day with its map and what its claims say together."""

from ui.event_list import event_list
from ui.event_view import event_choice, event_page, opened_event
from ui.header import nothing_of_record, record_header, report_faults
from ui.province_view import open_asked_incident
from ui.resources import resources
from ui.state import current_filters

open_asked_incident()
filters = current_filters()
found = resources()
record = found.of_record()
table = record.table

report_faults(found.faults)
chosen = record_header("Wider events", filters, found)
event_choice(table)
event = opened_event(filters, table)
if event is not None:
    event_page(event, record)
elif chosen:
    event_list(table.selected(filters), table)
else:
    nothing_of_record(filters, found)
