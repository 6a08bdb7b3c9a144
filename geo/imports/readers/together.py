"""Read several tables of one file as one, with all their columns and one that names the table of each row.

Columns with the same meaning are joined, even if the tables name them differently.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyarrow as pa

from geo.imports.blocks import ROW, Block, Rows
from geo.imports.fields.column_mapping import guess_columns
from geo.imports.file_kind import plain_name
from geo.imports.readers.delimited import empty_table
from geo.imports.readers.source import COLUMNS, SAMPLE_ROWS, Asked, Source
from geo.imports.recognition import column_names
from geo.incident.errors import UnreadableError
from geo.language.messages import list_words, say

PLACE: Final = ("longitude", "latitude")
_SHOWN: Final = 10
_TRIED: Final = 30
"""Largest number of layers opened to see whether they are alike."""
_ALIKE: Final = 0.5
"""Share of columns that two tables must have in common to be read as one without being asked to."""


def placed_header(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, str]]:
    """Return the header with two columns added for the points of geometries, notes on it, and the names of these two.

    >>> placed_header(["id", "latitude"])[0]
    ('id', 'latitude', 'longitude', 'latitude (geometry)')
    """
    taken = {name.strip().lower() for name in names}
    place = [say("column-of-geometry", name=name) if name in taken else name for name in PLACE]
    header, notes = column_names([*names, *place])
    return header, notes, (header[-2], header[-1])


def named_rows(counts: Sequence[tuple[str, int]]) -> str:
    """List the first ten tables with their numbers of rows."""
    shown = [say("table-with-rows", table=repr(name[:100]), rows=rows) for name, rows in counts[:_SHOWN]]
    more = len(counts) - len(shown)
    return list_words([*shown, say("note-more-columns", count=more)] if more else shown)


def alike(headers: Sequence[Sequence[str]]) -> bool:
    """Return whether tables have enough columns in common to be read as one.

    >>> alike([["date", "killed"], ["date", "killed", "notes"]]), alike([["date"], ["road", "surface"]])
    (True, False)
    """
    place = {*PLACE}
    first, *others = [{name.strip().lower() for name in header} - place for header in headers]
    return all(len(first & other) >= _ALIKE * min(len(first), len(other)) for other in others)


def together(name: str, tables: Sequence[tuple[str, Rows]], *, column: str) -> Rows:
    """Read opened tables of one file as one, in order; `column` is the name of the added column with the tables' names.

    Raises UnreadableError if they have too many columns together.
    """
    if len(tables) == 1:
        return tables[0][1]
    joined = joined_columns([(_plain(rows), guess_columns(rows.sample.select(_plain(rows)))) for _, rows in tables])
    plain = dict.fromkeys(name for columns in joined for name in columns)
    if len(plain) >= COLUMNS:
        raise UnreadableError(name, say("read-too-many-columns", columns=len(plain), most=COLUMNS))
    names, point = [*plain, column], None
    if any(rows.point for _, rows in tables):
        header, _, point = placed_header(names)
    else:
        header, _ = column_names(names)
    made = _Together(tuple(tables), tuple(joined), tuple(plain), header, point)
    notes = dict.fromkeys([*_renamed(tables, joined), *(note for _, rows in tables for note in rows.notes)])
    first = tables[0][1]
    return replace(
        first,
        name=name,
        header=header,
        notes=(say("note-tables-together", count=len(tables), column=repr(made.column)), *notes),
        sample=next((block.table for block in made.blocks(SAMPLE_ROWS)), empty_table(header)),
        layout=None,
        point=point,
        read=made.blocks,
    )


def joined_columns(tables: Sequence[tuple[Sequence[str], Mapping[str, str]]]) -> list[dict[str, str]]:
    """Map, for each table, the joined names of columns to its own names.

    A table is given as its header and the column guessed for each field. A column takes the name from the first table
    that has one of the same field, or of the same name apart from case and punctuation.

    >>> joined_columns([(["Date", "KIA"], {"killed": "KIA"}), (["date", "Killed"], {"killed": "Killed"})])
    [{'Date': 'Date', 'KIA': 'KIA'}, {'Date': 'date', 'KIA': 'Killed'}]
    """
    of_field: dict[str, str] = {}
    of_name: dict[str, str] = {}
    made = []
    for header, guessed in tables:
        fields = {column: field for field, column in guessed.items()}
        joined: dict[str, str] = {}
        for column in header:
            field, plain = fields.get(column, ""), plain_name(column) or column
            others = (of_field.get(field), of_name.get(plain))
            name = next((name for name in others if name and name not in joined and name not in header), column)
            joined[name] = column
            of_name.setdefault(plain, name)
            if field:
                of_field.setdefault(field, name)
        made.append(joined)
    return made


def _plain(rows: Rows) -> list[str]:
    """Return the columns other than those made from geometries."""
    return [name for name in rows.header if name not in (rows.point or ())]


def _renamed(tables: Sequence[tuple[str, Rows]], joined: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Note which columns with different names are read as one."""
    renamed = {
        (table, column): name
        for (table, _), columns in zip(tables, joined, strict=True)
        for name, column in columns.items()
        if plain_name(name) != plain_name(column)
    }
    if renamed:
        described = [
            say("column-of-table-as", column=repr(column[:60]), table=repr(table[:60]), name=repr(name[:60]))
            for (table, column), name in renamed.items()
        ]
        more = len(described) - _SHOWN
        listed = [*described[:_SHOWN], say("note-more-columns", count=more)] if more > 0 else described
        yield say("note-columns-together", columns=list_words(listed), count=len(described))


