"""Files of many formats opened as tables of texts, from their beginning or, block by block, from the middle."""

from geo.imports.opening.delimited import read_span, spans
from geo.imports.opening.opened import open_rows

__all__ = ["open_rows", "read_span", "spans"]
