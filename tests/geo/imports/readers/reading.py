"""What tests of the readers share: files written, and everything in them read back."""

import csv
import io

from geo.imports.blocks import ROW
from geo.imports.readers.delimited import read_span, spans
from geo.imports.readers.opening import open_rows
from geo.imports.readers.source import Asked

HEADER = ("id", "event date", "notes", "place", "best", "source")


def file_of(folder, content, name="table.csv"):
    path = folder / name
    path.write_bytes(content)
    return path


def csv_text(rows, **options):
    file = io.StringIO(newline="")
    csv.writer(file, **options).writerows(rows)
    return file.getvalue()


def everything(blocks):
    """Number of the row → its values, or why it cannot be read; each number once, in order."""
    found = {}
    for block in blocks:
        inside = {
            row[ROW]: tuple(value for name, value in row.items() if name != ROW) for row in block.table.to_pylist()
        }
        inside |= {row.row: row.reason for row in block.malformed}
        assert sorted(inside) == list(range(block.first_row, block.first_row + block.rows))
        assert not found.keys() & inside.keys()
        found |= inside
    return dict(sorted(found.items()))


def by_blocks(path, block_rows=3, **options):
    return everything(open_rows(path, Asked(**options)).blocks(block_rows))


def by_spans(path, block_rows=3, **options):
    rows = open_rows(path, Asked(**options))
    return everything(read_span(path, span, rows.layout) for span in spans(path, rows, block_rows=block_rows))


def numbered(rows):
    return dict(enumerate(map(tuple, rows), start=1))
