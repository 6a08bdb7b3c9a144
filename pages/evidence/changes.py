"""What changed in the record from version to version, and between the record and an older file."""

from ui.changes_log import version_changes
from ui.changes_upload import compare_upload
from ui.header import record_header, report_faults
from ui.province_view import open_asked_incident
from ui.resources import resources
from ui.state import current_filters

open_asked_incident()
filters = current_filters()
found = resources()
record = found.of_record()
incidents = record.table.selected(filters)

report_faults(found.faults)
record_header("What changed in the record", filters, found)
version_changes(incidents, record.table)
compare_upload(incidents, record)
