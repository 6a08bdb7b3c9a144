"""What changed in the record from version to version, and between the record and an older file."""

from ui.changes_log import version_changes
from ui.changes_upload import compare_upload
from ui.header import page_header, report_faults
from ui.province_view import open_asked_incident
from ui.resources import resources
from ui.state import current_filters

open_asked_incident()
filters = current_filters()
found = resources()
incidents = found.table.selected(filters)

report_faults(found.faults)
page_header("What changed in the record", filters, found.table, found.boundaries)
version_changes(incidents, found.table)
compare_upload(incidents, found)
