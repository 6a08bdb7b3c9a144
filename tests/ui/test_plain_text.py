"""Text from data inside Markdown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.parts.components import plain


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Khost", "Khost"),
        ("<b>", r"\<b\>"),
        (":red[x]", r"\:red\[x\]"),
        ("$x$ ~~y~~", r"\$x\$ \~\~y\~\~"),
        ("two\n\n# lines", r"two \# lines"),
    ],
)
def test_markup_is_escaped(given_text, expected) -> None:
    assert plain(given_text) == expected


@given(st.text())
def test_escaping_loses_nothing_but_white_space(text) -> None:
    assert re.sub(r"\\(.)", r"\1", plain(text)) == " ".join(text.split())
