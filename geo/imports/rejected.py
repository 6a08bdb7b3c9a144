"""Rejected rows as a CSV that can be repaired and imported again: the file's own columns, and why each was rejected."""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from geo.imports.blocks import ROW, Rows

REJECTED_FILE: Final = "rejected.csv"
MARKS: Final = ("rejected_row", "rejected_field", "rejected_reason", "rejected_text")
"""Columns after the file's own: the row's number, field and reason, and the text at fault. An import ignores them."""

_FORMULA: Final = "^'*[=+\\-@\t\r\n＝＋－＠]"
"""With one of these first spreadsheets take a cell for a formula; apostrophes before it are counted, so that one more
can be taken away again."""
_NUMBER: Final = r"^[+-]?[0-9.,]+([eE][+-]?[0-9]+)?$"


class RejectedFile:
    """The file of rejected rows; there is none as long as there are no rows.

    Parameters
    ----------
    path
        Where it is written.
    header
        Names of the columns of the file that is imported.
    delimiter
        What stands between its values; empty where it is no delimited text.

    """

    def __init__(self, path: Path, header: Sequence[str], *, delimiter: str) -> None:
        self._path, self._delimiter = path, delimiter
        self._header = [name for name in header if name not in MARKS]

    def add(self, rejected: pa.Table) -> None:
        """Write rows: columns row, field, raw, reason, and values, the cells as they came.

        Of rows without values, which could not be read, as many cells as their text can be cut into are written.
        """
        if not rejected.num_rows:
            return
        unread = rejected["values"].is_null()
        parts = [self._with_values(rejected.filter(pc.invert(unread))), self._cut(rejected.filter(unread))]
        lines = pa.concat_tables(parts)
        lines = lines.take(pc.sort_indices(lines["rejected_row"].cast(pa.int64())))
        new = not self._path.exists()
        with self._path.open("ab") as file:
            if new:
                names = {name: [guarded(name)] for name in lines.column_names}
                _write(pa.table({str(at): cells for at, cells in enumerate(names.values())}), file)
            _write(lines, file)

    def _with_values(self, rows: pa.Table) -> pa.Table:
        values = rows["values"].combine_chunks()
        there = {field.name for field in values.type}
        nothing = pa.repeat(pa.scalar("", pa.string()), rows.num_rows)
        cells = [_guarded(values.field(name).cast(pa.string())) if name in there else nothing for name in self._header]
        return self._marked(rows, cells)

    def _cut(self, rows: pa.Table) -> pa.Table:
        found = [_cells(text, self._delimiter) for text in rows["raw"].to_pylist()]
        columns = range(len(self._header))
        cells = [pa.array([guarded(row[at]) if at < len(row) else "" for row in found], pa.string()) for at in columns]
        return self._marked(rows, cells)

    def _marked(self, rows: pa.Table, cells: Sequence[Any]) -> pa.Table:
        marks = [_guarded(rows[name].cast(pa.string())) for name in ("row", "field", "reason", "raw")]
        schema = pa.schema([(name, pa.string()) for name in (*self._header, *MARKS)])
        return pa.Table.from_arrays([*cells, *marks], schema=schema)


def restored(rows: Rows) -> Rows:
    """Return an opened file of rejected rows as if it were the file they are from; others as they are."""
    if not set(MARKS) <= set(rows.header):
        return rows
    return replace(
        rows,
        header=tuple(name for name in without_marks(rows.sample).column_names if name != ROW),
        sample=without_marks(rows.sample),
        read=lambda count: (replace(block, table=without_marks(block.table)) for block in rows.read(count)),
    )


def without_marks(table: pa.Table) -> pa.Table:
    """Return a table of texts as it was before its rejected rows were written down; others are not touched."""
    if not set(MARKS) <= set(table.column_names):
        return table
    kept = table.drop_columns(list(MARKS))
    columns = [kept[name] if name == ROW else _unguarded(kept[name]) for name in kept.column_names]
    names = _unguarded(pa.array(kept.column_names, pa.string())).to_pylist()
    return pa.Table.from_arrays(columns, names=names)


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula, numbers aside.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("-1.5"), guarded("Khost")
    ("'=1+1", "''=1+1", '-1.5', 'Khost')
    """
    return f"'{text}" if re.match(_FORMULA, text) and not re.match(_NUMBER, text) else text


def _guarded(texts: Any) -> Any:
    there = pc.fill_null(texts, "")
    formula = pc.and_not(pc.match_substring_regex(there, _FORMULA), pc.match_substring_regex(there, _NUMBER))
    return pc.if_else(formula, pc.binary_join_element_wise("'", there, ""), there)


def _unguarded(texts: Any) -> Any:
    return pc.if_else(pc.match_substring_regex(texts, f"^'{_FORMULA[1:]}"), pc.utf8_slice_codeunits(texts, 1), texts)


def _cells(text: str | None, delimiter: str) -> list[str]:
    """Cut a row that does not fit its header into values, as far as that goes."""
    try:
        return next(csv.reader([text or ""], delimiter=delimiter or ","), [])
    except csv.Error:
        return [text or ""]


def _write(lines: pa.Table, file: Any) -> None:
    arrow_csv.write_csv(lines, file, arrow_csv.WriteOptions(include_header=False, quoting_style="needed"))
