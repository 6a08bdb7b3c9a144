"""Map a block of a file to a part of a release, remove rows with repeated ids, and write the rejected rows."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv as arrow_csv

from geo.datasets.dataset import ENDS_OF_KILLED, IMPORT_SCHEMA, Deaths
from geo.datasets.parts import answer, scanning, stated, write_part
from geo.imports.blocks import ROW, Block, Rows
from geo.imports.fields.cell_values import Ledger, Repair
from geo.imports.fields.column_mapping import Plan
from geo.imports.fields.drafted_rows import Cells, Draft, MappedBlock, Outcome, as_struct, rejected_rows
from geo.imports.fields.identity import (
    are_made,
    reject_repeats,
    repeat_reason,
    searching,
    slugs,
    source_ids,
    summaries,
    titles,
)
from geo.imports.fields.place_columns import Located, located, placing
from geo.incident.vocabulary import MEASURES
from geo.language.messages import say


def map_block(block: Block, plan: Plan) -> MappedBlock:
    """Map a block's rows to incidents; every row is accounted for, whatever its cells hold.

    Repeated ids are rejected within the block; across blocks, `take_out_repeats` does so once all parts are written.
    """
    ledger = Ledger(block.table.num_rows)
    assert plan.kind.draft is not None
    draft: Draft = plan.kind.draft(Cells(block, plan, ledger)).with_places()
    ledger.reject(np.flatnonzero(draft.start.is_null()), field="date", reason=say("reject-missing"))
    place = located(draft, ledger)
    identity = _identified(draft, block, plan, ledger)
    killed = _killed(draft)
    repaired = int(ledger.repaired_rows().sum())
    return MappedBlock(
        rows=_kept(draft, place, identity, plan, ledger),
        accepted=int(ledger.kept.sum()) - repaired,
        repaired=repaired,
        rejected=rejected_rows(block, plan, ledger),
        repairs=ledger.repairs_by_kind(),
        flags=ledger.flags,
        counts=ledger.counts,
        sums=_sums(killed, ledger.kept),
        rejected_sums=_sums(killed, ~ledger.kept),
        figures=int(pc.sum(killed["low"].is_valid().filter(pa.array(ledger.kept))).as_py() or 0),
        rejected_figures=int(pc.sum(killed["low"].is_valid().filter(pa.array(~ledger.kept))).as_py() or 0),
    )


def _identified(draft: Draft, block: Block, plan: Plan, ledger: Ledger) -> dict[str, pa.Array]:
    """Return the columns that identify a row and its original values, and reject repeated ids."""
    raw, numbers = block.table.drop_columns([ROW]), block.table[ROW].combine_chunks()
    for kind in (Repair.ENCODING, Repair.GEOMETRY):
        found = [repaired for repaired in block.repaired if repaired.kind == kind]
        notes = pa.array([f"{kind.words}: {repaired.note}" for repaired in found], pa.string())
        ledger.repair(kind, np.searchsorted(numbers, [repaired.row for repaired in found]), notes)
    ids = source_ids(draft.source_id, raw, ledger, expected=not plan.kind.plain)
    keys = slugs(plan.dataset, ids)
    reject_repeats(keys, raw, numbers, ledger, made=are_made(ids, draft.source_id), written=ids)
    repairs = ledger.repair_words()
    return {"id": keys, "source_id": ids, "source_row": numbers, "repairs": repairs, "raw": as_struct(raw)}


def _kept(draft: Draft, place: Located, identity: dict[str, pa.Array], plan: Plan, ledger: Ledger) -> pa.Table:
    """Assemble the columns of the kept rows."""
    kept = pa.array(ledger.kept)
    if not ledger.kept.all():
        draft, place = draft.filter(kept), place.filter(ledger.kept)
        identity = {name: column.filter(kept) for name, column in identity.items()}
    columns = {**identity, **placing(draft, place, ledger)}
    columns["title"] = titles(draft, columns["province"])
    columns["summary"] = summaries(draft, plan.kind.publisher_short, ledger)
    if draft.summary is not None:
        columns["summary"] = pc.coalesce(draft.summary, columns["summary"])
    columns |= {
        **searching(draft, columns),
        **draft.people,
        **_copied(draft),
        **_constant(plan, draft, len(draft.start)),
        **({} if draft.statuses is None else {"status": draft.statuses}),
        **({} if draft.event_group is None else {"event_group": draft.event_group}),
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
        "claims": _claims(draft.people),
        "sources": draft.sources,
        "source_text": draft.source_text,
        "source_url": draft.source_url,
    }


def _claims(people: Mapping[str, pa.Array]) -> pa.Array:
    """Count the claims of each row: one per measure of people with a figure, and at least one."""
    each = np.sum([stated(people, about) for about in MEASURES], axis=0, dtype=np.int32)
    return pa.array(np.maximum(each, 1))


def _constant(plan: Plan, draft: Draft, rows: int) -> dict[str, pa.Array]:
    values: dict[str, tuple[Any, pa.DataType]] = {
        "dataset": (plan.dataset, pa.string()),
        "status": (draft.status.value, pa.string()),
        "event_group": (None, pa.string()),
        "source_dataset": (plan.dataset, pa.string()),
        "source_version": (plan.source_version, pa.string()),
        "retrieved_at": (plan.retrieved_at, pa.timestamp("s", tz="UTC")),
    }
    return {name: pa.repeat(pa.scalar(value, kind), rows) for name, (value, kind) in values.items()}


def _killed(draft: Draft) -> dict[str, pa.Array]:
    """Return what each row adds to the sums of people killed, as ENDS_OF_KILLED defines them."""
    low, best, high = (draft.people[f"killed_{end}"] for end in ("low", "best", "high"))
    none = pc.multiply(high, 0)
    return {
        "low": pc.coalesce(low, best, none),
        "best": pc.coalesce(best, low, none),
        "high": pc.coalesce(high, best, low),
    }


def _sums(killed: Mapping[str, pa.Array], rows: Any) -> Deaths:
    return Deaths(**{name: int(pc.sum(column.filter(pa.array(rows))).as_py() or 0) for name, column in killed.items()})


# One block of a file to one part of a release: all that a worker does, here or on a cluster.

_EXAMPLES: Final = 3
_LOOKED_AT: Final = 2_000
"""Number of repaired rows per block searched for examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult(Outcome):
    """Outcome of a block without its kept rows, which are in its part; small unless many rows are rejected."""

    rows: int
    examples: Mapping[Repair, tuple[tuple[int, str], ...]]
    """A few repaired rows for each kind of repair: row number and what was repaired."""
    bytes_read: int
    """Bytes of the file read up to the end of the block."""


