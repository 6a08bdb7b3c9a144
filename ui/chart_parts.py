"""The charts over time as components: each has a style and a script of its own beside what they share."""

from pathlib import Path
from typing import Any, Final

import streamlit as st

from geo.webmap import STATIC_FOLDER

_HERE: Final = Path(__file__).parent
_DAYS: Final = STATIC_FOLDER / "map" / "days.js"


def chart_component(name: str) -> Any:
    """Return the component of `<name>_chart.css` and `<name>_chart.js`, which draws into an element of class `name`."""
    styles = (_HERE / "chart_parts.css", _HERE / f"{name}_chart.css")
    scripts = (_DAYS, _HERE / "chart_parts.js", _HERE / f"{name}_chart.js")
    return st.components.v2.component(
        f"incident_map_{name}",
        html=f'<div class="{name}"></div>',
        css="".join(path.read_text("utf-8") for path in styles),
        js="".join(path.read_text("utf-8") for path in scripts),
    )
