"""Charts as components, and the colours that go with the viewer’s scheme."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

import altair as alt
import streamlit as st

from geo.incident.vocabulary import Category, to_show
from geo.render.web_map import STATIC_FOLDER
from geo.symbology.symbols import DARK, LIGHT, Palette

# The viewer's colour scheme, and the colours that go with it.


def scheme() -> str:
    """Return `light` or `dark`, as the viewer has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def palette() -> Palette:
    """Return the viewer's colours."""
    return DARK if scheme() == "dark" else LIGHT


def category_scale(found: Collection[str]) -> Any:
    """Return a chart's scale from category to colour; `found` are the categories of its data."""
    shown = to_show(Category, found)
    return alt.Scale(domain=[c.value for c in shown], range=[palette().of(c) for c in shown])


# The charts over time as components: each has a style and a script of its own beside what they share.

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