def make_part(block: Block, plan: Plan, path: Path) -> PartResult:
    """Map a block and write its part; the same block and plan always give the same file."""
    mapped = map_block(replace(block, table=without_marks(block.table)), plan)
    write_part(mapped.rows, path)
    examples = _examples(mapped.rows) if mapped.repairs else {}
    outcome = {field.name: getattr(mapped, field.name) for field in fields(Outcome)}
    return PartResult(rows=block.rows, examples=examples, bytes_read=block.bytes_read, **outcome)


def kinds_of(repairs: Iterable[str]) -> set[Repair]:
    """Return the kinds of repair mentioned in a row's repair notes."""
    notes = list(repairs)
    return {kind for kind in Repair if any(kind.words in text for text in notes)}


def _examples(rows: pa.Table) -> dict[Repair, tuple[tuple[int, str], ...]]:
    """Pick a few rows for each kind of repair, among the first _LOOKED_AT repaired ones."""
    repaired = rows.select(["source_row", "repairs"]).filter(pc.greater(pc.list_value_length(rows["repairs"]), 0))
    found: dict[Repair, tuple[tuple[int, str], ...]] = {}
    for row in repaired.slice(0, _LOOKED_AT).to_pylist():
        for text in row["repairs"]:
            for kind in kinds_of([text]):
                picked = found.get(kind, ())
                if len(picked) < _EXAMPLES and row["source_row"] not in dict(picked):
                    found[kind] = (*picked, (row["source_row"], text))
    return found


# Rows of a file that repeat the id of a row in an earlier block; repeats within a block are rejected by `map_block`.

_REPEATS: Final = f"""
SELECT source_row AS row, source_id, raw AS cells, filename, repairs,
    {", ".join(f"{end} AS {name}" for name, end in ENDS_OF_KILLED.items())},
    first_value(source_row) OVER same_id AS stands, raw IS NOT DISTINCT FROM first_value(raw) OVER same_id AS same
FROM newer WHERE id IN (SELECT id FROM newer GROUP BY id HAVING count(*) > 1)
WINDOW same_id AS (PARTITION BY id ORDER BY source_row) QUALIFY row_number() OVER same_id > 1 ORDER BY source_row
"""  # noqa: S608  # built from constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Rows removed from the parts after they were written."""

    rejected: pa.Table
    """Laid out like `Outcome.rejected`."""
    repairs: tuple[tuple[str, ...], ...]
    """Repair notes of each row; empty for a row that was accepted unchanged."""
    sums: Deaths
    figures: int
    """Number of these rows that give a figure of people killed."""


def take_out_repeats(staged: Path, parts: Sequence[Path] | None = None, *, id_column: str) -> Repeats:
    """Keep the first row of each id in the parts of a staged release; remove and return the others.

    If the release is made from several files, `parts` are those of one of them; `id_column` is the file's name for the
    id.
    """
    newer = sorted(staged.glob("part-*.parquet")) if parts is None else parts
    with scanning(staged, newer=newer) as connection:
        found = answer(connection, _REPEATS)
    take_out(found, column="source_row", found_in="row")
    cells = _whole(found["cells"])
    texts = _texts(cells, id_column)
    made = are_made(_whole(found["source_id"]), pc.utf8_trim_whitespace(texts))
    reasons = repeat_reason(_whole(found["stands"].cast(pa.string())), _whole(found["same"]), made)
    field = pc.if_else(made, "", id_column)
    raw = pc.if_else(made, "", texts)
    kept = pa.table([found["row"], field, raw, reasons], ["row", "field", "raw", "reason"])
    return Repeats(
        rejected=kept.append_column("values", cells),
        repairs=tuple(tuple(texts or ()) for texts in found["repairs"].to_pylist()),
        sums=Deaths(**{name: int(pc.sum(found[name]).as_py() or 0) for name in ("low", "best", "high")}),
        figures=found.num_rows - found["low"].null_count,
    )


