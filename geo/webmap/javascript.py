"""Values written so that they are safe inside a script and inside the templates that run over it."""

import json
from typing import Any


def to_javascript(value: Any) -> str:
    """Write JSON that is safe inside a script, and inside the templates that folium and its component run over it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(character, escaped)
    return text.replace("{{", "{\\u007b").replace("{%", "{\\u0025").replace("{#", "{\\u0023")
