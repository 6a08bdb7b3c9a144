"""Components that Streamlit lacks: panels of server-rendered HTML, charts, and escaping of text from data.

A panel lets its user choose incidents, provinces or groups. Streamlit's own buttons centre their label and cannot hold
a symbol and a date, and its sanitiser drops inline SVG. In a panel every value is escaped by Jinja on the server, and
the browser only shows the result.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
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
"""Markdown that renders as nothing, used to split a word."""


def plain(text: str) -> str:
    r"""Escape what Markdown, HTML or Streamlit's directives could interpret as markup.

    Streamlit looks for bare URLs, icons, emoji and arrows within words after removing escapes. Such words are split
    with an invisible directive, which changes neither their look nor the text that is copied.

    >>> plain("*[x](y)* :red[z] <b>")
    '\\*\\[x\\]\\(y\\)\\* \\:red\\[z\\] \\<b\\>'
    >>> plain("www.dawn.com")
    'www:red[]\\.dawn\\.com'
    """
    return _NOTHING.join(_PUNCTUATION.sub(r"\\\1", part) for part in _JOINTS.split(" ".join(text.split())))


# Panels.

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
def component(name: str, html: str | None = None, *, css: tuple[str, ...] = (), js: tuple[str | Path, ...] = ()) -> Any:
    """Return a component made of files of this folder, by default of the script of its name.

    It is created lazily, since components can be registered only by a running server.
    """
    style, script = (
        "".join((_HERE / file).read_text("utf-8") for file in files) for files in (css, js or (f"{name}.js",))
    )
    return st.components.v2.component(f"incident_map_{name}", html=html, css=style or None, js=script)


def draw_component(drawn: Any, *, key: str, data: Mapping[str, Any], on_choose: Callable[[str], None]) -> None:
    """Draw a component; `on_choose` gets what was chosen in it before the script runs again."""

    def chosen() -> None:
        choice = st.session_state[key].chosen
        if choice is not None:
            on_choose(choice)

    drawn(key=key, data=data, on_chosen_change=chosen)


def panel(
    template: str, *, key: str, on_choose: Callable[[str], None], opened: str | None = None, **values: Any
) -> None:
    """Draw a template; `on_choose` gets the code chosen in it, before the script reruns.

    When `opened`, the code of what the panel shows, changes, the panel scrolls into view and its heading gets the
    keyboard focus; when it is closed, focus returns to where it was opened.
    """
    draw_panel(render(template, **values), key=key, on_choose=on_choose, opened=opened)


def draw_panel(html: str, *, key: str, on_choose: Callable[[str], None], opened: str | None = None) -> None:
    """Draw HTML from `render` as a panel; the other parameters are as for `panel`."""
    made = component("panel", '<div class="panel"></div>', css=("panel.css",))
    draw_component(made, key=key, data={"html": html, "opened": opened}, on_choose=on_choose)


def render(template: str, **values: Any) -> str:
    """Fill a template of `ui/parts/templates/`, escaping all values."""
    return _TEMPLATES.get_template(template).render(**values)


def say_html(name: str, /, **values: object) -> Markup:
    """Return a message with its values escaped, unless they are Markup."""
    given = {key: value if isinstance(value, int) else escape(value) for key, value in values.items()}
    return Markup(say(name, **given))  # noqa: S704  # the values are escaped, and the messages are our own


def strong(number: int) -> Markup:
    """Return a number in bold."""
    return Markup("<strong>{}</strong>").format(say("number", number=number))


_TEMPLATES.globals |= {"say": say, "say_html": say_html, "strong": strong}


def symbol(category: Category, status: Status, size: int = 16) -> Markup:
    """Return an incident's symbol as inline SVG in the viewer's colour scheme; `size` is in pixels."""
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


def save_button(label: str, data: Callable[[], bytes | str], file_name: str, media_type: str, **more: Any) -> None:
    """Draw a download button; `data` is called only when the file is requested, and the page does not rerun."""
    st.download_button(label, data, file_name, media_type, on_click="ignore", icon=":material/download:", **more)


# The viewer's colour scheme.


_GIVEN_SCHEME: Final = ContextVar[str | None]("given_scheme", default=None)


@contextmanager
def in_scheme(given: str) -> Iterator[None]:
    """Use the scheme `light` or `dark` where there is no Streamlit page to have one."""
    before = _GIVEN_SCHEME.set(given)
    try:
        yield
    finally:
        _GIVEN_SCHEME.reset(before)


def scheme() -> str:
    """Return the viewer's colour scheme, `light` or `dark`."""
    return _GIVEN_SCHEME.get() or ("dark" if st.context.theme.type == "dark" else "light")


def palette() -> Palette:
    """Return the palette of the viewer's colour scheme."""
    return DARK if scheme() == "dark" else LIGHT


def category_scale(found: Collection[str]) -> Any:
    """Return an Altair scale from category to colour; `found` are the categories of the chart's data."""
    shown = to_show(Category, found)
    return alt.Scale(domain=[c.label for c in shown], range=[palette().of(c) for c in shown])


# Charts over time: each component has its own style and script, plus shared ones.

_DAYS: Final = STATIC_FOLDER / "map" / "days.js"


def chart_component(name: str) -> Any:
    """Return the component of `<name>_chart.css` and `<name>_chart.js`; it draws into an element of class `name`."""
    styles = ("chart_parts.css", f"{name}_chart.css")
    scripts = (_DAYS, "chart_parts.js", f"{name}_chart.js")
    return component(name, f'<div class="{name}"></div>', css=styles, js=scripts)
