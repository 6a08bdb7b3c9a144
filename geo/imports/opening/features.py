"""The features of a GeoJSON file, one after the other, without holding the file."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.imports.errors import UnreadableError
from geo.imports.opening.encoding import UTF_8, told_from
from geo.imports.opening.limits import FEATURE_CHARACTERS, HEAD_BYTES, READ_BYTES
from geo.imports.opening.source import Stream, read_up_to

_FEATURES: Final = re.compile(r'"features"\s*:\s*\[')
_BETWEEN: Final = re.compile(r"[\s,]*")
_CRS: Final = re.compile(r'"crs"\s*:\s*\{.{0,200}?"name"\s*:\s*"([^"]{1,100})"', re.DOTALL)
_WGS84: Final = ("CRS84", ":4326", "WGS84")
_DECODER: Final = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def features(stream: Stream, name: str) -> Iterator[Mapping[str, Any]]:
    """Yield the features of a FeatureCollection, their numbers as texts.

    Raises UnreadableError where the file is not one, is not in WGS84, is broken, or breaks off.
    """
    text = _Text.of(stream, name)
    found = _FEATURES.search(text.held)
    if found is None:
        raise UnreadableError(name, "it is JSON, but not GeoJSON with features; save the table as CSV or GeoJSON")
    crs = _CRS.search(text.held, 0, found.start())
    if crs and not crs[1].upper().endswith(_WGS84):
        raise UnreadableError(
            name, f"its coordinates are in {crs[1]}; save it in WGS84 (EPSG:4326), as GeoJSON has to be"
        )
    text.at = found.end()
    while (feature := text.feature()) is not None:
        yield feature


@dataclass(slots=True)
class _Text:
    stream: Stream
    name: str
    decoder: codecs.IncrementalDecoder
    held: str
    at: int = 0
    before: int = 0
    """Characters of the file before those held."""

    @classmethod
    def of(cls, stream: Stream, name: str) -> "_Text":
        head = read_up_to(stream, HEAD_BYTES)
        encoding = told_from(head)
        decoder = codecs.getincrementaldecoder(encoding.name if encoding.mark or encoding.wide else UTF_8)("replace")
        return cls(stream, name, decoder, decoder.decode(head[encoding.mark :]))

    def feature(self) -> Mapping[str, Any] | None:
        """Read the next feature; None at the end of the list."""
        while True:
            self.at = _BETWEEN.match(self.held, self.at).end()  # type: ignore[union-attr]
            if self.held.startswith("]", self.at):
                return None
            try:
                value, self.at = _DECODER.raw_decode(self.held, self.at)
            except json.JSONDecodeError as error:
                self._more(error)
            except RecursionError as error:
                raise UnreadableError(self.name, f"{self._where(self.at)} its features nest too deep") from error
            else:
                if not isinstance(value, dict):
                    raise UnreadableError(self.name, f"{self._where(self.at)} stands something that is no feature")
                return value

    def _more(self, error: json.JSONDecodeError) -> None:
        """Read on, because a feature may end in what comes; what cannot be one is an error."""
        if len(self.held) - self.at > FEATURE_CHARACTERS:
            raise UnreadableError(self.name, f"{self._where(error.pos)} it is broken: {error.msg}") from error
        part = self.stream.read(READ_BYTES)
        if not part:
            reason = f"it breaks off or is broken {self._where(error.pos)} ({error.msg}); download or save it again"
            raise UnreadableError(self.name, reason) from error
        self.before += self.at
        self.held, self.at = self.held[self.at :] + self.decoder.decode(part), 0

    def _where(self, at: int) -> str:
        return f"at character {self.before + at:,}"
