"""The way of a block of rows to incidents."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.datasets.dataset import IMPORT_SCHEMA
from geo.imports.blocks import ROW, Block
from geo.imports.fields.cell_values import Ledger, Repair
from geo.imports.fields.cells import Cells
from geo.imports.fields.draft import DEATHS, Draft, Mapped, Sums, as_struct, rejected_rows
from geo.imports.fields.identity import reject_repeats, searching, slugs, source_ids, summaries, titles
from geo.imports.fields.place_columns import Located, located, placing
from geo.imports.fields.plan import Plan


def map_block(block: Block, plan: Plan) -> Mapped:
    """Map a block's rows to incidents; whatever stands in the cells, every row is accounted for.

    An id that repeats within the block is rejected; over blocks that is for whoever puts them together.
    """
    ledger = Ledger(block.table.num_rows)
    assert plan.kind.draft is not None
    draft: Draft = plan.kind.draft(Cells(block, plan, ledger)).with_places()
    ledger.reject(np.flatnonzero(draft.start.is_null()), field="date", reason="is missing")
    place = located(draft, ledger)
    identity = _identified(draft, block, plan, ledger)
    repaired = int(ledger.repaired_rows().sum())
    return Mapped(
        rows=_kept(draft, place, identity, plan, ledger),
        accepted=int(ledger.kept.sum()) - repaired,
        repaired=repaired,
        rejected=rejected_rows(block, plan, ledger),
        repairs=ledger.repairs_by_kind(),
        flags=ledger.flags,
        sums=_sums(draft, ledger.kept),
        rejected_sums=_sums(draft, ~ledger.kept),
    )


def _identified(draft: Draft, block: Block, plan: Plan, ledger: Ledger) -> dict[str, pa.Array]:
    """Return the columns that say which row of the file it is and how it came, and reject ids that repeat."""
    raw, numbers = block.table.drop_columns([ROW]), block.table[ROW].combine_chunks()
    notes = pa.array([f"{Repair.ENCODING.words}: {mended.note}" for mended in block.mended], pa.string())
    ledger.repair(Repair.ENCODING, np.searchsorted(numbers, [mended.row for mended in block.mended]), notes)
    ids = source_ids(draft.source_id, raw, ledger, expected=not plan.kind.plain)
    keys = slugs(plan.dataset, ids)
    reject_repeats(keys, raw, numbers, ledger)
    said = ledger.repair_words()
    return {"id": keys, "source_id": ids, "source_row": numbers, "repairs": said, "raw": as_struct(raw)}


def _kept(draft: Draft, place: Located, identity: dict[str, pa.Array], plan: Plan, ledger: Ledger) -> pa.Table:
    """Put the columns of the kept rows together."""
    kept = pa.array(ledger.kept)
    if not ledger.kept.all():
        draft, place = draft.filter(kept), place.filter(ledger.kept)
        identity = {name: column.filter(kept) for name, column in identity.items()}
    columns = {**identity, **placing(draft, place, ledger)}
    columns["title"] = titles(draft, columns["province"])
    columns["summary"] = summaries(draft, plan.kind.publisher_short, ledger)
    columns |= {
        **searching(draft, columns),
        **draft.deaths,
        **_copied(draft),
        **_constant(plan, draft, len(draft.start)),
    }
    fields = [*IMPORT_SCHEMA, pa.field("raw", columns["raw"].type), pa.field("geometry", pa.binary())]
    return pa.table([columns[field.name] for field in fields], schema=pa.schema(fields))


def _copied(draft: Draft) -> dict[str, pa.Array]:
    return {
        "category": draft.category,
        "subtype": draft.subtype,
        "date_start": draft.start,
        "date_end": draft.end,
        "date_precision": draft.date_precision,
        "year": pc.year(draft.start).cast(pa.int32()),
        "place": draft.place,
        "district": draft.district,
        "actors": draft.actors,
        "sources": draft.sources,
        "source_text": draft.source_text,
        "source_url": draft.source_url,
    }


def _constant(plan: Plan, draft: Draft, rows: int) -> dict[str, pa.Array]:
    values: dict[str, tuple[Any, pa.DataType]] = {
        "dataset": (plan.dataset, pa.string()),
        "status": (draft.status.value, pa.string()),
        "event_group": (None, pa.string()),
        "claims": (1, pa.int32()),
        "source_dataset": (plan.dataset, pa.string()),
        "source_version": (plan.source_version, pa.string()),
        "retrieved_at": (plan.retrieved_at, pa.timestamp("s", tz="UTC")),
    }
    return {name: pa.repeat(pa.scalar(value, kind), rows) for name, (value, kind) in values.items()}


def _sums(draft: Draft, rows: Any) -> Sums:
    low, best, high = (int(pc.sum(draft.deaths[name].filter(pa.array(rows))).as_py() or 0) for name in DEATHS[:3])
    return Sums(low=low, best=best, high=high)
