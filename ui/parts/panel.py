"""Text from data on a page, never read as markup: in Streamlit's Markdown, and in panels of server-made HTML.

In a panel incidents, provinces and groups can be chosen. Streamlit's own buttons stand in the middle of their line and
cannot hold a symbol and a date; its sanitiser drops inline SVG. Here every value is escaped by Jinja on the server, the
browser only shows the result.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from geo.incident.vocabulary import Category, Status
from geo.language.messages import say
from geo.symbology.symbols import HOLLOW, SHAPES, STROKE, Palette
from ui.parts.charts import palette

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    r"""Escape every character that Markdown, HTML or Streamlit's own directives could read as markup.

    >>> plain("*[x](y)* :red[z] <b>")
    '\\*\\[x\\]\\(y\\)\\* \\:red\\[z\\] \\<b\\>'
    """
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


# A panel of server-made HTML in which incidents, provinces and groups can be chosen.

_HERE: Final = Path(__file__).parent
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_COMPONENT: Final = st.components.v2.component(
    "incident_map_panel",
    html='<div class="panel"></div>',
    css=(_HERE / "panel.css").read_text("utf-8"),
    js=(_HERE / "panel.js").read_text("utf-8"),
)


def panel(template: str, *, key: str, on_choose: Callable[[str], None], focus: bool = False, **values: Any) -> None:
    """Draw a template; `on_choose` gets what was chosen in it before the script runs again.

    `focus` moves the keyboard to the panel's heading when its content changes, as after choosing on the map.
    """

    def chosen() -> None:
        choice = st.session_state[key].chosen
        if choice is not None:
            on_choose(choice)

    html = render(template, **values)
    _COMPONENT(key=key, data={"html": html, "focus": focus}, on_chosen_change=chosen)


def render(template: str, **values: Any) -> str:
    """Fill a template of `ui/parts/templates/`, escaping all values."""
    return _TEMPLATES.get_template(template).render(**values)


def say_html(name: str, /, **values: object) -> Markup:
    """Return a message with its values escaped, but for those that are HTML already."""
    given = {key: value if isinstance(value, int) else escape(value) for key, value in values.items()}
    return Markup(say(name, **given))  # noqa: S704  # the values are escaped, and the messages are our own


def strong(number: int) -> Markup:
    """Write a number to stand out in a sentence."""
    return Markup("<strong>{}</strong>").format(say("number", number=number))


_TEMPLATES.globals |= {"say": say, "say_html": say_html, "strong": strong}


def symbol(category: Category, status: Status, size: int = 16) -> Markup:
    """Return an incident's symbol as inline SVG in the viewer's scheme."""
    return symbol_in(palette(), category, status, size)


def symbol_in(palette: Palette, category: Category, status: Status, size: int = 16) -> Markup:
    """Return an incident's symbol as inline SVG, filled or hollow."""
    colour = palette.of(category)
    corners = " ".join(f"{x * 0.72:.3f},{y * 0.72:.3f}" for x, y in SHAPES[category].corners)
    paint = (
        {"fill": "none", "stroke": colour, "width": str(STROKE.card)}
        if status in HOLLOW
        else {"fill": colour, "stroke": "none", "width": "0"}
    )
    return Markup(  # values are escaped by format
        '<svg width="{size}" height="{size}" viewBox="-1 -1 2 2" aria-hidden="true"><polygon points="{corners}" '
        'fill="{fill}" stroke="{stroke}" stroke-width="{width}"/></svg>'
    ).format(size=size, corners=corners, **paint)
