"""What has to hold for a file of any bytes: a table in which no row is lost, or a sentence."""

import csv
import io

from geo.imports.readers.opening import open_rows
from geo.imports.recognition import recognise
from geo.incident.errors import UnreadableError
from tests.geo.imports.readers.reading import by_spans, everything


def check(path, **options):
    """Read a file in every way and compare; whatever is raised but UnreadableError is a fault of the readers."""
    try:
        rows = open_rows(path, **options)
        found = everything(rows.blocks(2))
    except UnreadableError:
        return
    recognise(rows)
    assert found == everything(rows.blocks(1_000))
    if rows.layout is not None:
        assert found == by_spans(path, 2, **options)
        compare_with_python(path, rows.layout, found)


def compare_with_python(path, layout, found):
    """Hold the rows against Python's `csv`, where both read all of them alike."""
    data = path.read_bytes()[layout.start :]
    plain = layout.encoding == "utf-8" and layout.quoted and b"\0" not in data
    if not plain or any(isinstance(row, str) for row in found.values()):
        return
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    read = csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter)
    assert list(found.values()) == [tuple(row) for row in read if row]
