"""Text from data inside Streamlit's Markdown: shown as it is, never as markup."""

import re
from typing import Final

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    r"""Escape every character that Markdown, HTML or Streamlit's own directives could read as markup.

    >>> plain("*[x](y)* :red[z] <b>")
    '\\*\\[x\\]\\(y\\)\\* \\:red\\[z\\] \\<b\\>'
    """
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
