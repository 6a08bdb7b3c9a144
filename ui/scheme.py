"""The viewer's colour scheme, and the colours that go with it."""

from collections.abc import Collection
from typing import Any

import altair as alt
import streamlit as st

from geo.symbols import DARK, LIGHT, Palette
from geo.vocabulary import Category, to_show


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
