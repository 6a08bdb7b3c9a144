"""The cells of a block by field, with what keyboards, spreadsheets and wrong encodings left in them taken out."""

from collections.abc import Sequence
from typing import Final

import ftfy
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.blocks import Block
from geo.imports.fields.cell_values import Ledger, Repair, read_column, shown
from geo.imports.fields.day_formats import day_form
from geo.imports.fields.number_formats import CODE, COUNT, DEGREES, IDENTIFIER, KILOMETRES
from geo.imports.fields.plan import Plan

MISSING: Final = ("", "-", "NA", "N/A", "n/a", "NULL", "null", "None", "NaN", "nan", "#N/A")
"""What files write where nothing is known."""

_STRAY: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{FEFF}\x{00A0}\x{200B}\x{202F}\x{2060}]"
_SPACES: Final = r"[\x1f\x{00A0}\x{202F}]"
"""Those of them that stand between words."""
_GARBLED: Final = r"[ÂÃÄÅÎÏÐÑØÙÚÛâ][\x{0080}-\x{00BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[ØÙÚÛ][^\x00-\x7F]"
"""Letters that UTF-8 leaves behind when it is read as Windows-1252."""


class Cells:
    """The readable rows of a block, asked by field; repairs and faults go to the ledger."""

    def __init__(self, block: Block, plan: Plan, ledger: Ledger) -> None:
        self.rows = block.table.num_rows
        self.ledger = ledger
        self._table = block.table
        self._columns = plan.columns
        self._days = day_form(day_first=plan.day_first)
        self._texts: dict[str, pa.Array] = {}

    def has(self, field: str) -> bool:
        """Tell whether the file has a column for a field."""
        return self._columns.get(field) in self._table.column_names

    def text(self, field: str) -> pa.Array:
        """Return texts mended and trimmed, shape (rows,); null where nothing stands or the file has no such column."""
        if field not in self._texts:
            self._texts[field] = self._read(field)
        return self._texts[field]

    def first(self, fields: Sequence[str]) -> pa.Array:
        """Return the texts of the first field that holds something in each row."""
        return pc.coalesce(*(self.text(field) for field in fields))

    def counts(self, field: str) -> pa.Array:
        """Return whole numbers from 0 on."""
        return read_column(self.text(field), COUNT, field=field, ledger=self.ledger)

    def codes(self, field: str) -> pa.Array:
        """Return precision codes; null for what is none."""
        return read_column(self.text(field), CODE, field=field, ledger=self.ledger)

    def identifiers(self, *fields: str) -> pa.Array:
        """Return the identifiers of the first field that holds one in each row."""
        return read_column(self.first(fields), IDENTIFIER, field=fields[0], ledger=self.ledger)

    def kilometres(self, field: str) -> pa.Array:
        """Return radii."""
        return read_column(self.text(field), KILOMETRES, field=field, ledger=self.ledger)

    def degrees(self, field: str) -> pa.Array:
        """Return coordinates, degrees, not yet held against the globe."""
        return read_column(self.text(field), DEGREES, field=field, ledger=self.ledger)

    def days(self, field: str) -> pa.Array:
        """Return days."""
        return read_column(self.text(field), self._days, field=field, ledger=self.ledger)

    def _read(self, field: str) -> pa.Array:
        if not self.has(field):
            return pa.nulls(self.rows, pa.string())
        cells = self._without_strays(self._table[self._columns[field]].combine_chunks(), field)
        if not pc.all(pc.string_is_ascii(cells)).as_py():
            cells = self._recoded(cells, field)
        trimmed = pc.utf8_trim_whitespace(cells)
        missing = pc.is_in(trimmed, value_set=pa.array(MISSING))
        return pc.if_else(missing, pa.scalar(None, pa.string()), trimmed)

    def _without_strays(self, cells: pa.Array, field: str) -> pa.Array:
        at = np.flatnonzero(pc.match_substring_regex(cells, _STRAY))
        if not len(at):
            return cells
        self.ledger.repair(Repair.STRAY_CHARACTERS, at, f"{field}: {Repair.STRAY_CHARACTERS.words}")
        return pc.replace_substring_regex(pc.replace_substring_regex(cells, _SPACES, " "), _STRAY, "")

    def _recoded(self, cells: pa.Array, field: str) -> pa.Array:
        suspect = pc.match_substring_regex(cells, _GARBLED)
        encoded = cells.filter(suspect).dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        fixed = [ftfy.fix_encoding(text) for text in texts]
        changed = np.array([new != old for new, old in zip(fixed, texts, strict=True)], bool)[encoded.indices]
        said = [f"{field}: {Repair.MOJIBAKE.words}: {shown(text)}" for text in fixed]
        at = np.flatnonzero(suspect)[changed]
        self.ledger.repair(Repair.MOJIBAKE, at, pa.array(said, pa.string()).take(encoded.indices.filter(changed)))
        return pc.replace_with_mask(cells, suspect, pa.array(fixed, pa.string()).take(encoded.indices))
