"""What stands in a row of an imported dataset: the fields of an incident, what the join adds, and the row as it is."""

from typing import Final

import pyarrow as pa

_TEXT = pa.string()

ROW_SCHEMA: Final = pa.schema(
    [
        ("id", _TEXT),
        ("dataset", _TEXT),
        ("category", _TEXT),
        ("subtype", _TEXT),
        ("title", _TEXT),
        ("summary", _TEXT),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("date_precision", _TEXT),
        ("year", pa.int32()),
        ("place", _TEXT),
        ("district", _TEXT),
        ("province", _TEXT),
        ("province_code", _TEXT),
        ("country", _TEXT),
        ("location_precision", _TEXT),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("uncertainty_km", pa.float64()),
        ("status", _TEXT),
        ("event_group", _TEXT),
        ("actors", pa.list_(_TEXT)),
        ("actors_folded", pa.list_(_TEXT)),
        ("claims", pa.int32()),
        ("sources", pa.int32()),
        ("search", _TEXT),
        ("search_keys", pa.list_(_TEXT)),
        ("border", _TEXT),
        ("border_km", pa.float64()),
        ("chainage_km", pa.float64()),
        ("side", _TEXT),
        ("side_decided", pa.bool_()),
        ("joined_province_code", _TEXT),
    ]
)
"""Columns and types of a row of the incident table; dates are days, distances kilometres, coordinates degrees WGS84."""

IMPORT_SCHEMA: Final = pa.schema(
    [
        *ROW_SCHEMA,
        ("killed_low", pa.int64()),
        ("killed_best", pa.int64()),
        ("killed_high", pa.int64()),
        ("killed_side_a", pa.int64()),
        ("killed_side_b", pa.int64()),
        ("killed_civilians", pa.int64()),
        ("killed_unknown", pa.int64()),
        ("source_text", _TEXT),
        ("source_url", _TEXT),
        ("location_note", _TEXT),
        ("repairs", pa.list_(_TEXT)),
        ("source_dataset", _TEXT),
        ("source_version", _TEXT),
        ("source_id", _TEXT),
        ("source_row", pa.int64()),
        ("retrieved_at", pa.timestamp("s", tz="UTC")),
    ]
)
"""Columns and types before `raw`, a struct of texts named as the columns of the file, and `geometry`, a point in WKB.

`id` is `{dataset}-{source_id}` as a slug. `killed_*` are what the dataset estimates; missing where it gives none.
`source_text` is what the dataset names as its sources, `repairs` what was mended in the row, `source_row` the row's
number in the file, from 1. `location_note` says where the point and a name contradict each other.
"""
