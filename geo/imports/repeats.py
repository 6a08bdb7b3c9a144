"""Rows of one file that have the id of an earlier one in another block; within a block the mapping has seen to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.datasets.parts import write_part
from geo.datasets.scan import answer, scanning
from geo.imports.mapping import Sums
from geo.imports.mapping.identity import repeat_reason

_REPEATS: Final = """
SELECT source_row AS row, raw AS cells, filename, repairs,
    coalesce(killed_low, 0) AS low, coalesce(killed_best, 0) AS best, coalesce(killed_high, 0) AS high,
    first_value(source_row) OVER same_id AS stands, raw IS NOT DISTINCT FROM first_value(raw) OVER same_id AS same
FROM newer WHERE id IN (SELECT id FROM newer GROUP BY id HAVING count(*) > 1)
WINDOW same_id AS (PARTITION BY id ORDER BY source_row) QUALIFY row_number() OVER same_id > 1 ORDER BY source_row
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Rows that were taken out of the parts again."""

    rejected: pa.Table
    """As `Mapped.rejected`."""
    repairs: tuple[tuple[str, ...], ...]
    """What was mended in each of them; nothing in one that was accepted."""
    sums: Sums


def take_out_repeats(staged: Path, parts: Sequence[Path] | None = None, *, id_column: str) -> Repeats:
    """Keep the first of rows with the same id in the parts of a staged release, and return the others.

    Where the release is of several files, `parts` are those of one of them; `id_column` is what the file calls the id.
    """
    newer = sorted(staged.glob("part-*.parquet")) if parts is None else parts
    with scanning(staged, newer=newer) as connection:
        found = answer(connection, _REPEATS)
    for name in pc.unique(found["filename"]).to_pylist():
        part = pq.ParquetFile(name).read()
        repeated = pc.is_in(part["source_row"], found.filter(pc.equal(found["filename"], name))["row"].combine_chunks())
        write_part(part.filter(pc.invert(repeated)).replace_schema_metadata(), Path(name))
    reasons = repeat_reason(_whole(found["stands"].cast(pa.string())), _whole(found["same"]))
    cells, field = _whole(found["cells"]), pa.repeat(id_column, found.num_rows)
    kept = pa.table([found["row"], field, _texts(cells, id_column), reasons], ["row", "field", "raw", "reason"])
    return Repeats(
        rejected=kept.append_column("values", cells),
        repairs=tuple(tuple(texts or ()) for texts in found["repairs"].to_pylist()),
        sums=Sums(**{name: int(pc.sum(found[name]).as_py() or 0) for name in ("low", "best", "high")}),
    )


def _texts(cells: pa.StructArray, column: str) -> pa.Array:
    """Return what stands in a column; "" where the file has no such column."""
    if not len(cells) or cells.type.get_field_index(column) < 0:
        return pa.repeat("", len(cells))
    return pc.fill_null(pc.struct_field(cells, [column]), "")


def _whole(column: Any) -> Any:
    return column.combine_chunks()
