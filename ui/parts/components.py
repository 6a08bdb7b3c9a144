"""What pages draw beside Streamlit's own: panels of server-made HTML, charts, and text from data, never markup.

In a panel incidents, provinces and groups can be chosen. Streamlit's own buttons stand in the middle of their line and
cannot hold a symbol and a date; its sanitiser drops inline SVG. Here every value is escaped by Jinja on the server, the
browser only shows the result.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Final

import altair as alt
import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from geo.incident.vocabulary import Category, Status, to_show
from geo.language.messages import say
from geo.render.web_map import STATIC_FOLDER
from geo.symbology.symbols import DARK, HOLLOW, LIGHT, SHAPES, STROKE, Palette

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_JOINTS: Final = re.compile(
    r"(?<=:)(?=//|[\w+-]+:)|(?<=www)(?=\.)|(?<=@)(?=[\w-])|(?<=-)(?=[->])|(?<=<)(?=-)", re.IGNORECASE
)
_NOTHING: Final = ":red[]"
"""Markdown for nothing, in red: it parts what would be one word."""


def plain(text: str) -> str:
    r"""Escape what Markdown, HTML or Streamlit's own directives could read as markup.

    Streamlit looks for bare addresses, icons, emoji and arrows once escapes are gone, in what is then one word. So
    these are put into two, which looks the same and is copied as it was.

    >>> plain("*[x](y)* :red[z] <b>")
    '\\*\\[x\\]\\(y\\)\\* \\:red\\[z\\] \\<b\\>'
    >>> plain("www.dawn.com")
    'www:red[]\\.dawn\\.com'
    """
    return _NOTHING.join(_PUNCTUATION.sub(r"\\\1", part) for part in _JOINTS.split(" ".join(text.split())))


# A panel of server-made HTML in which incidents, provinces and groups can be chosen.

_HERE: Final = Path(__file__).parent
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
PANEL_STYLE: Final = (_HERE / "panel.css").read_text("utf-8")


@cache
def _panel() -> Any:
    """Return the component, which is made by the first page: a server that has not started yet knows none."""
    return st.components.v2.component(
        "incident_map_panel",
        html='<div class="panel"></div>',
        css=PANEL_STYLE,
        js=(_HERE / "panel.js").read_text("utf-8"),
    )


def panel(
    template: str, *, key: str, on_choose: Callable[[str], None], opened: str | None = None, **values: Any
) -> None:
    """Draw a template; `on_choose` gets what was chosen in it before the script runs again.

    A panel that is `opened` for something, of that code, comes into view with the keyboard at its heading when it
    begins to show it; where it can be closed, the keyboard then goes back to where it was opened.
    """
    draw_panel(render(template, **values), key=key, on_choose=on_choose, opened=opened)


def draw_panel(html: str, *, key: str, on_choose: Callable[[str], None], opened: str | None = None) -> None:
    """Draw a panel that `render` made; the parameters are those of `panel`."""

    def chosen() -> None:
        choice = st.session_state[key].chosen
        if choice is not None:
            on_choose(choice)

    _panel()(key=key, data={"html": html, "opened": opened}, on_chosen_change=chosen)


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


# What saves a file.


def save_button(label: str, data: Callable[[], bytes | str], file_name: str, media_type: str, **more: Any) -> None:
    """Draw a button that saves a file, which is made when somebody asks for it; the page is not run again."""
    st.download_button(label, data, file_name, media_type, on_click="ignore", icon=":material/download:", **more)


# The viewer's colour scheme, and the colours that go with it.


_GIVEN_SCHEME: Final = ContextVar[str | None]("given_scheme", default=None)


@contextmanager
def in_scheme(given: str) -> Iterator[None]:
    """Draw in a scheme where no page of Streamlit has one: `light` or `dark`."""
    before = _GIVEN_SCHEME.set(given)
    try:
        yield
    finally:
        _GIVEN_SCHEME.reset(before)


def scheme() -> str:
    """Return `light` or `dark`, as the viewer has it."""
    return _GIVEN_SCHEME.get() or ("dark" if st.context.theme.type == "dark" else "light")


def palette() -> Palette:
    """Return the viewer's colours."""
    return DARK if scheme() == "dark" else LIGHT


def category_scale(found: Collection[str]) -> Any:
    """Return a chart's scale from category to colour; `found` are the categories of its data."""
    shown = to_show(Category, found)
    return alt.Scale(domain=[c.label for c in shown], range=[palette().of(c) for c in shown])


# The charts over time as components: each has a style and a script of its own beside what they share.

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