def take_out(found: pa.Table, *, column: str, found_in: str) -> None:
    """Remove rows from the parts they were found in: those whose `column` has a value of `found[found_in]`."""
    for name in pc.unique(found["filename"]).to_pylist():
        part = pq.ParquetFile(name).read()
        taken = found.filter(pc.equal(found["filename"], name))[found_in].combine_chunks()
        write_part(part.filter(pc.invert(pc.is_in(part[column], taken))).replace_schema_metadata(), Path(name))


def _texts(cells: pa.StructArray, column: str) -> pa.Array:
    """Return the texts of a column; "" if the file has no such column."""
    if not len(cells) or cells.type.get_field_index(column) < 0:
        return pa.repeat("", len(cells))
    return pc.fill_null(pc.struct_field(cells, [column]), "")


def _whole(column: Any) -> Any:
    return column.combine_chunks()


# Rejected rows as a CSV file that can be corrected and imported again: the file's own columns, and the reasons.

REJECTED_FILE: Final = "rejected.csv"
MARKS: Final = ("rejected_row", "rejected_field", "rejected_reason", "rejected_text")
"""Columns added after the file's own: the row's number, field, reason and the text at fault; an import ignores them."""

_FORMULA: Final = "^'*[=+\\-@\t\r\n＝＋－＠]"
"""Matches text that a spreadsheet would take for a formula. It allows apostrophes before that, so that text which
already has some gets one more, and removing one restores it."""
_NUMBER: Final = r"^[+-]?[0-9.,]+([eE][+-]?[0-9]+)?$"


class RejectedFile:
    """Writes the file of rejected rows; it is created with the first one.

    Parameters
    ----------
    path
        Where to write it.
    header
        Column names of the imported file.
    delimiter
        Delimiter of the imported file; empty if it is not delimited text.

    """

    def __init__(self, path: Path, header: Sequence[str], *, delimiter: str) -> None:
        self._path, self._delimiter = path, delimiter
        self._header = [name for name in header if name not in MARKS]

    def add(self, rejected: pa.Table) -> None:
        """Append rows, given as columns row, field, raw, reason and values (the original cells).

        Rows with null values could not be read; their raw text is split into as many cells as possible.
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


REPAIRED_COLUMNS: Final = ("row", "id", "repair")
"""Columns of the file of repairs: the row's number in the imported file, its incident, and one repair."""


def repaired_lines(parts: Iterable[Path]) -> Iterator[bytes]:
    """Yield a CSV file of every repair in some parts, one per line in the order of the file, part by part."""
    yield f"{','.join(REPAIRED_COLUMNS)}\n".encode()
    for part in parts:
        rows = pq.ParquetFile(part).read(["source_row", "id", "repairs"])
        repairs = _whole(rows["repairs"])
        of_row = pc.list_parent_indices(repairs)
        columns = (rows["source_row"].take(of_row), rows["id"].take(of_row), _guarded(pc.list_flatten(repairs)))
        lines = BytesIO()
        _write(pa.table(dict(zip(REPAIRED_COLUMNS, columns, strict=True))), lines)
        yield lines.getvalue()


def restored(rows: Rows) -> Rows:
    """Return an opened file of rejected rows as if it were the original file; return other files unchanged."""
    if not set(MARKS) <= set(rows.header):
        return rows
    return replace(
        rows,
        header=tuple(name for name in without_marks(rows.sample).column_names if name != ROW),
        sample=without_marks(rows.sample),
        read=lambda count: (replace(block, table=without_marks(block.table)) for block in rows.read(count)),
    )


def without_marks(table: pa.Table) -> pa.Table:
    """Undo what RejectedFile adds to a table: its extra columns and apostrophes; return other tables unchanged."""
    if not set(MARKS) <= set(table.column_names):
        return table
    kept = table.drop_columns(list(MARKS))
    columns = [kept[name] if name == ROW else _unguarded(kept[name]) for name in kept.column_names]
    names = _unguarded(pa.array(kept.column_names, pa.string())).to_pylist()
    return pa.Table.from_arrays(columns, names=names)


def guarded(text: str) -> str:
    """Prefix text that a spreadsheet would take for a formula with an apostrophe, unless it is a number.

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
    """Split a row that does not fit its header into values, as far as possible."""
    try:
        return next(csv.reader([text or ""], delimiter=delimiter or ","), [])
    except csv.Error:
        return [text or ""]


def _write(lines: pa.Table, file: Any) -> None:
    arrow_csv.write_csv(lines, file, arrow_csv.WriteOptions(include_header=False, quoting_style="needed"))
