"""What is cited, before any format is thought of; text and addresses are made safe for all of them here."""

import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Final
from urllib.parse import quote

_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HIDDEN: Final = ("Cc", "Cs", "Zl", "Zp")
"""Unicode categories that end a line, or are no text."""
_IN_ADDRESSES: Final = "%/:?#[]@!$&'()*+,;=~"
"""What RFC 3986 lets stand in an address beside letters and digits; a percent sign is an escape already made."""


class ReferenceKind(StrEnum):
    """What kind of work; each format has its own name for it."""

    NEWS = "news"
    OFFICIAL = "official"
    WEB = "web"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One cited work. Text is kept on one line, addresses in plain ASCII."""

    key: str
    """Lower-case letters, digits and hyphens; unique among references that are written together."""
    kind: ReferenceKind
    author: str
    """An outlet, an office or a group of contributors: never to be split into given and family name."""
    title: str | None
    issued: date | None = None
    version: str | None = None
    url: str | None = None
    accessed: date | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"{self.key!r} is no key; use lower-case letters, digits and hyphens")
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "url" and value is not None:
                object.__setattr__(self, "url", safe_address(value))
            elif type(value) is str:
                object.__setattr__(self, field.name, one_line(value) or None)

    @property
    def titled(self) -> str:
        """Return the title, or that there is none on record."""
        return self.title or "[No title on record]"


def one_line(text: str) -> str:
    r"""Put text on one line, without characters that end lines or control terminals.

    >>> one_line("Khost\r\nER  - \x1b")
    'Khost ER -'
    """
    return " ".join("".join(" " if unicodedata.category(c) in _HIDDEN else c for c in text).split())


def safe_address(url: str) -> str:
    r"""Escape what an address may not hold, so that no format can read it as its own markup.

    >>> safe_address("https://example.org/a?b={ü}\\&c=1%20")
    'https://example.org/a?b=%7B%C3%BC%7D%5C&c=1%20'
    """
    return quote(url, safe=_IN_ADDRESSES)
