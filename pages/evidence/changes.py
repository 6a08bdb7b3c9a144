"""Changes between released versions of the record, and between the record and an uploaded file."""

from geo.language.messages import say
from ui.changes_view import compare_upload, version_changes
from ui.parts.page_frame import record_header
from ui.resources import resources
from ui.state import current_filters

filters = current_filters()
found = resources()

record_header(say("title-changes"), filters, found)
version_changes(filters, found)
compare_upload(filters, found)