def open_layers(
    source: Source,
    layers: Sequence[str],
    asked: Asked,
    *,
    opened: Callable[[str], Rows],
    count: Callable[[str], int],
) -> Rows:
    """Open the layers of a file: the only one, those asked for, or all of them if they have similar columns.

    Raises UnreadableError, listing the layers and their numbers of rows, if a layer has to be chosen.
    """
    layers, column = [*layers], say("column-of-layer")
    wanted = [*dict.fromkeys(asked.tables)]
    if len(layers) == 1 and wanted in ([], layers):
        return opened(layers[0])
    if wanted and {*wanted} <= {*layers}:
        rows = together(source.name, [(layer, opened(layer)) for layer in wanted], column=column)
        return rows if len(wanted) > 1 else rows.noted(say("note-layer", layer=repr(wanted[0]), layers=len(layers)))
    if wanted:
        missing = list_words([repr(layer) for layer in wanted if layer not in layers])
        shown = list_words([repr(layer[:100]) for layer in layers[:_SHOWN]])
        raise UnreadableError(
            source.name, say("read-no-such-layer", count=len(layers), wanted=missing, layers=shown), layers
        )
    found = [(layer, opened(layer)) for layer in layers] if len(layers) <= _TRIED else []
    if found and alike([rows.header for _, rows in found]):
        return together(source.name, found, column=column)
    counts = [(layer, count(layer)) for layer in layers[:_SHOWN]]
    more = [(layer, 0) for layer in layers[_SHOWN:]]
    shown = named_rows([*counts, *more])
    raise UnreadableError(source.name, say("read-several-layers", count=len(layers), layers=shown), layers)


@dataclass(frozen=True, slots=True)
class _Together:
    tables: tuple[tuple[str, Rows], ...]
    joined: tuple[Mapping[str, str], ...]
    """For each table, its column names by the joined ones."""
    plain: tuple[str, ...]
    header: tuple[str, ...]
    point: tuple[str, str] | None

    @property
    def column(self) -> str:
        """The column that says which table a row is from."""
        return self.header[len(self.plain)]

    def blocks(self, block_rows: int) -> Iterator[Block]:
        before = 0
        for number, (_, rows) in enumerate(self.tables):
            first = before
            for block in rows.read(block_rows):
                read = (number * rows.bytes_total + block.bytes_read) // len(self.tables)
                yield self._moved(block, number, first, read)
                before = first + block.first_row + block.rows - 1

    def _moved(self, block: Block, number: int, by: int, bytes_read: int) -> Block:
        (table, rows), joined = self.tables[number], self.joined[number]
        given, count = block.table, block.table.num_rows
        nothing = pa.repeat(pa.scalar("", pa.string()), count)
        columns = [given[joined[name]] if name in joined else nothing for name in self.plain]
        columns.append(pa.repeat(pa.scalar(table, pa.string()), count))
        if self.point:
            columns += [given[name] for name in rows.point] if rows.point else [nothing, nothing]
        numbers = pa.array(given[ROW].to_numpy() + by, pa.int64())
        return Block(
            first_row=block.first_row + by,
            table=pa.table([*columns, numbers], names=[*self.header, ROW]),
            malformed=tuple(replace(one, row=one.row + by) for one in block.malformed),
            repaired=tuple(replace(one, row=one.row + by) for one in block.repaired),
            bytes_read=bytes_read,
        )
