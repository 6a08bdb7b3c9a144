"""Rows of a file that a later one of the same release holds as well."""

from pathlib import Path
from typing import Final

import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.datasets.parts import write_part
from geo.datasets.scan import answer, scanning

_REPLACED: Final = """
SELECT id, filename FROM newer WHERE id IN (SELECT id FROM newer GROUP BY id HAVING count(*) > 1)
QUALIFY row_number() OVER (PARTITION BY id ORDER BY filename DESC) > 1
"""
"""Parts are numbered in the order of the files."""


def take_out_replaced(staged: Path) -> int:
    """Keep the last file's of rows with the same id, and return how many were taken out; no file has an id twice."""
    with scanning(staged, newer=sorted(staged.glob("part-*.parquet"))) as connection:
        found = answer(connection, _REPLACED)
    for name in pc.unique(found["filename"]).to_pylist():
        part = pq.ParquetFile(name).read()
        replaced = pc.is_in(part["id"], found.filter(pc.equal(found["filename"], name))["id"].combine_chunks())
        write_part(part.filter(pc.invert(replaced)).replace_schema_metadata(), Path(name))
    return int(found.num_rows)
