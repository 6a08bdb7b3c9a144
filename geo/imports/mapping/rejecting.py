"""Rows that are kept out, each whole, with the column at fault, its text and the reason."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.block import ROW, Block
from geo.imports.mapping.ledger import Ledger, Places
from geo.imports.mapping.mapped import REJECTED_SCHEMA
from geo.imports.mapping.plan import Plan
from geo.imports.mapping.reading import by_text
from geo.imports.recognise import Kind

_FIELDS: Final[Mapping[Kind, Mapping[str, str]]] = MappingProxyType(
    {
        Kind.ACLED: {"id": "event_id_cnty", "date": "event_date"},
        Kind.UCDP_GED: {"date": "date_start"},
        Kind.UCDP_CANDIDATE: {"date": "date_start"},
        Kind.GDELT: {
            "id": "GLOBALEVENTID",
            "date": "SQLDATE",
            "country": "ActionGeo_CountryCode",
            "latitude": "ActionGeo_Lat",
            "longitude": "ActionGeo_Long",
        },
        Kind.PLAIN: {"date": "date_start"},
    }
)
"""What the publishers call the fields that are judged alike for all of them."""


def rejected_rows(block: Block, plan: Plan, ledger: Ledger) -> pa.Table:
    """Gather the rows that are kept out, those that could not be read among them, in the order of the file."""
    raw, numbers = block.table.drop_columns([ROW]), block.table[ROW].combine_chunks()
    at, field, reason = ledger.faults()
    column = by_text(field, lambda name: column_of(str(name), plan), pa.string())
    values = as_struct(raw).take(pa.array(at))
    found = pa.table(
        [numbers.take(pa.array(at)), column, _texts_at_fault(raw, at, column), reason, values],
        [*REJECTED_SCHEMA.names, "values"],
    )
    if not block.malformed:
        return found
    unread = [{"row": m.row, "field": "", "raw": m.raw_text, "reason": m.reason} for m in block.malformed]
    lost = pa.Table.from_pylist(unread, REJECTED_SCHEMA).append_column("values", pa.nulls(len(unread), values.type))
    return pa.concat_tables([found, lost]).sort_by("row")


def column_of(field: str, plan: Plan) -> str:
    """Return what the file itself calls a field; the field's name where no column holds it."""
    return plan.columns.get(_FIELDS[plan.kind].get(field, field), field)


def _texts_at_fault(raw: pa.Table, at: Places, columns: pa.Array) -> pa.Array:
    """Return the cells of the columns named, one per row; "" where the file has no such column."""
    texts = pa.repeat(pa.scalar(""), len(at))
    for column in set(columns.to_pylist()) & set(raw.column_names):
        texts = pc.if_else(pc.equal(columns, column), raw[column].combine_chunks().take(pa.array(at)), texts)
    return texts


def as_struct(raw: pa.Table) -> pa.StructArray:
    """Return the rows of a table as one column."""
    columns = [column.combine_chunks() for column in raw.columns]
    return pa.StructArray.from_arrays(columns, raw.column_names) if columns else pa.array([{}] * raw.num_rows)
