"""Text from data inside Markdown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.parts.components import plain

SHOWN_AS_NOTHING = ":red[]"


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Khost", "Khost"),
        ("<b>", r"\<b\>"),
        (":red[x]", r"\:red\[x\]"),
        ("$x$ ~~y~~", r"\$x\$ \~\~y\~\~"),
        ("two\n\n# lines", r"two \# lines"),
        ("10:30", r"10\:30"),
    ],
)
def test_markup_is_escaped(given_text, expected) -> None:
    assert plain(given_text) == expected


# What Streamlit 1.67 looks for in text whose escapes are gone: `StreamlitMarkdown` and what it loads.
FOUND_LATER = re.compile(
    r":material_\w+:|:streamlit:|:[\w+-]+:|https?://[-.\w]|www\.[-.\w]|[-.\w+]+@[-\w]+\.[-\w]|<?->|<-|--", re.IGNORECASE
)
WORDS = st.sampled_from(
    [
        *(":material_home:", ":material/home:", ":streamlit:", ":+1:", "https://a.example", "WWW.a.example"),
        *("me@a.example", "->", "<->", "--", "![i](https://a.example/i.png)", "<img src=x>", "$x$", ":", "a", " "),
    ]
)


@given(st.lists(WORDS | st.text(max_size=8), max_size=6).map("".join))
def test_no_piece_of_it_is_read_as_markup(text) -> None:
    pieces = plain(text).split(SHOWN_AS_NOTHING)
    bare = [re.sub(r"\\(.)", r"\1", piece) for piece in pieces]
    assert "".join(bare) == " ".join(text.split())
    assert [found for piece in bare for found in FOUND_LATER.findall(piece)] == []
    assert all(re.fullmatch(r"(?:\\[!-/:-@\[-`{-~]|[^!-/:-@\[-`{-~])*", piece) for piece in pieces)
