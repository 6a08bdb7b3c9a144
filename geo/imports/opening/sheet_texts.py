"""The texts of an XLSX file's XML, taken as it is unpacked.

No tree of elements is built: that takes most of the time, and millions of empty elements would fill the memory.
"""

from collections.abc import Iterator, Mapping
from typing import IO, Final
from xml.parsers import expat

from openpyxl.xml.constants import SHEET_MAIN_NS

_READ_BYTES: Final = 2**16
_SHARED, _TEXT, _SPOKEN = (f"{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "rPh"))
"""Names of elements as expat gives them: `_SPOKEN` says how to pronounce a text, and holds texts itself."""


def shared_texts(source: IO[bytes]) -> list[str]:
    """Read the table of texts that cells refer to, without their formatting."""
    texts = _SharedTexts()
    for _ in parsed(source, texts):
        pass
    return texts.found


def parsed(source: IO[bytes], into: "Texts") -> Iterator[None]:
    """Hand on what is read, and yield after each part of it."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = into.start, into.end
    parser.CharacterDataHandler = into.text
    while part := source.read(_READ_BYTES):  # to the end, for only then is the checksum looked at
        if not into.complete:
            parser.Parse(part)
            yield
    if not into.complete:
        parser.Parse(b"", True)  # noqa: FBT003  # expat's


class Texts:
    """Gathers the text of elements: what is not spoken, without its formatting."""

    complete = False
    """Whether what comes after is of no concern."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.taken, self.spoken = False, False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        del attributes
        if name == _TEXT:
            self.taken = not self.spoken
        elif name == _SPOKEN:
            self.spoken = True

    def text(self, text: str) -> None:
        """Take characters in."""
        if self.taken:
            self.parts.append(text)

    def end(self, name: str) -> None:
        """End an element."""
        if name == _TEXT:
            self.taken = False
        elif name == _SPOKEN:
            self.spoken = False

    def whole(self) -> str:
        """Return what was gathered, and begin anew."""
        text = "".join(self.parts)
        self.parts.clear()
        return text


class _SharedTexts(Texts):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == _SHARED:
            self.found.append(self.whole().replace("x005F_", ""))
