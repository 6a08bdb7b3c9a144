"""Which encoding a text has, told from its first bytes, and what becomes of bytes that are not of it."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from charset_normalizer import from_bytes

from geo.imports.opening.limits import READ_BYTES
from geo.imports.opening.source import Stream

UTF_8: Final = "utf-8"
_MARKS: Final = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PAGES: Final = {"cp1252": "Windows-1252 (Western European)", "cp1256": "Windows-1256 (Arabic script)"}
_MANY: Final = 0.7
_FEW: Final = 0.1
"""Shares of zeros in every other byte."""
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_FOREIGN = re.compile(rb"[\x80-\xff]")
_FOREIGN_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding and how it was told."""

    name: str
    mark: int = 0
    """Length of the byte order mark."""
    notes: tuple[str, ...] = ()

    @property
    def wide(self) -> bool:
        """Whether delimiter and line ends are not the single bytes of ASCII, so that text has to be recoded first."""
        return self.name != UTF_8 and not codecs.lookup(self.name).name.startswith(("cp125", "iso8859", "koi8"))


def told_from(head: bytes) -> Encoding:
    """Tell the encoding of a text from its first bytes, which should end with a line.

    A byte order mark decides; then zeros in every other byte; then whether the foreign bytes are UTF-8, and if most of
    them are not, which of the code pages of the region reads better.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            note = "byte order mark removed" if name == UTF_8 else f"encoding {name[:6].upper()}"
            return Encoding(name, len(mark), (note,))
    wide = _without_mark(head)
    if wide is not None:
        return Encoding(wide, 0, ("encoding UTF-16, without a byte order mark",))
    foreign = len(_FOREIGN.findall(_MULTIBYTE.sub(b"", head)))
    if foreign <= len(_MULTIBYTE.findall(head)):
        return Encoding(UTF_8)
    lines = b"\n".join(_FOREIGN_LINE.findall(head)[:500])[: 2**16]
    best = from_bytes(lines, cp_isolation=list(_PAGES)).best()
    name = best.encoding if best is not None and best.encoding in _PAGES else "cp1252"
    return Encoding(name, 0, (f"encoding {_PAGES[name]}, told from its letters",))


def named(name: str, head: bytes) -> Encoding:
    """Take the encoding that somebody named, as Python calls it; raises LookupError for an unknown one."""
    codec = codecs.lookup(name).name
    for mark, marked in _MARKS:
        if head.startswith(mark) and codec.replace("-sig", "") in {marked, marked[:6]}:
            return Encoding(marked, len(mark), ("byte order mark removed",))
    return Encoding(codec.replace("-sig", ""))


def _without_mark(head: bytes) -> str | None:
    """Tell UTF-16 by the zeros beside the ASCII letters of its first line."""
    line = head[: head.find(b"\n", 3, 200)]
    even, odd = line[::2], line[1::2]
    for name, zeros, letters in (("utf-16-be", even, odd), ("utf-16-le", odd, even)):
        if len(odd) > 1 and zeros.count(0) > _MANY * len(zeros) and letters.count(0) < _FEW * len(letters):
            return name
    return None


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Read what is not UTF-8 as Windows-1252, as a browser would."""
    wrong = cast("UnicodeDecodeError", error)
    return wrong.object[wrong.start : wrong.end].decode("cp1252", "replace"), wrong.end


codecs.register_error("as-windows-1252", _as_western)


def mend(raw: bytes, encoding: str) -> tuple[bytes, str]:
    """Make UTF-8 without zeros of a row; gives what was wrong and done as well, "" where nothing was.

    Delimiters, quotation marks and line ends stay where they are, so that the row stays one.
    """
    notes = []
    if b"\0" in raw:
        raw = raw.replace(b"\0", b" ")
        notes.append("zero bytes replaced by spaces")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode(encoding, "as-windows-1252" if encoding == UTF_8 else "replace")
        other = "read as Windows-1252" if encoding == UTF_8 else "replaced by �"
        notes.append(f"bytes that are not {encoding.upper()} {other}")
    return text.encode(), "; ".join(notes)


def decoded(data: bytes, encoding: str) -> bytes:
    """Make UTF-8 of whole rows; UTF-8 itself is given back as it is, whether right or wrong."""
    return data if encoding == UTF_8 else data.decode(encoding, "replace").encode()


def recoded(stream: Stream, encoding: Encoding) -> Iterator[bytes]:
    """Yield a stream that begins at its byte order mark as UTF-8, chunk by chunk."""
    stream.read(encoding.mark)
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    while chunk := stream.read(READ_BYTES):
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")
