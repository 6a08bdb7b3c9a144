"""The viewer's colour scheme, and the colours that go with it."""

from typing import Any

import altair as alt
import streamlit as st

from geo.symbols import DARK, LIGHT, Palette
from geo.vocabulary import Category


def scheme() -> str:
    """Return `light` or `dark`, as the viewer has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def palette() -> Palette:
    """Return the viewer's colours."""
    return DARK if scheme() == "dark" else LIGHT


def category_scale() -> Any:
    """Return a chart's scale from category to colour."""
    return alt.Scale(domain=[c.value for c in Category], range=[palette().of(c) for c in Category])
