"""The folium map and what is put on it: vendored assets only, every mark no more exact than its place is known."""

from geo.webmap.base_map import REGION, BaseMap, marks_layer, static_version
from geo.webmap.bundle import STATIC_FOLDER
from geo.webmap.javascript import to_javascript
from geo.webmap.many import group_marks, listed_marks
from geo.webmap.marks import incident_marks
from geo.webmap.question import Question

__all__ = [
    "REGION",
    "STATIC_FOLDER",
    "BaseMap",
    "Question",
    "group_marks",
    "incident_marks",
    "listed_marks",
    "marks_layer",
    "static_version",
    "to_javascript",
]
